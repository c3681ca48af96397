import type { PublicationId } from '../../domain/ids.ts'
import type { GateFinding } from './gate-finding.ts'

/** It would harm callers; nothing was changed. */
export type GateClosed = { readonly kind: 'gate-closed'; readonly findings: readonly GateFinding[] }
/** Another one of the agent is under way. */
export type PublicationRunning = { readonly kind: 'publication-running'; readonly publication: PublicationId }
/** It is over, or a later one has overtaken it: nothing of it can be done any more. */
export type PublicationOver = { readonly kind: 'publication-over' }
export type NothingToPublish = { readonly kind: 'nothing-to-publish' }
/** Nothing was live before. */
export type NothingToRollBack = { readonly kind: 'nothing-to-roll-back' }
/** Another version is being rolled out. */
export type RolloutRunning = { readonly kind: 'rollout-running'; readonly version: number }
/** There is nothing that most callers could reach meanwhile. */
export type NothingLive = { readonly kind: 'nothing-live' }

/** Why callers do not come to reach another version. */
export type ReleaseFailure =
  | GateClosed
  | PublicationRunning
  | PublicationOver
  | NothingToPublish
  | NothingToRollBack
  | RolloutRunning
  | NothingLive
