import type { AgentId, PublicationId } from '../../domain/ids.ts'
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
