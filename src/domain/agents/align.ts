/** Places of two lists that have the same, in order: the first of each pair in the one, the second in the other. */
type Pair = readonly [number, number]

/** As many changes as are followed exactly; beyond them only what is unique in both lists is found again. */
const exactChanges = 1_000

/**
 * What two lists have in common, in order: a longest common subsequence as long as they do not differ too much.
 * Swapping the lists swaps the pairs.
 */
export const align = (before: readonly string[], after: readonly string[]): readonly Pair[] => {
  const [one, other] = asNumbers(before, after)
  return comesFirst(one, other) ? aligned(one, other) : aligned(other, one).map(([i, j]) => [j, i])
}

const asNumbers = (before: readonly string[], after: readonly string[]) => {
  const numbers = new Map<string, number>()
  const numberOf = (text: string): number => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
  // Whichever list is the first, equal texts have to come in the same order.
  for (const text of [...new Set([...before, ...after])].toSorted()) numberOf(text)
  return [before.map(numberOf), after.map(numberOf)] as const
}

const comesFirst = (one: readonly number[], other: readonly number[]): boolean => {
  if (one.length !== other.length) return one.length < other.length
  const differs = one.findIndex((number, index) => number !== other[index])
  return differs < 0 || (one[differs] ?? 0) < (other[differs] ?? 0)
}

const aligned = (one: readonly number[], other: readonly number[]): readonly Pair[] => {
  const most = Math.min(one.length, other.length)
  let start = 0
  while (start < most && one[start] === other[start]) start += 1
  let end = 0
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  const pairs: Pair[] = Array.from({ length: start }, (_, index) => [index, index])
  for (const [i, j] of middle(one.slice(start, one.length - end), other.slice(start, other.length - end))) {
    pairs.push([start + i, start + j])
  }
  for (let back = end; back > 0; back -= 1) pairs.push([one.length - back, other.length - back])
  return pairs
}

/** What only one list has is left out first: it can be in no pair. */
const middle = (one: readonly number[], other: readonly number[]): readonly Pair[] => {
  const [inOne, inOther] = [new Set(one), new Set(other)]
  const ones = one.flatMap((number, index) => (inOther.has(number) ? [index] : []))
  const others = other.flatMap((number, index) => (inOne.has(number) ? [index] : []))
  if (ones.length === 0 || others.length === 0) return []
  const [shortOne, shortOther] = [ones.map((index) => one[index] ?? 0), others.map((index) => other[index] ?? 0)]
  const found = fewestChanges(shortOne, shortOther) ?? byUnique(shortOne, shortOther)
  return found.map(([i, j]) => [ones[i] ?? 0, others[j] ?? 0])
}

/** Myers' greedy search for the fewest changes. Undefined: there are more than can be followed. */
const fewestChanges = (one: readonly number[], other: readonly number[]): readonly Pair[] | undefined => {
  const bound = Math.min(one.length + other.length, exactChanges)
  const furthest = new Int32Array(2 * bound + 3)
  const at = (diagonal: number): number => furthest[bound + 1 + diagonal] ?? 0
  const steps: Int32Array[] = []
  for (let changes = 0; changes <= bound; changes += 1) {
    steps.push(furthest.slice(bound + 1 - changes, bound + 2 + changes))
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const isDown = diagonal === -changes || (diagonal !== changes && at(diagonal - 1) < at(diagonal + 1))
      let x = isDown ? at(diagonal + 1) : at(diagonal - 1) + 1
      while (x < one.length && x - diagonal < other.length && one[x] === other[x - diagonal]) x += 1
      furthest[bound + 1 + diagonal] = x
      if (x >= one.length && x - diagonal >= other.length) return wayBack(steps, one.length, other.length)
    }
  }
  return undefined
}

/** Every step kept the diagonals from `-changes` to `changes`, as they were before it. */
const wayBack = (steps: readonly Int32Array[], length: number, otherLength: number): readonly Pair[] => {
  const pairs: Pair[] = []
  let [x, y] = [length, otherLength]
  for (let changes = steps.length - 1; changes >= 0; changes -= 1) {
    const at = (diagonal: number): number => steps[changes]?.[changes + diagonal] ?? 0
    const diagonal = x - y
    const isDown = diagonal === -changes || (diagonal !== changes && at(diagonal - 1) < at(diagonal + 1))
    const from = isDown ? at(diagonal + 1) : at(diagonal - 1)
    const start = changes === 0 ? 0 : isDown ? from : from + 1
    while (x > start) {
      x -= 1
      y -= 1
      pairs.push([x, y])
    }
    if (changes > 0) [x, y] = [from, from - (isDown ? diagonal + 1 : diagonal - 1)]
  }
  return pairs.toReversed()
}

/** What each list has once stays in order as far as it can, and neighbours of it go along. */
const byUnique = (one: readonly number[], other: readonly number[]): readonly Pair[] => {
  const [places, others] = [uniquePlaces(one), uniquePlaces(other)]
  const shared = [...places].flatMap(([number, i]): readonly Pair[] => {
    const j = others.get(number)
    return j === undefined ? [] : [[i, j]]
  })
  const anchors = longestRising(shared)
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  for (const [toI, toJ] of [...anchors, [one.length, other.length] as const]) {
    while (i < toI && j < toJ && one[i] === other[j]) pairs.push([i++, j++])
    let back = 0
    while (toI - back > i && toJ - back > j && one[toI - back - 1] === other[toJ - back - 1]) back += 1
    for (; back > 0; back -= 1) pairs.push([toI - back, toJ - back])
    ;[i, j] = [toI, toJ]
  }
  return pairs
}

const uniquePlaces = (numbers: readonly number[]): ReadonlyMap<number, number> => {
  const times = new Map<number, number>()
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1)
  return new Map(numbers.flatMap((number, index) => (times.get(number) === 1 ? [[number, index] as const] : [])))
}

/** The longest selection whose second places rise; the first ones do already. */
const longestRising = (pairs: readonly Pair[]): readonly Pair[] => {
  const ends: number[] = []
  const before: (number | undefined)[] = []
  for (const [index, [, place]] of pairs.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const half = (low + high) >> 1
      if ((pairs[ends[half] ?? 0]?.[1] ?? 0) < place) low = half + 1
      else high = half
    }
    before[index] = ends[low - 1]
    ends[low] = index
  }
  const chosen: Pair[] = []
  for (let index = ends.at(-1); index !== undefined; index = before[index]) {
    const pair = pairs[index]
    if (pair !== undefined) chosen.push(pair)
  }
  return chosen.toReversed()
}
