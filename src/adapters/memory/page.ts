import type { Page, PageRequest } from '../../application/ports/page.ts'

/** Where a row stands in its list: first by number, then by id, so that no two rows stand in one place. */
export type Place = readonly [order: number, id: string]

const compare = ([order, id]: Place, [otherOrder, otherId]: Place): number =>
  order - otherOrder || (id < otherId ? -1 : id > otherId ? 1 : 0)

const write = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** A cursor that was not given by `write` begins at the beginning. */
const read = (cursor: string | undefined): Place | undefined => {
  const [, order, id] = /^\[(-?\d+),"(.*)"\]$/s.exec(Buffer.from(cursor ?? '', 'base64url').toString()) ?? []
  return order === undefined || id === undefined ? undefined : [Number(order), JSON.parse(`"${id}"`) as string]
}

const sign = { 'oldest-first': 1, 'newest-first': -1 } as const

/** The stretch of `rows` that follows the cursor. Rows that come or go meanwhile move nobody else's place. */
export const pageOf = <Row>(
  rows: readonly Row[],
  { limit, cursor }: PageRequest,
  direction: keyof typeof sign,
  placeOf: (row: Row) => Place,
): Page<Row> => {
  const begin = read(cursor)
  const following = rows
    .map((row) => ({ row, place: placeOf(row) }))
    .filter(({ place }) => begin === undefined || sign[direction] * compare(place, begin) > 0)
    .toSorted((one, other) => sign[direction] * compare(one.place, other.place))
  const shown = following.slice(0, Math.min(Math.max(limit, 1), 200))
  const last = shown.at(-1)
  return {
    items: shown.map(({ row }) => row),
    next: last && shown.length < following.length ? write(last.place) : undefined,
  }
}
