import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

/** AES-256-GCM with a random nonce of 96 bits: nonce, ciphertext, tag. `context` is associated data. */

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Random bytes are fetched many nonces at a time, which is several times quicker. */
const pool = Buffer.alloc(nonceBytes * 512)
let used = pool.length
const nextNonce = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += nonceBytes
  return pool.subarray(used - nonceBytes, used)
}

const noHeader = Buffer.alloc(0)

/** What is sealed comes behind `header`, which is not. */
export const encrypt = (key: KeyObject, context: string, text: string, header: Buffer = noHeader): Buffer => {
  const nonce = nextNonce()
  const cipher = createCipheriv(algorithm, key, nonce)
  cipher.setAAD(Buffer.from(context))
  const body = cipher.update(text, 'utf8')
  cipher.final()
  return Buffer.concat([header, nonce, body, cipher.getAuthTag()])
}
/** Throws when a single bit of it, the key or the context is another. */
export const decrypt = (key: KeyObject, context: string, sealed: Buffer): string => {
  if (sealed.length < nonceBytes + tagBytes) throw new Error('Sealed data is too short')
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const body = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes))
  return Buffer.concat([body, decipher.final()]).toString('utf8')
}
