import type { Drift } from '../../domain/agents/drift.ts'
import type { AgentQuery, ManagedAgent } from '../ports/agents.ts'
import type { Page } from '../ports/page.ts'
import type { CompanyScope } from '../scope.ts'
import { isAnothersAgent } from './own-agents.ts'
import type { Resolving } from './resolve-agent.ts'

export interface AgentList extends Page<ManagedAgent> {
  /** Of all agents that are not gone, whatever was searched for. */
  readonly tally: { readonly [Status in Drift]: number }
}

/**
 * The agents of a company by slug, as they were last known: Retell is not asked, and no configuration is read. Those
 * that the company file names are among them before they were ever seen, of status `unknown`.
 */
export const listAgents =
  ({ store, directory, bringNamed }: Resolving) =>
  async (scope: CompanyScope, query: AgentQuery): Promise<AgentList> => {
    const profile = await directory.profile(scope.company)
    if (profile) await bringNamed(scope, profile)
    const found = await store.read(scope, async (tx) => ({
      ...(await tx.agents.list(query)),
      tally: await tx.agents.tally(),
    }))
    const items: ManagedAgent[] = []
    for (const agent of found.items) {
      const { retellAgentId: id } = agent
      if (id === undefined || !(await isAnothersAgent({ directory }, scope.company, id))) items.push(agent)
    }
    return { ...found, items }
  }
