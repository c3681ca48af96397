import { describe, expect, it } from 'vitest'
import { calendarFailure } from '../../../src/adapters/calcom/failures.ts'
import type { VendorFailure } from '../../../src/adapters/vendor/json-client.ts'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import { openCalendar, refusal } from './local-cal.ts'

const answered = (status: number, message: string, isJson = true): VendorFailure => ({
  ...{ kind: 'answered', status, isJson, requestId: status % 2 === 0 ? 'req_1' : undefined },
  body: { error: { message } },
})

describe('why a calendar could not be asked', () => {
  it.each<readonly [string, VendorFailure]>([
    ['a forbidden address', { kind: 'forbidden-address' }],
    ['too late', { kind: 'unavailable', wasSent: true, detail: 'It did not answer in time.' }],
    ['not reached', { kind: 'unavailable', wasSent: true, detail: 'It could not be reached (ECONNREFUSED).' }],
    ['down', answered(503, '')],
    ['led elsewhere', answered(301, '')],
    ['a page', answered(404, '', false)],
    ['a wrong key', answered(401, '')],
    ['no such address', answered(404, 'Cannot GET /v2/x')],
    ['a taken time', answered(400, 'User either already has booking at this time or is not available')],
    ['no event type', answered(404, 'not found')],
    ['a conflict', answered(409, 'odd')],
    ['no hosts', answered(422, 'odd')],
    ['anything else', answered(400, 'odd')],
    ['a template of a team', answered(400, 'This is a parent managed event type')],
    ['an e-mail', answered(400, 'email is required')],
    ['a phone number', answered(400, 'phone number is invalid')],
    ['another length', answered(400, 'lengthInMinutes is wrong')],
    ['a place', answered(400, 'location is wrong')],
    ['people who are signed in', answered(400, 'authentication is needed')],
    ['a verified e-mail', answered(400, 'verification code')],
    ['too many bookings', answered(400, 'maximum number')],
    ['a question', answered(400, 'Missing required booking field response: notes')],
  ])('is said in German where it is %s', (_, failure) => {
    const { detail } = calendarFailure(failure)
    expect(saidInGerman(detail)).not.toBe(detail)
  })

  it('is so as it comes out of the adapter, too', async () => {
    const { calendar } = await openCalendar({ 'GET /v2/me': refusal(401, 'Invalid API Key') })
    for (const answer of [await calendar.account(), await calendar.schedules()]) {
      const { detail } = answer._unsafeUnwrapErr()
      expect(saidInGerman(detail)).toMatch(/^Cal\.com (nimmt|kennt)/)
    }
  })
})
