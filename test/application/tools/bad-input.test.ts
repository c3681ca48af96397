import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tools } from '../../../src/application/tools/registry.ts'
import { isObject, type Json, type JsonObject } from '../../../src/domain/canonical-json.ts'
import { instant } from '../../../src/domain/time.ts'
import { type Desk, openDesk, salon } from '../desk.ts'

const statuses = new Set(
  `ready found new_customer anonymous ok needs_service needs_branch needs_date ambiguous past past_time available unavailable
  closed notice_too_short beyond_booking_window alternatives needs_time no_availability not_offered_here
  staff_cannot_provide_service already_booked calendar_unreachable booking_not_offered reserved slot_taken released booked pending
  needs_name needs_email needs_repeat needs_confirmation not_booked none verification_needed cancelled not_found multiple_found denied needs_new_time
  rescheduled callback_created needs_phone needs_message message_taken`.split(/\s+/),
)

const pages = 'Ich hätte gern einen Termin für meine Tochter am Dienstag um zehn bei Nina. '.repeat(1500)

/** What language models, flows and callers have sent, and worse. */
const nasty: readonly Json[] = [
  '',
  ' ',
  'null',
  'undefined',
  'None',
  '{{call_id}}',
  '{{new_datum}} um {{new_uhrzeit}}',
  'unbekannt',
  'N/A',
  pages,
  '\u0000\u202e\n\t',
  '👩‍🦰💇',
  "'; DROP TABLE appointments; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  'apt_1',
  'off_1',
  '99:99',
  '31.02.',
  '0000-00-00T00:00',
  'halb',
  'zwischen',
  -1,
  0,
  1e308,
  true,
  false,
  null,
  [],
  ['Herrenhaarschnitt'],
  {},
  { every: 'week', count: 1e9 },
  { every: 'week', until: 'nie' },
]
const sensible: readonly Json[] = [
  'Herrenhaarschnitt',
  'Haarschnitt',
  'Dienstag',
  'morgen',
  'nächste Woche',
  '10 Uhr',
  'vormittags',
  'morgen um halb elf',
  'Nina',
  'Udo',
  'Jonas Probe',
  '0171 3920002',
  'ja',
  { every: 'week', count: 3 },
]

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...sensible) },
  { weight: 4, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ maxLength: 300 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }).map((any) => any as Json) },
)

const wish = { service: 'Herrenhaarschnitt', date: 'morgen', time: '10 Uhr' }

const request = fc.constantFrom(...tools).chain((tool) => {
  const spellings = Object.entries(tool.args).flatMap(([name, { aliases }]) => [name, ...aliases])
  const key = fc.constantFrom('call_id', 'name', '__proto__', 'constructor', ...spellings)
  return fc.record({
    tool: fc.constantFrom(tool.name, ...tool.aliases),
    args: fc
      .tuple(
        fc.constantFrom<JsonObject>({}, wish, { ...wish, name: 'Jonas Probe' }),
        fc.dictionary(key, value, { maxKeys: 6 }),
      )
      .map(([usual, odd]) => ({ ...usual, ...odd })),
    from: fc.constantFrom('+491713920001', '+4915550100001', 'anonymous', ''),
  })
})

/** A flat answer with a sentence to say, small enough for Retell. */
const isAnAnswer = (answer: JsonObject): void => {
  expect(answer.success).toBe(true)
  expect(statuses, String(answer.status)).toContain(answer.status)
  expect(answer.data).toBeUndefined()
  expect(JSON.stringify(answer).length).toBeLessThan(15_000)
  const message = String(answer.message)
  expect(message).toMatch(/^\S.*[.?!]$/u)
  expect(message.length).toBeLessThan(500)
  expect(message).not.toMatch(/undefined|NaN|\{\{|\[object|\bnull\b|\p{Cc}|\s{2}|[<>{}[\]|\\]/u)
}

/** Everybody's time belongs to an offer or an appointment that is there. */
const nothingIsHalfDone = async (desk: Desk): Promise<void> => {
  const profile = await desk.ports.directory.profile(
    (await desk.ports.directory.companyBySlug('salon-sonne')) ?? 'com_none',
  )
  const resources = [...(profile?.staff ?? []), ...(profile?.branches ?? [])].map(({ id }) => id)
  await desk.look(async (tx) => {
    const busy = await tx.occupancy.between(resources, instant(0), instant(4e12), desk.clock.now())
    for (const { owner } of busy) {
      if (owner.startsWith('off_')) {
        expect((await tx.offers.find(owner as `off_${string}`))?.state, owner).toBe('open')
      } else {
        const appointment = await tx.appointments.find(owner as `apt_${string}`)
        expect(appointment?.status, owner).toMatch(/^(confirmed|pending)$/)
      }
    }
  })
}

describe('whatever an agent sends', () => {
  it('is answered with a status, a sentence and nothing half done', async () => {
    const desk = await openDesk()
    let calls = 0
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 4 }), async (requests) => {
        calls += 1
        for (const { tool, args, from } of requests) {
          isAnAnswer(await desk.ask(tool, args, { call: `call_${calls}`, from }))
        }
        await nothingIsHalfDone(desk)
      }),
      { numRuns: 250 },
    )
  }, 60_000)

  it.each(tools.map(({ name, args }) => [name, Object.keys(args)] as const))(
    '%s has an answer to each bad value of each of its arguments',
    async (name, args) => {
      for (const arg of args) {
        const desk = await openDesk()
        for (const [index, bad] of nasty.entries()) {
          isAnAnswer(await desk.ask(name, { ...wish, name: 'Jonas Probe', [arg]: bad }, { call: `call_${index}` }))
        }
        await nothingIsHalfDone(desk)
      }
      const desk = await openDesk()
      for (const bad of nasty) isAnAnswer(await desk.ask(name, Object.fromEntries(args.map((arg) => [arg, bad]))))
      await nothingIsHalfDone(desk)
    },
  )

  it('takes what means "not given" for not given', async () => {
    const [one, other] = [await openDesk(), await openDesk()]
    const plain = await one.ask('check_availability', wish)
    for (const nothing of ['', '  ', 'null', 'undefined', 'None', 'unbekannt', '{{staff}}', [], {}, null]) {
      const desk = nothing === '' ? other : await openDesk()
      expect(await desk.ask('check_availability', { ...wish, staff: nothing }), JSON.stringify(nothing)).toEqual(plain)
    }
  })

  it.each(tools.map(({ name }) => [name]))(
    '%s is answered a hundred times over, and nothing more comes of it',
    async (name) => {
      const desk = await openDesk()
      const request = { ...wish, customer_name: 'Jonas Probe', bestaetigung: 'ja' }
      for (let again = 0; again < 100; again += 1) isAnAnswer(await desk.ask(name, request))
      await nothingIsHalfDone(desk)
      expect((await desk.look((tx) => tx.appointments.ofCall('call_a'))).length).toBeLessThanOrEqual(1)
    },
  )

  it('in a company without booking takes nobody’s time', async () => {
    const desk = await openDesk([salon.replace('booking: true', 'booking: false')])
    await fc.assert(
      fc.asyncProperty(request, async ({ tool, args, from }) => {
        isAnAnswer(await desk.ask(tool, args, { from }))
      }),
      { numRuns: 100 },
    )
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toEqual([])
  })

  it('is read under another of its names when one holds what is no text', async () => {
    for (const odd of [[], {}, { name: 'Bartpflege' }, '', null]) {
      const desk = await openDesk()
      const request = { ...wish, service: odd, dienstleistung: 'Herrenhaarschnitt' }
      expect(await desk.ask('check_availability', request), JSON.stringify(odd)).toMatchObject({ status: 'available' })
    }
  })

  it('never makes an argument out of what is inherited', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('check_availability', JSON.parse('{"__proto__": {"service": "Herrenhaarschnitt"}}'))
    expect(isObject(answer) && answer.status).toBe('needs_service')
  })
})
