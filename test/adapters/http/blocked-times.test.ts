import { describe, expect, it } from 'vitest'
import { openApi } from './api.ts'

const base = '/api/v1/companies/salon-sonne'
const course = { staff: 'nina', from: '2026-11-24T09:00:00+01:00', to: '2026-11-24T12:00:00+01:00', reason: 'Kurs' }

describe('blocked times over the API', () => {
  it('are set, listed and lifted, and name the appointments that stand inside', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const cut = { branch: 'mitte', service: 'damenhaarschnitt', attendee_name: 'Erika Beispiel' }
    const booked = await api.ask(staff, 'POST', `${base}/appointments`, {
      ...cut,
      starts_at: '2026-11-24T10:00:00+01:00',
    })
    const set = await api.ask(staff, 'POST', `${base}/blocked-times`, course, { 'idempotency-key': 'k' })
    expect(set.statusCode, set.body).toBe(201)
    expect(set.json()).toMatchObject({
      ...{ from: course.from, to: course.to, reason: 'Kurs', branch: null, created_by: { kind: 'token' } },
      staff: { slug: 'nina', name: 'Nina Probe' },
      appointments: [{ id: booked.json().id, status: 'confirmed' }],
    })
    const again = await api.ask(staff, 'POST', `${base}/blocked-times`, course, { 'idempotency-key': 'k' })
    expect(again.body).toBe(set.body)

    const { appointments: _inside, ...blocked } = set.json()
    const viewer = await api.token('viewer')
    expect((await api.ask(viewer, 'GET', `${base}/blocked-times`)).json()).toEqual({ items: [blocked], next: null })
    const elsewhere = await api.ask(viewer, 'GET', `${base}/blocked-times?from=2026-11-25`)
    expect(elsewhere.json().items).toEqual([])
    const free = `${base}/availability?branch=mitte&service=damenhaarschnitt&date=2026-11-24`
    expect((await api.ask(viewer, 'GET', free)).json().items[0]).toMatchObject({ starts_at: course.to })
    const refused = await api.ask(staff, 'POST', `${base}/appointments`, { ...cut, starts_at: course.from })
    expect(refused.statusCode).toBe(409)

    const lifted = await api.ask(staff, 'DELETE', `${base}/blocked-times/${blocked.id}`)
    expect(lifted.json()).toEqual(blocked)
    expect((await api.ask(staff, 'DELETE', `${base}/blocked-times/${blocked.id}`)).statusCode).toBe(404)
    expect((await api.ask(staff, 'POST', `${base}/appointments`, { ...cut, starts_at: course.from })).statusCode).toBe(
      201,
    )
  })

  it('are of a whole branch when one is named, and of nothing when neither or both are', async () => {
    const api = await openApi()
    const staff = await api.token('staff')
    const { staff: _nobody, ...when } = course
    const whole = await api.ask(staff, 'POST', `${base}/blocked-times`, { ...when, branch: 'west' })
    expect(whole.json()).toMatchObject({ staff: null, branch: { slug: 'west' }, appointments: [] })
    for (const [wrong, pointer] of [
      [when, '/staff'],
      [{ ...course, branch: 'mitte' }, '/branch'],
      [{ ...course, to: course.from }, '/to'],
      [{ ...course, from: 'morgen' }, '/from'],
    ] as const) {
      const answer = await api.ask(staff, 'POST', `${base}/blocked-times`, wrong)
      expect(answer.statusCode, answer.body).toBe(422)
      expect(answer.json()).toMatchObject({ errors: [{ pointer }] })
    }
  })

  it('are set by staff and above, seen by everybody of the company, and missing for others', async () => {
    const api = await openApi()
    const viewer = await api.token('viewer')
    expect((await api.ask(viewer, 'POST', `${base}/blocked-times`, course)).statusCode).toBe(403)
    expect((await api.ask(viewer, 'DELETE', `${base}/blocked-times/blk_00000001`)).statusCode).toBe(403)
    const foreign = await api.token('company_admin', 'praxis-mond')
    expect((await api.ask(foreign, 'GET', `${base}/blocked-times`)).statusCode).toBe(404)
    expect((await api.ask(foreign, 'POST', `${base}/blocked-times`, course)).statusCode).toBe(404)
  })
})
