import { createHmac, createSecretKey, randomBytes } from 'node:crypto'

export const newIndexKey = (): string => randomBytes(32).toString('base64')

/** HMAC-SHA256 as url-safe text. The context's length goes first, so that no two pairs are written alike. */
export const indexWith = (key: string): ((context: string, text: string) => string) => {
  const secretKey = createSecretKey(key, 'base64')
  return (context, text) =>
    createHmac('sha256', secretKey).update(`${context.length}:${context}${text}`).digest('base64url')
}
