import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { type UnrulyCalendar, unrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import { eventTypes, salonWithCalendar } from '../../application/calendar-set-up.ts'
import { platformKey } from '../../application/desk.ts'
import { type Item, openApi } from './api.ts'

const base = '/api/v1/companies/salon-sonne'

const open = async () => {
  let calendar: UnrulyCalendar | undefined
  const api = await openApi({
    salon: salonWithCalendar,
    open: (clock) => {
      calendar = unrulyCalendar(clock, (company) => company.calendar.kind === 'calcom')
      const voice = retellVoicePlatform
      return memoryPorts({ clock, ids: countingIds(), platformKeys: [platformKey], voice, calendars: calendar })
    },
  })
  if (!calendar) throw new Error('no calendar')
  calendar.has({ eventTypes })
  calendar.opensWith('cal_sonne')
  const token = await api.token('manager')
  const patch = async (what: string, body: unknown) => {
    const answer = await api.ask(token, 'PATCH', `${base}/${what}`, body)
    return { status: answer.statusCode, body: answer.json() as Item }
  }
  const get = async (what: string) => (await api.ask(token, 'GET', `${base}/${what}`)).json() as Item
  return { api, calendar, patch, get }
}

describe('PATCH services/{slug}', () => {
  it('changes what is named, takes away what is null, and leaves the rest as it is', async () => {
    const { patch, get } = await open()
    const before = await get('services/herrenhaarschnitt')
    const changes = {
      name: 'Herrenschnitt',
      keywords: ['Männer'],
      duration_minutes: 45,
      price: null,
      branches: ['mitte'],
    }
    const { status, body } = await patch('services/herrenhaarschnitt', changes)
    expect([status, body]).toEqual([
      200,
      {
        ...before,
        ...{ name: 'Herrenschnitt', keywords: ['Männer'], duration_minutes: 45, price: null, verified: true },
        branches: [{ slug: 'mitte', name: 'Salon Sonne Mitte' }],
      },
    ])
    const { verified: _, ...shown } = body
    expect(await get('services/herrenhaarschnitt')).toEqual(shown)
    expect((await patch('services/herrenhaarschnitt', { branches: null })).body.branches).toBeNull()
    expect((await patch('services/herrenhaarschnitt', {})).body.name).toBe('Herrenschnitt')
  })

  it('gives an event type that the calendar has, and refuses one that it does not know or nobody can book', async () => {
    const { patch, get } = await open()
    expect(await patch('services/bartpflege', { calcom_event_type_id: 9003 })).toMatchObject({
      status: 200,
      body: { calcom_event_type_id: 9003, verified: true },
    })
    for (const id of [7777, 9004]) {
      expect(await patch('services/bartpflege', { calcom_event_type_id: id, name: 'Never' })).toMatchObject({
        status: 422,
        body: { type: '/problems/invalid-input', errors: [{ pointer: '/calcom_event_type_id' }] },
      })
    }
    expect(await get('services/bartpflege')).toMatchObject({ name: 'Bartpflege', calcom_event_type_id: 9003 })
    const parts = (id: number) => [
      { key: 'A', staff_minutes: 20, wait_after_minutes: 10 },
      { key: 'B', staff_minutes: 15, calcom_event_type_id: id },
    ]
    expect(await patch('services/bartpflege', { segments: parts(7777) })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/segments/1/calcom_event_type_id' }] },
    })
    expect(await patch('services/bartpflege', { segments: parts(9002) })).toMatchObject({
      status: 200,
      body: { duration_minutes: 45, verified: true },
    })
  })

  it('saves it unverified while the calendar does not answer', async () => {
    const { calendar, patch, get } = await open()
    for (const fault of ['silent', 'down'] as const) {
      calendar.misbehave('eventTypes', fault)
      const id = fault === 'silent' ? 7777 : 7778
      expect(await patch('services/bartpflege', { calcom_event_type_id: id })).toMatchObject({
        status: 200,
        body: { calcom_event_type_id: id, verified: false },
      })
      expect(await get('services/bartpflege')).toMatchObject({ calcom_event_type_id: id })
    }
    expect((await patch('services/bartpflege', { name: 'Bart' })).body.verified).toBe(true)
  })

  it('points to every mistake in the body, and then changes nothing', async () => {
    const { patch, get } = await open()
    const before = await get('services')
    for (const [body, pointers] of [
      [{ duration_minutes: 0 }, ['/duration_minutes']],
      [{ duration_minutes: '55' }, ['/duration_minutes']],
      [{ branches: ['mitte', 'nirgends'] }, ['/branches/1']],
      [{ name: ' ', keywords: [''] }, ['/name', '/keywords/0']],
      [{ slug: 'anders' }, ['/slug']],
      [
        {
          segments: [
            { key: 'A', staff_minutes: 20 },
            { key: 'A', staff_minutes: 5 },
          ],
        },
        ['/segments/1/key'],
      ],
      [null, ['']],
    ] as const) {
      const answer = await patch('services/herrenhaarschnitt', body)
      expect([answer.status, answer.body.errors.map(({ pointer }: Item) => pointer)], JSON.stringify(body)).toEqual([
        422,
        pointers,
      ])
    }
    expect(await get('services')).toEqual(before)
  })

  it('takes words for what they say: no name of the environment is looked up', async () => {
    const { patch } = await open()
    const name = '$'.concat('{HOME}')
    expect((await patch('services/bartpflege', { name })).body.name).toBe(name)
    expect((await patch('services/bartpflege', { category: name })).body).toMatchObject({ name, category: name })
  })
})

describe('PATCH staff/{slug} and branches/{slug}', () => {
  it('change a colleague, whose own event types the calendar has to know', async () => {
    const { patch } = await open()
    expect(
      await patch('staff/udo', { name: 'Udo Muster', hours: { mon: ['09:00-12:00'] }, calcom_user_id: null }),
    ).toMatchObject({
      status: 200,
      body: { name: 'Udo Muster', hours: { mon: ['09:00-12:00'] }, calcom_user_id: null, verified: true },
    })
    expect(await patch('staff/udo', { calcom_event_types: { herrenhaarschnitt: 9001 }, hours: null })).toMatchObject({
      body: { calcom_event_types: { herrenhaarschnitt: 9001 }, hours: null },
    })
    expect(await patch('staff/udo', { calcom_event_types: { herrenhaarschnitt: 7777 } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/calcom_event_types/herrenhaarschnitt' }] },
    })
    expect(await patch('staff/udo', { services: ['nichts'] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/services/0' }] },
    })
  })

  it('change a branch, and take no number that another company has', async () => {
    const { api, patch } = await open()
    const hours = { mon: ['08:00-20:00'] }
    expect(
      await patch('branches/mitte', { hours, phone_numbers: ['030 23125103'], public_holidays: null }),
    ).toMatchObject({
      status: 200,
      body: { hours, phone_numbers: ['+493023125103'], public_holidays: null },
    })
    expect(await api.desk.ports.directory.lineOf('+493023125101' as never)).toBeUndefined()
    expect(await patch('branches/mitte', { phone_numbers: ['030 23125111'] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/phone_numbers' }] },
    })
    expect(await patch('branches/mitte', { phone_numbers: ['12'] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/phone_numbers/0' }] },
    })
  })

  it('give a number to another branch, and have it ring nobody, though it stays the company’s', async () => {
    const { api, patch } = await open()
    const token = await api.token('manager')
    const read = async (path: string) => (await api.ask(token, 'GET', `${base}/${path}`)).json() as Item
    const before = (await read('phone-numbers')).items as Item[]
    const [first, other] = [before[0], before.find(({ branch }) => branch.slug !== before[0].branch.slug)]
    const path = `phone-numbers/${encodeURIComponent(first.number)}`
    const moved = { number: first.number, branch: other.branch, active: true }
    expect(await patch(path, { branch: other.branch.slug })).toMatchObject({ status: 200, body: moved })
    expect(await patch(path, { active: false })).toEqual({ status: 200, body: { ...moved, active: false } })
    expect((await read('phone-numbers')).items).toHaveLength(before.length)
    expect((await read(`branches/${first.branch.slug}`)).phone_numbers).not.toContain(first.number)
    expect((await read(`branches/${other.branch.slug}`)).phone_numbers).toEqual([other.number])
    expect(await api.desk.ports.directory.lineOf(first.number)).toBeUndefined()
    expect(await patch(path, { branch: 'nirgends' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/branch' }] },
    })
    expect(await patch(path, { number: '+493023125199' })).toMatchObject({ status: 422 })
    expect(await patch(path, { active: true })).toEqual({ status: 200, body: moved })
  })

  it('change what holds for the company as a whole, and nothing beside it', async () => {
    const { api, patch } = await open()
    const viewer = await api.token('viewer')
    const read = async () => (await api.ask(viewer, 'GET', `${base}/settings`)).json() as Item
    const before = await read()
    expect(before.company).toMatchObject({ slug: 'salon-sonne', language: 'de' })
    expect(JSON.stringify(before)).not.toMatch(/api_key|secret/)
    const policies = { min_notice_minutes: 30, cancel: { hours_before: 12 } }
    const answer = await patch('settings', {
      company: { name: 'Salon ${SONNE}' },
      policies,
      retention: { calls_days: 30 },
    })
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        ...before,
        company: { ...before.company, name: 'Salon ${SONNE}' },
        policies: {
          ...before.policies,
          min_notice_minutes: 30,
          cancel: { ...before.policies.cancel, hours_before: 12 },
        },
        retention: { ...before.retention, calls_days: 30 },
      },
    ])
    expect(await read()).toEqual(answer.body)
    for (const [body, pointer] of [
      [{ policies: { min_notice_minutes: -1 } }, '/policies/min_notice_minutes'],
      [{ company: { time_zone: 'Mars/Olympus' } }, '/company/time_zone'],
      [{ notifications: { staff_email: ['nobody'] } }, '/notifications/staff_email/0'],
      [{ company: { slug: 'other' } }, '/company/slug'],
      [{ calendar: { kind: 'embedded' } }, '/calendar'],
    ] as const) {
      expect(await patch('settings', body)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
    }
    expect(await read()).toEqual(answer.body)
    const all = (await api.ask(await api.token('platform_admin'), 'GET', '/api/v1/settings?limit=1')).json() as Item
    expect([all.items.length, all.next === null]).toEqual([1, false])
  })

  it('find nothing that is not there', async () => {
    const { patch } = await open()
    for (const what of ['services/nichts', 'staff/nobody', 'branches/ost', 'phone-numbers/+493023125199'])
      expect(await patch(what, { wrong: true })).toMatchObject({ status: 404, body: { type: '/problems/not-found' } })
  })
})

describe('a company file that is applied', () => {
  it('warns of what does not fit in the calendar, and of a calendar that is away, and is applied all the same', async () => {
    const { api, calendar } = await open()
    const admin = await api.token('company_admin')
    const put = async (file: string, query = '') => {
      const headers = { 'content-type': 'application/yaml' }
      return (await api.ask(admin, 'PUT', `${base}/file${query}`, file, headers)).json() as Item
    }
    expect((await put(salonWithCalendar)).warnings).toEqual([
      { path: '/services/2', message: 'bartpflege: No event type is chosen, so callers cannot book it. Choose one.' },
    ])
    const foreign = salonWithCalendar.replace('9002', '7777').replace('cal_sonne', 'cal_other')
    calendar.opensWith('cal_other')
    const dry = await put(foreign, '?dry_run=true')
    expect(dry.warnings.map(({ path }: Item) => path)).toEqual(['/services/1/calcom_event_type_id', '/services/2'])
    calendar.opensWith('cal_sonne')
    expect((await put(foreign)).warnings).toMatchObject([{ path: '/calendar/api_key' }])
    calendar.misbehave('eventTypes', 'silent')
    calendar.opensWith('cal_other')
    expect((await put(foreign)).warnings).toMatchObject([{ path: '/calendar' }])
    const profile = await api.desk.ports.directory.profile((await api.desk.scopeOf()).company)
    expect(profile?.services[1]?.calcomEventTypeId).toBe(7777)
  })
})
