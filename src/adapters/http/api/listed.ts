/** A page of a list that is at hand as a whole, in order of a key that no two items share. */
export const paged = <Item>(
  all: readonly Item[],
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  keyOf: (item: Item) => string,
): { readonly items: Item[]; readonly next: string | null } => {
  const begin = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString()
  const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
  const following = all
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => begin === undefined || compare(key, begin) > 0)
    .toSorted((one, other) => compare(one.key, other.key))
  const shown = following.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ item }) => item),
    next: last && shown.length < following.length ? Buffer.from(last.key).toString('base64url') : null,
  }
}
