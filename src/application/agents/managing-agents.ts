import { itsAgent, shownAudited } from '../access/audited-agents.ts'
import type { Ports } from '../ports/ports.ts'
import { type AgentTools, createAgent } from './create-agent.ts'
import { discardDraft, getDraft, putDraft } from './drafts.ts'
import { editingTools } from './edit-tools.ts'
import { exportAgent } from './export-agent.ts'
import { agentVersionDetail, diffAgentVersions, listAgentVersions, restoreAgentVersion } from './history.ts'
import { importAgent } from './import-agent.ts'
import { listAgents } from './list-agents.ts'
import { driftDetail, mergeAgent, previewMerge } from './merge-agent.ts'
import { namedAgents } from './named-agents.ts'
import { pullAgent } from './pull.ts'
import { refreshAgent } from './refresh-agent.ts'
import { resolveAgent } from './resolve-agent.ts'
import { newestAgentSync, startAgentSync } from './sync-agents.ts'

type Needs = Pick<Ports, 'store' | 'ids' | 'clock' | 'directory' | 'cache' | 'voiceAccounts' | 'realTime'> & {
  readonly agentTools: AgentTools
  readonly publicUrl: string
}

/** Everything that people do with the agents of a company on this side. */
export const managingAgents = (given: Needs) => {
  const ports = { ...given, bringNamed: namedAgents(given) }
  const audited = shownAudited(ports)
  const tools = editingTools({ ...ports, getDraft: getDraft(ports), putDraft: putDraft(ports) })
  return {
    startAgentSync: startAgentSync(ports),
    newestAgentSync: newestAgentSync(ports),
    listAgents: listAgents(ports),
    resolveAgent: resolveAgent(ports),
    refreshAgent: refreshAgent(ports),
    createAgent: createAgent(ports),
    exportAgent: exportAgent(ports),
    importAgent: importAgent(ports),
    getDraft: audited(getDraft(ports), itsAgent),
    putDraft: putDraft(ports),
    discardDraft: discardDraft(ports),
    listAgentVersions: listAgentVersions(ports),
    agentVersionDetail: audited(agentVersionDetail(ports), itsAgent),
    diffAgentVersions: audited(diffAgentVersions(ports), itsAgent),
    restoreAgentVersion: restoreAgentVersion(ports),
    driftDetail: audited(driftDetail(ports), itsAgent),
    previewMerge: audited(previewMerge(ports), itsAgent),
    pullAgent: pullAgent(ports),
    mergeAgent: mergeAgent(ports),
    ...tools,
    agentToolList: audited(tools.agentToolList, ({ draft }) => draft.agent),
  }
}
