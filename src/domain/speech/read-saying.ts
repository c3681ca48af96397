import type { DateClaim, TimeClaim } from './claims.ts'
import { fillers, morning, timePrepositions } from './clock-words.ts'
import { readBareDay, readDate, type Speaking } from './read-date.ts'
import { readTime } from './read-time.ts'
import { type Field, keyAt, sayingOf, type Token, tokensOf } from './tokens.ts'

/** All that the words claim, or the field in which something was said that nobody here understands. */
export interface Reading {
  readonly dates: readonly DateClaim[]
  readonly times: readonly TimeClaim[]
  readonly lost: { readonly part: 'date' | 'time'; readonly text: string } | undefined
}

export type Saying = { readonly [Name in Field]?: string }
type Context = Omit<Speaking, 'loose'>
type Notes = { readonly dates: DateClaim[]; readonly times: TimeClaim[] }

const fields = ['date', 'time', 'datetime'] as const

export const readSaying = (saying: Saying, context: Context): Reading => {
  const notes: Notes = { dates: [], times: [] }
  let lost: Reading['lost']
  for (const field of fields) {
    const text = given(saying[field])
    if (text === undefined) continue
    const datesBefore = notes.dates.length
    if (readField(text, field, context, notes) || lost) continue
    const part = field === 'datetime' ? (notes.dates.length > datesBefore ? 'time' : 'date') : field
    lost = { part, text }
  }
  return { ...notes, lost }
}

const placeholder = /^(?:null|none|undefined|nil|nan|n\/?a|unknown|unbekannt|leer|empty|string)$|\{\{|\}\}|\$\{/i

/** The text of a field; nothing for what a flow sends when it knows nothing. */
const given = (text: unknown): string | undefined => {
  if (typeof text !== 'string') return undefined
  const saying = sayingOf(text).trim()
  return placeholder.test(saying) || !/[\p{L}\p{N}]/u.test(saying) ? undefined : saying
}

const isDate = (claim: DateClaim | TimeClaim): claim is DateClaim =>
  claim.kind !== 'clock' && claim.kind !== 'window' && claim.kind !== 'part'

/** Reads one field into the notes; false when a word of it means nothing here. */
const readField = (text: string, field: Field, context: Context, notes: Notes): boolean => {
  const tokens = tokensOf(text, field)
  const datesBefore = notes.dates.length
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at]
    const before = keyAt(tokens, at - 1)
    if (!token) break
    if (isGreeting(tokens, at)) {
      at += 2
      continue
    }
    if (token.key === 'morgen') {
      const meaning = meaningOfMorgen(tokens, at, notes.dates)
      if (meaning === 'morning')
        notes.times.push({ kind: 'part', part: morning, said: text.slice(token.start, token.end) })
      if (meaning !== 'tomorrow') {
        at += 1
        continue
      }
    }
    const here = notes.dates.slice(datesBefore)
    const expected = field === 'time' || timePrepositions.has(before)
    const afterDate = here.some(({ kind }) => kind !== 'weekday')
    const word = token.kind === 'number' && token.digits === undefined && token.value > 1
    const loose = expected || here.length > 0 || word
    const match =
      readDate(tokens, at, { ...context, loose: expected || afterDate }) ??
      readTime(tokens, at, { language: context.language, loose }, text) ??
      readBareDay(tokens, at)
    if (match) {
      for (const claim of match.claims) isDate(claim) ? notes.dates.push(claim) : notes.times.push(claim)
      at = match.next
    } else if (token.kind === 'dash' || fillers.has(token.key)) at += 1
    else return false
  }
  return true
}

const isGreeting = (tokens: readonly Token[], at: number): boolean =>
  /^(guten|schonen|good)$/.test(keyAt(tokens, at)) &&
  /^(tag|morgen|abend|nachmittag|day|morning|afternoon|evening)$/.test(keyAt(tokens, at + 1))

/** "morgen" after a day ("Freitag Morgen") is its morning, and said again it is nothing new. */
const meaningOfMorgen = (
  tokens: readonly Token[],
  at: number,
  dates: readonly DateClaim[],
): 'tomorrow' | 'morning' | 'repeated' => {
  const before = keyAt(tokens, at - 1)
  const named = dates.filter(({ kind }) => kind !== 'vague' && kind !== 'now')
  const afterAm = before === 'am' && (tokens[at]?.field === 'time' || named.length > 0)
  if (afterAm || (before === 'am' && /^(des|vom)$/.test(keyAt(tokens, at + 1)))) return 'morning'
  if (named.length === 0 || before === 'oder' || before === 'or') return 'tomorrow'
  return named.some((claim) => claim.kind === 'day' && claim.morgenIn !== undefined) ? 'repeated' : 'morning'
}
