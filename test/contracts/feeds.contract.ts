import { describe, expect, it } from 'vitest'
import type { Feed } from '../../src/application/ports/feeds.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import {
  at,
  type Company,
  first,
  newCompany,
  type Open,
  opening,
  race,
  staffSpec,
  unhurried,
  within,
} from './fixtures.ts'

export const aFeed = (ports: Ports, { profile }: Company, more: Partial<Feed> = {}): Feed => ({
  id: ports.ids.next('calendarFeed'),
  staff: first(profile.staff).id,
  digest: `digest ${ports.ids.next('calendarFeed')}`,
  createdAt: at(0),
  ...more,
})

/** What is promised of calendar feeds. */
export const feedsContract = (name: string, open: Open): void => {
  describe(`calendar feeds in ${name}`, unhurried, () => {
    const get = opening(open)
    const list = (ports: Ports, company: Company) => ports.store.read(company.scope, (tx) => tx.feeds.list())

    it('are found by their digest, with their company, and by nobody else', async () => {
      const { ports } = get()
      const [company, other] = [await newCompany(ports), await newCompany(ports)]
      const feed = aFeed(ports, company)
      await within(ports, company, (tx) => tx.feeds.put(feed))
      expect(await ports.feeds.byDigest(feed.digest)).toEqual({ ...feed, company: company.profile.id })
      expect(await ports.feeds.byDigest('digest of nothing')).toBeUndefined()
      expect(await list(ports, company)).toEqual([feed])
      expect(await list(ports, other)).toEqual([])
    })

    it('replace the one that the colleague had, and leave those of others', async () => {
      const { ports } = get()
      const company = await newCompany(ports, { staff: [staffSpec('nina'), staffSpec('udo')] })
      const udo = company.profile.staff[1]?.id ?? 'stf_'
      const [one, next, theirs] = [
        aFeed(ports, company),
        aFeed(ports, company, { createdAt: at(2) }),
        aFeed(ports, company, { staff: udo, createdAt: at(1) }),
      ]
      for (const feed of [one, theirs, next]) await within(ports, company, (tx) => tx.feeds.put(feed))
      expect(await list(ports, company)).toEqual([theirs, next])
      expect(await ports.feeds.byDigest(one.digest)).toBeUndefined()
    })

    it('are gone once they were removed, by their own company alone', async () => {
      const { ports } = get()
      const [company, other] = [await newCompany(ports), await newCompany(ports)]
      const feed = aFeed(ports, company)
      await within(ports, company, (tx) => tx.feeds.put(feed))
      expect(await within(ports, other, (tx) => tx.feeds.remove(feed.staff))).toBeUndefined()
      expect(await within(ports, company, (tx) => tx.feeds.remove(feed.staff))).toEqual(feed)
      expect(await within(ports, company, (tx) => tx.feeds.remove(feed.staff))).toBeUndefined()
      expect(await ports.feeds.byDigest(feed.digest)).toBeUndefined()
    })

    it('are one for each colleague, however many are made at once', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      await race(8, () => within(ports, company, (tx) => tx.feeds.put(aFeed(ports, company))))
      expect(await list(ports, company)).toHaveLength(1)
    })
  })
}
