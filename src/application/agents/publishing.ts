import type { JobWorker } from '../jobs/work-jobs.ts'
import type { Ports } from '../ports/ports.ts'
import { seenToItsEnd } from './begin-publication.ts'
import { publishAndWait, type StartingPublish, startPublish } from './publish-agent.ts'
import { findPublication, listLiveDecisions, listPublications, rungAgents } from './read-releases.ts'
import { resumePublication, undoPublication } from './resume-publication.ts'
import { rollbackAndWait, startRollback } from './rollback-agent.ts'
import { rolloutDetail } from './rollout-guard.ts'
import { rollOut, takeBackRollout } from './rollouts.ts'

/** All that decides which version of an agent callers reach. */
export const publishing = (ports: StartingPublish & Pick<Ports, 'flags'>, worker: Pick<JobWorker, 'workNow'>) => ({
  startPublish: startPublish(ports),
  publishAndWait: publishAndWait(ports, worker),
  resumePublication: resumePublication(ports),
  undoPublication: undoPublication(ports),
  startRollback: startRollback(ports),
  rollbackAndWait: rollbackAndWait(ports, worker),
  rollOut: rollOut(ports),
  rolloutDetail: rolloutDetail(ports),
  takeBackRollout: takeBackRollout(ports),
  findPublication: findPublication(ports),
  seePublication: seenToItsEnd(ports, worker),
  listPublications: listPublications(ports),
  listLiveDecisions: listLiveDecisions(ports),
  rungAgents: rungAgents(ports),
})
