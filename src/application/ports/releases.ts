import type { OutcomeTally } from '../../domain/agents/outcome-guard.ts'
import type { ActorName } from '../../domain/booking/appointment.ts'
import type { AgentId, DecisionId, JobId, PublicationId, RolloutId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { ContentHash } from './agents.ts'
import type { Page, PageRequest } from './page.ts'

/** A word on which version callers reach. Words are only added: rolling back is another one. */
export interface LiveDecision {
  readonly id: DecisionId
  readonly agent: AgentId
  readonly kind:
    | 'publish'
    | 'rollback'
    | 'rollout-started'
    | 'rollout-changed'
    | 'rollout-finished'
    | 'rollout-taken-back'
  /** Ours. */
  readonly version: number
  readonly retellVersion: number
  /** How many of a hundred callers reach it. */
  readonly percent: number
  readonly numbers: readonly PhoneNumber[]
  readonly actor: ActorName
  readonly reason: string | undefined
  readonly at: Instant
}

/** The steps of a publication, in their order. */
export const publicationSteps = [
  'gate',
  'backup',
  'draft-version',
  'engine',
  'agent',
  'compare',
  'publish',
  'read-back',
  'numbers',
  'verify',
] as const
export type PublicationStepName = (typeof publicationSteps)[number]

export interface PublicationStep {
  readonly name: PublicationStepName
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'undone'
  readonly startedAt: Instant | undefined
  readonly endedAt: Instant | undefined
  /** What was done or why not: a plain sentence without secrets. */
  readonly detail: string | undefined
}

export interface Publication {
  readonly id: PublicationId
  readonly agent: AgentId
  /** The job that does it; its progress is the job's. */
  readonly job: JobId
  /** How often it was taken up: whoever did so last works on it, and nobody who did so before. */
  readonly turn?: number
  /** Ours. */
  readonly version: number
  /** Retell's, once it is known. */
  readonly retellVersion: number | undefined
  /** A digest of the draft there as it was after we had sent something: while it is still so, nobody else changed it. */
  readonly draftSeen: ContentHash | undefined
  /** The version at Retell that the draft was made from, and how each number was bound before: what undoing goes back to. */
  readonly before: {
    readonly liveVersion: number | undefined
    readonly liveAtRetell: number | undefined
    /** The newest that Retell had: whatever is newer came after. Undefined: not asked yet, or the agent was not there. */
    readonly newestAtRetell: number | undefined
    /** The number's lists of agents as Retell had them, whole. */
    readonly bindings: readonly { readonly number: PhoneNumber; readonly document: string }[]
  }
  readonly numbers: readonly PhoneNumber[]
  /** It is published, and nobody reaches it before a rollout sends callers there. */
  readonly isCandidate: boolean
  readonly kind: 'publish' | 'rollback'
  readonly state: 'running' | 'published' | 'failed' | 'undone'
  readonly steps: readonly PublicationStep[]
  readonly actor: ActorName
  readonly message: string
  readonly startedAt: Instant
  readonly endedAt: Instant | undefined
}

export interface AgentRollout {
  readonly id: RolloutId
  readonly agent: AgentId
  /** Ours: what most callers reach, and what some do. */
  readonly live: number
  readonly candidate: number
  readonly liveAtRetell: number
  readonly candidateAtRetell: number
  /** 1 to 100 of a hundred callers reach the candidate. */
  readonly percent: number
  /** It goes on by itself from stage to stage while callers fare no worse. */
  readonly isAutomatic: boolean
  readonly state: 'running' | 'finished' | 'taken-back'
  readonly actor: ActorName
  readonly startedAt: Instant
  readonly changedAt: Instant
  readonly endedAt: Instant | undefined
  /** Why it ended. */
  readonly reason: string | undefined
}

/** What became of calls with one version of an agent. */
export interface VersionTally extends OutcomeTally {
  readonly retellVersion: number | undefined
  /** How often tools were asked for in all of the calls, and how often that failed. */
  readonly toolCalls: number
  readonly toolFailures: number
}

/** So many calls are tallied at most, for each of them is opened. */
export const talliedCalls = 5_000

/** What is live of a company's agents, how it came to be, and what is under way. */
export interface Releases {
  readonly decide: (decision: LiveDecision) => Promise<void>
  /** Newest first. */
  readonly decisions: (agent: AgentId, request: PageRequest) => Promise<Page<LiveDecision>>
  /** Adds it or replaces all of it. Rejects for a second running one of an agent; who has the agent can look first. */
  readonly savePublication: (publication: Publication) => Promise<void>
  readonly publication: (id: PublicationId) => Promise<Publication | undefined>
  /** The one that is under way. There is at most one of an agent. */
  readonly runningPublication: (agent: AgentId) => Promise<Publication | undefined>
  /** Newest first. */
  readonly publications: (agent: AgentId, request: PageRequest) => Promise<Page<Publication>>
  /** Adds it or replaces all of it. Rejects for a second running one of an agent. */
  readonly saveRollout: (rollout: AgentRollout) => Promise<void>
  readonly runningRollout: (agent: AgentId) => Promise<AgentRollout | undefined>
  readonly runningRollouts: () => Promise<readonly AgentRollout[]>
  readonly rollouts: (agent: AgentId, request: PageRequest) => Promise<Page<AgentRollout>>
  /** Ended calls of this agent that began since, counted by version: the newest five thousand. The highest first. */
  readonly tallyByVersion: (retellAgentId: string, since: Instant) => Promise<readonly VersionTally[]>
}
