import { describe, expect, it } from 'vitest'
import type { StoredFlag } from '../../src/application/ports/flags.ts'
import { at, type Open, opening, platform, unhurried } from './fixtures.ts'

export const aFlag = (more: Partial<StoredFlag> = {}): StoredFlag => ({
  name: 'a-feature',
  rules: { everybody: false, roles: ['manager'], users: ['usr_00000001'], companies: [], percent: 25 },
  changedAt: at(0),
  ...more,
})

/** What is promised of features that are switched on for some. */
export const flagsContract = (name: string, open: Open): void => {
  describe(`flags in ${name}`, unhurried, () => {
    const get = opening(open)

    it('keeps what was said last of each, by name', async () => {
      const { ports } = get()
      expect(await ports.flags.all()).toEqual([])
      const [late, early] = [aFlag({ name: 'b' }), aFlag({ name: 'a' })]
      for (const one of [late, early]) await ports.flags.save(platform, one)
      const changed = { ...late, rules: { ...late.rules, everybody: true, companies: ['com_1'] }, changedAt: at(5) }
      await ports.flags.save(platform, changed)
      expect(await ports.flags.all()).toEqual([early, changed])
    })
  })
}
