import type { MinuteOfDay } from '../time.ts'
import { type PromiseKind, promisesIn, type SpokenPromise } from './spoken-promise.ts'

/**
 * What a tool answered, as far as it can bear a promise: `known` told of an appointment that was there before, `free`
 * named a free time, `searched` looked for one, whatever it found.
 */
export interface SpokenFact {
  readonly kind: Exclude<PromiseKind, 'taken'> | 'known' | 'searched'
  readonly at: number
  /** The clock times that it named, in the zone in which callers are spoken to; undefined bears any time. */
  readonly times?: readonly MinuteOfDay[]
}

/** Something said by the agent. Times are of the same clock as those of facts; undefined: nobody knows. */
export interface SaidTurn {
  readonly text: string
  /** When the next turn began. */
  readonly until: number | undefined
}

/** A promise without a fact: which of the turns it stood in, from 0, and where. */
export interface UnkeptPromise extends SpokenPromise {
  readonly turn: number
}

/** Two clocks differ, and a sentence may begin while its tool is being answered. */
const GRACE = 10_000

const bearing: { readonly [Kind in PromiseKind]: readonly SpokenFact['kind'][] } = {
  booked: ['booked', 'moved'],
  moved: ['moved'],
  cancelled: ['cancelled'],
  free: ['free', 'booked'],
  taken: ['searched', 'free', 'known'],
  mailed: ['mailed'],
  texted: ['texted'],
  'called-back': ['called-back'],
}

/** The promises that no fact bears, one for each sentence. A fact counts until shortly after its turn. */
export const unkeptPromises = (turns: readonly SaidTurn[], facts: readonly SpokenFact[]): readonly UnkeptPromise[] =>
  turns.flatMap(({ text, until }, turn) => {
    const known = facts.filter(({ at }) => until === undefined || at <= until + GRACE)
    const unkept = promisesIn(text).filter(
      // What is promised for later may be noted later, as long as it is noted in this call.
      (promise) => !isKept(promise, promise.kind === 'called-back' ? facts : known),
    )
    return unkept
      .filter(({ from }, at) => unkept.findIndex((other) => other.from === from) === at)
      .map((promise): UnkeptPromise => ({ ...promise, turn }))
  })

const isKept = ({ kind, manner, times }: SpokenPromise, facts: readonly SpokenFact[]): boolean => {
  const has = (wanted: SpokenFact['kind']) => facts.some((fact) => fact.kind === wanted)
  if (kind === 'moved' && has('booked') && has('cancelled')) return true
  const bearers: readonly SpokenFact['kind'][] =
    kind === 'booked' && manner === 'stands' ? [...bearing.booked, 'known'] : bearing[kind]
  const borne = facts.filter((fact) => bearers.includes(fact.kind))
  if (borne.length === 0) return false
  const isNamed = (readings: readonly MinuteOfDay[]) =>
    borne.some((fact) => fact.times === undefined || readings.some((minute) => fact.times?.includes(minute)))
  // Of a move, one of the hours named may be the old one.
  return times.length === 0 || (kind === 'moved' ? times.some(isNamed) : times.every(isNamed))
}
