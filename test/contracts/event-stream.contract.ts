import { err, ok, type Result } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import type { LiveEvent, NewLiveEvent } from '../../src/application/ports/events.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import { type Company, eventually, newCompany, type Open, opening, pause, race, unhurried, within } from './fixtures.ts'

/** What is promised of live events. */
export const eventStreamContract = (name: string, open: Open): void => {
  describe(`live events in ${name}`, unhurried, () => {
    const get = opening(open)

    const news = (label: string): NewLiveEvent => ({ kind: 'call.updated', data: { call_id: label } })
    const labels = (events: readonly LiveEvent[]) => events.map(({ data }) => data.call_id)
    const publish = (ports: Ports, company: Company, ...all: readonly string[]) =>
      within(ports, company, async (tx) => {
        for (const label of all) tx.publish(news(label))
      })

    it('counts from one per company, in the order of publication', async () => {
      const { ports } = get()
      const [company, other] = [await newCompany(ports), await newCompany(ports)]
      expect(await ports.events.latest(company.profile.id)).toBe(0)
      expect(await ports.events.after(company.profile.id, 0, 10)).toEqual([])
      await publish(ports, company, 'a', 'b')
      await publish(ports, other, 'z')
      await publish(ports, company, 'c')
      const events = await ports.events.after(company.profile.id, 0, 10)
      expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3])
      expect(labels(events)).toEqual(['a', 'b', 'c'])
      expect(events[0]).toMatchObject({ kind: 'call.updated', data: { call_id: 'a' }, at: expect.any(Number) })
      expect(await ports.events.latest(company.profile.id)).toBe(3)
      expect(await ports.events.latest(other.profile.id)).toBe(1)
    })

    it('tells what came after a number, as much as was asked for', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      await publish(ports, company, 'a', 'b', 'c', 'd')
      expect(labels(await ports.events.after(company.profile.id, 1, 2))).toEqual(['b', 'c'])
      expect(labels(await ports.events.after(company.profile.id, 3, 100))).toEqual(['d'])
      expect(await ports.events.after(company.profile.id, 4, 100)).toEqual([])
      expect(await ports.events.after(company.profile.id, 99, 100)).toEqual([])
    })

    it('leaves no gap where a transaction was taken back', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      await publish(ports, company, 'a')
      await ports.store.transact(company.scope, async (tx): Promise<Result<void, 'no'>> => {
        tx.publish(news('never'))
        return err('no')
      })
      const broken = ports.store.transact(company.scope, async (tx): Promise<Result<void, never>> => {
        tx.publish(news('never'))
        throw new Error('the work fell over')
      })
      await expect(broken).rejects.toThrow()
      await publish(ports, company, 'b')
      const events = await ports.events.after(company.profile.id, 0, 10)
      expect(events.map(({ seq, data }) => [seq, data.call_id])).toEqual([
        [1, 'a'],
        [2, 'b'],
      ])
    })

    it('numbers racing commits without gaps, each transaction’s events together', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      await race(20, (which) =>
        ports.store.transact(company.scope, async (tx): Promise<Result<void, 'no'>> => {
          tx.publish(news(`${which} first`))
          if (which % 3 === 0) await pause(2)
          tx.publish(news(`${which} second`))
          return which % 4 === 0 ? err('no') : ok()
        }),
      )
      const events = await ports.events.after(company.profile.id, 0, 100)
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
      const pairs = labels(events)
      for (let n = 0; n < 30; n += 2) expect(pairs[n]?.replace('first', 'second')).toBe(pairs[n + 1])
    })

    it('never shows a number before a smaller one, however commits race', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      let last = 0
      const seen: number[] = []
      let over = false
      const reader = (async () => {
        while (!over || (await ports.events.latest(company.profile.id)) > last) {
          const events = await ports.events.after(company.profile.id, last, 100)
          seen.push(...events.map(({ seq }) => seq))
          last = seen.at(-1) ?? 0
          await pause(1)
        }
      })()
      await race(20, (which) =>
        within(ports, company, async (tx) => {
          tx.publish(news(`${which}`))
          await pause(which % 5)
        }),
      )
      over = true
      await reader
      expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    })

    it('tells a watcher to look after each commit, until it stops', async () => {
      const { ports } = get()
      const [company, other] = [await newCompany(ports), await newCompany(ports)]
      let looks = 0
      const stop = ports.events.watch(company.profile.id, () => {
        looks += 1
      })
      const late = ports.events.watch(other.profile.id, () => undefined)
      await publish(ports, company, 'a')
      await eventually(() => expect(looks).toBeGreaterThan(0))
      const before = looks
      await pause(5)
      await publish(ports, company, 'b')
      await eventually(() => expect(looks).toBeGreaterThan(before))
      stop()
      late()
      await pause(50)
      const afterwards = looks
      await publish(ports, company, 'c')
      await pause(300)
      expect(looks).toBe(afterwards)
    })
  })
}
