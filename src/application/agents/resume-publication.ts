import { err, ok, type Result } from 'neverthrow'
import type { JobId, PublicationId } from '../../domain/ids.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { Publication } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { agentUpdated } from './agent-events.ts'
import { queuePublication } from './begin-publication.ts'
import type { Publishing } from './open-publication.ts'
import { toResume } from './publication.ts'
import type { PublicationOver, PublicationRunning } from './release-failures.ts'

export type ResumeFailure = NotFound | PublicationRunning | PublicationOver

/** Goes on where it stopped; what is done already is found by asking, and not done twice. */
export const resumePublication = (ports: Publishing) => again(ports, false)

/**
 * The numbers go back to how they were bound, and the draft that was made at Retell is deleted unless somebody else
 * changed it. What was published there stays published.
 */
export const undoPublication = (ports: Publishing) => again(ports, true)

const again =
  ({ store, ids, clock }: Pick<Publishing, 'store' | 'ids' | 'clock'>, undo: boolean) =>
  (scope: CompanyScope, id: PublicationId): Promise<Result<Publication, ResumeFailure>> =>
    store.transact(scope, async (tx) => {
      const found = await tx.releases.publication(id)
      const agent = found && (await tx.agents.find(found.agent))
      const publication = agent && (await tx.releases.publication(id))
      if (!publication) return err({ kind: 'not-found' })
      const [newest] = (await tx.releases.publications(agent.id, { limit: 1, cursor: undefined })).items
      if (newest?.id !== id) return err({ kind: 'publication-over' })
      if (publication.state === 'running' && (await isWorkedOn(tx, publication.job))) {
        return err({ kind: 'publication-running', publication: id })
      }
      if (publication.state === 'published' || publication.state === 'undone') return err({ kind: 'publication-over' })
      const job = ids.next('job')
      const next = undo
        ? { ...publication, job, state: 'running' as const, endedAt: undefined }
        : { ...toResume(publication), job }
      await queuePublication(tx, next, undo, clock.now())
      tx.publish(agentUpdated(agent))
      return ok(next)
    })

/** A job that was given up works on nothing. */
const isWorkedOn = async (tx: CompanyTx, job: JobId): Promise<boolean> => (await tx.jobs.find(job))?.state === 'waiting'
