import { err, ok, type Result } from 'neverthrow'
import { allows, type Permission, type Role } from '../../domain/access/role.ts'
import type { ActorName } from '../../domain/booking/appointment.ts'
import type { CompanyId, UserId } from '../../domain/ids.ts'
import { after, DAY, type Instant, MINUTE } from '../../domain/time.ts'
import { grantCompany, grantPlatform } from '../grant-scope.ts'
import type { User } from '../ports/identities.ts'
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
  /** Granted beside the role. */
  readonly seesVip: boolean
}

/** Whether somebody may do this, by their role or by what was granted to them beside it. */
export const mayDo = ({ role, seesVip }: Pick<Principal, 'role' | 'seesVip'>, permission: Permission): boolean =>
  allows(role, permission) || (permission === 'customers.vip' && seesVip && allows(role, 'customers.read'))

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
      seesVip: token.seesVip,
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
      seesVip: user.seesVip,
    })
  }

/** The right to act for a company. Another company's is not found, whatever exists there. */
export const enterCompany = (
  principal: Principal,
  company: CompanyId | undefined,
  permission: Permission,
  address?: string,
  rereads = false,
): Result<CompanyScope, NotFound | NotAllowed> => {
  if (company === undefined) return err({ kind: 'not-found' })
  if (principal.role !== 'platform_admin' && principal.company !== company) return err({ kind: 'not-found' })
  if (!mayDo(principal, permission)) return err({ kind: 'not-allowed', permission })
  const { actor, role, key: actorId } = principal
  const seesVip = mayDo(principal, 'customers.vip')
  return ok(grantCompany(company, actor, { actorId, address, role, seesVip, rereads }))
}

export const enterPlatform = (
  principal: Principal,
  permission: Permission,
  address?: string,
): Result<PlatformScope, NotFound | NotAllowed> =>
  allows(principal.role, permission) && principal.company === undefined
    ? ok(grantPlatform(principal.actor, { actorId: principal.key, address }))
    : err({ kind: 'not-allowed', permission })

/** The same for an unknown e-mail, a wrong password, a disabled and a locked-out user: whether there is one stays unsaid. */
export type LogInFailure = { readonly kind: 'wrong-login' }

const sessionLength = 14 * DAY
const triesBeforeLock = 5
const lockLength = 15 * MINUTE
/** Real time, longer than a look at a password and what has to be noted usually take. */
const refusalMs = 250

/** As much of a password as counts; the rest would only be work. */
const weighed = (password: string): string => password.slice(0, 200)

const isLocked = ({ lockedUntil }: User, now: Instant): boolean => lockedUntil !== undefined && now < lockedUntil

/** After a wrong password. Those that come while the user is locked out prolong nothing. */
const afterFailure = (user: User, now: Instant): User => {
  if (user.disabled || isLocked(user, now)) return user
  const failedLogins = user.failedLogins + 1
  return failedLogins < triesBeforeLock
    ? { ...user, failedLogins, lockedUntil: undefined }
    : { ...user, failedLogins: 0, lockedUntil: after(now, lockLength) }
}

/**
 * Gives the value of a new session cookie. Five wrong passwords lock the user out for a quarter of an hour. A refusal comes
 * a fixed time after the question, whoever it is, and for nobody as well: an attacker with a stopwatch learns nothing.
 */
export const logIn =
  ({
    identities,
    credentials,
    clock,
    alarm,
    ids,
    realTime,
  }: Pick<Ports, 'identities' | 'credentials' | 'clock' | 'alarm' | 'ids' | 'realTime'>) =>
  async (
    email: string,
    password: string,
    address: string,
  ): Promise<Result<{ readonly cookie: string; readonly expiresAt: Instant }, LogInFailure>> => {
    const now = clock.now()
    const deadline = realTime.deadlineIn(refusalMs)
    const user = await identities.userByEmail(email)
    const matches = await credentials.verifyPassword(user?.passwordHash, weighed(password))
    let [enters, locks] = [false, false]
    // Decided on what is true now: others may have guessed while this password was looked at.
    await identities.changeUser(user?.id ?? ids.next('user'), (one) => {
      enters = matches && !one.disabled && !isLocked(one, now)
      const next = enters ? { ...one, failedLogins: 0, lockedUntil: undefined } : afterFailure(one, now)
      locks = isLocked(next, now) && !isLocked(one, now)
      return next
    })
    if (!user || !enters) {
      await alarm.security({
        id: ids.next('securityEvent'),
        kind: locks ? 'lock_out' : 'login_failed',
        severity: locks ? 'warning' : 'info',
        at: now,
        address,
        actor: user?.id,
        company: user?.company,
        detail: locks ? 'Five wrong passwords in a row; locked for 15 minutes.' : whyRefused(user, now),
      })
      await deadline.within(new Promise<never>(() => {}))
      return err({ kind: 'wrong-login' })
    }
    const cookie = credentials.randomText()
    const expiresAt = after(now, sessionLength)
    await identities.addSession({ digest: credentials.digest(cookie), user: user.id, createdAt: now, expiresAt })
    return ok({ cookie, expiresAt })
  }

const whyRefused = (user: User | undefined, now: Instant): string => {
  if (!user) return 'An e-mail that nobody has.'
  if (user.disabled) return 'A disabled user.'
  return isLocked(user, now) ? 'A try while the user is locked out.' : 'A wrong password.'
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
    const passwordHash = await credentials.hashPassword(weighed(password))
    const fresh = { passwordHash, failedLogins: 0, lockedUntil: undefined }
    await identities.changeUser(user.id, (one) => ({ ...one, ...fresh }))
    await identities.removeSessionsOf(user.id)
    return ok()
  }
