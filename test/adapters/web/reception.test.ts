import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../../src/domain/access/role.ts'
import { HOUR } from '../../../src/domain/time.ts'
import { type ServedDesk, serveDesk } from '../../browser/serve-desk.ts'

const base = '/companies/salon-sonne'

describe('the work list of callbacks', () => {
  let served: ServedDesk
  beforeEach(async () => {
    served = await serveDesk()
  })
  afterEach(() => served.close())

  /** Somebody with a browser: what a page gave is sent back with its form. */
  const person = async (role: Role = 'staff', language = 'de') => {
    const session = await served.signIn(role)
    const headers = { 'accept-language': language }
    const get = async (url: string, more: Record<string, string> = {}) =>
      served.http.inject({ url: base + url, headers: { ...headers, ...more }, cookies: { frontdesk_session: session } })
    const press = async (url: string, deed: string, which = 0) => {
      const page = await get(url)
      const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
      const show = /name="show" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
      const targets = [...page.body.matchAll(/formaction="([^"]+)"/g)].flatMap(([, target]) => target ?? [])
      const answer = await served.http.inject({
        method: 'POST',
        url: targets.filter((target) => target.endsWith(`/${deed}`))[which] ?? '/nothing',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        cookies: {
          frontdesk_session: session,
          frontdesk_csrf: page.cookies.find(({ name }) => name === 'frontdesk_csrf')?.value ?? '',
        },
        payload: new URLSearchParams({ _csrf: csrf, show }).toString(),
      })
      expect(answer.statusCode, answer.body).toBe(303)
      return get(String(answer.headers.location).slice(base.length))
    }
    return { get, press }
  }
  const two = async () => {
    const { ask } = served.desk
    const erika = { customer_name: 'Erika <b>Beispiel</b>', reason: 'Färbung & Pflege' }
    await ask('request_callback', { ...erika, customer_name: 'Erika Beispiel', preferred_time_window: 'nach elf' })
    const urgent = {
      customer_name: 'Jonas Muster',
      phone_number: '030 23125888',
      priority: 'dringend',
      reason: '<i>eilt</i>',
    }
    await ask('request_callback', urgent, { call: 'call_b', from: 'anonymous' })
  }

  it('shows what is overdue first, with a number to ring and words for the time', async () => {
    await two()
    served.desk.clock.advance(3 * HOUR)
    const { get } = await person()
    const { body } = await get('/callbacks')
    expect(body.indexOf('Jonas Muster')).toBeLessThan(body.indexOf('Erika Beispiel'))
    for (const text of ['href="tel:+493023125888"', '030 23125888', 'überfällig seit 1 Std.', 'in 21 Std.', 'dringend'])
      expect(body).toContain(text)
    for (const text of ['am liebsten nach elf', '2 warten, 1 überfällig.', '&lt;i>eilt&lt;/i>', 'Färbung &amp; Pflege'])
      expect(body).toContain(text)
    expect(body).toContain(`href="${base}/calls/call_b"`)
    expect(body).not.toContain('<i>eilt')
    const english = await get('/callbacks', { 'accept-language': 'en', cookie: '' })
    expect(english.body).toContain('overdue for 1 h')
  })

  it('lets somebody take over, give back, do and open again, and says so', async () => {
    await two()
    const { press, get } = await person()
    const taken = await press('/callbacks', 'take')
    expect(taken.body).toContain('Sie haben das übernommen.')
    expect(taken.body).toContain('Sie kümmern sich')
    const other = await person('manager')
    expect((await other.get('/callbacks')).body).toContain('staff@salon-sonne.example kümmert sich')
    expect((await press('/callbacks', 'give-back')).body).toContain('Das ist wieder für alle offen.')
    const done = await press('/callbacks', 'done')
    expect(done.body).toContain('Erledigt.')
    expect(done.body).toContain('1 wartet.')
    expect(done.body).not.toContain('Jonas Muster')
    expect((await get('/callbacks?show=done')).body).toContain('Jonas Muster')
    const again = await press('/callbacks?show=done', 'reopen')
    expect(again.body).toContain('Das ist wieder offen und hat eine neue Frist.')
    expect((await get('/callbacks')).body).toContain('2 warten.')
  })

  it('shows messages apart, and a viewer no buttons', async () => {
    await two()
    await served.desk.ask('take_message', { message: 'Ich komme später.' }, { call: 'call_c', from: 'anonymous' })
    const { get } = await person('viewer')
    const { body } = await get('/callbacks?show=messages')
    expect(body).toContain('Ich komme später.')
    expect(body).toContain('keine Nummer genannt')
    expect(body).not.toContain('Jonas Muster')
    expect(body).not.toContain('formaction')
    expect((await get('/callbacks')).body).toContain('Ich komme später.')
  })

  it('counts who waits in the navigation, on every page and by itself', async () => {
    const { get } = await person('viewer')
    expect((await get('/callbacks/waiting', { 'hx-request': 'true' })).body).toBe('')
    await two()
    expect((await get('/calls')).body).toMatch(/class="waiting"[^>]*><span[^>]*>2</)
    expect((await get('/callbacks/waiting', { 'hx-request': 'true' })).body).toContain('>2<')
  })

  it('says why it is empty', async () => {
    const { get } = await person()
    expect((await get('/callbacks')).body).toContain('Niemand wartet auf einen Rückruf')
    expect((await get('/callbacks?show=messages')).body).toContain('Keine Nachricht wartet')
    expect((await get('/callbacks?show=done')).body).toContain('Noch nichts erledigt')
    expect((await get('/wishes')).body).toContain('Noch kein unerfüllter Wunsch')
  })

  it('refuses to change for a viewer, without the token of a page, and what is not there', async () => {
    await two()
    const [one] = (await served.desk.app.listCallbacks(served.scope, { limit: 1, cursor: undefined, order: 'due' }))
      .items
    const url = `${base}/callbacks/${one?.id}/done`
    for (const role of ['viewer', 'staff'] as const) {
      const session = await served.signIn(role)
      const post = await served.http.inject({ method: 'POST', url, cookies: { frontdesk_session: session } })
      expect(post.statusCode).toBe(403)
    }
    expect((await served.desk.app.tallyCallbacks(served.scope)).standing).toBe(2)
  })

  it('shows wishes with what was wanted, why not, what was offered, and what is wanted most', async () => {
    await served.book('10:00', 'nina', 'Max Muster')
    await served.book('10:00', 'udo', 'Erika Beispiel')
    const cut = { service: 'Herrenhaarschnitt', date: 'Dienstag', time: '10 Uhr' }
    await served.desk.ask('check_availability', cut, { call: 'call_1' })
    await served.desk.ask('check_availability', cut, { call: 'call_2' })
    await served.desk.ask(
      'check_availability',
      { ...cut, service: 'Bartpflege', time: 'vormittags' },
      { call: 'call_3' },
    )
    const { get } = await person('viewer')
    const { body } = await get('/wishes')
    for (const text of ['Di 24.11. 10:00', 'belegt', 'Di 24.11. 09:00 bis 12:00', 'hier nicht angeboten', '2 Mal'])
      expect(body).toContain(text)
    expect(body).toContain(`href="${base}/calls/call_3"`)
    const some = await get('/wishes?service=bartpflege')
    expect(some.body).toContain('1 Wunsch')
    expect((await get('/wishes?service=damenhaarschnitt')).body).toContain('Hierzu ist nichts offen geblieben')
    expect((await get('/wishes', { 'accept-language': 'en' })).body).toContain('Not met in 30 days')
  })
})
