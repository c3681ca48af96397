import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../../src/domain/access/role.ts'
import { parseInstant } from '../../../src/domain/time.ts'
import { type ServedDesk, serveDesk, tuesday } from '../../browser/serve-desk.ts'

const base = '/companies/salon-sonne'
const day = 'date=2026-11-24&branch=mitte'
const cut = { branch: 'mitte', service: 'herrenhaarschnitt', staff: 'nina', date: '2026-11-24' }
const erika = { name: 'Erika Beispiel', phone: '0171 3920044', email: 'erika@beispiel.example', notes: 'Bitte kurz' }
const at = (clock: string) => `2026-11-24T${clock}:00+01:00`

describe('the forms at the desk', () => {
  let served: ServedDesk
  beforeEach(async () => {
    served = await serveDesk()
  })
  afterEach(() => served.close())

  /** Somebody with a browser: what a page gave is sent back with its forms. */
  const person = async (role: Role = 'staff', language = 'de') => {
    const session = await served.signIn(role)
    const headers = { 'accept-language': language }
    const get = (url: string, more: Record<string, string> = {}) =>
      served.http.inject({ url, headers: { ...headers, ...more }, cookies: { frontdesk_session: session } })
    const open = async (url: string) => {
      const page = await get(url)
      const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
      const cookie = page.cookies.find((one) => one.name === 'frontdesk_csrf')?.value ?? ''
      const send = (fields: Record<string, string>, to = url.split('?')[0] ?? url) =>
        served.http.inject({
          method: 'POST',
          url: to,
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          cookies: { frontdesk_session: session, frontdesk_csrf: cookie },
          payload: new URLSearchParams({ _csrf: csrf, ...fields }).toString(),
        })
      return { page, send }
    }
    return { get, open }
  }
  const all = async () =>
    (await served.desk.app.listAppointments(served.scope, { limit: 200, cursor: undefined })).items
  const timesIn = (body: string) => [...body.matchAll(/name="at"[^>]*value="([^"]+)"/g)].map(([, text]) => text)

  describe('to book', () => {
    it('offer what is free on the day, and book it as the phone does', async () => {
      const { open, get } = await person()
      await served.book('10:00', 'nina', 'Jonas Probe')
      const { page, send } = await open(`${base}/appointments/new?${day}&service=herrenhaarschnitt&staff=nina`)
      expect(page.statusCode).toBe(200)
      expect(timesIn(page.body)).toContain(at('09:00'))
      expect(timesIn(page.body)).not.toContain(at('10:00'))
      const answer = await send({ ...cut, ...erika, at: at('11:00') })
      expect(answer.statusCode, answer.body).toBe(303)
      const shown = await get(String(answer.headers.location))
      expect(shown.body).toContain('Der Termin ist gebucht.')
      for (const text of ['Erika Beispiel', '0171 3920044', 'erika@beispiel.example', 'Bitte kurz', 'Nina Probe'])
        expect(shown.body).toContain(text)
      const [, booked] = await all()
      expect(booked?.appointment).toMatchObject({
        startsAt: tuesday('11:00'),
        source: 'dashboard',
        notes: 'Bitte kurz',
      })
      expect(booked?.appointment.history[0]?.actor).toEqual({ kind: 'user', name: 'staff@salon-sonne.example' })
    })

    it('tell each mistake beside its field, and keep what was typed', async () => {
      const { open } = await person()
      const { send } = await open(`${base}/appointments/new?${day}`)
      const answer = await send({ ...cut, ...erika, name: ' ', email: 'erika@', notes: 'n'.repeat(1999), at: '' })
      expect(answer.statusCode).toBe(422)
      for (const field of ['name', 'email', 'at']) expect(answer.body).toContain(`id="${field}-wrong"`)
      expect(answer.body).not.toContain('id="phone-wrong"')
      expect(answer.body).toContain('value="erika@"')
      const phone = await send({ ...cut, ...erika, phone: '0171 12', at: at('11:00') })
      expect(phone.statusCode).toBe(422)
      expect(phone.body).toContain('Diese Telefonnummer ist nicht gültig.')
      expect(phone.body).toMatch(/value="2026-11-24T11:00:00\+01:00" checked/)
      expect(await all()).toEqual([])
    })

    it('answer a taken time with the three nearest free ones as buttons that book', async () => {
      const { open } = await person()
      const { send } = await open(`${base}/appointments/new?${day}`)
      await served.book('11:00', 'nina', 'Jonas Probe')
      const refused = await send({ ...cut, ...erika, at: at('11:00') })
      expect(refused.statusCode).toBe(409)
      expect(refused.body).toContain('Diese Zeit ist inzwischen vergeben.')
      const instead = [...refused.body.matchAll(/name="instead" value="([^"]+)"/g)].map(([, text]) => text ?? '')
      expect(instead).toHaveLength(3)
      const taken = await send({ ...cut, ...erika, at: at('11:00'), instead: instead[0] ?? '' })
      expect(taken.statusCode).toBe(303)
      expect((await all()).map(({ appointment }) => appointment.attendeeName)).toContain('Erika Beispiel')
    })

    it('book once when the button is pressed twice, and again when it is meant', async () => {
      const { open } = await person()
      const { send } = await open(`${base}/appointments/new?${day}`)
      const fields = { ...cut, ...erika, staff: '', at: at('11:00') }
      const twice = await Promise.all([send(fields), send(fields)])
      expect(twice.map(({ statusCode }) => statusCode)).toEqual([303, 303])
      expect(twice[0]?.headers.location).toBe(twice[1]?.headers.location)
      expect(await all()).toHaveLength(1)
      expect((await send({ ...fields, at: at('14:00') })).statusCode).toBe(303)
      const { send: other } = await open(`${base}/appointments/new?${day}`)
      expect((await other(fields)).statusCode).toBe(303)
      expect(await all()).toHaveLength(3)
    })

    it('say when nothing is free, and show the days beside', async () => {
      const { open } = await person('staff', 'en')
      const { page } = await open(`${base}/appointments/new?branch=mitte&date=2026-11-22`)
      expect(page.body).toContain('Nothing is free on this day any more.')
      const next = await open(`${base}/appointments/new?branch=mitte&date=2026-11-22&to=2026-11-23`)
      expect(timesIn(next.page.body)).toContain('2026-11-23T09:00:00+01:00')
    })
  })

  describe('to change', () => {
    it('move to another time and colleague, with the reason in the history', async () => {
      const { open, get } = await person()
      const one = await served.book('10:00', 'nina', 'Erika Beispiel')
      const { page, send } = await open(`${base}/appointments/${one.id}/move`)
      expect(timesIn(page.body)).toContain(at('10:15'))
      expect((await send({ staff: 'udo', reason: 'Nina ist krank' })).statusCode).toBe(422)
      const moved = await send({ staff: 'udo', reason: 'Nina ist krank', at: at('15:00') })
      expect(moved.statusCode).toBe(303)
      const shown = (await get(String(moved.headers.location))).body
      for (const text of ['Der Termin ist verschoben.', 'Udo Beispiel statt Nina Probe', 'Nina ist krank'])
        expect(shown).toContain(text)
      expect((await all())[0]?.appointment).toMatchObject({ startsAt: tuesday('15:00') })
    })

    it('refuse a time that is taken with others instead, and change nothing', async () => {
      const { open } = await person()
      const one = await served.book('10:00', 'nina', 'Erika Beispiel')
      const { send } = await open(`${base}/appointments/${one.id}/move`)
      await served.book('15:00', 'nina', 'Jonas Probe')
      const refused = await send({ staff: 'nina', at: at('15:00') })
      expect(refused.statusCode).toBe(409)
      expect(refused.body.match(/name="instead"/g)).toHaveLength(3)
      expect((await all())[0]?.appointment.startsAt).toBe(tuesday('10:00'))
    })

    it('cancel after a question, and no second time', async () => {
      const { open, get } = await person()
      const one = await served.book('10:00', 'nina', 'Erika Beispiel')
      const { page, send } = await open(`${base}/appointments/${one.id}/cancel`)
      expect(page.body).toContain('Termin absagen?')
      expect((await all())[0]?.appointment.status).toBe('confirmed')
      const cancelled = await send({ reason: 'Kundin ist krank' })
      const shown = (await get(String(cancelled.headers.location))).body
      expect(shown).toContain('Der Termin ist abgesagt.')
      expect(shown).toContain('Kundin ist krank')
      expect(shown).not.toContain('/move"')
      expect((await send({ reason: 'Kundin ist krank' })).statusCode).toBe(303)
      expect((await get(`${base}/appointments/${one.id}/move`)).headers.location).toBe(`${base}/appointments/${one.id}`)
      expect((await all())[0]?.appointment.history).toHaveLength(2)
    })
  })

  describe('to block time', () => {
    const course = {
      ...{ whose: 'staff:nina', from_date: '2026-11-24', from_time: '12:00', to_date: '2026-11-24', to_time: '15:00' },
      reason: 'Fortbildung',
    }

    it('block, show what stands inside, and give the time back', async () => {
      const { open, get } = await person()
      const one = await served.book('13:00', 'nina', 'Erika Beispiel')
      const { page, send } = await open(`${base}/blocked-times/new?${day}`)
      expect(page.body).toContain('value="09:00"')
      const [blocked, again] = await Promise.all([send(course), send(course)])
      expect(blocked.statusCode, blocked.body).toBe(303)
      expect(again.headers.location).toBe(blocked.headers.location)
      const shown = await open(String(blocked.headers.location))
      for (const text of ['Fortbildung', '1 Termin liegt darin', `${base}/appointments/${one.id}/move`])
        expect(shown.page.body).toContain(text)
      const calendar = (await get(`${base}/appointments?${day}`)).body
      expect(calendar).toContain('class="block blocked')
      expect(calendar).toContain('Fortbildung')
      const lift = String(blocked.headers.location).replace('?said=done', '/lift')
      const lifted = await shown.send({}, lift)
      expect(lifted.headers.location).toBe(`${base}/appointments?date=2026-11-24&branch=mitte&said=lifted`)
      expect((await get(String(lifted.headers.location))).body).not.toContain('Fortbildung')
      expect((await shown.send({}, lift)).statusCode).toBe(303)
    })

    it.each([
      ['to', { to_time: '11:00' }],
      ['from', { from_time: '' }],
      ['whose', { whose: 'staff:niemand' }],
      ['reason', { reason: 'r'.repeat(501) }],
    ])('tell beside %s what is wrong with %j', async (field, more) => {
      const { open } = await person()
      const { send } = await open(`${base}/blocked-times/new?${day}`)
      const answer = await send({ ...course, ...more })
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toContain(`id="${field}-wrong"`)
    })
  })

  describe('the calendar', () => {
    it('shows a week of the branch, day by day, with what is blocked', async () => {
      const { get } = await person('viewer')
      const one = await served.book('10:00', 'nina', 'Erika Beispiel')
      await served.book('12:00', 'nina', 'Jonas Probe')
      await served.desk.app.blockTime(served.scope, served.profile, {
        ...{ branch: 'mitte', staff: undefined, startsAt: tuesday('15:00'), reason: 'Inventur' },
        endsAt: parseInstant('2026-11-26T12:00:00+01:00')._unsafeUnwrap(),
      })
      const { body } = await get(`${base}/appointments/week?${day}`)
      const days = body.split('<section class="week-day"').slice(1)
      expect(days).toHaveLength(7)
      expect(days.map((text) => text.includes('Inventur'))).toEqual([false, true, true, true, false, false, false])
      expect(days[1]?.indexOf('Erika Beispiel')).toBeLessThan(days[1]?.indexOf('Jonas Probe') ?? 0)
      expect(days[1]).toContain(`${base}/appointments/${one.id}`)
      expect((await get(`${base}/appointments/week?date=2026-11-24&branch=west`)).body).not.toContain('Inventur')
    })

    it('lists appointments from a day on, narrowed by colleague and status', async () => {
      const { get } = await person('viewer')
      await served.book('10:00', 'nina', 'Erika Beispiel')
      const { id } = await served.book('12:00', 'udo', 'Jonas Probe')
      await served.desk.app.cancelAppointment(served.scope, served.profile, id, undefined)
      const names = async (query: string) => {
        const { body } = await get(`${base}/appointments/list?${query}`)
        return ['Erika Beispiel', 'Jonas Probe'].filter((name) => body.includes(name))
      }
      expect(await names(day)).toEqual(['Erika Beispiel', 'Jonas Probe'])
      expect(await names(`${day}&staff=nina`)).toEqual(['Erika Beispiel'])
      expect(await names('date=2026-11-24&status=cancelled')).toEqual(['Jonas Probe'])
      expect(await names('date=2026-11-25')).toEqual([])
    })
  })

  describe('customers', () => {
    it('are listed, found by number or e-mail in any spelling, and shown with what they have', async () => {
      const { get } = await person('viewer')
      const one = await served.book('10:00', 'nina', 'Erika Beispiel')
      expect((await get(`${base}/customers`)).body).toContain('Erika Beispiel')
      for (const q of ['+49 171 3920001', 'MAX@salon-sonne.example']) {
        const { body } = await get(`${base}/customers?q=${encodeURIComponent(q)}`)
        expect(body).toContain('Max Muster')
        expect(body).not.toContain('Erika Beispiel')
      }
      const nobody = (await get(`${base}/customers?q=Erika`)).body
      expect(nobody).toContain('Namen liegen verschlüsselt')
      const shown = (await get(`${base}/customers/${one.customer}`)).body
      expect(shown).toContain('Kommende Termine')
      expect(shown).toContain(`${base}/appointments/${one.id}`)
      expect((await get(`${base}/customers/cus_99999999`)).statusCode).toBe(404)
    })
  })

  describe('who may', () => {
    it('look may not change: no buttons, and 403 for forms and what they send', async () => {
      const viewer = await person('viewer')
      const one = await served.book('10:00', 'nina', 'Erika Beispiel')
      const blocked = (
        await served.desk.app.blockTime(served.scope, served.profile, {
          ...{ branch: undefined, staff: 'nina', startsAt: tuesday('12:00'), endsAt: tuesday('13:00') },
          reason: undefined,
        })
      )._unsafeUnwrap().blocked
      for (const url of [`appointments?${day}`, `appointments/${one.id}`, `blocked-times/${blocked.id}`]) {
        const { body, statusCode } = await viewer.get(`${base}/${url}`)
        expect(statusCode, url).toBe(200)
        expect(body, url).not.toMatch(/\/new|\/move|\/cancel|\/lift/)
      }
      const { send } = await viewer.open(`${base}/calls`)
      for (const url of [
        'appointments/new',
        `appointments/${one.id}/move`,
        `appointments/${one.id}/cancel`,
        'blocked-times/new',
        `blocked-times/${blocked.id}/lift`,
      ]) {
        if (!url.endsWith('/lift')) expect((await viewer.get(`${base}/${url}`)).statusCode, url).toBe(403)
        expect((await send({}, `${base}/${url}`)).statusCode, url).toBe(403)
      }
      expect((await all())[0]?.appointment.status).toBe('confirmed')
    })

    it('come from another site may not send: every form wants the token of its page', async () => {
      const { open } = await person()
      const one = await served.book('10:00', 'nina', 'Erika Beispiel')
      for (const url of ['appointments/new', `appointments/${one.id}/cancel`, 'blocked-times/new']) {
        const { send } = await open(`${base}/${url}`)
        expect((await send({ ...cut, ...erika, at: at('11:00'), _csrf: 'forged' })).statusCode, url).toBe(403)
      }
      expect(await all()).toHaveLength(1)
    })
  })
})
