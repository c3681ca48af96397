import type { VoiceFailure } from '../ports/voice-accounts.ts'

/** Somebody changed the agent since it was read; nothing was changed. `version` is ours that stands now, if there is one. */
export type AgentChangedMeanwhile = {
  readonly kind: 'agent-changed-meanwhile'
  readonly version: number | undefined
}
/** Both sides were changed: nothing was changed, until somebody merges them or says which one stays. */
export type AgentDiverged = { readonly kind: 'agent-diverged' }
/** Retell has never been seen to have this agent, so there is nothing to take over from it. */
export type AgentNeverSeen = { readonly kind: 'agent-never-seen' }
/** The company has no key with which its agents could be asked for. */
export type RetellNotConnected = { readonly kind: 'retell-not-connected' }
export type RetellUnreachable = { readonly kind: 'retell-unreachable' }
/** Retell's own no. The sentence says what to do. */
export type RetellRefused = { readonly kind: 'retell-refused'; readonly detail: string }

export type AgentFailure =
  | AgentChangedMeanwhile
  | AgentDiverged
  | AgentNeverSeen
  | RetellNotConnected
  | RetellUnreachable
  | RetellRefused

/** What a failure of the voice platform is to whoever asked. */
export const failureOf = ({ kind, detail }: VoiceFailure): RetellUnreachable | RetellRefused =>
  kind === 'unreachable' ? { kind: 'retell-unreachable' } : { kind: 'retell-refused', detail }
