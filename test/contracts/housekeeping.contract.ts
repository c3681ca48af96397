import { describe, expect, it } from 'vitest'
import type { LeftoverKind } from '../../src/application/ports/housekeeping.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { Instant } from '../../src/domain/time.ts'
import { anAgent } from './agents.contract.ts'
import {
  anOffer,
  at,
  type Company,
  first,
  newCompany,
  type Open,
  opening,
  platform,
  span,
  unhurried,
  within,
} from './fixtures.ts'
import { aJob } from './jobs.contract.ts'
import { aRehearsal, aSync } from './seen-at-retell.contract.ts'

/** Adds one that is over at the moment, and gives the way to see whether it is still there. */
type Add = (ports: Ports, company: Company, over: Instant) => Promise<() => Promise<boolean>>

let last = 0
const fresh = (): string => {
  last += 1
  return `${last}`
}

const ended =
  (state: 'done' | 'given-up'): Add =>
  async (ports, company, over) => {
    const job = aJob(ports, { runAt: over, createdAt: at(-9_000) })
    await within(ports, company, (tx) => tx.jobs.enqueue(job))
    await ports.jobs.settle(job.id, state === 'done' ? { state } : { state, error: 'It is no use.' })
    return async () => (await ports.store.read(company.scope, (tx) => tx.jobs.find(job.id))) !== undefined
  }

const aUser = async (ports: Ports): Promise<`usr_${string}`> => {
  const id = ports.ids.next('user')
  await ports.identities.addUser({
    ...{ id, email: `${id}@salon.example`, role: 'platform_admin', company: undefined, passwordHash: undefined },
    ...{ failedLogins: 0, lockedUntil: undefined, disabled: false, seesVip: false, createdAt: at(0) },
  })
  return id
}

const adding: { readonly [Kind in Exclude<LeftoverKind, 'live-events'>]: Add } = {
  'done-jobs': ended('done'),
  'given-up-jobs': ended('given-up'),
  'idempotent-requests': async (ports, { profile }, over) => {
    const request = { principal: `tok_${fresh()}`, path: '/a', key: 'k', company: profile.id, digest: 'd' }
    const begun = await ports.idempotency.begin(request, over)
    if (begun.kind === 'new') await ports.idempotency.answer(begun.request, { status: 200, body: '{}' })
    return async () => (await ports.idempotency.begin(request, over)).kind === 'answered'
  },
  rings: async (ports, company, over) => {
    const ring = {
      id: ports.ids.next('ring'),
      branch: first(company.profile.branches).id,
      fromNumber: undefined,
      at: over,
    }
    await within(ports, company, (tx) => tx.rings.add({ ...ring, toNumber: '+493023125101' }))
    return async () =>
      (await ports.store.read(company.scope, (tx) => tx.rings.open(at(-99_999)))).some(({ id }) => id === ring.id)
  },
  suggestions: async (ports, company, until) => {
    const call = `call_${fresh()}`
    const resource = first(company.profile.staff).id
    await within(ports, company, async (tx) => {
      await tx.calls.open(call, undefined, at(0))
      await tx.suggestions.replace(call, [{ call, resource, until, ...span(0, 30) }])
    })
    return async () =>
      (await ports.store.read(company.scope, (tx) => tx.suggestions.ofOthers('', at(0), at(30), at(-99_999)))).some(
        (one) => one.call === call,
      )
  },
  offers: async (ports, company, until) => {
    const call = `call_${fresh()}`
    const offer = anOffer(ports, company, { call, until, state: until % 2 === 0 ? 'open' : 'released' })
    await within(ports, company, async (tx) => {
      await tx.calls.open(call, undefined, at(0))
      await tx.offers.save(offer)
    })
    return async () => (await ports.store.read(company.scope, (tx) => tx.offers.find(offer.id))) !== undefined
  },
  'ended-holds': async (ports, company, until) => {
    const owner = ports.ids.next('offer')
    const resource = first(company.profile.staff).id
    last += 1
    const time = span(last * 10, last * 10 + 5)
    await within(ports, company, (tx) => tx.occupancy.claim(owner, resource, [time], until, at(-99_999)))
    return async () =>
      (
        await ports.store.read(company.scope, (tx) =>
          tx.occupancy.between([resource], time.startsAt, time.endsAt, at(-99_999)),
        )
      ).length > 0
  },
  'ended-syncs': async (ports, company, startedAt) => {
    const sync = aSync(ports, { state: startedAt % 2 === 0 ? 'done' : 'failed', startedAt })
    const running = aSync(ports, { startedAt: at(-99_999) })
    await within(ports, company, async (tx) => {
      for (const one of [sync, running]) await tx.agentSyncs.save(one)
    })
    return () =>
      ports.store.read(company.scope, async (tx) => {
        if (!(await tx.agentSyncs.find(running.id))) throw new Error('One that runs was deleted')
        return (await tx.agentSyncs.find(sync.id)) !== undefined
      })
  },
  rehearsals: async (ports, company, moment) => {
    const agent = anAgent(ports)
    const rehearsal = aRehearsal(ports, agent.id, { at: moment })
    await within(ports, company, async (tx) => {
      await tx.agents.save(agent)
      await tx.rehearsals.save(rehearsal)
    })
    return async () => (await ports.store.read(company.scope, (tx) => tx.rehearsals.find(rehearsal.id))) !== undefined
  },
  sessions: async (ports, _company, expiresAt) => {
    const digest = ports.credentials.digest(ports.credentials.randomText())
    await ports.identities.addSession({ digest, user: await aUser(ports), createdAt: at(-99_999), expiresAt })
    return async () => (await ports.identities.session(digest)) !== undefined
  },
  'password-links': async (ports, _company, expiresAt) => {
    const digest = ports.credentials.digest(ports.credentials.randomText())
    await ports.identities.addPasswordLink({ digest, user: await aUser(ports), expiresAt })
    return async () => (await ports.identities.takePasswordLink(digest)) !== undefined
  },
}

const kinds = Object.entries(adding) as readonly (readonly [LeftoverKind, Add])[]

/** What is promised of deleting what is over. */
export const housekeepingContract = (name: string, open: Open): void => {
  describe(`housekeeping in ${name}`, unhurried, () => {
    const get = opening(open)

    it.each(kinds)('deletes %s of everybody that are over, so many at once, and no others', async (kind, add) => {
      const { ports } = get()
      await ports.housekeeping.clear(platform, kind, at(1_000), 1_000)
      const [company, other] = [await newCompany(ports), await newCompany(ports)]
      const over = [
        await add(ports, company, at(-30)),
        await add(ports, other, at(-20)),
        await add(ports, company, at(0)),
      ]
      const standing = [await add(ports, company, at(1)), await add(ports, other, at(9))]
      expect(await ports.housekeeping.clear(platform, kind, at(-31), 10)).toBe(0)
      expect(await ports.housekeeping.clear(platform, kind, at(0), 2)).toBe(2)
      expect(await ports.housekeeping.clear(platform, kind, at(0), 2)).toBe(1)
      expect(await ports.housekeeping.clear(platform, kind, at(0), 2)).toBe(0)
      const see = async (all: readonly (() => Promise<boolean>)[]) => {
        const seen: boolean[] = []
        for (const isThere of all) seen.push(await isThere())
        return seen
      }
      expect(await see(standing)).toEqual([true, true])
      expect(await see(over)).toEqual([false, false, false])
    })

    it('deletes no job that waits and no time that is taken for good', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const job = aJob(ports, { runAt: at(-50) })
      const [resource, owner] = [first(company.profile.staff).id, ports.ids.next('appointment')]
      await within(ports, company, async (tx) => {
        await tx.jobs.enqueue(job)
        await tx.occupancy.claim(owner, resource, [span(-60, -30)], undefined, at(-99))
      })
      for (const kind of ['done-jobs', 'given-up-jobs', 'ended-holds'] as const) {
        await ports.housekeeping.clear(platform, kind, at(1_000), 1_000)
      }
      await ports.store.read(company.scope, async (tx) => {
        expect(await tx.jobs.find(job.id)).toMatchObject({ state: 'waiting' })
        expect(await tx.occupancy.between([resource], at(-60), at(0), at(0))).toHaveLength(1)
      })
    })

    it('deletes live events, and never gives their numbers again', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const publish = () =>
        within(ports, company, async (tx) => tx.publish({ kind: 'call.updated', data: { call_id: 'a' } }))
      for (let time = 0; time < 3; time += 1) await publish()
      const { id } = company.profile
      const told = ports.clock.now()
      expect(await ports.housekeeping.clear(platform, 'live-events', (told - 1) as Instant, 1_000)).toBe(0)
      await ports.housekeeping.clear(platform, 'live-events', told, 1_000)
      expect(await ports.events.after(id, 0, 10)).toEqual([])
      expect(await ports.events.latest(id)).toBe(3)
      await publish()
      expect((await ports.events.after(id, 0, 10)).map(({ seq }) => seq)).toEqual([4])
    })
  })
}
