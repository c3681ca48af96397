import { isMailable } from '../../application/mail/mailable.ts'
import type { CalendarFailure, Placing } from '../../application/ports/calendar.ts'
import { unfit } from '../../domain/booking/event-type-fit.ts'
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
  const number = `Event type ${eventType.id} of Cal.com`
  for (const finding of unfit(eventType, minutes, policies)) {
    switch (finding.code) {
      case 'managed-parent':
        return misconfigured(
          `${number} is a template of a team and cannot be booked. Name the one of a member instead.`,
        )
      case 'seats':
        return misconfigured(`${number} has seats, so that cancelling one would cancel all. Name one without seats.`)
      case 'recurring':
        return misconfigured(`${number} books a series each time. Name one that is booked once.`)
      case 'length':
        return wrongLength(eventType.id, minutes, finding.offered)
    }
  }
  return undefined
}

export const wrongLength = (eventType: number, minutes: number, theirs: readonly number[]): CalendarFailure =>
  misconfigured(
    `The appointment takes ${minutes} minutes and event type ${eventType} of Cal.com ${theirs.join(' or ')}. Give both the same length.`,
  )

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
