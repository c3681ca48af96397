import type { AgentId, PublicationId } from '../../domain/ids.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { Ports } from '../ports/ports.ts'
import type { LiveDecision, Publication } from '../ports/releases.ts'
import type { CompanyScope } from '../scope.ts'

type Needs = Pick<Ports, 'store'>

export const findPublication =
  ({ store }: Needs) =>
  (scope: CompanyScope, id: PublicationId): Promise<Publication | undefined> =>
    store.read(scope, (tx) => tx.releases.publication(id))

/** Newest first. */
export const listPublications =
  ({ store }: Needs) =>
  (scope: CompanyScope, agent: AgentId, request: PageRequest): Promise<Page<Publication>> =>
    store.read(scope, (tx) => tx.releases.publications(agent, request))

/** Newest first: which versions callers reached, since when, and why. */
export const listLiveDecisions =
  ({ store }: Needs) =>
  (scope: CompanyScope, agent: AgentId, request: PageRequest): Promise<Page<LiveDecision>> =>
    store.read(scope, (tx) => tx.releases.decisions(agent, request))

/** An agent at the end of a number, by its name where it is known here. */
export interface RungAgent {
  readonly retellAgentId: string
  readonly name: string | undefined
}

/** Which agents each number rings, as last seen: none where it rings nobody. Numbers that were never seen are missing. */
export const rungAgents =
  ({ store }: Needs) =>
  (scope: CompanyScope): Promise<ReadonlyMap<PhoneNumber, readonly RungAgent[]>> =>
    store.read(scope, async (tx) => {
      const seen = (await tx.seenNumbers.list()).filter(({ isThere }) => isThere)
      const ids = new Set(seen.flatMap(({ inbound }) => inbound.map(({ retellAgentId }) => retellAgentId)))
      const names = new Map<string, string>()
      for (const id of ids) {
        const agent = await tx.agents.byRetellId(id)
        if (agent) names.set(id, agent.name)
      }
      return new Map(
        seen.map(({ number, inbound }) => [
          number,
          [...new Set(inbound.map(({ retellAgentId }) => retellAgentId))].map((id) => ({
            retellAgentId: id,
            name: names.get(id),
          })),
        ]),
      )
    })
