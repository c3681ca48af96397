import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CalendarBooking } from '../../../src/application/ports/calendar.ts'
import { after, type Instant, instant, MINUTE } from '../../../src/domain/time.ts'
import { openHearing, told } from './hearing.ts'

const times = ['11:00', '12:00', '13:00', '14:00'] as const
const begun = instant(Date.parse('2026-11-20T08:00:00Z'))

/** Everything that a calendar says of one booking from beginning to end: accepted, moved some times, perhaps called off. */
const life = (moves: number, isCancelled: boolean, first: Partial<CalendarBooking>): readonly CalendarBooking[] => {
  const all: CalendarBooking[] = []
  for (let move = 0; move <= moves; move += 1) {
    const at: Instant = after(begun, move * MINUTE)
    const from = move === 0 ? {} : { replaces: `uid_${move}` }
    all.push(told(`uid_${move + 1}`, times[move] ?? '15:00', { ...first, ...from, createdAt: at, changedAt: at }))
  }
  const last = all.at(-1)
  if (last && isCancelled)
    all.push({ ...last, status: 'cancelled', replaces: undefined, changedAt: after(begun, 9 * MINUTE) })
  return all
}

const disordered = fc
  .record({ moves: fc.integer({ min: 0, max: 3 }), isCancelled: fc.boolean(), ours: fc.boolean() })
  .chain((story) => {
    const positions = Array.from({ length: story.moves + 1 + (story.isCancelled ? 1 : 0) }, (_, at) => at)
    const order = fc.shuffledSubarray(positions, { minLength: positions.length, maxLength: positions.length })
    const again = fc.array(fc.constantFrom(...positions), { maxLength: 4 })
    return fc.record({ story: fc.constant(story), order, again })
  })

it('what stands here does not depend on the order in which a calendar tells, nor on how often', async () => {
  await fc.assert(
    fc.asyncProperty(disordered, async ({ story: { moves, isCancelled, ours }, order, again }) => {
      const desk = await openHearing()
      desk.calendar.giveTo(desk.named('nina'))
      const first = ours ? { reference: (await desk.book({ time: '11 Uhr' })).id } : {}
      const messages = life(moves, isCancelled, { ...first, staff: desk.named('nina') })
      for (const position of [...order, ...again]) {
        const message = messages[position]
        if (message) await desk.hear(message)
      }
      const standing = (await desk.appointments()).filter(({ status }) => status !== 'cancelled')
      const taken = await Promise.all(times.map((time) => desk.taken(time)))
      if (isCancelled) {
        expect(standing).toEqual([])
        expect(taken.flat()).toEqual([])
      } else {
        expect(standing).toMatchObject([
          {
            status: 'confirmed',
            sync: 'synced',
            startsAt: messages.at(-1)?.startsAt,
            provider: { uid: `uid_${moves + 1}` },
          },
        ])
        expect(taken.flat().map(({ owner }) => owner)).toEqual([standing[0]?.id])
      }
      expect(await desk.openAlerts()).toEqual([])
    }),
    { numRuns: 60 },
  )
}, 120_000)
