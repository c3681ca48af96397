import { ok, type Result } from 'neverthrow'
import type { CompanyProfile } from '../../domain/company.ts'
import type { AgentSync } from '../ports/agent-syncs.ts'
import type { Deadline } from '../ports/ambient.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx, Store } from '../ports/store.ts'
import type { VoiceAccount } from '../ports/voice-accounts.ts'
import type { CompanyScope } from '../scope.ts'
import { jobProgress } from './agent-events.ts'
import type { OwnAgents } from './own-agents.ts'

export type Syncing = Pick<Ports, 'store' | 'ids' | 'clock' | 'directory' | 'realTime' | 'voiceAccounts'>

/** What the parts of one run of a sync need. */
export interface SyncDesk {
  readonly ports: Syncing
  readonly scope: CompanyScope
  readonly profile: CompanyProfile
  readonly account: VoiceAccount
  readonly own: OwnAgents
  readonly deadline: Deadline
}

/** Kept with how far it came, for those who watch. */
export const saveSync = async (tx: CompanyTx, sync: AgentSync): Promise<void> => {
  await tx.agentSyncs.save(sync)
  const { id, isListed, read, failed, total } = sync
  const note = isListed ? 'Agents are being read from Retell.' : 'Retell is asked which agents there are.'
  await tx.jobs.report(id, { done: read + failed, total: isListed ? total : undefined, note })
  tx.publish(jobProgress(id))
}

/** A transaction without an outcome that anybody has to act on. */
export const inTransaction = async <T>(
  store: Store,
  scope: CompanyScope,
  work: (tx: CompanyTx) => Promise<T>,
): Promise<T> => {
  const done = await store.transact(scope, async (tx): Promise<Result<T, never>> => ok(await work(tx)))
  return done.match(
    (value) => value,
    (nothing) => nothing,
  )
}
