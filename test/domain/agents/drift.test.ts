import { describe, expect, it } from 'vitest'
import { type Drift, driftOf } from '../../../src/domain/agents/drift.ts'

const hashes = [undefined, 'a', 'b', 'c'] as const
const all = hashes.flatMap((ours) => hashes.flatMap((base) => hashes.map((theirs) => ({ ours, base, theirs }))))

/** The same in other words: who moved away from the base, and whether both stand at the same place. */
const inWords = ({ ours: draft, base, theirs }: (typeof all)[number]): Drift => {
  const ours = draft ?? base
  if (ours === undefined || theirs === undefined) return 'unknown'
  const [weMoved, theyMoved] = [ours !== base, theirs !== base]
  if (weMoved && theyMoved) return ours === theirs ? 'clean' : 'diverged'
  if (weMoved) return 'ours_ahead'
  return theyMoved ? 'theirs_ahead' : 'clean'
}

const mirrored: { readonly [Status in Drift]: Drift } = {
  clean: 'clean',
  ours_ahead: 'theirs_ahead',
  theirs_ahead: 'ours_ahead',
  diverged: 'diverged',
  unknown: 'unknown',
}

describe('drift', () => {
  it.each(all)('follows from who moved: $ours, $base, $theirs', (sides) => {
    expect(driftOf(sides)).toBe(inWords(sides))
  })

  it('is mirrored when the sides are swapped', () => {
    for (const { ours, base, theirs } of all.filter(
      (sides) => sides.ours !== undefined && sides.theirs !== undefined,
    )) {
      expect(driftOf({ ours: theirs, base, theirs: ours })).toBe(mirrored[driftOf({ ours, base, theirs })])
    }
  })

  it.each<[string, Parameters<typeof driftOf>[0], Drift]>([
    ['equal changes on both sides', { ours: 'new', base: 'old', theirs: 'new' }, 'clean'],
    ['sides that are equal and never were seen so', { ours: 'a', base: undefined, theirs: 'a' }, 'clean'],
    ['no draft', { ours: undefined, base: 'a', theirs: 'a' }, 'clean'],
    ['sides without a common past', { ours: 'a', base: undefined, theirs: 'b' }, 'diverged'],
    ['a Retell that was not seen', { ours: 'a', base: 'a', theirs: undefined }, 'unknown'],
  ])('of %s', (_, sides, drift) => {
    expect(driftOf(sides)).toBe(drift)
  })
})
