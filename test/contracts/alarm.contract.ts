import { describe, expect, it } from 'vitest'
import { grantCompany } from '../../src/application/grant-scope.ts'
import type { SecurityEvent } from '../../src/application/ports/alarm.ts'
import {
  actor,
  anAlert,
  at,
  ids,
  newCompany,
  newSlug,
  type Open,
  opening,
  platform,
  race,
  unhurried,
  walk,
  within,
} from './fixtures.ts'

/** What is promised of alerts and security events. */
export const alarmContract = (name: string, open: Open): void => {
  describe(`alerts in ${name}`, unhurried, () => {
    const get = opening(open)
    const page = { limit: 50, cursor: undefined }

    it('resolves the open one of a key, says which it was, and leaves the others', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [one, other] = [anAlert(ports, { key: 'k1' }), anAlert(ports, { key: 'k2' })]
      await within(ports, company, async (tx) => {
        await tx.alerts.raise(one)
        await tx.alerts.raise(other)
        expect(await tx.alerts.resolveKey('k1', at(3))).toBe(one.id)
        expect(await tx.alerts.resolveKey('k1', at(4))).toBeUndefined()
        expect(ids((await tx.alerts.list({ ...page, open: true })).items)).toEqual([other.id])
      })
    })

    it('raises an alert once as long as it is open, and again after it was resolved', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const [one, twin, later] = [
        anAlert(ports, { callId: 'call_a', appointmentId: 'apt_00000001' }),
        anAlert(ports),
        anAlert(ports, { createdAt: at(5) }),
      ]
      await within(ports, company, async (tx) => {
        await tx.calls.open('call_a', undefined, at(0))
        expect(await tx.alerts.raise(one)).toBe(true)
        expect(await tx.alerts.raise(twin)).toBe(false)
        expect(await tx.alerts.raise(anAlert(ports, { key: 'k2', createdAt: at(1) }))).toBe(true)
      })
      await ports.store.read(company.scope, async (tx) => {
        const { key: _key, ...shown } = one
        const { items } = await tx.alerts.list(page)
        expect(items).toHaveLength(2)
        expect(items[1]).toEqual({ ...shown, resolvedAt: undefined })
        expect(await tx.alerts.countOpen()).toBe(2)
      })
      await within(ports, company, async (tx) => {
        expect(await tx.alerts.resolve(one.id, at(3))).toBe(true)
        expect(await tx.alerts.resolve(one.id, at(4))).toBe(false)
        expect(await tx.alerts.resolve(twin.id, at(4))).toBe(false)
        expect(await tx.alerts.raise(later)).toBe(true)
      })
      await ports.store.read(company.scope, async (tx) => {
        expect(ids((await tx.alerts.list(page)).items)[0]).toBe(later.id)
        expect(await tx.alerts.countOpen()).toBe(2)
        expect((await tx.alerts.list({ ...page, open: false })).items).toMatchObject([
          { id: one.id, resolvedAt: at(3) },
        ])
        expect(ids((await tx.alerts.list({ ...page, open: true })).items)).not.toContain(one.id)
      })
    })

    it('resolves the open alert of a key from outside, of a company or of the platform, and no other', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const key = `lost ${company.profile.id}`
      const [ours, nobodys] = [anAlert(ports, { key }), anAlert(ports, { key })]
      await ports.alarm.alert(company.profile.id, ours)
      await ports.alarm.alert(undefined, nobodys)
      expect(await ports.alarm.resolve(undefined, key, at(3))).toBe(nobodys.id)
      expect(await ports.alarm.resolve(undefined, key, at(4))).toBeUndefined()
      const all = await walk((request) => ports.alarm.alerts(platform, request), 50)
      expect(all.find(({ id }) => id === nobodys.id)).toMatchObject({ resolvedAt: at(3) })
      expect(all.find(({ id }) => id === ours.id)).toMatchObject({ resolvedAt: undefined })
      expect(await ports.alarm.resolve(company.profile.id, key, at(5))).toBe(ours.id)
    })

    it('raises one of twenty racing alerts', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const raised = await race(20, (which) =>
        which % 2
          ? within(ports, company, (tx) => tx.alerts.raise(anAlert(ports)))
          : ports.alarm.alert(company.profile.id, anAlert(ports)).then(() => false),
      )
      expect(raised.filter((isNew) => isNew).length).toBeLessThanOrEqual(1)
      expect(await ports.store.read(company.scope, (tx) => tx.alerts.countOpen())).toBe(1)
    })

    it('shows the platform everybody’s alerts with whose they are, and a company its own alone', async () => {
      const { ports } = get()
      const [company, other] = [await newCompany(ports), await newCompany(ports)]
      const [ours, theirs, nobodys] = [
        anAlert(ports, { key: 'same' }),
        anAlert(ports, { key: 'same' }),
        anAlert(ports, { key: `same ${newSlug(ports)}` }),
      ]
      await ports.alarm.alert(company.profile.id, ours)
      await ports.alarm.alert(other.profile.id, theirs)
      await ports.alarm.alert(undefined, nobodys)
      await ports.alarm.alert(undefined, { ...nobodys, id: ports.ids.next('alert') })
      const all = await walk((request) => ports.alarm.alerts(platform, request), 3)
      const mine = all.filter(({ id }) => [ours.id, theirs.id, nobodys.id].includes(id))
      expect(mine.map(({ id, company }) => [id, company]).toSorted()).toEqual(
        [
          [ours.id, company.profile.id],
          [theirs.id, other.profile.id],
          [nobodys.id, undefined],
        ].toSorted(),
      )
      await ports.store.read(company.scope, async (tx) => {
        expect(ids((await tx.alerts.list(page)).items)).toEqual([ours.id])
      })
    })

    it('lists alerts newest first, page by page', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const all = Array.from({ length: 7 }, (_, n) => anAlert(ports, { key: `k${n}`, createdAt: at((n * 5) % 3) }))
      await within(ports, company, async (tx) => {
        for (const one of all) await tx.alerts.raise(one)
      })
      const seen = await walk((request) => ports.store.read(company.scope, (tx) => tx.alerts.list(request)), 2)
      expect(ids(seen).toSorted()).toEqual(ids(all).toSorted())
      const times = seen.map(({ createdAt }) => createdAt)
      expect(times).toEqual(times.toSorted((one, other) => other - one))
    })

    it('keeps security events and lists them newest first', async () => {
      const { ports } = get()
      const { profile } = await newCompany(ports)
      const event = (n: number, more: Partial<SecurityEvent> = {}): SecurityEvent => ({
        id: ports.ids.next('securityEvent'),
        kind: 'bad_signature',
        severity: 'warning',
        at: at(n),
        address: undefined,
        actor: undefined,
        company: undefined,
        detail: 'The signature did not match.',
        ...more,
      })
      const all = [event(2), event(3, { company: profile.id, address: '192.0.2.7', actor: 'Änne' }), event(1), event(2)]
      for (const one of all) await ports.alarm.security(one)
      const seen = await walk((request) => ports.alarm.securityEvents(platform, request), 3)
      expect(seen).toHaveLength(4)
      expect(seen).toEqual(expect.arrayContaining(all))
      expect(seen.map(({ at }) => at)).toEqual([at(3), at(2), at(2), at(1)])
      const own = await newCompany(ports)
      expect((await ports.alarm.securityEventsOf(own.scope, page)).items).toEqual([])
      const concerning = grantCompany(profile.id, actor)
      expect((await ports.alarm.securityEventsOf(concerning, page)).items).toEqual([all[1]])
    })
  })
}
