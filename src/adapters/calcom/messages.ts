import { createHmac, timingSafeEqual } from 'node:crypto'
import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { CalendarBooking } from '../../application/ports/calendar.ts'
import type { CalendarMessage, CalendarMessages, CalendarNews } from '../../application/ports/calendar-messages.ts'
import type { MalformedPayload } from '../../application/ports/voice-platform.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { Instant } from '../../domain/time.ts'
import { after, MINUTE } from '../../domain/time.ts'
import { attendeeOf, filled, hostOf, ownerOf, phoneAnswers, statusOf } from './read-booking.ts'
import { attendeeShape, instantText, lenient, metadata } from './wire.ts'

/** What tells of a booking, and what its status is then, if that does not depend on the booking itself. */
const tellsOfBooking: { readonly [trigger: string]: CalendarBooking['status'] | undefined } = {
  BOOKING_CREATED: undefined,
  BOOKING_REQUESTED: 'pending',
  BOOKING_RESCHEDULED: undefined,
  BOOKING_CANCELLED: 'cancelled',
  BOOKING_REJECTED: 'rejected',
  BOOKING_PAYMENT_INITIATED: undefined,
  BOOKING_PAID: undefined,
  BOOKING_LOCATION_UPDATED: undefined,
  BOOKING_REASSIGNED: undefined,
  MEETING_STARTED: undefined,
  MEETING_ENDED: undefined,
}

/** Each change of a booking counts its calendar entry up; other news of it may come under the same count. */
const counted = new Set([
  'BOOKING_CREATED',
  'BOOKING_REQUESTED',
  'BOOKING_RESCHEDULED',
  'BOOKING_CANCELLED',
  'BOOKING_REJECTED',
])

/** Documented, and nothing that concerns appointments. `PING` is the test of Cal.com's own page. */
const ignored = new Set([
  'PING',
  'RECORDING_READY',
  'RECORDING_TRANSCRIPTION_GENERATED',
  'INSTANT_MEETING',
  'INSTANT_MEETING_ACCEPTED',
  'OOO_CREATED',
  'AFTER_HOSTS_CAL_VIDEO_NO_SHOW',
  'AFTER_GUESTS_CAL_VIDEO_NO_SHOW',
  'FORM_SUBMITTED',
  'FORM_SUBMITTED_NO_EVENT',
  'ROUTING_FORM_FALLBACK_HIT',
  'CALENDAR_ENTRY_REJECTED',
  'WRONG_ASSIGNMENT_REPORT',
])
const isIgnored = (event: string): boolean => ignored.has(event) || event.startsWith('DELEGATION_CREDENTIAL_')

/** The text of an answer in a booking form, which is wrapped, sometimes twice. */
const formAnswers = lenient(z.record(z.string(), z.unknown())).transform((answers) =>
  Object.fromEntries(
    Object.entries(answers ?? {}).map(([slug, answer]) => [
      slug,
      z.looseObject({ value: z.string() }).safeParse(answer).data?.value ?? answer,
    ]),
  ),
)

/** A name that can be kept, found, and asked for as part of an address. */
const uidText = z.string().regex(/^(?!\.{1,2}$)[\x21-\x7e]{1,200}$/)

const payloadShape = z.looseObject({
  uid: lenient(uidText),
  bookingUid: lenient(uidText),
  startTime: lenient(instantText),
  endTime: lenient(instantText),
  length: lenient(z.number()),
  status: lenient(z.string()),
  createdAt: lenient(instantText),
  eventTypeId: lenient(z.number().int()),
  organizer: lenient(z.looseObject({ id: lenient(z.number().int()) })),
  user: lenient(z.looseObject({ id: lenient(z.number().int()) })),
  userId: lenient(z.number().int()),
  attendees: lenient(
    z.array(
      attendeeShape.extend({
        noShow: lenient(z.boolean()),
        bookingSeat: lenient(z.looseObject({ referenceUid: z.string() })),
      }),
    ),
  ),
  responses: formAnswers,
  metadata,
  iCalSequence: lenient(z.number()),
  rescheduleUid: lenient(uidText),
  cancellationReason: lenient(z.string()),
  rejectionReason: lenient(z.string()),
})
type Payload = z.output<typeof payloadShape>

const envelopeShape = z.looseObject({
  triggerEvent: z.string().regex(/^[^\p{Cc}\p{Cs}]{1,80}$/u),
  createdAt: lenient(instantText),
  payload: lenient(z.looseObject({})),
})

/** Cal.com's words, in both webhook versions; a later one only adds to the earlier. */
export const calcomMessages: CalendarMessages = {
  isSigned: (body, signature, secret) => {
    // `no-secret-provided` is what comes from a webhook without a secret.
    if (signature === undefined || !/^[0-9a-f]{64}$/.test(signature)) return false
    return secret.use(
      (plain) =>
        plain !== '' &&
        timingSafeEqual(createHmac('sha256', plain).update(body).digest(), Buffer.from(signature, 'hex')),
    )
  },
  read: (body, company) => {
    const envelope = envelopeShape.safeParse(parsed(body))
    if (!envelope.success) return malformed('triggerEvent', 'It names no trigger.')
    const { triggerEvent: event, createdAt: at, payload, ...flat } = envelope.data
    if (at === undefined) return malformed('createdAt', 'It does not say when.')
    const told = payloadShape.parse(payload ?? flat)
    const uid = filled(told.uid) ?? filled(told.bookingUid)
    const news = newsOf(event, at, uid, told, company)
    return news.map((some): CalendarMessage => ({ event, at, sameAs: sameAs(event, at, uid, told, some), news: some }))
  },
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const malformed = (field: string, detail: string) =>
  err<never, MalformedPayload>({ kind: 'malformed-payload', field, detail })

/** A user's, an event type's and a team's webhook each tell the same. */
const sameAs = (
  event: string,
  at: Instant,
  uid: string | undefined,
  { iCalSequence }: Payload,
  { kind }: CalendarNews,
): string | undefined => {
  if (uid === undefined || (kind !== 'booking' && kind !== 'attendance')) return undefined
  return `${event}/${uid}/${counted.has(event) && iCalSequence !== undefined ? iCalSequence : `at ${at}`}`
}

const newsOf = (
  event: string,
  at: Instant,
  uid: string | undefined,
  told: Payload,
  company: CompanyProfile,
): Result<CalendarNews, MalformedPayload> => {
  if (event === 'BOOKING_NO_SHOW_UPDATED') {
    if (uid === undefined) return malformed('payload.bookingUid', 'It names no booking.')
    return ok({ kind: 'attendance', uid, isNoShow: (told.attendees ?? []).some(({ noShow }) => noShow === true) })
  }
  if (!Object.hasOwn(tellsOfBooking, event)) return ok({ kind: isIgnored(event) ? 'ignored' : 'unknown' })
  // One of several seats was given up, and the others are not.
  const isSeat = told.attendees?.some(({ bookingSeat }) => bookingSeat !== undefined) ?? false
  if (event === 'BOOKING_CANCELLED' && isSeat) return ok({ kind: 'ignored' })
  if (uid === undefined) return malformed('payload.uid', 'It names no booking.')
  if (told.startTime === undefined) return malformed('payload.startTime', 'It does not say when the booking begins.')
  return ok({ kind: 'booking', booking: bookingIn(event, at, uid, told, told.startTime, company) })
}

const bookingIn = (
  event: string,
  at: Instant,
  uid: string,
  told: Payload,
  startsAt: Instant,
  company: CompanyProfile,
): CalendarBooking => {
  const { endTime, length, eventTypeId, responses, rescheduleUid } = told
  const attendee = told.attendees?.[0]
  const text = (slug: string) => {
    const answer = responses[slug]
    return typeof answer === 'string' ? answer : undefined
  }
  return {
    uid,
    startsAt,
    endsAt: endTime ?? (length === undefined ? undefined : after(startsAt, length * MINUTE)),
    createdAt: told.createdAt ?? at,
    changedAt: at,
    status: tellsOfBooking[event] ?? statusOf((told.status ?? 'accepted').toLowerCase()),
    ...ownerOf(told.metadata),
    eventType: eventTypeId,
    staff: hostOf([told.organizer?.id, told.user?.id, told.userId], eventTypeId, company),
    attendee: attendeeOf(
      {
        name: attendee?.name ?? text('name'),
        emails: [attendee?.displayEmail, attendee?.email, text('email')],
        phones: [attendee?.phoneNumber, ...phoneAnswers(responses)],
      },
      company,
    ),
    replaces: rescheduleUid === uid ? undefined : filled(rescheduleUid),
    replacedBy: undefined,
    reason: filled(told.cancellationReason) ?? filled(told.rejectionReason),
    isNoShow: attendee?.noShow === true || attendee?.absent === true,
  }
}
