import type { AgentConfiguration, EngineKind } from '../../domain/agents/configuration.ts'
import type { Drift } from '../../domain/agents/drift.ts'
import type { ActorName } from '../../domain/booking/appointment.ts'
import type { Slug } from '../../domain/company.ts'
import type { AgentId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Instant } from '../../domain/time.ts'
import type { Page, PageRequest } from './page.ts'

/** A digest of a configuration's content: equal for equal contents of one company. */
export type ContentHash = string

/** What is known of an agent's versions at Retell, as last seen. */
export interface SeenAtRetell {
  /** The newest that was created, draft or published. */
  readonly newest: number
  readonly newestIsPublished: boolean
  /** The newest that was published. */
  readonly published: number | undefined
  /** Changes whenever something there was changed since; what it is made of is the adapter's and the sync's business. */
  readonly fingerprint: string
}

/** A voice agent as the control centre has it. Numbers of versions are ours unless they say that they are Retell's. */
export interface ManagedAgent {
  readonly id: AgentId
  /** Unique in the company. What the company file calls the agent wins. */
  readonly slug: Slug
  /** Undefined: it was made here and Retell has not been told yet. */
  readonly retellAgentId: string | undefined
  readonly name: string
  readonly language: string | undefined
  readonly engine: EngineKind | undefined
  /** Ours that is ahead of what Retell has, or of what callers reach. Undefined: nothing is. */
  readonly draft: number | undefined
  /** Ours that was last seen equal to Retell's newest. */
  readonly base: number | undefined
  /** What Retell's newest was when it was last seen, as a version of ours. */
  readonly theirs: number | undefined
  /** What callers reach. */
  readonly live: number | undefined
  /** Retell's number of `live`. */
  readonly liveAtRetell: number | undefined
  readonly seen: SeenAtRetell | undefined
  /** The numbers that ring it at Retell, as last seen. */
  readonly numbers: readonly PhoneNumber[]
  readonly syncStatus: Drift
  readonly syncedAt: Instant | undefined
  /** Why the last attempt to read it failed; a plain sentence without secrets. */
  readonly syncError: string | undefined
  /** Retell has it no longer. */
  readonly isGone: boolean
}

/** Why a version came into being. `seen`: it is what Retell had; `backup`: it was kept before something replaced it. */
export type VersionOrigin = 'created' | 'seen' | 'edited' | 'merged' | 'imported' | 'restored' | 'backup'

export interface AgentVersion {
  readonly agent: AgentId
  /** 1, 2, …, without gaps. */
  readonly number: number
  readonly hash: ContentHash
  /** Versions of the same agent: none for the first, two for a merge. */
  readonly parents: readonly number[]
  readonly origin: VersionOrigin
  readonly author: ActorName
  readonly message: string
  readonly createdAt: Instant
  /** Retell's number of the version that has or had exactly this content: a published one before a draft, what has it before what had it, then the newest. */
  readonly retellVersion: number | undefined
}

export interface NewVersion extends Omit<AgentVersion, 'number' | 'hash' | 'retellVersion'> {
  /** Secrets in it are placeholders. */
  readonly configuration: AgentConfiguration
}

export interface AgentQuery extends PageRequest {
  readonly status?: Drift
  /** In any place of the name, slug or Retell's id, in any letter case. */
  readonly search?: string
  /** Those that are gone from Retell are left out unless asked for. */
  readonly withGone?: boolean
}

/** The voice agents of a company and their append-only history. */
export interface Agents {
  /** In a transaction the agent stays ours until it ends. */
  readonly find: (id: AgentId) => Promise<ManagedAgent | undefined>
  readonly byRetellId: (retellAgentId: string) => Promise<ManagedAgent | undefined>
  readonly bySlug: (slug: Slug) => Promise<ManagedAgent | undefined>
  /** By slug. No configuration is read for it. */
  readonly list: (query: AgentQuery) => Promise<Page<ManagedAgent>>
  /** How many agents there are of each status, those that are gone left out. */
  readonly tally: () => Promise<{ readonly [Status in Drift]: number }>
  /** Adds it or replaces all of it. Rejects for a slug or a Retell id of another agent. */
  readonly save: (agent: ManagedAgent) => Promise<void>
  /**
   * Adds the next version and has the agent until the transaction ends; the agent itself may be saved after it. A
   * configuration whose content is there already is kept once, and what Retell said about it with each version.
   */
  readonly append: (version: NewVersion) => Promise<AgentVersion>
  readonly version: (agent: AgentId, number: number) => Promise<AgentVersion | undefined>
  /** Newest first. */
  readonly versions: (agent: AgentId, request: PageRequest) => Promise<Page<AgentVersion>>
  readonly configuration: (agent: AgentId, number: number) => Promise<AgentConfiguration | undefined>
  readonly hashOf: (configuration: AgentConfiguration) => ContentHash
  /**
   * Retell's version has the content of ours now. What is published there stays what it is; a draft may change. Rejects
   * for a version that is not there.
   */
  readonly mapRetellVersion: (
    agent: AgentId,
    retellVersion: number,
    number: number,
    isPublished: boolean,
  ) => Promise<void>
  /**
   * Another version of ours that differs from what Retell has published only in what Retell does not keep in versions, such
   * as numbers: it is called the same there. Which of ours `byRetellVersion` means stays. Rejects for a version that is not
   * there.
   */
  readonly shareRetellVersion: (agent: AgentId, retellVersion: number, number: number) => Promise<void>
  /** Ours of Retell's number. */
  readonly byRetellVersion: (agent: AgentId, retellVersion: number) => Promise<AgentVersion | undefined>
  /**
   * Equal secrets of one company have equal ids, and an id says nothing about its secret. Keeps nothing, and may be asked
   * after the transaction as well.
   */
  readonly secretIdOf: (plain: string) => string
  /** Kept sealed under its id. */
  readonly keepSecret: (id: string, value: Secret) => Promise<void>
  readonly secret: (id: string) => Promise<Secret | undefined>
}
