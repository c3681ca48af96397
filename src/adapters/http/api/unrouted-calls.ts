import { ok } from 'neverthrow'
import { z } from 'zod'
import type { UnroutedCall, UnroutedCalls } from '../../../application/ports/inbox.ts'
import { nearMisses } from '../../../domain/calling/near-miss.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { type Routing, routesBehind } from './route.ts'
import { companyOf, instantText, named, nameOf, pageOf, pageQuery, written } from './schemas.ts'

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
  assigned_to: z.string().nullable(),
}
const unrouted = z.strictObject(unroutedShape).meta({ id: 'UnroutedCall' })

export const unroutedRoutes = (routing: Routing, doors: Doors, calls: Pick<UnroutedCalls, 'listOwn'>): void => {
  routesBehind(routing)(doors.company('deliveries.read'))({
    method: 'GET',
    url: '/companies/{company}/unrouted-calls',
    tag: 'Unrouted calls',
    summary: 'Calls of the account whose number nobody owns, newest first',
    query: z.strictObject(pageQuery),
    answer: pageOf(unrouted),
    handle: async ({ scope, profile }, { query: { limit, cursor } }) => {
      const { items, next } = await calls.listOwn(scope, { limit, cursor })
      return ok({
        items: items.map((one) => viewOfUnrouted(one, [profile], profile.company.timeZone)),
        next: next ?? null,
      })
    },
  })
}

/** `companies` are those whose numbers may be named. */
export const viewOfUnrouted = (one: UnroutedCall, companies: readonly CompanyProfile[], zone: TimeZone) => ({
  id: one.id,
  call_id: one.callId ?? null,
  from_number: one.fromNumber ?? null,
  to_number: one.toNumber ?? null,
  agent_id: one.agentId ?? null,
  received_at: written(one.receivedAt, zone),
  events: [...one.events],
  suggestions: nearMisses(one.toNumber, companies.flatMap(linesOf)).map(({ line, distance }) => ({
    ...line,
    distance,
  })),
  assigned_to: null,
})

const linesOf = (profile: CompanyProfile) =>
  profile.branches.flatMap((branch) =>
    branch.phoneNumbers.map(({ number }) => ({
      number: number as string,
      company: companyOf(profile),
      branch: nameOf(branch),
    })),
  )
