import { describe, expect, it } from 'vitest'
import { DAY, MINUTE } from '../../../src/domain/time.ts'
import { openApi } from './api.ts'

const url = '/api/v1/companies/salon-sonne/appointments'
const wish = {
  branch: 'mitte',
  service: 'herrenhaarschnitt',
  starts_at: '2026-11-24T10:00:00+01:00',
  attendee_name: 'Erika Beispiel',
}
const key = { 'idempotency-key': 'k-1' }

describe('a write with an Idempotency-Key', () => {
  it('has one effect and one answer, however often it is sent', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const first = await api.ask(staff, 'POST', url, wish, key)
    const again = await api.ask(staff, 'POST', url, wish, key)
    expect(first.statusCode).toBe(201)
    expect([again.statusCode, again.body]).toEqual([201, first.body])
    expect(again.headers['content-type']).toBe(first.headers['content-type'])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect((await api.ask(staff, 'GET', url)).json().items).toHaveLength(1)
    const unkeyed = await api.ask(staff, 'POST', url, wish)
    expect(unkeyed.statusCode).toBe(201)
    expect(unkeyed.body).not.toBe(first.body)
  })

  it('is refused when it says something else, and is another one elsewhere or for somebody else', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const first = await api.ask(staff, 'POST', url, wish, key)
    const other = await api.ask(staff, 'POST', url, { ...wish, attendee_name: 'Max Muster' }, key)
    expect(other.statusCode).toBe(422)
    expect(other.json()).toMatchObject({ type: '/problems/idempotency-key-reused' })
    const { id } = first.json()
    expect((await api.ask(staff, 'DELETE', `${url}/${id}`, undefined, key)).json()).toMatchObject({
      status: 'cancelled',
    })
    const someoneElse = await api.ask(await api.token('staff'), 'POST', url, wish, key)
    expect(someoneElse.statusCode).toBe(201)
    expect(someoneElse.json().id).not.toBe(id)
  })

  it('that arrives twice at once has one effect, and the second is told to wait', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.ask(staff, 'POST', url, wish, key)))
    expect(answers.filter(({ statusCode }) => statusCode === 201).length).toBeGreaterThan(0)
    for (const { statusCode } of answers) expect([201, 409]).toContain(statusCode)
    expect((await api.ask(staff, 'GET', url)).json().items).toHaveLength(1)
  })

  it('that is still running is told so', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const { transact } = api.desk.ports.store
    let letGo = () => {}
    const gate = new Promise<void>((resolve) => {
      letGo = resolve
    })
    Object.assign(api.desk.ports.store, {
      transact: async (...args: Parameters<typeof transact>) => {
        await gate
        return transact(...args)
      },
    })
    const first = api.ask(staff, 'POST', url, wish, key)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const second = await api.ask(staff, 'POST', url, wish, key)
    expect(second.statusCode).toBe(409)
    expect(second.json()).toMatchObject({ type: '/problems/still-running' })
    letGo()
    expect((await first).statusCode).toBe(201)
  })

  it('whose process was killed may be sent again after two minutes, and what comes late changes nothing', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const { transact } = api.desk.ports.store
    let letGo = () => {}
    const gate = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const stuck = async (...args: Parameters<typeof transact>) => {
      await gate
      return transact(...args)
    }
    Object.assign(api.desk.ports.store, { transact: stuck })
    const killed = api.ask(staff, 'POST', url, wish, key)
    await new Promise((resolve) => setTimeout(resolve, 50))
    Object.assign(api.desk.ports.store, { transact })
    api.desk.clock.advance(2 * MINUTE - 1)
    expect((await api.ask(staff, 'POST', url, wish, key)).statusCode).toBe(409)
    api.desk.clock.advance(1)
    const first = await api.ask(staff, 'POST', url, wish, key)
    expect(first.statusCode).toBe(201)
    letGo()
    await killed
    const again = await api.ask(staff, 'POST', url, wish, key)
    expect([again.statusCode, again.body]).toEqual([201, first.body])
  })

  it('may be tried again after a refusal, and is forgotten after a day', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const refused = await api.ask(staff, 'POST', url, { ...wish, starts_at: '2026-11-22T10:00:00+01:00' }, key)
    expect(refused.statusCode).toBe(422)
    const first = await api.ask(staff, 'POST', url, wish, key)
    expect(first.statusCode).toBe(201)
    api.desk.clock.advance(DAY)
    const later = await api.ask(staff, 'POST', url, wish, key)
    expect(later.statusCode).toBe(201)
    expect(later.json().id).not.toBe(first.json().id)
  })
})
