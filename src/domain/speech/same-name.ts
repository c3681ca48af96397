import { fold, likeness } from '../likeness.ts'

/**
 * How a name sounds to a German ear (Kölner Phonetik, Postel 1969): Meier, Mayer and Maier are one code. Empty without
 * a Latin letter.
 */
export const cologneCode = (text: string): string => {
  const letters = fold(text).replace(/[^a-z]/g, '')
  const codes = [...letters].map((letter, at) => soundOf(letter, letters[at - 1] ?? '', letters[at + 1] ?? ''))
  return codes
    .join('')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?!^)0/g, '')
}

const among = (letters: string, letter: string): boolean => letter !== '' && letters.includes(letter)

const soundOf = (letter: string, before: string, next: string): string => {
  if (among('aeijouy', letter)) return '0'
  if (letter === 'h') return ''
  if (letter === 'b' || (letter === 'p' && next !== 'h')) return '1'
  if (among('dt', letter)) return among('csz', next) ? '8' : '2'
  if (among('fvwp', letter)) return '3'
  if (among('gkq', letter)) return '4'
  if (letter === 'c') return hardC(before, next) ? '4' : '8'
  if (letter === 'x') return among('ckq', before) ? '8' : '48'
  if (letter === 'l') return '5'
  if (among('mn', letter)) return '6'
  return letter === 'r' ? '7' : '8'
}

const hardC = (before: string, next: string): boolean => {
  if (before === '') return among('ahkloqrux', next)
  return !among('sz', before) && among('ahkoqux', next)
}

const alikeEnough = 0.65
const soundsTheSame = 0.95

/**
 * How well what was heard fits a name, 0 to 1; a name fits itself with 1, one part of it as well. It proves nothing:
 * it only chooses among the appointments of somebody who is proven otherwise.
 */
export const nameFit = (said: string, name: string): number => {
  const [heard, known] = [fold(said), fold(name)]
  if (heard === '' || known === '') return 0
  const knownWords = known.split(' ')
  const best = heard.split(' ').map((word) => Math.max(...knownWords.map((one) => wordFit(word, one))))
  const byWord = best.reduce((sum, one) => sum + one, 0) / best.length
  return Math.max(byWord, wordFit(heard.replaceAll(' ', ''), known.replaceAll(' ', '')))
}

const wordFit = (heard: string, known: string): number => {
  if (heard === known) return 1
  const code = cologneCode(heard)
  return code !== '' && code === cologneCode(known) ? soundsTheSame : likeness(heard, known)
}

/** Those whose name fits best what was heard, equally good ones together; none when nothing fits. */
export const fittingBest = <Item>(
  said: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): readonly Item[] => {
  const scored = items.map((item) => ({ item, score: nameFit(said, nameOf(item)) }))
  const best = Math.max(0, ...scored.map(({ score }) => score))
  return best < alikeEnough ? [] : scored.filter(({ score }) => best - score < 0.01).map(({ item }) => item)
}
