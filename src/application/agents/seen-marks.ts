import { Result } from 'neverthrow'
import type { EngineReference } from '../../domain/agents/configuration.ts'
import { isObject, type Json } from '../../domain/canonical-json.ts'

/** What is remembered of an agent so that only what changed is asked for again; kept as its fingerprint. */
export interface SeenMarks {
  /** Changes with the newest version's document. Undefined: that cannot be told, so it is always read. */
  readonly newest: string | undefined
  /** The same of the version that callers reach, if that is another one. */
  readonly live: string | undefined
  /** The engine of the newest version; that of a draft may change without the agent's document showing it. */
  readonly engine: EngineReference | undefined
  /** A digest of that engine. */
  readonly engineHash: string | undefined
}

const parse = Result.fromThrowable((text: string): unknown => JSON.parse(text))
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Of what was never seen, or what another version of this program wrote, nothing is remembered. */
export const marksOf = (fingerprint: string | undefined): SeenMarks => {
  const read = fingerprint === undefined ? undefined : parse(fingerprint).unwrapOr(undefined)
  const marks = isObject(read) ? read : {}
  return {
    newest: text(marks.newest),
    live: text(marks.live),
    engine: referenceOf(marks.engine),
    engineHash: text(marks.engineHash),
  }
}

export const fingerprintOf = ({ newest, live, engine, engineHash }: SeenMarks): string =>
  JSON.stringify({ newest, live, engine, engineHash })

const referenceOf = (value: Json | undefined): EngineReference | undefined => {
  if (!isObject(value) || typeof value.kind !== 'string') return undefined
  const { kind, id, version } = value
  return { kind, id: text(id), version: typeof version === 'number' ? version : undefined }
}
