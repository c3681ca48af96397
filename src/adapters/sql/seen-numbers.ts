import type { Selectable } from 'kysely'
import type { SeenNumber, SeenNumbers } from '../../application/ports/voice-numbers.ts'
import { chunks } from './chunks.ts'
import { fromDocument, toDocument } from './document.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** A company's numbers as Retell last had them. Who rings and where Retell asks is sealed, for addresses may hold secrets. */
export const sqlSeenNumbers = (db: TenantDb, seal: Sealing): SeenNumbers => {
  const read = (row: Row) => fromRow(seal, row)
  return {
    list: async () => (await db.from('seen_numbers').selectAll().orderBy('number').execute()).map(read),
    find: async (number) => {
      const row = await db.from('seen_numbers').selectAll().where('number', '=', number).executeTakeFirst()
      return row && read(row)
    },
    save: async (numbers) => {
      for (const some of chunks(numbers)) {
        await db
          .insert(
            'seen_numbers',
            some.map((seen) => toRow(seal, seen)),
          )
          .onConflict((conflict) =>
            conflict.columns(['company_id', 'number']).doUpdateSet(({ ref }) => ({
              seen_at: ref('excluded.seen_at'),
              body: ref('excluded.body'),
            })),
          )
          .execute()
      }
    },
    forget: async (number) => {
      await db.delete('seen_numbers').where('number', '=', number).execute()
    },
  }
}

type Row = Selectable<Schema['seen_numbers']>

const toRow = (seal: Sealing, { number, seenAt, ...body }: SeenNumber): NewRow<'seen_numbers'> => ({
  number,
  seen_at: seenAt,
  body: seal.seal('seen_numbers', 'body', number, toDocument(body)),
})

const fromRow = (seal: Sealing, row: Row): SeenNumber => {
  const body = fromDocument(seal.open('seen_numbers', 'body', row.number, row.body)) as object
  const stored = { ...body, number: row.number, seenAt: row.seen_at }
  return stored as unknown as SeenNumber
}
