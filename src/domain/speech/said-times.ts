import type { MinuteOfDay } from '../time.ts'
import { hourWords, timePrepositions } from './clock-words.ts'
import { readTime } from './read-time.ts'
import { keyAt, type Token, tokensOf } from './tokens.ts'

/** "um zehn Minuten", "at 20 euros": what is counted is no hour. */
const counted =
  /^(?:minute|stunde|sekunde|tag|woche|monat|jahr|euro|cent|prozent|meter|second|hour|day|week|month|year|percent)/

/**
 * The clock times in what was said, each with everything it can mean, in order. Hours that only begin or end a stretch
 * ("von 9 bis 18 Uhr", "ab 10 Uhr") are none, and neither is a bare number without "um" or "at" before it.
 */
export const timesSaid = (text: string): readonly (readonly MinuteOfDay[])[] => {
  const tokens = tokensOf(text, 'datetime')
  const found: (readonly MinuteOfDay[])[] = []
  let at = 0
  while (at < tokens.length) {
    const loose = isAfterPreposition(tokens, at)
    const match = readTime(tokens, at, { language: 'de', loose }, text)
    const isHour = match && !(loose && counted.test(keyAt(tokens, match.next)))
    for (const claim of isHour ? match.claims : []) {
      if (claim.kind === 'clock' && claim.part === undefined) found.push(claim.readings)
    }
    at = match ? match.next : at + 1
  }
  return found
}

const isAfterPreposition = (tokens: readonly Token[], at: number): boolean =>
  timePrepositions.has(keyAt(tokens, at - 1)) && !hourWords.has(keyAt(tokens, at - 1))
