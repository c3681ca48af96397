import { hash, timingSafeEqual } from 'node:crypto'
import type { Signature } from '../../domain/calling/signature.ts'
import type { Secret } from '../../domain/secret.ts'

/** HMAC-SHA256 (RFC 2104) with what its key makes of it computed once, for as long as the secret is held. */
interface Pads {
  readonly inner: Uint8Array
  readonly outer: Uint8Array
}

const blockBytes = 64
const known = new WeakMap<Secret, Pads>()

const padsOf = (key: Secret): Pads => {
  const made = known.get(key) ?? key.use(padsFrom)
  known.set(key, made)
  return made
}

const padsFrom = (plain: string): Pads => {
  const bytes = Buffer.from(plain, 'utf8')
  const block = Buffer.alloc(blockBytes)
  block.set(bytes.length > blockBytes ? hash('sha256', bytes, 'buffer') : bytes)
  return { inner: block.map((byte) => byte ^ 0x36), outer: block.map((byte) => byte ^ 0x5c) }
}

/**
 * HMAC-SHA256 keyed with the API key over the raw body followed by the stamp (retell-sdk, webhook_auth), as 64 hex digits.
 * Two hashes and not `createHmac`, whose set-up costs several times as much as what is hashed and which the garbage
 * collector has to destroy.
 */
const digestOf = (body: Uint8Array, stamp: string, key: Secret): string => {
  const { inner, outer } = padsOf(key)
  const first = hash('sha256', Buffer.concat([inner, body, Buffer.from(stamp)]), 'buffer')
  return hash('sha256', Buffer.concat([outer, first]), 'hex')
}

export const signatureMatches = (body: Uint8Array, signature: Signature, key: Secret): boolean =>
  timingSafeEqual(Buffer.from(digestOf(body, signature.stamp, key)), Buffer.from(signature.digest))

/** The header Retell would send at a moment; for simulated calls. */
export const signatureHeader = (body: string, atMs: number, key: Secret): string =>
  `v=${atMs},d=${digestOf(Buffer.from(body), String(atMs), key)}`
