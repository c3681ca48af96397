import { sayFinding } from '../../application/calendar/set-up/finding-words.ts'
import { isMailable } from '../../application/mail/mailable.ts'
import type { CalendarFailure, Placing } from '../../application/ports/calendar.ts'
import { type MappingFinding, unfit } from '../../domain/booking/event-type-fit.ts'
import type { CompanyProfile, Service, Staff } from '../../domain/company.ts'
import { isoUtc, MINUTE } from '../../domain/time.ts'
import type { KnownEventType } from './event-types.ts'
import { ourMetadata } from './read-booking.ts'

/** What is booked for a service: a wished colleague's own event type, else the service's. */
export const eventTypeFor = (service: Service, staff: Staff | undefined): number | undefined =>
  staff?.calcomEventTypes[service.slug] ?? service.calcomEventTypeId

export const noEventType = (service: Service): CalendarFailure =>
  misconfigured(`The service ${service.slug} has no event type of Cal.com. Name one as its calcom_event_type_id.`)

/** Why booking it would make something else than an appointment of so many minutes. Undefined: nothing is known against it. */
export const unfitFor = (
  eventType: KnownEventType,
  minutes: number,
  { policies }: CompanyProfile,
): CalendarFailure | undefined => {
  const finding = unfit(eventType, minutes, policies).find(({ code }) => unbookable.has(code))
  if (!finding) return undefined
  const { found, cure } = sayFinding(finding, 'en')
  return misconfigured(`Event type ${eventType.id} of Cal.com: ${found} ${cure}`)
}

/** With these a booking would become something else; Cal.com itself refuses what else does not fit. */
const unbookable: ReadonlySet<MappingFinding['code']> = new Set(['managed-parent', 'seats', 'recurring', 'length'])

/** As it turns out only once it was booked. */
export const wrongLength = (eventType: number, minutes: number, theirs: readonly number[]): CalendarFailure => {
  const { found, cure } = sayFinding({ code: 'length', wanted: minutes, offered: theirs }, 'en')
  return misconfigured(`Event type ${eventType} of Cal.com: ${found} ${cure}`)
}

const misconfigured = (detail: string): CalendarFailure => ({ kind: 'misconfigured', detail })

/** Only where there are several lengths; elsewhere Cal.com refuses the word. */
export const lengthFor = (eventType: KnownEventType | undefined, minutes: number): number | undefined =>
  eventType && eventType.minutesToChooseFrom.length > 0 ? minutes : undefined

export const minutesOf = ({ appointment }: Placing): number => (appointment.endsAt - appointment.startsAt) / MINUTE

/** The body of `POST /bookings` (create-booking.input.ts). There is no end in it: it follows from the event type. */
export const bookingBody = (
  placing: Placing,
  eventTypeId: number,
  eventType: KnownEventType | undefined,
  profile: CompanyProfile,
) => {
  const { appointment, branch, customer, part } = placing
  const email = isMailable(customer?.email) ? customer.email : undefined
  const phone = customer?.phone ?? (email === undefined ? ownNumber(placing) : undefined)
  const length = lengthFor(eventType, minutesOf(placing))
  const language = customer?.language ?? profile.company.language
  return {
    eventTypeId,
    start: isoUtc(appointment.startsAt),
    ...(length === undefined ? {} : { lengthInMinutes: length }),
    attendee: {
      name: appointment.attendeeName.trim() || customer?.name || (language === 'de' ? 'Ohne Namen' : 'No name'),
      timeZone: branch.timeZone,
      language,
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phoneNumber: phone }),
    },
    ...(eventType?.places[0] === 'attendeePhone' && phone !== undefined
      ? { location: { type: 'attendeePhone', phone } }
      : {}),
    ...(eventType?.takesNotes && appointment.notes ? { bookingFieldsResponses: { notes: appointment.notes } } : {}),
    metadata: {
      [ourMetadata.appointment]: appointment.id,
      ...(part === undefined ? {} : { [ourMetadata.part]: part }),
    },
  }
}

/**
 * Cal.com books nobody whom it cannot reach. For a caller with a hidden number and no address that is the branch, and
 * what is read back is known not to be the caller's.
 */
const ownNumber = ({ branch }: Placing): string | undefined => branch.phoneNumbers[0]?.number
