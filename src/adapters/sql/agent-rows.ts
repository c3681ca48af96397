import type { Selectable } from 'kysely'
import { searchTextOf } from '../../application/agents/search-text.ts'
import type { AgentVersion, ManagedAgent } from '../../application/ports/agents.ts'
import type { SplitConfiguration } from '../../domain/agents/split-configuration.ts'
import { fromDocument, toDocument } from './document.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow } from './tenant-db.ts'

type AgentRow = Selectable<Schema['voice_agents']>
export type VersionRow = Selectable<Schema['agent_versions']>

export const agentToRow = (seal: Sealing, agent: ManagedAgent): NewRow<'voice_agents'> => {
  const { id, slug, retellAgentId, syncStatus, isGone, ...body } = agent
  return {
    id,
    slug,
    retell_agent_id: retellAgentId ?? null,
    searched: searchTextOf(agent),
    sync_status: syncStatus,
    is_gone: isGone ? 1 : 0,
    body: seal.seal('voice_agents', 'body', id, toDocument(body)),
  }
}

export const agentFromRow = (seal: Sealing, row: AgentRow): ManagedAgent => {
  const stored = {
    ...(fromDocument(seal.open('voice_agents', 'body', row.id, row.body)) as object),
    id: row.id,
    slug: row.slug,
    retellAgentId: row.retell_agent_id ?? undefined,
    syncStatus: row.sync_status,
    isGone: row.is_gone === 1,
  }
  return stored as ManagedAgent
}

type StoredVersion = Omit<AgentVersion, 'retellVersion'>
interface Body extends Pick<AgentVersion, 'parents' | 'author' | 'message'>, Pick<SplitConfiguration, 'saidAbout'> {}

const placeOf = ({ agent, number }: { readonly agent: string; readonly number: number }) => `${agent} ${number}`

export const versionToRow = (
  seal: Sealing,
  version: StoredVersion,
  saidAbout: Body['saidAbout'],
): NewRow<'agent_versions'> => {
  const { agent, number, hash, origin, createdAt, parents, author, message } = version
  const body: Body = { parents, author, message, saidAbout }
  return {
    agent_id: agent,
    number,
    hash,
    origin,
    created_at: createdAt,
    body: seal.seal('agent_versions', 'body', placeOf(version), JSON.stringify(body)),
  }
}

const bodyOf = (seal: Sealing, { agent_id: agent, number, body }: VersionRow) =>
  JSON.parse(seal.open('agent_versions', 'body', placeOf({ agent, number }), body)) as Body

export const versionFromRow = (seal: Sealing, row: VersionRow): StoredVersion => {
  const { parents, author, message } = bodyOf(seal, row)
  const stored = {
    agent: row.agent_id,
    number: row.number,
    hash: row.hash,
    parents,
    origin: row.origin,
    author,
    message,
    createdAt: row.created_at,
  }
  return stored as StoredVersion
}

export const contentToRow = (
  seal: Sealing,
  hash: string,
  content: SplitConfiguration['content'],
): NewRow<'agent_configurations'> => ({
  hash,
  body: seal.seal('agent_configurations', 'body', hash, JSON.stringify(content)),
})

/** A version's configuration, of what it shares with others and what Retell said about this one. */
export const configurationParts = (
  seal: Sealing,
  version: VersionRow,
  kept: Selectable<Schema['agent_configurations']>,
): SplitConfiguration => {
  const content = JSON.parse(seal.open('agent_configurations', 'body', kept.hash, kept.body)) as {
    readonly engine?: SplitConfiguration['content']['engine']
  } & Omit<SplitConfiguration['content'], 'engine'>
  return { content: { ...content, engine: content.engine }, saidAbout: bodyOf(seal, version).saidAbout }
}
