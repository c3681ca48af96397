import { z } from 'zod'
import type { ImportedAgent } from '../../../application/agents/import-agent.ts'
import type { Application } from '../../../application/application.ts'
import type { CompanyScope } from '../../../application/scope.ts'
import type { JsonObject } from '../../../domain/canonical-json.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { agent, viewOfAgent } from './agent-view.ts'
import { largestDocuments, seenOf } from './agents.ts'
import { type Routing, routesBehind } from './route.ts'
import { json, personText } from './schemas.ts'

const document = json.meta({
  description: 'An export of ours, an agent as Retell shows or exports it, or what an older system kept of one.',
})
const options = {
  document,
  message: personText(500).optional().meta({ description: 'Why, for the history.' }),
  secrets: z.record(z.string().max(128), z.string().max(10_000)).optional().meta({
    description: 'What the names of an export of ours stand for. They are kept sealed.',
  }),
}

const imported = z.strictObject({
  agent,
  version: z.number().meta({ description: 'Ours: the draft.' }),
  backup: z.number().nullable().meta({ description: 'What was the draft before.' }),
  secrets_missing: z
    .array(z.strictObject({ name: z.string(), paths: z.array(z.string()) }))
    .meta({ description: 'As long as one of them is not entered, the version cannot be published.' }),
  leftover: z.array(z.string()).meta({ description: 'Where something stands that was not taken over; the first 200.' }),
  numbers_dropped: z.array(z.string()).meta({ description: 'They are no numbers of the company.' }),
  account_ids: z.array(z.string()).meta({
    description:
      'Where it names something of a Retell account, such as a knowledge base: in another account choose what is there. The first 200.',
  }),
})

export const viewOfImport = (one: ImportedAgent, zone: TimeZone): z.input<typeof imported> => ({
  agent: viewOfAgent(one.agent, zone),
  version: one.version,
  backup: one.backup ?? null,
  secrets_missing: one.secretsMissing.map(({ name, paths }) => ({ name, paths: [...paths] })),
  leftover: [...one.leftover],
  numbers_dropped: [...one.numbersDropped],
  account_ids: [...one.accountIds],
})

const sentOf = (body: { readonly document: unknown; readonly message?: string | undefined }) => ({
  document: body.document as JsonObject,
  message: body.message ?? '',
})

type Needs = Pick<Application, 'resolveAgent' | 'exportAgent' | 'importAgent'>

/** Agents as files, between companies and accounts. */
export const agentExchangeRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const read = routesBehind(routing)(doors.company('agents.read'))
  const change = routesBehind(routing)(doors.company('agents.change'))
  const exists = async ({ scope }: { readonly scope: CompanyScope }, { agent: name }: { readonly agent: string }) =>
    (await app.resolveAgent(scope, name)).isOk()

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/export',
    tag: 'Agents',
    summary: 'An agent as a file, without its secrets: they are only named in it',
    query: z.strictObject({
      version: z.coerce.number().int().min(1).optional().meta({ description: 'Ours; the draft, when left out.' }),
    }),
    answer: json,
    handle: async ({ scope }, { params, query }) => {
      const exported = await app.exportAgent(scope, params.agent, query.version)
      return exported.map((one) => ({ ...one }))
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/import',
    tag: 'Agents',
    summary: 'Make a new agent of a file; it is a draft until it is published',
    bodyLimit: largestDocuments,
    body: z.strictObject({ ...options, name: personText(100).optional(), slug: z.string().max(64).optional() }),
    answer: imported,
    status: () => 201,
    handle: async ({ scope, profile }, { body }) => {
      const taken = await app.importAgent(scope, profile, { ...body, ...sentOf(body) })
      return taken.map((one) => viewOfImport(one, profile.company.timeZone))
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/import',
    tag: 'Agents',
    summary: 'Make a file the draft of an agent; what was the draft is kept as a backup',
    bodyLimit: largestDocuments,
    body: z.strictObject({
      ...options,
      if_version: z.number().int().min(1).optional().meta({ description: 'Ours, as it was read.' }),
    }),
    answer: imported,
    exists,
    handle: async ({ scope, profile }, { params, body: { if_version, ...wish } }) => {
      const taken = await app.importAgent(scope, profile, {
        ...{ ...wish, ...sentOf(wish), into: params.agent },
        ...seenOf(if_version),
      })
      return taken.map((one) => viewOfImport(one, profile.company.timeZone))
    },
  })
}
