import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { habitsOf } from '../../../src/domain/booking/customer-habits.ts'

const visit = fc.record({
  service: fc.constantFrom('svc_cut' as const, 'svc_colour' as const, 'svc_beard' as const),
  staff: fc.constantFrom('stf_nina' as const, 'stf_udo' as const, undefined),
})
const visits = fc.array(visit, { maxLength: 30 })

describe('the habits of a customer', () => {
  it('are none without an appointment', () => {
    expect(habitsOf([])).toEqual({ staff: undefined, service: undefined, confidence: 0, isSure: false })
  })

  it('are read from the last twenty alone', () => {
    fc.assert(
      fc.property(fc.array(visit, { minLength: 20, maxLength: 20 }), visits, (last, before) => {
        expect(habitsOf([...last, ...before])).toEqual(habitsOf(last))
      }),
    )
  })

  it('name what was there most often, with its share', () => {
    fc.assert(
      fc.property(fc.array(visit, { minLength: 1, maxLength: 20 }), (last) => {
        const { service, staff, confidence } = habitsOf(last)
        const count = (of: string | undefined) => last.filter((one) => one.service === of).length
        expect(confidence).toBeCloseTo(count(service) / last.length)
        for (const one of last) expect(count(one.service)).toBeLessThanOrEqual(count(service))
        const withStaff = (of: string | undefined) => last.filter((one) => one.staff === of).length
        for (const one of last) if (one.staff) expect(withStaff(one.staff)).toBeLessThanOrEqual(withStaff(staff))
      }),
    )
  })

  it('are sure from four of five on', () => {
    fc.assert(
      fc.property(visits, (last) => {
        const { confidence, isSure } = habitsOf(last)
        expect(isSure).toBe(confidence >= 0.8)
      }),
    )
    const cut = { service: 'svc_cut', staff: undefined } as const
    const beard = { service: 'svc_beard', staff: undefined } as const
    expect(habitsOf([beard, cut, cut, cut, cut])).toMatchObject({ service: 'svc_cut', confidence: 0.8, isSure: true })
    expect(habitsOf([beard, cut, cut, cut]).isSure).toBe(false)
  })

  it('prefer the last one among equals', () => {
    const nina = { service: 'svc_cut', staff: 'stf_nina' } as const
    const udo = { service: 'svc_beard', staff: 'stf_udo' } as const
    expect(habitsOf([udo, nina])).toMatchObject({ staff: 'stf_udo', service: 'svc_beard' })
  })
})
