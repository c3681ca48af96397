import { type CalcomOptions, calcomCalendars } from '../../../src/adapters/calcom/calendars.ts'
import { fixedClock } from '../../../src/adapters/memory/ambient.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import type { Placing } from '../../../src/application/ports/calendar.ts'
import type { Customer } from '../../../src/application/ports/customers.ts'
import type { Appointment } from '../../../src/domain/booking/appointment.ts'
import type { CompanyProfile } from '../../../src/domain/company.ts'
import { type AppointmentId, parseId } from '../../../src/domain/ids.ts'
import { type PhoneNumber, parseCountry, parsePhoneNumber } from '../../../src/domain/phone-number.ts'
import { secret } from '../../../src/domain/secret.ts'
import { type Instant, instant } from '../../../src/domain/time.ts'
import { openDesk, salon } from '../../application/desk.ts'
import { type Asked, closing, localServer, noLimits, type Said, type Script } from '../vendor/local-server.ts'

export const success = (data: unknown, more: object = {}): Said => ({ body: { status: 'success', data, ...more } })

/** The envelope of an exception, as captured live. */
export const refusal = (status: number, message: string, code = 'BadRequestException'): Said => ({
  status,
  headers: { 'x-request-id': 'req_1' },
  body: { status: 'error', error: { code, message, details: { message, error: 'Bad Request', statusCode: status } } },
})

/** An event type of 55 minutes, as captured live, with e-mail optional and the phone shown. */
export const eventType = (more: object = {}) => ({
  ...{ id: 9001, ownerId: 501, lengthInMinutes: 55, title: 'Herrenhaarschnitt', slug: 'herren', description: '' },
  locations: [{ type: 'address', address: 'Beispielweg 1', public: true }],
  bookingFields: [
    { field: 'name', slug: 'name', variant: 'fullName', disableOnPrefill: false },
    { field: 'email', slug: 'email', required: false, hidden: false },
    { field: 'attendeePhoneNumber', slug: 'attendeePhoneNumber', required: true, hidden: false },
    { field: 'location', slug: 'location' },
    { field: 'title', slug: 'title', required: true, hidden: true },
    { field: 'notes', slug: 'notes', required: false, hidden: false },
  ],
  ...{ recurrence: null, slotInterval: null, minimumBookingNotice: 15, users: [{ id: 501, name: 'redacted' }] },
  ...{ bookingWindow: { disabled: true }, confirmationPolicy: { disabled: true }, seats: { disabled: true } },
  ...{ requiresBookerEmailVerification: false, bookingRequiresAuthentication: false, hidden: false },
  ...more,
})

export const eventTypesAnswer = (...types: readonly object[]): Script => ({
  'GET /v2/event-types': success(types.length > 0 ? types : [eventType()]),
  'GET /v2/teams': success([]),
})

/** A booking as captured live, of our appointment unless told otherwise. */
export const wireBooking = (more: object = {}) => ({
  ...{ id: 24927614, uid: 'eS6BZvpsXtP1LKMbr1esZM', title: 'redacted', description: '' },
  hosts: [
    { id: 501, name: 'redacted', email: 'host@calendar.example', username: 'redacted', timeZone: 'Europe/Berlin' },
  ],
  ...{ status: 'accepted', cancellationReason: '', cancelledByEmail: '', rescheduledByEmail: null },
  ...{ start: '2026-11-23T09:00:00.000Z', end: '2026-11-23T09:55:00.000Z', duration: 55 },
  ...{ eventTypeId: 9001, eventType: { id: 9001, slug: 'herren' }, location: 'Beispielweg 1', absentHost: false },
  ...{ createdAt: '2026-11-20T09:00:01.113Z', updatedAt: null, rating: null, icsUid: 'redacted' },
  metadata: { frontdesk_appointment: appointmentId },
  attendees: [
    {
      name: 'Max Muster',
      email: '491713920001@sms.cal.com',
      displayEmail: '491713920001@sms.cal.com',
      timeZone: 'Europe/Berlin',
      language: 'de',
      absent: false,
      phoneNumber: '+491713920001',
    },
  ],
  guests: [],
  bookingFieldsResponses: { name: 'Max Muster', attendeePhoneNumber: '+491713920001' },
  ...more,
})

const idOf = (text: string): AppointmentId => parseId('appointment', text)._unsafeUnwrap()
export const appointmentId = idOf('apt_00000001')
export const number: PhoneNumber = parsePhoneNumber('0171 3920001', parseCountry('DE')._unsafeUnwrap())._unsafeUnwrap()

export const monday = (time: string): Instant => instant(Date.parse(`2026-11-23T${time}:00+01:00`))

const atCalcom = (url: string, more: string): string =>
  salon
    .replace('duration_minutes: 55,', 'duration_minutes: 55, calcom_event_type_id: 9001,')
    .replace(
      'services: [herrenhaarschnitt, damenhaarschnitt] }',
      'services: [herrenhaarschnitt, damenhaarschnitt], calcom_user_id: 501 }',
    )
    .replace(
      'services: [herrenhaarschnitt] }',
      'services: [herrenhaarschnitt], calcom_user_id: 502, calcom_event_types: { herrenhaarschnitt: 9102 } }',
    )
    .concat(
      `calendar: { kind: calcom, base_url: "${url}/v2", api_key: cal_key_of_salon, webhook_secret: whsec_test${more} }\n`,
    )

/** The salon, whose calendar is at this address. `settings` is added to those of its calendar. */
export const profileAt = async (url: string, settings = ''): Promise<CompanyProfile> => {
  const desk = await openDesk([atCalcom(url, settings)])
  const company = await desk.ports.directory.companyBySlug('salon-sonne')
  const profile = company && (await desk.ports.directory.profile(company))
  if (!profile) throw new Error('no profile')
  return profile
}

export const clock = fixedClock(instant(Date.parse('2026-11-20T09:00:00Z')))
const secrets: { readonly [name: string]: string } = { key: 'cal_key_of_salon', secret: 'whsec_test' }

export const options = (more: Partial<CalcomOptions> = {}): CalcomOptions => ({
  secretOf: async (_company, name) => secret(secrets[/key/i.test(name) ? 'key' : 'secret'] ?? ''),
  ...{ limits: noLimits, clock, realTime, baseUrl: 'https://api.cal.example/v2', allowPrivate: true },
  ...more,
})

/** The salon's calendar over a server that answers as written down. */
export const openCalendar = async (script: Script, { settings = '', more = {} as Partial<CalcomOptions> } = {}) => {
  const server = await localServer(script)
  const profile = await profileAt(server.url, settings)
  const calendars = calcomCalendars(options(more))
  closing(calendars.close)
  const calendar = calendars.of(profile)
  if (!calendar) throw new Error('no calendar')
  return { calendar, calendars, profile, asked: server.asked, url: server.url, placing: placingIn(profile) }
}

export type Opened = Awaited<ReturnType<typeof openCalendar>>
export const called = (asked: readonly Asked[]): readonly string[] =>
  asked.map(({ method, path }) => `${method} ${path}`)

const placingIn =
  (profile: CompanyProfile) =>
  (more: Partial<Placing> = {}, changes: Partial<Appointment> = {}): Placing => {
    const [branch] = profile.branches
    const [service] = profile.services
    if (!branch || !service) throw new Error('no branch')
    const appointment = {
      ...{ id: appointmentId, branch: branch.id, service: service.id, staff: undefined, resource: service.id },
      ...{ startsAt: monday('10:00'), endsAt: monday('10:55'), segments: [], customer: undefined },
      ...{ attendeeName: 'Max Muster', source: 'phone', callId: 'call_a', notes: undefined, createdAt: clock.now() },
      ...{ provider: { kind: 'calcom', uid: undefined }, sync: 'pending', series: undefined, moving: undefined },
      ...{ history: [], status: 'pending' },
      ...changes,
    } as Appointment
    const customer: Customer = {
      ...{
        id: parseId('customer', 'cus_00000001')._unsafeUnwrap(),
        name: 'Max Muster',
        phone: number,
        email: undefined,
        language: undefined,
      },
      ...{ notes: undefined, firstSeenAt: clock.now() },
    }
    return { appointment, branch, service, staff: undefined, customer, ...more }
  }
