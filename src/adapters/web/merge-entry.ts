import type { MergeDecision, MergeDifference } from '../../domain/agents/merge.ts'
import type { Json } from '../../domain/canonical-json.ts'
import { longTextOf } from './agent-answers.ts'
import { type JsonFault, jsonFault } from './json-fault.ts'

/** Which value stays: that of a side, or one that somebody wrote. */
export type Choice = 'ours' | 'theirs' | 'own'

/** How a value is written: as it is, as a JSON document, or as names line by line. */
export type Writing = 'text' | 'json' | 'names'

/** What somebody decided about conflicts, by the path of each. */
export interface MergeEntry {
  readonly choices: ReadonlyMap<string, Choice>
  readonly written: ReadonlyMap<string, { readonly as: Writing; readonly text: string }>
}

export const noEntry: MergeEntry = { choices: new Map(), written: new Map() }

export const choiceField = (path: string): string => `decide:${path}`
export const writtenField = (as: Writing, path: string): string => `own-${as}:${path}`

const isChoice = (value: unknown): value is Choice => value === 'ours' || value === 'theirs' || value === 'own'
const isWriting = (text: string | undefined): text is Writing => text === 'text' || text === 'json' || text === 'names'

export const mergeEntryIn = (body: unknown): MergeEntry => {
  const fields = Object.entries(body ?? {})
  return {
    choices: new Map(
      fields.flatMap(([name, value]) =>
        name.startsWith('decide:') && isChoice(value) ? [[name.slice(7), value]] : [],
      ),
    ),
    written: new Map(
      fields.flatMap(([name]) => {
        const [, as, path] = /^own-(\w+):(.+)$/s.exec(name) ?? []
        const text = longTextOf(body, name)
        return isWriting(as) && path !== undefined && text !== undefined ? [[path, { as, text }] as const] : []
      }),
    ),
  }
}

export const writingOf = ({ kind, base, ours, theirs }: MergeDifference): Writing => {
  if (kind === 'order') return 'names'
  return [base, ours, theirs].every((one) => one === undefined || typeof one === 'string') ? 'text' : 'json'
}

/** What somebody who writes begins with: our value, or Retell's where we have none. */
export const beginningOf = (one: MergeDifference): string => {
  const value = one.ours ?? one.theirs
  if (value === undefined) return ''
  const as = writingOf(one)
  if (as === 'names' && Array.isArray(value)) return value.join('\n')
  return as === 'text' && typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

const writtenValue = ({ as, text }: { readonly as: Writing; readonly text: string }): Json | undefined => {
  if (as === 'text') return text
  if (as === 'json') return text.trim() === '' ? undefined : JSON.parse(text)
  return text
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** By path: what is wrong with what was written. */
export const mergeFaults = ({ choices, written }: MergeEntry): ReadonlyMap<string, JsonFault> =>
  new Map(
    [...written].flatMap(([path, { as, text }]) => {
      const fault = choices.get(path) === 'own' && as === 'json' && text.trim() !== '' ? jsonFault(text) : undefined
      return fault === undefined ? [] : [[path, fault] as const]
    }),
  )

/** Of an entry without faults. */
export const decisionsOf = ({ choices, written }: MergeEntry): ReadonlyMap<string, MergeDecision> =>
  new Map(
    [...choices].flatMap(([path, choice]): (readonly [string, MergeDecision])[] => {
      if (choice !== 'own') return [[path, choice]]
      const own = written.get(path)
      return own === undefined ? [] : [[path, { value: writtenValue(own) }]]
    }),
  )
