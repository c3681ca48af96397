import { randomBytes } from 'node:crypto'
import type { JsonObject } from '../../../domain/canonical-json.ts'

/** What a stand-in for Retell keeps, in memory and for as long as it runs. Entries are replaced and never changed. */

export type EngineName = 'retell-llm' | 'conversation-flow'

/** A version of an agent or of an engine, without what is said about it. */
export interface VersionEntry {
  readonly version: number
  readonly isPublished: boolean
  readonly base: number | undefined
  readonly title: string | undefined
  readonly description: string | undefined
  readonly modifiedAt: number
  readonly document: JsonObject
}

export interface AgentEntry {
  readonly id: string
  readonly channel: 'voice' | 'chat'
  /** The version that each tag is on. */
  readonly tags: { readonly [tag: string]: number }
  /** Oldest first. */
  readonly versions: readonly VersionEntry[]
}

export interface EngineEntry {
  readonly id: string
  readonly kind: EngineName
  /** Oldest first. */
  readonly versions: readonly VersionEntry[]
}

/** A workspace. Nothing of it is seen with the key of another. */
export interface RetellAccount {
  readonly key: string
  readonly name: string
  readonly agents: Map<string, AgentEntry>
  readonly engines: Map<string, EngineEntry>
  readonly numbers: Map<string, JsonObject>
  readonly calls: Map<string, JsonObject>
}

export interface RetellStore {
  readonly accounts: RetellAccount[]
  /** Milliseconds since the epoch, a later one each time. */
  readonly moment: () => number
}

export const newAccount = (key: string, name: string): RetellAccount => ({
  key,
  name,
  agents: new Map(),
  engines: new Map(),
  numbers: new Map(),
  calls: new Map(),
})

export const newId = (kind: 'agent' | 'llm' | 'conversation_flow'): string =>
  `${kind}_${randomBytes(15).toString('hex')}`

/** What a workspace has now, to go back to. */
export const remembered = (account: RetellAccount): (() => void) => {
  const { agents, engines, numbers, calls } = account
  const keep = <Entry>(map: Map<string, Entry>) => {
    const before = new Map(map)
    return () => {
      map.clear()
      for (const [id, entry] of before) map.set(id, entry)
    }
  }
  const back = [keep(agents), keep(engines), keep(numbers), keep(calls)]
  return () => {
    for (const restore of back) restore()
  }
}

/** What a reference means now; without one, the newest that was created, drafts included. */
export const versionOf = (
  { versions }: Pick<AgentEntry, 'versions'>,
  reference: string | number | undefined,
  tags: { readonly [tag: string]: number } = {},
): VersionEntry | undefined => {
  const newest = versions.at(-1)
  if (reference === undefined || reference === 'latest') return newest
  if (reference === 'latest_published') return versions.findLast(({ isPublished }) => isPublished)
  const text = String(reference)
  if (/^\d+$/.test(text)) return versions.find(({ version }) => version === Number(text))
  const tagged = Object.hasOwn(tags, text) ? tags[text] : undefined
  return versions.find(({ version }) => version === tagged) ?? newest
}

export const withVersion = <Entry extends { readonly versions: readonly VersionEntry[] }>(
  entry: Entry,
  next: VersionEntry,
): Entry => ({
  ...entry,
  versions: [...entry.versions.filter(({ version }) => version !== next.version), next].toSorted(
    (one, other) => one.version - other.version,
  ),
})

export const firstVersion = (document: JsonObject, modifiedAt: number): VersionEntry => ({
  version: 0,
  isPublished: false,
  base: undefined,
  title: undefined,
  description: undefined,
  modifiedAt,
  document,
})

/** When anything of it was changed last. */
export const modifiedAt = ({ versions }: Pick<AgentEntry, 'versions'>): number =>
  Math.max(0, ...versions.map((one) => one.modifiedAt))
