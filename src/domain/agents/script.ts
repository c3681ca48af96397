import { isObject, type JsonObject } from '../canonical-json.ts'

/** What a tool's answer has to be. Everything that is named must hold. */
export interface Expectation {
  /** One of these. Empty: any. */
  readonly status: readonly string[]
  /** Each of them stands in the sentence, in any letter case. */
  readonly says: readonly string[]
  /** None of them does. */
  readonly neverSays: readonly string[]
  /** Fields of the answer that are equal to these. */
  readonly fields: JsonObject
}

/** One thing that is said or asked in a scripted call. */
export type ScriptStep =
  | { readonly says: 'agent' | 'user'; readonly text: string }
  /** Speaks the sentence of the last tool's answer. */
  | { readonly says: 'answer' }
  | { readonly tool: string; readonly args: JsonObject; readonly expect?: Expectation | undefined }
  /** So many milliseconds in which nobody speaks. */
  | { readonly pause: number }

/** A call as it is played, and what is to come of it. */
export interface CallScript {
  readonly name: string | undefined
  /** Who rings, in any spelling; a hidden number when there is none. */
  readonly caller: string | undefined
  /** The branch that is rung, by slug. Undefined: the agent's first. */
  readonly branch: string | undefined
  /** When, as the branch's wall clock shows it (`2026-12-01T09:00`). Undefined: now. */
  readonly at: string | undefined
  readonly steps: readonly ScriptStep[]
  /** How many appointments the call makes, moves and cancels. Undefined: whatever it does. */
  readonly appointments:
    | {
        readonly booked?: number | undefined
        readonly rescheduled?: number | undefined
        readonly cancelled?: number | undefined
      }
    | undefined
}

/**
 * Arguments with what stands for an earlier answer put in: `$name` is the last answer's field of that name, and
 * `$alternative.date` that of its first alternative. What there is none of is empty.
 */
export const filledArguments = (args: JsonObject, last: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (typeof value !== 'string' || !value.startsWith('$')) return [name, value]
      const [first, field] = value.slice(1).split('.')
      const list = last.alternatives
      const source = first === 'alternative' ? (Array.isArray(list) ? list[0] : undefined) : last
      return [name, (isObject(source) ? source[field ?? first ?? ''] : undefined) ?? '']
    }),
  )

/** Everything in which an answer is not what was expected of it, each with what it was. */
export const unmet = (
  expectation: Expectation | undefined,
  answer: JsonObject,
): readonly { readonly wanted: string; readonly found: string }[] => {
  if (!expectation) return []
  const status = String(answer.status ?? '')
  const message = String(answer.message ?? '')
  const said = message.toLowerCase()
  return [
    ...(expectation.status.length === 0 || expectation.status.includes(status)
      ? []
      : [{ wanted: `status ${expectation.status.join(' | ')}`, found: status }]),
    ...expectation.says
      .filter((text) => !said.includes(text.toLowerCase()))
      .map((text) => ({ wanted: `says "${text}"`, found: message })),
    ...expectation.neverSays
      .filter((text) => said.includes(text.toLowerCase()))
      .map((text) => ({ wanted: `never says "${text}"`, found: message })),
    ...Object.entries(expectation.fields)
      .filter(([name, value]) => JSON.stringify(answer[name]) !== JSON.stringify(value))
      .map(([name, value]) => ({
        wanted: `${name} ${JSON.stringify(value)}`,
        found: JSON.stringify(answer[name] ?? null),
      })),
  ]
}
