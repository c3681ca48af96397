import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { StoredRoutingOverride } from '../../../application/ports/routing-overrides.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { parseId } from '../../../domain/ids.ts'
import { parsePhoneNumber } from '../../../domain/phone-number.ts'
import type { Doors } from '../authenticate.ts'
import { actorKinds } from './appointment-view.ts'
import { momentIn, momentText } from './filters.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, named, namedIn, pageOf, pageQuery, written } from './schemas.ts'

const override = z
  .strictObject({
    id: z.string(),
    number: z.string(),
    branch: named
      .nullable()
      .meta({ description: 'The calls are this branch’s. Null: they stay with the dialled one.' }),
    agent: z.strictObject({ slug: z.string().nullable(), retell_agent_id: z.string() }).nullable(),
    transfer_to: z.string().nullable(),
    created_at: instantText,
    ends_at: instantText,
    created_by: z.strictObject({ kind: z.enum(actorKinds), name: z.string() }),
  })
  .meta({ id: 'RoutingOverride' })

const phoneText = z.string().min(3).max(40)
const creation = z
  .strictObject({
    number: phoneText,
    branch: z.string().min(1).max(100).optional(),
    agent: z.string().min(1).max(200).optional().meta({ description: 'The slug or Retell’s id of an agent.' }),
    transfer_to: phoneText.optional(),
    ends_at: momentText,
  })
  .meta({ description: 'Exactly one of `branch`, `agent` and `transfer_to`.' })

type Needs = Pick<Application, 'listRoutingOverrides' | 'setRoutingOverride' | 'endRoutingOverride'>

export const routingOverrideRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const reading = routesBehind(routing)(doors.company('calls.read'))
  const changing = routesBehind(routing)(doors.company('agents.change'))

  reading({
    method: 'GET',
    url: '/companies/{company}/routing-overrides',
    tag: 'Company',
    summary: 'Where people sent the calls of numbers, newest first, past ones too',
    query: z.strictObject({
      ...pageQuery,
      number: phoneText.optional(),
      at: momentText.optional().meta({ description: 'Those that stand at this moment.' }),
    }),
    answer: pageOf(override),
    handle: async ({ scope, profile }, { query: { limit, cursor, number, at } }) => {
      const wanted = number && parsePhoneNumber(number, profile.company.country).unwrapOr(undefined)
      if (number !== undefined && wanted === undefined) return ok({ items: [], next: null })
      const { items, next } = await app.listRoutingOverrides(scope, {
        limit,
        cursor,
        ...(wanted ? { number: wanted } : {}),
        ...(at === undefined ? {} : { at: momentIn(at) }),
      })
      return ok({ items: items.map((one) => viewOf(profile, one)), next: next ?? null })
    },
  })

  changing({
    method: 'POST',
    url: '/companies/{company}/routing-overrides',
    tag: 'Company',
    summary: 'Send the calls of a number to a branch, an agent or a person from now until an end',
    body: creation,
    answer: override,
    status: () => 201,
    handle: async ({ scope, profile }, { body: { number, branch, agent, transfer_to, ends_at } }) => {
      const wish = { number, branch, agent, transferTo: transfer_to, endsAt: momentIn(ends_at) }
      return (await app.setRoutingOverride(scope, profile, wish)).map((one) => viewOf(profile, one))
    },
  })

  changing({
    method: 'DELETE',
    url: '/companies/{company}/routing-overrides/{id}',
    tag: 'Company',
    summary: 'End it now; it stays in the list with its end',
    answer: override,
    handle: async ({ scope, profile }, { params }) => {
      const id = parseId('routingOverride', params.id)
      if (id.isErr()) return err({ kind: 'not-found' })
      return (await app.endRoutingOverride(scope, id.value)).map((one) => viewOf(profile, one))
    },
  })
}

const viewOf = (profile: CompanyProfile, { to, ...one }: StoredRoutingOverride) => {
  const zone = profile.company.timeZone
  const slug = profile.agents.find((agent) => to.kind === 'agent' && agent.retellAgentId === to.agentId)?.slug
  return {
    id: one.id,
    number: one.number,
    branch: to.kind === 'branch' ? namedIn(profile, 'branches', to.branch) : null,
    agent: to.kind === 'agent' ? { slug: slug ?? null, retell_agent_id: to.agentId } : null,
    transfer_to: to.kind === 'transfer' ? to.number : null,
    created_at: written(one.createdAt, zone),
    ends_at: written(one.endsAt, zone),
    created_by: one.createdBy,
  }
}
