import type { Selectable } from 'kysely'
import type { Delivery, DeliveryStage, NewDelivery } from '../../application/ports/inbox.ts'
import { instant } from '../../domain/time.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'

/** Every column of a delivery but its body, which only the worker opens. */
export const deliveryColumns = [
  'id',
  'owner_id',
  'account_id',
  'source',
  'event',
  'call_id',
  'received_at',
  'address',
  'outcome',
  'stages',
  'attempt',
] as const satisfies readonly (keyof Schema['deliveries'])[]

export type DeliveryRow = Pick<Selectable<Schema['deliveries']>, (typeof deliveryColumns)[number]>

/** A row as it was stored, whatever today's rules are. */
export const deliveryFromRow = (row: DeliveryRow): Delivery => ({
  id: row.id as Delivery['id'],
  source: row.source as Delivery['source'],
  event: row.event,
  callId: row.call_id ?? undefined,
  company: (row.owner_id as Delivery['company'] | null) ?? undefined,
  account: (row.account_id as Delivery['account'] | null) ?? undefined,
  receivedAt: row.received_at as Delivery['receivedAt'],
  address: row.address,
  outcome: row.outcome as Delivery['outcome'],
  stages: stagesFromText(row.stages),
  attempt: row.attempt,
})

type NewRow = Omit<Selectable<Schema['deliveries']>, 'attempt'>

/** What a new delivery is as a row, in this order; the number of attempts begins at 0. */
export const newColumns = [
  'id',
  'company_id',
  'owner_id',
  'account_id',
  'source',
  'event',
  'call_id',
  'received_at',
  'address',
  'outcome',
  'stages',
  'dedupe_key',
  'body',
  'due_at',
] as const satisfies readonly (keyof NewRow)[]

/** Bodies are sealed under the platform, for they are kept before a company is known. */
export const rowOfNew = (platform: Sealing, delivery: NewDelivery): NewRow => ({
  id: delivery.id,
  company_id: delivery.company ?? delivery.account ?? null,
  owner_id: delivery.company ?? null,
  account_id: delivery.account ?? null,
  source: delivery.source,
  event: delivery.event,
  call_id: delivery.callId ?? null,
  received_at: delivery.receivedAt,
  address: delivery.address,
  outcome: delivery.outcome,
  stages: stagesToText(delivery.stages),
  dedupe_key: delivery.dedupeKey ?? null,
  body: delivery.body === undefined ? null : platform.sealBytes('deliveries', 'body', delivery.id, delivery.body),
  due_at: delivery.body === undefined ? null : (delivery.dueAt ?? null),
})

/** Opens a body that was kept; rejects what cannot be opened. */
export const openBody = (platform: Sealing, { id, body }: { readonly id: string; readonly body: Buffer }): string =>
  platform.openBytes('deliveries', 'body', id, body)

/** A later delivery of an event that is known: kept under no key, and looked at only when it says something else than the first one. */
export const repeatOf = (
  platform: Sealing,
  delivery: NewDelivery,
  first: { readonly id: string; readonly body: Buffer | null } | undefined,
): NewDelivery => ({
  ...delivery,
  outcome: 'duplicate',
  dedupeKey: undefined,
  dueAt: first && isBodyOf(platform, first, delivery.body) ? undefined : delivery.dueAt,
})

/** What cannot be opened any more may have said something else. */
const isBodyOf = (
  platform: Sealing,
  { id, body }: { readonly id: string; readonly body: Buffer | null },
  text: string | undefined,
): boolean => {
  if (body === null) return text === undefined
  try {
    return openBody(platform, { id, body }) === text
  } catch {
    return false
  }
}

type StageText = readonly [name: DeliveryStage['name'], at: number, ok: 0 | 1, detail: string]

/** Written without the names of fields, for every delivery carries some. */
export const stagesToText = (stages: readonly DeliveryStage[]): string =>
  JSON.stringify(stages.map(({ name, at, ok, detail }): StageText => [name, at, ok ? 1 : 0, detail]))

const stagesFromText = (text: string): readonly DeliveryStage[] =>
  (JSON.parse(text) as readonly StageText[]).map(([name, at, ok, detail]) => ({
    name,
    at: instant(at),
    ok: ok === 1,
    detail,
  }))
