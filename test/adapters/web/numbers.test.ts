import fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { publicHolidays } from '../../../src/adapters/holidays/public-holidays.ts'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import { webApplication } from '../../../src/composition/web-application.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import { instant, type TimeZone } from '../../../src/domain/time.ts'
import { openDesk, salon } from '../../application/desk.ts'

const numbers = '/companies/salon-sonne/numbers'
const mitte = '+493023125101'

/** Mitte keeps holidays and has West answer when it is closed; a third number is switched off. */
const file = salon
  .replace('["030 23125101"]', '["030 23125101", { number: "030 23125103", active: false }]')
  .replace('    retell_agent_id: agent_mitte\n', (line) =>
    line.concat(
      '    public_holidays: DE-BE\n',
      '    fallback: { when_closed: { to_branch: west }, transfer_to: "0171 3920009" }\n',
    ),
  )
  .concat('agents:\n  - { slug: nachtdienst, retell_agent_id: agent_night, branches: [mitte] }\n')

const monday = '2026-11-23T11:00:00+01:00'
const open = async (role: Role, company = file, now = monday) => {
  const desk = await openDesk([company], (clock) =>
    memoryPorts({ clock, ids: countingIds(), holidays: publicHolidays() }),
  )
  desk.clock.set(instant(Date.parse(now)))
  const http = fastify({ forceCloseConnections: true })
  await http.register(
    webRoutes({
      application: webApplication(desk.app, desk.ports),
      secureCookies: false,
      platformZone: 'Europe/Berlin' as TimeZone,
      publicUrl: 'https://desk.example',
      clock: desk.clock,
    }),
  )
  const { company: id } = await desk.scopeOf()
  const email = `${role.replace('_', '-')}@salon-sonne.example`
  const link = await desk.app.createUser(desk.platform, { email, role, company: id })
  const password = 'ein Satz mit fünf Wörtern'
  await desk.app.setPassword(link._unsafeUnwrap().token, password)
  const session = (await desk.app.logIn(email, password, '192.0.2.7'))._unsafeUnwrap().cookie
  const cookies: Record<string, string> = { frontdesk_session: session }

  const get = async (path = '', language = 'de') => {
    const answer = await http.inject({ url: numbers + path, cookies, headers: { 'accept-language': language } })
    for (const { name, value } of answer.cookies) cookies[name] = value
    return answer
  }
  return {
    http,
    get,
    at: (text: string) => desk.clock.set(instant(Date.parse(text))),
    /** What a row says, without its markup. */
    row: async (number = mitte, language = 'de') => {
      const { body } = await get('', language)
      const found = new RegExp(`<li id="line-${number.slice(1)}">(.*?)</li>`, 's').exec(body)?.[1] ?? ''
      return found
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
    },
    post: async (path: string, fields: Record<string, string>) => {
      const form = await get(path.endsWith('/end') ? '' : path)
      const csrf = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
      return http.inject({
        ...{ method: 'POST', url: numbers + path, cookies },
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
        payload: new URLSearchParams({ _csrf: csrf, ...fields }).toString(),
      })
    },
  }
}

const redirect = `/${encodeURIComponent(mitte)}/redirect`
const toWest = { where: 'branch:west', transfer_to: '', date: '2026-11-23', time: '15:00' }

describe('the page of the numbers', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const opened = async (...given: Parameters<typeof open>) => {
    const desk = await open(...given)
    closing.push(() => desk.http.close())
    return desk
  }

  it('says where calls go: open, closed and who answers, on a holiday, switched off', async () => {
    const { at, row } = await opened('viewer')
    expect(await row()).toBe(
      '030 23125101 Salon Sonne Mitte Salon Sonne Mitte wenn geschlossen: Salon Sonne West ✓ geöffnet bis 18:00 Weitergabe 0171 3920009',
    )
    expect(await row('+493023125103')).toContain('abgeschaltet – Anrufe nimmt niemand an.')
    at('2026-11-23T18:30:00+01:00')
    expect(await row()).toContain('Salon Sonne West nimmt für Salon Sonne Mitte an geschlossen öffnet Di 24.11. 09:00')
    const christmas = await opened('viewer', file, '2026-12-25T11:00:00+01:00')
    expect(await christmas.row()).toContain('geschlossen Erster Weihnachtstag, öffnet Mo 28.12. 09:00')
    expect(await christmas.row(mitte, 'en')).toContain('closed Christmas Day, opens Mon 28 Dec 09:00')
  })

  it('shows forms only to those who may use them', async () => {
    const staff = await opened('staff')
    expect((await staff.get()).body).not.toContain(redirect)
    expect((await staff.get(redirect)).statusCode).toBe(403)
    expect((await staff.post(redirect, toWest)).statusCode).toBe(403)
    const manager = await opened('manager')
    expect((await manager.get()).body).toContain(redirect)
    for (const number of ['+493023125103', '+493023125999', 'x'])
      expect((await manager.get(`/${encodeURIComponent(number)}/redirect`)).statusCode).toBe(404)
  })

  it('sends calls elsewhere until an end, changes that, and ends it', async () => {
    const { at, row, post, get } = await opened('manager')
    const form = (await get(redirect)).body
    expect(form).toContain('030 23125101 umleiten')
    expect(form).toContain('value="18:00"')
    const sent = await post(redirect, toWest)
    expect(sent.statusCode, sent.body).toBe(303)
    expect(sent.headers.location).toBe(`${numbers}?said=done`)
    expect((await get('?said=done')).body).toContain('Die Anrufe sind umgeleitet.')
    expect(await row()).toContain('Salon Sonne West ↩ umgeleitet bis 15:00, von manager@salon-sonne.example')
    expect((await get(redirect)).body).toMatch(/value="branch:west" selected/)

    await post(redirect, { ...toWest, where: 'agent:agent_night' })
    expect(await row()).toContain('Agent nachtdienst für Salon Sonne Mitte ↩ umgeleitet')
    await post(redirect, { ...toWest, where: 'person', transfer_to: '0171 3920007' })
    expect(await row()).toContain('Weitergabe an 0171 3920007 für Salon Sonne Mitte ↩ umgeleitet')

    const id = /name="id" value="(ovr_[^"]+)"/.exec((await get()).body)?.[1] ?? ''
    const ended = await post(`/${encodeURIComponent(mitte)}/end`, { id })
    expect(ended.headers.location).toBe(`${numbers}?said=ended`)
    expect(await row()).not.toContain('umgeleitet')
    at('2026-11-23T15:00:00+01:00')
    expect((await post(`/${encodeURIComponent(mitte)}/end`, { id: 'ovr_00000000' })).statusCode).toBe(404)
  })

  it('tells what is wrong beside its field, and keeps what was typed', async () => {
    const { post, get } = await opened('manager')
    for (const [fields, field] of [
      [{ ...toWest, where: 'person', transfer_to: '030 23125102' }, 'transfer_to'],
      [{ ...toWest, where: 'person', transfer_to: 'Nina"<i>' }, 'transfer_to'],
      [{ ...toWest, where: 'branch:nord' }, 'where'],
      [{ ...toWest, where: 'agent:agent_mond' }, 'where'],
      [{ ...toWest, where: '' }, 'where'],
      [{ ...toWest, date: '2026-11-22' }, 'ends_at'],
      [{ ...toWest, time: '' }, 'ends_at'],
    ] as const) {
      const answer = await post(redirect, fields)
      expect(answer.statusCode, JSON.stringify(fields)).toBe(422)
      expect(answer.body).toContain(`id="${field}-wrong"`)
      expect(answer.body.match(/class="field-wrong"/g)).toHaveLength(1)
      expect(answer.body).not.toContain('Nina"')
    }
    const kept = await post(redirect, { ...toWest, where: 'person', transfer_to: '030 23125102' })
    expect(kept.body).toContain('value="030 23125102"')
    expect((await get()).body).not.toContain('umgeleitet')
  })

  it('says what to do where there is no number yet', async () => {
    const none = salon.replace(/ {4}phone_numbers: .*\n/g, '')
    const { get } = await opened('manager', none)
    expect((await get()).body).toContain('Noch keine Nummer')
  })
})
