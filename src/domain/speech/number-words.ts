import { fold, wordMap } from './fold.ts'

const germanUnits = ['ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun']
const germanTens: readonly (readonly [number, string])[] = [
  [20, 'zwanzig'],
  [30, 'dreißig'],
  [40, 'vierzig'],
  [50, 'fünfzig'],
]

/** `fünfundvierzig` and its like: 21 to 59. */
const germanCompounds = germanTens.flatMap(([ten, word]) =>
  [...germanUnits.entries(), [1, 'zwo'] as const].map(([at, unit]) => [ten + at + 1, `${unit}und${word}`] as const),
)

const germanCardinals: readonly (readonly [number, string])[] = [
  [0, 'null'],
  [1, 'eins'],
  [2, 'zwei zwo'],
  [3, 'drei'],
  [4, 'vier'],
  [5, 'fünf'],
  [6, 'sechs'],
  [7, 'sieben'],
  [8, 'acht'],
  [9, 'neun'],
  [10, 'zehn'],
  [11, 'elf'],
  [12, 'zwölf'],
  [13, 'dreizehn'],
  [14, 'vierzehn'],
  [15, 'fünfzehn'],
  [16, 'sechzehn'],
  [17, 'siebzehn'],
  [18, 'achtzehn'],
  [19, 'neunzehn'],
  ...germanTens,
  ...germanCompounds,
]

const englishUnitWords: readonly (readonly [number, string])[] = [
  [1, 'one'],
  [2, 'two'],
  [3, 'three'],
  [4, 'four'],
  [5, 'five'],
  [6, 'six'],
  [7, 'seven'],
  [8, 'eight'],
  [9, 'nine'],
]
const englishTenWords: readonly (readonly [number, string])[] = [
  [20, 'twenty'],
  [30, 'thirty'],
  [40, 'forty fourty'],
  [50, 'fifty'],
]
const englishCardinals: readonly (readonly [number, string])[] = [
  [0, 'zero'],
  ...englishUnitWords,
  [10, 'ten'],
  [11, 'eleven'],
  [12, 'twelve'],
  [13, 'thirteen'],
  [14, 'fourteen'],
  [15, 'fifteen'],
  [16, 'sixteen'],
  [17, 'seventeen'],
  [18, 'eighteen'],
  [19, 'nineteen'],
  ...englishTenWords,
]
const englishOrdinals: readonly (readonly [number, string])[] = [
  [1, 'first'],
  [2, 'second'],
  [3, 'third'],
  [4, 'fourth'],
  [5, 'fifth'],
  [6, 'sixth'],
  [7, 'seventh'],
  [8, 'eighth'],
  [9, 'ninth'],
  [10, 'tenth'],
  [11, 'eleventh'],
  [12, 'twelfth'],
  [13, 'thirteenth'],
  [14, 'fourteenth'],
  [15, 'fifteenth'],
  [16, 'sixteenth'],
  [17, 'seventeenth'],
  [18, 'eighteenth'],
  [19, 'nineteenth'],
  [20, 'twentieth'],
  [30, 'thirtieth'],
]

const germanOrdinalStems: readonly (readonly [number, string])[] = [
  [1, 'erst'],
  [3, 'dritt'],
  [7, 'siebt'],
  [7, 'siebent'],
  [8, 'acht'],
  ...germanCardinals
    .filter(([value]) => value > 1 && ![3, 7, 8].includes(value) && value <= 31)
    .flatMap(([value, words]) => words.split(' ').map((word) => [value, `${word}${value < 20 ? 't' : 'st'}`] as const)),
]
const germanOrdinals = germanOrdinalStems.map(
  ([value, stem]) => [value, ['e', 'er', 'en', 'es', 'em'].map((ending) => stem + ending).join(' ')] as const,
)

/** 0 to 59 in both languages; the parts of an English compound (`forty five`) stand alone. `ein` is no number: it is an article. */
export const cardinals: ReadonlyMap<string, number> = wordMap([...germanCardinals, ...englishCardinals])
/** 1 to 31, inflected, in both languages. */
export const ordinals: ReadonlyMap<string, number> = wordMap([...germanOrdinals, ...englishOrdinals])
/** The first and second half of an English compound number. */
export const englishTens: ReadonlyMap<string, number> = wordMap(englishTenWords)
export const englishUnits: ReadonlyMap<string, number> = wordMap([
  ...englishUnitWords,
  ...englishOrdinals.filter(([value]) => value < 10),
])

const digitOnes = new Map(germanUnits.map((word, at) => [fold(word), at + 1]))
/** `einer Woche`, `a week`: an article that counts as one before a unit of time; also every cardinal. */
export const countOf = (word: string): number | undefined =>
  /^(ein(e|er|em|en)?|an?)$/.test(word) ? 1 : (cardinals.get(word) ?? digitOnes.get(word))
