import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Page, PageRequest } from '../../application/ports/page.ts'
import { type Place, pageOf, pageSize, placeAfter } from './page.ts'

/** Of a list ordered by `column` and id, both descending: what follows a place. An index on both answers it. */
export const below = (column: string, { order, id }: Place): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(column)}, ${sql.ref('id')}) < (${order}, ${id})`

/** The same of a list ordered ascending. */
export const above = (column: string, { order, id }: Place): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(column)}, ${sql.ref('id')}) > (${order}, ${id})`

/**
 * One page of all the rows of a query, ordered by a column and by id. It is read by place and not by number, so that
 * what is added or removed meanwhile neither repeats nor hides a row.
 */
export const readPage = async <DB, Tables extends keyof DB, By extends string, Row extends Listed<By>, Item>(
  query: SelectQueryBuilder<DB, Tables, Row>,
  { by, first }: { readonly by: By; readonly first: 'lowest' | 'highest' },
  { limit, cursor }: PageRequest,
  itemOf: (row: Row) => Item,
): Promise<Page<Item>> => {
  const place = placeAfter(cursor)
  const after = first === 'highest' ? below : above
  const rest = place ? query.where(after(by, place)) : query
  const direction = first === 'highest' ? 'desc' : 'asc'
  const rows = await rest
    .orderBy(sql.ref(by), direction)
    .orderBy(sql.ref('id'), direction)
    .limit(pageSize(limit) + 1)
    .execute()
  return pageOf(rows, limit, (row) => ({ order: row[by], id: row.id }), itemOf)
}

type Listed<By extends string> = { readonly id: string } & { readonly [Column in By]: number }
