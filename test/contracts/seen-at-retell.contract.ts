import { describe, expect, it } from 'vitest'
import type { AgentSync } from '../../src/application/ports/agent-syncs.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { Rehearsal, StoredScript } from '../../src/application/ports/rehearsals.ts'
import type { CompanyTx } from '../../src/application/ports/store.ts'
import type { SeenNumber } from '../../src/application/ports/voice-numbers.ts'
import type { AgentId } from '../../src/domain/ids.ts'
import type { PhoneNumber } from '../../src/domain/phone-number.ts'
import { anAgent } from './agents.contract.ts'
import { actor, at, type Company, mobile, newCompany, type Open, opening, unhurried, walk, within } from './fixtures.ts'

export const aSync = (ports: Ports, more: Partial<AgentSync> = {}): AgentSync => ({
  ...{ id: ports.ids.next('job'), state: 'running', cursor: undefined, waiting: ['agent_a'], isListed: false },
  ...{ total: 3, read: 2, changed: 1, failed: 0, error: undefined, actor, startedAt: at(0), endedAt: undefined },
  ...more,
})

export const aSeenNumber = (number: PhoneNumber, more: Partial<SeenNumber> = {}): SeenNumber => ({
  number,
  inbound: [
    { retellAgentId: 'agent_a', version: 12, weight: 0.9 },
    { retellAgentId: 'agent_a', version: 'prod', weight: undefined },
    { retellAgentId: 'agent_b', version: undefined, weight: 0.1 },
  ],
  ...{ outbound: [], inboundWebhookUrl: 'https://desk.example/webhooks/retell', isThere: true, seenAt: at(0) },
  ...more,
})

export const aScript = (ports: Ports, more: Partial<StoredScript> = {}): StoredScript => ({
  ...{ id: ports.ids.next('script'), name: 'Termin buchen', source: 'steps: []\n', changedAt: at(0) },
  ...more,
})

export const aRehearsal = (ports: Ports, agent: AgentId, more: Partial<Rehearsal> = {}): Rehearsal => ({
  ...{ id: ports.ids.next('rehearsal'), agent, version: 3, passed: false, at: at(0) },
  report: { scripts: [{ name: 'Termin buchen', heard: null, list: [1, null, true] }] },
  ...more,
})

/** What is promised of what was seen at Retell, and of what was tried before anybody calls. */
export const seenAtRetellContract = (name: string, open: Open): void => {
  const opened = opening(open)
  const ports = (): Ports => opened().ports
  const read = <T>(company: Company, work: (tx: CompanyTx) => Promise<T>): Promise<T> =>
    ports().store.read(company.scope, work)
  const write = <T>(company: Company, work: (tx: CompanyTx) => Promise<T>): Promise<T> => within(ports(), company, work)

  describe(`readings of agents in ${name}`, unhurried, () => {
    it('come back as they were saved last, the newest of a company first of all', async () => {
      const [company, other] = [await newCompany(ports()), await newCompany(ports())]
      const [early, late] = [aSync(ports()), aSync(ports(), { startedAt: at(1), waiting: [], cursor: 'c' })]
      await write(company, async (tx) => {
        await tx.agentSyncs.save(late)
        await tx.agentSyncs.save(early)
      })
      expect(await read(company, (tx) => tx.agentSyncs.newest())).toEqual(late)
      const over: AgentSync = { ...early, state: 'failed', error: 'Der Schlüssel passt nicht.', endedAt: at(2) }
      await write(company, (tx) => tx.agentSyncs.save(over))
      expect(await read(company, (tx) => tx.agentSyncs.find(early.id))).toEqual(over)
      expect(await read(company, (tx) => tx.agentSyncs.newest())).toEqual(late)
      expect(await read(other, (tx) => tx.agentSyncs.find(early.id))).toBeUndefined()
      expect(await read(other, (tx) => tx.agentSyncs.newest())).toBeUndefined()
    })
  })

  describe(`numbers as Retell has them in ${name}`, unhurried, () => {
    it('are listed by number, as they were seen last, until they are forgotten', async () => {
      const [company, other] = [await newCompany(ports()), await newCompany(ports())]
      const [one, two, three] = [mobile(1), mobile(2), mobile(3)] as const
      await write(other, (tx) => tx.seenNumbers.save([aSeenNumber(two, { seenAt: at(9) })]))
      await write(company, (tx) => tx.seenNumbers.save([aSeenNumber(three), aSeenNumber(two), aSeenNumber(one)]))
      const changed = aSeenNumber(two, { inbound: [], inboundWebhookUrl: undefined, isThere: false, seenAt: at(1) })
      await write(company, (tx) => tx.seenNumbers.save([changed]))
      await write(company, (tx) => tx.seenNumbers.save([]))
      const seen = [aSeenNumber(one), changed, aSeenNumber(three)]
      expect(await read(company, (tx) => tx.seenNumbers.list())).toEqual(seen)
      expect(await read(company, (tx) => tx.seenNumbers.find(two))).toEqual(changed)
      await write(company, (tx) => tx.seenNumbers.forget(two))
      expect(await read(company, (tx) => tx.seenNumbers.find(two))).toBeUndefined()
      expect(await read(company, (tx) => tx.seenNumbers.list())).toHaveLength(2)
      expect(await read(other, (tx) => tx.seenNumbers.list())).toEqual([aSeenNumber(two, { seenAt: at(9) })])
    })

    it('may be hundreds at once', async () => {
      const company = await newCompany(ports())
      const many = Array.from({ length: 450 }, (_, n) => aSeenNumber(mobile(100 + n)))
      await write(company, (tx) => tx.seenNumbers.save(many))
      expect(await read(company, (tx) => tx.seenNumbers.list())).toEqual(many)
    })
  })

  describe(`rehearsals in ${name}`, unhurried, () => {
    it('have scripts with names of their own, which are listed by name', async () => {
      const [company, other] = [await newCompany(ports()), await newCompany(ports())]
      const [second, first] = [aScript(ports(), { name: 'b' }), aScript(ports(), { name: 'B' })]
      await write(company, async (tx) => {
        for (const script of [second, first]) await tx.rehearsals.saveScript(script)
      })
      await write(other, (tx) => tx.rehearsals.saveScript(aScript(ports(), { name: 'b' })))
      expect(await read(company, (tx) => tx.rehearsals.scripts())).toEqual([first, second])
      const again = write(company, (tx) => tx.rehearsals.saveScript(aScript(ports(), { name: 'b' })))
      await expect(again).rejects.toThrow()
      const changed = { ...first, name: 'Änderung', source: 'steps:\n  - say: Hallo\n', changedAt: at(3) }
      await write(company, (tx) => tx.rehearsals.saveScript(changed))
      expect(await read(company, (tx) => tx.rehearsals.scripts())).toEqual([second, changed])
      await write(company, (tx) => tx.rehearsals.removeScript(second.id))
      expect(await read(company, (tx) => tx.rehearsals.scripts())).toEqual([changed])
      expect(await read(other, (tx) => tx.rehearsals.scripts())).toHaveLength(1)
    })

    it('are listed newest first, of their agent alone, with their whole report', async () => {
      const [company, other] = [await newCompany(ports()), await newCompany(ports())]
      const [agent, another] = [anAgent(ports()), anAgent(ports())]
      const kept = [
        aRehearsal(ports(), agent.id, { at: at(2), passed: true, report: {} }),
        aRehearsal(ports(), agent.id),
      ]
      await write(company, async (tx) => {
        await tx.agents.save(agent)
        await tx.agents.save(another)
        for (const one of [aRehearsal(ports(), another.id), ...kept]) await tx.rehearsals.save(one)
      })
      for (const limit of [1, 9]) {
        const listed = await walk((page) => read(company, (tx) => tx.rehearsals.list(agent.id, page)), limit)
        expect(listed).toEqual(kept)
      }
      const id = kept[1]?.id ?? 'reh_00000000'
      expect(await read(company, (tx) => tx.rehearsals.find(id))).toEqual(kept[1])
      expect(await read(other, (tx) => tx.rehearsals.find(id))).toBeUndefined()
      expect((await read(other, (tx) => tx.rehearsals.list(agent.id, { limit: 9, cursor: undefined }))).items).toEqual(
        [],
      )
    })
  })
}
