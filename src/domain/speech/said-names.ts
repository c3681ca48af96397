import { sentencesOf } from './clauses.ts'
import { type NameContext, type PersonName, understandName } from './names.ts'

/** "mein Name ist …", "ich heiße …", "my name is …": a name follows, in capitals or not. */
const named =
  /(?<!\p{L})(?:mein(?: voller| ganzer)? name (?:ist|lautet|wäre)|ich hei(?:ß|ss)e|my (?:full )?name(?: is|['’]s))[\s:,]+/giu
/** "hier spricht …", "this is …": a name follows if it is written as one. */
const presented =
  /(?<!\p{L})(?:[Hh]ier(?: ist| spricht| wäre)?(?: die| der)?(?= \p{Lu})|[Ii]ch bin (?:der|die|Herr|Frau)(?= \p{Lu})|(?:[Tt]his is|I am|I['’]m|[Ii]ch bin)(?= \p{Lu}\S+ \p{Lu}))\s+/gu
/** "Müller am Apparat", "Jane Sample speaking": it stood before. */
const after = /[\s,]+(?:am (?:apparat|telefon)|ist mein name|mein name|is my name|speaking)(?!\p{L})/iu

const particle = /^(?:von|vom|van|zu|zur|de|del|della|der|den|di|da|dos|el|al|bin|ibn|le|la|ten|ter|dr\.?|prof\.?)$/iu
const others =
  /^(?:und|and|ich|i|i'm|wir|aber|but|aus|from|von der firma|hallo|guten|grüß|bitte|ja|nein|yes|calling|das|es|mit|with|für|for)$/iu
const MOST_WORDS = 5

/**
 * The name by which somebody introduced themselves, last said, in what they themselves said. Names of others ("der Name
 * meiner Frau ist …") are none, and so is whatever `understandName` refuses.
 */
export const introducedName = (said: readonly string[], context: NameContext): PersonName | undefined => {
  const names = said.flatMap((text) => sentencesOf(text).flatMap((sentence) => namesIn(sentence.text, context)))
  return names.at(-1)
}

const namesIn = (sentence: string, context: NameContext): readonly PersonName[] => {
  const following = [...sentence.matchAll(named), ...sentence.matchAll(presented)].map((match) =>
    leadingName(sentence.slice(match.index + match[0].length)),
  )
  const end = after.exec(sentence)
  const preceding = end ? [trailingName(sentence.slice(0, end.index))] : []
  return [...preceding, ...following].flatMap((name) => {
    const understood = name === '' ? undefined : understandName(name, context)
    return understood?.isOk() ? [understood.value] : []
  })
}

const isCapital = (word: string): boolean => /^\p{Lu}/u.test(word)

/** The words that can belong to a name, from the first on; without capitals anywhere two at most. */
const run = (words: readonly string[], capitals: boolean): readonly string[] => {
  const end = words.findIndex(
    (word, at) =>
      others.test(word) || (capitals && !isCapital(word) && !(particle.test(word) && words[at + 1] !== undefined)),
  )
  return (end === -1 ? words : words.slice(0, end)).slice(0, capitals ? MOST_WORDS : 2)
}

const wordsOf = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')

const leadingName = (text: string): string => {
  const [piece = ''] = text.split(/[,;:!?–—]|\.(?=\s|$)(?<!(?:dr|prof)\.)/iu)
  return run(wordsOf(piece), /\p{Lu}/u.test(piece)).join(' ')
}

const trailingName = (text: string): string => {
  const piece = text.split(/[,;:!?–—]/u).at(-1) ?? ''
  return run(wordsOf(piece).toReversed(), true).toReversed().join(' ')
}
