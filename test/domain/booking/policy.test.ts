import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../src/domain/booking/appointment.ts'
import { cancellationsOf, feeAt, mayCancel, mayMove } from '../../../src/domain/booking/policy.ts'
import { defaultPolicies, type FeeTier } from '../../../src/domain/company.ts'
import { DAY, HOUR, instant, MINUTE } from '../../../src/domain/time.ts'

const now = instant(Date.parse('2026-11-20T09:00:00Z'))

const entry = (action: HistoryEntry['action'], callId: string | undefined, ago = 0): HistoryEntry => ({
  at: instant(now - ago),
  actor: { kind: 'voice-agent', name: 'Retell' },
  action,
  from: undefined,
  to: undefined,
  reason: undefined,
  callId,
})

/** Starts so many milliseconds from now; booked in `call_before` an hour ago. */
const starting = (left: number, history: readonly HistoryEntry[] = [], bookedAgo = HOUR) => ({
  startsAt: instant(now + left),
  createdAt: instant(now - bookedAgo),
  callId: 'call_before',
  history,
})

const stranger = { call: 'call_now', cancelledBefore: 0 }
const sameCall = { call: 'call_before', cancelledBefore: 0 }
const anyTiers: fc.Arbitrary<readonly FeeTier[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 6 })
  .map((hours) => hours.toSorted((a, b) => b - a).map((minHours, place) => ({ minHours, fee: place * 500 })))

describe('what cancelling costs', () => {
  it('never falls as the appointment comes nearer, in whatever order the tiers are written', () => {
    fc.assert(
      fc.property(anyTiers, fc.nat(300 * HOUR), fc.nat(300 * HOUR), (tiers, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        expect(feeAt(tiers, less)).toBeGreaterThanOrEqual(feeAt(tiers, more))
        expect(feeAt(tiers.toReversed(), less)).toBe(feeAt(tiers, less))
      }),
    )
  })

  it('is the fee of a tier from its very hour on', () => {
    fc.assert(
      fc.property(anyTiers, fc.nat(5), (tiers, which) => {
        const tier = tiers[which % tiers.length]
        if (!tier) return
        expect(feeAt(tiers, tier.minHours * HOUR)).toBe(tier.fee)
        expect(feeAt(tiers, tier.minHours * HOUR - 1)).toBe(tiers[(which % tiers.length) + 1]?.fee ?? tier.fee)
      }),
    )
  })

  it('is nothing without tiers, and that of the last one below all of them', () => {
    expect(feeAt([], HOUR)).toBe(0)
    expect(feeAt([{ minHours: 24, fee: 1000 }], HOUR)).toBe(1000)
  })
})

describe('whether a caller may cancel', () => {
  it('is allowed exactly at the deadline and a millisecond later no more, with the fee of that hour', () => {
    expect(mayCancel(defaultPolicies, starting(24 * HOUR), stranger, now)).toEqual({ kind: 'allowed', fee: 1000 })
    expect(mayCancel(defaultPolicies, starting(48 * HOUR), stranger, now)).toEqual({ kind: 'allowed', fee: 0 })
    expect(mayCancel(defaultPolicies, starting(24 * HOUR - 1), stranger, now)).toEqual({
      kind: 'denied',
      code: 'deadline_missed',
      fee: 1500,
    })
  })

  it('never becomes allowed again as time goes by', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(200 * HOUR), fc.nat(200 * HOUR), (hoursBefore, one, other) => {
        const policies = { ...defaultPolicies, cancel: { ...defaultPolicies.cancel, hoursBefore } }
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        const [late, early] = [less, more].map((left) => mayCancel(policies, starting(left), stranger, now))
        if (late?.kind === 'allowed') expect(early?.kind).toBe('allowed')
      }),
    )
  })

  it('ends with the quota, of which the last one may still be used', () => {
    const asked = (cancelledBefore: number) =>
      mayCancel(defaultPolicies, starting(99 * HOUR), { ...stranger, cancelledBefore }, now)
    expect([0, 1, 2].map((before) => asked(before).kind)).toEqual(['allowed', 'allowed', 'allowed'])
    expect(asked(3)).toEqual({ kind: 'denied', code: 'quota_exceeded', fee: 0 })
  })

  it('is free of notice and fee in the call that booked it, up to the last minute of grace, and only there', () => {
    const asked = (bookedAgo: number, who = sameCall) =>
      mayCancel(defaultPolicies, starting(HOUR, [], bookedAgo), who, now)
    expect(asked(30 * MINUTE)).toEqual({ kind: 'allowed', fee: 0 })
    expect(asked(30 * MINUTE + 1)).toMatchObject({ kind: 'denied', code: 'deadline_missed', fee: 1500 })
    expect(asked(MINUTE, stranger)).toMatchObject({ kind: 'denied', code: 'deadline_missed' })
  })

  it('has no grace for what was booked without a call', () => {
    const booked = { ...starting(HOUR, [], MINUTE), callId: undefined }
    expect(mayCancel(defaultPolicies, booked, { call: undefined, cancelledBefore: 0 }, now)).toMatchObject({
      kind: 'denied',
    })
  })

  it('is over once the appointment has begun, whatever the policies say', () => {
    const lenient = { ...defaultPolicies, cancel: { hoursBefore: 0, maxPer30Days: 9, feeTiers: [] } }
    expect(mayCancel(lenient, starting(1), stranger, now).kind).toBe('allowed')
    expect(mayCancel(lenient, starting(0), stranger, now)).toMatchObject({ kind: 'denied', code: 'already_begun' })
    expect(mayCancel(lenient, starting(0, [], MINUTE), sameCall, now)).toMatchObject({ code: 'already_begun' })
  })
})

describe('whether a caller may move', () => {
  it('counts the moves that callers made of this appointment, and none of a person at a desk', () => {
    const twice = [entry('moved', 'call_x'), entry('moved', undefined), entry('moved', undefined)]
    expect(mayMove(defaultPolicies, starting(99 * HOUR, twice), stranger, now)).toEqual({ kind: 'allowed', fee: 0 })
    const thrice = [...twice, entry('moved', 'call_y')]
    expect(mayMove(defaultPolicies, starting(99 * HOUR, thrice), stranger, now)).toEqual({
      kind: 'denied',
      code: 'quota_exceeded',
      fee: 0,
    })
  })

  it('keeps its own notice, with the grace of the call that booked it', () => {
    const strict = { ...defaultPolicies, reschedule: { ...defaultPolicies.reschedule, hoursBefore: 48 } }
    expect(mayMove(strict, starting(48 * HOUR), stranger, now).kind).toBe('allowed')
    expect(mayMove(strict, starting(47 * HOUR), stranger, now)).toMatchObject({ code: 'deadline_missed' })
    expect(mayMove(strict, starting(47 * HOUR, [], MINUTE), sameCall, now).kind).toBe('allowed')
  })
})

describe('the cancellations that count', () => {
  it('are those by phone in the last thirty days, each with its calls', () => {
    const histories = [
      [entry('booked', 'call_before', 31 * DAY), entry('cancelled', 'call_x', 30 * DAY - 1)],
      [entry('cancelled', 'call_y', 30 * DAY)],
      [entry('cancelled', undefined)],
      [entry('moved', 'call_z')],
    ]
    expect(
      cancellationsOf(
        histories.map((history) => starting(DAY, history)),
        now,
      ),
    ).toEqual([{ booked: 'call_before', cancelled: 'call_x' }])
  })
})
