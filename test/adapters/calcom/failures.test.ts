import { describe, expect, it } from 'vitest'
import { calendarFailure } from '../../../src/adapters/calcom/failures.ts'

const refusal = (message: string) =>
  calendarFailure({ kind: 'answered', status: 400, body: { message }, isJson: true, requestId: undefined })

describe('a refusal of Cal.com', () => {
  it('is told by the fields that it names, and by nothing that was in them', () => {
    const errors = ['attendee.timeZone', 'max@example.org', 'Max Muster', `a${'b'.repeat(40)}`].map((property) => ({
      property,
    }))
    const body = { error: { details: { errors } } }
    const failure = calendarFailure({ kind: 'answered', status: 400, body, isJson: true, requestId: undefined })
    expect(failure.detail).toBe('Cal.com did not take: attendee.timeZone. (400)')
  })

  it('is no word about a time where the caller has too many bookings, for another time would be refused as well', () => {
    const message =
      "Attendee with this email can't book because the maximum number of active bookings has been reached."
    expect(refusal(message)).toMatchObject({
      kind: 'misconfigured',
      detail: expect.stringContaining('Take that limit off'),
    })
  })

  it('is understood by how it begins, so that one as long as can be keeps nobody waiting', () => {
    expect(refusal(`User already has booking at this time ${'or is not available '.repeat(9)}`).kind).toBe('refused')
    const begun = performance.now()
    expect(refusal('email'.repeat(1_600_000)).kind).toBe('misconfigured')
    expect(performance.now() - begun).toBeLessThan(200)
  })
})
