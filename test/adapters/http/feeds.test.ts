import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { readCompanyFile } from '../../../src/adapters/company-file/read-company-file.ts'
import { DAY } from '../../../src/domain/time.ts'
import { salon } from '../../application/desk.ts'
import { openApi } from './api.ts'

const base = '/api/v1/companies/salon-sonne'
const feedOf = (slug: string) => `${base}/staff/${slug}/feed`

const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))

const opened = async () => {
  const api = await openApi()
  const manager = await api.token('manager')
  const make = async (slug = 'nina') => {
    const made = await api.ask(manager, 'POST', feedOf(slug))
    expect(made.statusCode, made.body).toBe(201)
    return String(made.json().url)
  }
  const read = (url: string) => api.ask(undefined, 'GET', new URL(url).pathname)
  const book = async (startsAt: string, staff: string, attendee = 'Änne Beispiel', company = 'salon-sonne') => {
    const made = await api.ask(await api.token('staff', company), 'POST', `/api/v1/companies/${company}/appointments`, {
      ...{ branch: 'mitte', service: 'herrenhaarschnitt', staff, starts_at: startsAt, attendee_name: attendee },
      ...{ phone: '0171 3920009', notes: 'Nur mit Schere' },
    })
    expect(made.statusCode, made.body).toBe(201)
    return String(made.json().id)
  }
  return { api, manager, make, read, book }
}

describe('calendar feeds', () => {
  it('show a colleague’s own appointments with who comes, and nothing of anybody else', async () => {
    const { api, make, read, book } = await opened()
    const mine = await book('2026-11-24T10:30:00+01:00', 'nina')
    await book('2026-11-24T11:30:00+01:00', 'udo', 'Ursula Udokundin')
    await book('2026-11-24T10:30:00+01:00', 'nina', 'Max Fremd', 'praxis-mond')
    const cancelled = await book('2026-11-25T10:30:00+01:00', 'nina')
    await api.ask(await api.token('staff'), 'DELETE', `${base}/appointments/${cancelled}`)
    const answer = await read(await make())
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(answer.body).not.toMatch(/Ursula|Fremd|3920009|Schere/)
    const events = eventsIn(answer.body)
    expect(events.map(({ uid, summary }) => [uid, summary])).toEqual([
      [`${mine}@desk.example`, 'Herrenhaarschnitt: Änne Beispiel'],
      [`${cancelled}@desk.example`, 'Herrenhaarschnitt: Änne Beispiel'],
    ])
    const status = (at: number) => events[at]?.component.getFirstPropertyValue('status')
    expect([status(0), status(1)]).toEqual(['CONFIRMED', 'CANCELLED'])
    expect(events[0]?.startDate.toJSDate().toISOString()).toBe('2026-11-24T09:30:00.000Z')
    expect(events[1]?.sequence).toBe(1)
  })

  it('reach 30 days back and as far ahead as can be booked, whole pages of it', async () => {
    const { api, make, read, book } = await opened()
    const url = await make()
    await book('2026-11-24T10:30:00+01:00', 'nina')
    api.desk.clock.set((api.desk.clock.now() + 33 * DAY) as ReturnType<typeof api.desk.clock.now>)
    expect(eventsIn((await read(url)).body)).toHaveLength(1)
    api.desk.clock.set((api.desk.clock.now() + 3 * DAY) as ReturnType<typeof api.desk.clock.now>)
    expect(eventsIn((await read(url)).body)).toHaveLength(0)
  })

  it('end when they are revoked or replaced, and are not found under any other address', async () => {
    const { api, manager, make, read } = await opened()
    const first = await make()
    const second = await make()
    expect((await read(first)).statusCode).toBe(404)
    expect((await read(second)).statusCode).toBe(200)
    expect((await read(second.replace(/\.ics$/, ''))).statusCode).toBe(404)
    expect((await read(second.replace(/\w\.ics$/, '.ics'))).statusCode).toBe(404)
    expect((await api.ask(manager, 'DELETE', feedOf('nina'))).statusCode).toBe(200)
    const [gone, unknown] = [await read(second), await read('https://desk.example/calendars/nothing.ics')]
    expect(gone.statusCode).toBe(404)
    expect({ ...gone.json(), instance: '' }).toEqual({ ...unknown.json(), instance: '' })
    expect((await api.ask(manager, 'DELETE', feedOf('nina'))).statusCode).toBe(404)
  })

  it('end when the colleague leaves', async () => {
    const { api, make, read } = await opened()
    const url = await make('udo')
    expect((await read(url)).statusCode).toBe(200)
    const without = readCompanyFile(salon.replace(/^.*slug: udo.*\n/m, ''), {})._unsafeUnwrap()
    await api.desk.app.applyCompany(api.desk.platform, without, { prune: true, dryRun: false })
    expect((await read(url)).statusCode).toBe(404)
  })

  it('are made, seen and revoked by managers, who see the address once', async () => {
    const { api, manager, make } = await opened()
    expect((await api.ask(manager, 'GET', feedOf('nina'))).statusCode).toBe(404)
    const url = await make()
    const seen = await api.ask(manager, 'GET', feedOf('nina'))
    expect(seen.json()).toMatchObject({ staff: { slug: 'nina', name: 'Nina Probe' }, created_at: expect.any(String) })
    expect(seen.body).not.toContain(new URL(url).pathname.slice(11, 30))
    expect(url).toMatch(/^https:\/\/desk\.example\/calendars\/[\w-]{40,}\.ics$/)
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      expect((await api.ask(await api.token('staff'), method, feedOf('nina'))).statusCode).toBe(403)
      expect((await api.ask(await api.token('manager', 'praxis-mond'), method, feedOf('nina'))).statusCode).toBe(404)
      expect((await api.ask(manager, method, feedOf('nobody'))).statusCode).toBe(404)
    }
  })

  it('keep nothing of the address but its digest', async () => {
    const { api, make } = await opened()
    const secret = new URL(await make()).pathname.slice('/calendars/'.length, -'.ics'.length)
    const [feed] = await api.desk.look((tx) => tx.feeds.list())
    expect(feed?.digest).toBe(api.desk.ports.credentials.digest(secret))
    expect(JSON.stringify(feed)).not.toContain(secret)
  })
})
