import { isMailable } from '../../application/mail/mailable.ts'
import type { BookingAttendee, CalendarBooking } from '../../application/ports/calendar.ts'
import type { CompanyProfile, Staff } from '../../domain/company.ts'
import { type AppointmentId, parseId } from '../../domain/ids.ts'
import { noCountry, type PhoneNumber, parsePhoneNumber } from '../../domain/phone-number.ts'
import { after, instant, MINUTE } from '../../domain/time.ts'
import type { WireBooking } from './wire.ts'

/** Under these names a booking that we place carries whose it is. */
export const ourMetadata = { appointment: 'frontdesk_appointment', part: 'frontdesk_part' } as const

/** A booking as Cal.com answers it, in our words. */
export const bookingOf = (wire: WireBooking, profile: CompanyProfile): CalendarBooking => {
  const { uid, start, end, duration, metadata, attendees, eventTypeId, eventType } = wire
  const createdAt = wire.createdAt ?? wire.updatedAt ?? instant(0)
  const eventTypeNumber = eventTypeId ?? eventType?.id
  const [attendee] = attendees
  return {
    uid,
    startsAt: start,
    endsAt: end ?? (duration === undefined ? undefined : after(start, duration * MINUTE)),
    createdAt,
    changedAt: wire.updatedAt ?? createdAt,
    status: statusOf(wire.status),
    ...ownerOf(metadata),
    eventType: eventTypeNumber,
    staff: hostOf(
      wire.hosts.map(({ id }) => id),
      eventTypeNumber,
      profile,
    ),
    attendee: attendeeOf(
      {
        name: attendee?.name,
        emails: [attendee?.displayEmail, attendee?.email],
        phones: [attendee?.phoneNumber, ...phoneAnswers(wire.bookingFieldsResponses ?? {})],
      },
      profile,
    ),
    replaces: filled(wire.rescheduledFromUid),
    replacedBy: filled(wire.rescheduledToUid),
    reason: filled(wire.cancellationReason) ?? filled(wire.rejectionReason),
    isNoShow: attendee?.absent === true,
  }
}

/** Empty texts stand for nothing. */
export const filled = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined)

/** What is neither taken nor over waits for somebody, `awaiting_host` for one. */
export const statusOf = (text: string): CalendarBooking['status'] =>
  text === 'accepted' || text === 'cancelled' || text === 'rejected' ? text : 'pending'

/** Whose it is, as far as its metadata says so in texts that could be ours. */
export const ownerOf = (metadata: {
  readonly [name: string]: unknown
}): { readonly reference: AppointmentId | undefined; readonly part: string | undefined } => {
  const id = metadata[ourMetadata.appointment]
  const part = metadata[ourMetadata.part]
  const reference = typeof id === 'string' ? parseId('appointment', id) : undefined
  return {
    reference: reference?.isOk() ? reference.value : undefined,
    part: typeof part === 'string' ? filled(part) : undefined,
  }
}

/** The colleague who is a user there, else whose own event type it is. */
export const hostOf = (
  users: readonly (number | undefined)[],
  eventType: number | undefined,
  { staff }: CompanyProfile,
): Staff | undefined =>
  staff.find(({ calcomUserId }) => calcomUserId !== undefined && users.includes(calcomUserId)) ??
  staff.find(({ calcomEventTypes }) => eventType !== undefined && Object.values(calcomEventTypes).includes(eventType))

/** Questions of a booking form in which a number may stand, first choice first. */
const phoneQuestions = ['attendeePhoneNumber', 'phone', 'smsReminderNumber']

export const phoneAnswers = (answers: { readonly [slug: string]: unknown }): readonly (string | undefined)[] =>
  phoneQuestions.map((slug) => {
    const answer = answers[slug]
    return typeof answer === 'string' ? answer : undefined
  })

/** `<digits>@sms.cal.com`, which Cal.com invents for people without an address; the digits are their number. */
const inventedFor = /^\+?(\d{6,15})@sms\.cal\.com$/i

interface WrittenAttendee {
  readonly name: string | undefined
  /** First choice first. */
  readonly emails: readonly (string | undefined)[]
  readonly phones: readonly (string | undefined)[]
}

/** Who comes. An invented address is none, and a way to reach the company itself is none of a customer's. */
export const attendeeOf = (
  { name, emails, phones }: WrittenAttendee,
  profile: CompanyProfile,
): BookingAttendee | undefined => {
  const said = filled(name)
  if (said === undefined) return undefined
  const digits = emails.flatMap((email) => (email ?? '').match(inventedFor)?.[1] ?? [])
  const numbers = [...phones, ...digits.map((one) => `+${one}`)].flatMap((text) => numberIn(text) ?? [])
  return {
    name: said,
    phone: numbers.find((number) => !isOwnNumber(number, profile)),
    email: emails.find((email) => isMailable(email) && !isOwnAddress(email, profile)),
  }
}

const numberIn = (text: string | undefined): PhoneNumber | undefined => {
  const parsed = parsePhoneNumber(text ?? '', noCountry)
  return parsed.isOk() ? parsed.value : undefined
}

const isOwnNumber = (number: PhoneNumber, { branches }: CompanyProfile): boolean =>
  branches.some(({ phoneNumbers }) => phoneNumbers.some((one) => one.number === number))

const isOwnAddress = (email: string, { branches, notifications }: CompanyProfile): boolean =>
  [...notifications.staffEmail, ...branches.flatMap(({ staffEmail }) => staffEmail)].some(
    (one) => one.toLowerCase() === email.toLowerCase(),
  )
