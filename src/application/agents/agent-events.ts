import type { JobId } from '../../domain/ids.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { NewLiveEvent } from '../ports/events.ts'

export const agentUpdated = ({ id, slug }: Pick<ManagedAgent, 'id' | 'slug'>): NewLiveEvent => ({
  kind: 'agent.updated',
  data: { agent_id: id, agent: slug },
})

export const jobProgress = (id: JobId): NewLiveEvent => ({ kind: 'job.progress', data: { job_id: id } })
