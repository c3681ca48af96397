import { fold } from './fold.ts'
import { cardinals, englishTens, englishUnits, ordinals } from './number-words.ts'

/** Which argument a word stood in: a bare number is a day in one and an hour in another. */
export type Field = 'date' | 'time' | 'datetime'

type Shape =
  | { readonly kind: 'word' }
  /** `14`, `vierzehn`, `3.`, `third`; `digits` as written, if it was. */
  | { readonly kind: 'number'; readonly value: number; readonly digits: string | undefined; readonly ordinal: boolean }
  /** `9:30`; two-digit hours are known by `padded`. */
  | { readonly kind: 'clock'; readonly hour: number; readonly minute: number; readonly padded: boolean }
  /** `19.11.`, `15.1`, `19.11.26`, `14.30`; `closed` when a dot ends it. */
  | {
      readonly kind: 'dotted'
      readonly first: number
      readonly second: number
      readonly secondDigits: number
      readonly year: number | undefined
      readonly closed: boolean
    }
  | { readonly kind: 'slashed'; readonly first: number; readonly second: number; readonly year: number | undefined }
  | { readonly kind: 'iso-date'; readonly date: string }
  /** `2026-12-03T10:30`, or with an offset: a moment. */
  | { readonly kind: 'iso-moment'; readonly date: string; readonly clock: string; readonly offset: string | undefined }
  | { readonly kind: 'dash' }

/** A word or number with its folded text and its place in the text of its field. */
export type Token = Shape & {
  readonly field: Field
  readonly key: string
  readonly start: number
  readonly end: number
}

/** Nobody says a date in more characters than this; the rest is cut off. */
const LONGEST_SAYING = 200

const patterns = [
  String.raw`(?<iso>\d{4}([-/.])\d{2}\2\d{2})(?:[T ](?<isoClock>\d{2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?\s?(?<offset>Z|[+-]\d{2}:?\d{2})?(?!\d))?(?!\d)`,
  String.raw`(?<dmy>\d{1,2}[-/]\d{1,2}[-/](?:\d{4}|\d{2}))(?!\d)`,
  String.raw`(?<dated>\d{1,2}\.\d{1,2}\.\d{2}(?![\d:.]|\s*uhr)|\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?(?!\d))`,
  String.raw`(?<clock>\d{1,2}:\d{2})(?::\d{2})?(?!\d)`,
  String.raw`(?<slashed>\d{1,2}/\d{1,2})(?!\d)`,
  String.raw`(?<decimal>\d{1,2}\.\d{1,2})(?![\d])`,
  String.raw`(?<ordinal>\d{1,2})(?:\.(?!\d)|(?:st|nd|rd|th|ter|ten|te)(?!\p{L}))`,
  String.raw`(?<number>\d+)`,
  String.raw`(?<meridiem>[ap]\.\s?m\.?)(?!\p{L})`,
  String.raw`(?<word>[\p{L}\p{N}\p{M}][\p{L}\p{M}'’]*)`,
  String.raw`(?<dash>[-–—])(?=\s?\d)`,
]
const token = new RegExp(patterns.join('|'), 'giu')

const dayCompound =
  /^(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|heute|morgen|ubermorgen)(morgen|vormittag|mittag|nachmittag|abend|fruh|nacht)s?$/

const fullYear = (digits: string | undefined): number | undefined =>
  digits === undefined || digits === '' ? undefined : digits.length === 2 ? 2000 + Number(digits) : Number(digits)

const isoDate = (text: string): string => text.replace(/[/.]/g, '-')

const shapeOf = (groups: { readonly [name: string]: string | undefined }, key: string): Shape => {
  const { iso, isoClock, offset, dmy, dated, clock, slashed, decimal, ordinal, number } = groups
  if (iso !== undefined) {
    const date = isoDate(iso)
    return isoClock === undefined ? { kind: 'iso-date', date } : { kind: 'iso-moment', date, clock: isoClock, offset }
  }
  if (dmy !== undefined) {
    const [first = '', second = '', year] = dmy.split(/[-/]/)
    return { kind: 'slashed', first: Number(first), second: Number(second), year: fullYear(year) }
  }
  if (slashed !== undefined) {
    const [first, second] = slashed.split('/')
    return { kind: 'slashed', first: Number(first), second: Number(second), year: undefined }
  }
  const dotted = dated ?? decimal
  if (dotted !== undefined) {
    const [first, second = '', year] = dotted.replace(/\s/g, '').split('.')
    return {
      kind: 'dotted',
      first: Number(first),
      second: Number(second),
      secondDigits: second.length,
      year: fullYear(year),
      closed: dated !== undefined,
    }
  }
  if (clock !== undefined) {
    const [hour = '', minute] = clock.split(':')
    return { kind: 'clock', hour: Number(hour), minute: Number(minute), padded: hour.length === 2 }
  }
  if (ordinal !== undefined) return { kind: 'number', value: Number(ordinal), digits: ordinal, ordinal: true }
  if (number !== undefined) return { kind: 'number', value: Number(number), digits: number, ordinal: false }
  if (groups.dash !== undefined) return { kind: 'dash' }
  return wordShape(key)
}

const wordShape = (key: string): Shape => {
  const cardinal = cardinals.get(key)
  if (cardinal !== undefined) return { kind: 'number', value: cardinal, digits: undefined, ordinal: false }
  const ordinal = ordinals.get(key)
  if (ordinal !== undefined) return { kind: 'number', value: ordinal, digits: undefined, ordinal: true }
  return { kind: 'word' }
}

/** `forty` and `five`, `twenty` and `first` become one number. */
const joinEnglishCompounds = (tokens: readonly Token[]): readonly Token[] => {
  const joined: Token[] = []
  for (const next of tokens) {
    const ten = joined.at(-1)
    const tens = ten && englishTens.get(ten.key)
    const units = englishUnits.get(next.key)
    if (ten && tens !== undefined && units !== undefined && next.kind === 'number' && next.start - ten.end <= 1) {
      joined[joined.length - 1] = { ...next, value: tens + units, key: `${ten.key}${next.key}`, start: ten.start }
    } else joined.push(next)
  }
  return joined
}

/** Text ready to be read: composed characters, and not more of it than a person says. */
export const sayingOf = (text: string): string => text.slice(0, LONGEST_SAYING).normalize('NFKC')

/** The words and numbers of a text, in order; punctuation falls away. */
export const tokensOf = (text: string, field: Field): readonly Token[] => {
  const tokens: Token[] = []
  for (const match of text.matchAll(token)) {
    const start = match.index
    const end = start + match[0].length
    const key = match.groups?.meridiem ? fold(match[0]).replace(/[^apm]/g, '') : fold(match[0])
    const compound = dayCompound.exec(key)
    if (compound?.[1] && compound[2]) {
      const middle = start + compound[1].length
      tokens.push({ kind: 'word', field, key: compound[1], start, end: Math.min(middle, end) })
      tokens.push({ kind: 'word', field, key: compound[2], start: Math.min(middle, end), end })
    } else tokens.push({ ...shapeOf(match.groups ?? {}, key), field, key, start, end })
  }
  return joinEnglishCompounds(tokens)
}

/** The folded text of a token; empty beyond the last. */
export const keyAt = (tokens: readonly Token[], at: number): string => tokens[at]?.key ?? ''
