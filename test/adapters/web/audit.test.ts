import fastify from 'fastify'
import { ok } from 'neverthrow'
import { afterEach, describe, expect, it } from 'vitest'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import { webApplication } from '../../../src/composition/web-application.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import type { CustomerId } from '../../../src/domain/ids.ts'
import { after, HOUR, type TimeZone } from '../../../src/domain/time.ts'
import { type Desk, openDesk, salon } from '../../application/desk.ts'

const base = '/companies/salon-sonne'
const star = /class="tag now"><span aria-hidden="true">★<\/span><span>VIP/

const callOf = async (desk: Desk, customer: CustomerId): Promise<void> => {
  await desk.ports.store.transact(await desk.scopeOf(), async (tx) => {
    const opened = await tx.calls.open('call_a', undefined, desk.clock.now())
    return ok(await tx.calls.save({ ...opened, customer }))
  })
}

describe('the dashboard', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })

  const open = async (role: Role, { seesVip = false } = {}) => {
    const desk = await openDesk([salon.replace('Max Muster', 'Max <i>Muster</i>')])
    const http = fastify({ forceCloseConnections: true })
    closings.push(() => http.close())
    await http.register(
      webRoutes({
        application: webApplication(desk.app, desk.ports),
        secureCookies: false,
        platformZone: 'Europe/Berlin' as TimeZone,
        publicUrl: 'https://desk.example',
        clock: desk.clock,
      }),
    )
    const { company } = await desk.scopeOf()
    const email = `${role.replace('_', '-')}@salon-sonne.example`
    const link = await desk.app.createUser(desk.platform, { email, role, company, seesVip })
    const password = 'ein Satz mit fünf Wörtern'
    await desk.app.setPassword(link._unsafeUnwrap().token, password)
    const cookies: Record<string, string> = {
      frontdesk_session: (await desk.app.logIn(email, password, '192.0.2.7'))._unsafeUnwrap().cookie,
    }
    const [customer] = (await desk.look((tx) => tx.customers.list({ limit: 1, cursor: undefined }))).items
    if (!customer) throw new Error('There is nobody')
    const card = `${base}/customers/${customer.id}`
    const get = async (url: string, headers: Readonly<Record<string, string>> = {}) => {
      const answer = await http.inject({ url, cookies, headers: { 'accept-language': 'de', ...headers } })
      for (const { name, value } of answer.cookies) cookies[name] = value
      return answer
    }
    const send = async (url: string, fields: Readonly<Record<string, string>>) => {
      const token = /name="_csrf" value="([^"]+)"/.exec((await get(card)).body)?.[1] ?? ''
      return http.inject({
        ...{ method: 'POST', url, cookies },
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
        payload: new URLSearchParams({ _csrf: token, ...fields }).toString(),
      })
    }
    return { desk, get, send, card, customer }
  }

  it('shows the mark of a VIP on the card and at a call, and sets it, for those alone who may', async () => {
    const { desk, get, send, card, customer } = await open('viewer', { seesVip: true })
    await callOf(desk, customer.id)
    expect((await get(card)).body).toContain('Als VIP kennzeichnen')
    expect((await send(`${card}/vip`, { vip: '1' })).headers.location).toBe(`${card}?said=vip`)
    const shown = (await get(`${card}?said=vip`)).body
    expect(shown).toMatch(star)
    expect(shown).toContain('gekennzeichnet von viewer@salon-sonne.example')
    expect(shown).toContain('Das VIP-Kennzeichen ist geändert.')
    expect((await get(`${base}/calls/call_a`)).body).toMatch(star)
    await send(`${card}/vip`, { vip: '0' })
    expect((await get(card)).body).not.toMatch(star)
  })

  it('says nothing of it to anybody else, and takes no such form from them', async () => {
    const { desk, get, send, card, customer } = await open('manager')
    await callOf(desk, customer.id)
    const mark = { by: { kind: 'user', name: 'chefin@salon-sonne.example' } as const, at: desk.clock.now() }
    await desk.ports.store.transact(await desk.scopeOf(), async (tx) => {
      return ok(await tx.customers.setVip(customer.id, mark))
    })
    for (const url of [card, `${base}/calls/call_a`, `${base}/customers`]) {
      const { body } = await get(url)
      expect(body).toContain('Max &lt;i>Muster')
      expect(body).not.toMatch(/VIP|chefin/)
    }
    expect((await send(`${card}/vip`, { vip: '0' })).statusCode).toBe(403)
    expect((await desk.look((tx) => tx.customers.vipMarks([customer.id]))).size).toBe(1)
  })

  it('keeps notes of those who work with appointments, and gives back what is too long', async () => {
    const { desk, get, send, card, customer } = await open('staff')
    const saved = await send(`${card}/notes`, { notes: 'Mag <Tee>\r\nohne Zucker' })
    expect(saved.headers.location).toBe(`${card}?said=notes`)
    expect((await get(card)).body).toContain('Mag &lt;Tee>\nohne Zucker</textarea>')
    expect((await desk.look((tx) => tx.customers.find(customer.id)))?.notes).toBe('Mag <Tee>\nohne Zucker')
    const refused = await send(`${card}/notes`, { notes: 'x'.repeat(4001) })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('Höchstens 4000 Zeichen')
    expect(refused.body).toContain('x'.repeat(4001))
    const viewer = await open('viewer')
    expect((await viewer.get(viewer.card)).body).not.toContain('<textarea')
  })

  it('has one entry for a page that stays open, whoever claims to have opened it, and another one after half a day', async () => {
    const { desk, get, customer } = await open('viewer')
    await callOf(desk, customer.id)
    const reread = { 'hx-request': 'true' }
    const looks = async () =>
      (await desk.look((tx) => tx.audit.list({ limit: 50, cursor: undefined, kind: 'call.viewed' }))).items.map(
        ({ kind }) => kind,
      )
    await get(`${base}/calls/call_a`, reread)
    expect(await looks()).toEqual(['call.viewed'])
    for (let event = 0; event < 3; event += 1) await get(`${base}/calls/call_a`, reread)
    expect(await looks()).toEqual(['call.viewed'])
    await get(`${base}/calls/call_a`)
    expect(await looks()).toEqual(['call.viewed', 'call.viewed'])
    desk.clock.set(after(desk.clock.now(), 12 * HOUR + 1))
    await get(`${base}/calls/call_a`, reread)
    expect(await looks()).toHaveLength(3)
  })

  it('shows the log to those who run the company, filtered, and to nobody else', async () => {
    const { get, send, card, customer } = await open('company_admin')
    const path = `${base}/audit-log`
    const first = (await get(path)).body
    expect(first).toMatch(/Benutzer angelegt<[\s\S]*Benutzer usr_\w+<[\s\S]*Rolle Verwaltung der Firma/)
    await get(card)
    await send(`${card}/vip`, { vip: '1' })
    const { body } = await get(path)
    expect(body).toContain('Kundenkarte geöffnet')
    expect(body).toContain('VIP-Kennzeichen geändert')
    expect(body).toContain('Kennzeichen gesetzt')
    expect(body).toContain('company-admin@salon-sonne.example')
    expect(body).toContain('Benutzer · 127.0.0.1')
    expect(body).toContain(`href="${base}/customers/${customer.id}"`)
    const rows = (text: string) => text.match(/class="row audit-row"/g)?.length ?? 0
    expect(rows((await get(`${path}?kind=customer.vip_changed`)).body)).toBe(1)
    expect(rows((await get(`${path}?kind=nonsense&from=never`)).body)).toBe(rows(body))
    expect((await get(`${path}?actor=nobody`)).body).toContain('Kein Eintrag passt dazu')
    expect((await get(`${path}?to=2026-11-19`)).body).toContain('Kein Eintrag passt dazu')
    expect(rows((await get(`${path}?from=2026-11-20&to=2026-11-20`)).body)).toBe(rows(body))
    const manager = await open('manager')
    expect((await manager.get(path)).statusCode).toBe(403)
    expect((await manager.get(base)).body).not.toContain(path)
  })
})
