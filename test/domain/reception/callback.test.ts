import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assigned,
  type Callback,
  done,
  escalated,
  expired,
  expiryOf,
  isOverdue,
  isStanding,
  morePressing,
  mustEscalate,
  mustExpire,
  prioritised,
  reopened,
} from '../../../src/domain/reception/callback.ts'
import { DAY, instant, after as later } from '../../../src/domain/time.ts'

const now = instant(Date.parse('2026-11-20T09:00:00Z'))
const priority = fc.constantFrom('normal', 'high', 'urgent')
const moment = fc.integer({ min: -30 * DAY, max: 30 * DAY }).map((ms) => later(now, ms))
const somebody = { user: 'usr_00000001', name: 'tresen@salon.example' } as const
const callback: fc.Arbitrary<Callback> = fc.record({
  id: fc.constant('cbk_00000001' as const),
  kind: fc.constantFrom('callback', 'message'),
  state: fc.constantFrom('open', 'assigned', 'done', 'expired'),
  priority,
  customerName: fc.constant(undefined),
  phoneNumber: fc.constant(undefined),
  reason: fc.constant(undefined),
  message: fc.constant(undefined),
  preferredTimeWindow: fc.constant(undefined),
  branch: fc.constant(undefined),
  service: fc.constant(undefined),
  callId: fc.constant(undefined),
  dueBy: moment,
  escalatedAt: fc.option(moment, { nil: undefined }),
  assignedTo: fc.constantFrom(undefined, somebody),
  createdAt: moment,
})
const rank = { normal: 0, high: 1, urgent: 2 }

describe('a callback', () => {
  it('is overdue from its moment on, as long as somebody has to see to it', () => {
    fc.assert(
      fc.property(callback, moment, (one, at) => {
        expect(isOverdue(one, at)).toBe(at >= one.dueBy && (one.state === 'open' || one.state === 'assigned'))
        expect(isOverdue(done(one), at)).toBe(false)
        expect(isOverdue(expired(one), at)).toBe(false)
      }),
    )
  })

  it('escalates once for a moment, and expires a week after it, never before it was overdue', () => {
    fc.assert(
      fc.property(callback, moment, (one, at) => {
        if (mustEscalate(one, at)) expect(isOverdue(one, at)).toBe(true)
        expect(mustEscalate(escalated(one, at), at)).toBe(false)
        expect(mustExpire(one, at)).toBe(isStanding(one) && at >= one.dueBy + 7 * DAY)
        expect(expiryOf(one) - one.dueBy).toBe(7 * DAY)
      }),
    )
  })

  it('never comes later when it becomes more pressing, and stays as it is when it does not change', () => {
    fc.assert(
      fc.property(callback, priority, (one, wanted) => {
        const changed = prioritised(one, wanted, undefined, now)
        expect(changed.priority).toBe(wanted)
        if (wanted === one.priority) expect(changed).toEqual(one)
        if (rank[wanted] > rank[one.priority]) expect(changed.dueBy).toBeLessThanOrEqual(one.dueBy)
        expect(rank[morePressing(one.priority, wanted)]).toBe(Math.max(rank[one.priority], rank[wanted]))
      }),
    )
  })

  it('that was closed is due ahead of now and unescalated when it stands again; one that stands keeps its moment', () => {
    fc.assert(
      fc.property(callback, (one) => {
        for (const again of [reopened(one, undefined, now), assigned(one, somebody, undefined, now)]) {
          expect(isStanding(again)).toBe(true)
          if (isStanding(one)) expect(again.dueBy).toBe(one.dueBy)
          else expect([again.dueBy > now, again.escalatedAt]).toEqual([true, undefined])
        }
        expect(reopened(one, undefined, now).assignedTo).toBeUndefined()
      }),
    )
  })
})
