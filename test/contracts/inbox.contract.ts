import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/application/ports/ports.ts'
import {
  aDelivery,
  at,
  first,
  ids,
  mobile,
  newCompany,
  type Open,
  opening,
  platform,
  race,
  unhurried,
  walk,
} from './fixtures.ts'

/** What is promised of deliveries and of calls nobody owns. */
export const inboxContract = (name: string, open: Open): void => {
  describe(`deliveries in ${name}`, unhurried, () => {
    const get = opening(open)
    const far = at(1_000_000)

    /** Leaves nothing due, for the inbox is everybody's. */
    const settled = async (): Promise<Ports> => {
      const { ports } = get()
      for (const { delivery } of await ports.inbox.claim(far, 1000, far)) await done(ports, delivery.id)
      return ports
    }
    const done = (ports: Ports, id: `dlv_${string}`) =>
      ports.inbox.settle([{ id, outcome: 'accepted', stages: [], dueAt: undefined, attempt: 1 }])
    const newKey = (ports: Ports) => `key ${ports.ids.next('delivery')}`

    describe('the inbox', () => {
      it('gives a delivery back as it came, and its body to whoever works on it', async () => {
        const ports = await settled()
        const { profile } = await newCompany(ports)
        const delivery = aDelivery(ports, {
          company: profile.id,
          dueAt: at(0),
          dedupeKey: newKey(ports),
          callId: undefined,
        })
        await ports.inbox.store(delivery)
        const { body, dedupeKey: _key, dueAt: _due, ...kept } = delivery
        expect(await ports.inbox.findAny(platform, delivery.id)).toEqual({ ...kept, attempt: 0 })
        expect(await ports.inbox.claim(at(0), 10, at(2))).toEqual([{ delivery: { ...kept, attempt: 0 }, body }])
        expect(await ports.inbox.findAny(platform, ports.ids.next('delivery'))).toBeUndefined()
      })

      it('keeps the first of one event and marks every later one as a duplicate', async () => {
        const ports = await settled()
        const dedupeKey = newKey(ports)
        const all = [1, 2, 3].map(() => aDelivery(ports, { dedupeKey, dueAt: at(0) }))
        for (const one of all) await ports.inbox.store(one)
        const outcomes: unknown[] = []
        for (const { id } of all) outcomes.push((await ports.inbox.findAny(platform, id))?.outcome)
        expect(outcomes).toEqual(['accepted', 'duplicate', 'duplicate'])
      })

      it('looks at a duplicate only when its body differs from the first one’s', async () => {
        const ports = await settled()
        const dedupeKey = newKey(ports)
        const original = aDelivery(ports, { dedupeKey, dueAt: at(0), body: '{"a":1}' })
        const same = aDelivery(ports, { dedupeKey, dueAt: at(0), body: '{"a":1}' })
        const richer = aDelivery(ports, { dedupeKey, dueAt: at(0), body: '{"a":1,"b":2}' })
        for (const one of [original, same, richer]) await ports.inbox.store(one)
        const claimed = await ports.inbox.claim(at(0), 10, at(2))
        expect(ids(claimed.map(({ delivery }) => delivery)).toSorted()).toEqual([original.id, richer.id].toSorted())
        expect(claimed.find(({ delivery }) => delivery.id === richer.id)).toMatchObject({
          body: '{"a":1,"b":2}',
          delivery: { outcome: 'duplicate' },
        })
      })

      it('remembers an event after it was worked off', async () => {
        const ports = await settled()
        const dedupeKey = newKey(ports)
        const original = aDelivery(ports, { dedupeKey, dueAt: at(0) })
        await ports.inbox.store(original)
        await ports.inbox.claim(at(0), 10, at(2))
        await done(ports, original.id)
        const repeat = aDelivery(ports, { dedupeKey, dueAt: at(0) })
        await ports.inbox.store(repeat)
        expect(await ports.inbox.claim(far, 10, far)).toEqual([])
        expect((await ports.inbox.findAny(platform, repeat.id))?.outcome).toBe('duplicate')
      })

      it('takes deliveries without a key for different ones, whatever they hold', async () => {
        const ports = await settled()
        await race(5, () => ports.inbox.store(aDelivery(ports, { dueAt: at(0) })))
        expect(await ports.inbox.claim(at(0), 10, at(2))).toHaveLength(5)
      })

      it('stores one of fifty racing deliveries of an event, and all of their neighbours', async () => {
        const ports = await settled()
        const dedupeKey = newKey(ports)
        const callId = `call_${ports.ids.next('delivery')}`
        await race(100, (which) => {
          const keyed = { callId, dedupeKey: which % 2 ? dedupeKey : newKey(ports), dueAt: at(0) }
          return ports.inbox.store(aDelivery(ports, keyed))
        })
        const kept = await walk((request) => ports.inbox.listAll(platform, { ...request, callId }), 50)
        expect(kept.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(51)
        expect(kept.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(49)
        expect(await ports.inbox.claim(at(0), 200, at(2))).toHaveLength(51)
      })

      it('takes no neighbour along when one cannot be stored', async () => {
        const ports = await settled()
        const known = aDelivery(ports, { dueAt: at(0) })
        await ports.inbox.store(known)
        const others = [1, 2, 3, 4].map(() => aDelivery(ports, { dueAt: at(0) }))
        const [first, second, third, fourth] = others
        if (!first || !second || !third || !fourth) throw new Error('There are four')
        const badly = { ...known, body: 'another body under a used id' }
        const results = await Promise.allSettled(
          [first, second, badly, third, fourth].map((one) => ports.inbox.store(one)),
        )
        expect(results.filter((_, which) => which !== 2).every(({ status }) => status === 'fulfilled')).toBe(true)
        const claimed = await ports.inbox.claim(at(0), 10, at(2))
        expect(ids(claimed.map(({ delivery }) => delivery)).toSorted()).toEqual(ids([known, ...others]).toSorted())
        expect(claimed.every(({ body }) => body === known.body)).toBe(true)
      })

      it('lends what is due, oldest first, to one worker at a time, and gives it back when the lease ends', async () => {
        const ports = await settled()
        const [third, first, second, notYet] = [3, 1, 2, 9].map((minute) =>
          aDelivery(ports, { receivedAt: at(minute), dueAt: at(minute) }),
        )
        if (!first || !second || !third || !notYet) throw new Error('There are four')
        for (const one of [third, first, second, notYet]) await ports.inbox.store(one)
        await ports.inbox.store(aDelivery(ports, { dueAt: undefined }))
        const claim = async (now: number, limit: number, lease: number) =>
          ids((await ports.inbox.claim(at(now), limit, at(lease))).map(({ delivery }) => delivery))
        expect(await claim(0, 10, 2)).toEqual([])
        expect(await claim(5, 2, 7)).toEqual([first.id, second.id])
        expect(await claim(5, 2, 7)).toEqual([third.id])
        expect(await claim(6, 9, 8)).toEqual([])
        await done(ports, second.id)
        expect((await claim(7, 9, 20)).toSorted()).toEqual([first.id, third.id].toSorted())
      })

      it('never lends one delivery to two of ten racing workers', async () => {
        const ports = await settled()
        const all = Array.from({ length: 30 }, () => aDelivery(ports, { dueAt: at(0) }))
        for (const one of all) await ports.inbox.store(one)
        const claims = await race(10, () => ports.inbox.claim(at(0), 5, at(2)))
        const claimed = claims.flat().map(({ delivery }) => delivery.id)
        expect(new Set(claimed).size).toBe(claimed.length)
        const rest = await ports.inbox.claim(at(0), 50, at(2))
        expect([...claimed, ...rest.map(({ delivery }) => delivery.id)].toSorted()).toEqual(ids(all).toSorted())
      })

      it('ends and postpones the work, and knows when something is due next', async () => {
        const ports = await settled()
        expect(await ports.inbox.nextDue()).toBeUndefined()
        const [one, other] = [aDelivery(ports, { dueAt: at(3) }), aDelivery(ports, { dueAt: at(5) })]
        await ports.inbox.store(one)
        await ports.inbox.store(other)
        expect(await ports.inbox.nextDue()).toBe(at(3))
        await ports.inbox.claim(at(5), 10, at(7))
        const stages = [{ name: 'processed', at: at(5), ok: false, detail: 'It failed and is tried again.' }] as const
        await ports.inbox.settle([{ id: one.id, outcome: 'failed', stages, dueAt: at(6), attempt: 1 }])
        await done(ports, other.id)
        expect(await ports.inbox.nextDue()).toBe(at(6))
        expect(await ports.inbox.claim(at(5), 10, at(7))).toEqual([])
        const [again] = await ports.inbox.claim(at(6), 10, at(8))
        expect(again).toMatchObject({ delivery: { id: one.id, outcome: 'failed', stages, attempt: 1 }, body: one.body })
        await ports.inbox.settle([{ id: one.id, outcome: 'dead', stages, dueAt: undefined, attempt: 2 }])
        expect(await ports.inbox.nextDue()).toBeUndefined()
        expect(await ports.inbox.findAny(platform, one.id)).toMatchObject({ outcome: 'dead', attempt: 2 })
      })

      it('settles several at once, each in its own way, and leaves the others alone', async () => {
        const ports = await settled()
        const all = [1, 2, 3].map(() => aDelivery(ports, { dueAt: at(0) }))
        const [ended, postponed, left] = all
        if (!ended || !postponed || !left) throw new Error('There are three')
        for (const one of all) await ports.inbox.store(one)
        await ports.inbox.claim(at(0), 10, at(8))
        const stages = [{ name: 'processed', at: at(1), ok: true, detail: 'Added to the call.' }] as const
        await ports.inbox.settle([])
        await ports.inbox.settle([
          { id: ended.id, outcome: 'accepted', stages, dueAt: undefined, attempt: 1 },
          { id: postponed.id, outcome: 'failed', stages: [], dueAt: at(3), attempt: 2 },
        ])
        expect(await ports.inbox.findAny(platform, ended.id)).toMatchObject({ outcome: 'accepted', stages, attempt: 1 })
        expect(await ports.inbox.findAny(platform, postponed.id)).toMatchObject({ outcome: 'failed', attempt: 2 })
        expect(await ports.inbox.findAny(platform, left.id)).toMatchObject({ stages: left.stages, attempt: 0 })
        const again = await ports.inbox.claim(at(8), 10, at(9))
        expect(ids(again.map(({ delivery }) => delivery))).toEqual([postponed.id, left.id])
      })

      it('lists everything to the platform, newest first, by what was asked for', async () => {
        const ports = await settled()
        const { profile } = await newCompany(ports)
        const all = Array.from({ length: 7 }, (_, n) =>
          aDelivery(ports, { company: profile.id, receivedAt: at(n % 3), callId: n % 2 ? 'call_odd' : 'call_even' }),
        )
        const refused = aDelivery(ports, {
          company: profile.id,
          receivedAt: at(9),
          outcome: 'refused',
          body: undefined,
        })
        const nobodys = aDelivery(ports, { callId: 'call_of_nobody' })
        for (const one of [...all, refused, nobodys]) await ports.inbox.store(one)
        const list = (query: object) => walk((request) => ports.inbox.listAll(platform, { ...request, ...query }), 3)
        const ours = await list({ company: profile.id })
        expect(ids(ours).toSorted()).toEqual(ids([...all, refused]).toSorted())
        const times = ours.map(({ receivedAt }) => receivedAt)
        expect(times).toEqual(times.toSorted((one, other) => other - one))
        expect(ids(await list({ company: profile.id, outcome: 'refused' }))).toEqual([refused.id])
        expect(await list({ company: profile.id, callId: 'call_odd' })).toHaveLength(3)
        expect(ids(await list({ callId: 'call_of_nobody' }))).toEqual([nobodys.id])
        expect(ids(await list({}))).toEqual(expect.arrayContaining([nobodys.id, refused.id]))
      })

      it('shows a company what its account keeps while nobody owns it', async () => {
        const ports = await settled()
        const [mine, theirs] = [await newCompany(ports), await newCompany(ports)]
        const kept = aDelivery(ports, { account: mine.profile.id })
        await ports.inbox.store(kept)
        const seen = async ({ scope }: typeof mine) =>
          ids((await ports.inbox.of(scope).list({ limit: 20, cursor: undefined })).items)
        expect(await seen(mine)).toEqual([kept.id])
        expect(await seen(theirs)).toEqual([])
        expect(await ports.inbox.findAny(platform, kept.id)).toMatchObject({ account: mine.profile.id })
        expect((await ports.inbox.findAny(platform, kept.id))?.company).toBeUndefined()
      })

      it('shows a company its own deliveries and no others', async () => {
        const ports = await settled()
        const [mine, theirs] = [await newCompany(ports), await newCompany(ports)]
        const own = aDelivery(ports, { company: mine.profile.id })
        const foreign = aDelivery(ports, { company: theirs.profile.id })
        const nobodys = aDelivery(ports)
        for (const one of [own, foreign, nobodys]) await ports.inbox.store(one)
        const deliveries = ports.inbox.of(mine.scope)
        const page = { limit: 20, cursor: undefined }
        expect(ids((await deliveries.list(page)).items)).toEqual([own.id])
        expect((await deliveries.list({ ...page, company: theirs.profile.id })).items).toEqual([])
        expect(ids(await deliveries.ofCall('call_a'))).toEqual([own.id])
        expect(await deliveries.find(own.id)).toEqual(await ports.inbox.findAny(platform, own.id))
        expect(await deliveries.find(foreign.id)).toBeUndefined()
        expect(await deliveries.find(nobodys.id)).toBeUndefined()
      })
    })

    describe('calls nobody owns', () => {
      const note = (ports: Ports, more: object) =>
        ports.unrouted.note({
          id: ports.ids.next('unroutedCall'),
          callId: undefined,
          account: undefined,
          fromNumber: mobile(1),
          toNumber: '+493023125999',
          agentId: undefined,
          receivedAt: at(0),
          event: 'call_inbound',
          ...more,
        })
      const list = (ports: Ports) => walk((request) => ports.unrouted.listAll(platform, request), 2)

      it('collects the events of one call of one account', async () => {
        const { ports } = get()
        const { profile } = await newCompany(ports)
        const callId = `call_${profile.id}`
        await note(ports, { callId, event: 'call_started', receivedAt: at(50) })
        await note(ports, { callId, event: 'call_ended', receivedAt: at(51) })
        await note(ports, { callId, event: 'call_started', account: profile.id, receivedAt: at(52) })
        const seen = (await list(ports)).filter((one) => one.callId === callId)
        expect(seen.map(({ account, events }) => ({ account, events }))).toEqual([
          { account: profile.id, events: ['call_started'] },
          { account: undefined, events: ['call_started', 'call_ended'] },
        ])
        expect(seen[1]).toMatchObject({ fromNumber: mobile(1), toNumber: '+493023125999', receivedAt: at(50) })
      })

      it('names an event once, however often it is noted, and one call out of twenty racing events', async () => {
        const { ports } = get()
        const { profile } = await newCompany(ports)
        const callId = `call_${profile.id}`
        const events = ['call_started', 'call_ended', 'call_analyzed', 'function_call']
        await race(20, (which) => note(ports, { callId, event: events[which % 4], receivedAt: at(70) }))
        const seen = (await list(ports)).filter((one) => one.callId === callId)
        expect(seen).toHaveLength(1)
        expect(seen[0]?.events.toSorted()).toEqual(events.toSorted())
      })

      it('knows a call without an id by its two numbers, and learns what was missing', async () => {
        const { ports } = get()
        const { profile } = await newCompany(ports)
        const account = profile.id
        await note(ports, { account, event: 'call_inbound', receivedAt: at(80) })
        await note(ports, { account, event: 'call_started', agentId: 'agent_x', receivedAt: at(81) })
        await note(ports, { account, fromNumber: mobile(2), receivedAt: at(82) })
        const seen = (await list(ports)).filter((one) => one.account === account)
        expect(seen.map(({ fromNumber, agentId, events }) => ({ fromNumber, agentId, events }))).toEqual([
          { fromNumber: mobile(2), agentId: undefined, events: ['call_inbound'] },
          { fromNumber: mobile(1), agentId: 'agent_x', events: ['call_inbound', 'call_started'] },
        ])
      })

      it('shows a company those that wait in the inbox of its own account alone', async () => {
        const { ports } = get()
        const [mine, theirs] = [await newCompany(ports), await newCompany(ports)]
        for (const account of [mine.profile.id, theirs.profile.id, undefined]) {
          for (const which of ['a', 'b', 'c']) await note(ports, { account, callId: `${mine.profile.id} ${which}` })
        }
        const own = await walk((request) => ports.unrouted.listOwn(mine.scope, request), 2)
        expect(own.map(({ callId }) => callId).toSorted()).toEqual(
          ['a', 'b', 'c'].map((n) => `${mine.profile.id} ${n}`),
        )
        expect(own.every(({ account }) => account === mine.profile.id)).toBe(true)
      })

      it('gives a call and all its deliveries to a line, once, and none of another account or call', async () => {
        const { ports } = get()
        const [mine, other] = [await newCompany(ports), await newCompany(ports)]
        const line = { company: mine.profile.id, branch: first(mine.profile.branches).id }
        const elsewhere = { company: other.profile.id, branch: first(other.profile.branches).id }
        const callId = `call_${mine.profile.id}`
        const { id } = await note(ports, { callId, receivedAt: at(60) })
        const foreign = await note(ports, { callId, account: other.profile.id, receivedAt: at(61) })
        const kept = [
          aDelivery(ports, { callId }),
          aDelivery(ports, { callId, outcome: 'refused' }),
          aDelivery(ports, { callId, account: other.profile.id }),
          aDelivery(ports, { callId: `${callId} other` }),
        ]
        for (const delivery of kept) await ports.inbox.store(delivery)
        expect(await ports.unrouted.assignedTo(undefined, callId)).toBeUndefined()

        expect(await ports.unrouted.assign(id, line, at(70))).toBe(true)
        expect(await ports.unrouted.assign(id, elsewhere, at(71))).toBe(false)
        expect(await ports.unrouted.assign(id, line, at(70))).toBe(true)
        expect(await ports.unrouted.assign('unr_00000000', line, at(70))).toBe(false)
        expect(await ports.unrouted.assignedTo(undefined, callId)).toEqual(line)
        expect(await ports.unrouted.assignedTo(other.profile.id, callId)).toBeUndefined()
        const whose = await Promise.all(kept.map((one) => ports.inbox.findAny(platform, one.id)))
        expect(whose.map((one) => one?.company)).toEqual([line.company, line.company, undefined, undefined])
        const due = (await ports.inbox.claim(at(70), 100, at(72))).map(({ delivery }) => delivery.id)
        expect(kept.map((one) => due.includes(one.id))).toEqual([true, false, false, false])
        const seen = await ports.inbox.of(mine.scope).ofCall(callId)
        expect(ids(seen).toSorted()).toEqual(ids(kept.slice(0, 2)).toSorted())

        expect(await ports.unrouted.findAny(platform, id)).toMatchObject({ id, assignedTo: line })
        expect(await ports.unrouted.findOwn(mine.scope, id)).toBeUndefined()
        expect(await ports.unrouted.findOwn(other.scope, foreign.id)).toEqual(foreign)
        for (const [assigned, seenThen] of [
          [true, [id]],
          [false, [foreign.id]],
        ] as const) {
          const listed = await walk((request) => ports.unrouted.listAll(platform, { ...request, assigned }), 5)
          expect(ids(listed.filter((one) => one.callId === callId))).toEqual(seenThen)
        }
        expect(await note(ports, { callId, event: 'call_analyzed', receivedAt: at(80) })).toMatchObject({
          ...{ id, assignedTo: line, events: ['call_inbound', 'call_analyzed'] },
        })
      })

      it('lists newest first, page by page', async () => {
        const { ports } = get()
        const { profile } = await newCompany(ports)
        for (const n of [2, 0, 1, 3]) await note(ports, { callId: `${profile.id} ${n}`, receivedAt: at(100 + n) })
        const seen = (await list(ports)).map(({ callId }) => callId).filter((id) => id?.startsWith(profile.id))
        expect(seen).toEqual([3, 2, 1, 0].map((n) => `${profile.id} ${n}`))
      })
    })
  })
}
