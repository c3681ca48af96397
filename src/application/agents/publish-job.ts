import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { parseId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { JobHandler, JobOutcome } from '../jobs/job-handler.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Publication, PublicationStepName } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import { concludePublication } from './conclude-publication.ts'
import { backup, bindNumbers, verify } from './number-steps.ts'
import { openPublication, type Publishing } from './open-publication.ts'
import { begun, ended, nextStep, orderIn } from './publication.ts'
import { type NoteChange, overtaken, type PublicationNotes, takeUpPublication } from './publication-notes.ts'
import { done, type Learned, type PublishDesk, type StepDone, type Steps } from './publish-desk.ts'
import { forgetLook } from './refresh-agent.ts'
import { sealed } from './sealed-configuration.ts'
import { afterUndoing, undoSteps } from './undo-steps.ts'
import { agentDocument, compare, draftVersion, engine, publish, readBack } from './version-steps.ts'

/** Real time after which the rest waits for another turn: well within the lease of a job, with a slow answer to come. */
const turnMs = 45_000

const steps: Steps = {
  gate: async () => done('Nothing that would harm callers was found.'),
  backup,
  'draft-version': draftVersion,
  engine,
  agent: agentDocument,
  compare,
  publish,
  'read-back': readBack,
  numbers: bindNumbers,
  verify,
}

/**
 * Brings a publication to its end, step by step, each kept before the next begins: whoever takes it up after a crash finds
 * where it was, and asks Retell before telling it anything again. A failure ends the publication and not the job.
 */
export const publishAgent =
  (ports: Publishing): JobHandler =>
  async (scope, job) => {
    const order = orderIn(job.payload)
    const id = parseId('publication', order.publication)
    if (id.isErr()) return { kind: 'given-up', error: 'It names no publication.' }
    const turn = ports.realTime.deadlineIn(turnMs)
    const notes = await takeUpPublication(ports, scope, id.value, job.id)
    const opened = notes && (await openPublication(ports, scope, id.value, job.id, turn, notes))
    if (!opened) return { kind: 'done' }
    if (opened.isErr()) {
      if (opened.error.kind === 'impossible') await notes.keep(stopped(opened.error.why))
      return { kind: 'done' }
    }
    const outcome = await (order.undo ? undo(ports, notes, opened.value) : walk(ports, notes, opened.value))
    await forgetLook(ports, scope.company, opened.value.agent.id)
    return outcome
  }

const walk = async (ports: Publishing, notes: PublicationNotes, start: PublishDesk): Promise<JobOutcome> => {
  let desk = start
  for (;;) {
    const name = nextStep(desk.publication)
    if (name === undefined) return { kind: 'done' }
    if (desk.turn.left() === 0) return inAnotherTurn(ports)
    const isRepeated = desk.publication.steps.some((step) => step.name === name && step.startedAt !== undefined)
    const entered = await notes.keep(async (_tx, { publication, agent }, now) => ({
      publication: begun(publication, name, now),
      agent,
    }))
    if (!entered) return overtaken(ports)
    desk = { ...desk, ...entered, isRepeated }
    const end = await steps[name](desk)
    if (end.kind === 'later') return inAnotherTurn(ports)
    if (end.kind === 'overtaken') return overtaken(ports)
    const kept = await notes.keep(end.kind === 'failed' ? failedAt(name, end.detail) : learned(ports, name, end))
    if (!kept) return overtaken(ports)
    if (end.kind === 'failed') return { kind: 'done' }
    desk = { ...desk, ...kept }
  }
}

const inAnotherTurn = ({ clock }: Publishing): JobOutcome => ({
  kind: 'postponed',
  until: clock.now(),
  error: undefined,
})

const failedAt =
  (name: PublicationStepName, detail: string): NoteChange =>
  async (_tx, { publication, agent }, now) => ({
    publication: { ...ended(publication, name, { state: 'failed', detail }, now), state: 'failed', endedAt: now },
    agent,
  })

/** It cannot even be tried. */
const stopped =
  (why: string): NoteChange =>
  (tx, state, now) =>
    failedAt(nextStep(state.publication) ?? 'verify', why)(tx, state, now)

/** What a step learned becomes ours in the transaction that notes its end. */
const learned =
  (ports: Publishing, name: PublicationStepName, { detail, learned: news }: StepDone): NoteChange =>
  async (tx, { publication, agent }, now) => {
    const after = withNews(ended(publication, name, { state: 'done', detail }, now), news)
    if (news.backup) await keepBackup(tx, agent, publication, news.backup, now)
    if (name === 'read-back' && after.kind === 'publish' && after.retellVersion !== undefined) {
      await tx.agents.mapRetellVersion(agent.id, after.retellVersion, after.version, true)
      // It was published before, from a version that was rung by other numbers.
      await tx.agents.shareRetellVersion(agent.id, after.retellVersion, after.version)
    }
    if (news.proven) return concludePublication(ports, tx, { publication: after, agent }, news.proven, now)
    if (news.retellAgentId === undefined) return { publication: after, agent }
    const named = { ...agent, retellAgentId: news.retellAgentId }
    await tx.agents.save(named)
    return { publication: after, agent: named }
  }

const withNews = (
  publication: Publication,
  { retellVersion, draftSeen, newestAtRetell, bindings }: Learned,
): Publication => ({
  ...publication,
  retellVersion: retellVersion ?? publication.retellVersion,
  draftSeen: draftSeen ?? publication.draftSeen,
  before: {
    ...publication.before,
    newestAtRetell: newestAtRetell ?? publication.before.newestAtRetell,
    bindings: bindings ?? publication.before.bindings,
  },
})

/** What is known already is not kept twice. */
const keepBackup = async (
  tx: CompanyTx,
  agent: ManagedAgent,
  { version, actor }: Publication,
  there: AgentConfiguration,
  now: Instant,
): Promise<void> => {
  const configuration = await sealed(tx, there)
  const hash = tx.agents.hashOf(configuration)
  for (const number of [agent.base, agent.theirs]) {
    const known = number === undefined ? undefined : await tx.agents.version(agent.id, number)
    if (known?.hash === hash) return
  }
  await tx.agents.append({
    ...{ agent: agent.id, configuration, origin: 'backup', author: actor, createdAt: now },
    parents: agent.theirs === undefined ? [] : [agent.theirs],
    message: `What Retell had before version ${version} was published`,
  })
}

const undo = async (ports: Publishing, notes: PublicationNotes, desk: PublishDesk): Promise<JobOutcome> => {
  const end = await undoSteps(desk)
  if (end.kind === 'later') return inAnotherTurn(ports)
  if (end.kind === 'overtaken') return overtaken(ports)
  await notes.keep(async (tx, { publication, agent }, now) => {
    const after = afterUndoing(publication, end, now)
    if (end.kind === 'failed' || !end.isAgentGone) return { publication: after, agent }
    const unmade = { ...agent, retellAgentId: undefined }
    await tx.agents.save(unmade)
    return { publication: { ...after, retellVersion: undefined }, agent: unmade }
  })
  return { kind: 'done' }
}
