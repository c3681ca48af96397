import { afterEach, expect, it } from 'vitest'
import { spokenMoment } from '../../../src/domain/speech/say.ts'
import { at, berlin, contextAt, meaning } from './berlin.ts'

const before = process.env.TZ
afterEach(() => {
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
})

const sayings =
  `heute|morgen|Montag um halb drei|nächste Woche Dienstag|Freitag vormittags|in einer Stunde|in zwei Tagen um 9 Uhr|
  heute um 23 Uhr|19.11. 14:30|2026-03-29 03:00|2026-03-29 02:30|tomorrow at 9 am|2026-03-28T23:30:00Z|ab 16 Uhr|gestern`.split(
    '|',
  )
const moments = [
  '2025-11-12T00:30:00+01:00',
  '2025-11-12T23:30:00+01:00',
  '2026-03-28T23:45:00+01:00',
  '2026-10-25T02:30:00+01:00',
]

const everything = () =>
  moments.flatMap((moment) => [
    spokenMoment('de', at(moment), berlin),
    ...sayings.map((said) => meaning(said.trim(), contextAt(at(moment)))),
  ])

it('means the same wherever the machine stands', () => {
  const offsets = new Set<number>()
  const meanings = ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Europe/Berlin'].map(
    (zone) => {
      process.env.TZ = zone
      offsets.add(new Date(at(moments[0] ?? '')).getTimezoneOffset())
      return everything()
    },
  )
  expect(offsets.size).toBe(5)
  for (const one of meanings) expect(one).toEqual(meanings[0])
})
