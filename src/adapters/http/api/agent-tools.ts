import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { EditableTools } from '../../../application/agents/edit-tools.ts'
import { sayToolFault } from '../../../application/agents/lint-words.ts'
import type { Application } from '../../../application/application.ts'
import type { CompanyScope } from '../../../application/scope.ts'
import type { AgentTool, ToolOwner } from '../../../domain/agents/agent-tools.ts'
import type { Json, JsonObject } from '../../../domain/canonical-json.ts'
import type { Doors } from '../authenticate.ts'
import { atAgent } from './agents.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, json, pageOf, pageQuery, personText, written } from './schemas.ts'

const owner = z.strictObject({
  kind: z.enum(['agent', 'state', 'node', 'component', 'before-calls', 'after-calls']),
  name: z.string().nullable(),
})
const viewOfOwner = (one: ToolOwner): z.input<typeof owner> => ({
  kind: one.kind,
  name: 'name' in one ? one.name : null,
})

const agentTool = z
  .strictObject({
    path: z.string().meta({ description: 'A JSON pointer into the draft, by which it is edited.' }),
    name: z.string().nullable(),
    type: z.string().nullable(),
    owner,
    document: json.meta({ description: 'Secrets in it are placeholders.' }),
    findings: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  })
  .meta({ id: 'AgentTool' })

const toolList = z.strictObject({
  version: z.number(),
  is_draft: z.boolean(),
  tools: z.array(agentTool),
  places: z.array(z.strictObject({ path: z.string(), owner })).meta({ description: 'Where others can be added.' }),
})

const viewOfTools = ({ draft, tools, places }: EditableTools): z.input<typeof toolList> => ({
  version: draft.version,
  is_draft: draft.isDraft,
  tools: tools.map((one: AgentTool & EditableTools['tools'][number]) => ({
    path: one.path,
    name: one.name ?? null,
    type: one.kind ?? null,
    owner: viewOfOwner(one.owner),
    document: { ...one.document },
    findings: one.findings.map(({ path, wrong }) => {
      const { found, cure } = sayToolFault(wrong, 'en')
      return { path: `${one.path}${path}`, message: `${found} ${cure}` }
    }),
  })),
  places: places.map((one) => ({ path: one.path, owner: viewOfOwner(one.owner) })),
})

const pointer = z.string().max(500)
const edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), place: pointer, tool: z.record(z.string(), z.unknown()) }),
  z.strictObject({
    kind: z.literal('change'),
    path: pointer,
    fields: z
      .array(z.strictObject({ path: pointer, value: z.unknown().optional() }))
      .min(1)
      .max(100)
      .meta({ description: 'Pointers into the function; one without a value is taken away. Nothing else changes.' }),
  }),
  z.strictObject({
    kind: z.literal('copy'),
    path: pointer,
    name: z.string().max(100).optional(),
    to: pointer.optional(),
  }),
  z.strictObject({ kind: z.literal('rename'), path: pointer, name: z.string().max(100) }),
  z.strictObject({ kind: z.literal('remove'), path: pointer }),
])

const tried = z.strictObject({
  where: z.enum(['copy', 'outside']).meta({
    description: 'Ours are answered on a copy of the company, in which nothing is really booked.',
  }),
  request: z.strictObject({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string().nullable(),
  }),
  answer: z.strictObject({
    status: z.number().nullable(),
    ms: z.number().nullable(),
    body: z.string().nullable(),
    is_cut: z.boolean(),
    failure: z.enum(['unreachable', 'forbidden']).nullable(),
    detail: z.string().nullable(),
  }),
})

type Needs = Pick<Application, 'resolveAgent' | 'agentToolList' | 'editTool' | 'toolBeginnings' | 'toolLog' | 'tryTool'>

/** The functions of an agent's draft: read, edited, tried, and what they were asked in calls. */
export const agentToolRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const read = routesBehind(routing)(doors.company('agents.read'))
  const change = routesBehind(routing)(doors.company('agents.change'))
  const calls = routesBehind(routing)(doors.company('calls.read'))
  const exists = async ({ scope }: { readonly scope: CompanyScope }, { agent: name }: { readonly agent: string }) =>
    (await app.resolveAgent(scope, name)).isOk()

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/tools',
    tag: 'Agent functions',
    summary: 'The functions of the draft, wherever they stand, with what is wrong with each',
    answer: toolList,
    handle: async ({ scope }, { params }) => (await app.agentToolList(scope, params.agent)).map(viewOfTools),
  })

  read({
    method: 'GET',
    url: '/companies/{company}/agents/{agent}/tools/beginnings',
    tag: 'Agent functions',
    summary: 'What a new function can begin as',
    answer: z.strictObject({ ours: z.array(json), templates: z.record(z.string(), json) }),
    exists,
    handle: async ({ profile }) => {
      const { ours, templates } = app.toolBeginnings(profile)
      return ok({
        ours: ours.map((one) => ({ ...one })),
        templates: Object.fromEntries(Object.entries(templates).map(([name, one]) => [name, { ...one }])),
      })
    },
  })

  change({
    method: 'PATCH',
    url: '/companies/{company}/agents/{agent}/tools',
    tag: 'Agent functions',
    summary: 'Edit one function of the draft; what is not named stays as it is',
    body: z.strictObject({
      edit,
      message: personText(500).optional(),
      if_version: z.number().int().min(1).optional(),
    }),
    answer: toolList,
    exists,
    handle: async ({ scope, profile }, { params, body }) => {
      const wish = body.edit
      const edited = await app.editTool(scope, profile, params.agent, {
        edit:
          wish.kind === 'change'
            ? { ...wish, fields: wish.fields.map(({ path, value }) => ({ path, value: value as Json | undefined })) }
            : wish.kind === 'add'
              ? { ...wish, tool: wish.tool as JsonObject }
              : wish,
        message: body.message ?? '',
        ifVersion: body.if_version,
      })
      return edited.map(viewOfTools)
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/agents/{agent}/tools/try',
    tag: 'Agent functions',
    summary: 'Send a function the request that Retell would send, and show what comes back',
    body: z.strictObject({
      path: pointer,
      args: z.record(z.string(), z.unknown()).default({}),
      variables: z.record(z.string(), z.string().max(2_000)).optional(),
      version: z.number().int().min(1).optional(),
      caller: z.string().max(40).optional(),
    }),
    answer: tried,
    exists,
    handle: ({ scope }, { params, body }) =>
      atAgent(app)(scope, params.agent, async ({ id }) => {
        const { path, args, variables, version, caller } = body
        const done = await app.tryTool(scope, id, { path, args: args as JsonObject, variables, version, caller })
        return done.map(({ where, request, answer }) => ({
          where,
          request: { ...request, headers: { ...request.headers }, body: request.body ?? null },
          answer:
            'failure' in answer
              ? {
                  status: null,
                  ms: null,
                  body: null,
                  is_cut: false,
                  failure: answer.failure,
                  detail: answer.detail ?? null,
                }
              : {
                  status: answer.status,
                  ms: answer.ms,
                  body: answer.body,
                  is_cut: answer.isCut,
                  failure: null,
                  detail: null,
                },
        }))
      }),
  })

  calls({
    method: 'GET',
    url: '/companies/{company}/tool-calls/{tool}',
    tag: 'Agent functions',
    summary: 'What a function of ours was lately asked in calls, newest first',
    query: z.strictObject(pageQuery),
    answer: pageOf(
      z.strictObject({
        at: instantText,
        call_id: z.string(),
        name: z.string(),
        name_as_sent: z.string(),
        status: z.string(),
        ms: z.number(),
        input: json,
        output: json,
      }),
    ),
    handle: async ({ scope, profile }, { params, query: { limit, cursor } }) => {
      const page = await app.toolLog(scope, params.tool, { limit, cursor })
      if (!page) return err({ kind: 'not-found' })
      return ok({
        items: page.items.map((one) => ({
          at: written(one.at, profile.company.timeZone),
          call_id: one.call,
          name: one.name,
          name_as_sent: one.nameAsSent,
          status: one.status,
          ms: one.ms,
          input: { ...one.input },
          output: { ...one.output },
        })),
        next: page.next ?? null,
      })
    },
  })
}
