import { type EndedCall, loopingAlert, noTools, tallyVersions } from '../../application/agents/tally-versions.ts'
import { type Releases, talliedCalls } from '../../application/ports/releases.ts'
import { failureStatuses } from '../../application/tools/tool-failures.ts'
import { callState } from '../../domain/calling/call.ts'
import type { AgentId, CallId } from '../../domain/ids.ts'
import { pageOf } from './page.ts'
import type { Draft } from './tables.ts'

const isRunning = ({ state }: { readonly state: string }): boolean => state === 'running'

export const releasesIn = (draft: Draft): Releases => {
  const rollouts = (agent: AgentId) => draft.rows('agentRollouts').filter((one) => one.agent === agent)
  const publications = (agent: AgentId) => draft.rows('publications').filter((one) => one.agent === agent)

  return {
    decide: async (decision) => {
      if (draft.row('liveDecisions', decision.id)) throw new Error('A decision of this id is there already')
      draft.put('liveDecisions', decision.id, decision)
    },
    decisions: async (agent, request) =>
      pageOf(
        draft.rows('liveDecisions').filter((one) => one.agent === agent),
        request,
        'newest-first',
        ({ at, id }) => [at, id],
      ),
    savePublication: async (publication) => {
      const others = publications(publication.agent).filter(({ id }) => id !== publication.id)
      if (isRunning(publication) && others.some(isRunning))
        throw new Error('Another publication of the agent is running')
      draft.put('publications', publication.id, publication)
    },
    publication: async (id) => draft.row('publications', id),
    runningPublication: async (agent) => publications(agent).find(isRunning),
    publications: async (agent, request) =>
      pageOf(publications(agent), request, 'newest-first', ({ startedAt, id }) => [startedAt, id]),
    saveRollout: async (rollout) => {
      const others = rollouts(rollout.agent).filter(({ id }) => id !== rollout.id)
      if (isRunning(rollout) && others.some(isRunning)) throw new Error('Another rollout of the agent is running')
      draft.put('agentRollouts', rollout.id, rollout)
    },
    runningRollout: async (agent) => rollouts(agent).find(isRunning),
    runningRollouts: async () =>
      draft
        .rows('agentRollouts')
        .filter(isRunning)
        .toSorted((one, other) => one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1)),
    rollouts: async (agent, request) =>
      pageOf(rollouts(agent), request, 'newest-first', ({ startedAt, id }) => [startedAt, id]),
    tallyByVersion: async (retellAgentId, since) => {
      const tools = new Map<CallId, Pick<EndedCall, 'toolCalls' | 'toolFailures'>>()
      for (const { call, status } of draft.rows('toolCalls')) {
        const so = tools.get(call) ?? noTools
        const toolFailures = so.toolFailures + (failureStatuses.includes(status) ? 1 : 0)
        tools.set(call, { toolCalls: so.toolCalls + 1, toolFailures })
      }
      const raised = draft.rows('alerts').filter(({ kind }) => kind === loopingAlert)
      const looping = new Set(raised.map(({ callId }) => callId))
      const ended = draft.rows('calls').flatMap(({ id, outcome, record }) => {
        const state = callState(record)
        const isOver = state.status === 'ended' || state.status === 'failed'
        const { agentId, startedAt } = state
        if (!isOver || agentId !== retellAgentId || startedAt === undefined || startedAt < since) return []
        const counted = { ...(tools.get(id) ?? noTools), isLooping: looping.has(id) }
        return [{ ...state, id, startedAt, outcome, ...counted }]
      })
      const newest = ended.toSorted((one, other) => other.startedAt - one.startedAt || (one.id < other.id ? 1 : -1))
      return tallyVersions(newest.slice(0, talliedCalls))
    },
  }
}
