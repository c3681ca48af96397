import { describe, expect, it } from 'vitest'
import { writeCompanyFile } from '../../../src/adapters/company-file/write-company-file.ts'
import { secret } from '../../../src/domain/secret.ts'
import { DAY, MINUTE } from '../../../src/domain/time.ts'
import { eventType, eventTypes, openSetUp, salonWithCalendar } from '../calendar-set-up.ts'
import { praxis, salon } from '../desk.ts'

type SetUp = Awaited<ReturnType<typeof openSetUp>>

const typed = { baseUrl: '', apiKey: secret('cal_sonne'), webhookSecret: undefined }

const findingsOf = async (desk: SetUp) => {
  const shown = await desk.app.calendarSetUp(desk.scope, await desk.profile())
  if (!('mappings' in shown)) return shown.state
  return shown.mappings.map(({ service, staff, part, findings, matches }) => [
    [service, part ?? staff].filter(Boolean).join('/'),
    findings.map(({ code }) => code),
    matches.map(({ id }) => id),
  ])
}
const alerts = async (desk: SetUp) => {
  const { items } = await desk.look((tx) => tx.alerts.list({ open: true, limit: 50, cursor: undefined }))
  return items.map(({ kind }) => kind).toSorted()
}

describe('a calendar that is connected', () => {
  it('is that of the company from then on, its key and a secret of our own making sealed under names of their own', async () => {
    const desk = await openSetUp([salon])
    const connected = await desk.app.connectCalendar(desk.scope, await desk.profile(), typed)
    expect(connected._unsafeUnwrap()).toMatchObject({ name: 'Salon Sonne' })
    const profile = await desk.profile()
    expect(profile.calendar).toEqual({
      kind: 'calcom',
      baseUrl: undefined,
      apiKey: { secretName: 'SALON_SONNE_CALENDAR_API_KEY' },
      webhookSecret: { secretName: 'SALON_SONNE_CALENDAR_WEBHOOK_SECRET' },
      apiVersions: {},
    })
    expect(await desk.secretOf('SALON_SONNE_CALENDAR_API_KEY')).toBe('cal_sonne')
    expect((await desk.secretOf('SALON_SONNE_CALENDAR_WEBHOOK_SECRET'))?.length).toBeGreaterThan(30)
    const file = writeCompanyFile(profile)
    expect(file).toContain('api_key: "${SALON_SONNE_CALENDAR_API_KEY}"'.replaceAll('"', ''))
    expect(file).not.toContain('cal_sonne')
    expect(profile.services.map(({ slug }) => slug)).toEqual(['herrenhaarschnitt', 'damenhaarschnitt', 'bartpflege'])
  })

  it('is not kept when no calendar answers to the key, and nothing is changed', async () => {
    for (const [misbehave, reason] of [
      [(desk: SetUp) => desk.calendar.opensWith('another'), 'misconfigured'],
      [(desk: SetUp) => desk.calendar.misbehave('account', 'down'), 'unreachable'],
      [(desk: SetUp) => desk.calendar.misbehave('account', 'silent'), 'unreachable'],
    ] as const) {
      const desk = await openSetUp([salon])
      const before = await desk.profile()
      misbehave(desk)
      const connected = await desk.app.connectCalendar(desk.scope, before, typed)
      expect(connected._unsafeUnwrapErr()).toMatchObject({ kind: 'calendar-not-connected', reason })
      expect(await desk.profile()).toEqual(before)
      expect(await desk.ports.companies.secretNames(desk.platform, before.id)).toEqual(new Set())
    }
  })

  it('keeps its key and its secret when neither is typed again, but never sends a kept key to another address', async () => {
    const desk = await openSetUp()
    const nothing = { baseUrl: '', apiKey: undefined, webhookSecret: undefined }
    const before = await desk.profile()
    expect((await desk.app.connectCalendar(desk.scope, before, nothing)).isOk()).toBe(true)
    expect(await desk.profile()).toEqual(before)
    const asked = desk.calendar.asked().length
    const elsewhere = await desk.app.connectCalendar(desk.scope, before, {
      ...nothing,
      baseUrl: 'https://evil.example',
    })
    expect(elsewhere._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid-input', errors: [{ pointer: '/api_key' }] })
    expect(desk.calendar.asked()).toHaveLength(asked)
    const moved = { ...nothing, baseUrl: 'https://cal.example/v2', apiKey: secret('cal_sonne') }
    expect((await desk.app.connectCalendar(desk.scope, before, moved)).isOk()).toBe(true)
    expect((await desk.profile()).calendar).toMatchObject({ baseUrl: 'https://cal.example/v2' })
  })

  it('has a webhook that is there already sign with a new secret, and makes none by itself', async () => {
    const desk = await openSetUp()
    const anew = { ...typed, webhookSecret: secret('whsec_new') }
    expect((await desk.app.connectCalendar(desk.scope, await desk.profile(), anew)).isOk()).toBe(true)
    expect(desk.calendar.asked()).not.toContain('registerWebhook')
    await desk.app.registerCalendarWebhook(desk.scope, await desk.profile())
    const times = () => desk.calendar.asked().filter((one) => one === 'registerWebhook').length
    const again = { ...typed, webhookSecret: secret('whsec_newer') }
    desk.calendar.misbehave('registerWebhook', 'silent')
    expect((await desk.app.connectCalendar(desk.scope, await desk.profile(), again)).isOk()).toBe(true)
    expect(times()).toBe(2)
    expect((await desk.app.connectCalendar(desk.scope, await desk.profile(), again)).isOk()).toBe(true)
    expect(times()).toBe(3)
  })

  it.each(['nonsense', 'ftp://cal.example', 'https://max:secret@cal.example'])(
    'has no address such as %s',
    async (baseUrl) => {
      const desk = await openSetUp([salon])
      const refused = await desk.app.connectCalendar(desk.scope, await desk.profile(), { ...typed, baseUrl })
      expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid-input', errors: [{ pointer: '/base_url' }] })
    },
  )

  it('never takes the place of a secret that something else uses', async () => {
    const shared = salon.concat(
      'notifications: { slack_webhook_url: "https://hooks.example/x" }\ncalendar: { kind: calcom, api_key: cal_old, webhook_secret: whsec_old }\n',
    )
    const desk = await openSetUp([shared])
    const slack = (await desk.profile()).notifications.slackWebhookUrl?.secretName ?? ''
    const done = await desk.app.connectCalendar(desk.scope, await desk.profile(), {
      ...typed,
      webhookSecret: secret('whsec_new'),
    })
    expect(done.isOk()).toBe(true)
    const { calendar } = await desk.profile()
    if (calendar.kind !== 'calcom') throw new Error('not connected')
    expect(await desk.secretOf(calendar.apiKey.secretName)).toBe('cal_sonne')
    expect(await desk.secretOf(calendar.webhookSecret?.secretName ?? '')).toBe('whsec_new')
    expect(await desk.secretOf(slack)).toBe('https://hooks.example/x')
  })
})

describe('what is shown of a calendar', () => {
  it('is what stands for what, why it does not fit, and what may be meant', async () => {
    const desk = await openSetUp()
    expect(await findingsOf(desk)).toEqual([
      ['herrenhaarschnitt', [], []],
      ['damenhaarschnitt', [], []],
      ['bartpflege', ['unmapped'], [9003]],
    ])
    desk.calendar.has({ eventTypes: [eventType(9001, { needsEmail: true, minutes: 45 })] })
    expect(await findingsOf(desk)).toEqual([
      ['herrenhaarschnitt', ['length', 'email-required'], []],
      ['damenhaarschnitt', ['unknown'], [9001]],
      ['bartpflege', ['unmapped'], []],
    ])
  })

  it('is never what our own services become: names, lengths and parts stay as our side has them (I-84)', async () => {
    const desk = await openSetUp()
    const before = await desk.profile()
    const theirs = eventTypes.map((one) => ({ ...one, title: 'Theirs', slug: 'theirs', minutes: 15 }))
    desk.calendar.has({ eventTypes: theirs })
    await findingsOf(desk)
    await desk.app.workJobs(10)
    expect(await desk.profile()).toEqual(before)
  })

  it('is that there is none, or that it does not answer, with what can be said all the same', async () => {
    const alone = await openSetUp([salon])
    expect(await findingsOf(alone)).toBe('embedded')
    for (const fault of ['down', 'silent', 'wrong-key'] as const) {
      const desk = await openSetUp()
      desk.calendar.misbehave('eventTypes', fault)
      const shown = await desk.app.calendarSetUp(desk.scope, await desk.profile())
      expect(shown.state).toBe(fault === 'wrong-key' ? 'misconfigured' : 'unreachable')
      expect(await findingsOf(desk)).toEqual([
        ['herrenhaarschnitt', [], []],
        ['damenhaarschnitt', [], []],
        ['bartpflege', ['unmapped'], []],
      ])
    }
  })

  it('is whether it tells us of its bookings', async () => {
    const desk = await openSetUp()
    const webhook = async () => {
      const shown = await desk.app.calendarSetUp(desk.scope, await desk.profile())
      return 'webhook' in shown ? shown.webhook : undefined
    }
    const address = 'https://desk.example/webhooks/calcom/salon-sonne'
    expect(await webhook()).toEqual({ address, state: 'missing', hasSecret: true, isPrivate: false })
    desk.calendar.has({ webhooks: [{ url: address, isActive: true, isRight: false }] })
    expect(await webhook()).toMatchObject({ state: 'wrong' })
    desk.calendar.has({ webhooks: [{ url: address, isActive: false, isRight: true }] })
    expect(await webhook()).toMatchObject({ state: 'inactive' })
    expect(await desk.app.registerCalendarWebhook(desk.scope, await desk.profile())).toMatchObject({
      value: { address },
    })
    expect(await webhook()).toMatchObject({ state: 'active' })
    desk.calendar.misbehave('webhooks', 'down')
    expect(await webhook()).toMatchObject({ state: 'unknown' })
  })

  it('tells no calendar elsewhere of an address that it cannot reach', async () => {
    const desk = await openSetUp([salonWithCalendar], 'http://127.0.0.1:3000')
    const refused = await desk.app.registerCalendarWebhook(desk.scope, await desk.profile())
    expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'webhook-out-of-reach' })
    expect(desk.calendar.webhooks()).toEqual([])
    const near = salonWithCalendar.replace('kind: calcom,', 'kind: calcom, base_url: "http://127.0.0.1:5555/v2",')
    const own = await openSetUp([near], 'http://127.0.0.1:3000')
    expect((await own.app.registerCalendarWebhook(own.scope, await own.profile())).isOk()).toBe(true)
    const alone = await openSetUp([salon])
    expect((await alone.app.registerCalendarWebhook(alone.scope, await alone.profile())).isErr()).toBe(true)
  })
})

describe('a service that is given an event type', () => {
  const beard = { service: 'bartpflege', part: undefined, staff: undefined }

  it('has it from then on, verified, in the same document that its file describes', async () => {
    const desk = await openSetUp()
    const before = await desk.profile()
    expect((await desk.app.mapService(desk.scope, beard, 9003))._unsafeUnwrap()).toMatchObject({ verified: true })
    const now = await desk.profile()
    expect(now.version).toBe(before.version + 1)
    expect(now.services.map(({ calcomEventTypeId }) => calcomEventTypeId)).toEqual([9001, 9002, 9003])
    expect({ ...now, version: 0, services: [] }).toEqual({ ...before, version: 0, services: [] })
    expect(writeCompanyFile(now)).toContain('calcom_event_type_id: 9003')
    await desk.app.mapService(desk.scope, beard, undefined)
    expect((await desk.profile()).services.at(-1)?.calcomEventTypeId).toBeUndefined()
  })

  it.each([
    [7777, 'does not know'],
    [9004, 'template of a team'],
  ])('does not get %i, which %s', async (id, why) => {
    const desk = await openSetUp()
    const before = await desk.profile()
    const refused = await desk.app.mapService(desk.scope, beard, id)
    expect(refused._unsafeUnwrapErr()).toMatchObject({
      kind: 'invalid-input',
      errors: [{ pointer: '/services/2/calcom_event_type_id', detail: expect.stringContaining(why) }],
    })
    expect(await desk.profile()).toEqual(before)
  })

  it('gets it unverified while the calendar is silent, and an alert once the calendar says that it has none', async () => {
    const desk = await openSetUp()
    desk.calendar.misbehave('eventTypes', 'silent')
    expect((await desk.app.mapService(desk.scope, beard, 7777))._unsafeUnwrap()).toMatchObject({ verified: false })
    expect((await desk.profile()).services.at(-1)?.calcomEventTypeId).toBe(7777)
    desk.calendar.misbehave('eventTypes', 'down')
    await desk.app.workJobs(10)
    expect(await alerts(desk)).toEqual([])
    desk.calendar.misbehave('eventTypes', undefined)
    desk.clock.advance(15 * MINUTE)
    await desk.app.workJobs(10)
    expect(await alerts(desk)).toEqual(['foreign_event_type'])
    await desk.app.mapService(desk.scope, beard, 9003)
    desk.clock.advance(DAY)
    await desk.app.workJobs(10)
    expect(await alerts(desk)).toEqual([])
  })

  it('is given it as a part or for one colleague too, and nobody else is', async () => {
    const parted = salonWithCalendar.replace(
      'staff:\n',
      '  - { slug: welle, name: Welle, segments: [{ key: A, staff_minutes: 55, wait_after_minutes: 5 }, { key: B, staff_minutes: 10, calcom_event_type_id: 9003 }] }\nstaff:\n',
    )
    const desk = await openSetUp([parted])
    const set = (thing: Parameters<typeof desk.app.mapService>[1], id: number) =>
      desk.app.mapService(desk.scope, thing, id)
    expect((await set({ service: 'welle', part: 'A', staff: undefined }, 9001)).isOk()).toBe(true)
    expect((await set({ service: 'herrenhaarschnitt', part: undefined, staff: 'udo' }, 9001)).isOk()).toBe(true)
    const { services, staff } = await desk.profile()
    expect(services.at(-1)?.segments.map(({ calcomEventTypeId }) => calcomEventTypeId)).toEqual([9001, 9003])
    expect(staff.map(({ calcomEventTypes }) => calcomEventTypes)).toEqual([{}, { herrenhaarschnitt: 9001 }])
    for (const thing of [
      { service: 'nothing', part: undefined, staff: undefined },
      { service: 'welle', part: 'Z', staff: undefined },
      { service: 'welle', part: undefined, staff: 'nobody' },
    ])
      expect((await set(thing, 9001))._unsafeUnwrapErr()).toEqual({ kind: 'not-found' })
  })

  it('loses nothing when ten are given theirs at the same moment', async () => {
    const many = Array.from({ length: 10 }, (_, n) => `  - { slug: s-${n}, name: S ${n}, duration_minutes: 55 }\n`)
    const desk = await openSetUp([salonWithCalendar.replace('staff:\n', `${many.join('')}staff:\n`)])
    const given = await Promise.all(
      many.map((_, n) => desk.app.mapService(desk.scope, { ...beard, service: `s-${n}` }, 9001)),
    )
    expect(given.every((one) => one.isOk())).toBe(true)
    const { services } = await desk.profile()
    expect(services.slice(-10).map(({ calcomEventTypeId }) => calcomEventTypeId)).toEqual(Array(10).fill(9001))
  })

  it('is of the company at hand, whatever another one is called', async () => {
    const desk = await openSetUp([salonWithCalendar, praxis])
    const before = await desk.ports.directory.profile((await desk.scopeOf('praxis-mond')).company)
    await desk.app.mapService(desk.scope, beard, 9003)
    expect(await desk.ports.directory.profile((await desk.scopeOf('praxis-mond')).company)).toEqual(before)
  })
})

describe('a calendar that is looked at every day', () => {
  it('is looked at from the moment at which a file that names it is applied, by whatever door', async () => {
    const desk = await openSetUp()
    await desk.app.workJobs(10)
    expect(await alerts(desk)).toEqual(['unmapped_service'])
  })

  it('raises an alert for each service that nobody can book, and calms down when all is well', async () => {
    const desk = await openSetUp()
    await desk.app.connectCalendar(desk.scope, await desk.profile(), typed)
    await desk.app.workJobs(10)
    expect(await alerts(desk)).toEqual(['unmapped_service'])
    desk.calendar.has({ eventTypes: eventTypes.slice(1) })
    desk.clock.advance(DAY)
    await desk.app.workJobs(10)
    expect(await alerts(desk)).toEqual(['foreign_event_type', 'unmapped_service'])
    desk.calendar.misbehave('eventTypes', 'wrong-key')
    desk.clock.advance(DAY)
    await desk.app.workJobs(10)
    expect(await alerts(desk)).toEqual(['calendar_down', 'foreign_event_type', 'unmapped_service'])
    desk.calendar.misbehave('eventTypes', undefined)
    desk.calendar.has({ eventTypes })
    await desk.app.mapService(desk.scope, { service: 'bartpflege', part: undefined, staff: undefined }, 9003)
    desk.clock.advance(DAY)
    await desk.app.workJobs(10)
    expect(await alerts(desk)).toEqual([])
  })
})
