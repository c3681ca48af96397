import { err, ok, type Result } from 'neverthrow'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import { seeJob } from '../jobs/see-job.ts'
import type { JobWorker } from '../jobs/work-jobs.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Publication } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { agentUpdated } from './agent-events.ts'
import type { Publishing } from './open-publication.ts'
import { publishKey, stepsOf } from './publication.ts'
import type { PublicationRunning } from './release-failures.ts'

/** Writes down what is to be done, with the job that does it. */
export const begin = async (
  tx: CompanyTx,
  { ids }: Pick<Publishing, 'ids'>,
  { actor }: CompanyScope,
  agent: ManagedAgent,
  what: Pick<Publication, 'version' | 'retellVersion' | 'numbers' | 'isCandidate' | 'kind' | 'message'>,
  now: Instant,
): Promise<Result<Publication, PublicationRunning>> => {
  const running = await tx.releases.runningPublication(agent.id)
  if (running) return err({ kind: 'publication-running', publication: running.id })
  const id = ids.next('publication')
  const publication: Publication = {
    ...what,
    ...{ id, agent: agent.id, job: ids.next('job'), actor, startedAt: now, endedAt: undefined },
    draftSeen: undefined,
    before: { liveVersion: agent.live, liveAtRetell: agent.liveAtRetell, newestAtRetell: undefined, bindings: [] },
    state: 'running',
    steps: stepsOf(what.kind),
  }
  await queuePublication(tx, publication, false, now)
  tx.publish(agentUpdated(agent))
  return ok(publication)
}

export const queuePublication = async (
  tx: CompanyTx,
  publication: Publication,
  undo: boolean,
  now: Instant,
): Promise<void> => {
  const { id, job } = publication
  await tx.releases.savePublication(publication)
  await tx.jobs.enqueue({
    ...{ id: job, kind: 'agent-publish', key: publishKey(id, job), payload: { publication: id, undo } },
    ...{ runAt: now, createdAt: now },
  })
}

/** Those of the numbers that are the company's. */
export const ownOf = async (
  numbers: readonly PhoneNumber[],
  isOwn: (number: PhoneNumber) => Promise<boolean>,
): Promise<readonly PhoneNumber[]> => {
  const own: PhoneNumber[] = []
  for (const number of numbers) if (await isOwn(number)) own.push(number)
  return own
}

/** Has it done at once, or waits for whoever does it, for so many milliseconds of real time: the publication as it is then. */
export const seenToItsEnd =
  ({ store, realTime }: Pick<Publishing, 'store' | 'realTime'>, worker: Pick<JobWorker, 'workNow'>) =>
  (scope: CompanyScope, { id, job }: Publication, patienceMs: number): Promise<Publication> => {
    const look = async () => {
      const now = await store.read(scope, (tx) => tx.releases.publication(id))
      if (!now) throw new Error('A publication is gone')
      return now
    }
    const isOver = ({ state }: Publication) => state !== 'running'
    return seeJob(realTime, worker)({ company: scope.company, key: publishKey(id, job) }, look, isOver, patienceMs)
  }
