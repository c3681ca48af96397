import { fold } from './fold.ts'

/** A stretch of a sentence with a verb of its own: folded words with one space between them. */
export interface Clause {
  readonly words: string
  /** As it was written, for the few words that folding makes equal ("konnte", "könnte"). */
  readonly written: string
  /** Does a question mark end it? */
  readonly asked: boolean
}

/** A sentence with its place in the text it stood in. */
export interface Sentence {
  readonly text: string
  readonly from: number
  readonly to: number
  readonly clauses: readonly Clause[]
}

const abbreviations = 'dr|prof|nr|ca|bzw|z|b|mr|mrs|ms|st|a|p|m'
/** A dot after a number ends a sentence only where the next one surely begins. */
const beginnings =
  'ich|sie|wir|soll|möchten|kann|darf|der termin|ihr|ihre|es|das|i|you|we|shall|would|should|can|your|the|it'
const ends = new RegExp(
  String.raw`[!?…\n]+|(?<!\d|(?<!\p{L})(?:${abbreviations}))\.+(?=\s|$)|(?<=\d)\.(?=\s+(?:${beginnings})(?!\p{L})|\s*$)`,
  'giu',
)

const months = 'jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec'
/** Between a weekday and its date ("Dienstag, den 24.") a comma divides nothing. */
const comma = new RegExp(
  String.raw`(?<!tag|woch|day),|,(?!\s*(?:(?:den|der|the)\s+)?(?:\d|${months}))|[;()"„“”»«]|[:–—](?=\s|$)|\s-\s`,
  'iu',
)
/** Where a new clause begins without any mark. */
const joints = new RegExp(
  [
    'aber|sondern|jedoch|but|however',
    'ob|dass|wenn|falls|sobald|sofern|nachdem|whether|if|once(?! again| more)|unless|when',
    '(?:soll|darf|kann|konnte|durfte|mag|mochte) ich|(?:mochten|wollen|hatten|haben) sie',
    '(?:shall|should|can|could|may) i|(?:would|do|did|can|could) you',
    '(?:und|and) (?:ich|sie|wir|der|die|das|er|es|um|am|ihr|dann|i|you|we|the|it|your|that|its|ill)',
  ]
    .map((pattern) => ` (?=(?:${pattern}) )`)
    .join('|'),
  'g',
)

const clausesOf = (sentence: string): readonly Clause[] => {
  const pieces = sentence.split(comma).filter((piece) => /[\p{L}\p{N}]/u.test(piece))
  return pieces.flatMap((written, at) => {
    const asked = at === pieces.length - 1 && /\?[\s"“”»]*$/.test(sentence)
    const parts = wordsOf(written).split(joints)
    return parts.map(
      (words, part): Clause => ({ words, written: oneSpaced(written), asked: asked && part === parts.length - 1 }),
    )
  })
}

const oneSpaced = (text: string): string => text.replace(/\s+/g, ' ')

/** Words and numbers alone; a clock time ("10:30", "9 a.m.") stays one word, so that it can be read again. */
const wordsOf = (text: string): string =>
  (
    fold(text)
      .replace(/(?<!\p{L})([ap])\.\s?m(?!\p{L})/gu, '$1m')
      .match(/\d{1,2}[:.]\d{2}(?![\d.:])|[\p{L}\p{N}]+/gu) ?? []
  ).join(' ')

/** The sentences of what somebody said, in order. */
export const sentencesOf = (text: string): readonly Sentence[] => {
  const stops = [...text.matchAll(ends)].map((match) => match.index + match[0].length)
  return [0, ...stops].flatMap((begin, at): readonly Sentence[] => {
    const raw = text.slice(begin, stops[at] ?? text.length)
    const sentence = raw.trim()
    if (!/\p{L}/u.test(sentence)) return []
    const from = begin + raw.indexOf(sentence)
    return [{ text: sentence, from, to: from + sentence.length, clauses: clausesOf(sentence) }]
  })
}
