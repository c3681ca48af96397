import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { MINUTE, parseInstant } from '../../../src/domain/time.ts'
import { openDesk, praxis, salon } from '../desk.ts'

const when = { date: '24.11.', time: '10 Uhr' }
const asking = [
  'check_availability',
  'find_alternatives',
  'reserve_slot',
  'get_service_info',
  'book_appointment',
] as const
const minutesOf = ({ starts_at, ends_at }: JsonObject): number =>
  (parseInstant(String(ends_at))._unsafeUnwrap() - parseInstant(String(starts_at))._unsafeUnwrap()) / MINUTE

describe('what went wrong with services, staff and branches elsewhere', () => {
  it.each(['', 'Beratung', 'irgendwas', 'Hundesalon'])('I-79 no service is ever a default: %j', async (service) => {
    const desk = await openDesk()
    for (const tool of asking) {
      const answer = await desk.ask(tool, { ...when, service, name: 'Jonas Probe' }, { call: tool })
      expect(answer.status, tool).toBe('needs_service')
      expect(answer.candidates, tool).toHaveLength(2)
    }
  })

  it('I-80 what was checked is what is booked: service, colleague and duration', async () => {
    const desk = await openDesk()
    const checked = await desk.ask('check_availability', { ...when, service: 'Damenhaarschnitt' })
    const booked = await desk.ask('book_appointment', { offer_id: String(checked.offer_id), name: 'Erika Beispiel' })
    for (const field of ['service', 'service_slug', 'staff', 'staff_slug', 'starts_at', 'ends_at', 'branch_slug']) {
      expect(booked[field], field).toEqual(checked[field])
    }
  })

  it('I-81 what another company offers is unknown here, by name, slug and id, and so are its people', async () => {
    const massage = praxis
      .replaceAll('bartpflege', 'massage')
      .replaceAll('Bartpflege', 'Massage')
      .replaceAll('Udo Beispiel', 'Kunigunde Probe')
    const desk = await openDesk([salon, massage])
    const there = await desk.ports.directory.profile((await desk.scopeOf('praxis-mond')).company)
    const { id } = there?.services.find(({ slug }) => slug === 'massage') ?? {}
    expect(id).toMatch(/^svc_/)
    for (const service of ['Massage', 'massage', String(id)]) {
      for (const tool of asking) {
        const answer = await desk.ask(tool, { ...when, service, name: 'Jonas Probe' }, { call: tool })
        expect(answer.status, `${tool} ${service}`).toBe('needs_service')
        expect(JSON.stringify(answer)).not.toContain('Massage')
      }
    }
    const wish = { ...when, service: 'Herrenhaarschnitt', staff: 'Kunigunde' }
    expect(await desk.ask('check_availability', wish)).toMatchObject({ status: 'staff_cannot_provide_service' })
  })

  it("I-82 another branch's service is named as such and never taken", async () => {
    const desk = await openDesk()
    for (const tool of asking) {
      expect(
        await desk.ask(tool, { ...when, service: 'Bartpflege', name: 'Jonas Probe' }, { call: tool }),
      ).toMatchObject({
        status: 'not_offered_here',
        offered_at: [{ slug: 'west' }],
      })
    }
  })

  it("I-79 and I-82 the very name of another branch's service is no mishearing of one here", async () => {
    const desk = await openDesk()
    const west = { to: '+493023125102' }
    for (const service of ['Damenhaarschnitt', 'Damenharschnitt']) {
      expect(await desk.ask('check_availability', { ...when, service }, west), service).toMatchObject({
        status: 'not_offered_here',
        service_slug: 'damenhaarschnitt',
        offered_at: [{ slug: 'mitte' }],
      })
    }
    expect(await desk.ask('check_availability', { ...when, service: 'Herrenharschnitt' }, west)).toMatchObject({
      service_slug: 'herrenhaarschnitt',
    })
  })

  it('I-83 the duration is that of the service, whatever the agent sends', async () => {
    const desk = await openDesk()
    const request = { ...when, service: 'Damenhaarschnitt', duration: 15, duration_minutes: '15' }
    expect(minutesOf(await desk.ask('check_availability', request))).toBe(60)
    const { alternatives } = await desk.ask('find_alternatives', request)
    for (const one of Array.isArray(alternatives) ? alternatives : []) expect(minutesOf(Object(one))).toBe(60)
    expect(minutesOf(await desk.ask('book_appointment', { ...request, name: 'Erika Beispiel' }))).toBe(60)
  })

  it('I-87 somebody is named for the work before it is booked', async () => {
    const desk = await openDesk()
    const booked = await desk.ask('book_appointment', { ...when, service: 'Herrenhaarschnitt', name: 'Jonas Probe' })
    expect(booked.staff_slug).toMatch(/^(nina|udo)$/)
  })

  it('I-88 whoever was found for "anyone" is who does it', async () => {
    const desk = await openDesk()
    const checked = await desk.ask('check_availability', { ...when, service: 'Herrenhaarschnitt' })
    const wish = { ...when, service: 'Herrenhaarschnitt', staff: String(checked.staff) }
    expect(await desk.ask('check_availability', wish, { call: 'call_b' })).toMatchObject({ status: 'unavailable' })
    expect(await desk.ask('book_appointment', { name: 'Jonas Probe' })).toMatchObject({ staff: checked.staff })
  })

  it.each([
    ['Udo', 'Damenhaarschnitt', 'Udo Beispiel', ['nina']],
    ['Kunigunde', 'Herrenhaarschnitt', 'Kunigunde', ['nina', 'udo']],
  ])('I-89 a wish for %s is honoured or explained', async (staff, service, requested, who) => {
    const desk = await openDesk()
    for (const tool of ['check_availability', 'find_alternatives', 'reserve_slot', 'book_appointment']) {
      const answer = await desk.ask(tool, { ...when, service, staff, name: 'Jonas Probe' }, { call: tool })
      expect(answer, tool).toMatchObject({
        status: 'staff_cannot_provide_service',
        requested_staff: requested,
        who_can: who.map((slug) => ({ slug })),
      })
      expect(answer.message).toContain(requested)
    }
  })

  it('I-90 whoever is named as able can be booked', async () => {
    const desk = await openDesk()
    for (const service of ['Herrenhaarschnitt', 'Damenhaarschnitt']) {
      const { who_can } = await desk.ask('get_service_info', { service })
      for (const one of Array.isArray(who_can) ? who_can : []) {
        const { slug } = Object(one)
        const wish = { ...when, time: service === 'Herrenhaarschnitt' ? '10 Uhr' : '14 Uhr', service, staff: slug }
        expect(await desk.ask('check_availability', wish, { call: `${service}_${slug}` }), slug).toMatchObject({
          status: 'available',
          staff_slug: slug,
        })
      }
    }
  })

  it('I-115 and I-116 what is offered is free, and never what was refused', async () => {
    const desk = await openDesk()
    const wish = { ...when, service: 'Damenhaarschnitt' }
    await desk.ask('book_appointment', { ...wish, name: 'Erika Beispiel' }, { call: 'call_b' })
    const refused = await desk.ask('check_availability', wish)
    expect(refused.status).toBe('unavailable')
    const found = await desk.ask('find_alternatives', wish)
    for (const answer of [refused, found]) {
      const times = Array.isArray(answer.alternatives) ? answer.alternatives.map((one) => Object(one)) : []
      expect(times).toHaveLength(3)
      for (const { starts_at, date, time } of times) {
        expect(starts_at).not.toBe('2026-11-24T10:00:00+01:00')
        expect(await desk.ask('check_availability', { ...wish, date, time })).toMatchObject({
          status: 'available',
          starts_at,
        })
      }
    }
  })
})
