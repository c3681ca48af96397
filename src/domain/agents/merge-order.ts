import { sameJson } from './same-json.ts'

/** A list in three versions, each by the names of its things. */
interface Orders {
  readonly base: readonly string[]
  readonly ours: readonly string[]
  readonly theirs: readonly string[]
}

const only = (names: readonly string[], of: readonly string[]): readonly string[] => {
  const known = new Set(of)
  return names.filter((name) => known.has(name))
}

const smaller = (one: readonly string[], other: readonly string[]): readonly string[] =>
  JSON.stringify(one) <= JSON.stringify(other) ? one : other

/**
 * The order of what both sides have. Whoever moved things decides; what both added has no order to go by.
 * Undefined: both moved things, and differently.
 */
const sharedOrder = (base: readonly string[], ours: readonly string[], theirs: readonly string[]) => {
  if (sameJson(ours, theirs)) return ours
  const known = only(base, ours)
  const [weMoved, theyMoved] = [ours, theirs].map((names) => !sameJson(only(names, base), known))
  if (weMoved !== theyMoved) return weMoved ? ours : theirs
  return sameJson(only(ours, base), only(theirs, base)) ? smaller(ours, theirs) : undefined
}

/** What a side has that `names` has not, behind the one of `names` that it follows (`undefined`: at the beginning). */
const followers = (names: readonly string[], side: readonly string[]): ReadonlyMap<string | undefined, string[]> => {
  const known = new Set(names)
  const found = new Map<string | undefined, string[]>()
  let last: string | undefined
  for (const name of side) {
    if (known.has(name)) last = name
    else found.set(last, [...(found.get(last) ?? []), name])
  }
  return found
}

/** The order of the things that are left after a merge, and whether both sides put them differently. */
export const mergeOrder = (
  orders: Orders,
  left: readonly string[],
  decided?: readonly string[],
): { readonly order: readonly string[]; readonly isDisputed: boolean } => {
  const [base, mine, others] = [orders.base, orders.ours, orders.theirs].map((names) => only(names, left))
  if (base === undefined || mine === undefined || others === undefined) return { order: left, isDisputed: false }
  const [ours, theirs] = [only(mine, others), only(others, mine)]
  const found = sharedOrder(only(base, ours), ours, theirs)
  const kept = decided === undefined ? (found ?? base) : only(decided, ours)
  const missing = ours.filter((name) => !kept.includes(name)).toSorted()
  const shared = [...only(kept, ours), ...missing]
  const sides = [followers(shared, mine), followers(shared, others)]
  const behind = (name: string | undefined): readonly string[] =>
    sides
      .flatMap((side) => [side.get(name) ?? []])
      .toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1))
      .flat()
  return {
    order: [...behind(undefined), ...shared.flatMap((name) => [name, ...behind(name)])],
    isDisputed: found === undefined,
  }
}
