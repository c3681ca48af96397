import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { BlockedTime } from '../../../domain/booking/blocked-time.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { parseId } from '../../../domain/ids.ts'
import type { Doors } from '../authenticate.ts'
import { actorKinds, appointment, viewOfAppointment } from './appointment-view.ts'
import { momentFilter, momentIn, momentOf, momentText } from './filters.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, named, namedIn, pageOf, pageQuery, personNotes, slugText, written, zoneOf } from './schemas.ts'

const actor = z.strictObject({ kind: z.enum(actorKinds), name: z.string() })
const listed = {
  id: z.string(),
  staff: named.nullable().meta({ description: 'Null: the whole branch.' }),
  branch: named.nullable().meta({ description: 'Null: one colleague, in every branch.' }),
  from: instantText,
  to: instantText,
  reason: z.string().nullable(),
  created_at: instantText,
  created_by: actor,
}
const blockedTime = z.strictObject(listed).meta({ id: 'BlockedTime' })
const blocking = z
  .strictObject({
    ...listed,
    appointments: z.array(appointment).meta({ description: 'Inside, and standing all the same until they are moved.' }),
  })
  .meta({ id: 'Blocking' })

const creation = z
  .strictObject({
    staff: slugText.optional(),
    branch: slugText.optional(),
    from: momentText,
    to: momentText,
    reason: personNotes(500).optional(),
  })
  .meta({ description: 'Of one colleague (`staff`) or of a whole branch (`branch`).' })

type Needs = Pick<Application, 'listBlockedTimes' | 'blockTime' | 'unblockTime'>

export const blockedTimeRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const reading = routesBehind(routing)(doors.company('appointments.read'))
  const changing = routesBehind(routing)(doors.company('appointments.change'))

  reading({
    method: 'GET',
    url: '/companies/{company}/blocked-times',
    tag: 'Appointments',
    summary: 'Hours in which a colleague or a branch takes no appointments, in order of their start',
    query: z.strictObject({ ...pageQuery, from: momentFilter.optional(), to: momentFilter.optional() }),
    answer: pageOf(blockedTime),
    handle: async ({ scope, profile }, { query }) => {
      const { from, to, limit, cursor } = query
      const zone = profile.company.timeZone
      const { items, next } = await app.listBlockedTimes(scope, {
        limit,
        cursor,
        ...(from === undefined ? {} : { from: momentOf(from, zone, 'from') }),
        ...(to === undefined ? {} : { to: momentOf(to, zone, 'to') }),
      })
      return ok({ items: items.map((one) => viewOf(profile, one)), next: next ?? null })
    },
  })

  changing({
    method: 'POST',
    url: '/companies/{company}/blocked-times',
    tag: 'Appointments',
    summary: 'Block what is still free; appointments inside are listed and stand',
    body: creation,
    answer: blocking,
    status: () => 201,
    handle: async ({ scope, profile }, { body }) => {
      const { staff, branch, from, to, reason } = body
      const times = { startsAt: momentIn(from), endsAt: momentIn(to) }
      const done = await app.blockTime(scope, profile, { staff, branch, reason, ...times })
      return done.map(({ blocked, appointments }) => ({
        ...viewOf(profile, blocked),
        appointments: appointments.map((one) => viewOfAppointment(profile, one)),
      }))
    },
  })

  changing({
    method: 'DELETE',
    url: '/companies/{company}/blocked-times/{id}',
    tag: 'Appointments',
    summary: 'Give the time back',
    answer: blockedTime,
    handle: async ({ scope, profile }, { params }) => {
      const id = parseId('blockedTime', params.id)
      if (id.isErr()) return err({ kind: 'not-found' })
      return (await app.unblockTime(scope, id.value)).map((one) => viewOf(profile, one))
    },
  })
}

const viewOf = (profile: CompanyProfile, one: BlockedTime) => {
  const staff = profile.staff.find(({ id }) => id === one.staff)
  const home = profile.branches.find(({ slug }) => slug === staff?.branches[0])
  const zone = zoneOf(profile, one.branch ?? home?.id)
  return {
    id: one.id,
    staff: namedIn(profile, 'staff', one.staff),
    branch: namedIn(profile, 'branches', one.branch),
    from: written(one.startsAt, zone),
    to: written(one.endsAt, zone),
    reason: one.reason ?? null,
    created_at: written(one.createdAt, zone),
    created_by: one.createdBy,
  }
}
