import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLineNumber } from '../../../src/domain/calling/line-number.ts'
import { route } from '../../../src/domain/calling/routing.ts'
import { isOpenAt } from '../../../src/domain/opening-hours.ts'
import { instant } from '../../../src/domain/time.ts'
import { companySpec, stored } from '../../arbitraries/company.ts'

const moment = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((at) => instant(at - (at % 60_000)))

describe('routing', () => {
  it('gives every call a destination, in the branch that was dialled', () => {
    fc.assert(
      fc.property(companySpec, moment, (spec, now) => {
        for (const branch of stored(spec).branches) {
          const destination = route(branch, now)
          expect(destination.branch).toBe(branch)
          expect(destination.agentId).toBe(branch.retellAgentId)
          expect(destination.isOpen).toBe(isOpenAt(branch.hours, now, branch.timeZone))
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('the number of a line', () => {
  it.each([
    ['+493023125101', '+493023125101'],
    ['+49 (30) 23125-101', '+493023125101'],
    ['0049 30 23125101', '+493023125101'],
    ['493023125101', '+493023125101'],
    ['030 23125101', undefined],
    ['anonymous', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j, and guesses no country', (text, number) => {
    expect(parseLineNumber(text)).toBe(number)
  })
})
