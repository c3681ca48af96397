import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { Callback } from '../../src/domain/reception/callback.ts'
import type { Wish } from '../../src/domain/reception/wish.ts'
import { parseLocalDate } from '../../src/domain/time.ts'
import {
  at,
  type Company,
  first,
  ids,
  inTurn,
  mobile,
  newCompany,
  type Open,
  opening,
  unhurried,
  walk,
  within,
} from './fixtures.ts'

export const aCallback = (ports: Ports, { profile }: Company, more: Partial<Callback> = {}): Callback => ({
  id: ports.ids.next('callback'),
  kind: 'callback',
  state: 'open',
  priority: 'high',
  customerName: 'Änne O’Probe',
  phoneNumber: mobile(1),
  reason: 'Fragen zur „Dauerwelle“',
  message: undefined,
  preferredTimeWindow: 'vormittags',
  branch: first(profile.branches).id,
  service: first(profile.services).id,
  callId: undefined,
  dueBy: at(240),
  escalatedAt: undefined,
  assignedTo: undefined,
  createdAt: at(0),
  ...more,
})

export const aWish = (ports: Ports, { profile }: Company, more: Partial<Wish> = {}): Wish => ({
  id: ports.ids.next('wish'),
  callId: undefined,
  branch: first(profile.branches).id,
  service: first(profile.services).id,
  wanted: { date: parseLocalDate('2026-12-05')._unsafeUnwrap(), time: 630, window: undefined },
  reason: 'unavailable',
  alternatives: [{ startsAt: at(600), staff: first(profile.staff).id }],
  createdAt: at(0),
  ...more,
})

const one = { limit: 9, cursor: undefined }

/** What is promised of what somebody has to ring back about, and of what callers could not get. */
export const receptionContract = (name: string, open: Open): void => {
  describe(`callbacks in ${name}`, unhurried, () => {
    const get = opening(open)

    it('come back as they were written, with everything and with next to nothing', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      await within(ports, company, (tx) => tx.calls.open('call_c', undefined, at(0)))
      const all = [
        aCallback(ports, company, {
          ...{ callId: 'call_c', escalatedAt: at(250), state: 'assigned' },
          assignedTo: { user: ports.ids.next('user'), name: 'leitung@salon.example' },
        }),
        aCallback(ports, company, {
          ...{ kind: 'message', message: 'Ich komme später.\nDanke', customerName: undefined, phoneNumber: undefined },
          ...{ reason: undefined, preferredTimeWindow: undefined, branch: undefined, service: undefined },
        }),
      ]
      await within(ports, company, (tx) => inTurn(all, tx.callbacks.add))
      const found = await within(ports, company, (tx) => inTurn(ids(all), (id) => tx.callbacks.find(id as 'cbk_')))
      expect(found).toEqual(all)
      expect(await within(ports, company, (tx) => tx.callbacks.ofCall('call_c'))).toEqual([first(all)])
      expect(await within(ports, company, (tx) => tx.callbacks.find('cbk_00000000'))).toBeUndefined()
    })

    it('keep every change of a saved one', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const before = aCallback(ports, company)
      const after: Callback = { ...before, state: 'done', priority: 'urgent', dueBy: at(9), reason: 'Anders' }
      await within(ports, company, async (tx) => {
        await tx.callbacks.add(before)
        const opened = await tx.callbacks.open(before.id)
        if (opened) await tx.callbacks.save(after)
      })
      expect(await within(ports, company, (tx) => tx.callbacks.find(before.id))).toEqual(after)
    })

    it('are listed newest first or by what is due first, page by page', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const all = [30, 10, 20, 10, 40].map((due, n) =>
        aCallback(ports, company, { dueBy: at(due), createdAt: at(Math.floor(n / 2)) }),
      )
      await within(ports, company, (tx) => inTurn(all, tx.callbacks.add))
      const newest = await walk((page) => within(ports, company, (tx) => tx.callbacks.list(page)), 2)
      expect(newest).toEqual(all.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)))
      const due = await walk((page) => within(ports, company, (tx) => tx.callbacks.listByDue(page)), 2)
      expect(due).toEqual(all.toSorted((a, b) => a.dueBy - b.dueBy || (a.id < b.id ? -1 : 1)))
    })

    it('are found by state, kind, branch, priority and whether they are overdue, from the very moment on', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [, west] = company.profile.branches
      const open = aCallback(ports, company, { dueBy: at(10) })
      const taken = aCallback(ports, company, { state: 'assigned', dueBy: at(20), branch: west?.id })
      const done = aCallback(ports, company, { state: 'done', dueBy: at(5), kind: 'message' })
      await within(ports, company, (tx) => inTurn([open, taken, done], tx.callbacks.add))
      const found = (query: object) =>
        within(ports, company, async (tx) => ids((await tx.callbacks.listByDue({ ...one, ...query })).items))
      expect(await found({})).toEqual(ids([done, open, taken]))
      expect(await found({ states: ['open', 'assigned'] })).toEqual(ids([open, taken]))
      expect(await found({ states: [] })).toEqual([])
      expect(await found({ kind: 'message' })).toEqual(ids([done]))
      expect(await found({ branch: west?.id })).toEqual(ids([taken]))
      expect(await found({ priority: 'urgent' })).toEqual([])
      expect(await found({ priority: 'high' })).toEqual(ids([done, open, taken]))
      expect(await found({ overdue: { at: at(9), is: true } })).toEqual([])
      expect(await found({ overdue: { at: at(10), is: true } })).toEqual(ids([open]))
      expect(await found({ overdue: { at: at(10), is: false } })).toEqual(ids([done, taken]))
      expect(await within(ports, company, (tx) => tx.callbacks.tally(at(10)))).toEqual({ standing: 2, overdue: 1 })
    })

    it('count nothing where there is nothing', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      expect(await within(ports, company, (tx) => tx.callbacks.tally(at(0)))).toEqual({ standing: 0, overdue: 0 })
    })

    it('and wishes are seen by their own company alone', async () => {
      const { ports } = get()
      const [ours, theirs] = [await newCompany(ports), await newCompany(ports)]
      const [callback, wish] = [aCallback(ports, theirs), aWish(ports, theirs)]
      await within(ports, theirs, async (tx) => {
        await tx.callbacks.add(callback)
        await tx.wishes.put(wish)
      })
      await within(ports, ours, async (tx) => {
        expect(await tx.callbacks.find(callback.id)).toBeUndefined()
        expect(await tx.callbacks.open(callback.id)).toBeUndefined()
        expect((await tx.callbacks.list(one)).items).toEqual([])
        expect((await tx.callbacks.listByDue(one)).items).toEqual([])
        expect(await tx.callbacks.tally(at(999))).toEqual({ standing: 0, overdue: 0 })
        expect((await tx.wishes.list(one)).items).toEqual([])
        expect(await tx.wishes.tally(at(0))).toEqual([])
        await tx.wishes.remove(wish.id)
      })
      expect(await within(ports, theirs, async (tx) => (await tx.wishes.list(one)).items)).toEqual([wish])
    })
  })

  describe(`wishes in ${name}`, unhurried, () => {
    const get = opening(open)

    it('come back as they were written, changed and removed', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      await within(ports, company, (tx) => tx.calls.open('call_w', undefined, at(0)))
      const [kept, gone] = [aWish(ports, company, { callId: 'call_w' }), aWish(ports, company, { callId: 'call_w' })]
      const changed: Wish = {
        ...kept,
        ...{ reason: 'closed', alternatives: [], service: undefined, branch: undefined },
        wanted: { date: undefined, time: undefined, window: { from: 540, to: 720 } },
      }
      await within(ports, company, async (tx) => {
        await inTurn([kept, gone, changed], tx.wishes.put)
        await tx.wishes.remove(gone.id)
      })
      expect(await within(ports, company, (tx) => tx.wishes.ofCall('call_w'))).toEqual([changed])
      expect(await within(ports, company, (tx) => tx.wishes.ofCall('call_x'))).toEqual([])
    })

    it('are listed newest first, page by page, by branch, service and time', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [, west] = company.profile.branches
      const [, perm] = company.profile.services
      const all = [3, 1, 2, 1].map((minute) => aWish(ports, company, { createdAt: at(minute) }))
      const other = aWish(ports, company, { branch: west?.id, service: perm?.id, createdAt: at(9) })
      await within(ports, company, (tx) => inTurn([...all, other], tx.wishes.put))
      const ordered = [...all, other].toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
      expect(await walk((page) => within(ports, company, (tx) => tx.wishes.list(page)), 2)).toEqual(ordered)
      const found = (query: object) =>
        within(ports, company, async (tx) => ids((await tx.wishes.list({ ...one, ...query })).items))
      expect(await found({ branch: west?.id })).toEqual([other.id])
      expect(await found({ service: perm?.id })).toEqual([other.id])
      expect(await found({ from: at(2), to: at(9) })).toEqual(
        ids(ordered.filter(({ createdAt }) => createdAt >= at(2) && createdAt < at(9))),
      )
    })

    it('are counted by service, the most wanted first', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [cut, perm] = company.profile.services
      const wishes = [perm?.id, cut?.id, perm?.id, undefined].map((service) => aWish(ports, company, { service }))
      const old = aWish(ports, company, { service: cut?.id, createdAt: at(-9) })
      await within(ports, company, (tx) => inTurn([...wishes, old, { ...old, id: 'wsh_00000000' }], tx.wishes.put))
      const counted = await within(ports, company, (tx) => tx.wishes.tally(at(0)))
      expect(first(counted)).toEqual({ service: perm?.id, count: 2 })
      expect(counted).toHaveLength(3)
      expect(counted).toContainEqual({ service: undefined, count: 1 })
      expect(counted).toContainEqual({ service: cut?.id, count: 1 })
    })
  })
}
