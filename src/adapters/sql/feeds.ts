import type { Selectable } from 'kysely'
import type { Feed, FeedDirectory, Feeds } from '../../application/ports/feeds.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Engine } from './engine.ts'
import type { Schema } from './schema.ts'
import type { TenantDb } from './tenant-db.ts'

/** A company's calendar feeds. A digest says nothing of the secret, so nothing is sealed. */
export const sqlFeeds = (db: TenantDb): Feeds => {
  const remove: Feeds['remove'] = async (staff) => {
    const row = await db.delete('calendar_feeds').where('staff_id', '=', staff).returningAll().executeTakeFirst()
    return row && fromRow(row)
  }
  return {
    put: async ({ id, staff, digest, createdAt }) => {
      await db.hold(`feed ${staff}`)
      await remove(staff)
      await db.insert('calendar_feeds', { id, staff_id: staff, digest, created_at: createdAt }).execute()
    },
    list: async () => {
      const rows = await db.from('calendar_feeds').selectAll().orderBy('created_at').orderBy('id').execute()
      return rows.map(fromRow)
    },
    remove,
  }
}

export const sqlFeedDirectory = (engine: Engine): FeedDirectory => ({
  byDigest: (digest) =>
    engine.readAsSystem(async (trx) => {
      const row = await trx.selectFrom('calendar_feeds').selectAll().where('digest', '=', digest).executeTakeFirst()
      return row && { ...fromRow(row), company: row.company_id as CompanyId }
    }),
})

const fromRow = (row: Selectable<Schema['calendar_feeds']>): Feed => ({
  id: row.id as Feed['id'],
  staff: row.staff_id as Feed['staff'],
  digest: row.digest,
  createdAt: row.created_at as Feed['createdAt'],
})
