import { align } from './align.ts'

/** A stretch of a text that was kept, added or removed. */
export interface TextRun {
  readonly kind: 'kept' | 'added' | 'removed'
  readonly text: string
}

/** How a text changed. What was kept and removed is the text before, what was kept and added the one after. */
export interface TextDiff {
  readonly runs: readonly TextRun[]
  readonly sentencesAdded: number
  readonly sentencesRemoved: number
}

/** A sentence or line, and the white space behind it. */
interface Unit {
  readonly words: string
  readonly space: string
}

const mostUnits = 20_000
const abbreviation = /^(?:\d+|\p{L}|(?:\p{L}\.)+\p{L}|bzw|ca|dr|nr|inkl|ggf|evtl|vgl|prof|mr|mrs|ms|vs)$/iu

/** Does a sentence end before this place? The dot of a number or abbreviation ends none. */
const endsSentence = (text: string, at: number): boolean => {
  const word = /\S*$/.exec(text.slice(Math.max(0, at - 24), at))?.[0].replace(/["'»«”“’)\]]+$/, '') ?? ''
  if (!/[.!?…]$/.test(word)) return false
  return !(word.endsWith('.') && abbreviation.test(word.slice(0, -1).replace(/^["'„“«»(]+/, '')))
}

const split = (text: string, isEnd: (space: string, at: number) => boolean): readonly Unit[] => {
  const units: Unit[] = []
  let from = 0
  for (const { 0: space, index } of text.matchAll(/\s+/g)) {
    if (index === 0 || !isEnd(space, index)) continue
    units.push({ words: text.slice(from, index), space })
    from = index + space.length
  }
  return from < text.length ? [...units, { words: text.slice(from), space: '' }] : units
}

/** By sentence; a text of very many sentences by line, and one of very many lines as a whole. Together they are the text. */
export const unitsOf = (text: string): readonly Unit[] => {
  const sentences = split(text, (space, at) => space.includes('\n') || endsSentence(text, at))
  if (sentences.length <= mostUnits) return sentences
  const lines = split(text, (space) => space.includes('\n'))
  return lines.length <= mostUnits ? lines : [{ words: text, space: '' }]
}

/** Joins what is noted: what is removed and added between two kept stretches is one run each. */
const runs = () => {
  const done: TextRun[] = []
  let [kept, removed, added] = ['', '', '']
  const flush = () => {
    if (removed !== '') done.push({ kind: 'removed', text: removed })
    if (added !== '') done.push({ kind: 'added', text: added })
    ;[removed, added] = ['', '']
  }
  const keep = (text: string) => {
    if (text === '') return
    if (removed !== '' || added !== '') {
      if (kept !== '') done.push({ kind: 'kept', text: kept })
      flush()
      kept = ''
    }
    kept += text
  }
  const change = (before: string, after: string) => {
    removed += before
    added += after
  }
  const end = (): readonly TextRun[] => {
    if (kept !== '') done.push({ kind: 'kept', text: kept })
    flush()
    return done
  }
  return { keep, change, end }
}

const sharedStart = (one: string, other: string): number => {
  let length = 0
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1
  return length
}

/** What a person reads of two texts, sentence by sentence. Swapping them swaps added and removed. */
export const textDiff = (before: string, after: string): TextDiff => {
  const [units, others] = [unitsOf(before), unitsOf(after)]
  const noted = runs()
  let [i, j] = [0, 0]
  const pairs = align(
    units.map(({ words }) => words),
    others.map(({ words }) => words),
  )
  const passOver = (toI: number, toJ: number) => {
    for (const { words, space } of units.slice(i, toI)) noted.change(words + space, '')
    for (const { words, space } of others.slice(j, toJ)) noted.change('', words + space)
    ;[i, j] = [toI + 1, toJ + 1]
  }
  for (const [toI, toJ] of pairs) {
    passOver(toI, toJ)
    const [one, other] = [units[toI]?.space ?? '', others[toJ]?.space ?? '']
    const same = sharedStart(one, other)
    noted.keep((units[toI]?.words ?? '') + one.slice(0, same))
    noted.change(one.slice(same), other.slice(same))
  }
  passOver(units.length, others.length)
  return {
    runs: noted.end(),
    sentencesAdded: others.length - pairs.length,
    sentencesRemoved: units.length - pairs.length,
  }
}
