import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookingParts } from '../../../src/domain/booking/booking-parts.ts'

const segments = fc
  .array(
    fc.record({
      staffMinutes: fc.integer({ min: 1, max: 90 }),
      waitAfterMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
      calcomEventTypeId: fc.option(fc.integer({ min: 1, max: 9999 }), { nil: undefined }),
    }),
    { maxLength: 6 },
  )
  .map((some) => some.map((one, n) => ({ key: `S${n}`, ...one })))

describe('the bookings that a composite service is in a vendor’s calendar', () => {
  it('are one where no segment names an event type', () => {
    const plain = { staffMinutes: 30, waitAfterMinutes: 10, calcomEventTypeId: undefined }
    expect(bookingParts({ segments: [], calcomEventTypeId: 9000 })).toBeUndefined()
    expect(bookingParts({ segments: [{ key: 'A', ...plain }], calcomEventTypeId: 9000 })).toBeUndefined()
  })

  it('take exactly the staffed time, with a wait between each two and none within', () => {
    fc.assert(
      fc.property(segments, fc.integer({ min: 1, max: 9999 }), (some, ofService) => {
        const parts = bookingParts({ segments: some, calcomEventTypeId: ofService })
        if (!parts) return
        const staffed = some.reduce((sum, { staffMinutes }) => sum + staffMinutes, 0)
        expect(parts.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(staffed)
        expect(parts[0]?.offsetMinutes).toBe(0)
        for (const [n, part] of parts.entries()) {
          const next = parts[n + 1]
          if (next) expect(next.offsetMinutes).toBeGreaterThan(part.offsetMinutes + part.minutes)
          const first = some.find(({ key }) => key === part.key)
          expect(part.eventType).toBe(first?.calcomEventTypeId ?? ofService)
        }
        const waits = some.slice(0, -1).filter(({ waitAfterMinutes }) => waitAfterMinutes > 0)
        expect(parts).toHaveLength(waits.length + 1)
      }),
    )
  })
})
