import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Signature } from '../../domain/calling/signature.ts'
import type { Secret } from '../../domain/secret.ts'

/** Keys made ready once, for as long as their secret is held. */
const ready = new WeakMap<Secret, KeyObject>()

const keyOf = (key: Secret): KeyObject => {
  const known = ready.get(key)
  if (known) return known
  const made = key.use((plain) => createSecretKey(plain, 'utf8'))
  ready.set(key, made)
  return made
}

/** HMAC-SHA256 keyed with the API key over the raw body followed by the stamp (retell-sdk, webhook_auth). */
const digestOf = (body: Uint8Array, stamp: string, key: Secret): Buffer =>
  createHmac('sha256', keyOf(key)).update(body).update(stamp).digest()

export const signatureMatches = (body: Uint8Array, signature: Signature, key: Secret): boolean =>
  timingSafeEqual(digestOf(body, signature.stamp, key), Buffer.from(signature.digest, 'hex'))

/** The header Retell would send at a moment; for simulated calls. */
export const signatureHeader = (body: string, atMs: number, key: Secret): string =>
  `v=${atMs},d=${digestOf(Buffer.from(body), String(atMs), key).toString('hex')}`
