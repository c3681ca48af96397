import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { SeenVersion } from '../../../application/agents/agent-desk.ts'
import { shownFinding } from '../../../application/agents/gate-words.ts'
import { noSuchVersion } from '../../../application/agents/no-such-version.ts'
import type { Application } from '../../../application/application.ts'
import type { Failure } from '../../../application/failure.ts'
import type { ManagedAgent } from '../../../application/ports/agents.ts'
import type { CompanyScope } from '../../../application/scope.ts'
import type { JsonObject } from '../../../domain/canonical-json.ts'
import type { Doors } from '../authenticate.ts'
import {
  agent,
  agentVersion,
  documents,
  finding,
  syncStatuses,
  viewOfAgent,
  viewOfConfiguration,
  viewOfVersion,
} from './agent-view.ts'
import { agentDiff, viewOfDiff } from './diff-view.ts'
import { type Routing, routesBehind } from './route.ts'
import { json, pageOf, pageQuery, personText } from './schemas.ts'

/** Conversation flows with many nodes take some megabytes. */
export const largestDocuments = 8 * 1024 * 1024

const versionNumber = z.coerce.number().int().min(1)
const seen = {
  if_version: z.number().int().min(1).optional().meta({
    description: 'Ours, as it was read: when the agent is of another one by now, nothing is changed.',
  }),
  message: personText(500).optional().meta({ description: 'Why, for the history.' }),
}
const draft = z.strictObject({
  version: z.number().int().meta({ description: 'Ours.' }),
  is_draft: z.boolean().meta({ description: 'False: nothing of ours is ahead, and this is what is live.' }),
  ...documents,
})

type Needs = Pick<
  Application,
  | 'listAgents'
  | 'resolveAgent'
  | 'getDraft'
  | 'putDraft'
  | 'discardDraft'
  | 'listAgentVersions'
  | 'agentVersionDetail'
  | 'diffAgentVersions'
  | 'restoreAgentVersion'
  | 'gate'
>

/** Of an optional input that is not there, nothing is passed on. */
export const seenOf = (ifVersion: number | undefined): SeenVersion => (ifVersion === undefined ? {} : { ifVersion })

/** The agent of an address, by slug or by Retell's id. */
export const atAgent =
  (app: Pick<Application, 'resolveAgent'>) =>
  async <T>(
    scope: CompanyScope,
    name: string,
    work: (agent: ManagedAgent) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> => {
    const found = await app.resolveAgent(scope, name)
    return found.isErr() ? err(found.error) : work(found.value)
  }

/** Agents, their drafts and their history. */
export const agentRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  listRoutes(routing, doors, app)
  draftRoutes(routing, doors, app)
  historyRoutes(routing, doors, app)
  lintRoute(routing, doors, app)
}

const existing =
  (app: Pick<Needs, 'resolveAgent'>) =>
  async ({ scope }: { readonly scope: CompanyScope }, { agent: name }: { readonly agent: string }): Promise<boolean> =>
    (await app.resolveAgent(scope, name)).isOk()

const listRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const read = routesBehind(routing)(doors.company('agents.read'))

  read({
    method: 'GET',
    url: '/companies/{company}/agents',
    tag: 'Agents',
    summary: 'The voice agents, as they were last known; Retell is not asked',
    query: z.strictObject({
      ...pageQuery,
      sync_status: z.enum(syncStatuses).optional(),
      search: z.string().max(200).optional().meta({ description: 'A part of the name, the slug or Retell’s id.' }),
      gone: z.stringbool().default(false).meta({ description: 'Those that Retell has no longer, as well.' }),
    }),
    answer: pageOf(agent).extend({
      tally: z.record(z.enum(syncStatuses), z.number()).meta({ description: 'How many there are of each status.' }),
    }),
    handle: async ({ scope, profile }, { query: { sync_status, search, gone, limit, cursor } }) => {
      const found = await app.listAgents(scope, {
        limit,
        cursor,
        withGone: gone,
        ...(sync_status === undefined ? {} : { status: sync_status }),
        ...(search === undefined ? {} : { search }),
      })
      const zone = profile.company.timeZone
      return ok({
        items: found.items.map((one) => viewOfAgent(one, zone)),
        next: found.next ?? null,
        tally: { ...found.tally },
      })
    },
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}',
    tag: 'Agents',
    summary: 'One voice agent, by its slug or Retell’s id',
    answer: agent,
    handle: async ({ scope, profile }, { params }) => {
      const found = await app.resolveAgent(scope, params.agent)
      return found.map((one) => viewOfAgent(one, profile.company.timeZone))
    },
  })
}

const draftRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const read = routesBehind(routing)(doors.company('agents.read'))
  const change = routesBehind(routing)(doors.company('agents.change'))

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/draft',
    tag: 'Agents',
    summary: 'The whole documents: the draft, else what is live. Secrets in them are placeholders',
    answer: draft,
    handle: async ({ scope }, { params }) => {
      const found = await app.getDraft(scope, params.agent)
      return found.map((one) => ({
        version: one.version,
        is_draft: one.isDraft,
        ...viewOfConfiguration(one.configuration),
      }))
    },
  })

  change({
    method: 'PUT',
    url: '/companies/{company}/agents/{agent}/draft',
    tag: 'Agents',
    summary: 'Change our side; Retell is told nothing before it is published',
    bodyLimit: largestDocuments,
    body: z.strictObject({
      agent: json,
      response_engine: json.nullable().optional(),
      numbers: z.array(z.string().max(60)).max(200).optional().meta({ description: 'As they are, when left out.' }),
      version: z.number().optional().meta({ description: 'As it was read. It is not changed by writing it.' }),
      is_draft: z.boolean().optional(),
      ...seen,
    }),
    answer: draft,
    exists: existing(app),
    handle: async ({ scope, profile }, { params, body }) => {
      const before = await app.getDraft(scope, params.agent)
      const kept = before.isOk() ? before.value.configuration : undefined
      const put = await app.putDraft(scope, profile, params.agent, {
        agent: body.agent as JsonObject,
        engine:
          body.response_engine === undefined
            ? kept?.engine
            : ((body.response_engine ?? undefined) as JsonObject | undefined),
        numbers: body.numbers ?? kept?.numbers ?? [],
        message: body.message ?? '',
        ...seenOf(body.if_version),
      })
      return put.map((one) => ({
        version: one.version,
        is_draft: one.isDraft,
        ...viewOfConfiguration(one.configuration),
      }))
    },
  })

  change({
    method: 'DELETE',
    url: '/companies/{company}/agents/{agent}/draft',
    tag: 'Agents',
    summary: 'Let the draft go; it stays in the history as a backup',
    query: z.strictObject({ if_version: versionNumber.optional().meta({ description: 'Ours, as it was read.' }) }),
    answer: agent,
    handle: async ({ scope, profile }, { params, query }) => {
      const left = await app.discardDraft(scope, params.agent, seenOf(query.if_version))
      return left.map((one) => viewOfAgent(one, profile.company.timeZone))
    },
  })
}

const historyRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const read = routesBehind(routing)(doors.company('agents.read'))
  const change = routesBehind(routing)(doors.company('agents.change'))

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/versions',
    tag: 'Agents',
    summary: 'The history, newest first; it is only ever added to',
    query: z.strictObject(pageQuery),
    answer: pageOf(agentVersion),
    handle: async ({ scope, profile }, { params, query }) => {
      const page = await app.listAgentVersions(scope, params.agent, { limit: query.limit, cursor: query.cursor })
      const zone = profile.company.timeZone
      return page.map(({ items, next }) => ({
        items: items.map((one) => viewOfVersion(one, zone)),
        next: next ?? null,
      }))
    },
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/versions/{n}',
    tag: 'Agents',
    summary: 'One version with its whole documents',
    answer: agentVersion.extend(documents),
    handle: async ({ scope, profile }, { params }) => {
      const number = versionNumber.safeParse(params.n)
      if (!number.success) return err({ kind: 'not-found' })
      const found = await app.agentVersionDetail(scope, params.agent, number.data)
      return found.map(({ version, configuration }) => ({
        ...viewOfVersion(version, profile.company.timeZone),
        ...viewOfConfiguration(configuration),
      }))
    },
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/versions/{n}/diff',
    tag: 'Agents',
    summary: 'What changed in a version: prompts by sentence, tools and nodes by name',
    query: z.strictObject({
      against: versionNumber.optional().meta({ description: 'What it was made from, when left out.' }),
    }),
    answer: z.strictObject({ from: agentVersion, to: agentVersion, ...agentDiff.shape }),
    handle: async ({ scope, profile }, { params, query }) => {
      const number = versionNumber.safeParse(params.n)
      if (!number.success) return err({ kind: 'not-found' })
      const found = await app.diffAgentVersions(scope, params.agent, number.data, query.against)
      const zone = profile.company.timeZone
      return found.map(({ from, to, changes }) => ({
        from: viewOfVersion(from, zone),
        to: viewOfVersion(to, zone),
        ...viewOfDiff(changes),
      }))
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/versions/{n}/restore',
    tag: 'Agents',
    summary: 'Make an old version the draft',
    body: z.strictObject(seen),
    answer: draft,
    handle: async ({ scope }, { params, body }) => {
      const number = versionNumber.safeParse(params.n)
      if (!number.success) return err({ kind: 'not-found' })
      const restored = await app.restoreAgentVersion(scope, params.agent, number.data, {
        message: body.message ?? '',
        ...seenOf(body.if_version),
      })
      return restored.map((one) => ({
        version: one.version,
        is_draft: one.isDraft,
        ...viewOfConfiguration(one.configuration),
      }))
    },
  })
}

const lintRoute = (routing: Routing, doors: Doors, app: Needs): void => {
  const change = routesBehind(routing)(doors.company('agents.change'))

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/lint',
    tag: 'Agents',
    summary: 'What of a version would harm callers',
    body: z
      .strictObject({
        version: versionNumber.optional().meta({ description: 'The draft, when left out.' }),
        confirmed_removals: z.array(z.string().max(100)).max(200).optional(),
        asks: z.boolean().default(false).meta({
          description: 'Also asks the servers of its functions, and plays the rehearsals.',
        }),
      })
      .default({ asks: false }),
    answer: z.strictObject({
      version: z.number(),
      passes: z.boolean().meta({ description: 'Nothing of it keeps it from being published.' }),
      findings: z.array(finding),
    }),
    exists: existing(app),
    handle: ({ scope }, { params, body }) =>
      atAgent(app)(scope, params.agent, async ({ id }) => {
        const gate = await app.gate(scope, id, {
          version: body.version,
          confirmedRemovals: body.confirmed_removals,
          asks: body.asks,
        })
        if (!gate) return err(noSuchVersion(body.version))
        return ok({
          version: gate.version,
          passes: !gate.isClosed,
          findings: gate.findings.map((one) => shownFinding(one, 'en')),
        })
      }),
  })
}
