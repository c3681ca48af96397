import { err, ok } from 'neverthrow'
import { z } from 'zod'
import { enterPlatform } from '../../../application/access/authenticate.ts'
import type { Application } from '../../../application/application.ts'
import { linesMeant } from '../../../application/calling/lines-meant.ts'
import type { UnroutedCall, UnroutedCalls } from '../../../application/ports/inbox.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { type CompanyId, parseId } from '../../../domain/ids.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { AtCompany, Doors } from '../authenticate.ts'
import { type Routing, routesBehind } from './route.ts'
import { companyOf, instantText, named, nameOf, pageOf, pageQuery, slugText, written } from './schemas.ts'

export const unroutedShape = {
  id: z.string(),
  call_id: z.string().nullable(),
  from_number: z.string().nullable(),
  to_number: z.string().nullable(),
  agent_id: z.string().nullable(),
  received_at: instantText,
  events: z.array(z.string()),
  suggestions: z.array(
    z.strictObject({ number: z.string(), company: named, branch: named, distance: z.number().int() }),
  ),
  assigned_to: named.nullable().meta({ description: 'The company to which a person gave the call.' }),
  assigned_branch: named.nullable(),
}
const unrouted = z.strictObject(unroutedShape).meta({ id: 'UnroutedCall' })

export const unroutedQuery = { ...pageQuery, assigned: z.enum(['true', 'false']).optional() }
export const unroutedQueryOf = ({ limit, cursor, assigned }: z.output<z.ZodObject<typeof unroutedQuery>>) => ({
  limit,
  cursor,
  ...(assigned === undefined ? {} : { assigned: assigned === 'true' }),
})

const assignment = z.strictObject({
  branch: slugText.meta({ description: 'Where the call belongs; the branch of one of its suggestions, or any other.' }),
})

type Needs = Pick<Application, 'findUnrouted' | 'assignUnrouted'>

export const unroutedRoutes = (
  routing: Routing,
  doors: Doors,
  app: Needs,
  calls: Pick<UnroutedCalls, 'listOwn'>,
): void => {
  const view = ({ profile }: AtCompany, one: UnroutedCall) =>
    viewOfUnrouted(one, [profile], profile.company.timeZone, () => profile)

  routesBehind(routing)(doors.company('deliveries.read'))({
    method: 'GET',
    url: '/companies/{company}/unrouted-calls',
    tag: 'Unrouted calls',
    summary: 'Calls of the account whose number nobody owns, newest first',
    query: z.strictObject(unroutedQuery),
    answer: pageOf(unrouted),
    handle: async (at, { query }) => {
      const { items, next } = await calls.listOwn(at.scope, unroutedQueryOf(query))
      return ok({ items: items.map((one) => view(at, one)), next: next ?? null })
    },
  })

  routesBehind(routing)(doors.company('deliveries.replay'))({
    method: 'POST',
    url: '/companies/{company}/unrouted-calls/{id}/assign',
    tag: 'Unrouted calls',
    summary: 'Give a call whose number nobody owns to a branch; all that was heard of it is processed again',
    body: assignment,
    answer: unrouted,
    exists: async (at, { id }) => (await findIn(app, at, id)) !== undefined,
    handle: async (at, { params, body }) => {
      const found = await findIn(app, at, params.id)
      if (!found) return err({ kind: 'not-found' })
      const branch = at.profile.branches.find(({ slug }) => slug === body.branch)
      const detail = 'The company has no branch of this slug.'
      if (!branch) return err({ kind: 'invalid-input', errors: [{ pointer: '/branch', detail }] })
      const assigned = await app.assignUnrouted(at.scope, everywhereOf(at), found.id, branch.id)
      return assigned.map((one) => view(at, one))
    },
  })
}

const everywhereOf = ({ principal }: AtCompany) => enterPlatform(principal, 'platform.read').unwrapOr(undefined)

const findIn = async (app: Needs, at: AtCompany, text: string): Promise<UnroutedCall | undefined> => {
  const id = parseId('unroutedCall', text)
  return id.isOk() ? app.findUnrouted(at.scope, everywhereOf(at), id.value) : undefined
}

/** `companies` are those whose numbers may be named; `profileOf` knows whom a call was given to. */
export const viewOfUnrouted = (
  one: UnroutedCall,
  companies: readonly CompanyProfile[],
  zone: TimeZone,
  profileOf: (company: CompanyId) => CompanyProfile | undefined,
) => ({
  id: one.id,
  call_id: one.callId ?? null,
  from_number: one.fromNumber ?? null,
  to_number: one.toNumber ?? null,
  agent_id: one.agentId ?? null,
  received_at: written(one.receivedAt, zone),
  events: [...one.events],
  suggestions: linesMeant(one.toNumber, companies).map(({ line: { number, profile, branch }, distance }) => ({
    number,
    company: companyOf(profile),
    branch: nameOf(branch),
    distance,
  })),
  ...assignedIn(one, profileOf),
})

const assignedIn = (
  { assignedTo }: UnroutedCall,
  profileOf: (company: CompanyId) => CompanyProfile | undefined,
): { readonly assigned_to: z.input<typeof named> | null; readonly assigned_branch: z.input<typeof named> | null } => {
  const profile = assignedTo && profileOf(assignedTo.company)
  const branch = profile?.branches.find(({ id }) => id === assignedTo?.branch)
  return { assigned_to: profile ? companyOf(profile) : null, assigned_branch: branch ? nameOf(branch) : null }
}
