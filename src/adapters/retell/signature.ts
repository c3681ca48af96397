import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Signature } from '../../domain/calling/signature.ts'
import type { Secret } from '../../domain/secret.ts'

/** HMAC-SHA256 keyed with the API key over the raw body followed by the stamp (retell-sdk, webhook_auth). */
const digestOf = (body: Uint8Array, stamp: string, key: string): Buffer =>
  createHmac('sha256', key).update(body).update(stamp).digest()

export const signatureMatches = (body: Uint8Array, signature: Signature, key: Secret): boolean =>
  key.use((plain) => timingSafeEqual(digestOf(body, signature.stamp, plain), Buffer.from(signature.digest, 'hex')))

/** The header Retell would send at a moment; for simulated calls. */
export const signatureHeader = (body: string, atMs: number, key: Secret): string =>
  key.use((plain) => `v=${atMs},d=${digestOf(Buffer.from(body), String(atMs), plain).toString('hex')}`)
