import { err, ok, type Result } from 'neverthrow'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { type Merge, type MergeDecision, type MergeDifference, merge, resolve } from '../../domain/agents/merge.ts'
import { type SemanticDiff, semanticDiff } from '../../domain/agents/semantic-diff.ts'
import { joinConfiguration, splitConfiguration } from '../../domain/agents/split-configuration.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { InvalidInput } from '../failure.ts'
import type { AgentVersion, ManagedAgent } from '../ports/agents.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { addVersion, backUp, changeAgent, configurationAt, type Editing, lookAt, saveSettled } from './agent-desk.ts'
import type { AgentChangedMeanwhile, AgentNeverSeen } from './agent-failures.ts'
import type { PullWish } from './pull.ts'
import type { Resolving } from './resolve-agent.ts'
import { sealedEdit, unknownSecrets } from './sealed-configuration.ts'
import { versionAt } from './settled.ts'

/** How our side and Retell's came apart since both were last seen equal. */
export interface DriftDetail {
  readonly agent: ManagedAgent
  /** Our draft, else what both sides have. */
  readonly ours: AgentVersion | undefined
  readonly base: AgentVersion | undefined
  readonly theirs: AgentVersion | undefined
  readonly changes: { readonly ours: SemanticDiff; readonly theirs: SemanticDiff }
  /** What both changed, each in its own way: to be decided when they are merged. */
  readonly conflicts: readonly MergeDifference[]
}

export interface MergeWish extends Omit<PullWish, 'overwrite'> {
  /** By the path of a conflict, as `pathText` writes it. */
  readonly decisions: ReadonlyMap<string, MergeDecision>
  readonly message: string
}

export type MergedAgent =
  | { readonly kind: 'merged'; readonly agent: ManagedAgent; readonly backup: number | undefined }
  /** Nothing was changed. */
  | { readonly kind: 'undecided'; readonly agent: ManagedAgent; readonly conflicts: readonly MergeDifference[] }

/** As both sides were last seen; Retell is not asked. */
export const driftDetail =
  (ports: Resolving) =>
  (scope: CompanyScope, name: string): Promise<Result<DriftDetail, NotFound>> =>
    lookAt(ports)<DriftDetail, never>(scope, name, async (tx, agent) => {
      const { base, ours, theirs } = await sidesOf(tx, agent)
      const { conflicts } = merge(base, ours, theirs)
      return ok({
        agent,
        ours: await versionAt(tx, agent.id, agent.draft ?? agent.base),
        base: await versionAt(tx, agent.id, agent.base),
        theirs: await versionAt(tx, agent.id, agent.theirs),
        changes: { ours: semanticDiff(base, ours), theirs: semanticDiff(base, theirs) },
        conflicts,
      })
    })

/**
 * Brings the changes of both sides together as our draft, a version of origin `merged` made from both; what our side had
 * is kept as a backup first. As long as something that both changed is undecided, nothing is changed and that is the answer.
 */
export const mergeAgent =
  (ports: Editing) =>
  (
    scope: CompanyScope,
    name: string,
    { decisions, message, theirs: shown, ifVersion }: MergeWish,
  ): Promise<Result<MergedAgent, NotFound | InvalidInput | AgentChangedMeanwhile | AgentNeverSeen>> => {
    const createdAt = ports.clock.now()
    type Refusal = InvalidInput | AgentChangedMeanwhile | AgentNeverSeen
    return changeAgent(ports)<MergedAgent, Refusal>(scope, name, { ifVersion }, async (tx, agent) => {
      const { theirs } = agent
      const ours = agent.draft ?? agent.base
      if (theirs === undefined || ours === undefined) return err({ kind: 'agent-never-seen' })
      if (shown !== undefined && shown !== theirs) return err({ kind: 'agent-changed-meanwhile', version: theirs })
      const sides = await sidesOf(tx, agent)
      const resolved = resolve(merge(sides.base, sides.ours, sides.theirs), decisions)
      if (resolved.isErr()) return err(notDisputed(resolved.error.paths))
      const { conflicts } = resolved.value
      if (conflicts.length > 0) return ok({ kind: 'undecided', agent, conflicts })
      if (agent.syncStatus === 'clean' || agent.syncStatus === 'ours_ahead') {
        return ok({ kind: 'merged', agent, backup: undefined })
      }
      const configuration = await sealedEdit(tx, Object.values(sides), mergedOf(resolved.value))
      if (configuration.isErr()) return err(unknownSecrets(configuration.error))
      const backup = await backUp(tx, scope, agent, { message: 'Kept before both sides were merged', createdAt })
      const hash = tx.agents.hashOf(configuration.value)
      const isTheirs = (await versionAt(tx, agent.id, theirs))?.hash === hash
      const merged = {
        agent: agent.id,
        configuration: configuration.value,
        origin: 'merged',
        message,
        createdAt,
      } as const
      const draft = isTheirs ? theirs : (await addVersion(tx, scope, { ...merged, parents: [ours, theirs] })).number
      return ok({ kind: 'merged', agent: await saveSettled(tx, { ...agent, draft, base: theirs }), backup })
    })
  }

/** What a merge with these decisions would make of our side. Nothing is changed. */
export interface MergePreview {
  readonly agent: ManagedAgent
  /** From our draft, else what both sides have, to what the draft would be. */
  readonly changes: SemanticDiff
  /** What is left to be decided; until then it has what stood in the base. */
  readonly conflicts: readonly MergeDifference[]
}

/** As both sides were last seen; Retell is not asked. */
export const previewMerge =
  (ports: Resolving) =>
  (
    scope: CompanyScope,
    name: string,
    decisions: MergeWish['decisions'],
  ): Promise<Result<MergePreview, NotFound | InvalidInput>> =>
    lookAt(ports)<MergePreview, InvalidInput>(scope, name, async (tx, agent) => {
      const sides = await sidesOf(tx, agent)
      const resolved = resolve(merge(sides.base, sides.ours, sides.theirs), decisions)
      if (resolved.isErr()) return err(notDisputed(resolved.error.paths))
      const { merged, conflicts } = resolved.value
      return ok({ agent, changes: semanticDiff(sides.ours, merged), conflicts })
    })

const nothing: AgentConfiguration = { agent: {}, engine: undefined, numbers: [] }

/** A side that has nothing changed nothing. Where both were never equal, everything was added by both. */
const sidesOf = async (
  tx: CompanyTx,
  { id, draft, base: agreed, theirs: seen }: ManagedAgent,
): Promise<Merge['sides']> => {
  const at = async (number: number | undefined, otherwise: AgentConfiguration) =>
    number === undefined ? otherwise : configurationAt(tx, id, number)
  const base = await at(agreed, nothing)
  return { base, ours: await at(draft, base), theirs: await at(seen, base) }
}

/** The contents of both, said about as Retell says it of its newest. */
const mergedOf = ({ merged, sides }: Merge): AgentConfiguration =>
  joinConfiguration({ content: merged, saidAbout: splitConfiguration(sides.theirs).saidAbout })

const notDisputed = (paths: readonly string[]): InvalidInput => ({
  kind: 'invalid-input',
  errors: paths.map((path) => ({ pointer: `/decisions${path}`, detail: 'There is nothing to decide here.' })),
})
