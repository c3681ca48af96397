import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Staff } from '../../../src/domain/company.ts'
import type { Said } from '../vendor/local-server.ts'
import {
  appointmentId,
  called,
  eventType,
  eventTypesAnswer,
  monday,
  number,
  openCalendar,
  refusal,
  success,
  wireBooking,
} from './local-cal.ts'

const uid = 'eS6BZvpsXtP1LKMbr1esZM'
const created = (more: object = {}): Said => ({ ...success(wireBooking(more)), status: 201 })
const booked = { provider: { kind: 'calcom', uid } } as const
const cancelled = success(wireBooking({ status: 'cancelled', cancellationReason: 'Krank' }))
const unknown = refusal(404, `Booking with uid=${uid} was not found in the database`, 'NotFoundException')
const bodies = (asked: readonly { readonly body: unknown; readonly path: string }[], path: string) =>
  asked.filter((one) => one.path.endsWith(path)).map(({ body }) => body)

describe('booking at Cal.com', () => {
  it('sends a moment with its offset, whose it is, and nothing that Cal.com refuses', async () => {
    const { calendar, placing, asked } = await openCalendar({ ...eventTypesAnswer(), 'POST /v2/bookings': created() })
    expect((await calendar.place(placing()))._unsafeUnwrap()).toMatchObject({
      uid,
      startsAt: monday('10:00'),
      endsAt: monday('10:55'),
      status: 'accepted',
      reference: appointmentId,
      staff: { slug: 'nina' },
      attendee: { name: 'Max Muster', phone: number, email: undefined },
    })
    expect(asked.at(-1)?.headers).toMatchObject({
      'cal-api-version': '2024-08-13',
      authorization: 'Bearer cal_key_of_salon',
    })
    expect(asked.at(-1)?.body).toEqual({
      eventTypeId: 9001,
      start: '2026-11-23T09:00:00.000Z',
      attendee: { name: 'Max Muster', timeZone: 'Europe/Berlin', language: 'de', phoneNumber: number },
      metadata: { frontdesk_appointment: appointmentId },
    })
  })

  it('sends an address, a note, a part and a place where there are any, and a length where there are several', async () => {
    const type = eventType({
      lengthInMinutes: 30,
      lengthInMinutesOptions: [30, 55],
      locations: [{ type: 'attendeePhone' }],
    })
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(type),
      'POST /v2/bookings': created(),
    })
    const { customer } = placing()
    if (!customer) throw new Error('no customer')
    const email = 'max@salon-kunde.example'
    await calendar.place(
      placing({ part: 'A', customer: { ...customer, email, language: 'en' } }, { notes: 'Klingeln' }),
    )
    expect(asked.at(-1)?.body).toMatchObject({
      lengthInMinutes: 55,
      attendee: { email, phoneNumber: number, language: 'en' },
      location: { type: 'attendeePhone', phone: number },
      bookingFieldsResponses: { notes: 'Klingeln' },
      metadata: { frontdesk_appointment: appointmentId, frontdesk_part: 'A' },
    })
  })

  it('keeps a note to itself where the form has no place for it, and never sends an invented address', async () => {
    const type = eventType({ bookingFields: [] })
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(type),
      'POST /v2/bookings': created(),
    })
    const { customer } = placing()
    if (!customer) throw new Error('no customer')
    await calendar.place(
      placing({ customer: { ...customer, email: '491713920001@sms.cal.com' } }, { notes: 'Klingeln' }),
    )
    expect(asked.at(-1)?.body).not.toHaveProperty('bookingFieldsResponses')
    expect(JSON.stringify(asked.at(-1)?.body)).not.toContain('sms.cal.com')
  })

  it('can be reached at the branch for somebody with a hidden number, which is not read back as theirs', async () => {
    const attendees = [{ name: 'Max Muster', email: '493023125101@sms.cal.com', phoneNumber: '+493023125101' }]
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(),
      'POST /v2/bookings': created({ attendees, bookingFieldsResponses: { attendeePhoneNumber: '+493023125101' } }),
    })
    const there = (await calendar.place(placing({ customer: undefined })))._unsafeUnwrap()
    expect(asked.at(-1)?.body).toMatchObject({ attendee: { phoneNumber: '+493023125101' } })
    expect(there.attendee).toEqual({ name: 'Max Muster', phone: undefined, email: undefined })
  })

  it('books the own event type of a colleague who was wished for', async () => {
    const script = {
      ...eventTypesAnswer(eventType(), eventType({ id: 9102 })),
      'POST /v2/bookings': created({ eventTypeId: 9102 }),
    }
    const { calendar, placing, asked, profile } = await openCalendar(script)
    await calendar.place(placing({ staff: profile.staff.find(({ slug }) => slug === 'udo') as Staff }))
    expect(asked.at(-1)?.body).toMatchObject({ eventTypeId: 9102 })
  })

  it.each([
    ['another length', eventType({ lengthInMinutes: 30 }), /9001.*55 minutes.*30/],
    ['other lengths', eventType({ lengthInMinutes: 30, lengthInMinutesOptions: [30, 45] }), /55 minutes.*30 or 45/],
    ['a team to be a template for', eventType({ schedulingType: 'managed' }), /template/],
    ['seats', eventType({ seats: { seatsPerTimeSlot: 4 } }), /seats/],
    ['a series', eventType({ recurrence: { interval: 1, occurrences: 4, frequency: 'weekly' } }), /series/],
  ])('books nothing where the event type has %s', async (_, type, words) => {
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(type),
      'POST /v2/bookings': created(),
    })
    const failure = (await calendar.place(placing()))._unsafeUnwrapErr()
    expect(failure.kind).toBe('misconfigured')
    expect(failure.detail).toMatch(words)
    expect(called(asked)).not.toContain('POST /v2/bookings')
  })

  it('undoes a booking whose length was changed there meanwhile, and says so', async () => {
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(),
      'POST /v2/bookings': created({ end: '2026-11-23T09:30:00.000Z', duration: 30 }),
      [`POST /v2/bookings/${uid}/cancel`]: cancelled,
    })
    const failure = (await calendar.place(placing()))._unsafeUnwrapErr()
    expect(failure).toMatchObject({ kind: 'misconfigured', detail: expect.stringMatching(/55 minutes.*30/) })
    expect(called(asked)).toContain(`POST /v2/bookings/${uid}/cancel`)
  })

  it.each([
    ['another time', { start: '2026-11-23T09:30:00.000Z', end: '2026-11-23T10:00:00.000Z' }],
    ['somebody else', { metadata: {}, end: '2026-11-23T09:30:00.000Z' }],
  ])('touches no booking of %s that came back, for whoever asked to judge', async (_, more) => {
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(),
      'POST /v2/bookings': created(more),
    })
    expect((await calendar.place(placing())).isOk()).toBe(true)
    expect(called(asked).filter((one) => one.endsWith('/cancel'))).toEqual([])
  })

  it('is waiting for a host, and one of several that came back', async () => {
    const { calendar, placing } = await openCalendar({
      ...eventTypesAnswer(),
      'POST /v2/bookings': {
        ...success([wireBooking({ uid: 'later', start: '2026-11-30T09:00:00Z' }), wireBooking({ status: 'pending' })]),
        status: 201,
      },
    })
    expect((await calendar.place(placing()))._unsafeUnwrap()).toMatchObject({ uid, status: 'pending' })
  })

  it.each<readonly [string, Said, string, RegExp]>([
    [
      'a taken time',
      refusal(400, 'User either already has booking at this time or is not available'),
      'refused',
      /400, request req_1/,
    ],
    [
      'a taken time of a team',
      refusal(400, 'One of the hosts either already has booking at this time or is not available'),
      'refused',
      /400/,
    ],
    [
      'a conflict by its word',
      {
        status: 409,
        body: {
          statusCode: 409,
          message: 'booking_conflict_error',
          status: 'error',
          error: { code: 'conflict_error', message: 'booking_conflict_error' },
        },
      },
      'refused',
      /409/,
    ],
    ['no host', refusal(409, 'no_available_users_found_error'), 'refused', /409/],
    ['a full time', refusal(409, 'No more seats left at this seated booking.'), 'refused', /409/],
    [
      'too short a notice',
      refusal(
        400,
        'The event type can\'t be booked at the "start" time provided. This could be because it\'s too soon',
      ),
      'refused',
      /400/,
    ],
    ['the past', refusal(400, 'Attempting to book a meeting in the past.'), 'refused', /400/],
    ['an unexplained conflict', refusal(409, 'Conflict'), 'unreachable', /409/],
    ['a missing address', refusal(400, 'responses - {email}email_validation_error'), 'misconfigured', /e-mail/],
    [
      'no contact',
      refusal(400, 'At least one contact method (email or phone number) must be provided'),
      'misconfigured',
      /e-mail/,
    ],
    [
      'a question',
      refusal(400, 'Missing required booking field response: haarlaenge'),
      'misconfigured',
      /"haarlaenge"/,
    ],
    [
      'a template',
      refusal(400, "Event type with id=9001 is the parent managed event type that can't be booked."),
      'misconfigured',
      /template/,
    ],
    [
      'a length',
      refusal(400, "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths"),
      'misconfigured',
      /length/,
    ],
    [
      'a validation',
      {
        status: 400,
        body: {
          status: 'error',
          error: {
            code: 'BadRequestException',
            message: 'Bad Request Exception',
            details: {
              errors: [
                {
                  property: 'guests',
                  target: { email: 'max@example.org' },
                  constraints: { isArray: 'max@example.org is no array' },
                },
              ],
            },
          },
        },
      },
      'misconfigured',
      /guests/,
    ],
    ['another key', refusal(401, 'Invalid API Key', 'UnauthorizedException'), 'misconfigured', /API key/],
    ['too little right', refusal(403, 'Forbidden', 'ForbiddenException'), 'misconfigured', /API key/],
    [
      'no event type',
      refusal(404, 'Event type with id 9001 not found', 'NotFoundException'),
      'misconfigured',
      /event type/,
    ],
    ['no address', refusal(404, 'Cannot POST /v2/bookings', 'NotFoundException'), 'misconfigured', /api_versions/],
    ['no hosts', refusal(422, 'no_available_users', 'UnprocessableEntityException'), 'misconfigured', /hosts/],
    [
      'too many requests',
      refusal(429, 'CustomThrottlerGuard - Too many requests. Please try again later.', 'ThrottlerException'),
      'unreachable',
      /429/,
    ],
    ['a fault', refusal(500, 'Internal server error', 'InternalServerErrorException'), 'unreachable', /500/],
    ['a proxy', { status: 524, body: '<html>A timeout occurred</html>' }, 'unreachable', /524/],
    ['a page', { status: 404, body: '<html>Not found</html>' }, 'unreachable', /base_url/],
    [
      'another place',
      { status: 301, headers: { location: 'https://cal.example/' }, body: '' },
      'misconfigured',
      /base_url/,
    ],
    [
      'an old shape',
      success({ id: 1, uid, startTime: '2026-11-23T09:00:00Z' }),
      'unreachable',
      /api_versions.bookings/,
    ],
    ['nothing at all', { status: 201, body: '' }, 'unreachable', /nothing/],
  ])('tells %s apart from the others, and names nobody', async (_, said, kind, words) => {
    const { calendar, placing, asked } = await openCalendar({ ...eventTypesAnswer(), 'POST /v2/bookings': said })
    const failure = (await calendar.place(placing()))._unsafeUnwrapErr()
    expect(failure.kind).toBe(kind)
    expect(failure.detail).toMatch(words)
    for (const secret of ['Muster', number, 'max@', uid, 'cal_key']) expect(failure.detail).not.toContain(secret)
    expect(called(asked).filter((one) => one === 'POST /v2/bookings')).toHaveLength(1)
  })

  it('understands both shapes of errors as they were seen', async () => {
    const file = new URL('../../samples/calcom/10-errors-400-two-shapes.live.json', import.meta.url)
    const seen = JSON.parse(readFileSync(file, 'utf8')) as readonly { readonly response: Said }[]
    for (const { response } of seen) {
      const { calendar, placing } = await openCalendar({ ...eventTypesAnswer(), 'POST /v2/bookings': response })
      expect((await calendar.place(placing()))._unsafeUnwrapErr().kind).toBe('misconfigured')
    }
  })

  it('is read as it was answered live', async () => {
    const file = new URL('../../samples/calcom/01-booking-create.live.json', import.meta.url)
    const { response } = JSON.parse(readFileSync(file, 'utf8')) as { readonly response: Said }
    const { calendar, placing } = await openCalendar({ ...eventTypesAnswer(), 'POST /v2/bookings': response })
    expect((await calendar.place(placing()))._unsafeUnwrap()).toEqual({
      uid,
      startsAt: Date.parse('2026-09-09T16:00:00Z'),
      endsAt: Date.parse('2026-09-09T16:15:00Z'),
      createdAt: Date.parse('2026-09-08T03:57:35.113Z'),
      changedAt: Date.parse('2026-09-08T03:57:35.176Z'),
      status: 'accepted',
      reference: undefined,
      part: undefined,
      eventType: 6981507,
      staff: undefined,
      attendee: { name: 'Kithe Connector Test', phone: undefined, email: 'redacted@example.invalid' },
      replaces: undefined,
      replacedBy: undefined,
      reason: undefined,
      isNoShow: false,
    })
  })
})

describe('finding a booking at Cal.com', () => {
  const listed = (...some: readonly object[]) => success(some, { pagination: { hasNextPage: false } })

  it('follows it to what it became', async () => {
    const { calendar, placing } = await openCalendar({
      ...eventTypesAnswer(),
      [`GET /v2/bookings/${uid}`]: success(wireBooking({ status: 'cancelled', rescheduledToUid: 'b' })),
      'GET /v2/bookings/b': success(
        wireBooking({ uid: 'b', status: 'cancelled', rescheduledFromUid: uid, rescheduledToUid: 'c' }),
      ),
      'GET /v2/bookings/c': success(wireBooking({ uid: 'c', rescheduledFromUid: 'b' })),
    })
    expect((await calendar.find(placing({}, booked)))._unsafeUnwrap()).toMatchObject({ uid: 'c', replaces: 'b' })
  })

  it('ends in a circle as well', async () => {
    const { calendar, placing } = await openCalendar({
      ...eventTypesAnswer(),
      [`GET /v2/bookings/${uid}`]: success(wireBooking({ status: 'cancelled', rescheduledToUid: 'b' })),
      'GET /v2/bookings/b': success(wireBooking({ uid: 'b', status: 'cancelled', rescheduledToUid: uid })),
      'GET /v2/bookings': listed(),
    })
    expect((await calendar.find(placing({}, booked)))._unsafeUnwrap()).toMatchObject({ status: 'cancelled' })
  })

  it('is by the id that it carries where the uid is not known or of no use, a living one first', async () => {
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(),
      [`GET /v2/bookings/${uid}`]: unknown,
      'GET /v2/bookings': listed(
        wireBooking({ uid: 'foreign', metadata: { frontdesk_appointment: 'apt_99999999' } }),
        wireBooking({ uid: 'without', metadata: null }),
        wireBooking({ uid: 'gone', status: 'cancelled' }),
        wireBooking({ uid: 'part', metadata: { frontdesk_appointment: appointmentId, frontdesk_part: 'B' } }),
        wireBooking({
          uid: 'ours',
          start: '2026-11-23T09:30:00Z',
          metadata: JSON.stringify({ frontdesk_appointment: appointmentId }),
        }),
      ),
    })
    expect((await calendar.find(placing({}, booked)))._unsafeUnwrap()).toMatchObject({ uid: 'ours' })
    expect((await calendar.find(placing({ part: 'B' })))._unsafeUnwrap()).toMatchObject({ uid: 'part', part: 'B' })
    expect((await calendar.find(placing({ part: 'C' })))._unsafeUnwrap()).toBeUndefined()
    expect(asked.at(-1)?.query).toMatchObject({
      eventTypeId: '9001',
      afterStart: '2026-11-22T09:00:00.000Z',
      beforeEnd: '2026-11-24T09:55:00.000Z',
    })
  })

  it('is known by the uid that a part was last heard of under', async () => {
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(),
      'GET /v2/bookings/b': success(wireBooking({ uid: 'b', metadata: { frontdesk_part: 'B' } })),
    })
    const known = [
      { part: 'A', uid: 'a' },
      { part: 'B', uid: 'b' },
    ]
    expect((await calendar.find(placing({ part: 'B', known })))._unsafeUnwrap()).toMatchObject({ uid: 'b', part: 'B' })
    expect(called(asked)).toEqual(['GET /v2/bookings/b'])
  })

  it.each([
    ['is silent about it', refusal(503, 'down'), 'unreachable'],
    ['knows the address no more', refusal(404, `Cannot GET /v2/bookings/${uid}`), 'misconfigured'],
  ])('is no certain no while Cal.com %s', async (_, said, kind) => {
    const { calendar, placing } = await openCalendar({ ...eventTypesAnswer(), [`GET /v2/bookings/${uid}`]: said })
    expect((await calendar.find(placing({}, booked)))._unsafeUnwrapErr().kind).toBe(kind)
  })

  it('asks nothing under an empty uid, which is the address of the list (cal.diy #18422)', async () => {
    const { calendar, asked } = await openCalendar({ 'GET /v2/bookings/': success([]) })
    expect((await calendar.booking(' '))._unsafeUnwrap()).toBeUndefined()
    expect(asked).toEqual([])
  })
})

describe('moving a booking at Cal.com', () => {
  const at = { ...booked, startsAt: monday('12:00'), endsAt: monday('12:55') }
  const path = `POST /v2/bookings/${uid}/reschedule`

  it('gives it another uid', async () => {
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(),
      [`GET /v2/bookings/${uid}`]: success(wireBooking()),
      [path]: {
        ...success(wireBooking({ uid: 'next', start: '2026-11-23T11:00:00Z', rescheduledFromUid: uid })),
        status: 201,
      },
    })
    expect((await calendar.move(uid, placing({}, at)))._unsafeUnwrap()).toMatchObject({ uid: 'next', replaces: uid })
    expect(bodies(asked, '/reschedule')).toEqual([{ start: '2026-11-23T11:00:00.000Z' }])
  })

  it.each<readonly [string, Said, string]>([
    ['what is not found', unknown, 'refused'],
    [
      'what is cancelled',
      refusal(
        400,
        `Can't reschedule booking with uid=${uid} because it has been cancelled. Please provide uid of a booking that is not cancelled.`,
      ),
      'refused',
    ],
    [
      'what was moved already',
      refusal(
        400,
        `Can't reschedule booking because it has been cancelled and rescheduled already to booking with uid=next.`,
      ),
      'refused',
    ],
    ['what was turned down', refusal(400, 'Booking was rejected'), 'refused'],
    [
      'what is to go to a taken time',
      refusal(400, 'User either already has booking at this time or is not available'),
      'refused',
    ],
    ['an unknown address', refusal(404, `Cannot POST /v2/bookings/${uid}/reschedule`), 'misconfigured'],
    ['anything while it is down (I-117)', refusal(500, 'Internal server error'), 'unreachable'],
  ])('does not happen to %s, and nothing is booked anew (I-102)', async (_, said, kind) => {
    const { calendar, placing, asked } = await openCalendar({
      ...eventTypesAnswer(),
      [`GET /v2/bookings/${uid}`]: success(wireBooking()),
      [path]: said,
      'POST /v2/bookings': created(),
    })
    expect((await calendar.move(uid, placing({}, at)))._unsafeUnwrapErr().kind).toBe(kind)
    expect(called(asked).filter((one) => one.startsWith('POST'))).toEqual([path])
  })

  it('does not lead to a colleague with an event type of their own', async () => {
    const { calendar, placing, asked, profile } = await openCalendar({
      ...eventTypesAnswer(),
      [`GET /v2/bookings/${uid}`]: success(wireBooking()),
    })
    const staff = profile.staff.find(({ slug }) => slug === 'udo') as Staff
    expect((await calendar.move(uid, placing({ staff }, at)))._unsafeUnwrapErr().kind).toBe('refused')
    expect(called(asked)).toEqual([`GET /v2/bookings/${uid}`])
  })
})

describe('cancelling a booking at Cal.com', () => {
  const path = `POST /v2/bookings/${uid}/cancel`
  const over = refusal(
    400,
    `Can't cancel booking with uid=${uid} because it has been cancelled already. Please provide uid of a booking that is not cancelled.`,
  )
  const list = (...some: readonly object[]) => success(some, { pagination: { hasNextPage: false } })

  it('always gives a reason', async () => {
    const { calendar, placing, asked } = await openCalendar({ [path]: cancelled })
    for (const reason of ['Krank', undefined, ' '])
      expect((await calendar.cancel(uid, placing(), reason)).isOk()).toBe(true)
    expect(bodies(asked, '/cancel')).toEqual([
      { cancellationReason: 'Krank' },
      { cancellationReason: 'Abgesagt.' },
      { cancellationReason: 'Abgesagt.' },
    ])
  })

  it.each<readonly [string, { readonly [address: string]: Said }]>([
    ['was cancelled already', { [path]: over, [`GET /v2/bookings/${uid}`]: cancelled }],
    ['is not known', { [path]: unknown, [`GET /v2/bookings/${uid}`]: unknown, 'GET /v2/bookings': list() }],
    ['is not known and yet cancelled', { [path]: unknown, [`GET /v2/bookings/${uid}`]: cancelled }],
  ])('is done where it %s', async (_, script) => {
    const { calendar, placing } = await openCalendar(script)
    expect((await calendar.cancel(uid, placing({}, booked), undefined)).isOk()).toBe(true)
  })

  it.each<readonly [string, { readonly [address: string]: Said }]>([
    [
      'was moved to',
      {
        [path]: over,
        [`GET /v2/bookings/${uid}`]: success(wireBooking({ status: 'cancelled', rescheduledToUid: 'next' })),
        'GET /v2/bookings/next': success(wireBooking({ uid: 'next' })),
      },
    ],
    [
      'is listed under our id',
      { [path]: unknown, [`GET /v2/bookings/${uid}`]: unknown, 'GET /v2/bookings': list(wireBooking({ uid: 'next' })) },
    ],
  ])('goes on to what it %s', async (_, script) => {
    const next = success(wireBooking({ uid: 'next', status: 'cancelled' }))
    const { calendar, placing, asked } = await openCalendar({ ...script, 'POST /v2/bookings/next/cancel': next })
    expect((await calendar.cancel(uid, placing({}, booked), undefined)).isOk()).toBe(true)
    expect(called(asked)).toContain('POST /v2/bookings/next/cancel')
  })

  it('leaves the booking of an appointment alone when another one of it is to go and is gone', async () => {
    const other = { 'POST /v2/bookings/other/cancel': unknown, 'GET /v2/bookings/other': unknown }
    const { calendar, placing, asked } = await openCalendar({ ...other, 'GET /v2/bookings': list(wireBooking()) })
    expect((await calendar.cancel('other', placing({}, booked), undefined)).isOk()).toBe(true)
    expect(called(asked)).not.toContain(path)
  })

  it.each<readonly [string, { readonly [address: string]: Said }, string]>([
    [
      'Cal.com says it is gone and shows it',
      { [path]: unknown, [`GET /v2/bookings/${uid}`]: success(wireBooking()) },
      'unreachable',
    ],
    ['Cal.com says yes and leaves it', { [path]: success(wireBooking()) }, 'unreachable'],
    ['Cal.com is down', { [path]: refusal(503, 'down') }, 'unreachable'],
    [
      'the address is unknown (I-101)',
      { [path]: refusal(404, `Cannot POST /v2/bookings/${uid}/cancel`) },
      'misconfigured',
    ],
    ['the key may not', { [path]: refusal(403, 'Forbidden') }, 'misconfigured'],
  ])('is not done where %s', async (_, script, kind) => {
    const { calendar, placing } = await openCalendar(script)
    expect((await calendar.cancel(uid, placing({}, booked), undefined))._unsafeUnwrapErr().kind).toBe(kind)
  })
})
