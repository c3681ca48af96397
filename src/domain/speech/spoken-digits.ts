import { fold } from './fold.ts'
import { cardinals } from './number-words.ts'

const signs = new Map([
  ['plus', '+'],
  ['o', '0'],
  ['oh', '0'],
])

/** More than one digit, and not surely which: `sixty`, `einundsiebzig`, `double five`. */
const unsure = /(?:zig|ssig|hundert|tausend|ty|teen|hundred|thousand|double|triple|doppelt?|zweimal|dreimal)$/

/**
 * The digits of a number that was said in words, `null eins sieben eins`; digits stay as they are and other words are
 * left out. Nothing when one of them cannot be read for sure. It says nothing about whether they make a phone number.
 */
export const spokenDigits = (text: string): string => {
  const words = text
    .slice(0, 400)
    .split(/[\s,.;:/()-]+/)
    .filter((word) => word !== '')
  const read = words.map(digitsOf)
  return read.includes(undefined) ? '' : read.join('')
}

const digitsOf = (word: string): string | undefined => {
  if (/^\+?\d+$/.test(word)) return word
  const folded = fold(word)
  const value = cardinals.get(folded)
  // A bare ten may be the first half of an English number: `forty five`.
  if (value !== undefined) return value >= 20 && value % 10 === 0 ? undefined : String(value)
  return signs.get(folded) ?? (unsure.test(folded) ? undefined : '')
}
