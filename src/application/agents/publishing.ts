import type { JobWorker } from '../jobs/work-jobs.ts'
import {
  publishAndWait,
  resumePublication,
  type StartingPublish,
  startPublish,
  undoPublication,
} from './publish-agent.ts'
import { findPublication, listLiveDecisions, listPublications } from './read-releases.ts'

/** All that decides which version of an agent callers reach. */
export const publishing = (ports: StartingPublish, worker: Pick<JobWorker, 'workNow'>) => ({
  startPublish: startPublish(ports),
  publishAndWait: publishAndWait(ports, worker),
  resumePublication: resumePublication(ports),
  undoPublication: undoPublication(ports),
  findPublication: findPublication(ports),
  listPublications: listPublications(ports),
  listLiveDecisions: listLiveDecisions(ports),
})
