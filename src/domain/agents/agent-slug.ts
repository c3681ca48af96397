import type { Slug } from '../company.ts'

const spelledOut: ReadonlyMap<string, string> = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['ß', 'ss'],
])
const longest = 64
/** Leaves room for what tells several of one name apart. */
const longestStem = longest - 7

/** A slug made of a name; `agent` where nothing of the name can stand in one. */
export const slugOfName = (name: string): Slug => {
  const plain = name
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => spelledOut.get(letter) ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
  const stem = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '')
  return stem.slice(0, longestStem).replace(/-+$/, '') || 'agent'
}

/** The `count`th slug of a name, from 1: `empfang`, `empfang-2`, `empfang-3`. */
export const numberedSlug = (stem: Slug, count: number): Slug =>
  count === 1 ? stem : `${stem.slice(0, longestStem)}-${count}`
