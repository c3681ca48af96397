import { type Clause, type Sentence, sentencesOf } from './clauses.ts'
import {
  alreadyTaken,
  being,
  bookedFor,
  certainties,
  clock,
  confirmation,
  doing,
  forYou,
  freeThings,
  freeWords,
  helpers,
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
  sending,
  settled,
  taken,
  text as textMessage,
  theirs,
  things,
  wishes,
} from './promise-words.ts'

/** What a listener takes for done, for free or taken, or for sent. */
export type PromiseKind = 'booked' | 'moved' | 'cancelled' | 'free' | 'taken' | 'mailed' | 'texted'

/** Something said to be so, with its sentence and the place of that in the text. */
export interface SpokenPromise {
  readonly kind: PromiseKind
  /** As done just now ("ich habe gebucht"), or as being so ("ist gebucht"), perhaps for longer than this call. */
  readonly manner: 'done' | 'stands'
  readonly text: string
  readonly from: number
  readonly to: number
}

/** All that a text promises, in German and English. Questions, conditions, denials and intentions promise nothing. */
export const promisesIn = (said: string): readonly SpokenPromise[] =>
  sentencesOf(said).flatMap((sentence) => (isConditional(sentence) ? [] : promisesOf(sentence)))

const promisesOf = ({ clauses, text, from, to }: Sentence): readonly SpokenPromise[] => {
  const found = clauses.filter((clause) => !isQuestion(clause)).flatMap(promisesOfClause)
  const first = found.filter(({ kind }, at) => found.findIndex((other) => other.kind === kind) === at)
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

type Found = Pick<SpokenPromise, 'kind' | 'manner'>
const deeds = ['booked', 'moved', 'cancelled'] as const

const promisesOfClause = ({ words: said, written }: Clause): readonly Found[] => {
  const words = said.replace(idioms, ' ').replace(/ +/g, ' ').trim()
  const sent = sendingIn(words)
  if (sent) return [{ kind: sent, manner: 'done' }]
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
