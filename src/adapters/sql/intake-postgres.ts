import { sql } from 'kysely'
import type { NewDelivery } from '../../application/ports/inbox.ts'
import { newColumns, repeatOf, rowOfNew } from './delivery-row.ts'
import type { Trx } from './engine.ts'
import type { WriteTogether } from './intake.ts'
import type { PostgresEngine } from './postgres.ts'
import type { Sealing } from './sealing.ts'

/** Writes deliveries as rows, a batch at a time; one of a key that is known becomes a repeat. */
export const intakeOnPostgres =
  (engine: PostgresEngine, platform: Sealing): WriteTogether =>
  (deliveries) =>
    engine.asSystem(async (trx) => {
      const added = await insert(trx, platform, deliveries)
      const others = deliveries.filter(({ id }) => !added.has(id))
      if (others.length === 0) return
      const keys = [...new Set(others.flatMap(({ dedupeKey }) => dedupeKey ?? []))]
      const firsts = await trx
        .selectFrom('deliveries')
        .select(['dedupe_key', 'id', 'body'])
        .where('dedupe_key', 'in', keys)
        .execute()
      const byKey = new Map(firsts.map((first) => [first.dedupe_key, first]))
      const repeats = others.map((one) => repeatOf(platform, one, byKey.get(one.dedupeKey ?? null)))
      await insert(trx, platform, repeats)
    })

const columnTypes: { readonly [name: string]: string } = { received_at: 'bigint', due_at: 'bigint', body: 'bytea' }

/** Names those that were added: of a key that is known, none. */
const insert = async (
  trx: Trx,
  platform: Sealing,
  deliveries: readonly NewDelivery[],
): Promise<ReadonlySet<string>> => {
  const rows = deliveries.map((delivery) => rowOfNew(platform, delivery))
  const unnested = sql.join(
    newColumns.map((name) => {
      const type = sql.raw(`${columnTypes[name] ?? 'text'}[]`)
      return sql`${sql.val(rows.map((row) => row[name]))}::${type}`
    }),
  )
  const names = sql.raw(newColumns.join(', '))
  const added = await sql<{ readonly id: string }>`
    insert into deliveries (${names}, attempt) select *, 0 from unnest(${unnested}) as incoming (${names})
    order by dedupe_key, received_at on conflict (dedupe_key) do nothing returning id`.execute(trx)
  return new Set(added.rows.map(({ id }) => id))
}
