import type { Page } from '../../application/ports/page.ts'

/** Where a row stands in its list: by number, then by id, so that no two rows stand in one place. */
export interface Place {
  readonly order: number
  readonly id: string
}

const write = ({ order, id }: Place): string => Buffer.from(JSON.stringify([order, id])).toString('base64url')

/** The place after which a page begins; a cursor that `pageOf` did not give begins at the beginning. */
export const placeAfter = (cursor: string | undefined): Place | undefined => {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString())
    if (!Array.isArray(read)) return undefined
    const [order, id] = read as readonly unknown[]
    return typeof order === 'number' && Number.isSafeInteger(order) && typeof id === 'string' && !id.includes('\0')
      ? { order, id }
      : undefined
  } catch {
    return undefined
  }
}

/** How many rows a page shows: 1 to 200. Ask the database for one more, to know whether there is another page. */
export const pageSize = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), 200)

/** `rows` are up to `pageSize(limit) + 1` rows after the cursor, in the list's order. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
  itemOf: (row: Row) => Item,
): Page<Item> => {
  const shown = rows.slice(0, pageSize(limit))
  const last = shown.at(-1)
  return { items: shown.map(itemOf), next: last && rows.length > shown.length ? write(placeOf(last)) : undefined }
}
