import { describe, expect, it } from 'vitest'
import type { NewAlert } from '../../src/application/ports/alarm.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import {
  type AgentRollout,
  type LiveDecision,
  type Publication,
  publicationSteps,
} from '../../src/application/ports/releases.ts'
import type { CompanyTx } from '../../src/application/ports/store.ts'
import { failureStatuses } from '../../src/application/tools/tool-failures.ts'
import type { CallFields } from '../../src/domain/calling/call.ts'
import { learn, unheard } from '../../src/domain/calling/call.ts'
import type { AgentId } from '../../src/domain/ids.ts'
import { after, SECOND } from '../../src/domain/time.ts'
import { anAgent } from './agents.contract.ts'
import {
  actor,
  anAlert,
  aToolCall,
  at,
  type Company,
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

export const aDecision = (ports: Ports, agent: AgentId, more: Partial<LiveDecision> = {}): LiveDecision => ({
  ...{ id: ports.ids.next('decision'), agent, kind: 'publish', version: 3, retellVersion: 12, percent: 100 },
  ...{ numbers: [mobile(1)], actor, reason: undefined, at: at(0) },
  ...more,
})

export const aPublication = (ports: Ports, agent: AgentId, more: Partial<Publication> = {}): Publication => ({
  ...{ id: ports.ids.next('publication'), agent, job: ports.ids.next('job'), version: 3, retellVersion: undefined },
  draftSeen: undefined,
  before: {
    ...{ liveVersion: undefined, liveAtRetell: 11, newestAtRetell: 12 },
    bindings: [{ number: mobile(1), document: '{"inbound_agents":null}' }],
  },
  ...{ numbers: [mobile(1)], isCandidate: false, kind: 'publish', state: 'running' },
  steps: publicationSteps.map((name) => ({
    ...{ name, state: 'waiting', startedAt: undefined, endedAt: undefined, detail: undefined },
  })),
  ...{ actor, message: 'Neue Öffnungszeiten', startedAt: at(0), endedAt: undefined },
  ...more,
})

export const aRollout = (ports: Ports, agent: AgentId, more: Partial<AgentRollout> = {}): AgentRollout => ({
  ...{ id: ports.ids.next('rollout'), agent, live: 2, candidate: 3, liveAtRetell: 11, candidateAtRetell: 12 },
  ...{
    percent: 10,
    isAutomatic: false,
    state: 'running',
    actor,
    startedAt: at(0),
    changedAt: at(0),
    endedAt: undefined,
    reason: undefined,
  },
  ...more,
})

/** What is promised of what is live, how it came to be, and what is under way. */
export const releasesContract = (name: string, open: Open): void => {
  const opened = opening(open)
  const ports = (): Ports => opened().ports
  const read = <T>(company: Company, work: (tx: CompanyTx) => Promise<T>): Promise<T> =>
    ports().store.read(company.scope, work)
  const write = <T>(company: Company, work: (tx: CompanyTx) => Promise<T>): Promise<T> => within(ports(), company, work)
  const withAgents = async () => {
    const company = await newCompany(ports())
    const [agent, other] = [anAgent(ports()), anAgent(ports())]
    await write(company, async (tx) => {
      await tx.agents.save(agent)
      await tx.agents.save(other)
    })
    return { company, agent: agent.id, other: other.id }
  }

  describe(`decisions about what is live in ${name}`, unhurried, () => {
    it('are listed newest first, of their agent alone, and only added', async () => {
      const { company, agent, other } = await withAgents()
      const decisions = [
        aDecision(ports(), agent, { at: at(2), reason: 'Beschwerden', kind: 'rollback', numbers: [] }),
        aDecision(ports(), agent, { at: at(1), percent: 10, kind: 'rollout-started' }),
      ]
      await write(company, async (tx) => {
        for (const one of [...decisions, aDecision(ports(), other)].toReversed()) await tx.releases.decide(one)
      })
      for (const limit of [1, 9]) {
        const listed = await walk((page) => read(company, (tx) => tx.releases.decisions(agent, page)), limit)
        expect(listed).toEqual(decisions)
      }
      const again = { ...aDecision(ports(), agent), id: decisions[0]?.id ?? 'dec_00000000' }
      await expect(write(company, (tx) => tx.releases.decide(again))).rejects.toThrow()
    })
  })

  describe(`publications in ${name}`, unhurried, () => {
    it('come back as they were saved last, and only the running one is under way', async () => {
      const { company, agent, other } = await withAgents()
      const publication = aPublication(ports(), agent)
      const look = () =>
        read(company, async (tx) => [
          await tx.releases.publication(publication.id),
          await tx.releases.runningPublication(agent),
          await tx.releases.runningPublication(other),
        ])
      await write(company, (tx) => tx.releases.savePublication(publication))
      expect(await look()).toEqual([publication, publication, undefined])
      const done: Publication = {
        ...publication,
        ...{ retellVersion: 12, draftSeen: 'd', state: 'published', endedAt: at(2), isCandidate: true },
        steps: publication.steps.map((step) => ({
          ...step,
          ...{ state: 'done', startedAt: at(1), endedAt: at(2), detail: 'So ist es.' },
        })),
      }
      await write(company, (tx) => tx.releases.savePublication(done))
      expect(await look()).toEqual([done, undefined, undefined])
    })

    it('of one agent run one at a time, and are listed newest first', async () => {
      const { company, agent, other } = await withAgents()
      const kept = [
        aPublication(ports(), agent, { startedAt: at(5) }),
        aPublication(ports(), agent, { startedAt: at(4), state: 'undone' }),
        aPublication(ports(), agent, { startedAt: at(3), state: 'failed' }),
      ]
      await write(company, async (tx) => {
        for (const one of [...kept, aPublication(ports(), other)]) await tx.releases.savePublication(one)
      })
      const second = write(company, (tx) => tx.releases.savePublication(aPublication(ports(), agent)))
      await expect(second).rejects.toThrow()
      for (const limit of [1, 9]) {
        const listed = await walk((page) => read(company, (tx) => tx.releases.publications(agent, page)), limit)
        expect(listed).toEqual(kept)
      }
    })

    it('begin once, however many want to begin one at the same moment', async () => {
      const { company, agent } = await withAgents()
      const begun = await race(10, () =>
        write(company, async (tx) => {
          await tx.agents.find(agent)
          if (await tx.releases.runningPublication(agent)) return 0
          await tx.releases.savePublication(aPublication(ports(), agent))
          return 1
        }),
      )
      expect(begun.filter((one) => one === 1)).toEqual([1])
    })
  })

  describe(`rollouts in ${name}`, unhurried, () => {
    it('come back as they were saved last, one running of an agent', async () => {
      const { company, agent, other } = await withAgents()
      const [mine, theirs] = [aRollout(ports(), agent), aRollout(ports(), other, { startedAt: at(-1) })]
      await write(company, async (tx) => {
        await tx.releases.saveRollout(mine)
        await tx.releases.saveRollout(theirs)
      })
      expect(await read(company, (tx) => tx.releases.runningRollouts())).toEqual([theirs, mine])
      await expect(write(company, (tx) => tx.releases.saveRollout(aRollout(ports(), agent)))).rejects.toThrow()
      const ended: AgentRollout = {
        ...{
          ...mine,
          state: 'taken-back',
          percent: 50,
          changedAt: at(7),
          endedAt: at(7),
          reason: 'Zu viele Abbrüche.',
        },
      }
      await write(company, (tx) => tx.releases.saveRollout(ended))
      const next = aRollout(ports(), agent, { startedAt: at(9) })
      await write(company, (tx) => tx.releases.saveRollout(next))
      expect(await read(company, (tx) => tx.releases.runningRollout(agent))).toEqual(next)
      for (const limit of [1, 9]) {
        const listed = await walk((page) => read(company, (tx) => tx.releases.rollouts(agent, page)), limit)
        expect(listed).toEqual([next, ended])
      }
    })
  })

  describe(`the tally of calls by version in ${name}`, unhurried, () => {
    const aCall = (
      company: Company,
      id: string,
      fields: CallFields,
      end: 'call_ended' | 'call_started' = 'call_ended',
    ) =>
      write(company, async (tx) => {
        const call = await tx.calls.open(id, undefined, at(0))
        const known = { agentId: 'agent_a', startedAt: at(10), ...fields }
        const record = learn(unheard, { event: end, fields: known, canonical: JSON.stringify(known) })
        await tx.calls.save({ ...call, outcome: id.startsWith('booked') ? 'booked' : 'none', record })
      })
    const ended = (seconds: number, more: CallFields = {}): CallFields => ({
      ...{ agentVersion: 4, endedAt: after(at(10), seconds * SECOND), ...more },
    })
    const tally = (company: Company, since = at(0)) =>
      read(company, (tx) => tx.releases.tallyByVersion('agent_a', since))

    it('counts ended calls of the agent, what they came to and which were over at once', async () => {
      const company = await newCompany(ports())
      await aCall(company, 'booked_1', ended(90))
      await aCall(company, 'booked_2', ended(80, { sentiment: 'Negative' }))
      await aCall(company, 'short_1', ended(15))
      await aCall(company, 'short_2', ended(90, { durationMs: 9_000 }))
      await aCall(company, 'not_short', ended(16))
      await aCall(company, 'asked', ended(5))
      await write(company, (tx) => tx.toolCalls.add(aToolCall(ports(), { call: 'asked' })))
      await aCall(company, 'failed', ended(0, { callStatus: 'error', agentVersion: 5 }))
      await aCall(company, 'odd', ended(60, { agentVersion: 1.5 }))
      const { agentVersion: _none, ...nameless } = ended(60)
      await aCall(company, 'nameless', { ...nameless, sentiment: 'negative' })
      await aCall(company, 'ongoing', { agentVersion: 4 }, 'call_started')
      await aCall(company, 'of_another', ended(60, { agentId: 'agent_b' }))
      const none = { looping: 0, withToolFailures: 0, toolCalls: 0, toolFailures: 0 }
      expect(await tally(company)).toEqual([
        { retellVersion: 5, calls: 1, booked: 0, failed: 1, negative: 0, short: 0, ...none },
        { retellVersion: 4, calls: 6, booked: 2, failed: 0, negative: 1, short: 2, ...none, toolCalls: 1 },
        { retellVersion: 1.5, calls: 1, booked: 0, failed: 0, negative: 0, short: 0, ...none },
        { retellVersion: undefined, calls: 1, booked: 0, failed: 0, negative: 1, short: 0, ...none },
      ])
    })

    it('counts what tools were asked for, how many failed through us, and calls in which the agent repeated itself', async () => {
      const [company, other] = [await newCompany(ports()), await newCompany(ports())]
      const ask = (of: Company, call: string, statuses: readonly string[]) =>
        write(of, async (tx) => {
          for (const status of statuses) await tx.toolCalls.add(aToolCall(ports(), { call, status }))
        })
      const raise = (of: Company, callId: string, more: Partial<NewAlert> = {}) =>
        write(of, async (tx) => {
          const alert = anAlert(ports(), { callId, key: `k:${callId}`, createdAt: at(10), ...more })
          await tx.alerts.raise(alert)
          return alert.id
        })
      for (const call of ['one', 'two', 'calm']) await aCall(company, call, ended(90))
      await aCall(company, 'next', ended(90, { agentVersion: 5 }))
      await aCall(company, 'before', { ...ended(90), startedAt: at(9) })
      await aCall(company, 'of_another', ended(60, { agentId: 'agent_b' }))
      await aCall(other, 'one', ended(90))
      await ask(company, 'one', [...failureStatuses, 'booked', 'unavailable', 'not_found'])
      await ask(company, 'two', ['calendar_unreachable', 'calendar_unreachable', 'needs_date'])
      await ask(company, 'next', ['available'])
      for (const call of ['before', 'of_another']) {
        await ask(company, call, ['unknown_tool'])
        await raise(company, call)
      }
      await ask(other, 'one', ['unknown_tool'])
      await raise(other, 'two')
      await raise(company, 'one')
      await raise(company, 'one', { key: 'again' })
      await raise(company, 'calm', { kind: 'claim_without_fact' })
      const resolved = await raise(company, 'next')
      await write(company, (tx) => tx.alerts.resolve(resolved, at(11)))
      expect(await tally(company, at(10))).toMatchObject([
        { retellVersion: 5, calls: 1, looping: 1, withToolFailures: 0, toolCalls: 1, toolFailures: 0 },
        { retellVersion: 4, calls: 3, looping: 1, withToolFailures: 2, toolCalls: 9, toolFailures: 5 },
      ])
      expect(await tally(other)).toMatchObject([{ calls: 1, looping: 0, toolCalls: 1, toolFailures: 1 }])
    })

    it('counts those that began since, and nobody else’s', async () => {
      const [company, other] = [await newCompany(ports()), await newCompany(ports())]
      await aCall(company, 'booked_1', ended(90))
      await aCall(company, 'early', { ...ended(90), startedAt: at(9) })
      await aCall(other, 'booked_2', ended(90))
      expect(await tally(company, at(10))).toMatchObject([{ retellVersion: 4, calls: 1 }])
      expect(await tally(company, after(at(10), 1))).toEqual([])
      expect(await tally(await newCompany(ports()))).toEqual([])
    })
  })

  it(`hides releases of a company from others in ${name}`, unhurried, async () => {
    const { company, agent } = await withAgents()
    const publication = aPublication(ports(), agent)
    await write(company, async (tx) => {
      await tx.releases.decide(aDecision(ports(), agent))
      await tx.releases.savePublication(publication)
      await tx.releases.saveRollout(aRollout(ports(), agent))
    })
    const other = await newCompany(ports())
    const page = { limit: 9, cursor: undefined }
    const seen = await read(other, async (tx) => [
      await tx.releases.publication(publication.id),
      await tx.releases.runningPublication(agent),
      await tx.releases.runningRollout(agent),
      ...(await tx.releases.runningRollouts()),
      ...ids((await tx.releases.decisions(agent, page)).items),
      ...ids((await tx.releases.publications(agent, page)).items),
      ...ids((await tx.releases.rollouts(agent, page)).items),
    ])
    expect(seen).toEqual([undefined, undefined, undefined])
  })
}
