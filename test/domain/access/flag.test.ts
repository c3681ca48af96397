import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FlagAsker, type FlagRules, isEnabled, shareOf } from '../../../src/domain/access/flag.ts'
import { roles } from '../../../src/domain/access/role.ts'

const id = fc.stringMatching(/^com_[0-9a-z]{8,12}$/)
const rules: fc.Arbitrary<FlagRules> = fc.record({
  everybody: fc.boolean(),
  roles: fc.subarray([...roles]),
  users: fc.array(id, { maxLength: 3 }),
  companies: fc.array(id, { maxLength: 3 }),
  percent: fc.nat(100),
})
const asker: fc.Arbitrary<FlagAsker> = fc.record({
  role: fc.option(fc.constantFrom(...roles), { nil: undefined }),
  user: fc.option(id, { nil: undefined }),
  company: fc.option(id, { nil: undefined }),
})
const nobody: FlagRules = { everybody: false, roles: [], users: [], companies: [], percent: 0 }

describe('a flag', () => {
  it('is never taken from anybody by a greater share or by naming more', () => {
    fc.assert(
      fc.property(fc.string(), rules, rules, asker, (name, one, other, who) => {
        const more: FlagRules = {
          everybody: one.everybody || other.everybody,
          roles: [...one.roles, ...other.roles],
          users: [...one.users, ...other.users],
          companies: [...one.companies, ...other.companies],
          percent: Math.max(one.percent, other.percent),
        }
        if (isEnabled({ name, rules: one }, who)) expect(isEnabled({ name, rules: more }, who)).toBe(true)
      }),
    )
  })

  it('is on for whoever it names, and for nobody where it names nobody', () => {
    fc.assert(
      fc.property(fc.string(), asker, (name, who) => {
        const on = (some: Partial<FlagRules>) => isEnabled({ name, rules: { ...nobody, ...some } }, who)
        expect(on({})).toBe(false)
        expect(on({ everybody: true })).toBe(true)
        expect(on({ percent: 100 })).toBe(who.company !== undefined || who.user !== undefined)
        if (who.company) expect(on({ companies: [who.company] })).toBe(true)
        if (who.user) expect(on({ users: [who.user] })).toBe(true)
        if (who.role) expect(on({ roles: [who.role] })).toBe(true)
      }),
    )
  })

  it('gives everybody of a company the same answer by share', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(100), id, id, id, (name, percent, company, one, other) => {
        const on = (user: string) => isEnabled({ name, rules: { ...nobody, percent } }, { user, company })
        expect(on(one)).toBe(on(other))
      }),
    )
  })

  it('reaches about as many of a hundred as it says, others for another flag', () => {
    const companies = Array.from({ length: 5_000 }, (_, index) => `com_${String(index).padStart(10, '0')}`)
    for (const percent of [10, 25, 50, 90]) {
      const reached = companies.filter((company) => shareOf('flag', company) < percent).length / 50
      expect(Math.abs(reached - percent)).toBeLessThan(3)
    }
    const both = companies.filter((one) => shareOf('flag', one) < 50 && shareOf('other', one) < 50).length / 50
    expect(Math.abs(both - 25)).toBeLessThan(3)
  })

  it('keeps the share that it gave for ever', () => {
    expect([shareOf('automatic-rollouts', 'com_00000001'), shareOf('outside-trials', 'com_00000001')]).toEqual([2, 82])
  })
})
