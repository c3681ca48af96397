import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { searchedText } from '../../application/agents/search-text.ts'
import type { AgentQuery, Agents } from '../../application/ports/agents.ts'
import { type AgentConfiguration, contentText } from '../../domain/agents/configuration.ts'
import type { Drift } from '../../domain/agents/drift.ts'
import { joinConfiguration, splitConfiguration } from '../../domain/agents/split-configuration.ts'
import type { AgentId } from '../../domain/ids.ts'
import { secret } from '../../domain/secret.ts'
import {
  agentFromRow,
  agentToRow,
  configurationParts,
  contentToRow,
  type VersionRow,
  versionFromRow,
  versionToRow,
} from './agent-rows.ts'
import { pageOf, pageSize, placeAfter } from './page.ts'
import { retellVersionsOf } from './retell-versions.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/** Of large configurations, which are looked up by their hash before they are kept under it. */
const hashes = new WeakMap<AgentConfiguration, string>()

const hashOf = (configuration: AgentConfiguration): string => {
  const hash = hashes.get(configuration) ?? createHash('sha256').update(contentText(configuration)).digest('hex')
  hashes.set(configuration, hash)
  return hash
}

/** Voice agents and their history. Configurations and everything that a person wrote is sealed. */
export const sqlAgents = (db: TenantDb, seal: Sealing): Agents => {
  const agents = () => db.from('voice_agents').selectAll()
  const read = (row: Parameters<typeof agentFromRow>[1] | undefined) => row && agentFromRow(seal, row)
  const versions = (agent: AgentId) => db.from('agent_versions').selectAll().where('agent_id', '=', agent)
  const version = (agent: AgentId, number: number) => versions(agent).where('number', '=', number).executeTakeFirst()
  const atRetell = retellVersionsOf(db)
  /** With what Retell calls them, looked up for all of them at once. */
  const named = async (agent: AgentId, rows: readonly VersionRow[]) => {
    const numbers = rows.map(({ number }) => number)
    const best = await atRetell.best(agent, numbers)
    return rows.map((row) => ({ ...versionFromRow(seal, row), retellVersion: best.get(row.number) }))
  }
  /** Nobody else adds to its history until the transaction ends. */
  const hold = (agent: AgentId) => db.locked('voice_agents').select('id').where('id', '=', agent).execute()

  return {
    find: async (id) => read(await db.locked('voice_agents').selectAll().where('id', '=', id).executeTakeFirst()),
    byRetellId: async (id) => read(await agents().where('retell_agent_id', '=', id).executeTakeFirst()),
    bySlug: async (slug) => read(await agents().where('slug', '=', slug).executeTakeFirst()),
    list: async ({ status, search, withGone = false, limit, cursor }: AgentQuery) => {
      const place = placeAfter(cursor)
      let query = agents()
      if (!withGone) query = query.where('is_gone', '=', 0)
      if (status !== undefined) query = query.where('sync_status', '=', status)
      if (search !== undefined) query = query.where(contains(db, searchedText(search)))
      if (place) query = query.where('slug', '>', place.id)
      const rows = await query
        .orderBy('slug')
        .limit(pageSize(limit) + 1)
        .execute()
      return pageOf(
        rows,
        limit,
        ({ slug }) => ({ order: 0, id: slug }),
        (row) => agentFromRow(seal, row),
      )
    },
    tally: async () => {
      const rows = await db
        .from('voice_agents')
        .select(({ fn }) => ['sync_status', fn.countAll().as('count')])
        .where('is_gone', '=', 0)
        .groupBy('sync_status')
        .execute()
      const counts = new Map(rows.map(({ sync_status, count }) => [sync_status, Number(count)]))
      const of = (status: Drift) => counts.get(status) ?? 0
      return {
        clean: of('clean'),
        ours_ahead: of('ours_ahead'),
        theirs_ahead: of('theirs_ahead'),
        diverged: of('diverged'),
        unknown: of('unknown'),
      }
    },
    save: async (agent) => {
      const row = agentToRow(seal, agent)
      const { id: _same, ...changed } = row
      await db
        .insert('voice_agents', row)
        .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet(changed))
        .execute()
    },
    append: async ({ configuration, ...version }) => {
      await hold(version.agent)
      const { content, saidAbout } = splitConfiguration(configuration)
      const hash = hashOf(configuration)
      await db
        .insert('agent_configurations', contentToRow(seal, hash, content))
        .onConflict((conflict) => conflict.columns(['company_id', 'hash']).doNothing())
        .execute()
      const last = await versions(version.agent).orderBy('number', 'desc').limit(1).executeTakeFirst()
      const appended = { ...version, number: (last?.number ?? 0) + 1, hash }
      await db.insert('agent_versions', versionToRow(seal, appended, saidAbout)).execute()
      return { ...appended, retellVersion: undefined }
    },
    version: async (agent, number) => {
      const row = await version(agent, number)
      const [found] = row ? await named(agent, [row]) : []
      return found
    },
    versions: async (agent, { limit, cursor }) => {
      const place = placeAfter(cursor)
      const all = versions(agent)
      const rows = await (place ? all.where('number', '<', place.order) : all)
        .orderBy('number', 'desc')
        .limit(pageSize(limit) + 1)
        .execute()
      const page = pageOf(
        rows,
        limit,
        ({ number }) => ({ order: number, id: '' }),
        (row) => row,
      )
      return { ...page, items: await named(agent, page.items) }
    },
    configuration: async (agent, number) => {
      const row = await version(agent, number)
      if (!row) return undefined
      const kept = await db.from('agent_configurations').selectAll().where('hash', '=', row.hash).executeTakeFirst()
      return kept && joinConfiguration(configurationParts(seal, row, kept))
    },
    hashOf,
    mapRetellVersion: async (agent, retellVersion, number, isPublished) => {
      await hold(agent)
      await atRetell.map(agent, retellVersion, number, isPublished)
    },
    shareRetellVersion: async (agent, retellVersion, number) => {
      await hold(agent)
      await atRetell.share(agent, retellVersion, number)
    },
    byRetellVersion: async (agent, retellVersion) => {
      const number = await atRetell.ours(agent, retellVersion)
      const row = number === undefined ? undefined : await version(agent, number)
      const [found] = row ? await named(agent, [row]) : []
      return found
    },
    secretIdOf: (plain) => Buffer.from(seal.index('agent-secret', plain), 'base64url').toString('hex').slice(0, 16),
    keepSecret: async (id, value) => {
      const sealed = value.use((plain) => seal.seal('agent_secrets', 'value', id, plain))
      await db
        .insert('agent_secrets', { id, value: sealed })
        .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet({ value: sealed }))
        .execute()
    },
    secret: async (id) => {
      const row = await db.from('agent_secrets').select('value').where('id', '=', id).executeTakeFirst()
      return row && secret(seal.open('agent_secrets', 'value', id, row.value))
    },
  }
}

/** Not `like`: what is looked for has no wildcards. */
const contains = ({ dialect }: TenantDb, text: string): RawBuilder<boolean> =>
  dialect === 'sqlite' ? sql`instr(searched, ${text}) > 0` : sql`strpos(searched, ${text}) > 0`
