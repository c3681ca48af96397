import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OutcomeFacts, outcomeOf } from '../../../src/domain/calling/outcome.ts'

type Action = OutcomeFacts['histories'][number][number]['action']
const here = (...actions: Action[]) => actions.map((action) => ({ action, callId: 'call_a' }))
const elsewhere = (...actions: Action[]) => actions.map((action) => ({ action, callId: undefined }))
const of = (histories: OutcomeFacts['histories'], callback = false, informed = false) =>
  outcomeOf('call_a', { histories, callback, informed })

describe('the outcome of a call', () => {
  it.each<[string, OutcomeFacts['histories'], string]>([
    ['nothing', [], 'none'],
    ['a booking', [here('booked')], 'booked'],
    ['a booking moved in the same call', [here('booked', 'moved')], 'booked'],
    ['a booking called off in the same call', [here('booked', 'cancelled')], 'cancelled'],
    ['a booking called off by somebody else later', [[...here('booked'), ...elsewhere('cancelled')]], 'booked'],
    ['an old appointment moved', [[...elsewhere('booked'), ...here('moved')]], 'rescheduled'],
    ['an old appointment moved twice', [[...elsewhere('booked'), ...here('moved', 'moved')]], 'rescheduled'],
    [
      'an old appointment moved, then cancelled',
      [[...elsewhere('booked'), ...here('moved', 'cancelled')]],
      'cancelled',
    ],
    ['an old appointment cancelled', [[...elsewhere('booked', 'moved'), ...here('cancelled')]], 'cancelled'],
    ['one booking of two called off', [here('booked', 'cancelled'), here('booked')], 'booked'],
    [
      'one cancelled and another booked instead',
      [[...elsewhere('booked'), ...here('cancelled')], here('booked')],
      'booked',
    ],
    ['somebody else’s booking', [elsewhere('booked')], 'none'],
  ])('follows from %s', (_, histories, outcome) => {
    expect(of(histories)).toBe(outcome)
  })

  it('is a callback before it is information, and an appointment before both', () => {
    expect(of([], true, true)).toBe('callback')
    expect(of([], false, true)).toBe('information')
    expect(of([here('booked')], true, true)).toBe('booked')
    expect(of([here('booked', 'cancelled')], true, true)).toBe('cancelled')
  })

  const action = fc.constantFrom<Action>('booked', 'moved', 'cancelled')
  const entry = fc.record({ action, callId: fc.constantFrom('call_a', 'call_b', undefined) })
  const facts = fc.record({ histories: fc.array(fc.array(entry)), callback: fc.boolean(), informed: fc.boolean() })

  it('does not depend on the order of appointments', () => {
    fc.assert(
      fc.property(facts, (given) => {
        expect(outcomeOf('call_a', { ...given, histories: given.histories.toReversed() })).toBe(
          outcomeOf('call_a', given),
        )
      }),
    )
  })

  it('is booked only while something that this call booked was not called off by it', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const stands = given.histories.some((history) => {
          const own = history.filter(({ callId }) => callId === 'call_a').map((one) => one.action)
          return own.includes('booked') && own.at(-1) !== 'cancelled'
        })
        expect(outcomeOf('call_a', given) === 'booked').toBe(stands)
      }),
    )
  })
})
