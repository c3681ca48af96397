import { err, ok } from 'neverthrow'
import type { JobId, PublicationId } from '../../domain/ids.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import type { JobOutcome } from '../jobs/job-handler.ts'
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

/** How whoever took up a publication keeps what became of it. */
export interface PublicationNotes {
  /** Undefined: it was ended, is another job's now, or was taken up by somebody else since. */
  readonly keep: (change: NoteChange) => Promise<PublishState | undefined>
  /** For what may not happen twice. A process that stood still may have been taken for dead. */
  readonly isStillOurs: () => Promise<boolean>
}

/** Takes it up for a job; whoever had it before comes to nothing from then on. Undefined: there is nothing to do of it. */
export const takeUpPublication = async (
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  scope: CompanyScope,
  id: PublicationId,
  job: JobId,
): Promise<PublicationNotes | undefined> => {
  const held = async (tx: CompanyTx): Promise<PublishState | undefined> => {
    const found = await tx.releases.publication(id)
    const agent = found && (await tx.agents.find(found.agent))
    // Read again, for only now is the agent ours.
    const publication = agent && (await tx.releases.publication(id))
    return publication && isWorkOf(publication, job) ? { publication, agent } : undefined
  }
  const taken = await store.transact(scope, async (tx) => {
    const state = await held(tx)
    if (!state) return err(undefined)
    const turn = (state.publication.turn ?? 0) + 1
    await tx.releases.savePublication({ ...state.publication, turn })
    return ok(turn)
  })
  if (taken.isErr()) return undefined
  const isOurs = ({ turn }: Publication) => turn === taken.value
  return {
    keep: async (change) => {
      const kept = await store.transact(scope, async (tx) => {
        const before = await held(tx)
        if (!before || !isOurs(before.publication)) return err(undefined)
        const state = await change(tx, before, clock.now())
        await tx.releases.savePublication(state.publication)
        await tell(tx, state, job)
        return ok(state)
      })
      return kept.unwrapOr(undefined)
    },
    isStillOurs: async () => {
      const now = await store.read(scope, (tx) => tx.releases.publication(id))
      return now !== undefined && isWorkOf(now, job) && isOurs(now)
    },
  }
}

/** Should whoever is at it now die, it is to be found again; and looking at what is over does nothing. */
export const overtaken = ({ clock }: Pick<Ports, 'clock'>): JobOutcome => ({
  kind: 'postponed',
  until: after(clock.now(), 2 * MINUTE),
  error: undefined,
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
