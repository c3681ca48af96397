import { z } from 'zod'
import type { AgentVersion, ManagedAgent } from '../../../application/ports/agents.ts'
import type { AgentRollout, LiveDecision, Publication } from '../../../application/ports/releases.ts'
import type { AgentConfiguration } from '../../../domain/agents/configuration.ts'
import type { TimeZone } from '../../../domain/time.ts'
import { instantText, json, written, writtenOrNull } from './schemas.ts'

export const syncStatuses = ['clean', 'ours_ahead', 'theirs_ahead', 'diverged', 'unknown'] as const
const version = z.number().int()

export const agent = z
  .strictObject({
    id: z.string(),
    slug: z.string(),
    retell_agent_id: z.string().nullable().meta({ description: 'Null: Retell has not been told of it yet.' }),
    name: z.string(),
    language: z.string().nullable(),
    engine: z.string().nullable(),
    live_version: version.nullable().meta({ description: 'Ours: what callers reach.' }),
    live_retell_version: version.nullable().meta({ description: 'What Retell calls it.' }),
    draft_version: version.nullable().meta({ description: 'Ours, which is ahead of what Retell has.' }),
    sync_status: z.enum(syncStatuses),
    last_synced_at: instantText.nullable(),
    sync_error: z.string().nullable(),
    is_gone: z.boolean().meta({ description: 'Retell has it no longer.' }),
    numbers: z.array(z.string()),
  })
  .meta({ id: 'Agent' })

export const viewOfAgent = (one: ManagedAgent, zone: TimeZone): z.input<typeof agent> => ({
  id: one.id,
  slug: one.slug,
  retell_agent_id: one.retellAgentId ?? null,
  name: one.name,
  language: one.language ?? null,
  engine: one.engine ?? null,
  live_version: one.live ?? null,
  live_retell_version: one.liveAtRetell ?? null,
  draft_version: one.draft ?? null,
  sync_status: one.syncStatus,
  last_synced_at: writtenOrNull(one.syncedAt, zone),
  sync_error: one.syncError ?? null,
  is_gone: one.isGone,
  numbers: [...one.numbers],
})

/** The whole documents. What Retell means by them is Retell's business, so they are described no further. */
export const documents = {
  agent: json,
  response_engine: json.nullable().meta({
    description: 'The whole LLM or conversation flow. Null: the agent has a language model of somebody’s own.',
  }),
  numbers: z.array(z.string()),
}

export const viewOfConfiguration = ({ agent: document, engine, numbers }: AgentConfiguration) => ({
  agent: { ...document },
  response_engine: engine ? { ...engine } : null,
  numbers: [...numbers],
})

export const agentVersion = z
  .strictObject({
    version,
    retell_version: version.nullable().meta({ description: 'What Retell calls the version of this content.' }),
    hash: z.string(),
    parents: z.array(version),
    origin: z.enum(['created', 'seen', 'edited', 'merged', 'imported', 'restored', 'backup']),
    author: z.string(),
    message: z.string(),
    created_at: instantText,
  })
  .meta({ id: 'AgentVersion' })

export const viewOfVersion = (one: AgentVersion, zone: TimeZone): z.input<typeof agentVersion> => ({
  version: one.number,
  retell_version: one.retellVersion ?? null,
  hash: one.hash,
  parents: [...one.parents],
  origin: one.origin,
  author: one.author.name,
  message: one.message,
  created_at: written(one.createdAt, zone),
})

export const finding = z
  .strictObject({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'hint']),
    message: z.string(),
    path: z.string().meta({ description: 'A JSON pointer into the documents.' }),
  })
  .meta({ id: 'AgentFinding' })

export const publication = z
  .strictObject({
    id: z.string(),
    job: z.string(),
    kind: z.enum(['publish', 'rollback']),
    status: z.enum(['running', 'published', 'failed', 'undone']),
    version,
    retell_version: version.nullable(),
    numbers: z.array(z.string()),
    steps: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['waiting', 'running', 'done', 'failed', 'undone']),
        detail: z.string().nullable(),
        started_at: instantText.nullable(),
        ended_at: instantText.nullable(),
      }),
    ),
    author: z.string(),
    message: z.string(),
    started_at: instantText,
    ended_at: instantText.nullable(),
  })
  .meta({ id: 'Publication' })

export const viewOfPublication = (one: Publication, zone: TimeZone): z.input<typeof publication> => ({
  id: one.id,
  job: one.job,
  kind: one.kind,
  status: one.state,
  version: one.version,
  retell_version: one.retellVersion ?? null,
  numbers: [...one.numbers],
  steps: one.steps.map(({ name, state, detail, startedAt, endedAt }) => ({
    name: name.replaceAll('-', '_'),
    state,
    detail: detail ?? null,
    started_at: writtenOrNull(startedAt, zone),
    ended_at: writtenOrNull(endedAt, zone),
  })),
  author: one.actor.name,
  message: one.message,
  started_at: written(one.startedAt, zone),
  ended_at: writtenOrNull(one.endedAt, zone),
})

export const liveDecision = z
  .strictObject({
    kind: z.string(),
    version,
    retell_version: version,
    percent: z.number(),
    numbers: z.array(z.string()),
    author: z.string(),
    reason: z.string().nullable(),
    at: instantText,
  })
  .meta({ id: 'LiveDecision' })

export const viewOfDecision = (one: LiveDecision, zone: TimeZone): z.input<typeof liveDecision> => ({
  kind: one.kind.replaceAll('-', '_'),
  version: one.version,
  retell_version: one.retellVersion,
  percent: one.percent,
  numbers: [...one.numbers],
  author: one.actor.name,
  reason: one.reason ?? null,
  at: written(one.at, zone),
})

export const rollout = z
  .strictObject({
    id: z.string(),
    status: z.enum(['running', 'finished', 'taken_back']),
    version: version.meta({ description: 'Ours: what some callers reach.' }),
    retell_version: version,
    live_version: version,
    live_retell_version: version,
    percent: z.number(),
    author: z.string(),
    reason: z.string().nullable(),
    started_at: instantText,
    ended_at: instantText.nullable(),
  })
  .meta({ id: 'AgentRollout' })

export const viewOfRollout = (one: AgentRollout, zone: TimeZone): z.input<typeof rollout> => ({
  id: one.id,
  status: one.state === 'taken-back' ? 'taken_back' : one.state,
  version: one.candidate,
  retell_version: one.candidateAtRetell,
  live_version: one.live,
  live_retell_version: one.liveAtRetell,
  percent: one.percent,
  author: one.actor.name,
  reason: one.reason ?? null,
  started_at: written(one.startedAt, zone),
  ended_at: writtenOrNull(one.endedAt, zone),
})
