import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pack, unpack } from '../../../src/adapters/sql/packed-deliveries.ts'
import type { NewDelivery } from '../../../src/application/ports/inbox.ts'
import { instant } from '../../../src/domain/time.ts'

const text = fc.string({ unit: 'grapheme' })
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
const moment = fc.integer({ min: 0, max: 4e12 }).map(instant)
const company = fc.constantFrom('com_00000001', 'com_00000002').map((id): `com_${string}` => `com_${id.slice(4)}`)
const delivery: fc.Arbitrary<NewDelivery> = fc.record({
  id: fc.nat().map((n): `dlv_${string}` => `dlv_${n}`),
  source: fc.constantFrom('retell', 'calcom'),
  event: text,
  callId: maybe(text),
  company: maybe(company),
  account: maybe(company),
  receivedAt: moment,
  address: fc.ipV6(),
  outcome: fc.constantFrom('accepted', 'refused', 'ignored'),
  stages: fc.array(
    fc.record({
      name: fc.constantFrom('received', 'signature', 'routed', 'stored'),
      at: moment,
      ok: fc.boolean(),
      detail: text,
    }),
  ),
  dedupeKey: maybe(text),
  body: maybe(text),
  dueAt: maybe(moment),
})

it('gives deliveries back as they were, whatever they have in common', () => {
  fc.assert(
    fc.property(fc.array(delivery), (deliveries) => {
      expect(unpack(pack(deliveries))).toEqual(deliveries)
    }),
  )
})

it('writes what deliveries have in common once', () => {
  const detail = 'It proves the sender.'
  const alike = fc.sample(delivery, { numRuns: 9, seed: 1 }).map((one) => ({
    ...one,
    stages: [{ name: 'signature', at: instant(0), ok: true, detail }] as const,
  }))
  expect(pack(alike).split(detail)).toHaveLength(2)
})

it('opens what was packed when bodies had no place of their own', () => {
  const stages = '[[4,1700000000000,1,5],[6,1700000000007,0,5]]'
  const texts = '["retell","call_started","::1","accepted","received","Fine.","stored"]'
  const old = `[${texts},[["dlv_1",0,1,"call_a",null,null,1700000000000,2,3,${stages},"key","{\\"a\\":1}",1700000000000]]]`
  expect(unpack(old)).toMatchObject([
    {
      body: '{"a":1}',
      stages: [
        { name: 'received', at: 1_700_000_000_000, ok: true, detail: 'Fine.' },
        { name: 'stored', at: 1_700_000_000_007, ok: false, detail: 'Fine.' },
      ],
      ...{ dueAt: 1_700_000_000_000, dedupeKey: 'key', address: '::1' },
    },
  ])
})

it('opens nothing that is not whole', () => {
  expect(() => unpack('')).toThrow()
  expect(() => unpack('[["a"],[["dlv_1",0,0,null,null,null,1,0,0,[],null,3,null]]]\nab')).toThrow('before their bodies')
  expect(() => unpack('[[],[["dlv_1",0,0,null,null,null,1,0,0,[],null,null,null]]]\n')).toThrow('not there')
})
