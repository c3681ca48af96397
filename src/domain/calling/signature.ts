import { err, ok, type Result } from 'neverthrow'
import { type Instant, instant, MINUTE } from '../time.ts'

/** `v=<ms>,d=<hex>` of Retell's X-Retell-Signature header (retell-sdk, webhook_auth). */
export interface Signature {
  readonly signedAt: Instant
  /** 64 lower-case hex digits: HMAC-SHA256 over the raw body followed by `v`. */
  readonly digest: string
  /** `v` as sent, for it is part of what was signed. */
  readonly stamp: string
}

export type UnusableSignature = {
  readonly kind: 'unusable-signature'
  readonly reason: 'missing' | 'wrong-shape' | 'stale'
}

const shape = /^v=(\d{1,16}),d=([0-9a-f]{64})$/i
const tolerance = 5 * MINUTE

/** Reads the header and judges its clock: five minutes off in either direction is still good, more is stale. */
export const parseSignature = (header: string | undefined, now: Instant): Result<Signature, UnusableSignature> => {
  if (header === undefined || header === '') return err({ kind: 'unusable-signature', reason: 'missing' })
  const match = shape.exec(header)
  const stamp = match?.[1]
  const digest = match?.[2]
  const signedAt = Number(stamp)
  if (stamp === undefined || digest === undefined || !Number.isSafeInteger(signedAt)) {
    return err({ kind: 'unusable-signature', reason: 'wrong-shape' })
  }
  if (Math.abs(now - signedAt) > tolerance) return err({ kind: 'unusable-signature', reason: 'stale' })
  return ok({ signedAt: instant(signedAt), digest: digest.toLowerCase(), stamp })
}
