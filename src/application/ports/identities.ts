import type { Role } from '../../domain/access/role.ts'
import type { CompanyId, TokenId, UserId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'

export interface User {
  readonly id: UserId
  readonly email: string
  readonly role: Role
  /** Undefined for platform administrators alone. */
  readonly company: CompanyId | undefined
  readonly passwordHash: string | undefined
  readonly failedLogins: number
  readonly lockedUntil: Instant | undefined
  readonly disabled: boolean
  /** Whether they may see and set the VIP mark although their role does not say so. */
  readonly seesVip: boolean
  readonly createdAt: Instant
}

export interface Session {
  /** Digest of the cookie's value; the value itself is kept nowhere. */
  readonly digest: string
  readonly user: UserId
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

export interface Token {
  readonly id: TokenId
  readonly digest: string
  readonly role: Role
  readonly company: CompanyId | undefined
  /** As of a user. */
  readonly seesVip: boolean
  readonly createdAt: Instant
  readonly expiresAt: Instant | undefined
}

/** A one-time link to set a password. */
export interface PasswordLink {
  readonly digest: string
  readonly user: UserId
  readonly expiresAt: Instant
}

/** Who may come in. Read before a company is known; e-mails are kept sealed and found by blind index. */
export interface Identities {
  readonly userByEmail: (email: string) => Promise<User | undefined>
  readonly user: (id: UserId) => Promise<User | undefined>
  /** False: the e-mail is taken. */
  readonly addUser: (user: User) => Promise<boolean>
  /** Stores what `step` makes of the user, whom nobody else changes meanwhile, and gives it. Undefined: there is none. */
  readonly changeUser: (id: UserId, step: (user: User) => User) => Promise<User | undefined>
  readonly users: (company: CompanyId | undefined) => Promise<readonly User[]>
  readonly addSession: (session: Session) => Promise<void>
  readonly session: (digest: string) => Promise<Session | undefined>
  readonly removeSession: (digest: string) => Promise<void>
  readonly removeSessionsOf: (user: UserId) => Promise<void>
  readonly addToken: (token: Token) => Promise<void>
  readonly token: (digest: string) => Promise<Token | undefined>
  readonly tokens: (company: CompanyId | undefined) => Promise<readonly Token[]>
  readonly removeToken: (id: TokenId) => Promise<void>
  readonly addPasswordLink: (link: PasswordLink) => Promise<void>
  /** Gives the link and forgets it, so that it works once. */
  readonly takePasswordLink: (digest: string) => Promise<PasswordLink | undefined>
}

/** Hashing of passwords (argon2id) and digests of random values. */
export interface Credentials {
  readonly hashPassword: (password: string) => Promise<string>
  /** Takes as long for an unknown user (`hash` undefined) as for a known one. */
  readonly verifyPassword: (hash: string | undefined, password: string) => Promise<boolean>
  /** 256 random bits as url-safe text. */
  readonly randomText: () => string
  readonly digest: (text: string) => string
}
