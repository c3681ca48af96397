import { type Instant, instant } from '../time.ts'

/** Half-open: touching intervals do not overlap. */
export interface Interval {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

export const overlaps = (one: Interval, other: Interval): boolean =>
  one.startsAt < other.endsAt && other.startsAt < one.endsAt

export const contains = (outer: Interval, inner: Interval): boolean =>
  outer.startsAt <= inner.startsAt && inner.endsAt <= outer.endsAt

/** Sorted, and joined where they touch or overlap. Empty intervals vanish. */
export const union = (intervals: readonly Interval[]): readonly Interval[] => {
  const joined: Interval[] = []
  for (const next of intervals.filter((one) => one.startsAt < one.endsAt).toSorted((a, b) => a.startsAt - b.startsAt)) {
    const last = joined.at(-1)
    if (last && next.startsAt <= last.endsAt) {
      if (next.endsAt > last.endsAt) joined[joined.length - 1] = { startsAt: last.startsAt, endsAt: next.endsAt }
    } else joined.push(next)
  }
  return joined
}

/** What is left of `from` outside all of `taken`. */
export const subtract = (from: readonly Interval[], taken: readonly Interval[]): readonly Interval[] => {
  const blocks = union(taken)
  return union(from).flatMap((whole) => {
    const rest: Interval[] = []
    let startsAt = whole.startsAt
    for (const block of blocks) {
      if (block.endsAt <= startsAt || block.startsAt >= whole.endsAt) continue
      if (block.startsAt > startsAt) rest.push({ startsAt, endsAt: block.startsAt })
      startsAt = block.endsAt
    }
    return startsAt < whole.endsAt ? [...rest, { startsAt, endsAt: whole.endsAt }] : rest
  })
}

/** What is in both. */
export const intersect = (one: readonly Interval[], other: readonly Interval[]): readonly Interval[] =>
  union(one).flatMap((a) =>
    union(other).flatMap((b) => {
      const startsAt = instant(Math.max(a.startsAt, b.startsAt))
      const endsAt = instant(Math.min(a.endsAt, b.endsAt))
      return startsAt < endsAt ? [{ startsAt, endsAt }] : []
    }),
  )
