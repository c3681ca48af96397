import { type Selectable, sql } from 'kysely'
import type { SqlEngine } from './database.ts'
import type { Schema } from './schema.ts'

export type SettledRow = Pick<Selectable<Schema['deliveries']>, 'id' | 'outcome' | 'stages' | 'due_at' | 'attempt'>

/** Writes what became of deliveries, all of it in one commit. */
export const settlingOf = (engine: SqlEngine): ((rows: readonly SettledRow[]) => Promise<void>) => {
  if (engine.dialect === 'sqlite') {
    const text = 'update deliveries set outcome = ?, stages = ?, due_at = ?, attempt = ? where id = ?'
    return async (rows) => {
      if (rows.length === 0) return
      const values = rows.map(({ id, outcome, stages, due_at, attempt }) => [outcome, stages, due_at, attempt, id])
      await engine.runForAll({ text, rows: values })
    }
  }
  return async (rows) => {
    if (rows.length === 0) return
    const list = <Name extends keyof SettledRow>(name: Name) => sql.val(rows.map((row) => row[name]))
    await engine.asSystem((trx) =>
      sql`update deliveries set outcome = settled.outcome, stages = settled.stages, due_at = settled.due_at, attempt = settled.attempt
        from unnest(${list('id')}::text[], ${list('outcome')}::text[], ${list('stages')}::text[], ${list('due_at')}::bigint[],
          ${list('attempt')}::integer[]) as settled (id, outcome, stages, due_at, attempt)
        where deliveries.id = settled.id`.execute(trx),
    )
  }
}
