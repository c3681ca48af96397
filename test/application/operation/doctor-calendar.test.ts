import { describe, expect, it } from 'vitest'
import { calendarChecks } from '../../../src/application/operation/doctor-calendar.ts'
import type { Schedule } from '../../../src/domain/booking/schedule.ts'
import type { TimeZone } from '../../../src/domain/time.ts'
import { eventType, eventTypes, openSetUp, salonWithCalendar } from '../calendar-set-up.ts'

type SetUp = Awaited<ReturnType<typeof openSetUp>>

const address = 'https://desk.example/webhooks/calcom/salon-sonne'
const links = [
  'calendar',
  'calendar key',
  'webhook secret',
  'api versions',
  'event type',
  'hosts',
  'webhook',
  'schedule',
  'time zone',
]

const schedule = (owner: number, more: Partial<Schedule> = {}): Schedule => ({
  ...{ id: owner, name: 'Working hours', owner, timeZone: 'Europe/Berlin' as TimeZone, isDefault: true },
  ...{ hours: { 1: [{ opens: 540, closes: 1080 }] } },
  ...more,
})

const checks = async (desk: SetUp) =>
  (await desk.app.doctor(desk.platform, desk.scope.company)).filter(
    ({ link }) => links.includes(link) || link === 'calendar alerts',
  )
const wrong = async (desk: SetUp) =>
  (await checks(desk)).filter(({ state }) => state !== 'ok').map(({ link, state }) => `${link}: ${state}`)

/** Everything about its calendar is as it should be. */
const inOrder = async (file = salonWithCalendar, publicUrl?: string) => {
  const desk = await openSetUp(
    [file.replace('slug: bartpflege,', 'slug: bartpflege, calcom_event_type_id: 9003,')],
    publicUrl,
  )
  desk.calendar.has({ webhooks: [{ url: address, isActive: true, isRight: true }] })
  return desk
}

describe('what is found of a calendar', () => {
  it('is in order where it is, each link with a line, and each line without a cure', async () => {
    const found = await checks(await inOrder())
    expect(found.map(({ link, state }) => `${link}: ${state}`)).toEqual([
      ...['calendar key: ok', 'webhook secret: ok', 'calendar: ok', 'api versions: ok', 'event type: ok'],
      ...['webhook: ok', 'time zone: ok', 'calendar alerts: ok'],
    ])
    for (const { cure } of found) expect(cure).toBe('')
  })

  it.each<readonly [string, (desk: SetUp) => unknown, readonly string[]]>([
    ['a key that it refuses', ({ calendar }) => calendar.misbehave('account', 'wrong-key'), ['calendar: broken']],
    ['a calendar that is down', ({ calendar }) => calendar.misbehave('eventTypes', 'down'), ['calendar: broken']],
    ['a calendar that is silent', ({ calendar }) => calendar.misbehave('account', 'silent'), ['calendar: broken']],
    [
      'bookings in a version that is not known',
      ({ calendar }) => calendar.misbehave('bookings', 'wrong-key'),
      ['api versions: broken'],
    ],
    ['silent free times', ({ calendar }) => calendar.misbehave('slots', 'silent'), ['api versions: broken']],
    [
      'event types that do not fit',
      ({ calendar }) => calendar.has({ eventTypes: [eventType(9001, { needsEmail: true }), ...eventTypes.slice(2)] }),
      ['event type: warning', 'event type: broken'],
    ],
    [
      'colleagues who are nobody there',
      ({ calendar }) => calendar.has({ eventTypes: eventTypes.map((one) => ({ ...one, hosts: [501] })) }),
      ['event type: warning', 'hosts: warning'],
    ],
    ['no webhook', ({ calendar }) => calendar.has({ webhooks: [] }), ['webhook: warning']],
    [
      'a webhook that is off',
      ({ calendar }) => calendar.has({ webhooks: [{ url: address, isActive: false, isRight: true }] }),
      ['webhook: warning'],
    ],
    [
      'a webhook that nobody can believe',
      ({ calendar }) => calendar.has({ webhooks: [{ url: address, isActive: true, isRight: false }] }),
      ['webhook: warning'],
    ],
    ['webhooks that nobody tells of', ({ calendar }) => calendar.misbehave('webhooks', 'down'), ['webhook: warning']],
    [
      'an account in another zone',
      ({ calendar }) =>
        calendar.has({ account: { name: 'A', email: undefined, timeZone: 'America/New_York' as TimeZone } }),
      ['time zone: warning'],
    ],
    [
      'a colleague whose schedule is in another zone than their branch, also where the account is not',
      ({ calendar }) =>
        calendar.has({
          schedules: [
            schedule(501, { timeZone: 'Europe/Vienna' as TimeZone }),
            schedule(502, { timeZone: 'Europe/London' as TimeZone }),
          ],
        }),
      ['time zone: warning'],
    ],
    ['no schedule at all', ({ calendar }) => calendar.has({ schedules: [] }), ['schedule: warning']],
    [
      'a schedule without hours',
      ({ calendar }) => calendar.has({ schedules: [schedule(501, { hours: {} })] }),
      ['schedule: warning'],
    ],
    [
      'schedules in a version that is not known',
      ({ calendar }) => calendar.misbehave('schedules', 'wrong-key'),
      ['api versions: broken'],
    ],
    [
      'an alert that nobody has seen to',
      async (desk) => {
        desk.calendar.has({ eventTypes: eventTypes.slice(1) })
        const nothing = { baseUrl: '', apiKey: undefined, webhookSecret: undefined }
        await desk.app.connectCalendar(desk.scope, await desk.profile(), nothing)
        await desk.app.workJobs(10)
        desk.calendar.has({ eventTypes })
      },
      ['calendar alerts: warning'],
    ],
  ])('names %s, with a cure', async (_, spoil, expected) => {
    const desk = await inOrder()
    await spoil(desk)
    expect(await wrong(desk)).toEqual(expected)
    for (const { state, cure } of await checks(desk)) expect(cure === '').toBe(state === 'ok')
  })

  it('is a missing secret, and an address that nobody outside can reach', async () => {
    const bare = await inOrder(salonWithCalendar.replace(', webhook_secret: whsec_sonne', ''), 'http://localhost:3000')
    expect(await wrong(bare)).toEqual(['webhook secret: broken', 'webhook: warning'])
    const webhook = (await checks(bare)).find(({ link }) => link === 'webhook')
    expect(webhook?.cure).toContain('PUBLIC_URL')
  })

  it('is not asked while its key cannot be opened', async () => {
    const desk = await inOrder()
    const { directory } = desk.ports
    const lost = { ...desk.ports, directory: { ...directory, secretOf: async () => undefined } }
    const found = await calendarChecks(
      { ...lost, publicUrl: 'https://desk.example', patienceMs: 30 },
      desk.scope,
      await desk.profile(),
    )
    expect(found.map(({ link, state }) => `${link}: ${state}`)).toEqual([
      'calendar key: broken',
      'webhook secret: broken',
    ])
    expect(desk.calendar.asked()).toEqual([])
  })
})
