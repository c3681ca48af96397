import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inProcessCache } from '../../../src/adapters/cache/in-process.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import type { SlotQuery } from '../../../src/application/ports/calendar.ts'
import type { Staff } from '../../../src/domain/company.ts'
import { DAY, parseLocalDate } from '../../../src/domain/time.ts'
import type { Said } from '../vendor/local-server.ts'
import {
  called,
  clock,
  eventType,
  eventTypesAnswer,
  monday,
  type Opened,
  openCalendar,
  refusal,
  success,
  wireBooking,
} from './local-cal.ts'

const day = (text: string) => parseLocalDate(text)._unsafeUnwrap()
const cached = () => ({ more: { cache: inProcessCache({ realTime }) } })
const queryIn = ({ profile }: Opened, more: Partial<SlotQuery> = {}): SlotQuery => {
  const [branch] = profile.branches
  const [service] = profile.services
  if (!branch || !service) throw new Error('no branch')
  const date = day('2026-11-23')
  return { branch, service, staff: undefined, moving: undefined, from: date, to: date, purpose: 'promise', ...more }
}
const colleague = ({ profile }: Opened, slug: string): Staff => profile.staff.find((one) => one.slug === slug) as Staff

describe('free times at Cal.com', () => {
  const slots = (...starts: readonly unknown[]) => success({ '2026-11-23': starts })
  const startsOf = async (desk: Opened, more: Partial<SlotQuery> = {}) =>
    (await desk.calendar.slots(queryIn(desk, more)))._unsafeUnwrap()

  it('are asked for as the moments in which the days of the branch begin and end, in its zone', async () => {
    const desk = await openCalendar({ ...eventTypesAnswer(), 'GET /v2/slots': slots() })
    expect(await startsOf(desk, { from: day('2026-10-25'), to: day('2026-10-26'), moving: 'uid_0' })).toEqual([])
    expect(desk.asked.at(-1)).toMatchObject({
      headers: { 'cal-api-version': '2024-09-04' },
      query: {
        eventTypeId: '9001',
        start: '2026-10-24T22:00:00.000Z',
        end: '2026-10-26T23:00:00.000Z',
        timeZone: 'Europe/Berlin',
        bookingUidToReschedule: 'uid_0',
      },
    })
    expect(desk.asked.at(-1)?.query).not.toHaveProperty('duration')
  })

  it('are read in every way in which they are written, each once, earliest first, none of another day', async () => {
    const desk = await openCalendar({
      ...eventTypesAnswer(),
      'GET /v2/slots': success({
        '2026-11-23': [
          { start: '2026-11-23T12:00:00.000+01:00' },
          '2026-11-23T09:00:00Z',
          { start: '2026-11-23T10:00:00.000Z', end: '2026-11-23T10:55:00.000Z', attendeesCount: 0 },
          { start: '2026-11-23T10:00:00+00:00' },
        ],
        '2026-11-22': [{ start: '2026-11-22T10:00:00Z' }],
        '2026-11-24': [{ start: '2026-11-23T23:00:00Z' }],
      }),
    })
    expect((await startsOf(desk)).map(({ startsAt }) => startsAt)).toEqual(['10:00', '11:00', '12:00'].map(monday))
  })

  it('are read as they were answered live', async () => {
    const file = new URL('../../samples/calcom/05-slots-get.live.json', import.meta.url)
    const { response } = JSON.parse(readFileSync(file, 'utf8')) as { readonly response: Said }
    const desk = await openCalendar({ ...eventTypesAnswer(), 'GET /v2/slots': response })
    expect(await startsOf(desk, { from: day('2026-09-09'), to: day('2026-09-10') })).toHaveLength(32 + 24)
  })

  it('are asked for in a length only where there are several', async () => {
    const type = eventType({ lengthInMinutes: 30, lengthInMinutesOptions: [30, 55] })
    const desk = await openCalendar({ ...eventTypesAnswer(type), 'GET /v2/slots': slots() })
    await startsOf(desk)
    expect(desk.asked.at(-1)?.query).toMatchObject({ duration: '55' })
  })

  it('are those of a wished colleague only where the calendar says so', async () => {
    const named = slots(
      { start: '2026-11-23T09:00:00Z', hosts: [{ id: 501 }] },
      { start: '2026-11-23T10:00:00Z', host: { id: 502 } },
      { start: '2026-11-23T11:00:00Z', userIds: [501, 502] },
      { start: '2026-11-23T12:00:00Z' },
    )
    const types = [
      eventType({ hosts: [{ userId: 501 }, { userId: 502 }] }),
      eventType({ id: 9102, hosts: [{ userId: 502 }] }),
    ]
    const desk = await openCalendar({ ...eventTypesAnswer(...types), 'GET /v2/slots': named })
    const hosts = async (staff: Staff | undefined) => (await startsOf(desk, { staff })).map((one) => one.staff?.slug)
    expect(await hosts(undefined)).toEqual(['nina', 'udo', undefined, undefined])
    expect(await hosts(colleague(desk, 'nina'))).toEqual(['nina'])
    expect(await hosts(colleague(desk, 'udo'))).toEqual(['udo', 'udo', 'udo', 'udo'])
    expect(desk.asked.at(-1)?.query).toMatchObject({ eventTypeId: '9102' })
  })

  it('are those of the only host of an event type', async () => {
    const desk = await openCalendar({ ...eventTypesAnswer(), 'GET /v2/slots': slots('2026-11-23T09:00:00Z') })
    expect(await startsOf(desk, { staff: colleague(desk, 'nina') })).toMatchObject([{ staff: { slug: 'nina' } }])
  })

  it('are none that would be booked in another length, or of a service without an event type', async () => {
    const short = await openCalendar({
      ...eventTypesAnswer(eventType({ lengthInMinutes: 30 })),
      'GET /v2/slots': slots(),
    })
    expect((await short.calendar.slots(queryIn(short)))._unsafeUnwrapErr().kind).toBe('misconfigured')
    const [, service] = short.profile.services
    if (!service) throw new Error('no service')
    const failure = (await short.calendar.slots(queryIn(short, { service })))._unsafeUnwrapErr()
    expect(failure).toMatchObject({ kind: 'misconfigured', detail: expect.stringContaining('damenhaarschnitt') })
    expect(called(short.asked)).not.toContain('GET /v2/slots')
  })

  it('are none in the shape of another version', async () => {
    const desk = await openCalendar({
      ...eventTypesAnswer(),
      'GET /v2/slots': success({ slots: { '2026-11-23': [] } }),
    })
    const failure = (await desk.calendar.slots(queryIn(desk)))._unsafeUnwrapErr()
    expect(failure).toMatchObject({ kind: 'misconfigured', detail: expect.stringContaining('api_versions.slots') })
  })
})

describe('reservations at Cal.com', () => {
  const file = new URL('../../samples/calcom/07-slot-reservation.live.json', import.meta.url)
  const { response } = JSON.parse(readFileSync(file, 'utf8')) as { readonly response: Said }
  const uid = '0d4dcf88-4be1-463c-818b-cbf00652e154'

  it('hide a time for some minutes, and are let go of', async () => {
    const desk = await openCalendar({
      ...eventTypesAnswer(),
      'POST /v2/slots/reservations': response,
      [`DELETE /v2/slots/reservations/${uid}`]: { body: { status: 'success' } },
    })
    expect((await desk.calendar.reserve(queryIn(desk), monday('10:00'), 4))._unsafeUnwrap()).toBe(uid)
    expect(desk.asked.at(-1)?.body).toEqual({
      eventTypeId: 9001,
      slotStart: '2026-11-23T09:00:00.000Z',
      reservationDuration: 4,
    })
    expect((await desk.calendar.letGo(uid)).isOk()).toBe(true)
  })

  it('are of the usual length for somebody who may not choose one', async () => {
    const desk = await openCalendar({
      ...eventTypesAnswer(),
      'POST /v2/slots/reservations': ({ body }) =>
        JSON.stringify(body).includes('reservationDuration') ? refusal(403, 'Forbidden') : response,
    })
    expect((await desk.calendar.reserve(queryIn(desk), monday('10:00'), 4)).isOk()).toBe(true)
  })

  it('are refused where somebody else has one', async () => {
    const taken = refusal(422, 'This time slot is already reserved by another user. Please choose a different time.')
    const desk = await openCalendar({ ...eventTypesAnswer(), 'POST /v2/slots/reservations': taken })
    expect((await desk.calendar.reserve(queryIn(desk), monday('10:00'), 4))._unsafeUnwrapErr().kind).toBe('refused')
  })
})

describe('event types at Cal.com', () => {
  const sample = () => {
    const file = new URL('../../samples/calcom/08-event-type-create.live.json', import.meta.url)
    return (JSON.parse(readFileSync(file, 'utf8')) as { response: { body: { data: object } } }).response.body.data
  }

  it('are read as one was answered live', async () => {
    const { calendar } = await openCalendar({ ...eventTypesAnswer(sample()) })
    expect((await calendar.eventTypes())._unsafeUnwrap()).toMatchObject([
      {
        ...{ id: 6981507, title: 'Kithe connector standard test', slug: 'kithe-connector-standard-20260908' },
        ...{ minutes: 15, minutesToChooseFrom: [], needsEmail: true, asksPhone: false, questions: [] },
        ...{ places: ['link'], noticeMinutes: 120, needsConfirmation: false, seats: undefined, isRecurring: false },
        ...{ team: 'none', needsVerifiedEmail: false, needsLogin: false, hosts: [3209949], isHidden: true },
      },
    ])
  })

  it('say everything that matters to a caller, in both versions', async () => {
    const strict = {
      ...{ confirmationPolicy: { type: 'always', blockUnconfirmedBookingsInBooker: true } },
      ...{ seats: { seatsPerTimeSlot: 4, showAttendeeInfo: false, showAvailabilityCount: true } },
      ...{ recurrence: { interval: 1, occurrences: 4, frequency: 'weekly' }, schedulingType: 'roundRobin' },
      ...{
        requiresBookerEmailVerification: true,
        bookingRequiresAuthentication: true,
        lengthInMinutesOptions: [15, 30],
      },
      hosts: [{ userId: 7 }, { userId: 8, mandatory: true }],
      bookingFields: [
        { type: 'email', slug: 'email', isDefault: true, required: false },
        { type: 'phone', slug: 'attendeePhoneNumber', isDefault: true, required: true },
        { type: 'text', slug: 'haarlaenge', required: true },
        { type: 'text', slug: 'versteckt', required: true, hidden: true },
        { type: 'text', slug: 'freiwillig', required: false },
      ],
    }
    const { calendar } = await openCalendar({ ...eventTypesAnswer(eventType(strict)) })
    expect((await calendar.eventTypes())._unsafeUnwrap()).toMatchObject([
      {
        ...{ needsEmail: false, asksPhone: true, questions: ['haarlaenge'], needsConfirmation: true, seats: 4 },
        ...{ isRecurring: true, team: 'round-robin', needsVerifiedEmail: true, needsLogin: true },
        ...{ hosts: [7, 8], minutesToChooseFrom: [15, 30] },
      },
    ])
  })

  it('are those of the teams as well, and of the others where one may not be seen (I-104)', async () => {
    const { calendar } = await openCalendar({
      'GET /v2/event-types': success([eventType()]),
      'GET /v2/teams': success([{ id: 1 }, { id: 2 }]),
      'GET /v2/teams/1/event-types': success([eventType({ id: 77, schedulingType: 'managed' })]),
      'GET /v2/teams/2/event-types': refusal(403, 'Forbidden'),
    })
    const all = (await calendar.eventTypes())._unsafeUnwrap()
    expect(all.map(({ id, team }) => [id, team])).toEqual([
      [9001, 'none'],
      [77, 'parent'],
    ])
  })

  it('are not half of them because a team does not answer', async () => {
    const { calendar } = await openCalendar({
      'GET /v2/event-types': success([eventType()]),
      'GET /v2/teams': success([{ id: 1 }]),
      'GET /v2/teams/1/event-types': refusal(500, 'down'),
    })
    expect((await calendar.eventTypes())._unsafeUnwrapErr().kind).toBe('unreachable')
  })

  it('are asked for once a day, and anew when somebody wants to know', async () => {
    const { calendar, asked } = await openCalendar(eventTypesAnswer(), cached())
    const begun = clock.now()
    const times = () => called(asked).filter((one) => one === 'GET /v2/event-types').length
    for (let time = 0; time < 3; time += 1) await calendar.eventTypes()
    expect(times()).toBe(1)
    expect((await calendar.eventTypes('fresh')).isOk()).toBe(true)
    expect(times()).toBe(2)
    clock.advance(DAY + 1)
    await calendar.eventTypes()
    expect(times()).toBe(3)
    clock.advance(begun - clock.now())
  })

  it('are looked at again before one is refused that may have been put right', async () => {
    const desk = await openCalendar(
      {
        'GET /v2/event-types': [success([eventType({ lengthInMinutes: 30 })]), success([eventType()])],
        'GET /v2/teams': success([]),
        'GET /v2/slots': success({}),
      },
      cached(),
    )
    const begun = clock.now()
    expect((await desk.calendar.slots(queryIn(desk))).isErr()).toBe(true)
    expect((await desk.calendar.slots(queryIn(desk))).isErr()).toBe(true)
    clock.advance(31_000)
    expect((await desk.calendar.slots(queryIn(desk))).isOk()).toBe(true)
    expect(called(desk.asked).filter((one) => one === 'GET /v2/event-types')).toHaveLength(2)
    clock.advance(begun - clock.now())
  })
})

describe('all bookings at Cal.com', () => {
  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, n) => wireBooking({ uid: `uid_${from + n}`, updatedAt: '2026-11-20T10:00:00Z' }))
  const changed = { kind: 'changed', since: clock.now() } as const

  it('are read page by page, with what was cancelled and what is over', async () => {
    const { calendar, asked } = await openCalendar({
      'GET /v2/bookings': ({ query }) => {
        const skip = Number(query.skip)
        return success(many(Math.min(100, 230 - skip), skip), {
          pagination: { hasNextPage: skip + 100 < 230, currentPage: 0 },
        })
      },
    })
    expect((await calendar.bookings(changed))._unsafeUnwrap()).toHaveLength(230)
    expect(asked).toHaveLength(3)
    expect(asked[0]).toMatchObject({
      headers: { 'cal-api-version': '2024-08-13' },
      query: {
        take: '100',
        skip: '0',
        afterUpdatedAt: '2026-11-20T09:00:00.000Z',
        status: 'upcoming,recurring,past,cancelled,unconfirmed',
      },
    })
  })

  it('are read by cursor where the connection says so, one status at a time', async () => {
    const { calendar, asked } = await openCalendar(
      {
        'GET /v2/bookings': ({ query }) => {
          if (query.status !== 'upcoming') return success([], { pagination: { nextCursor: null, hasMore: false } })
          return query.cursor === undefined
            ? success(many(100), { pagination: { nextCursor: 'c1', hasMore: true } })
            : success(many(20, 90), { pagination: { nextCursor: null, hasMore: false } })
        },
      },
      { settings: ', api_versions: { bookings_list: "2026-05-01" }' },
    )
    expect((await calendar.bookings(changed))._unsafeUnwrap()).toHaveLength(110)
    expect(asked[0]?.headers).toMatchObject({ 'cal-api-version': '2026-05-01' })
    expect(asked.map(({ query }) => query.status)).toEqual([
      'upcoming',
      'upcoming',
      'recurring',
      'past',
      'cancelled',
      'unconfirmed',
    ])
  })

  it('are read in the older way where the newer one fails', async () => {
    const { calendar } = await openCalendar(
      {
        'GET /v2/bookings': ({ headers }) =>
          headers['cal-api-version'] === '2026-05-01'
            ? { status: 524, body: '<html>A timeout occurred</html>' }
            : success(many(2), { pagination: { hasNextPage: false } }),
      },
      { settings: ', api_versions: { bookings_list: "2026-05-01" }' },
    )
    expect((await calendar.bookings(changed))._unsafeUnwrap()).toHaveLength(2)
  })

  it('are those that were asked for, also where Cal.com takes no notice of filters (cal.diy #18010)', async () => {
    const { calendar } = await openCalendar({
      'GET /v2/bookings': success(
        [
          wireBooking({ uid: 'in', start: '2026-11-23T09:00:00Z', updatedAt: '2026-11-20T09:00:00Z' }),
          wireBooking({ uid: 'before', start: '2026-11-23T08:59:00Z', updatedAt: '2026-11-20T08:59:00Z' }),
          wireBooking({
            uid: 'at the end',
            start: '2026-11-23T11:00:00Z',
            updatedAt: null,
            createdAt: '2026-11-01T09:00:00Z',
          }),
        ],
        { pagination: { hasNextPage: false } },
      ),
    })
    const uids = async (query: Parameters<typeof calendar.bookings>[0]) =>
      (await calendar.bookings(query))._unsafeUnwrap().map(({ uid }) => uid)
    expect(await uids({ kind: 'starting', from: monday('10:00'), to: monday('12:00') })).toEqual(['in'])
    expect(await uids(changed)).toEqual(['in'])
  })

  it('have an end, whatever Cal.com says of further pages', async () => {
    const same = success(many(100), { pagination: { hasNextPage: true } })
    const { calendar, asked } = await openCalendar({ 'GET /v2/bookings': same })
    expect((await calendar.bookings(changed))._unsafeUnwrap()).toHaveLength(100)
    expect(asked).toHaveLength(2)
  })

  it('are none in the shape of a version that is not known', async () => {
    const { calendar } = await openCalendar({ 'GET /v2/bookings': success({ bookings: [], recurringInfo: [] }) })
    const failure = (await calendar.bookings(changed))._unsafeUnwrapErr()
    expect(failure).toMatchObject({
      kind: 'misconfigured',
      detail: expect.stringContaining('api_versions.bookings_list'),
    })
  })

  it('are asked for a day further than they begin, for those that end later', async () => {
    const { calendar, asked } = await openCalendar({ 'GET /v2/bookings': success([], { pagination: {} }) })
    const from = monday('00:00')
    await calendar.bookings({ kind: 'starting', from, to: monday('12:00') })
    expect(asked[0]?.query).toMatchObject({
      afterStart: '2026-11-22T23:00:00.000Z',
      beforeEnd: '2026-11-24T11:00:00.000Z',
    })
  })
})

describe('an account at Cal.com', () => {
  it('is told by its name, without what is not known of it', async () => {
    const me = { id: 501, username: 'nina', email: 'nina@salon-sonne.example', name: null, timeZone: 'Mars/Olympus' }
    const { calendar } = await openCalendar({ 'GET /v2/me': success(me) })
    expect((await calendar.account())._unsafeUnwrap()).toEqual({ name: 'nina', email: me.email, timeZone: undefined })
  })
})
