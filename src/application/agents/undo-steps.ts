import { ok } from 'neverthrow'
import { isBetween } from '../../domain/agents/parts.ts'
import type { Instant } from '../../domain/time.ts'
import type { Publication } from '../ports/releases.ts'
import { rebindNumbers } from './number-steps.ts'
import { whyNot } from './publication.ts'
import { failed, type PublishDesk, type StepDone, type StepEnd, type StepFailed } from './publish-desk.ts'
import { findCreated, partsAt, versionsOf } from './version-steps.ts'

export interface StepsUndone {
  readonly kind: 'undone'
  readonly numbers: string
  readonly draft: string
  /** It had been made for this publication, and was never published. */
  readonly isAgentGone: boolean
}

/** Numbers first, for Retell keeps a version that one of them names. What was published stays published, and is said. */
export const undoSteps = async (desk: PublishDesk): Promise<StepsUndone | Exclude<StepEnd, StepDone>> => {
  const numbers = await rebindNumbers(desk)
  if (numbers.kind !== 'done') return numbers
  const draft = await removeDraft(desk)
  if (draft.kind === 'failed') return draft
  return { ...draft, kind: 'undone', numbers: numbers.detail }
}

type DraftRemoved = Pick<StepsUndone, 'draft' | 'isAgentGone'> & { readonly kind: 'removed' }

const removed = (draft: string, isAgentGone = false): DraftRemoved => ({ kind: 'removed', draft, isAgentGone })
const nothingMade = removed('Nothing was made at Retell.')
const agentRemoved = removed('The agent that was made at Retell is deleted again.', true)

const removeDraft = async (desk: PublishDesk): Promise<StepFailed | DraftRemoved> => {
  const { account, agent, publication, base, target, digestOf } = desk
  const { retellVersion } = publication
  if (agent.retellAgentId === undefined) return removeLost(desk)
  if (retellVersion === undefined) return nothingMade
  const versions = await account.versions(agent.retellAgentId)
  if (versions.isErr()) return failed(versions.error)
  const there = versions.value?.find(({ version }) => version === retellVersion)
  if (!there) return removed(`Retell does not have version ${retellVersion} any more.`)
  if (there.isPublished) return removed(`Version ${retellVersion} stays published at Retell; no number was left on it.`)
  const parts = await partsAt(account, agent.retellAgentId, retellVersion)
  if (parts.isErr()) return failed(parts.error)
  const isOurs = isBetween(parts.value, base ?? target, target) || digestOf(parts.value) === publication.draftSeen
  if (!isOurs) return removed(`Somebody else changed the draft ${retellVersion} at Retell, so it stays.`)
  // An agent cannot be without a version.
  const isAgentGone = versions.value?.length === 1
  const answer = isAgentGone
    ? await account.deleteAgent(agent.retellAgentId)
    : await account.deleteVersion(agent.retellAgentId, retellVersion)
  if (answer.isErr()) return failed(whyNot(answer.error))
  if (isAgentGone) return agentRemoved
  const left = await versionsOf(account, agent.retellAgentId)
  if (left.isErr()) return failed(left.error)
  return left.value.some(({ version }) => version === retellVersion)
    ? failed(`Retell took the word to delete its draft ${retellVersion}, yet it is still there. Undo again.`)
    : removed(`The draft ${retellVersion} at Retell is deleted.`)
}

/** Retell may have made the agent, and only its answer was lost. */
const removeLost = async (desk: PublishDesk): Promise<StepFailed | DraftRemoved> => {
  const isBegun = desk.publication.steps.some(({ name, startedAt }) => name === 'draft-version' && startedAt)
  const found = isBegun ? await findCreated(desk) : ok(undefined)
  if (found.isErr()) return failed(found.error)
  if (found.value === undefined) return nothingMade
  const answer = await desk.account.deleteAgent(found.value)
  return answer.isErr() ? failed(whyNot(answer.error)) : agentRemoved
}

/** What was done and is so no more; what stays is said where it was done. */
export const afterUndoing = (publication: Publication, end: StepsUndone | StepFailed, now: Instant): Publication => {
  if (end.kind === 'failed') {
    const at = publication.steps.findLast(({ startedAt }) => startedAt !== undefined)?.name ?? 'backup'
    return {
      ...publication,
      state: 'failed',
      endedAt: now,
      steps: publication.steps.map((step) =>
        step.name === at
          ? { ...step, state: 'failed', detail: `It could not be undone. ${end.detail}`, endedAt: now }
          : step,
      ),
    }
  }
  const told: { readonly [name: string]: string } = { 'draft-version': end.draft, numbers: end.numbers }
  return {
    ...publication,
    state: 'undone',
    endedAt: now,
    steps: publication.steps.map((step) =>
      step.startedAt === undefined || unchanging.includes(step.name)
        ? step
        : { ...step, state: 'undone', detail: told[step.name] ?? step.detail },
    ),
  }
}

/** They changed nothing at Retell. */
const unchanging: readonly string[] = [
  'gate',
  'backup',
  'compare',
  'read-back',
  'verify',
] satisfies Publication['steps'][number]['name'][]
