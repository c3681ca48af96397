import { describe, expect, it } from 'vitest'
import { plainCalendarMessage, plainCalendarSignature } from '../../../src/adapters/memory/calendar-messages.ts'
import { secret } from '../../../src/domain/secret.ts'
import { told } from '../../application/calendar/hearing.ts'
import { portsWithCalendar, salonWithCalendar } from '../../application/calendar-set-up.ts'
import { openApi } from './api.ts'

const base = '/api/v1/companies/salon-sonne/calendar/differences'

const open = async () => {
  const api = await openApi({ salon: salonWithCalendar, open: (clock) => portsWithCalendar(clock).ports })
  const hear = async (uid: string) => {
    const booking = told(uid, '11:00', { eventType: 4711 })
    const news = { kind: 'booking', booking } as const
    const body = plainCalendarMessage({ event: 'BOOKING_CREATED', at: api.desk.clock.now(), sameAs: uid, news })
    const signature = plainCalendarSignature(body, secret('whsec_sonne'))
    await api.desk.app.acceptCalendar('salon-sonne', { body: Buffer.from(body), signature, address: '192.0.2.9' })
    await api.desk.work()
  }
  return { ...api, hear }
}

describe('differences to a calendar over the API', () => {
  it('are read by everybody and settled by managers', async () => {
    const api = await open()
    await api.hear('uid_x')
    const viewer = await api.token('viewer')
    const listed = await api.ask(viewer, 'GET', base)
    expect(listed.statusCode, listed.body).toBe(200)
    expect(listed.json()).toEqual({
      items: [
        {
          kind: 'unmatched',
          appointment: null,
          bookings: [
            {
              ...{ uid: 'uid_x', starts_at: '2026-11-23T11:00:00+01:00', ends_at: null, status: 'accepted' },
              ...{ event_type_id: 4711, host: null, seen_at: '2026-11-20T10:00:00+01:00' },
              attendee: { name: 'Erika Beispiel', phone: '+491713920002', email: 'erika@example.com' },
            },
          ],
          decisions: ['look_again', 'take_over', 'keep_ours', 'cancel_there'],
        },
      ],
      more: false,
    })
    const decision = { booking: 'uid_x', decision: 'take_over', branch: 'mitte', service: 'herrenhaarschnitt' }
    expect((await api.ask(await api.token('staff'), 'POST', `${base}/settle`, decision)).statusCode).toBe(403)
    const settled = await api.ask(await api.token('manager'), 'POST', `${base}/settle`, decision)
    expect([settled.statusCode, settled.json()]).toEqual([200, { left: null }])
    const { items } = (await api.ask(viewer, 'GET', '/api/v1/companies/salon-sonne/appointments')).json()
    expect(items).toMatchObject([
      { source: 'calendar', provider: { uid: 'uid_x' }, history: [{ actor: { kind: 'token' } }] },
    ])
    expect((await api.ask(viewer, 'GET', base)).json()).toEqual({ items: [], more: false })
  })

  it('say what is wrong with a decision', async () => {
    const api = await open()
    await api.hear('uid_x')
    const manager = await api.token('manager')
    const settle = (body: unknown) => api.ask(manager, 'POST', `${base}/settle`, body)
    const unfit = await settle({ booking: 'uid_x', decision: 'book_there' })
    expect(unfit.statusCode).toBe(409)
    expect(unfit.json()).toMatchObject({
      type: '/problems/decision-unfit',
      detail: expect.stringContaining('take_over'),
    })
    for (const body of [
      { decision: 'look_again' },
      { booking: 'uid_x', appointment: 'apt_00000001', decision: 'look_again' },
      { booking: 'uid_x', decision: 'nonsense' },
      { booking: 'uid_x', decision: 'take_over', branch: 'nirgends', service: 'herrenhaarschnitt' },
    ]) {
      expect((await settle(body)).statusCode, JSON.stringify(body)).toBe(422)
    }
    for (const about of [{ booking: 'uid_y' }, { appointment: 'nonsense' }, { appointment: 'apt_99999999' }]) {
      expect((await settle({ ...about, decision: 'look_again' })).statusCode, JSON.stringify(about)).toBe(404)
    }
    const stranger = await api.token('manager', 'praxis-mond')
    const foreign = await api.ask(stranger, 'POST', '/api/v1/companies/praxis-mond/calendar/differences/settle', {
      booking: 'uid_x',
      decision: 'keep_ours',
    })
    expect(foreign.statusCode).toBe(404)
  })
})
