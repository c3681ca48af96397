import { type Country, parsePhoneNumber } from '../../phone-number.ts'

/** Something in a text that belongs to the settings of a company, or changes with time. */
export interface LiteralFinding {
  readonly kind: 'money' | 'date' | 'phone' | 'email' | 'hours' | 'year'
  readonly text: string
  readonly at: number
  /** Does the text only show by it what something looks like? */
  readonly isExample: boolean
  /** Of money, in minor units; of a number, in E.164. */
  readonly amount: number | undefined
  readonly number: string | undefined
}

const numberWords: { readonly [word: string]: number } = {
  ein: 1,
  einen: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  elf: 11,
  zwölf: 12,
  fünfzehn: 15,
  zwanzig: 20,
  fünfundzwanzig: 25,
  dreißig: 30,
  vierzig: 40,
  fünfzig: 50,
  sechzig: 60,
  siebzig: 70,
  achtzig: 80,
  neunzig: 90,
  hundert: 100,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
}
const counted = Object.keys(numberWords).join('|')
const months =
  'januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december'
const day = '(?:0?[1-9]|[12]\\d|3[01])'
const month = '(?:0?[1-9]|1[0-2])'
const weekday =
  '(?:(?:mon|diens|donners|frei|sams)tags?|mittwochs?|sonnabends?|sonntags?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|werktags?|weekdays?|mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)'
const hour = '(?:[01]?\\d|2[0-4])(?:[:.][0-5]\\d)?(?:\\s?(?:uhr|am|pm|a\\.m\\.|p\\.m\\.|h))?'

const patterns: readonly { readonly kind: LiteralFinding['kind']; readonly pattern: RegExp }[] = [
  { kind: 'email', pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g },
  {
    kind: 'money',
    pattern: new RegExp(
      `(?<![\\w.,])(?:\\d{1,7}(?:[.,]\\d{1,2})?(?:,-)?\\s?(?:€|eur\\b|euros?\\b|cents?\\b|chf\\b|franken\\b|usd\\b|gbp\\b|dollars?\\b|pounds?\\b|\\$|£)|(?:€|£|\\$|eur|chf|usd|gbp)\\s?\\d{1,7}(?:[.,]\\d{1,2})?|(?:${counted})\\s(?:euros?|cents?|franken|dollars?|pounds?)(?![\\p{L}]))`,
      'giu',
    ),
  },
  {
    kind: 'date',
    pattern: new RegExp(
      [
        `(?<![\\d.])${day}\\.\\s?${month}\\.\\s?(?:19|20)\\d\\d(?!\\d)`,
        `(?<![\\d.])${day}\\.${month}\\.\\d\\d(?![\\d.])`,
        `(?<=(?<!\\p{L})(?:am|vom|zum|bis|ab|seit|den|dem)\\s(?:zum\\s)?)${day}\\.${month}\\.(?!\\d)`,
        `(?<!\\d)(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?!\\d)`,
        `(?<![\\d/])${day}/${day}/(?:19|20)\\d\\d(?!\\d)`,
        `(?<!\\d)${day}\\.\\s?(?:${months})(?!\\p{L})(?:\\s(?:19|20)\\d\\d)?`,
        `(?<!\\d)${day}(?:st|nd|rd|th)?\\s(?:of\\s)?(?:${months})(?!\\p{L})(?:,?\\s(?:19|20)\\d\\d)?`,
        `(?<!\\p{L})(?:${months})\\s${day}(?:st|nd|rd|th)?(?!\\d)(?:,?\\s(?:19|20)\\d\\d)?`,
      ].join('|'),
      'giu',
    ),
  },
  {
    kind: 'hours',
    pattern: new RegExp(
      `(?<!\\p{L})${weekday}(?!\\p{L})[^\\n!?]{0,40}?(?<![\\d.:])${hour}\\s?(?:-|–|—|bis|to|until)\\s?${hour}(?![\\d.:]|\\p{L})`,
      'giu',
    ),
  },
  {
    kind: 'phone',
    pattern:
      /(?<![\w./:-])(?:\+\d|00[1-9]|0[1-9]|\(0\d{1,5}\)|\(\d{3}\)\s?\d|\d{3}-\d{3}-\d)[\d\s()/–-]{4,20}\d(?![\w-])/g,
  },
  {
    kind: 'year',
    pattern: /(?<![\w./:+-])(?:19[5-9]\d|20[0-4]\d)(?![\w/:-]|[.,]\d|\s?(?:€|uhr|zeichen|tokens?|ms))/gi,
  },
]

/** "At most 3 may be named": no month. */
const isVerb = /(?<!\p{L})(?:may|march)(?!\p{L})/u

const showsByExample =
  /(?:z\.\s?b\.|zum beispiel|beispiel(?:e|sweise)?|bspw\.|e\.g\.|for example|examples?|such as|like|format|schreibweise|statt)[\s:"'„“(,]*(?:[^\n.!?]{0,40})$/i

/**
 * What of a text would have to be changed when a price, a date, a number, an address or opening hours change. Addresses on the web and
 * variables are passed over; nothing is found twice.
 */
export const literalsIn = (text: string, country: Country): readonly LiteralFinding[] => {
  const shown = text.replace(/https?:\/\/\S{1,500}|\{\{[^{}]{0,200}\}\}/gi, (hidden) => ' '.repeat(hidden.length))
  const taken: { readonly from: number; readonly to: number }[] = []
  const found: LiteralFinding[] = []
  for (const { kind, pattern } of patterns) {
    for (const { 0: match, index } of shown.matchAll(pattern)) {
      const end = index + match.length
      if (taken.some(({ from, to }) => index < to && from < end)) continue
      if (kind === 'date' && isVerb.test(match)) continue
      const number = kind === 'phone' ? phoneNumber(match, country) : undefined
      if (kind === 'phone' && number === undefined) continue
      taken.push({ from: index, to: end })
      const before = shown.slice(Math.max(0, index - 80), index)
      const amount = kind === 'money' ? amountOf(match) : undefined
      found.push({ kind, text: match.trim(), at: index, isExample: showsByExample.test(before), amount, number })
    }
  }
  return found.toSorted((one, other) => one.at - other.at)
}

/** Text with as many digits as a number has; made-up ones, which no network knows, count as well. */
const phoneNumber = (text: string, country: Country): string | undefined => {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 7 || digits.length > 15) return undefined
  const parsed = parsePhoneNumber(text, country)
  return parsed.isOk() ? parsed.value : digits
}

const amountOf = (text: string): number => {
  const isMinor = /cents?\b/i.test(text)
  const digits = /\d+(?:[.,]\d{1,2})?/.exec(text)?.[0]
  const word = text.trim().split(/\s/)[0]?.toLowerCase() ?? ''
  const amount =
    digits === undefined ? (Object.hasOwn(numberWords, word) ? numberWords[word] : 0) : Number(digits.replace(',', '.'))
  return Math.round((amount ?? 0) * (isMinor ? 1 : 100))
}
