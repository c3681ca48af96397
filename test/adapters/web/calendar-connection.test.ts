import fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { webRoutes } from '../../../src/adapters/web/web-routes.ts'
import { webApplication } from '../../../src/composition/web-application.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import type { TimeZone } from '../../../src/domain/time.ts'
import { differOnce, eventType, openSetUp, salonWithCalendar } from '../../application/calendar-set-up.ts'
import { salon } from '../../application/desk.ts'

const path = '/companies/salon-sonne/calendar-connection'

describe('the page of the calendar connection', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })

  const open = async (file = salonWithCalendar, role: Role = 'manager', publicUrl = 'https://desk.example') => {
    const desk = await openSetUp([file], publicUrl)
    const http = fastify({ forceCloseConnections: true })
    closings.push(() => http.close())
    const application = webApplication(desk.app, desk.ports)
    const platformZone = 'Europe/Berlin' as TimeZone
    await http.register(webRoutes({ application, secureCookies: false, platformZone, publicUrl, clock: desk.clock }))
    const email = `${role}@salon-sonne.example`
    const link = await desk.app.createUser(desk.platform, { email, role, company: desk.scope.company })
    await desk.app.setPassword(link._unsafeUnwrap().token, 'ein Satz mit fünf Wörtern')
    const session = await desk.app.logIn(email, 'ein Satz mit fünf Wörtern', '192.0.2.7')
    const cookies: Record<string, string> = { frontdesk_session: session._unsafeUnwrap().cookie }
    const get = async (url = path, language = 'de') => {
      const answer = await http.inject({ url, cookies, headers: { 'accept-language': language } })
      for (const { name, value } of answer.cookies) cookies[name] = value
      return answer
    }
    const post = async (deed: string, fields: Record<string, string> = {}) => {
      const token = /name="_csrf" value="([^"]+)"/.exec((await get()).body)?.[1] ?? ''
      return http.inject({
        ...{ method: 'POST', url: `${path}/${deed}`, cookies },
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
        payload: new URLSearchParams({ _csrf: token, ...fields }).toString(),
      })
    }
    return { ...desk, get, post }
  }

  it('connects a calendar with a key that nobody sees again', async () => {
    const desk = await open(salon)
    expect((await desk.get()).body).toContain('Die Termine leben nur hier.')
    const connected = await desk.post('connect', { api_key: 'cal_sonne', base_url: '' })
    expect(connected.headers.location).toBe(`${path}?said=connected`)
    const page = (await desk.get(`${path}?said=connected`)).body
    expect(page).toContain('Der Kalender ist verbunden.')
    expect(page).toContain('Salon Sonne, team@salon-sonne.example')
    expect(page).not.toContain('cal_sonne')
    expect((await desk.get('/companies/salon-sonne')).body).toContain(path)
  })

  it('says beside its field why a key or an address was refused, and gives no key back', async () => {
    const desk = await open(salon)
    const refused = await desk.post('connect', { api_key: 'cal_wrong', base_url: 'https://cal.example/v2' })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('id="api_key-wrong"')
    expect(refused.body).toContain('nimmt diesen Schlüssel nicht an')
    expect(refused.body).toContain('value="https://cal.example/v2"')
    expect(refused.body).not.toContain('cal_wrong')
    const nowhere = await desk.post('connect', { api_key: 'cal_sonne', base_url: '"><b>cal' })
    expect([nowhere.statusCode, nowhere.body.includes('id="base_url-wrong"')]).toEqual([422, true])
    expect(nowhere.body).not.toContain('"><b>cal')
    desk.calendar.misbehave('account', 'down')
    const away = await desk.post('connect', { api_key: 'cal_sonne', base_url: '' })
    expect([away.statusCode, away.body.includes('antwortet kein Kalender')]).toEqual([503, true])
    expect((await desk.profile()).calendar).toEqual({ kind: 'embedded' })
  })

  it('shows each service with what stands for it, explains what does not fit, and suggests', async () => {
    const desk = await open()
    const title = 'Herren <i>schnitt</i>'
    desk.calendar.has({
      eventTypes: [
        eventType(9001, { title, needsEmail: true, minutes: 45 }),
        eventType(9003, { title: 'Bartpflege', minutes: 30 }),
      ],
    })
    const german = (await desk.get()).body
    expect(german).toContain('Herren &lt;i>schnitt&lt;/i>')
    expect(german).toContain('Der Termin dauert 55 Minuten, der Ereignistyp 45.')
    expect(german).toContain('unter den Buchungsfragen die Telefonnummer zur Pflicht')
    expect(german).toContain('Der Kalender kennt den Ereignistyp 9002 nicht.')
    expect(german).toContain('0 von 3 am Telefon buchbar')
    expect(german).toMatch(/<optgroup label="Vorschläge">\s*<option value="9003"/)
    const { get } = desk
    const english = (await get(`${path}?fresh=1`, 'en')).body
    expect(english).toContain('The appointment takes 55 minutes, the event type 45.')
  })

  it('matches a service, refuses what the calendar does not have, and says when nobody could check it', async () => {
    const desk = await open()
    const beard = { service: 'bartpflege', part: '', staff: '' }
    expect((await desk.post('match', { ...beard, event_type: '9003' })).headers.location).toBe(`${path}?said=matched`)
    expect((await desk.profile()).services.at(-1)?.calcomEventTypeId).toBe(9003)
    for (const wrong of ['7777', '9004', '-1', '1.5', 'x', '99999999999999999999']) {
      const refused = await desk.post('match', { ...beard, event_type: wrong })
      expect([wrong, refused.statusCode, refused.body.includes('role="alert"')]).toEqual([wrong, 422, true])
    }
    expect((await desk.post('match', { ...beard, service: 'nichts', event_type: '9003' })).statusCode).toBe(404)
    expect((await desk.post('match', { ...beard, event_type: '' })).headers.location).toBe(`${path}?said=matched`)
    desk.calendar.misbehave('eventTypes', 'down')
    const unsure = await desk.post('match', { ...beard, event_type: '7777' })
    expect(unsure.headers.location).toBe(`${path}?said=unverified`)
    expect((await desk.get(`${path}?said=unverified`)).body).toContain('noch nicht geprüft')
  })

  it('shows a calendar that is away or refuses us, with what is named and what to do', async () => {
    const desk = await open()
    desk.calendar.misbehave('account', 'silent')
    const away = await desk.get()
    expect(away.statusCode).toBe(200)
    expect(away.body).toContain('antwortet nicht')
    expect(away.body).toContain('value="9001"')
    expect(away.body).toContain('nicht geprüft')
    desk.calendar.misbehave('account', 'wrong-key')
    const refusing = (await desk.get()).body
    expect(refusing).toContain('nimmt den Schlüssel oder die Adresse nicht an')
    expect(refusing).toMatch(/<details class="card side-card reconnect" open/)
  })

  it('sets the webhook up, or says why it cannot', async () => {
    const desk = await open()
    expect((await desk.get()).body).toContain('nicht eingerichtet')
    desk.calendar.misbehave('registerWebhook', 'down')
    expect((await desk.post('webhook')).statusCode).toBe(503)
    desk.calendar.misbehave('registerWebhook', undefined)
    expect((await desk.post('webhook')).headers.location).toBe(`${path}?said=webhook`)
    const set = (await desk.get()).body
    expect(set).toContain('https://desk.example/webhooks/calcom/salon-sonne')
    expect(set).not.toContain(`action="${path}/webhook"`)
    const near = await open(salonWithCalendar, 'manager', 'http://127.0.0.1:3000')
    const refused = await near.post('webhook')
    expect([refused.statusCode, refused.body.includes('PUBLIC_URL')]).toEqual([422, true])
  })

  it('shows each difference with what is here and there, and does what is decided about it', async () => {
    const desk = await open()
    expect((await desk.get()).body).toContain('Was hier steht, steht auch im Kalender, und umgekehrt.')
    const { disputed, untold } = await differOnce(desk, desk.calendar, desk.scope, await desk.profile())
    const page = (await desk.get()).body
    for (const text of [
      'Dora Strittig',
      'Uwe Ungesagt',
      'Frida Fremd',
      'strittig',
      'noch nicht gemeldet',
      'nur im Kalender',
    ])
      expect(page).toContain(text)
    expect(page).toMatch(/im Kalender: Mo 23\.11\. 15:00, bestätigt/)
    expect(page).toMatch(/value="keep-ours"[^>]*>\s*<span>Gehört nicht hierher/)

    const kept = await desk.post('settle', { booking: 'uid_elsewhere', decision: 'keep-ours' })
    expect(kept.headers.location).toBe(`${path}?said=settled`)
    expect((await desk.get()).body).not.toContain('Frida Fremd')
    expect((await desk.post('settle', { booking: 'uid_elsewhere', decision: 'keep-ours' })).statusCode).toBe(404)

    const unfit = await desk.post('settle', { appointment: untold.id, decision: 'book-there' })
    expect([unfit.statusCode, unfit.body.includes('Das ist inzwischen anders')]).toEqual([409, true])
    desk.calendar.misbehave('booking', 'down')
    desk.calendar.misbehave('find', 'down')
    const silent = await desk.post('settle', { appointment: disputed.id, decision: 'look-again' })
    expect([silent.statusCode, silent.body.includes('antwortet gerade nicht')]).toEqual([503, true])
    for (const nonsense of [
      { appointment: 'apt_nothing', decision: 'keep-ours' },
      { appointment: disputed.id, decision: 'burn' },
      {},
    ])
      expect((await desk.post('settle', nonsense)).statusCode).toBe(404)
  })

  it('takes a booking of the calendar over as what somebody says it is', async () => {
    const desk = await open()
    await differOnce(desk, desk.calendar, desk.scope, await desk.profile())
    const about = { booking: 'uid_elsewhere', decision: 'take-over', branch: 'mitte' }
    const wrong = await desk.post('settle', { ...about, service: 'nichts', staff: '' })
    expect([wrong.statusCode, wrong.body.includes('So lässt sich diese Buchung nicht übernehmen')]).toEqual([422, true])
    const taken = await desk.post('settle', { ...about, service: 'herrenhaarschnitt', staff: 'udo' })
    expect(taken.headers.location).toBe(`${path}?said=settled`)
    const { items } = await desk.look((tx) => tx.appointments.list({ limit: 10, cursor: undefined }))
    expect(items.find(({ attendeeName }) => attendeeName === 'Frida Fremd')).toMatchObject({ source: 'calendar' })
  })

  it('is nobody’s who may not configure the company', async () => {
    const desk = await open(salonWithCalendar, 'staff')
    expect((await desk.get()).statusCode).toBe(403)
    expect((await desk.get('/companies/salon-sonne/set-up')).statusCode).toBe(403)
    expect((await desk.get('/companies/salon-sonne')).body).not.toContain(path)
  })
})

describe('the page that leads through the set-up', () => {
  it('shows what is done and what is open', async () => {
    const steps = async (file: string) => {
      const desk = await openSetUp([file])
      const http = fastify({ forceCloseConnections: true })
      const application = webApplication(desk.app, desk.ports)
      const platformZone = 'Europe/Berlin' as TimeZone
      await http.register(
        webRoutes({
          application,
          secureCookies: false,
          platformZone,
          publicUrl: 'https://desk.example',
          clock: desk.clock,
        }),
      )
      const email = 'manager@salon-sonne.example'
      const link = await desk.app.createUser(desk.platform, { email, role: 'manager', company: desk.scope.company })
      await desk.app.setPassword(link._unsafeUnwrap().token, 'ein Satz mit fünf Wörtern')
      const session = (await desk.app.logIn(email, 'ein Satz mit fünf Wörtern', '192.0.2.7'))._unsafeUnwrap().cookie
      const look = async () => {
        const headers = { 'accept-language': 'en' }
        const page = await http.inject({
          url: '/companies/salon-sonne/set-up',
          cookies: { frontdesk_session: session },
          headers,
        })
        return /(\d of 4 done)/.exec(page.body)?.[1]
      }
      const before = await look()
      await desk.send({ event: 'call_started', call: desk.callOf({}) })
      await desk.work()
      const after = await look()
      await http.close()
      return [before, after]
    }
    expect(await steps(salon)).toEqual(['3 of 4 done', '4 of 4 done'])
    expect(await steps(salonWithCalendar)).toEqual(['2 of 4 done', '3 of 4 done'])
    const bare = salon.replaceAll(/ {4}phone_numbers: .*\n/g, '').replaceAll(/ {4}retell_agent_id: .*\n/g, '')
    expect((await steps(bare))[0]).toBe('2 of 4 done')
  })
})
