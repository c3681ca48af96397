import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Place } from './page.ts'

/** Of a list ordered by `column` and id, both descending: what follows a place. An index on both answers it. */
export const below = (column: string, { order, id }: Place): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(column)}, ${sql.ref('id')}) < (${order}, ${id})`

/** The same of a list ordered ascending. */
export const above = (column: string, { order, id }: Place): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(column)}, ${sql.ref('id')}) > (${order}, ${id})`
