/** How alike two names sound to a careless ear: text is folded (case, accents, umlauts, punctuation) before it is compared. */
export const fold = (text: string): string =>
  text
    .slice(0, 200)
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** 0 (nothing in common) to 1 (the same), by edit distance over the longer text. */
export const likeness = (one: string, other: string): number => {
  const longer = Math.max(one.length, other.length)
  return longer === 0 ? 1 : 1 - distance(one, other) / longer
}

const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution))
    }
    row = next
  }
  return row[other.length] ?? 0
}

export type Match<Item> =
  | { readonly kind: 'one'; readonly item: Item }
  | { readonly kind: 'several'; readonly items: readonly Item[] }
  | { readonly kind: 'none' }

const alike = 0.75

type NamesOf<Item> = (item: Item) => readonly string[]

/**
 * Which item was meant. The whole name or a keyword beats a part of it, a part beats likeness; several equally good
 * ones are a question, and nothing is ever a default.
 */
export const matchByName = <Item>(said: string, items: readonly Item[], namesOf: NamesOf<Item>): Match<Item> => {
  const named = matchByWords(said, items, namesOf)
  return named.kind === 'none' ? matchByLikeness(said, items, namesOf) : named
}

/** Only what was really said of a name, wholly or in part. */
export const matchByWords = <Item>(said: string, items: readonly Item[], namesOf: NamesOf<Item>): Match<Item> => {
  const wanted = fold(said)
  if (wanted === '') return { kind: 'none' }
  const named = folded(items, namesOf)
  const tiers: readonly ((name: string) => boolean)[] = [
    (name) => name === wanted,
    (name) => ` ${wanted} `.includes(` ${name} `),
    (name) => ` ${name} `.includes(` ${wanted} `) || (wanted.length >= 4 && name.startsWith(wanted)),
    (name) => wanted.length >= 4 && name.length >= 4 && (name.includes(wanted) || wanted.includes(name)),
  ]
  for (const fits of tiers) {
    const found = named.filter(({ names }) => names.some(fits)).map(({ item }) => item)
    if (found.length > 0) return decided(found)
  }
  return { kind: 'none' }
}

/** What a name may have been before it was misheard. */
export const matchByLikeness = <Item>(said: string, items: readonly Item[], namesOf: NamesOf<Item>): Match<Item> => {
  const wanted = fold(said)
  if (wanted === '') return { kind: 'none' }
  const scored = folded(items, namesOf)
    .map(({ item, names }) => ({ item, score: Math.max(0, ...names.map((name) => likeness(name, wanted))) }))
    .filter(({ score }) => score >= alike)
    .toSorted((a, b) => b.score - a.score)
  const best = scored[0]?.score ?? 0
  return decided(scored.filter(({ score }) => best - score < 0.05).map(({ item }) => item))
}

const folded = <Item>(items: readonly Item[], namesOf: NamesOf<Item>) =>
  items.map((item) => ({
    item,
    names: namesOf(item)
      .map(fold)
      .filter((name) => name !== ''),
  }))

const decided = <Item>(items: readonly Item[]): Match<Item> => {
  const [only] = items
  if (only === undefined) return { kind: 'none' }
  return items.length === 1 ? { kind: 'one', item: only } : { kind: 'several', items: items.slice(0, 5) }
}
