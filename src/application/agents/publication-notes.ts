import { err, ok } from 'neverthrow'
import type { JobId, PublicationId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { Publication } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { agentUpdated, jobProgress } from './agent-events.ts'

/** A publication with its agent, as both are now. */
export interface PublishState {
  readonly publication: Publication
  readonly agent: ManagedAgent
}

export type NoteChange = (tx: CompanyTx, state: PublishState, now: Instant) => Promise<PublishState>

/** How a job keeps what became of its publication. Undefined: that was ended, or is another job's now. */
export interface PublicationNotes {
  readonly keep: (change: NoteChange) => Promise<PublishState | undefined>
}

export const publicationNotes = (
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  scope: CompanyScope,
  id: PublicationId,
  job: JobId,
): PublicationNotes => ({
  keep: async (change) => {
    const kept = await store.transact(scope, async (tx) => {
      const found = await tx.releases.publication(id)
      const agent = found && (await tx.agents.find(found.agent))
      // Read again, for only now is the agent ours.
      const publication = agent && (await tx.releases.publication(id))
      if (!agent || !publication || !isWorkOf(publication, job)) return err(undefined)
      const state = await change(tx, { publication, agent }, clock.now())
      await tx.releases.savePublication(state.publication)
      await tell(tx, state, job)
      return ok(state)
    })
    return kept.unwrapOr(undefined)
  },
})

export const isWorkOf = ({ state, job }: Publication, one: JobId): boolean => state === 'running' && job === one

/** Those who watch see how far it is. */
const tell = async (tx: CompanyTx, { publication: { steps }, agent }: PublishState, job: JobId): Promise<void> => {
  const at = steps.find(({ state }) => state === 'running' || state === 'failed')
  const done = steps.filter(({ state }) => state === 'done').length
  await tx.jobs.report(job, { done, total: steps.length, note: at?.detail ?? at?.name })
  tx.publish(agentUpdated(agent))
  tx.publish(jobProgress(job))
}
