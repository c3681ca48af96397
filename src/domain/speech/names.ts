import { err, ok, type Result } from 'neverthrow'
import type { Brand } from '../brand.ts'
import { monthWords, relativeDays, weekdayWords } from './calendar-words.ts'
import { fold } from './fold.ts'
import type { Language } from './language.ts'
import {
  missingParts,
  monthNames,
  placeholderNames,
  sentenceWords,
  smallWords,
  specimens,
  timeWords,
  titles,
} from './name-words.ts'
import { cardinals, ordinals } from './number-words.ts'

/** A customer's name as said, without title and introduction; 1 to 120 characters on one line. */
export type PersonName = Brand<string, 'PersonName'>

export type NotAName = {
  readonly kind: 'not-a-name'
  readonly reason:
    | 'missing'
    | 'placeholder'
    | 'fragment'
    | 'time'
    | 'characters'
    | 'too-long'
    | 'staff'
    | 'agent'
    | 'service'
  readonly text: string
}

export interface NameContext {
  readonly staffNames: readonly string[]
  /** Of services, branches and the company: an agent may take one for a name. */
  readonly thingNames?: readonly string[]
  readonly agentName?: string | undefined
  readonly language: Language
}

const LONGEST_NAME = 120
const MOST_WORDS = 8

/**
 * A person's name out of what a caller said, or why it is none. Nobody is booked under a colleague's or the agent's own
 * name, a clock time, a greeting or a placeholder.
 */
export const understandName = (
  text: string,
  { staffNames, thingNames = [], agentName }: NameContext,
): Result<PersonName, NotAName> => {
  const said = oneLine(text)
  const refuse = (reason: NotAName['reason']) =>
    err<PersonName, NotAName>({ kind: 'not-a-name', reason, text: said.slice(0, LONGEST_NAME) })
  if (said.length > 2 * LONGEST_NAME) return refuse('too-long')
  if (/[{}<>$[\]]/.test(said)) return refuse('placeholder')
  const { name, titled } = withoutTitle(withoutGaps(withoutSpelling(withoutIntroduction(said))))
  if (!/\p{L}/u.test(name)) return refuse(/\p{N}/u.test(name) ? 'characters' : 'missing')
  if (name.length > LONGEST_NAME) return refuse('too-long')
  const words = foldedWords(name)
  if (isPlaceholder(words, name)) return refuse('placeholder')
  if (isTime(words, titled)) return refuse('time')
  if (!/^[\p{L}\p{M}\s.,'’ʼ`´·-]+$/u.test(name)) return refuse('characters')
  const isSmall =
    words.every((word) => smallWords.has(word)) && !(titled && words.length === 1 && !titles.has(words[0] ?? ''))
  if (isSmall || words.some((word) => sentenceWords.has(word)) || words.length > MOST_WORDS) return refuse('fragment')
  if (thingNames.some((thing) => fold(thing) === fold(name))) return refuse('service')
  if (/^\p{Script=Latin}$/u.test(words.join(''))) return refuse('fragment')
  if (staffNames.some((staff) => isOwnName(staff, said, words))) return refuse('staff')
  if (agentName !== undefined && isOwnName(agentName, said, words)) return refuse('agent')
  if (visited.test(said)) return refuse('fragment')
  return ok(name as PersonName)
}

const oneLine = (text: unknown): string =>
  (typeof text === 'string' ? text.slice(0, 1_000) : '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s]+/gu, ' ')
    .trim()

const introductions = [
  /^[\s.,;:!?"„“”»«'’-]+/u,
  /^(?:ja|nein|no|doch|hallo|hi|hey|hello|also|ähm?|öhm?|okay|ok|gut|yes|so|moin|servus|grüß gott|guten (?:tag|morgen|abend)|good (?:morning|afternoon|evening))[\s,.!:-]+/iu,
  /^(?:mein|der|unser|my|the) (?:vor- und nachname|voller name|nachname|vorname|full name|last name|first name|name) (?:ist|lautet|wäre|is)[\s:,]+(?:der |die )?/iu,
  /^(?:mein name|my name|name)\s*[:,]\s*/iu,
  /^(?:ich heiße|ich heisse|i am called|they call me)\s+/iu,
  /^(?:(?:hier|da|es|das|this|it|here)\s+(?:ist|spricht|wäre|is)|ich bin(?:'s)?|i am|i['’]?m|it['’]s|this is)\s+(?:(?:der|die|das)\s+)?/iu,
  /^(?:der|die)\s+(?=\p{L}+$)/iu,
  /^(?:(?:bitte\s+)?auf den namen|under the name(?: of)?|für|for|auf)\s+/iu,
]
const endings = [
  /[\s,]+(?:am apparat|heiße ich|heisse ich|ist mein name|is my name|mein name|my name|bitte|please|hier|speaking)$/iu,
  /[\s.,;:!?"„“”»«-]+$/u,
]

/** The text without "mein Name ist", greetings and "am Apparat", in whatever order they stand. */
const withoutIntroduction = (said: string): string => {
  let name = said
  for (let round = 0; round < 6; round += 1) {
    const shorter = [...introductions, ...endings].reduce((text, pattern) => {
      const rest = text.replace(pattern, '')
      return /\p{L}/u.test(rest) ? rest : text
    }, name)
    if (shorter === name) break
    name = shorter
  }
  return name.trim()
}

/** Without "mit zwei l", "M-E-I-E-R" and "M wie Martha" behind the name; a name that was only spelled is put together. */
const withoutSpelling = (name: string): string => {
  if (!/^(?:\p{L}[\s.-]+){2,}\p{L}$/u.test(name)) {
    return name
      .replace(/[\s,]+(?:mit|with)\s+(?:\p{L}|(?:zwei|doppel|einem|scharfem|two|double|an?)[\s-]*\S+)$/iu, '')
      .replace(/[\s,]+(?:\p{L}[\s.-]+){2,}\p{L}$/u, '')
  }
  const letters = name.replace(/[^\p{L}]/gu, '')
  return letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase()
}

/** "Max null" is Max. */
const withoutGaps = (name: string): string => {
  const words = name.split(' ')
  const known = words.filter((word) => !missingParts.has(fold(word)))
  return known.length === 0 ? name : known.join(' ')
}

const withoutTitle = (name: string): { readonly name: string; readonly titled: boolean } => {
  const [first = '', ...rest] = name.split(' ')
  const isTitle = titles.has(fold(first.replace(/\.$/, '')))
  if (!isTitle || rest.length === 0) return { name, titled: false }
  const both = /^(?:und|and)$/i.test(rest[0] ?? '') && titles.has(fold(rest[1] ?? ''))
  return { name: (both ? rest.slice(2) : rest).join(' '), titled: true }
}

const isPlaceholder = (words: readonly string[], name: string): boolean =>
  words.every((word) => placeholderNames.has(word)) ||
  specimens.has(words.join('')) ||
  /^(?:k\.?\s?a\.?|name des kunden|n\.?\s?n\.?|n\/a|nicht (?:angegeben|bekannt|genannt)|not (?:given|provided|specified|available)|keine angabe)$/iu.test(
    name,
  )

const isNumber = (word: string): boolean => cardinals.has(word) || ordinals.has(word)

/** "Acht Uhr", "halb drei", "Freitag". "Frau Freitag" and "Max Freitag" are people, and so is "August". */
const isTime = (words: readonly string[], titled: boolean): boolean => {
  const [only = ''] = words
  if (words.includes('uhr')) return true
  if (words.length === 1 && (titled || monthNames.has(only))) return isNumber(only) && !titled
  const isCalendar = (word: string) =>
    isNumber(word) || timeWords.has(word) || weekdayWords.has(word) || monthWords.has(word) || relativeDays.has(word)
  return words.some(isCalendar) && words.every((word) => isCalendar(word) || smallWords.has(word))
}

/** Whoever somebody wants to go to is not who they are. */
const visited = /^(?:bei|beim|zum|zur|mit|with)\s+/iu
const colleague = /^(?:bei|beim|zu|zum|zur|mit|von|with|at|see|by)\s+(?:der|die|dem|frau|herrn?|mr|mrs|ms)?\s*/iu

/** "Nina", "bei Nina", "zu Frau Nina Beispiel": the first or full name of somebody who works here, not of a namesake. */
const isOwnName = (own: string, said: string, words: readonly string[]): boolean => {
  const ownWords = foldedWords(own)
  const names = [words, ...(colleague.test(said) ? [foldedWords(said.replace(colleague, ''))] : [])]
  return names.some((name) => name.length > 0 && [ownWords.join(' '), ownWords[0]].includes(name.join(' ')))
}

const foldedWords = (text: string): readonly string[] =>
  text
    .split(/[\s.,-]+/)
    .map(fold)
    .filter((word) => word !== '')
