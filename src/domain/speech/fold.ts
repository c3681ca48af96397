/**
 * One spelling for what people, keyboards and speech recognisers write differently: case, accents, ß, `ae` for `ä`,
 * apostrophes. For comparing only: `übermorgen`, `UEBERMORGEN` and `ubermorgen` all become `ubermorgen`.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}'’`]/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/([aou])e/g, '$1')

/** A list of words as folded keys; the words stand in one string, separated by spaces. */
export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/).map(fold))

/** Several words for one meaning, as folded keys. */
export const wordMap = <Meaning>(entries: readonly (readonly [Meaning, string])[]): ReadonlyMap<string, Meaning> =>
  new Map(entries.flatMap(([meaning, words]) => [...wordSet(words)].map((word) => [word, meaning] as const)))
