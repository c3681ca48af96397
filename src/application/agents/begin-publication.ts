import { err, ok, type Result } from 'neverthrow'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
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

/** Has it done at once, or waits for whoever does it. */
export const seenToItsEnd =
  ({ store, realTime }: Pick<Publishing, 'store' | 'realTime'>, worker: Pick<JobWorker, 'workNow'>) =>
  async (scope: CompanyScope, { id, job }: Publication, patienceMs: number): Promise<Publication> => {
    const deadline = realTime.deadlineIn(patienceMs)
    for (;;) {
      const worked = worker.workNow(scope.company, publishKey(id, job))
      // The work itself goes on when nobody waits any more, and a fault in it is the job's.
      worked.catch(() => undefined)
      await deadline.within(worked.catch(() => undefined))
      const now = await store.read(scope, (tx) => tx.releases.publication(id))
      if (!now) throw new Error('A publication is gone')
      if (now.state !== 'running' || deadline.left() === 0) return now
      await realTime.deadlineIn(lookEveryMs).within(new Promise<never>(() => {}))
    }
  }

const lookEveryMs = 100
