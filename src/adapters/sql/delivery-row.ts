import type { Selectable } from 'kysely'
import type { Delivery, DeliveryStage } from '../../application/ports/inbox.ts'
import { instant } from '../../domain/time.ts'
import type { Schema } from './schema.ts'

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

type StageText = readonly [name: DeliveryStage['name'], at: number, ok: 0 | 1, detail: string]

/** Written without the names of fields, for every delivery carries some, and by hand, for it is done at the door. */
export const stagesToText = (stages: readonly DeliveryStage[]): string => {
  const texts = stages.map(({ name, at, ok, detail }) => `["${name}",${at},${ok ? 1 : 0},${JSON.stringify(detail)}]`)
  return `[${texts.join(',')}]`
}

const stagesFromText = (text: string): readonly DeliveryStage[] =>
  (JSON.parse(text) as readonly StageText[]).map(([name, at, ok, detail]) => ({
    name,
    at: instant(at),
    ok: ok === 1,
    detail,
  }))
