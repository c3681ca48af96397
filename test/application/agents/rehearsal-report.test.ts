import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readReport } from '../../../src/application/agents/rehearsal-report.ts'
import { sayRehearsalFault } from '../../../src/application/agents/rehearsal-words.ts'
import type { PlayedScript, RehearsalFault, RehearsalLine } from '../../../src/application/agents/rehearse.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { instant } from '../../../src/domain/time.ts'

const text = fc.string({ maxLength: 12 })
const named = (kind: 'not-a-parameter' | 'required-missing' | 'tool-missing' | 'tool-elsewhere') =>
  text.map((name): RehearsalFault => ({ kind, name }))
const faults: fc.Arbitrary<RehearsalFault> = fc.oneof(
  named('not-a-parameter'),
  named('required-missing'),
  named('tool-missing'),
  named('tool-elsewhere'),
  fc.tuple(text, text).map(([name, allowed]): RehearsalFault => ({ kind: 'not-allowed', name, allowed })),
  fc.tuple(text, text).map(([wanted, found]): RehearsalFault => ({ kind: 'unmet', wanted, found })),
  text.map((status): RehearsalFault => ({ kind: 'failed', status })),
  text.map((sentence): RehearsalFault => ({ kind: 'claim', sentence })),
)
const objects: fc.Arbitrary<JsonObject> = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null)))
const lines: fc.Arbitrary<RehearsalLine> = fc.oneof(
  fc.record({ kind: fc.constantFrom('agent' as const, 'caller' as const), text }),
  fc.record({
    ...{ kind: fc.constant('tool' as const), tool: text, args: objects },
    ...{ answer: fc.option(objects, { nil: undefined }), faults: fc.array(faults, { maxLength: 3 }) },
  }),
)
const count = fc.nat(20)
const scripts: fc.Arbitrary<PlayedScript> = fc.record({
  ...{ name: text, isUsual: fc.boolean(), passed: fc.boolean(), at: fc.nat().map(instant) },
  ...{ lines: fc.array(lines, { maxLength: 5 }), faults: fc.array(faults, { maxLength: 3 }) },
  effects: fc.record({ booked: count, rescheduled: count, cancelled: count }),
})

it('is read as it was written', () => {
  fc.assert(
    fc.property(fc.array(scripts, { maxLength: 3 }), (played) => {
      const report: JsonObject = JSON.parse(JSON.stringify({ scripts: played }))
      expect(readReport({ report, at: instant(0) })).toEqual(played)
    }),
  )
})

it('is nothing where there is nothing that can be read', () => {
  for (const report of [{}, { scripts: 'none' }, { scripts: [null, 1] }])
    expect(readReport({ report, at: instant(7) })).toEqual([])
  const odd = { scripts: [{ lines: [{ kind: 'sings' }, 3], faults: [{ kind: 'new' }] }] }
  expect(readReport({ report: odd, at: instant(7) })).toMatchObject([{ at: 7, lines: [], faults: [], passed: false }])
})

it('has a sentence of its own for each fault in each language', () => {
  fc.assert(
    fc.property(faults, (fault) => {
      const [german, english] = [sayRehearsalFault(fault, 'de'), sayRehearsalFault(fault, 'en')]
      expect(german).not.toBe(english)
      for (const said of [german, english]) expect(said).not.toMatch(/undefined|\[object/)
    }),
  )
})

it.each([
  ['status booked | pending', '', /„booked, pending“/],
  ['says "so"', 'anders', /„so“.*„anders“/],
  ['says "so"', '', /gesagt wurde nichts/],
  ['never says "nie"', 'nie', /„nie“ sollte nie/],
  ['cancelled: 2', '0', /2 Termine abgesagt sein, gezählt wurden 0/],
  ['booked: 1', '3', /1 Termin gebucht sein, gezählt wurden 3/],
  ['branch "mitte"', '"west"', /Erwartet war branch "mitte", gekommen ist "west"/],
])('says of %s that it was %j', (wanted, found, said) => {
  expect(sayRehearsalFault({ kind: 'unmet', wanted, found }, 'de')).toMatch(said)
})
