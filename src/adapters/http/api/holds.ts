import { ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { Offer } from '../../../domain/booking/offer.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import type { Doors } from '../authenticate.ts'
import { paged } from './listed.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, named, namedIn, pageOf, pageQuery, written, zoneOf } from './schemas.ts'

const hold = z.strictObject({
  id: z.string(),
  call_id: z.string(),
  branch: named.nullable(),
  service: named.nullable(),
  staff: named.nullable(),
  attendee_name: z.string().nullable(),
  starts_at: instantText,
  ends_at: instantText,
  until: instantText,
})

export const holdRoutes = (routing: Routing, doors: Doors, app: Pick<Application, 'liveHolds'>): void => {
  routesBehind(routing)(doors.company('appointments.read'))({
    method: 'GET',
    url: '/companies/{company}/holds',
    tag: 'Appointments',
    summary: 'Times that are kept for calls now, in order of their start',
    query: z.strictObject(pageQuery),
    answer: pageOf(hold),
    handle: async ({ scope, profile }, { query }) => {
      const inOrder = ({ startsAt, id }: Offer) => `${String(startsAt).padStart(15, '0')} ${id}`
      const { items, next } = paged(await app.liveHolds(scope), query, inOrder)
      return ok({ items: items.map((one) => viewOf(profile, one)), next })
    },
  })
}

const viewOf = (profile: CompanyProfile, one: Offer) => {
  const zone = zoneOf(profile, one.branch)
  return {
    id: one.id,
    call_id: one.call,
    branch: namedIn(profile, 'branches', one.branch),
    service: namedIn(profile, 'services', one.service),
    staff: namedIn(profile, 'staff', one.staff),
    attendee_name: one.attendee === '' ? null : one.attendee,
    starts_at: written(one.startsAt, zone),
    ends_at: written(one.endsAt, zone),
    until: written(one.until, zone),
  }
}
