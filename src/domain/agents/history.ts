/** A place in an append-only history: parents have smaller numbers. */
interface Place {
  readonly number: number
  readonly parents: readonly number[]
}

/** Every version that `number` was made from, itself included, newest first. A number that is not there has none. */
export const ancestors = (versions: readonly Place[], number: number): readonly number[] => {
  const parents = new Map(versions.map((version) => [version.number, version.parents]))
  const seen = new Set<number>()
  const open = [number]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const from = parents.get(next)
    if (from === undefined || seen.has(next)) continue
    seen.add(next)
    open.push(...from)
  }
  return [...seen].toSorted((one, other) => other - one)
}

/** The newest version that both were made from; of a version and its ancestor, the ancestor. */
export const commonAncestor = (versions: readonly Place[], one: number, other: number): number | undefined => {
  const others = new Set(ancestors(versions, other))
  return ancestors(versions, one).find((number) => others.has(number))
}
