import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attended,
  type BookingState,
  learnt,
  replacedOne,
  wasMoved,
  whereabouts,
} from '../../../src/domain/booking/known-booking.ts'
import { instant } from '../../../src/domain/time.ts'

const moment = fc.integer({ min: 0, max: 5 }).map((minutes) => instant(minutes * 60_000))
const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

/** Few values, so that much is equal. */
const look: fc.Arbitrary<BookingState> = fc.record({
  uid: fc.constant('uid_1'),
  startsAt: moment,
  endsAt: fc.option(moment, { nil: undefined }),
  createdAt: moment,
  changedAt: moment,
  status: fc.constantFrom('accepted', 'pending', 'cancelled', 'rejected'),
  reference: maybe(['apt_00000001', 'apt_00000002']),
  part: maybe(['A', 'B']),
  eventType: maybe([9001, 9002]),
  host: maybe(['Nina Probe', 'Udo Beispiel']),
  attendee: maybe([
    { name: 'Max Muster', phone: '+491713920001', email: undefined },
    { name: 'Max Muster', phone: undefined, email: 'max@example.com' },
  ]),
  replaces: maybe(['uid_0']),
  replacedBy: maybe(['uid_2']),
  reason: maybe(['Krank', 'Doppelt']),
  isNoShow: fc.boolean(),
})

const fold = (looks: readonly BookingState[]) => looks.reduce((known, seen) => learnt(known, seen))

describe('what is known of a booking', () => {
  it('does not depend on the order of looks, nor on how often one comes', () => {
    fc.assert(
      fc.property(
        fc
          .array(look, { minLength: 1, maxLength: 6 })
          .chain((looks) =>
            fc.tuple(
              fc.constant(looks),
              fc.shuffledSubarray(looks, { minLength: looks.length, maxLength: looks.length }),
              fc.array(fc.constantFrom(...looks), { maxLength: 4 }),
            ),
          ),
        ([looks, shuffled, again]) => {
          expect(fold([...shuffled, ...again])).toEqual(fold(looks))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('comes out the same however looks are gathered before', () => {
    fc.assert(
      fc.property(look, look, look, (one, two, three) => {
        expect(learnt(learnt(one, two), three)).toEqual(learnt(one, learnt(two, three)))
      }),
      { numRuns: 1000 },
    )
  })

  it('never goes back: what is over stays over', () => {
    fc.assert(
      fc.property(look, look, (known, seen) => {
        const after = learnt(known, seen)
        if (known.status !== 'pending') expect(after.status).not.toBe('pending')
        if (known.status === 'cancelled') expect(after.status).toBe('cancelled')
        if (wasMoved(known)) expect(wasMoved(after)).toBe(true)
      }),
    )
  })

  it('keeps what only we say of it', () => {
    fc.assert(
      fc.property(look, look, (known, seen) => {
        expect(learnt({ ...known, appointment: 'apt_1' }, seen)).toMatchObject({ appointment: 'apt_1' })
      }),
    )
  })

  it('takes an older word on who came for what it is', () => {
    fc.assert(
      fc.property(look, moment, fc.boolean(), (known, at, isNoShow) => {
        expect(attended(known, isNoShow, at).isNoShow).toBe(at < known.changedAt ? known.isNoShow : isNoShow)
      }),
    )
  })
})

describe('what became of a booking', () => {
  const booking = (uid: string, more: Partial<BookingState> = {}): BookingState => ({
    uid,
    startsAt: instant(0),
    endsAt: undefined,
    createdAt: instant(0),
    changedAt: instant(0),
    status: 'accepted',
    reference: undefined,
    part: undefined,
    eventType: undefined,
    host: undefined,
    attendee: undefined,
    replaces: undefined,
    replacedBy: undefined,
    reason: undefined,
    isNoShow: false,
    ...more,
  })
  const moved = (uid: string, to: string) => booking(uid, { status: 'cancelled', replacedBy: to })

  it('is found at the end of its moves', () => {
    const known = [moved('a', 'b'), moved('b', 'c'), booking('c')]
    expect(whereabouts(known, 'a')).toMatchObject({ kind: 'heard', booking: { uid: 'c' } })
    expect(whereabouts([moved('a', 'b')], 'a')).toEqual({ kind: 'unheard', uid: 'b' })
    expect(whereabouts([], 'a')).toEqual({ kind: 'unheard', uid: 'a' })
  })

  it('is itself when it was called off, and the search ends even where moves go round', () => {
    expect(whereabouts([booking('a', { status: 'cancelled' })], 'a')).toMatchObject({ booking: { uid: 'a' } })
    expect(whereabouts([moved('a', 'b'), moved('b', 'a')], 'a').kind).toBe('heard')
  })

  it('is known from the one that came of it, whether the other is heard of before or afterwards', () => {
    const [old, next] = [
      booking('a', { changedAt: instant(9) }),
      booking('b', { replaces: 'a', startsAt: instant(99) }),
    ]
    const before = replacedOne(next)
    if (!before) throw new Error('it replaces one')
    expect(learnt(before, old)).toEqual(learnt(old, before))
    expect(learnt(old, before)).toMatchObject({ uid: 'a', status: 'cancelled', replacedBy: 'b', startsAt: instant(0) })
  })
})
