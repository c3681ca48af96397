import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { StoredRoutingOverride } from '../../src/application/ports/routing-overrides.ts'
import { overrideAt, stands } from '../../src/domain/calling/routing.ts'
import type { PhoneNumber } from '../../src/domain/phone-number.ts'
import {
  actor,
  at,
  branchSpec,
  type Company,
  eventually,
  first,
  mobile,
  newCompany,
  newNumber,
  type Open,
  opening,
  unhurried,
  walk,
} from './fixtures.ts'

/** To the first branch, from minute 0 to minute 60. */
export const anOverride = (
  ports: Ports,
  { profile }: Company,
  number: PhoneNumber,
  more: Partial<StoredRoutingOverride> = {},
): StoredRoutingOverride => ({
  id: ports.ids.next('routingOverride'),
  number,
  to: { kind: 'branch', branch: first(profile.branches).id },
  createdAt: at(0),
  endsAt: at(60),
  createdBy: actor,
  ...more,
})

/** What is promised of the words of people on where calls go, and of the directory that answers by them. */
export const routingOverridesContract = (name: string, open: Open): void => {
  describe(`routing overrides in ${name}`, unhurried, () => {
    const get = opening(open)
    const page = { limit: 200, cursor: undefined }
    const owning = (ports: Ports, number: PhoneNumber) =>
      newCompany(ports, { branches: [branchSpec('a', { phoneNumbers: [{ number, active: true }] })] })

    it('come back as they were written, newest first, to a branch, an agent and a transfer', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const all = [
        anOverride(ports, company, newNumber()),
        anOverride(ports, company, newNumber(), { createdAt: at(1), to: { kind: 'agent', agentId: 'agent_ä' } }),
        anOverride(ports, company, newNumber(), { createdAt: at(2), to: { kind: 'transfer', number: mobile(1) } }),
      ]
      for (const one of all) await ports.routingOverrides.set(company.scope, one)
      expect((await ports.routingOverrides.list(company.scope, page)).items).toEqual(all.toReversed())
    })

    it('are listed page by page, of one number, and as they stand at a moment', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [one, other] = [newNumber(), newNumber()]
      const all = [0, 1, 2, 3, 4].map((n) =>
        anOverride(ports, company, n % 2 === 0 ? one : other, { createdAt: at(n * 10), endsAt: at(n * 10 + 5) }),
      )
      for (const each of all) await ports.routingOverrides.set(company.scope, each)
      const pages = await walk((request) => ports.routingOverrides.list(company.scope, request), 2)
      expect(pages).toEqual(all.toReversed())
      const listed = async (query: object) =>
        (await ports.routingOverrides.list(company.scope, { ...page, ...query })).items
      expect(await listed({ number: other })).toEqual([all[3], all[1]])
      expect(await listed({ at: at(24) })).toEqual([all[2]])
      expect(await listed({ at: at(25) })).toEqual([])
    })

    it('give way to a new one of their number, which begins where they end', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [number, another] = [newNumber(), newNumber()]
      const [before, beside] = [anOverride(ports, company, number), anOverride(ports, company, another)]
      const next = anOverride(ports, company, number, { createdAt: at(20), endsAt: at(90) })
      for (const one of [before, beside, next]) await ports.routingOverrides.set(company.scope, one)
      const { items } = await ports.routingOverrides.list(company.scope, page)
      expect(items).toHaveLength(3)
      expect(items).toEqual(expect.arrayContaining([next, beside, { ...before, endsAt: at(20) }]))
    })

    it('end earlier when they are ended, never later, and only those that exist', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const one = anOverride(ports, company, newNumber())
      await ports.routingOverrides.set(company.scope, one)
      expect(await ports.routingOverrides.end(company.scope, one.id, at(30))).toEqual({ ...one, endsAt: at(30) })
      expect(await ports.routingOverrides.end(company.scope, one.id, at(40))).toEqual({ ...one, endsAt: at(30) })
      expect(await ports.routingOverrides.end(company.scope, 'ovr_00000000', at(40))).toBeUndefined()
    })

    it('belong to their company alone', async () => {
      const { ports } = get()
      const number = newNumber()
      const [mine, theirs] = [await owning(ports, number), await newCompany(ports)]
      const one = anOverride(ports, mine, number)
      await ports.routingOverrides.set(mine.scope, one)
      await ports.routingOverrides.set(theirs.scope, anOverride(ports, theirs, number, { createdAt: at(5) }))
      expect(await ports.routingOverrides.end(theirs.scope, one.id, at(30))).toBeUndefined()
      expect((await ports.routingOverrides.list(mine.scope, page)).items).toEqual([one])
      await eventually(async () =>
        expect(await ports.directory.lineOf(number)).toMatchObject({ company: mine.profile.id, overrides: [one] }),
      )
    })

    it('are what the directory answers by, now and for moments of lately', async () => {
      const { ports } = get()
      const number = newNumber()
      const company = await owning(ports, number)
      const known = async (minute: number) =>
        overrideAt((await ports.directory.lineOf(number))?.overrides ?? [], at(minute))
      expect(await known(10)).toBeUndefined()
      const one = anOverride(ports, company, number)
      await ports.routingOverrides.set(company.scope, one)
      await eventually(async () => expect(await known(10)).toEqual(one))
      expect([await known(-1), await known(60)]).toEqual([undefined, undefined])
      await ports.routingOverrides.end(company.scope, one.id, at(30))
      await eventually(async () => expect(await known(30)).toBeUndefined())
      expect(await known(29)).toEqual({ ...one, endsAt: at(30) })
    })

    it('never stand twice for a number at a moment', async () => {
      const { ports } = get()
      const step = fc.record({
        verb: fc.constantFrom('set', 'end'),
        minutes: fc.integer({ min: 0, max: 40 }),
        which: fc.nat({ max: 1 }),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (script) => {
          const company = await newCompany(ports)
          const numbers = [newNumber(), newNumber()] as const
          for (const [n, { verb, minutes, which }] of script.entries()) {
            const now = n * 10
            const number = numbers[which] ?? numbers[0]
            const given = anOverride(ports, company, number, { createdAt: at(now), endsAt: at(now + minutes) })
            if (verb === 'set') await ports.routingOverrides.set(company.scope, given)
            const { items } = await ports.routingOverrides.list(company.scope, { ...page, number, at: at(now) })
            if (verb === 'end' && items[0]) await ports.routingOverrides.end(company.scope, items[0].id, at(now))
          }
          const { items } = await ports.routingOverrides.list(company.scope, page)
          for (let minute = 0; minute < 130; minute += 5) {
            const standing = items.filter((one) => stands(one, at(minute))).map(({ number }) => number)
            expect(new Set(standing).size).toBe(standing.length)
          }
        }),
        { numRuns: 10 },
      )
    })
  })
}
