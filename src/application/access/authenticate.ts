import { err, ok, type Result } from 'neverthrow'
import { allows, type Permission, type Role } from '../../domain/access/role.ts'
import type { ActorName } from '../../domain/booking/appointment.ts'
import type { CompanyId, UserId } from '../../domain/ids.ts'
import { after, DAY, type Instant, MINUTE } from '../../domain/time.ts'
import { grantCompany, grantPlatform } from '../grant-scope.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope, PlatformScope } from '../scope.ts'

/** Somebody who was recognised: a person with a session, or a program with a token. */
export interface Principal {
  readonly actor: ActorName
  readonly role: Role
  /** Undefined for the platform alone. */
  readonly company: CompanyId | undefined
  /** What limits and idempotency are counted by. */
  readonly key: string
  readonly email: string | undefined
  /** Undefined for tokens. */
  readonly userId: UserId | undefined
}

export type NotSignedIn = { readonly kind: 'not-signed-in' }
/** Foreign is answered exactly like missing. */
export type NotFound = { readonly kind: 'not-found' }
export type NotAllowed = { readonly kind: 'not-allowed'; readonly permission: Permission }

type Needs = Pick<Ports, 'identities' | 'credentials' | 'clock'>

export const principalOfToken =
  ({ identities, credentials, clock }: Needs) =>
  async (plain: string): Promise<Result<Principal, NotSignedIn>> => {
    const token = await identities.token(credentials.digest(plain))
    if (!token || (token.expiresAt !== undefined && token.expiresAt <= clock.now()))
      return err({ kind: 'not-signed-in' })
    return ok({
      actor: { kind: 'token', name: token.id },
      role: token.role,
      company: token.company,
      key: token.id,
      email: undefined,
      userId: undefined,
    })
  }

export const principalOfSession =
  ({ identities, credentials, clock }: Needs) =>
  async (plain: string): Promise<Result<Principal, NotSignedIn>> => {
    const session = await identities.session(credentials.digest(plain))
    if (!session || session.expiresAt <= clock.now()) return err({ kind: 'not-signed-in' })
    const user = await identities.user(session.user)
    if (!user || user.disabled) return err({ kind: 'not-signed-in' })
    return ok({
      actor: { kind: 'user', name: user.email },
      role: user.role,
      company: user.company,
      key: user.id,
      email: user.email,
      userId: user.id,
    })
  }

/** The right to act for a company. Another company's is not found, whatever exists there. */
export const enterCompany = (
  principal: Principal,
  company: CompanyId | undefined,
  permission: Permission,
): Result<CompanyScope, NotFound | NotAllowed> => {
  if (company === undefined) return err({ kind: 'not-found' })
  if (principal.role !== 'platform_admin' && principal.company !== company) return err({ kind: 'not-found' })
  if (!allows(principal.role, permission)) return err({ kind: 'not-allowed', permission })
  return ok(grantCompany(company, principal.actor))
}

export const enterPlatform = (
  principal: Principal,
  permission: Permission,
): Result<PlatformScope, NotFound | NotAllowed> =>
  allows(principal.role, permission) && principal.company === undefined
    ? ok(grantPlatform(principal.actor))
    : err({ kind: 'not-allowed', permission })

export type LogInFailure = { readonly kind: 'wrong-login' } | { readonly kind: 'locked-out'; readonly until: Instant }

const sessionLength = 14 * DAY
const triesBeforeLock = 5
const lockLength = 15 * MINUTE

/** Gives the value of a new session cookie. Five wrong passwords lock the user out for a quarter of an hour. */
export const logIn =
  ({
    identities,
    credentials,
    clock,
    alarm,
    ids,
  }: Pick<Ports, 'identities' | 'credentials' | 'clock' | 'alarm' | 'ids'>) =>
  async (
    email: string,
    password: string,
    address: string,
  ): Promise<Result<{ readonly cookie: string; readonly expiresAt: Instant }, LogInFailure>> => {
    const now = clock.now()
    const user = await identities.userByEmail(email)
    const locked = user?.lockedUntil !== undefined && now < user.lockedUntil
    const matches = await credentials.verifyPassword(user?.passwordHash, password.slice(0, 200))
    if (user && locked && user.lockedUntil !== undefined) return err({ kind: 'locked-out', until: user.lockedUntil })
    if (!user || user.disabled || !matches) {
      if (user && !user.disabled) {
        const failedLogins = user.failedLogins + 1
        const lock = failedLogins >= triesBeforeLock
        await identities.saveUser({
          ...user,
          failedLogins: lock ? 0 : failedLogins,
          lockedUntil: lock ? after(now, lockLength) : undefined,
        })
        await alarm.security({
          id: ids.next('securityEvent'),
          kind: lock ? 'lock_out' : 'login_failed',
          severity: lock ? 'warning' : 'info',
          at: now,
          address,
          actor: user.id,
          company: user.company,
          detail: lock ? 'Five wrong passwords in a row; locked for 15 minutes.' : 'A wrong password.',
        })
      }
      return err({ kind: 'wrong-login' })
    }
    if (user.failedLogins > 0 || user.lockedUntil !== undefined) {
      await identities.saveUser({ ...user, failedLogins: 0, lockedUntil: undefined })
    }
    const cookie = credentials.randomText()
    const expiresAt = after(now, sessionLength)
    await identities.addSession({ digest: credentials.digest(cookie), user: user.id, createdAt: now, expiresAt })
    return ok({ cookie, expiresAt })
  }

export const logOut =
  ({ identities, credentials }: Pick<Ports, 'identities' | 'credentials'>) =>
  (cookie: string): Promise<void> =>
    identities.removeSession(credentials.digest(cookie))

export type SetPasswordFailure =
  | { readonly kind: 'link-used-or-expired' }
  | { readonly kind: 'password-too-short'; readonly least: number }

export const leastPasswordLength = 12

/** Uses the one-time link up, sets the password and ends every session of the user. */
export const setPassword =
  ({ identities, credentials, clock }: Needs) =>
  async (linkToken: string, password: string): Promise<Result<void, SetPasswordFailure>> => {
    if (password.length < leastPasswordLength) return err({ kind: 'password-too-short', least: leastPasswordLength })
    const link = await identities.takePasswordLink(credentials.digest(linkToken))
    const user = link && link.expiresAt > clock.now() ? await identities.user(link.user) : undefined
    if (!user) return err({ kind: 'link-used-or-expired' })
    const passwordHash = await credentials.hashPassword(password)
    await identities.saveUser({ ...user, passwordHash, failedLogins: 0, lockedUntil: undefined })
    await identities.removeSessionsOf(user.id)
    return ok()
  }
