import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketOf, buckets, callerKey, choosesCandidate, nextStage } from '../../../src/domain/agents/rollout.ts'
import { parseCallerNumber, parseCountry } from '../../../src/domain/phone-number.ts'

const germany = parseCountry('DE')._unsafeUnwrap()
const callers = Array.from({ length: 20_000 }, (_, index) => `+4930231${String(25_000 + index * 7)}`)
const text = fc.string({ unit: 'grapheme', maxLength: 30 })

/** How far counts are from being equal: Pearson's statistic. */
const chiSquare = (counts: readonly number[]): number => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('where a caller stands', () => {
  it.each([
    // Computed by another implementation, which has MurmurHash3's published values.
    ['rol_1', '+493023125101', 8627],
    ['rol_2', '+493023125101', 7070],
    ['', '', 5715],
    ['größe', '☎', 3292],
  ])('is the same for ever: %j %j', (salt, key, bucket) => {
    expect(bucketOf(salt, key)).toBe(bucket)
  })

  it('is one of ten thousand places', () => {
    fc.assert(
      fc.property(text, text, (salt, key) => {
        const bucket = bucketOf(salt, key)
        expect(Number.isInteger(bucket) && bucket >= 0 && bucket < buckets).toBe(true)
      }),
    )
  })

  it.each(['rol_1', 'rol_2', 'rol_3', 'rol_4'])('is anywhere as often as anywhere else in %s', (salt) => {
    const counts = Array.from({ length: 100 }, () => 0)
    for (const caller of callers) {
      const bin = Math.floor(bucketOf(salt, caller) / 100)
      counts[bin] = (counts[bin] ?? 0) + 1
    }
    // Of 99 degrees of freedom: chance alone is beyond this once in ten thousand times.
    expect(chiSquare(counts)).toBeLessThan(161)
  })

  it('says nothing about where they stand in another rollout', () => {
    const counts = Array.from({ length: 16 }, () => 0)
    for (const caller of callers) {
      const cell = Math.floor(bucketOf('rol_1', caller) / 2500) * 4 + Math.floor(bucketOf('rol_2', caller) / 2500)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
    // Of 15 degrees of freedom, once in ten thousand times.
    expect(chiSquare(counts)).toBeLessThan(45)
  })
})

describe('who reaches the candidate', () => {
  const percent = fc.integer({ min: 0, max: 100 })

  it('goes on reaching it while the share grows', () => {
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), percent, percent, (salt, key, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        if (choosesCandidate({ salt, percent: less }, key)) {
          expect(choosesCandidate({ salt, percent: more }, key)).toBe(true)
        }
      }),
    )
  })

  it('is whoever stands below the share', () => {
    const chosen = (percent: number) => choosesCandidate({ salt: 'rol_1', percent }, '+493023125101')
    expect([86, 87].map(chosen)).toEqual([false, true])
  })

  it('is nobody at none and everybody at all', () => {
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), (salt, key) => {
        expect(choosesCandidate({ salt, percent: 0 }, key)).toBe(false)
        expect(choosesCandidate({ salt, percent: 100 }, key)).toBe(true)
      }),
    )
  })

  it.each([10, 50])('is about as many as were asked for: %i of a hundred', (share) => {
    const chosen = callers.filter((caller) => choosesCandidate({ salt: 'rol_5', percent: share }, caller)).length
    expect(Math.abs(chosen / callers.length - share / 100)).toBeLessThan(0.015)
  })

  it('is told apart by number, and by call where it is hidden', () => {
    expect(callerKey(parseCallerNumber('030 23125101', germany), 'call_1')).toBe('+493023125101')
    expect(callerKey(parseCallerNumber('anonymous', germany), 'call_1')).toBe('call call_1')
    expect(callerKey(parseCallerNumber('anonymous', germany), undefined)).toBeUndefined()
    expect(choosesCandidate({ salt: 'rol_1', percent: 99 }, undefined)).toBe(false)
  })

  it('are more, stage by stage', () => {
    expect([0, 10, 49, 50, 100].map(nextStage)).toEqual([10, 50, 50, 100, undefined])
  })
})
