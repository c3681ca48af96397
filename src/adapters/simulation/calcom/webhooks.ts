import { createHmac, randomUUID } from 'node:crypto'
import { err, ok, type Result } from 'neverthrow'
import type { JsonObject } from '../../../domain/canonical-json.ts'
import { MINUTE } from '../../../domain/time.ts'
import { type CalcomFailure, type CalcomRequest, malformed, no } from './answers.ts'
import { usersOf } from './show.ts'
import type { BookingEntry, CalcomStore, CalcomWebhook } from './store.ts'
import { iso } from './times.ts'

/** A message on its way to an address. */
export interface CalcomDelivery {
  readonly trigger: string
  /** The booking that it tells of. */
  readonly uid: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

const triggersKnown = [
  'BOOKING_CREATED',
  'BOOKING_REQUESTED',
  'BOOKING_RESCHEDULED',
  'BOOKING_CANCELLED',
  'BOOKING_REJECTED',
  'BOOKING_PAYMENT_INITIATED',
  'BOOKING_PAID',
  'BOOKING_NO_SHOW_UPDATED',
  'BOOKING_LOCATION_UPDATED',
  'BOOKING_REASSIGNED',
  'MEETING_STARTED',
  'MEETING_ENDED',
  'RECORDING_READY',
  'INSTANT_MEETING',
  'OOO_CREATED',
  'FORM_SUBMITTED',
]

const payloadOf = (store: CalcomStore, trigger: string, booking: BookingEntry, more: JsonObject): JsonObject => {
  const { attendee, eventType } = booking
  if (trigger === 'BOOKING_NO_SHOW_UPDATED') {
    return {
      message: `${attendee.email} ${booking.attendeeAbsent ? 'marked as no-show' : 'unmarked as no-show'}`,
      attendees: [{ email: attendee.email, noShow: booking.attendeeAbsent }],
      bookingUid: booking.uid,
      bookingId: booking.id,
    }
  }
  const [host] = usersOf(store, booking.hosts)
  const language = { locale: attendee.language }
  return {
    bookerUrl: 'https://cal.example',
    type: eventType.slug,
    title: `${eventType.title} between ${host?.name ?? ''} and ${attendee.name}`,
    description: '',
    additionalNotes: '',
    customInputs: {},
    startTime: iso(booking.start).replace('.000Z', 'Z'),
    endTime: iso(booking.end).replace('.000Z', 'Z'),
    organizer: host
      ? {
          id: host.id,
          name: host.name,
          email: host.email,
          username: host.username,
          timeZone: host.timeZone,
          language: { locale: 'en' },
          timeFormat: 'HH:mm',
        }
      : null,
    responses: {
      name: { label: 'your_name', value: attendee.name, isHidden: false },
      email: { label: 'email_address', value: attendee.email, isHidden: false },
      ...(attendee.phone === undefined
        ? {}
        : { attendeePhoneNumber: { label: 'phone_number', value: attendee.phone, isHidden: false } }),
    },
    userFieldsResponses: {},
    attendees: [
      {
        name: attendee.name,
        email: attendee.email,
        timeZone: attendee.timeZone,
        phoneNumber: attendee.phone ?? null,
        language,
      },
    ],
    location: booking.location,
    destinationCalendar: null,
    seatsPerTimeSlot: eventType.seats ?? null,
    requiresConfirmation: eventType.needsConfirmation,
    eventTypeId: eventType.id,
    uid: booking.uid,
    bookingId: booking.id,
    iCalUID: `${booking.uid}@cal.example`,
    iCalSequence: booking.updatedAt === booking.createdAt ? 0 : 1,
    status: booking.status.toUpperCase(),
    eventTitle: eventType.title,
    eventDescription: null,
    price: 0,
    currency: 'usd',
    length: (booking.end - booking.start) / MINUTE,
    metadata: booking.metadata,
    ...more,
  }
}

/** Lower case hex without a prefix; without a secret the header is there all the same, and proves nothing. */
const signatureOf = (body: string, secret: string | undefined): string =>
  secret === undefined ? 'no-secret-provided' : createHmac('sha256', secret).update(body).digest('hex')

/** One message for each webhook that wants to hear of it: that of the user and that of the event type each get theirs. */
export const deliveriesOf = (
  store: CalcomStore,
  trigger: string,
  booking: BookingEntry,
  more: JsonObject = {},
): readonly CalcomDelivery[] => {
  const body = JSON.stringify({
    triggerEvent: trigger,
    createdAt: iso(store.now()),
    payload: payloadOf(store, trigger, booking, more),
  })
  return [...store.webhooks.values()]
    .filter(
      (hook) =>
        hook.active &&
        hook.account === booking.eventType.account &&
        (hook.eventType === undefined || hook.eventType === booking.eventType.id) &&
        hook.triggers.includes(trigger),
    )
    .map((hook) => ({
      trigger,
      uid: booking.uid,
      url: hook.url,
      headers: {
        'content-type': 'application/json',
        'x-cal-signature-256': signatureOf(body, hook.secret),
        'x-cal-webhook-version': hook.version,
      },
      body,
    }))
}

export const showWebhook = (hook: CalcomWebhook): JsonObject => ({
  id: hook.id,
  triggers: hook.triggers,
  subscriberUrl: hook.url,
  active: hook.active,
  version: hook.version,
  secret: hook.secret ?? null,
  payloadTemplate: null,
  time: null,
  timeUnit: null,
  ...(hook.eventType === undefined ? { userId: hook.account } : { eventTypeId: hook.eventType }),
})

/** Makes one, or with `old` changes it. */
export const putWebhook = (
  store: CalcomStore,
  { body, account }: Pick<CalcomRequest, 'body' | 'account'>,
  eventType: number | undefined,
  old?: CalcomWebhook,
): Result<CalcomWebhook, CalcomFailure> => {
  const url = body.subscriberUrl ?? old?.url
  const triggers = body.triggers ?? old?.triggers
  const active = body.active ?? old?.active
  if (typeof url !== 'string' || !URL.canParse(url)) {
    return err(malformed(['subscriberUrl', 'subscriberUrl must be a URL address']))
  }
  if (!Array.isArray(triggers) || !triggers.every((one) => triggersKnown.includes(String(one)))) {
    return err(
      malformed([
        'triggers',
        `each value in triggers must be one of the following values: ${triggersKnown.join(', ')}`,
      ]),
    )
  }
  if (typeof active !== 'boolean') return err(malformed(['active', 'active must be a boolean value']))
  const twin = [...store.webhooks.values()].find(
    (hook) => hook.id !== old?.id && hook.account === account && hook.eventType === eventType && hook.url === url,
  )
  if (twin) return err(no(409, 'Webhook with this subscriber url already exists for this user'))
  const hook: CalcomWebhook = {
    id: old?.id ?? randomUUID(),
    account: account ?? 0,
    eventType,
    url,
    triggers: triggers.map(String),
    active,
    secret: typeof body.secret === 'string' ? body.secret : old?.secret,
    version: typeof body.version === 'string' ? body.version : (old?.version ?? '2021-10-20'),
  }
  store.webhooks.set(hook.id, hook)
  return ok(hook)
}
