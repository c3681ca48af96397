import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contains, overlaps } from '../../../src/domain/booking/interval.ts'
import { endOf, segmentsOf, staffTimeOf } from '../../../src/domain/booking/service-time.ts'
import { instant, after as later, MINUTE } from '../../../src/domain/time.ts'

const start = instant(1_000_000 * MINUTE)
const segment = fc.record({
  staffMinutes: fc.integer({ min: 5, max: 60 }),
  waitAfterMinutes: fc.constantFrom(0, 0, 10, 30),
})
/** A service as the company file allows it: the duration of several segments is their sum. */
const service = fc
  .record({
    parts: fc.array(segment, { maxLength: 5 }),
    block: fc.integer({ min: 5, max: 120 }),
    bufferBeforeMinutes: fc.constantFrom(0, 5, 15),
    bufferAfterMinutes: fc.constantFrom(0, 5, 10),
  })
  .map(({ parts, block, ...buffers }) => ({
    ...buffers,
    segments: parts.map((part, n) => ({ ...part, key: `K${n}`, calcomEventTypeId: undefined })),
    durationMinutes:
      parts.length === 0 ? block : parts.reduce((sum, part) => sum + part.staffMinutes + part.waitAfterMinutes, 0),
  }))

const minutes = (parts: readonly { readonly startsAt: number; readonly endsAt: number }[]): number =>
  parts.reduce((sum, { startsAt, endsAt }) => sum + (endsAt - startsAt) / MINUTE, 0)

describe('the time of a service', () => {
  it('ends when its minutes are over', () => {
    fc.assert(
      fc.property(service, (one) => {
        expect(endOf(one, start) - start).toBe(one.durationMinutes * MINUTE)
      }),
    )
  })

  it('has its parts in order, from the start on, within the appointment, none over another', () => {
    fc.assert(
      fc.property(service, (one) => {
        const parts = segmentsOf(one, start)
        expect(parts[0]?.startsAt).toBe(start)
        for (const part of parts) expect(contains({ startsAt: start, endsAt: endOf(one, start) }, part)).toBe(true)
        for (const [n, part] of parts.entries()) {
          const next = parts[n + 1]
          if (next) expect(next.startsAt - part.endsAt).toBe((one.segments[n]?.waitAfterMinutes ?? 0) * MINUTE)
        }
        expect(parts.map(({ key }) => key)).toEqual(
          one.segments.length === 0 ? ['A'] : one.segments.map(({ key }) => key),
        )
      }),
    )
  })

  it('takes a colleague for exactly the parts and the two buffers, and never for a wait', () => {
    fc.assert(
      fc.property(service, (one) => {
        const [parts, taken] = [segmentsOf(one, start), staffTimeOf(one, start)]
        expect(minutes(taken)).toBe(minutes(parts) + one.bufferBeforeMinutes + one.bufferAfterMinutes)
        for (const part of parts) expect(taken.some((whole) => contains(whole, part))).toBe(true)
        expect(taken[0]?.startsAt).toBe(later(start, -one.bufferBeforeMinutes * MINUTE))
        expect(taken.at(-1)?.endsAt).toBe(later(parts.at(-1)?.endsAt ?? start, one.bufferAfterMinutes * MINUTE))
      }),
    )
  })

  it('comes in order, joined where parts touch', () => {
    fc.assert(
      fc.property(service, (one) => {
        const taken = staffTimeOf(one, start)
        for (const [n, part] of taken.entries()) {
          const next = taken[n + 1]
          if (next) expect(part.endsAt).toBeLessThan(next.startsAt)
          for (const other of taken) expect(other === part || !overlaps(other, part)).toBe(true)
        }
      }),
    )
  })

  it('moves with its start', () => {
    fc.assert(
      fc.property(service, fc.integer({ min: -1000, max: 1000 }), (one, shift) => {
        const moved = staffTimeOf(one, later(start, shift))
        expect(moved).toEqual(
          staffTimeOf(one, start).map(({ startsAt, endsAt }) => ({
            startsAt: later(startsAt, shift),
            endsAt: later(endsAt, shift),
          })),
        )
      }),
    )
  })

  it('gives a perm’s waits to other customers', () => {
    const perm = {
      durationMinutes: 135,
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
      segments: [
        { key: 'A', staffMinutes: 50, waitAfterMinutes: 15, calcomEventTypeId: undefined },
        { key: 'B', staffMinutes: 5, waitAfterMinutes: 10, calcomEventTypeId: undefined },
        { key: 'C', staffMinutes: 15, waitAfterMinutes: 0, calcomEventTypeId: undefined },
        { key: 'D', staffMinutes: 40, waitAfterMinutes: 0, calcomEventTypeId: undefined },
      ],
    }
    const at = (minute: number) => later(start, minute * MINUTE)
    expect(staffTimeOf(perm, start)).toEqual([
      { startsAt: at(-5), endsAt: at(50) },
      { startsAt: at(65), endsAt: at(70) },
      { startsAt: at(80), endsAt: at(145) },
    ])
  })
})
