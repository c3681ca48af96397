import { ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { type Wish, wishReasons } from '../../../domain/reception/wish.ts'
import { clockText } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { branchNamed, momentFilter, momentOf } from './filters.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, named, namedIn, pageOf, pageQuery, slugText, written, zoneOf } from './schemas.ts'

const wish = z
  .strictObject({
    id: z.string(),
    call_id: z.string().nullable(),
    branch: named.nullable(),
    service: named.nullable(),
    wanted: z
      .strictObject({
        date: z.string().nullable().meta({ format: 'date' }),
        time: z.string().nullable().meta({ description: '`10:30`, on the branch’s clock.' }),
        window: z.string().nullable().meta({ description: '`09:00-12:00`: a part of the day was said.' }),
      })
      .meta({ description: 'As far as it was said and understood.' }),
    reason: z.enum(wishReasons),
    alternatives: z.array(z.strictObject({ starts_at: instantText, staff: named.nullable() })),
    created_at: instantText,
  })
  .meta({ id: 'Wish' })

export const wishRoutes = (routing: Routing, doors: Doors, app: Pick<Application, 'listWishes'>): void => {
  routesBehind(routing)(doors.company('calls.read'))({
    method: 'GET',
    url: '/companies/{company}/wishes',
    tag: 'Callbacks',
    summary: 'What callers wanted and could not get, newest first',
    query: z.strictObject({
      ...pageQuery,
      branch: slugText.optional(),
      service: slugText.optional(),
      from: momentFilter.optional(),
      to: momentFilter.optional(),
    }),
    answer: pageOf(wish),
    handle: async ({ scope, profile }, { query: { limit, cursor, from, to, ...named } }) => {
      const branch = branchNamed(profile, named.branch)
      const service = profile.services.find(({ slug }) => slug === named.service)
      if (branch === 'unknown' || (named.service !== undefined && !service)) return ok({ items: [], next: null })
      const zone = zoneOf(profile, branch?.id)
      const { items, next } = await app.listWishes(scope, {
        ...{ limit, cursor },
        ...(branch === undefined ? {} : { branch: branch.id }),
        ...(service === undefined ? {} : { service: service.id }),
        ...(from === undefined ? {} : { from: momentOf(from, zone, 'from') }),
        ...(to === undefined ? {} : { to: momentOf(to, zone, 'to') }),
      })
      return ok({ items: items.map((one) => viewOf(profile, one)), next: next ?? null })
    },
  })
}

const viewOf = (profile: CompanyProfile, one: Wish) => {
  const zone = zoneOf(profile, one.branch)
  const { date, time, window } = one.wanted
  return {
    id: one.id,
    call_id: one.callId ?? null,
    branch: namedIn(profile, 'branches', one.branch),
    service: namedIn(profile, 'services', one.service),
    wanted: {
      date: date ?? null,
      time: time === undefined ? null : clockText(time),
      window: window === undefined ? null : `${clockText(window.from)}-${clockText(window.to)}`,
    },
    reason: one.reason,
    alternatives: one.alternatives.map(({ startsAt, staff }) => ({
      starts_at: written(startsAt, zone),
      staff: namedIn(profile, 'staff', staff),
    })),
    created_at: written(one.createdAt, zone),
  }
}
