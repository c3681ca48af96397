import { describe, expect, it } from 'vitest'
import {
  aCustomer,
  at,
  ids,
  mobile,
  newCompany,
  type Open,
  opening,
  race,
  unhurried,
  walk,
  within,
} from './fixtures.ts'

/** What is promised of the people a company knows. */
export const customersContract = (name: string, open: Open): void => {
  describe(`customers in ${name}`, unhurried, () => {
    const get = opening(open)

    it('gives a customer back as kept, a missing contact as missing', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const bare = aCustomer(ports)
      const full = aCustomer(ports, {
        name: 'Đặng “Ünal” O’Hara',
        phone: mobile(1),
        email: 'Max.Muster@Salon.example',
        language: 'en',
        notes: 'mag es kurz;\n--',
        firstSeenAt: at(7),
      })
      await within(ports, company, async (tx) => {
        expect(await tx.customers.add(bare)).toEqual(bare)
        expect(await tx.customers.add(full)).toEqual(full)
      })
      await ports.store.read(company.scope, async (tx) => {
        expect(await tx.customers.find(bare.id)).toEqual(bare)
        expect(await tx.customers.find(full.id)).toEqual(full)
        expect(await tx.customers.find(ports.ids.next('customer'))).toBeUndefined()
        expect(await tx.customers.byPhone(mobile(1))).toEqual(full)
        expect(await tx.customers.byPhone(mobile(2))).toBeUndefined()
      })
    })

    it('marks a VIP apart from the rest of the customer, and takes the mark away', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [dear, other] = [aCustomer(ports), aCustomer(ports)]
      const mark = { by: { kind: 'user', name: 'leitung@salon.example' } as const, at: at(3) }
      await within(ports, company, async (tx) => {
        for (const one of [dear, other]) await tx.customers.add(one)
        expect(await tx.customers.setVip(dear.id, mark)).toBe(true)
        expect(await tx.customers.setVip(ports.ids.next('customer'), mark)).toBe(false)
      })
      const marks = () => ports.store.read(company.scope, (tx) => tx.customers.vipMarks([other.id, dear.id]))
      expect([...(await marks())]).toEqual([[dear.id, mark]])
      expect(await ports.store.read(company.scope, (tx) => tx.customers.find(dear.id))).toEqual(dear)
      await within(ports, company, (tx) => tx.customers.save({ ...dear, name: 'Neu' }))
      expect([...(await marks())]).toEqual([[dear.id, mark]])
      await within(ports, company, (tx) => tx.customers.setVip(dear.id, undefined))
      expect([...(await marks())]).toEqual([])
    })

    it('answers a number that is somebody’s already with that customer, and stores nothing', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [known, late] = [aCustomer(ports, { phone: mobile(1) }), aCustomer(ports, { phone: mobile(1), name: 'B' })]
      await within(ports, company, (tx) => tx.customers.add(known))
      expect(await within(ports, company, (tx) => tx.customers.add(late))).toEqual(known)
      expect(await ports.store.read(company.scope, (tx) => tx.customers.find(late.id))).toBeUndefined()
    })

    it('knows many without a number, and as many of one e-mail address as there are', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const family = ['Mia', 'Max'].map((name) => aCustomer(ports, { name, email: 'haus@muster.example' }))
      await within(ports, company, async (tx) => {
        for (const one of [...family, aCustomer(ports, { email: 'x@muster.example' }), aCustomer(ports)]) {
          await tx.customers.add(one)
        }
      })
      await ports.store.read(company.scope, async (tx) => {
        expect(ids(await tx.customers.byEmail('haus@muster.example')).toSorted()).toEqual(ids(family).toSorted())
        expect(ids(await tx.customers.byEmail('Haus@Muster.example')).toSorted()).toEqual(ids(family).toSorted())
        expect(await tx.customers.byEmail('niemand@muster.example')).toEqual([])
      })
    })

    it('makes one customer out of twenty racing additions of one number', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const added = await race(20, (which) =>
        within(ports, company, (tx) =>
          tx.customers.add(aCustomer(ports, { phone: mobile(9), name: `Racer ${which}` })),
        ),
      )
      expect(new Set(ids(added)).size).toBe(1)
      const { items } = await ports.store.read(company.scope, (tx) =>
        tx.customers.list({ limit: 200, cursor: undefined }),
      )
      expect(items).toEqual([added[0]])
    })

    it('finds a changed customer by the new contact alone', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const customer = aCustomer(ports, { phone: mobile(1), email: 'alt@muster.example' })
      const changed = { ...customer, phone: mobile(2), email: 'neu@muster.example', name: 'Neu' }
      await within(ports, company, async (tx) => {
        await tx.customers.add(customer)
        await tx.customers.save(changed)
      })
      await ports.store.read(company.scope, async (tx) => {
        expect(await tx.customers.byPhone(mobile(1))).toBeUndefined()
        expect(await tx.customers.byEmail('alt@muster.example')).toEqual([])
        expect(await tx.customers.byPhone(mobile(2))).toEqual(changed)
        expect(await tx.customers.byEmail('neu@muster.example')).toEqual([changed])
      })
    })

    it('lets go of a contact that is taken away', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const customer = aCustomer(ports, { phone: mobile(1), email: 'alt@muster.example', notes: 'n', language: 'de' })
      const bare = { ...customer, phone: undefined, email: undefined, notes: undefined, language: undefined }
      await within(ports, company, async (tx) => {
        await tx.customers.add(customer)
        await tx.customers.save(bare)
      })
      await ports.store.read(company.scope, async (tx) => {
        expect(await tx.customers.find(customer.id)).toEqual(bare)
        expect(await tx.customers.byPhone(mobile(1))).toBeUndefined()
      })
    })

    it('looks many up at once and passes over unknown ones', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const all = [aCustomer(ports), aCustomer(ports), aCustomer(ports)]
      await within(ports, company, async (tx) => {
        for (const one of all) await tx.customers.add(one)
      })
      const [a, , c] = all
      if (!a || !c) throw new Error('There are three')
      await ports.store.read(company.scope, async (tx) => {
        const found = await tx.customers.many([c.id, ports.ids.next('customer'), a.id, a.id])
        expect(ids(found).toSorted()).toEqual([a.id, c.id].toSorted())
        expect(await tx.customers.many([])).toEqual([])
      })
    })

    it('lists newest first, page by page, without loss or repetition', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const all = Array.from({ length: 11 }, (_, n) => aCustomer(ports, { firstSeenAt: at((n * 5) % 4) }))
      await within(ports, company, async (tx) => {
        for (const one of all) await tx.customers.add(one)
      })
      for (const limit of [1, 3, 11, 200]) {
        const seen = await walk((page) => ports.store.read(company.scope, (tx) => tx.customers.list(page)), limit)
        expect(ids(seen).toSorted()).toEqual(ids(all).toSorted())
        const times = seen.map(({ firstSeenAt }) => firstSeenAt)
        expect(times).toEqual(times.toSorted((one, other) => other - one))
      }
    })
  })
}
