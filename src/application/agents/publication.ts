import type { Json } from '../../domain/canonical-json.ts'
import type { PublicationId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import {
  type Publication,
  type PublicationStep,
  type PublicationStepName,
  publicationSteps,
} from '../ports/releases.ts'
import type { VoiceFailure } from '../ports/voice-accounts.ts'

/** What the steps of each kind are. A rollback makes nothing at Retell but other bindings. */
export const stepsOf = (kind: Publication['kind']): readonly PublicationStep[] =>
  (kind === 'publish' ? publicationSteps : rollbackSteps).map((name) => ({
    name,
    state: 'waiting',
    startedAt: undefined,
    endedAt: undefined,
    detail: undefined,
  }))

const rollbackSteps: readonly PublicationStepName[] = ['backup', 'read-back', 'numbers', 'verify']

/** The first that is not done yet. */
export const nextStep = ({ steps }: Publication): PublicationStepName | undefined =>
  steps.find(({ state }) => state !== 'done')?.name

/** Where it stopped, and why. Undefined: it did not. */
export const stoppedAt = ({ steps }: Publication): PublicationStep | undefined =>
  steps.find(({ state }) => state === 'failed')

export const withStep = (
  publication: Publication,
  name: PublicationStepName,
  change: (step: PublicationStep) => PublicationStep,
): Publication => ({
  ...publication,
  steps: publication.steps.map((step) => (step.name === name ? change(step) : step)),
})

export const begun = (publication: Publication, name: PublicationStepName, now: Instant): Publication =>
  withStep(publication, name, (step) => ({ ...step, state: 'running', startedAt: step.startedAt ?? now }))

export const ended = (
  publication: Publication,
  name: PublicationStepName,
  end: Pick<PublicationStep, 'state' | 'detail'>,
  now: Instant,
): Publication =>
  withStep(publication, name, (step) => ({ ...step, ...end, startedAt: step.startedAt ?? now, endedAt: now }))

/**
 * What is not proven is looked at again from where it can still be put right: a version from its draft on, numbers from
 * the first on. All of that does nothing where it was done.
 */
export const toResume = (publication: Publication): Publication => {
  const { steps } = publication
  const isPublished = steps.find(({ name }) => name === 'read-back')?.state === 'done'
  const kept = steps.findIndex(({ name }) => name === (isPublished ? 'numbers' : 'draft-version'))
  return {
    ...publication,
    state: 'running',
    endedAt: undefined,
    steps: steps.map((step, place) =>
      step.state === 'done' && (kept < 0 || place < kept)
        ? step
        : { ...step, state: 'waiting', endedAt: undefined, detail: undefined },
    ),
  }
}

/** What a job of this kind is to do. */
export interface PublishOrder {
  readonly publication: string
  readonly undo: boolean
}

export const orderIn = ({ publication, undo }: { readonly [name: string]: Json | undefined }): PublishOrder => ({
  publication: String(publication),
  undo: undo === true,
})

/** Its own for every attempt, for a job that is just ending would swallow the next one of its key. */
export const publishKey = (id: PublicationId, attempt: string): string => `agent-publish:${id}:${attempt}`

/** What was not done, in a plain sentence. */
export const whyNot = ({ kind, detail }: VoiceFailure): string => {
  if (kind === 'unreachable') return unanswered
  const said = kind === 'refused' && !detail.startsWith('Retell') ? `Retell refused it: ${detail}` : detail
  return said.endsWith('.') ? said : `${said}.`
}

const unanswered =
  'Retell did not answer in time, so nobody knows whether it was done. Resume, and it is looked up first.'
