import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Appointment, type Confirmed, cancel, move, type Place } from '../../../src/domain/booking/appointment.ts'
import { type Instant, instant, MINUTE } from '../../../src/domain/time.ts'

const by = { actor: { kind: 'user', name: 'nina' }, reason: undefined, callId: undefined } as const
const now = instant(1_000)

const place = (startsAt: number, staff: `stf_${string}` = 'stf_00000001'): Place => ({
  startsAt: instant(startsAt),
  endsAt: instant(startsAt + 30 * MINUTE),
  segments: [{ key: 'A', startsAt: instant(startsAt), endsAt: instant(startsAt + 30 * MINUTE) }],
  staff,
  resource: staff,
})

const confirmed: Confirmed = {
  id: 'apt_00000001',
  branch: 'brn_00000001',
  service: 'svc_00000001',
  customer: undefined,
  attendeeName: 'Erika Beispiel',
  source: 'phone',
  callId: 'call_a',
  notes: undefined,
  createdAt: instant(0),
  provider: { kind: 'embedded', uid: undefined },
  sync: 'synced',
  series: undefined,
  moving: undefined,
  history: [],
  status: 'confirmed',
  ...place(0),
}

const anyPlace = fc
  .record({ startsAt: fc.integer({ min: 0, max: 5 }), staff: fc.constantFrom('stf_00000001', 'stf_00000002' as const) })
  .map(({ startsAt, staff }) => place(startsAt * MINUTE, staff as 'stf_00000001'))

describe('moving an appointment', () => {
  it('leaves it where it was last moved to, with every real move in its history and nothing else changed', () => {
    fc.assert(
      fc.property(fc.array(anyPlace, { minLength: 1, maxLength: 8 }), (places) => {
        let current: Confirmed = confirmed
        let moves = 0
        for (const to of places) {
          const before = current
          current = move(current, to, by, now)._unsafeUnwrap()
          const stays = before.startsAt === to.startsAt && before.resource === to.resource
          if (stays) expect(current).toBe(before)
          else {
            moves += 1
            expect(current).toEqual({ ...before, ...to, history: current.history })
            expect(current.history.at(-1)).toEqual({
              at: now,
              ...by,
              action: 'moved',
              from: before.startsAt,
              to: to.startsAt,
              fromStaff: before.staff,
              toStaff: to.staff,
            })
          }
          expect(current.history).toHaveLength(moves)
        }
      }),
    )
  })

  it('is refused once it is over', () => {
    const cancelled = cancel(confirmed, by, now)._unsafeUnwrap()
    const over: readonly Appointment[] = [
      cancelled,
      { ...confirmed, status: 'completed' },
      { ...confirmed, status: 'no_show' },
    ]
    for (const one of over) {
      expect(move(one, place(60), by, now)._unsafeUnwrapErr()).toEqual({ kind: 'already-over', status: one.status })
    }
  })
})

describe('cancelling an appointment', () => {
  it('happens once, however often it is asked for', () => {
    const later = instant(2_000) as Instant
    const first = cancel(confirmed, { ...by, reason: 'krank' }, now)._unsafeUnwrap()
    expect(first).toMatchObject({
      status: 'cancelled',
      cancelledAt: now,
      history: [{ action: 'cancelled', reason: 'krank' }],
    })
    expect(cancel(first, by, later)._unsafeUnwrap()).toBe(first)
    expect(cancel({ ...confirmed, status: 'completed' }, by, now).isErr()).toBe(true)
  })
})
