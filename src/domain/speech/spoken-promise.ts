import type { MinuteOfDay } from '../time.ts'
import { type Clause, type Sentence, sentencesOf } from './clauses.ts'
import {
  alreadyTaken,
  arranged,
  backwards,
  being,
  bookedFor,
  callback,
  certainties,
  clock,
  confirmation,
  doing,
  forYou,
  freeThings,
  freeWords,
  having,
  helpers,
  holding,
  hours,
  idioms,
  infinitives,
  intentions,
  mail,
  managed,
  negations,
  offering,
  openings,
  otherwise,
  ours,
  participles,
  receiving,
  ringers,
  ringing,
  sending,
  settled,
  taken,
  text as textMessage,
  theirs,
  things,
  towards,
  wishes,
} from './promise-words.ts'
import { timesSaid } from './said-times.ts'

/** What a listener takes for done, for free or taken, for sent, or for a call that they will get. */
export type PromiseKind = 'booked' | 'moved' | 'cancelled' | 'free' | 'taken' | 'mailed' | 'texted' | 'called-back'

/** Something said to be so, with its sentence and the place of that in the text. */
export interface SpokenPromise {
  readonly kind: PromiseKind
  /** As done just now ("ich habe gebucht"), or as being so ("ist gebucht"), perhaps for longer than this call. */
  readonly manner: 'done' | 'stands'
  /** The clock times that it is said of, each with everything it can mean; none for what has no time of its own. */
  readonly times: readonly (readonly MinuteOfDay[])[]
  readonly text: string
  readonly from: number
  readonly to: number
}

/** All that a text promises, in German and English. Questions, conditions, denials and intentions promise nothing. */
export const promisesIn = (said: string): readonly SpokenPromise[] =>
  sentencesOf(said).flatMap((sentence) => (isConditional(sentence) ? [] : promisesOf(sentence)))

const promisesOf = ({ clauses, text, from, to }: Sentence): readonly SpokenPromise[] => {
  const found = clauses.flatMap((clause, at) =>
    isQuestion(clause)
      ? []
      : promisesOfClause(clause).map((one) => ({ ...one, times: timesOf(one.kind, clause, clauses[at + 1]) })),
  )
  // "Wenn Sie möchten, rufen wir Sie zurück" waits for a yes.
  const isOffer = clauses.some(({ words }) => politeConditions.test(words))
  const said = found.filter(({ kind }) => !(isOffer && kind === 'called-back'))
  const first = said.filter(({ kind }, at) => said.findIndex((other) => other.kind === kind) === at)
  return first.map((one) => ({ ...one, text, from, to }))
}

const conditions = /^(?:(?:und|and) )?(?:wenn|falls|sobald|sofern|nachdem|if|once|unless|when|as soon as) /
const politeConditions =
  /^(?:wenn|if) (?:sie (?:m[oa]|woll|wunsch)|es ihnen|ihnen (?:das|es)|das (?:fur sie )?passt|you (?:like|want|wish|prefer)|that (?:suits|works|helps))/
const isConditional = ({ clauses }: Sentence): boolean =>
  clauses.some(({ words }) => conditions.test(words) && !politeConditions.test(words))

const lead = '(?:(?:und|also|gut|okay|ok|super|prima|dann|so|ja|and|well|alright|great) )*'
const finiteVerbs =
  `ist|sind|war|ware|waren|hat|haben|hatte|hatten|wurde|wurden|kann|konnte|konnten|konnen|soll|sollen|sollte|darf|mochten|
  wollen|werden|gibt|is|are|was|were|has|have|had|do|does|did|can|could|shall|should|may|would|will`.replace(/\s/g, '')
const questions = new RegExp(
  `^${lead}(?:(?:${finiteVerbs}) (?!damit|hiermit|nun|jetzt)|(?:ob|wann|welche[rsnm]?|wer|warum|whether|which|why|who) )`,
)
const isQuestion = ({ words, asked }: Clause): boolean => asked || questions.test(`${words} `)

/** The times of the clause, else those of a next one that only says when: "ist gebucht, Dienstag um 10 Uhr". */
const timesOf = (kind: PromiseKind, { words }: Clause, next: Clause | undefined): SpokenPromise['times'] => {
  if (kind === 'taken' || kind === 'mailed' || kind === 'texted' || kind === 'called-back') return []
  // "ist verschoben" may name the old hour; only where it goes is promised.
  if (kind !== 'booked' && kind !== 'free' && !(kind === 'moved' && towards.test(words))) return []
  const own = timesSaid(words)
  return own.length > 0 || !next || next.asked || !isBare(next) ? own : timesSaid(next.words)
}

const isBare = ({ words }: Clause): boolean =>
  !(helpers.test(words) || being.test(words) || intentions.test(words) || negations.test(words)) &&
  words.split(' ').every((word) => !/^(?:bis|ab|von|from|until|to|open|geoffnet)$/.test(word))

type Found = Pick<SpokenPromise, 'kind' | 'manner'>
const deeds = ['booked', 'moved', 'cancelled'] as const

const promisesOfClause = ({ words: said, written }: Clause): readonly Found[] => {
  const words = said.replace(idioms, ' ').replace(/ +/g, ' ').trim()
  const sent = sendingIn(words)
  if (sent) return [{ kind: sent, manner: 'done' }]
  if (isCallPromised(words)) return [{ kind: 'called-back', manner: 'done' }]
  const place = availabilityIn(words)
  if (place) return [{ kind: place, manner: 'stands' }]
  if (negations.test(words)) return []
  return deeds.flatMap((kind) => {
    const manner = mannerOf(kind, words, written)
    return manner ? [{ kind, manner }] : []
  })
}

const mannerOf = (kind: (typeof deeds)[number], words: string, written: string): Found['manner'] | undefined => {
  if (managed.test(written) && ours.test(words) && infinitives[kind].test(words)) return 'done'
  if (intentions.test(words) || wishes.test(written)) return undefined
  if (kind === 'booked' && bookedFor.test(words)) return 'done'
  const says = participles[kind].test(words) || (settled[kind].test(words) && things.test(words))
  if (!says || (theirs.test(words) && !ours.test(words))) return undefined
  const isShort = words.split(' ').length <= 3
  if (!helpers.test(words) && !ours.test(words) && !isShort) return undefined
  return doing.test(words) || ours.test(words) ? 'done' : 'stands'
}

/** "ist noch frei", "ich hätte 14 Uhr 30", "is available"; "leider schon belegt", "not available". */
const availabilityIn = (words: string): 'free' | 'taken' | undefined => {
  const isSaid = being.test(words) || offering.test(words) || words.split(' ').length <= 4
  if (!isSaid || theirs.test(words) || otherwise.test(words)) return undefined
  const booked = participles.booked.test(words) && alreadyTaken.test(words) && !forYou.test(words)
  if (taken.test(words) || booked) return negations.test(words) ? 'free' : 'taken'
  const isFree = freeThings.test(words) || (freeWords.test(words) && (clock.test(words) || openings.test(words)))
  if (isFree) return negations.test(words) ? 'taken' : 'free'
  return !negations.test(words) && isOffered(words) ? 'free' : undefined
}

/** "ich könnte Ihnen 10 Uhr anbieten", "I have 2:30 or 3 pm": a clock time offered, not one that was agreed before. */
const isOffered = (words: string): boolean =>
  offering.test(words) &&
  ours.test(words) &&
  hours.test(words) &&
  !(participles.booked.test(words) || /(?<!\p{L})(?:ihren|your|geoffnet|open)(?!\p{L})/u.test(words))

/** "Sie erhalten eine Bestätigung per E-Mail", "I'll text you a confirmation". */
const sendingIn = (words: string): 'mailed' | 'texted' | undefined => {
  const isPromised = !intentions.test(words) || certainties.test(words)
  if (!isPromised || negations.test(words) || !sending.test(words)) return undefined
  if (textMessage.test(words)) return 'texted'
  return confirmation.test(words) || mail.test(words) ? 'mailed' : undefined
}

/** "wir rufen Sie zurück", "Sie erhalten einen Rückruf", "someone will call you back": never what the caller should do. */
const isCallPromised = (words: string): boolean => {
  const isOpen = intentions.test(words.replace(having, '')) && !certainties.test(words)
  if (isOpen || negations.test(words) || holding.test(words)) return false
  if (callback.test(words)) return receiving.test(words) || (arranged.test(words) && !theirs.test(words))
  return ringing.test(words) && backwards.test(words) && ringers.test(words)
}
