import { createHash } from 'node:crypto'
import type { Credentials } from '../../application/ports/identities.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** Quick and the same in every run, hence of no worth against anybody who guesses. For tests alone. */
export const guessableCredentials = (): Credentials => {
  let count = 0
  return {
    hashPassword: async (password) => `sha256$${sha256(password)}`,
    verifyPassword: async (hash, password) => hash === `sha256$${sha256(password)}`,
    randomText: () => {
      count += 1
      return sha256(`random text ${count}`)
    },
    digest: sha256,
  }
}
