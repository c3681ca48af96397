import { ok } from 'neverthrow'
import { z } from 'zod'
import type { WatchedNumber } from '../../../application/agents/watch-numbers.ts'
import type { Application } from '../../../application/application.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { paged } from './listed.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, pageOf, pageQuery, writtenOrNull } from './schemas.ts'

const bound = z.strictObject({
  agent_id: z.string(),
  version: z.union([z.number(), z.string()]).nullable().meta({
    description: 'Retell’s. Null: the newest that was created, drafts included.',
  }),
})
const watched = z
  .strictObject({
    number: z.string(),
    seen_at: instantText.nullable().meta({ description: 'Null: Retell was never asked.' }),
    inbound: z.array(bound),
    outbound: z.array(bound),
    inbound_webhook_url: z.string().nullable(),
    faults: z.array(
      z.strictObject({
        kind: z.enum(['number_without_agent', 'number_wrong_agent', 'number_old_version', 'number_without_webhook']),
        agent_id: z.string().nullable(),
        bound: z.union([z.number(), z.string()]).nullable(),
        live: z.number().nullable(),
        what: z.enum(['inbound', 'events']).nullable(),
      }),
    ),
  })
  .meta({ id: 'WatchedNumber' })

type Fault = WatchedNumber['faults'][number]
const viewOfFault = (fault: Fault) => ({
  kind: fault.kind,
  agent_id: 'agent' in fault ? fault.agent : null,
  bound: 'bound' in fault ? (fault.bound ?? null) : null,
  live: 'live' in fault ? (fault.live ?? null) : null,
  what: 'what' in fault ? fault.what : null,
})

const viewOf = ({ number, seen, faults }: WatchedNumber, zone: TimeZone): z.input<typeof watched> => {
  const agents = (of: 'inbound' | 'outbound') =>
    (seen?.[of] ?? []).map(({ retellAgentId, version }) => ({ agent_id: retellAgentId, version: version ?? null }))
  return {
    number,
    seen_at: writtenOrNull(seen?.seenAt, zone),
    inbound: agents('inbound'),
    outbound: agents('outbound'),
    inbound_webhook_url: seen?.inboundWebhookUrl ?? null,
    faults: faults.map(viewOfFault),
  }
}

type Needs = Pick<Application, 'watchNumbers' | 'watchedNumbers' | 'registerNumbers'>

/** How Retell has the company's numbers. */
export const watchedNumberRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const items = z.strictObject({ items: z.array(watched) })
  const change = routesBehind(routing)(doors.company('agents.change'))

  routesBehind(routing)(doors.company('agents.read'))({
    method: 'GET',
    url: '/companies/{company}/retell-numbers',
    tag: 'Numbers at Retell',
    summary: 'How Retell had the numbers when it was last asked, and what is wrong with that',
    query: z.strictObject(pageQuery),
    answer: pageOf(watched),
    handle: async ({ scope, profile }, { query }) => {
      const { items: shown, next } = paged(await app.watchedNumbers(scope), query, ({ number }) => number)
      return ok({ items: shown.map((one) => viewOf(one, profile.company.timeZone)), next })
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/retell-numbers/look',
    tag: 'Numbers at Retell',
    summary: 'Ask Retell now',
    answer: items,
    handle: async ({ scope, profile }) => {
      const looked = await app.watchNumbers(scope)
      return looked.map((all) => ({ items: all.map((one) => viewOf(one, profile.company.timeZone)) }))
    },
  })

  change({
    method: 'POST',
    url: '/companies/{company}/retell-numbers/register',
    tag: 'Numbers at Retell',
    summary: 'Have Retell ask us about calls that ring at the company’s numbers',
    answer: z.strictObject({
      items: z.array(
        z.strictObject({
          number: z.string(),
          outcome: z.enum(['set', 'was_set', 'failed']),
          detail: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ scope }) => {
      const registered = await app.registerNumbers(scope)
      return registered.map((all) => ({
        items: all.map(({ number, outcome, detail }) => ({
          number,
          outcome: outcome === 'was-set' ? ('was_set' as const) : outcome,
          detail: detail ?? null,
        })),
      }))
    },
  })
}
