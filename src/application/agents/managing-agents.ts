import type { Ports } from '../ports/ports.ts'
import { type AgentTools, createAgent } from './create-agent.ts'
import { discardDraft, getDraft, putDraft } from './drafts.ts'
import { editingTools } from './edit-tools.ts'
import { agentVersionDetail, diffAgentVersions, listAgentVersions, restoreAgentVersion } from './history.ts'
import { listAgents } from './list-agents.ts'
import { driftDetail, mergeAgent, previewMerge } from './merge-agent.ts'
import { namedAgents } from './named-agents.ts'
import { pullAgent } from './pull.ts'
import { refreshAgent } from './refresh-agent.ts'
import { resolveAgent } from './resolve-agent.ts'
import { newestAgentSync, startAgentSync } from './sync-agents.ts'

type Needs = Pick<Ports, 'store' | 'ids' | 'clock' | 'directory' | 'cache' | 'voiceAccounts'> & {
  readonly agentTools: AgentTools
  readonly publicUrl: string
}

/** Everything that people do with the agents of a company on this side. */
export const managingAgents = (given: Needs) => {
  const ports = { ...given, bringNamed: namedAgents(given) }
  return {
    startAgentSync: startAgentSync(ports),
    newestAgentSync: newestAgentSync(ports),
    listAgents: listAgents(ports),
    resolveAgent: resolveAgent(ports),
    refreshAgent: refreshAgent(ports),
    createAgent: createAgent(ports),
    getDraft: getDraft(ports),
    putDraft: putDraft(ports),
    discardDraft: discardDraft(ports),
    listAgentVersions: listAgentVersions(ports),
    agentVersionDetail: agentVersionDetail(ports),
    diffAgentVersions: diffAgentVersions(ports),
    restoreAgentVersion: restoreAgentVersion(ports),
    driftDetail: driftDetail(ports),
    previewMerge: previewMerge(ports),
    pullAgent: pullAgent(ports),
    mergeAgent: mergeAgent(ports),
    ...editingTools({ ...ports, getDraft: getDraft(ports), putDraft: putDraft(ports) }),
  }
}
