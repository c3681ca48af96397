import { createHash, createHmac, randomBytes } from 'node:crypto'
import { searchedText, searchTextOf } from '../../application/agents/search-text.ts'
import type { AgentQuery, Agents, AgentVersion, ManagedAgent } from '../../application/ports/agents.ts'
import { contentText } from '../../domain/agents/configuration.ts'
import type { Drift } from '../../domain/agents/drift.ts'
import { joinConfiguration, splitConfiguration } from '../../domain/agents/split-configuration.ts'
import type { AgentId, CompanyId } from '../../domain/ids.ts'
import { secret } from '../../domain/secret.ts'
import { pageOf } from './page.ts'
import type { Draft, Rows } from './tables.ts'

type RetellVersionRow = Rows['retellVersions']

const namesSecrets = randomBytes(32)
const key = (agent: AgentId, ...numbers: readonly number[]): string => [agent, ...numbers].join(' ')

const isWanted = (agent: ManagedAgent, { status, search, withGone = false }: AgentQuery): boolean =>
  (withGone || !agent.isGone) &&
  (status === undefined || agent.syncStatus === status) &&
  (search === undefined || searchTextOf(agent).includes(searchedText(search)))

/** Published before drafts, what is so before what was so, then the newest. */
const worthier = (one: RetellVersionRow, other: RetellVersionRow): number =>
  Number(other.isPublished) - Number(one.isPublished) ||
  Number(other.isCurrent) - Number(one.isCurrent) ||
  other.retellVersion - one.retellVersion

export const agentsIn = (draft: Draft, company: CompanyId): Agents => {
  const all = () => draft.rows('voiceAgents')
  const mapped = (agent: AgentId) => draft.rows('retellVersions').filter((row) => row.agent === agent)
  const read = (row: Rows['agentVersions'] | undefined): AgentVersion | undefined => {
    if (!row) return undefined
    const { saidAbout, ...version } = row
    const [best] = mapped(row.agent)
      .filter(({ number }) => number === row.number)
      .toSorted(worthier)
    return { ...version, retellVersion: best?.retellVersion }
  }
  const ofAgent = (agent: AgentId) => draft.rows('agentVersions').filter((row) => row.agent === agent)
  const hashOf: Agents['hashOf'] = (configuration) =>
    createHash('sha256').update(contentText(configuration)).digest('hex')

  return {
    find: async (id) => draft.row('voiceAgents', id),
    byRetellId: async (retellAgentId) => all().find((one) => one.retellAgentId === retellAgentId),
    bySlug: async (slug) => all().find((one) => one.slug === slug),
    list: async (query) => {
      const inOrder = all().toSorted((one, other) => (one.slug < other.slug ? -1 : 1))
      const wanted = inOrder.filter((agent) => isWanted(agent, query))
      return pageOf(wanted, query, 'oldest-first', ({ slug }) => [0, slug])
    },
    tally: async () => {
      const count = (status: Drift) => all().filter((one) => !one.isGone && one.syncStatus === status).length
      return {
        clean: count('clean'),
        ours_ahead: count('ours_ahead'),
        theirs_ahead: count('theirs_ahead'),
        diverged: count('diverged'),
        unknown: count('unknown'),
      }
    },
    save: async (agent) => {
      const { id, slug, retellAgentId } = agent
      for (const other of all()) {
        if (other.id === id) continue
        if (other.slug === slug) throw new Error('Another agent has this slug')
        if (retellAgentId !== undefined && other.retellAgentId === retellAgentId) {
          throw new Error('Another agent has this id at Retell')
        }
      }
      draft.put('voiceAgents', id, agent)
    },
    append: async ({ configuration, ...version }) => {
      const { content, saidAbout } = splitConfiguration(configuration)
      const hash = hashOf(configuration)
      if (!draft.row('agentConfigurations', hash)) draft.put('agentConfigurations', hash, content)
      const number = ofAgent(version.agent).length + 1
      draft.put('agentVersions', key(version.agent, number), { ...version, number, hash, saidAbout })
      return { ...version, number, hash, retellVersion: undefined }
    },
    version: async (agent, number) => read(draft.row('agentVersions', key(agent, number))),
    versions: async (agent, request) => {
      const page = pageOf(ofAgent(agent), request, 'newest-first', ({ number }) => [number, ''])
      return { ...page, items: page.items.flatMap((row) => read(row) ?? []) }
    },
    configuration: async (agent, number) => {
      const row = draft.row('agentVersions', key(agent, number))
      const content = row && draft.row('agentConfigurations', row.hash)
      return content && joinConfiguration({ content, saidAbout: row.saidAbout })
    },
    hashOf,
    mapRetellVersion: async (agent, retellVersion, number, isPublished) => {
      if (!draft.row('agentVersions', key(agent, number))) throw new Error('There is no such version')
      const known = mapped(agent).filter((row) => row.retellVersion === retellVersion)
      if (known.some((row) => row.isPublished)) return
      for (const row of known)
        draft.put('retellVersions', key(agent, retellVersion, row.number), { ...row, isCurrent: false })
      const row = { agent, retellVersion, number, isPublished, isCurrent: true }
      draft.put('retellVersions', key(agent, retellVersion, number), row)
    },
    shareRetellVersion: async (agent, retellVersion, number) => {
      if (!draft.row('agentVersions', key(agent, number))) throw new Error('There is no such version')
      const known = mapped(agent).some((row) => row.retellVersion === retellVersion && row.number === number)
      const row = { agent, retellVersion, number, isPublished: true, isCurrent: false }
      if (!known) draft.put('retellVersions', key(agent, retellVersion, number), row)
    },
    byRetellVersion: async (agent, retellVersion) => {
      const row = mapped(agent).find((one) => one.retellVersion === retellVersion && one.isCurrent)
      return row && read(draft.row('agentVersions', key(agent, row.number)))
    },
    secretIdOf: (plain) => createHmac('sha256', namesSecrets).update(`${company}\n${plain}`).digest('hex').slice(0, 16),
    keepSecret: async (id, value) => value.use((plain) => draft.put('agentSecrets', id, plain)),
    secret: async (id) => {
      const plain = draft.row('agentSecrets', id)
      return plain === undefined ? undefined : secret(plain)
    },
  }
}
