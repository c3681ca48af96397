import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/application/ports/ports.ts'
import { type BlockedTime, longestBlock } from '../../src/domain/booking/blocked-time.ts'
import { overlaps } from '../../src/domain/booking/interval.ts'
import { after } from '../../src/domain/time.ts'
import {
  actor,
  at,
  type Company,
  first,
  ids,
  inTurn,
  newCompany,
  type Open,
  opening,
  span,
  unhurried,
  walk,
  within,
} from './fixtures.ts'

/** Of the first colleague, or of the first branch when `whole`. */
export const aBlockedTime = (
  ports: Ports,
  { profile }: Company,
  more: Partial<Pick<BlockedTime, 'id' | 'startsAt' | 'endsAt' | 'reason'>> = {},
  whole = false,
): BlockedTime => {
  const [staff, branch] = [first(profile.staff).id, first(profile.branches).id]
  const core = {
    id: ports.ids.next('blockedTime'),
    ...span(0, 60),
    reason: 'Fortbildung bei Frau Änne',
    createdBy: actor,
    createdAt: at(-5),
    ...more,
  }
  return whole
    ? { ...core, staff: undefined, branch, resources: [branch] }
    : { ...core, staff, branch: undefined, resources: [staff] }
}

/** What is promised of the hours that people took off the calendar. */
export const blockedTimesContract = (name: string, open: Open): void => {
  describe(`blocked times in ${name}`, unhurried, () => {
    const get = opening(open)

    it('come back as they were written, for a colleague and for a branch, with and without a reason', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const all = [
        aBlockedTime(ports, company),
        aBlockedTime(ports, company, { ...span(10, 20), reason: undefined }, true),
      ]
      await within(ports, company, (tx) => inTurn(all, tx.blockedTimes.add))
      const found = await within(ports, company, (tx) => inTurn(ids(all), (id) => tx.blockedTimes.find(id as 'blk_')))
      expect(found).toEqual(all)
      expect(await within(ports, company, (tx) => tx.blockedTimes.find('blk_00000000'))).toBeUndefined()
    })

    it('are gone once they were removed, which only the first remover hears', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [one, other] = [aBlockedTime(ports, company), aBlockedTime(ports, company)]
      await within(ports, company, (tx) => inTurn([one, other], tx.blockedTimes.add))
      const removed = await within(ports, company, (tx) => inTurn([one.id, one.id], tx.blockedTimes.remove))
      expect(removed).toEqual([true, false])
      expect(await within(ports, company, (tx) => tx.blockedTimes.between(at(0), at(1)))).toEqual([other])
    })

    it('are found where they touch a stretch, however long they are, and nowhere else', async () => {
      const { ports } = get()
      const minutes = fc.integer({ min: -200, max: 200 })
      const stretch = fc.tuple(minutes, fc.integer({ min: 1, max: 120 })).map(([from, long]) => span(from, from + long))
      await fc.assert(
        fc.asyncProperty(fc.array(stretch, { minLength: 1, maxLength: 8 }), stretch, async (spans, asked) => {
          const company = await newCompany(ports)
          const blocks = spans.map((one) => aBlockedTime(ports, company, one))
          await within(ports, company, (tx) => inTurn(blocks, tx.blockedTimes.add))
          const found = await within(ports, company, (tx) => tx.blockedTimes.between(asked.startsAt, asked.endsAt))
          expect(ids(found).toSorted()).toEqual(ids(blocks.filter((one) => overlaps(one, asked))).toSorted())
          expect(found.map(({ startsAt }) => startsAt)).toEqual(
            found.map((one) => one.startsAt).toSorted((a, b) => a - b),
          )
        }),
        { numRuns: 12 },
      )
      const company = await newCompany(ports)
      const year = aBlockedTime(ports, company, { startsAt: at(0), endsAt: after(at(0), longestBlock) })
      await within(ports, company, (tx) => tx.blockedTimes.add(year))
      const last = after(year.endsAt, -1)
      expect(await within(ports, company, (tx) => tx.blockedTimes.between(last, year.endsAt))).toEqual([year])
    })

    it('are listed page by page in order of their start', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const blocks = [30, 10, 20, 10, 40].map((from) => aBlockedTime(ports, company, span(from, from + 5)))
      await within(ports, company, (tx) => inTurn(blocks, tx.blockedTimes.add))
      const ordered = blocks.toSorted((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1))
      const seen = await walk((page) => within(ports, company, (tx) => tx.blockedTimes.list(page)), 2)
      expect(seen).toEqual(ordered)
      const some = await within(ports, company, (tx) =>
        tx.blockedTimes.list({ from: at(15), to: at(30), limit: 9, cursor: undefined }),
      )
      expect(ids(some.items)).toEqual(ids(ordered.slice(2, 3)))
    })
  })
}
