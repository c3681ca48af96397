import { err, ok, type Result } from 'neverthrow'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { type SemanticDiff, semanticDiff } from '../../domain/agents/semantic-diff.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { AgentVersion, ManagedAgent } from '../ports/agents.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { CompanyScope } from '../scope.ts'
import {
  addVersion,
  backUp,
  changeAgent,
  configurationAt,
  type Editing,
  found,
  lookAt,
  type SeenVersion,
  saveSettled,
} from './agent-desk.ts'
import type { AgentChangedMeanwhile, AgentNeverSeen } from './agent-failures.ts'
import { type AgentDraft, draftOf } from './drafts.ts'
import type { Resolving } from './resolve-agent.ts'

/** A version with its whole documents. Secrets in them are placeholders. */
export interface VersionDetail {
  readonly agent: ManagedAgent
  readonly version: AgentVersion
  readonly configuration: AgentConfiguration
}

/** How one version became the other. */
export interface VersionDiff {
  readonly agent: ManagedAgent
  readonly from: AgentVersion
  readonly to: AgentVersion
  readonly changes: SemanticDiff
}

/** Newest first. */
export const listAgentVersions =
  (ports: Resolving) =>
  (scope: CompanyScope, name: string, request: PageRequest): Promise<Result<Page<AgentVersion>, NotFound>> =>
    lookAt(ports)(scope, name, async (tx, agent) => ok(await tx.agents.versions(agent.id, request)))

export const agentVersionDetail =
  (ports: Resolving) =>
  (scope: CompanyScope, name: string, number: number): Promise<Result<VersionDetail, NotFound>> =>
    lookAt(ports)(scope, name, async (tx, agent) => {
      const version = await tx.agents.version(agent.id, number)
      if (!version) return err({ kind: 'not-found' })
      return ok({ agent, version, configuration: await configurationAt(tx, agent.id, number) })
    })

/** What changed from the version `against` to `number`; against what it was made from, unless told otherwise. */
export const diffAgentVersions =
  (ports: Resolving) =>
  (scope: CompanyScope, name: string, number: number, against?: number): Promise<Result<VersionDiff, NotFound>> =>
    lookAt(ports)(scope, name, async (tx, agent) => {
      const to = await tx.agents.version(agent.id, number)
      const from = to && (await tx.agents.version(agent.id, against ?? to.parents[0] ?? number))
      if (!from) return err({ kind: 'not-found' })
      const [before, after] = [
        await configurationAt(tx, agent.id, from.number),
        await configurationAt(tx, agent.id, to.number),
      ]
      return ok({ agent, from, to, changes: semanticDiff(before, after) })
    })

/** An old version becomes our draft, as a new one of origin `restored`; what our side had is kept as a backup. */
export const restoreAgentVersion =
  (ports: Editing) =>
  async (
    scope: CompanyScope,
    name: string,
    number: number,
    { message, ...seen }: SeenVersion & { readonly message: string },
  ): Promise<Result<AgentDraft, NotFound | AgentChangedMeanwhile | AgentNeverSeen>> => {
    const createdAt = ports.clock.now()
    return changeAgent(ports)<AgentDraft, NotFound | AgentNeverSeen>(scope, name, seen, async (tx, agent) => {
      const version = found(await tx.agents.version(agent.id, number))
      if (version.isErr()) return err(version.error)
      await backUp(tx, scope, agent, { message: `Kept before version ${number} was restored`, createdAt })
      const configuration = await configurationAt(tx, agent.id, number)
      const restored = await addVersion(tx, scope, {
        ...{ agent: agent.id, configuration, parents: [number], origin: 'restored', message, createdAt },
      })
      return draftOf(tx, await saveSettled(tx, { ...agent, draft: restored.number }))
    })
  }
