import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import type { VersionedConfiguration } from '../../domain/agents/parts.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { AgentVersion, ContentHash, ManagedAgent } from '../ports/agents.ts'
import type { Deadline } from '../ports/ambient.ts'
import type { Publication, PublicationStepName } from '../ports/releases.ts'
import type { RetellVersion, VoiceAccount, VoiceFailure, VoiceNumber } from '../ports/voice-accounts.ts'
import { whyNot } from './publication.ts'

/** All that a step of a publication works with. Secrets in configurations are in plain text: none of it is stored or shown. */
export interface PublishDesk {
  readonly profile: CompanyProfile
  readonly account: VoiceAccount
  readonly agent: ManagedAgent
  readonly publication: Publication
  readonly version: AgentVersion
  /** What is to be at Retell in the end. */
  readonly target: AgentConfiguration
  /** What was last seen to be the newest there. Undefined: it was made here. */
  readonly base: AgentConfiguration | undefined
  /** Retell's numbers of versions that may have this content already. */
  readonly publishedAs: readonly number[]
  /** Drafts at Retell that earlier publications of the agent made and left. */
  readonly leftovers: readonly number[]
  /** The address that the company's numbers ask when a call comes in. */
  readonly webhookUrl: string
  readonly isOwnNumber: (number: PhoneNumber) => Promise<boolean>
  readonly isKnownAgent: (retellAgentId: string) => Promise<boolean>
  readonly digestOf: (parts: VersionedConfiguration) => ContentHash
  /** Asked right before what may not happen twice. */
  readonly isStillOurs: () => Promise<boolean>
  /** This step was begun before, and nobody knows how that ended. */
  readonly isRepeated: boolean
  /** Past it, the work is put off for another turn, so that it is never done by two. */
  readonly turn: Deadline
}

/** What is known after a step and was not before. */
export interface Learned {
  readonly retellVersion?: number
  readonly retellAgentId?: string
  readonly draftSeen?: ContentHash
  readonly newestAtRetell?: number
  readonly bindings?: Publication['before']['bindings']
  /** What Retell had, to be kept as a version of ours. */
  readonly backup?: AgentConfiguration
  readonly proven?: ProvenRelease
}

/** How everything is at Retell in the end. */
export interface ProvenRelease {
  /** The company's own. */
  readonly numbers: readonly VoiceNumber[]
  /** The version that was asked for. */
  readonly parts: VersionedConfiguration
  readonly newest: RetellVersion
  /** The newest that is published. */
  readonly published: number | undefined
}

export interface StepDone {
  readonly kind: 'done'
  readonly detail: string
  readonly learned: Learned
}

export interface StepFailed {
  readonly kind: 'failed'
  readonly detail: string
}

/** `later`: it is to be gone on with in another turn. `overtaken`: somebody else is at it. */
export type StepEnd = StepDone | StepFailed | { readonly kind: 'later' } | { readonly kind: 'overtaken' }

/** Does what is not done yet and proves it by asking. Doing it twice is the same as doing it once. */
export type Step = (desk: PublishDesk) => Promise<StepEnd>
export type Steps = { readonly [Name in PublicationStepName]: Step }

export const done = (detail: string, learned: Learned = {}): StepDone => ({ kind: 'done', detail, learned })
export const failed = (why: string | VoiceFailure): StepFailed => ({
  kind: 'failed',
  detail: typeof why === 'string' ? why : whyNot(why),
})
