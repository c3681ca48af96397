import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ManagedAgent, NewVersion } from '../../src/application/ports/agents.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { CompanyTx } from '../../src/application/ports/store.ts'
import type { AgentConfiguration } from '../../src/domain/agents/configuration.ts'
import type { JsonObject } from '../../src/domain/canonical-json.ts'
import type { AgentId } from '../../src/domain/ids.ts'
import { secret } from '../../src/domain/secret.ts'
import {
  actor,
  at,
  type Company,
  mobile,
  newCompany,
  newNumber,
  type Open,
  opening,
  race,
  unhurried,
  walk,
  within,
} from './fixtures.ts'

export const anAgent = (ports: Ports, more: Partial<ManagedAgent> = {}): ManagedAgent => {
  const id = ports.ids.next('agent')
  return {
    ...{ id, slug: `agent-${id.slice(4)}`, retellAgentId: `agent_${id.slice(4)}`, name: 'Empfang', language: 'de-DE' },
    ...{ engine: 'retell-llm', draft: undefined, base: undefined, theirs: undefined, live: undefined },
    ...{ liveAtRetell: undefined, seen: undefined, numbers: [], syncStatus: 'clean', syncedAt: undefined },
    ...{ syncError: undefined, isGone: false },
    ...more,
  }
}

export const aConfiguration = (prompt = 'Guten Tag', more: JsonObject = {}): AgentConfiguration => ({
  agent: {
    ...{ agent_id: 'agent_a', version: 4, is_published: true, last_modification_timestamp: 1_760_000_000_000 },
    ...{ agent_name: 'Empfang', interruption_sensitivity: 0.9, end_call_after_silence_ms: null, boosted_keywords: [] },
    response_engine: { type: 'retell-llm', llm_id: 'llm_a', version: 4 },
    ...more,
  },
  engine: {
    ...{ llm_id: 'llm_a', version: 4, is_published: true, general_prompt: prompt, begin_message: null },
    general_tools: [{ type: 'custom', name: 'book_appointment', url: 'https://tools.example/book', headers: {} }],
  },
  numbers: [],
})

export const aVersion = (agent: AgentId, more: Partial<NewVersion> = {}): NewVersion => ({
  ...{ agent, parents: [], origin: 'seen', author: actor, message: 'As it was', createdAt: at(0) },
  configuration: aConfiguration(),
  ...more,
})

const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }).map((value) => value as JsonObject[string])
const document = fc.dictionary(
  fc.oneof(fc.constantFrom('agent_id', 'version', 'llm_id', 'is_published', 'tools', '__proto__'), fc.string()),
  json,
) as fc.Arbitrary<JsonObject>
const configurations: fc.Arbitrary<AgentConfiguration> = fc.record({
  agent: fc
    .tuple(document, fc.option(fc.oneof(document, json), { nil: undefined }))
    .map(([agent, engine]) => (engine === undefined ? agent : { ...agent, response_engine: engine })),
  engine: fc.option(document, { nil: undefined }),
  numbers: fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 3 }).map((some) => some.map(mobile).toSorted()),
})

/** What is promised of agents and of their history. */
export const agentsContract = (name: string, open: Open): void => {
  const opened = opening(open)
  const ports = (): Ports => opened().ports
  const read = <T>(company: Company, work: (tx: CompanyTx) => Promise<T>): Promise<T> =>
    ports().store.read(company.scope, work)
  const keep = async (company: Company, ...agents: readonly ManagedAgent[]) =>
    within(ports(), company, async (tx) => {
      for (const agent of agents) await tx.agents.save(agent)
    })
  const withAgent = async (more: Partial<ManagedAgent> = {}) => {
    const company = await newCompany(ports())
    const agent = anAgent(ports(), more)
    await keep(company, agent)
    return { company, agent }
  }

  describe(`agents in ${name}`, unhurried, () => {
    it('are found by their id, their slug and Retell’s id, just as they were saved last', async () => {
      const { company, agent: bare } = await withAgent({ retellAgentId: undefined, language: undefined })
      const full = anAgent(ports(), {
        ...{ draft: 7, base: 5, theirs: 6, live: 3, liveAtRetell: 12, numbers: [newNumber(), newNumber()] },
        seen: { newest: 14, newestIsPublished: false, published: 12, fingerprint: 'f' },
        ...{ syncStatus: 'diverged', syncedAt: at(3), syncError: 'Retell did not answer.', isGone: true },
      })
      await keep(company, full)
      expect(await read(company, (tx) => tx.agents.find(bare.id))).toEqual(bare)
      expect(await read(company, (tx) => tx.agents.find(full.id))).toEqual(full)
      expect(await read(company, (tx) => tx.agents.bySlug(full.slug))).toEqual(full)
      expect(await read(company, (tx) => tx.agents.byRetellId(full.retellAgentId ?? ''))).toEqual(full)
      const changed = { ...full, slug: 'renamed', draft: undefined, seen: undefined, isGone: false, numbers: [] }
      await keep(company, changed)
      expect(await read(company, (tx) => tx.agents.find(full.id))).toEqual(changed)
      expect(await read(company, (tx) => tx.agents.bySlug(full.slug))).toBeUndefined()
    })

    it('of another company are not there, also under the same ids', async () => {
      const { company, agent } = await withAgent()
      const other = await newCompany(ports())
      const look = () =>
        read(other, async (tx) => [
          await tx.agents.find(agent.id),
          await tx.agents.bySlug(agent.slug),
          await tx.agents.byRetellId(agent.retellAgentId ?? ''),
        ])
      expect(await look()).toEqual([undefined, undefined, undefined])
      const namesake = { ...agent, name: 'Namesake' }
      await keep(other, namesake)
      expect(await look()).toEqual([namesake, namesake, namesake])
      expect((await read(company, (tx) => tx.agents.find(agent.id)))?.name).toBe('Empfang')
    })

    it('share neither a slug nor an id at Retell', async () => {
      const { company, agent } = await withAgent()
      const { slug, retellAgentId } = agent
      await expect(keep(company, anAgent(ports(), { slug }))).rejects.toThrow()
      await expect(keep(company, anAgent(ports(), { retellAgentId }))).rejects.toThrow()
      await keep(company, anAgent(ports(), { retellAgentId: undefined }))
      await keep(company, anAgent(ports(), { retellAgentId: undefined }))
      expect((await read(company, (tx) => tx.agents.list({ limit: 9, cursor: undefined }))).items).toHaveLength(3)
    })

    it('are listed by slug, page by page, by state, and without those that are gone', async () => {
      const company = await newCompany(ports())
      const slugs = ['b-1', 'a', 'b', 'b1', 'c', 'a-z', '0']
      const agents = slugs.map((slug, n) =>
        anAgent(ports(), { slug, syncStatus: n % 2 === 0 ? 'clean' : 'unknown', isGone: slug === 'c' }),
      )
      await keep(company, ...agents)
      const list = async (limit: number, more: object = {}) =>
        (await walk((page) => read(company, (tx) => tx.agents.list({ ...page, ...more })), limit)).map(
          (one) => one.slug,
        )
      const inOrder = ['0', 'a', 'a-z', 'b', 'b-1', 'b1']
      for (const limit of [1, 2, 100]) {
        expect(await list(limit)).toEqual(inOrder)
        expect(await list(limit, { withGone: true })).toEqual([...inOrder, 'c'])
        expect(await list(limit, { status: 'unknown' })).toEqual(['a', 'a-z', 'b1'])
        expect(await list(limit, { status: 'clean', withGone: true })).toEqual(['0', 'b', 'b-1', 'c'])
      }
      const page = await read(company, (tx) => tx.agents.list({ limit: 1, cursor: undefined }))
      expect(page.items).toEqual([agents[6]])
      expect(await read(company, (tx) => tx.agents.tally())).toEqual({
        ...{ clean: 3, unknown: 3, ours_ahead: 0, theirs_ahead: 0, diverged: 0 },
      })
    })

    it('are searched for in any place of name, slug and Retell’s id, in any letter case', async () => {
      const company = await newCompany(ports())
      await keep(
        company,
        anAgent(ports(), { slug: 'empfang', name: 'Empfang MÜLLER 100%', retellAgentId: 'agent_AbC' }),
        anAgent(ports(), { slug: 'nacht', name: 'Nacht\tdienst_x', retellAgentId: 'agent_dEf' }),
        anAgent(ports(), { slug: 'weg', name: 'Müller weg', retellAgentId: undefined, isGone: true }),
      )
      const found = async (search: string) =>
        (await read(company, (tx) => tx.agents.list({ limit: 9, cursor: undefined, search }))).items.map(
          ({ slug }) => slug,
        )
      expect(await found('müller')).toEqual(['empfang'])
      expect(await found('MPFA')).toEqual(['empfang'])
      expect(await found('%')).toEqual(['empfang'])
      expect(await found('_')).toEqual(['empfang', 'nacht'])
      expect(await found('T_def')).toEqual(['nacht'])
      expect(await found('')).toEqual(['empfang', 'nacht'])
      expect(await found('\0')).toEqual(await found(' '))
      expect(await found('ACHTN')).toEqual([])
      expect(await found("' or 1 = 1")).toEqual([])
    })

    it('stay whose they are found by until the transaction ends', async () => {
      const { company, agent } = await withAgent({ draft: 0 })
      await race(12, () =>
        within(ports(), company, async (tx) => {
          const found = await tx.agents.find(agent.id)
          if (found) await tx.agents.save({ ...found, draft: (found.draft ?? 0) + 1 })
        }),
      )
      expect((await read(company, (tx) => tx.agents.find(agent.id)))?.draft).toBe(12)
    })
  })

  describe(`versions of agents in ${name}`, unhurried, () => {
    it('are numbered from one without gaps, and listed newest first', async () => {
      const { company, agent } = await withAgent()
      const other = anAgent(ports())
      await keep(company, other)
      await within(ports(), company, (tx) => tx.agents.append(aVersion(other.id)))
      const [first, second] = [aVersion(agent.id), aVersion(agent.id, { parents: [1], origin: 'edited', message: '' })]
      const appended = await within(ports(), company, async (tx) => [
        await tx.agents.append(first),
        await tx.agents.append({ ...second, configuration: aConfiguration('Hallo') }),
      ])
      const { configuration, ...about } = first
      const hash = await read(company, async (tx) => tx.agents.hashOf(configuration))
      expect(hash).toMatch(/^[0-9a-f]{64}$/)
      expect(appended[0]).toEqual({ ...about, number: 1, hash, retellVersion: undefined })
      expect(appended[1]).toMatchObject({ number: 2, parents: [1], origin: 'edited', message: '', author: actor })
      expect(await read(company, (tx) => tx.agents.version(agent.id, 2))).toEqual(appended[1])
      for (const limit of [1, 9]) {
        const all = await walk((page) => read(company, (tx) => tx.agents.versions(agent.id, page)), limit)
        expect(all).toEqual([...appended].toReversed())
      }
      const elsewhere = await read(company, async (tx) => [
        await tx.agents.version(agent.id, 3),
        await tx.agents.version('agt_00000000', 1),
        await tx.agents.configuration(agent.id, 3),
      ])
      expect(elsewhere).toEqual([undefined, undefined, undefined])
    })

    it('may be written before their agent, in one transaction', async () => {
      const company = await newCompany(ports())
      const agent = anAgent(ports())
      await within(ports(), company, async (tx) => {
        const { number } = await tx.agents.append(aVersion(agent.id))
        await tx.agents.save({ ...agent, base: number })
      })
      expect((await read(company, (tx) => tx.agents.find(agent.id)))?.base).toBe(1)
    })

    it('get numbers of their own, however many are added at once', async () => {
      const { company, agent } = await withAgent()
      await race(15, (n) =>
        within(ports(), company, (tx) =>
          tx.agents.append(aVersion(agent.id, { configuration: aConfiguration(`${n % 4}`) })),
        ),
      )
      const all = await walk((page) => read(company, (tx) => tx.agents.versions(agent.id, page)), 100)
      expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, n) => 15 - n))
    })

    it('give back every configuration whole, with null, though equal contents are kept once', async () => {
      const { company, agent } = await withAgent()
      const other = anAgent(ports())
      await keep(company, other)
      await fc.assert(
        fc.asyncProperty(configurations, fc.integer(), async (configuration, version) => {
          const copy = { ...configuration, agent: { ...configuration.agent, agent_id: 'agent_copy', version } }
          const numbers = await within(ports(), company, async (tx) => [
            (await tx.agents.append(aVersion(agent.id, { configuration }))).number,
            (await tx.agents.append(aVersion(other.id, { configuration: copy }))).number,
          ])
          const [mine, theirs] = await read(company, async (tx) => [
            await tx.agents.configuration(agent.id, numbers[0] ?? 0),
            await tx.agents.configuration(other.id, numbers[1] ?? 0),
          ])
          expect(JSON.parse(JSON.stringify(mine))).toEqual(JSON.parse(JSON.stringify(configuration)))
          expect(JSON.parse(JSON.stringify(theirs))).toEqual(JSON.parse(JSON.stringify(copy)))
        }),
        { numRuns: 40 },
      )
    })

    it('have equal hashes exactly when the same thing was changed by people', async () => {
      const company = await newCompany(ports())
      await read(company, async ({ agents: { hashOf } }) => {
        const hash = hashOf(aConfiguration())
        expect(hashOf(aConfiguration('Guten Tag', { version: 5, agent_id: 'agent_b', is_published: false }))).toBe(hash)
        expect(hashOf(aConfiguration('Guten Tag!'))).not.toBe(hash)
        expect(hashOf(aConfiguration('Guten Tag', { end_call_after_silence_ms: 0 }))).not.toBe(hash)
      })
    })

    it('are mapped to Retell’s, of which a published one stays what it is and a draft may change', async () => {
      const { company, agent } = await withAgent()
      const map = (retell: number, ours: number, isPublished: boolean) =>
        within(ports(), company, (tx) => tx.agents.mapRetellVersion(agent.id, retell, ours, isPublished))
      const seen = () =>
        read(company, async (tx) => ({
          ours: (await tx.agents.versions(agent.id, { limit: 9, cursor: undefined })).items.map(
            (one) => one.retellVersion,
          ),
          retells: [
            (await tx.agents.byRetellVersion(agent.id, 10))?.number,
            (await tx.agents.byRetellVersion(agent.id, 11))?.number,
          ],
          one: (await tx.agents.version(agent.id, 1))?.retellVersion,
        }))
      for (const prompt of ['one', 'two', 'three']) {
        const configuration = aConfiguration(prompt)
        await within(ports(), company, (tx) => tx.agents.append(aVersion(agent.id, { configuration })))
      }
      await map(10, 1, false)
      expect(await seen()).toEqual({ ours: [undefined, undefined, 10], retells: [1, undefined], one: 10 })
      // Somebody changes the draft there, and it is published: what it was before is remembered, and shown no more than that.
      await map(10, 2, false)
      await map(10, 2, true)
      await map(10, 3, false)
      await map(10, 3, true)
      expect(await seen()).toEqual({ ours: [undefined, 10, 10], retells: [2, undefined], one: 10 })
      // A draft of the same content is newer, but the published one is what a number can be bound to.
      await map(11, 2, false)
      expect(await seen()).toEqual({ ours: [undefined, 10, 10], retells: [2, 2], one: 10 })
      await map(11, 1, false)
      expect(await seen()).toEqual({ ours: [undefined, 10, 11], retells: [2, 1], one: 11 })
      // What has the content comes before what had it and is newer.
      await map(12, 3, false)
      await map(13, 3, false)
      await map(13, 2, false)
      expect((await seen()).ours).toEqual([12, 10, 11])
      await expect(map(14, 4, false)).rejects.toThrow()
      // What was published before is published again with other numbers.
      const share = (retell: number, ours: number) =>
        within(ports(), company, (tx) => tx.agents.shareRetellVersion(agent.id, retell, ours))
      await share(10, 3)
      await share(10, 2)
      expect(await seen()).toEqual({ ours: [10, 10, 11], retells: [2, 1], one: 11 })
      await expect(share(10, 4)).rejects.toThrow()
    })
  })

  describe(`secrets of agents in ${name}`, unhurried, () => {
    it('are kept under ids that are equal for equal secrets of one company and say nothing', async () => {
      const [company, other] = [await newCompany(ports()), await newCompany(ports())]
      const idsOf = (one: Company) =>
        read(one, async ({ agents: { secretIdOf } }) => [
          secretIdOf('sk-geheim'),
          secretIdOf('sk-geheim'),
          secretIdOf('sk-anders'),
        ])
      const [id, same, another] = await idsOf(company)
      expect([same === id, another === id]).toEqual([true, false])
      expect(id).toMatch(/^[0-9a-f]{16}$/)
      expect(await idsOf(other)).not.toContain(id)
      const find = async (one: Company) => (await read(one, (tx) => tx.agents.secret(id ?? '')))?.use((plain) => plain)
      expect(await find(company)).toBeUndefined()
      await within(ports(), company, (tx) => tx.agents.keepSecret(id ?? '', secret('sk-geheim')))
      await within(ports(), company, (tx) => tx.agents.keepSecret(id ?? '', secret('sk-geheim')))
      expect([await find(company), await find(other)]).toEqual(['sk-geheim', undefined])
    })
  })
}
