import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { Delivery } from '../../../application/ports/inbox.ts'
import { type DeliveryId, parseId } from '../../../domain/ids.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { AtCompany, Doors } from '../authenticate.ts'
import { type Routing, routesBehind } from './route.ts'
import { companyOf, instantText, named, pageOf, pageQuery, personText, written } from './schemas.ts'

export const deliveryOutcomes = ['accepted', 'duplicate', 'refused', 'failed', 'dead', 'ignored'] as const

export const delivery = z
  .strictObject({
    id: z.string(),
    source: z.enum(['retell', 'calcom']),
    event: z.string(),
    call_id: z.string().nullable(),
    company: named.nullable().meta({ description: 'Null: nobody owns the number.' }),
    received_at: instantText,
    address: z.string(),
    outcome: z.enum(deliveryOutcomes),
    attempt: z.number(),
    stages: z.array(z.strictObject({ name: z.string(), at: instantText, ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Delivery' })

export const deliveryFilters = {
  ...pageQuery,
  outcome: z.enum(deliveryOutcomes).optional(),
  call_id: personText(300).optional(),
} as const

type Needs = Pick<Application, 'listDeliveries' | 'deliveryDetail' | 'replayDelivery'>

export const deliveryRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const reading = routesBehind(routing)(doors.company('deliveries.read'))
  const view = ({ profile }: AtCompany, one: Delivery) =>
    viewOfDelivery(one, one.company === undefined ? null : companyOf(profile), profile.company.timeZone)

  reading({
    method: 'GET',
    url: '/companies/{company}/deliveries',
    tag: 'Deliveries',
    summary: 'What reached us for the company or its account, newest first',
    query: z.strictObject(deliveryFilters),
    answer: pageOf(delivery),
    handle: async (at, { query }) => {
      const { items, next } = await app.listDeliveries(at.scope, deliveryQueryOf(query))
      return ok({ items: items.map((one) => view(at, one)), next: next ?? null })
    },
  })

  reading({
    method: 'GET',
    url: '/companies/{company}/deliveries/{id}',
    tag: 'Deliveries',
    summary: 'A delivery and what became of it',
    answer: delivery,
    handle: async (at, { params }) => {
      const id = parseId('delivery', params.id)
      const found = id.isOk() ? await app.deliveryDetail(at.scope, id.value) : undefined
      return found ? ok(view(at, found)) : err({ kind: 'not-found' })
    },
  })

  routesBehind(routing)(doors.company('deliveries.replay'))({
    method: 'POST',
    url: '/companies/{company}/deliveries/{id}/replay',
    tag: 'Deliveries',
    summary: 'Process a kept delivery again; what it says counts once',
    answer: delivery,
    exists: async ({ scope }, { id }) => {
      const parsed = parseId('delivery', id)
      return parsed.isOk() && (await app.deliveryDetail(scope, parsed.value)) !== undefined
    },
    handle: async (at, { params }) => {
      const replayed = await app.replayDelivery(at.scope, params.id as DeliveryId)
      return replayed.map((one) => view(at, one))
    },
  })
}

interface Filters {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly outcome?: (typeof deliveryOutcomes)[number] | undefined
  readonly call_id?: string | undefined
}

export const deliveryQueryOf = ({ limit, cursor, outcome, call_id }: Filters) => ({
  limit,
  cursor,
  ...(outcome === undefined ? {} : { outcome }),
  ...(call_id === undefined ? {} : { callId: call_id }),
})

export const viewOfDelivery = (one: Delivery, company: z.input<typeof named> | null, zone: TimeZone) => ({
  id: one.id,
  source: one.source,
  event: one.event,
  call_id: one.callId ?? null,
  company,
  received_at: written(one.receivedAt, zone),
  address: one.address,
  outcome: one.outcome,
  attempt: one.attempt,
  stages: one.stages.map(({ name, at, ok: fine, detail }) => ({ name, at: written(at, zone), ok: fine, detail })),
})
