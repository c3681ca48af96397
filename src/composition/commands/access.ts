import { note, print, printJson, table } from '../../adapters/cli/terminal.ts'
import { mayDo } from '../../application/access/authenticate.ts'
import { isRole, roles } from '../../domain/access/role.ts'
import { after, DAY, HOUR, type Instant, isoUtc } from '../../domain/time.ts'
import type { Desk } from '../desk.ts'
import { type ExitCode, shell, withDesk } from './context.ts'

interface Asked {
  readonly role?: string
  readonly company?: string
  readonly expires?: string
  readonly email?: string
  readonly vip?: true
  readonly json?: true
}

const roleOf = (text: string | undefined) => {
  if (text !== undefined && isRole(text)) return text
  note(`--role must be one of ${roles.join(', ')}.`)
  return undefined
}

/** Undefined for none, null for one that does not exist. */
const companyOf = async ({ ports }: Desk, slug: string | undefined) => {
  if (slug === undefined) return undefined
  const company = await ports.directory.companyBySlug(slug)
  if (company === undefined) note(`There is no company ${slug}. Apply its file first: frontdesk apply FILE`)
  return company ?? null
}

/** `90d`, `12h`; null when it is neither. */
const expiryOf = (text: string | undefined, now: Instant): Instant | undefined | null => {
  if (text === undefined) return undefined
  const match = /^(\d{1,5})([dh])$/.exec(text)
  if (!match) return null
  return after(now, Number(match[1]) * (match[2] === 'd' ? DAY : HOUR))
}

const whyNot = {
  'role-needs-company': 'This role belongs to a company: add --company SLUG.',
  'role-has-no-company': 'A platform administrator belongs to no company: leave --company out.',
  'email-taken': 'This e-mail already has a user.',
  'not-an-email': '--email is no e-mail address.',
  'no-such-user': 'There is no user with this e-mail.',
} as const

export const createToken = (asked: Asked): Promise<ExitCode> =>
  withDesk(async (desk) => {
    const role = roleOf(asked.role)
    if (!role) return 2
    const expiresAt = expiryOf(asked.expires, desk.ports.clock.now())
    if (expiresAt === null) {
      note('--expires is a number of days or hours, such as 90d or 12h.')
      return 2
    }
    const company = await companyOf(desk, asked.company)
    if (company === null) return 1
    const made = await desk.app.createToken(shell, { role, company, expiresAt, seesVip: asked.vip })
    if (made.isErr()) {
      note(whyNot[made.error.kind])
      return 2
    }
    const { id, token } = made.value
    const expires = made.value.expiresAt === undefined ? null : isoUtc(made.value.expiresAt)
    if (asked.json) printJson({ token, id, role, company: asked.company ?? null, expires_at: expires })
    else {
      print(token)
      note('This is shown once and kept nowhere. Send it as "Authorization: Bearer fd_…".')
    }
    return 0
  })

const tellLink = (
  desk: Desk,
  email: string,
  link: { readonly user: string; readonly token: string; readonly expiresAt: Instant },
  json: true | undefined,
): ExitCode => {
  const url = new URL(`/set-password/${link.token}`, desk.publicUrl).href
  if (json) printJson({ id: link.user, email, set_password_url: url, expires_at: isoUtc(link.expiresAt) })
  else {
    print(url)
    note('Open this link once, within two days, to set the password.')
  }
  return 0
}

export const createUser = (asked: Asked): Promise<ExitCode> =>
  withDesk(async (desk) => {
    const role = roleOf(asked.role)
    if (!role) return 2
    const company = await companyOf(desk, asked.company)
    if (company === null) return 1
    const email = asked.email ?? ''
    const made = await desk.app.createUser(shell, { email, role, company, seesVip: asked.vip })
    if (made.isOk()) return tellLink(desk, email, made.value, asked.json)
    note(whyNot[made.error.kind])
    return made.error.kind === 'email-taken' ? 1 : 2
  })

export const resetUser = (asked: Asked): Promise<ExitCode> =>
  withDesk(async (desk) => {
    const email = asked.email ?? ''
    const made = await desk.app.resetPassword(shell, email)
    if (made.isOk()) return tellLink(desk, email, made.value, asked.json)
    note(whyNot[made.error.kind])
    return 1
  })

export const disableUser = (asked: Asked): Promise<ExitCode> =>
  withDesk(async (desk) => {
    const done = await desk.app.disableUser(shell, asked.email ?? '')
    if (done.isErr()) {
      note(whyNot[done.error.kind])
      return 1
    }
    if (asked.json) printJson({ email: asked.email, disabled: true })
    else print('The user is disabled; every session has ended.')
    return 0
  })

export const listUsers = (asked: Asked): Promise<ExitCode> =>
  withDesk(async (desk) => {
    const company = await companyOf(desk, asked.company)
    if (company === null) return 1
    const companies = await desk.ports.directory.companies()
    const slugs = new Map(companies.map(({ id, slug }) => [id, slug]))
    const whose = company === undefined ? [undefined, ...companies.map(({ id }) => id)] : [company]
    const users = (await Promise.all(whose.map((one) => desk.ports.identities.users(one)))).flat()
    const rows = users.map((user) => ({
      id: user.id,
      email: user.email,
      role: user.role,
      company: user.company === undefined ? null : (slugs.get(user.company) ?? null),
      disabled: user.disabled,
      sees_vip: mayDo(user, 'customers.vip'),
      has_password: user.passwordHash !== undefined,
    }))
    if (asked.json) printJson(rows)
    else if (rows.length === 0) print('There are no users yet: frontdesk user create --email E --role ROLE')
    else
      print(
        table(
          ['e-mail', 'role', 'company', 'state'],
          rows.map((row) => [
            row.email,
            row.role,
            row.company ?? '–',
            row.disabled ? 'disabled' : row.has_password ? 'active' : 'no password yet',
          ]),
        ),
      )
    return 0
  })
