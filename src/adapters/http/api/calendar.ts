import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import {
  type Decision,
  type Difference,
  type Disputed,
  decisionKinds,
} from '../../../application/calendar/difference.ts'
import { knownHost } from '../../../application/calendar/known-host.ts'
import type { KnownCalendarBooking } from '../../../application/ports/calendar-bookings.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { parseId } from '../../../domain/ids.ts'
import type { Doors } from '../authenticate.ts'
import { appointment, viewOfAppointment } from './appointment-view.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, slugText, written, writtenOrNull } from './schemas.ts'

const decisions = decisionKinds.map((kind) => kind.replaceAll('-', '_'))

const booking = z
  .strictObject({
    uid: z.string(),
    starts_at: instantText,
    ends_at: instantText.nullable(),
    status: z.enum(['accepted', 'pending', 'cancelled', 'rejected']),
    event_type_id: z.number().nullable(),
    host: z.string().nullable(),
    attendee: z
      .strictObject({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() })
      .nullable(),
    seen_at: instantText,
  })
  .meta({ id: 'CalendarBooking' })

const difference = z
  .strictObject({
    kind: z.enum(['untold', 'disputed', 'unmatched']).meta({
      description:
        'The calendar has not heard of it yet; it says something else; it has a booking that is no appointment here.',
    }),
    appointment: appointment.nullable(),
    bookings: z.array(booking).meta({ description: 'What the calendar was last seen to have of it.' }),
    decisions: z.array(z.enum(decisions)).meta({ description: 'What can be decided about it now.' }),
  })
  .meta({ id: 'CalendarDifference' })

const settlement = z
  .strictObject({
    appointment: z.string().max(60).optional().meta({ description: 'The id of an appointment, or' }),
    booking: z.string().min(1).max(200).optional().meta({ description: 'the uid of a booking in the calendar.' }),
    decision: z.enum(decisions),
    branch: slugText.optional().meta({ description: 'Of `take_over`, as service and staff.' }),
    service: slugText.optional(),
    staff: slugText.optional(),
  })
  .refine(({ appointment: one, booking: other }) => (one === undefined) !== (other === undefined), {
    error: 'Name an appointment or a booking.',
  })

type Needs = Pick<Application, 'calendarDifferences' | 'settleDifference'>

export const calendarRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  routesBehind(routing)(doors.company('appointments.read'))({
    method: 'GET',
    url: '/companies/{company}/calendar/differences',
    tag: 'Calendar',
    summary: 'In what our side and the calendar of a vendor are not of one mind',
    answer: z.strictObject({
      items: z.array(difference),
      more: z.boolean().meta({ description: 'There are more than are listed.' }),
    }),
    handle: async ({ scope, profile }) => {
      const { differences, more } = await app.calendarDifferences(scope)
      return ok({ items: differences.map((one) => viewOf(profile, one)), more })
    },
  })

  routesBehind(routing)(doors.company('companies.configure'))({
    method: 'POST',
    url: '/companies/{company}/calendar/differences/settle',
    tag: 'Calendar',
    summary: 'Decide about one difference',
    body: settlement,
    answer: z.strictObject({
      left: difference.nullable().meta({ description: 'Null: there is no difference any more.' }),
    }),
    handle: async ({ scope, profile }, { body }) => {
      const about = aboutOf(body)
      if (!about) return err({ kind: 'not-found' })
      const settled = await app.settleDifference(scope, about, decisionOf(body))
      return settled.map(({ left }) => ({ left: left ? viewOf(profile, left) : null }))
    },
  })
}

const aboutOf = (body: z.output<typeof settlement>): Disputed | undefined => {
  if (body.booking !== undefined) return { booking: body.booking }
  const id = parseId('appointment', body.appointment ?? '')
  return id.isOk() ? { appointment: id.value } : undefined
}

const decisionOf = ({ decision, branch, service, staff }: z.output<typeof settlement>): Decision => {
  const kind = decisionKinds.find((one) => one.replaceAll('-', '_') === decision) ?? 'look-again'
  return kind === 'take-over' ? { kind, branch: branch ?? '', service: service ?? '', staff } : { kind }
}

const viewOf = (profile: CompanyProfile, one: Difference): z.input<typeof difference> => ({
  kind: one.kind,
  appointment: one.kind === 'unmatched' ? null : viewOfAppointment(profile, one.view),
  bookings: (one.kind === 'unmatched' ? [one.booking] : one.bookings).map((known) => viewOfBooking(profile, known)),
  decisions: one.decisions.map((kind) => kind.replaceAll('-', '_')),
})

const viewOfBooking = (
  profile: CompanyProfile,
  { uid, startsAt, endsAt, status, eventType, host, attendee, seenAt }: KnownCalendarBooking,
): z.input<typeof booking> => ({
  uid,
  starts_at: written(startsAt, profile.company.timeZone),
  ends_at: writtenOrNull(endsAt, profile.company.timeZone),
  status,
  event_type_id: eventType ?? null,
  host: knownHost(profile, host)?.name ?? host ?? null,
  attendee: attendee ? { name: attendee.name, phone: attendee.phone ?? null, email: attendee.email ?? null } : null,
  seen_at: written(seenAt, profile.company.timeZone),
})
