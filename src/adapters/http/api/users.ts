import { ok } from 'neverthrow'
import { z } from 'zod'
import { mayDo } from '../../../application/access/authenticate.ts'
import type { Identities, Token, User } from '../../../application/ports/identities.ts'
import { roles } from '../../../domain/access/role.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { paged } from './listed.ts'
import { type Routing, routesBehind } from './route.ts'
import { companyOf, instantText, named, pageOf, pageQuery, written, writtenOrNull } from './schemas.ts'

const company = named.nullable()
const seesVip = z.boolean().meta({ description: 'May see and set the VIP mark, by role or beside it.' })
const role = z.enum(roles as [(typeof roles)[number], ...(typeof roles)[number][]])

export const user = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    role,
    company,
    sees_vip: seesVip,
    disabled: z.boolean(),
    locked_until: instantText.nullable(),
    created_at: instantText,
  })
  .meta({ id: 'User' })

export const token = z
  .strictObject({
    ...{ id: z.string(), role, company, sees_vip: seesVip },
    ...{ created_at: instantText, expires_at: instantText.nullable() },
  })
  .meta({ id: 'Token' })

/** Who comes into a company, by password and by token. */
export const userRoutes = (
  routing: Routing,
  doors: Doors,
  { users, tokens }: Pick<Identities, 'users' | 'tokens'>,
): void => {
  const route = routesBehind(routing)(doors.company('users.manage'))
  const tag = 'Users'

  route({
    method: 'GET',
    url: '/companies/{company}/users',
    tag,
    summary: 'Who may log in for the company',
    query: z.strictObject(pageQuery),
    answer: pageOf(user),
    handle: async ({ scope, profile }, { query }) => {
      const { items, next } = paged(await users(scope.company), query, ({ id }) => id)
      return ok({ items: items.map((one) => viewOfUser(one, companyOf(profile), profile.company.timeZone)), next })
    },
  })

  route({
    method: 'GET',
    url: '/companies/{company}/tokens',
    tag,
    summary: 'API tokens of the company, without what they are',
    query: z.strictObject(pageQuery),
    answer: pageOf(token),
    handle: async ({ scope, profile }, { query }) => {
      const { items, next } = paged(await tokens(scope.company), query, ({ id }) => id)
      return ok({ items: items.map((one) => viewOfToken(one, companyOf(profile), profile.company.timeZone)), next })
    },
  })
}

export const viewOfUser = (one: User, of: z.input<typeof company>, zone: TimeZone) => ({
  id: one.id,
  email: one.email,
  role: one.role,
  company: of,
  sees_vip: mayDo(one, 'customers.vip'),
  disabled: one.disabled,
  locked_until: writtenOrNull(one.lockedUntil, zone),
  created_at: written(one.createdAt, zone),
})

export const viewOfToken = (one: Token, of: z.input<typeof company>, zone: TimeZone) => ({
  id: one.id,
  role: one.role,
  company: of,
  sees_vip: mayDo(one, 'customers.vip'),
  created_at: written(one.createdAt, zone),
  expires_at: writtenOrNull(one.expiresAt, zone),
})
