import { createHash, randomBytes } from 'node:crypto'
import { type Algorithm, hash, verify } from '@node-rs/argon2'
import type { Credentials } from '../../application/ports/identities.ts'

/** What OWASP asks of argon2id: 19 MiB, two passes, one lane. */
const cost = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const randomText = (): string => randomBytes(32).toString('base64url')

export const argonCredentials = (): Credentials => {
  let nobodys: Promise<string> | undefined
  const plain = (password: string) => password.normalize('NFKC')
  return {
    hashPassword: (password) => hash(plain(password), cost),
    verifyPassword: async (known, password) => {
      nobodys ??= hash(randomText(), cost)
      const stand = await nobodys
      const matches = await verify(known ?? stand, plain(password))
      return known !== undefined && matches
    },
    randomText,
    digest: (text) => createHash('sha256').update(text).digest('base64url'),
  }
}
