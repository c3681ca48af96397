import { ok } from 'neverthrow'
import { z } from 'zod'
import type { MergedAgent } from '../../../application/agents/merge-agent.ts'
import type { Application } from '../../../application/application.ts'
import type { AgentSync } from '../../../application/ports/agent-syncs.ts'
import type { CompanyScope } from '../../../application/scope.ts'
import type { MergeDecision } from '../../../domain/agents/merge.ts'
import { pathText } from '../../../domain/agents/patch.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { agent, agentVersion, viewOfAgent, viewOfVersion } from './agent-view.ts'
import { seenOf } from './agents.ts'
import { agentDiff, viewOfDiff } from './diff-view.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, personText, written, writtenOrNull } from './schemas.ts'

const message = personText(500).optional().meta({ description: 'Why, for the history.' })
const ifVersion = z.number().int().min(1).optional().meta({ description: 'Ours, as it was read.' })
const theirs = z.number().int().min(1).optional().meta({
  description: 'Retell’s newest as it was shown, in our numbers; something else is not taken over.',
})

const sync = z
  .strictObject({
    job: z.string().meta({ description: 'Its state and progress: GET jobs/{id}' }),
    status: z.enum(['running', 'done', 'failed']),
    total: z.number(),
    read: z.number(),
    changed: z.number(),
    failed: z.number(),
    error: z.string().nullable(),
    started_at: instantText,
    ended_at: instantText.nullable(),
  })
  .meta({ id: 'AgentSync' })

const viewOfSync = (one: AgentSync, zone: TimeZone): z.input<typeof sync> => ({
  job: one.id,
  status: one.state,
  total: one.total,
  read: one.read,
  changed: one.changed,
  failed: one.failed,
  error: one.error ?? null,
  started_at: written(one.startedAt, zone),
  ended_at: writtenOrNull(one.endedAt, zone),
})

const conflict = z
  .strictObject({
    path: z.string().meta({ description: 'Under which it is decided.' }),
    base: z.unknown().nullable(),
    ours: z.unknown().nullable(),
    theirs: z.unknown().nullable(),
  })
  .meta({ id: 'AgentConflict' })

export const viewOfConflict = (one: {
  readonly path: readonly string[]
  readonly base?: unknown
  readonly ours?: unknown
  readonly theirs?: unknown
}): z.input<typeof conflict> => ({
  path: pathText(one.path),
  base: one.base ?? null,
  ours: one.ours ?? null,
  theirs: one.theirs ?? null,
})

const mergedAgent = z.strictObject({
  status: z.enum(['merged', 'undecided']),
  agent,
  backup: z.number().nullable(),
  conflicts: z.array(conflict).meta({ description: 'Those that have to be decided; then nothing was changed.' }),
})

export const viewOfMerged = (one: MergedAgent, zone: TimeZone): z.input<typeof mergedAgent> => ({
  status: one.kind,
  agent: viewOfAgent(one.agent, zone),
  backup: one.kind === 'merged' ? (one.backup ?? null) : null,
  conflicts: one.kind === 'undecided' ? one.conflicts.map(viewOfConflict) : [],
})

type Needs = Pick<
  Application,
  | 'startAgentSync'
  | 'newestAgentSync'
  | 'resolveAgent'
  | 'refreshAgent'
  | 'createAgent'
  | 'driftDetail'
  | 'pullAgent'
  | 'mergeAgent'
>

/** What is taken over from Retell, and what is made here. */
export const agentWorkRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const read = routesBehind(routing)(doors.company('agents.read'))
  const change = routesBehind(routing)(doors.company('agents.change'))
  const exists = async ({ scope }: { readonly scope: CompanyScope }, { agent: name }: { readonly agent: string }) =>
    (await app.resolveAgent(scope, name)).isOk()

  change({
    method: 'POST',
    url: '/companies/{company}/agents',
    tag: 'Agents',
    summary: 'Make an agent here, with the settings of the company; Retell is told when it is published',
    body: z.strictObject({
      name: personText(100),
      slug: z.string().max(64).optional(),
      language: z.string().max(20).optional().meta({ description: 'A locale such as `de-DE`.' }),
      voice: z.string().max(100).optional().meta({ description: 'A voice of Retell.' }),
    }),
    answer: agent,
    status: () => 201,
    handle: async ({ scope, profile }, { body: { name, slug, language, voice } }) => {
      const made = await app.createAgent(scope, profile, { name, slug, language, voice })
      return made.map((one) => viewOfAgent(one, profile.company.timeZone))
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/sync',
    tag: 'Agents',
    summary: 'Read all agents of the account from Retell; a job with progress',
    answer: sync,
    status: () => 202,
    handle: async ({ scope, profile }) => ok(viewOfSync(await app.startAgentSync(scope), profile.company.timeZone)),
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/sync',
    tag: 'Agents',
    summary: 'The last reading of all agents',
    answer: z.strictObject({ sync: sync.nullable() }),
    handle: async ({ scope, profile }) => {
      const newest = await app.newestAgentSync(scope)
      return ok({ sync: newest ? viewOfSync(newest, profile.company.timeZone) : null })
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/refresh',
    tag: 'Agents',
    summary: 'Read one agent from Retell, at most once in five minutes unless it has to be fresh',
    body: z.strictObject({ fresh: z.boolean().default(false) }).default({ fresh: false }),
    answer: agent,
    exists,
    handle: async ({ scope, profile }, { params, body }) => {
      const refreshed = await app.refreshAgent(scope, params.agent, { fresh: body.fresh })
      return refreshed.map((one) => viewOfAgent(one, profile.company.timeZone))
    },
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/drift',
    tag: 'Agents',
    summary: 'How our side and Retell’s came apart since both were last seen equal',
    answer: z.strictObject({
      agent,
      ours: agentVersion.nullable(),
      base: agentVersion.nullable(),
      theirs: agentVersion.nullable(),
      changes: z.strictObject({ ours: agentDiff, theirs: agentDiff }),
      conflicts: z.array(conflict),
    }),
    handle: async ({ scope, profile }, { params }) => {
      const found = await app.driftDetail(scope, params.agent)
      const zone = profile.company.timeZone
      return found.map(({ agent: one, ours, base, theirs: others, changes, conflicts }) => ({
        agent: viewOfAgent(one, zone),
        ours: ours ? viewOfVersion(ours, zone) : null,
        base: base ? viewOfVersion(base, zone) : null,
        theirs: others ? viewOfVersion(others, zone) : null,
        changes: { ours: viewOfDiff(changes.ours), theirs: viewOfDiff(changes.theirs) },
        conflicts: conflicts.map(viewOfConflict),
      }))
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/pull',
    tag: 'Agents',
    summary: 'Take over what Retell has; what our side had is kept as a backup',
    body: z
      .strictObject({
        theirs,
        overwrite: z.boolean().default(false).meta({ description: 'Our draft gives way.' }),
        if_version: ifVersion,
      })
      .default({ overwrite: false }),
    answer: z.strictObject({ agent, backup: z.number().nullable() }),
    exists,
    handle: async ({ scope, profile }, { params, body }) => {
      const pulled = await app.pullAgent(scope, params.agent, {
        theirs: body.theirs,
        overwrite: body.overwrite,
        ...seenOf(body.if_version),
      })
      return pulled.map((one) => ({
        agent: viewOfAgent(one.agent, profile.company.timeZone),
        backup: one.backup ?? null,
      }))
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/merge',
    tag: 'Agents',
    summary: 'Bring both sides’ changes together in a draft',
    body: z.strictObject({
      decisions: z
        .record(z.string(), z.union([z.enum(['ours', 'theirs']), z.strictObject({ value: z.unknown() })]))
        .default({})
        .meta({ description: 'By the path of each conflict.' }),
      theirs,
      message,
      if_version: ifVersion,
    }),
    answer: mergedAgent,
    exists,
    handle: async ({ scope, profile }, { params, body }) => {
      const merged = await app.mergeAgent(scope, params.agent, {
        decisions: new Map(Object.entries(body.decisions) as [string, MergeDecision][]),
        message: body.message ?? '',
        theirs: body.theirs,
        ...seenOf(body.if_version),
      })
      return merged.map((one) => viewOfMerged(one, profile.company.timeZone))
    },
  })
}
