import { err, ok, type Result } from 'neverthrow'
import type { Role } from '../../domain/access/role.ts'
import type { CompanyId, TokenId, UserId } from '../../domain/ids.ts'
import { after, DAY, type Instant } from '../../domain/time.ts'
import type { User } from '../ports/identities.ts'
import type { Ports } from '../ports/ports.ts'
import type { PlatformScope } from '../scope.ts'
import { type Noting, noteAct } from './note-act.ts'

type Needs = Pick<Ports, 'identities' | 'credentials' | 'clock' | 'ids'> & Noting

export type RoleNeedsCompany = { readonly kind: 'role-needs-company' } | { readonly kind: 'role-has-no-company' }

const fits = (role: Role, company: CompanyId | undefined): Result<void, RoleNeedsCompany> => {
  if (role === 'platform_admin') return company === undefined ? ok() : err({ kind: 'role-has-no-company' })
  return company === undefined ? err({ kind: 'role-needs-company' }) : ok()
}

const linkLength = 2 * DAY

export interface NewPasswordLink {
  readonly user: UserId
  /** The secret part of `/set-password/{token}`; given once. */
  readonly token: string
  readonly expiresAt: Instant
}

export const createUser =
  (ports: Needs) =>
  async (
    scope: PlatformScope,
    user: {
      readonly email: string
      readonly role: Role
      readonly company: CompanyId | undefined
      readonly seesVip?: boolean | undefined
    },
  ): Promise<
    Result<NewPasswordLink, RoleNeedsCompany | { readonly kind: 'email-taken' } | { readonly kind: 'not-an-email' }>
  > => {
    const allowed = fits(user.role, user.company)
    if (allowed.isErr()) return err(allowed.error)
    if (!/^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/.test(user.email)) return err({ kind: 'not-an-email' })
    const created: User = {
      id: ports.ids.next('user'),
      ...user,
      seesVip: user.seesVip ?? false,
      passwordHash: undefined,
      failedLogins: 0,
      lockedUntil: undefined,
      disabled: false,
      createdAt: ports.clock.now(),
    }
    if (!(await ports.identities.addUser(created))) return err({ kind: 'email-taken' })
    const { id, role, company, seesVip } = created
    const facts = { role, sees_vip: seesVip }
    await noteAct(ports)(scope, company, { kind: 'user.created', subject: { kind: 'user', id }, facts })
    return ok(await linkFor(ports, id))
  }

export type NoSuchUser = { readonly kind: 'no-such-user' }

/** A new link; the old password works until the link is used. */
export const resetPassword =
  (ports: Needs) =>
  async (scope: PlatformScope, email: string): Promise<Result<NewPasswordLink, NoSuchUser>> => {
    const user = await ports.identities.userByEmail(email)
    if (!user) return err({ kind: 'no-such-user' })
    const { id, company } = user
    await noteAct(ports)(scope, company, { kind: 'user.password_reset', subject: { kind: 'user', id } })
    return ok(await linkFor(ports, id))
  }

/** Ends every session at once. */
export const disableUser =
  (ports: Needs) =>
  async (scope: PlatformScope, email: string): Promise<Result<void, NoSuchUser>> => {
    const { identities } = ports
    const user = await identities.userByEmail(email)
    if (!user) return err({ kind: 'no-such-user' })
    await identities.changeUser(user.id, (one) => ({ ...one, disabled: true }))
    await identities.removeSessionsOf(user.id)
    const { id, company } = user
    await noteAct(ports)(scope, company, { kind: 'user.disabled', subject: { kind: 'user', id } })
    return ok()
  }

const linkFor = async ({ identities, credentials, clock }: Needs, user: UserId): Promise<NewPasswordLink> => {
  const token = credentials.randomText()
  const expiresAt = after(clock.now(), linkLength)
  await identities.addPasswordLink({ digest: credentials.digest(token), user, expiresAt })
  return { user, token, expiresAt }
}

export interface NewToken {
  readonly id: TokenId
  /** Given once; only its digest is kept. */
  readonly token: string
  readonly role: Role
  readonly company: CompanyId | undefined
  readonly expiresAt: Instant | undefined
  readonly seesVip: boolean
}

export const createToken =
  (ports: Needs) =>
  async (
    scope: PlatformScope,
    wanted: {
      readonly role: Role
      readonly company: CompanyId | undefined
      readonly expiresAt: Instant | undefined
      readonly seesVip?: boolean | undefined
    },
  ): Promise<Result<NewToken, RoleNeedsCompany>> => {
    const allowed = fits(wanted.role, wanted.company)
    if (allowed.isErr()) return err(allowed.error)
    const { identities, credentials, clock, ids } = ports
    const token = `fd_${credentials.randomText()}`
    const id = ids.next('token')
    const { role, company, expiresAt, seesVip = false } = wanted
    const granted = { role, company, expiresAt, seesVip }
    await identities.addToken({ id, digest: credentials.digest(token), createdAt: clock.now(), ...granted })
    const facts = { role, sees_vip: seesVip }
    await noteAct(ports)(scope, company, { kind: 'token.created', subject: { kind: 'token', id }, facts })
    return ok({ id, token, ...granted })
  }
