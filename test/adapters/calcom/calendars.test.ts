import { describe, expect, it } from 'vitest'
import { calcomCalendars } from '../../../src/adapters/calcom/calendars.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import type { RateLimits } from '../../../src/application/ports/cache.ts'
import type { SlotQuery } from '../../../src/application/ports/calendar.ts'
import type { CompanyProfile } from '../../../src/domain/company.ts'
import { type CompanyId, parseId } from '../../../src/domain/ids.ts'
import { secret } from '../../../src/domain/secret.ts'
import { MINUTE } from '../../../src/domain/time.ts'
import { race } from '../../contracts/fixtures.ts'
import { closing, localServer, noLimits } from '../vendor/local-server.ts'
import { clock, openCalendar, options, profileAt, refusal, success } from './local-cal.ts'

const me = success({ id: 501, name: 'Nina Probe', timeZone: 'Europe/Berlin' })
const companyId = (name: string): CompanyId => parseId('company', `com_${name}00000`)._unsafeUnwrap()

describe('the calendars of companies', () => {
  it('are those of companies that keep theirs at Cal.com', async () => {
    const { calendars, profile } = await openCalendar({})
    expect(calendars.of(profile)?.kind).toBe('calcom')
    expect(calendars.of({ ...profile, calendar: { kind: 'embedded' } })).toBeUndefined()
  })

  it.each([
    ['none is kept', undefined, /api_key|API key/],
    ['it is no key', 'two\nlines', /API key/],
    ['it is empty', '', /API key/],
  ])('say how a missing key is cured when %s, and ask nobody', async (_, key, words) => {
    const { calendar, asked } = await openCalendar(
      {},
      { more: { secretOf: async () => (key === undefined ? undefined : secret(key)) } },
    )
    const failures = [await calendar.account(), await calendar.eventTypes(), await calendar.booking('uid_1')]
    for (const failure of failures) {
      expect(failure._unsafeUnwrapErr()).toMatchObject({ kind: 'misconfigured', detail: expect.stringMatching(words) })
    }
    expect(asked).toEqual([])
  })

  it('are not asked where that is forbidden, and say so', async () => {
    const { calendar, asked } = await openCalendar({ 'GET /v2/me': me }, { more: { allowPrivate: false } })
    const failure = (await calendar.account())._unsafeUnwrapErr()
    expect(failure).toMatchObject({ kind: 'misconfigured', detail: expect.stringContaining('ALLOW_PRIVATE_ADDRESSES') })
    expect(asked).toEqual([])
  })

  it('are asked with the key that the company has now', async () => {
    let key = 'cal_first'
    const { calendar, asked } = await openCalendar(
      { 'GET /v2/me': me },
      { more: { secretOf: async () => secret(key) } },
    )
    await calendar.account()
    key = 'cal_second'
    await calendar.account()
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer cal_first', 'Bearer cal_second'])
  })

  it('are asked nothing for which no turn was taken, whatever it is (I-107)', async () => {
    let turns = 0
    const take: RateLimits['take'] = async () => {
      turns += 1
      return { taken: true }
    }
    const { calendar, placing, asked } = await openCalendar({}, { more: { limits: { ...noLimits, take } } })
    const { branch, service, staff } = placing()
    const days = { moving: undefined, from: '2026-11-23', to: '2026-11-23', purpose: 'promise' } as const
    const questions = [
      () => calendar.slots({ branch, service, staff, ...days } as SlotQuery),
      () => calendar.place(placing()),
      () => calendar.move('uid_1', placing()),
      () => calendar.cancel('uid_1', placing(), undefined),
      () => calendar.find(placing()),
      () => calendar.booking('uid_1'),
      () => calendar.bookings({ kind: 'changed', since: clock.now() }),
      () => calendar.eventTypes('fresh'),
      () => calendar.account(),
      () => calendar.webhooks(),
      () => calendar.registerWebhook('https://desk.example/webhooks/calcom/salon-sonne'),
      () => calendar.reserve({ branch, service, staff }, clock.now(), 5),
      () => calendar.letGo('res_1'),
    ]
    for (const ask of questions) {
      const before = turns
      await ask()
      expect(turns).toBeGreaterThan(before)
    }
    expect(asked.length).toBeLessThanOrEqual(turns)
  })

  it('share the turns and the breaker of one key, however its address is written, and nothing with another', async () => {
    const server = await localServer({
      'GET /v2/me': ({ headers }) => (headers.authorization?.endsWith('_b') ? me : refusal(503, 'down')),
    })
    const profile = await profileAt(server.url)
    const spelled = {
      ...profile,
      calendar: { ...profile.calendar, baseUrl: `${server.url.replace('http', 'HTTP')}/v2/` },
    }
    const names: string[] = []
    const told: (readonly [readonly CompanyId[], string])[] = []
    const limits: RateLimits = {
      ...noLimits,
      take: async (name) => {
        names.push(name)
        return { taken: true }
      },
    }
    const keys = new Map([
      [companyId('one'), 'cal_a'],
      [companyId('two'), 'cal_a'],
      [companyId('three'), 'cal_b'],
    ])
    const calendars = calcomCalendars({
      ...options({ limits }),
      secretOf: async (company) => secret(keys.get(company) ?? ''),
      onBreaker: (companies, state) => told.push([companies, state]),
    })
    closing(calendars.close)
    const ask = async (id: CompanyId) =>
      calendars.of({ ...(id === companyId('two') ? spelled : profile), id } as CompanyProfile)?.account()
    expect((await ask(companyId('three')))?.isOk()).toBe(true)
    await ask(companyId('one'))
    await ask(companyId('one'))
    expect((await ask(companyId('two')))?.isErr()).toBe(true)
    expect((await ask(companyId('three')))?.isOk()).toBe(true)
    const failed = server.asked.filter(({ headers }) => headers.authorization === 'Bearer cal_a')
    expect(failed).toHaveLength(5)
    expect(new Set(names).size).toBe(2)
    expect(names.join()).not.toContain('cal_')
    expect(told).toEqual([
      [[companyId('three')], 'closed'],
      [[companyId('one')], 'open'],
      [[companyId('two')], 'open'],
    ])
    const address = new URL(server.url).host
    expect(calendars.health()).toEqual({
      vendor: 'calcom',
      accounts: [
        { address, companies: [companyId('one'), companyId('two')], breaker: 'open' },
        { address, companies: [companyId('three')], breaker: 'closed' },
      ],
    })
  })

  it('are asked at their own address, also those that share a key', async () => {
    const servers = [await localServer({ 'GET /v2/me': me }), await localServer({ 'GET /v2/me': me })]
    const calendars = calcomCalendars(options())
    closing(calendars.close)
    for (const { url } of servers) {
      expect((await calendars.of(await profileAt(url))?.account())?.isOk()).toBe(true)
    }
    expect(servers.map(({ asked }) => asked.length)).toEqual([1, 1])
  })

  it('are asked for one booking behind all others where nobody waits for it', async () => {
    const server = await localServer({ 'GET /v2/bookings/uid_1': refusal(404, 'Booking not found') })
    const names: string[] = []
    const take: RateLimits['take'] = async (name) => {
      names.push(name)
      return { taken: true }
    }
    const calendars = calcomCalendars(options({ limits: { ...noLimits, take } }))
    closing(calendars.close)
    const calendar = calendars.of(await profileAt(server.url))
    expect((await calendar?.booking('uid_1'))?._unsafeUnwrap()).toBeUndefined()
    expect(names).toHaveLength(1)
    expect((await calendar?.booking('uid_1', 'background'))?._unsafeUnwrap()).toBeUndefined()
    expect(names.slice(1)).toEqual([`${names[0]}/background`, names[0]])
  })

  it('let go of the one that was asked longest ago where there are more than five hundred', {
    timeout: 30_000,
  }, async () => {
    const server = await localServer({
      'GET /v2/me': ({ headers }) => (headers.authorization === 'Bearer cal_company0' ? refusal(503, 'down') : me),
    })
    const profile = await profileAt(server.url)
    const calendars = calcomCalendars(options({ secretOf: async (company) => secret(`cal_${company}`) }))
    closing(calendars.close)
    const ask = async (which: number) => {
      await calendars.of({ ...profile, id: `company${which}` as CompanyId })?.account()
      return server.asked.length
    }
    await ask(0)
    const resting = await ask(0)
    expect(await ask(0)).toBe(resting)
    for (let from = 1; from <= 500; from += 50) await race(50, (which) => ask(from + which))
    expect(await ask(0)).toBeGreaterThan(resting + 500)
  })

  it('let go of what nobody asks for any more, with all that was known of it', async () => {
    let now = 0
    const elapsing = {
      ...realTime,
      measure: () => {
        const begun = now
        return () => now - begun
      },
    }
    let key = 'cal_a'
    const { calendar, calendars, asked } = await openCalendar(
      { 'GET /v2/me': ({ headers }) => (headers.authorization === 'Bearer cal_b' ? me : refusal(503, 'down')) },
      { more: { realTime: elapsing, secretOf: async () => secret(key) } },
    )
    const ask = async (other: string) => {
      key = other
      await calendar.account()
      return asked.length
    }
    await ask('cal_a')
    const resting = await ask('cal_a')
    expect(await ask('cal_a')).toBe(resting)
    expect(calendars.health().accounts).toMatchObject([{ breaker: 'open' }])
    now += 16 * MINUTE
    expect(calendars.health().accounts).toEqual([])
    expect(await ask('cal_b')).toBe(resting + 1)
    expect(await ask('cal_a')).toBeGreaterThan(resting + 1)
  })

  it('try a key that is not kept, and remember nothing of it', async () => {
    const { calendars, profile, asked } = await openCalendar({
      'GET /v2/me': ({ headers }) =>
        headers.authorization === 'Bearer cal_new' ? me : refusal(401, 'Invalid API Key'),
      'GET /v2/event-types': success([]),
      'GET /v2/teams': success([]),
    })
    if (profile.calendar.kind !== 'calcom') throw new Error('no Cal.com')
    const tried = calendars.trying(profile.calendar, secret('cal_new'))
    expect((await tried?.account())?._unsafeUnwrap()).toMatchObject({ name: 'Nina Probe' })
    for (let time = 0; time < 2; time += 1) expect((await tried?.eventTypes())?.isOk()).toBe(true)
    expect(asked.filter(({ path }) => path === '/v2/event-types')).toHaveLength(2)
    const wrong = await calendars.trying(profile.calendar, secret('cal_wrong'))?.account()
    expect(wrong?._unsafeUnwrapErr().kind).toBe('misconfigured')
  })

  it('are in the versions of the company', async () => {
    const { calendar, asked } = await openCalendar(
      {
        'GET /v2/event-types': success([]),
        'GET /v2/teams': success([]),
        'GET /v2/bookings/uid_1': refusal(404, 'not found'),
      },
      { settings: ', api_versions: { event_types: "2026-06-12", bookings: "2026-02-25" }' },
    )
    await calendar.eventTypes()
    await calendar.booking('uid_1')
    expect(asked.map(({ headers }) => headers['cal-api-version'])).toEqual(['2026-06-12', undefined, '2026-02-25'])
  })
})
