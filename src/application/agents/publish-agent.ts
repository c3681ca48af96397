import { err, ok, type Result } from 'neverthrow'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { eventsAddress } from '../../domain/agents/lint/our-address.ts'
import { registered } from '../../domain/agents/registered.ts'
import type { AgentId, JobId, PublicationId } from '../../domain/ids.ts'
import { type PhoneNumber, parsePhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import { invalid } from '../booking/wanted.ts'
import type { InvalidInput } from '../failure.ts'
import type { JobWorker } from '../jobs/work-jobs.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Publication } from '../ports/releases.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { agentUpdated } from './agent-events.ts'
import type { RetellNotConnected } from './agent-failures.ts'
import type { Gate } from './gate.ts'
import type { Publishing } from './open-publication.ts'
import { ownAgents } from './own-agents.ts'
import { publishKey, stepsOf, toResume } from './publication.ts'

/** What a version has to pass before callers reach it. Undefined: there is no such version. */
export type PublishGate = (
  scope: CompanyScope,
  agent: AgentId,
  request: { readonly version: number; readonly confirmedRemovals: readonly string[] },
) => Promise<Gate | undefined>

export interface PublishRequest {
  /**
   * The company's numbers that are to ring it, in any spelling. Undefined: those of the version, else those that ring the
   * agent now. None: it becomes a candidate, which a rollout can send callers to.
   */
  readonly numbers?: readonly string[] | undefined
  readonly message?: string | undefined
  /** Ours. Undefined: the draft, else what both sides have. */
  readonly version?: number | undefined
  /** Tools of the live version that may go. */
  readonly confirmedRemovals?: readonly string[] | undefined
}

/** It would harm callers; nothing was changed. */
export type GateClosed = { readonly kind: 'gate-closed'; readonly findings: Gate['findings'] }
/** Another one of the agent is under way. */
export type PublicationRunning = { readonly kind: 'publication-running'; readonly publication: PublicationId }
/** It is over, or a later one has overtaken it: nothing of it can be done any more. */
export type PublicationOver = { readonly kind: 'publication-over' }
export type NothingToPublish = { readonly kind: 'nothing-to-publish' }

export type PublishFailure =
  | NotFound
  | InvalidInput
  | RetellNotConnected
  | GateClosed
  | PublicationRunning
  | NothingToPublish

export type StartingPublish = Publishing & { readonly gate: PublishGate }

/**
 * Begins to make a version what callers of these numbers reach. It is only said to be published once Retell's own answers
 * prove it; until then a job of the kind `agent-publish` is at it, and its steps are those of the publication.
 */
export const startPublish =
  (ports: StartingPublish) =>
  async (
    scope: CompanyScope,
    agent: AgentId,
    request: PublishRequest,
  ): Promise<Result<Publication, PublishFailure>> => {
    const profile = await ports.directory.profile(scope.company)
    const managed = await ports.store.read(scope, (tx) => tx.agents.find(agent))
    if (!profile || !managed || managed.isGone) return err({ kind: 'not-found' })
    if (!(await ports.voiceAccounts.of(profile))) return err({ kind: 'retell-not-connected' })
    const version = request.version ?? managed.draft ?? managed.base
    if (version === undefined) return err({ kind: 'nothing-to-publish' })
    const chosen = await ports.store.read(scope, (tx) => tx.agents.configuration(agent, version))
    if (!chosen) return err({ kind: 'not-found' })
    const { isOwnNumber } = await ownAgents(ports, profile)
    const given = await chosenNumbers(request.numbers, profile.company.country, isOwnNumber)
    if (given.isErr()) return err(given.error)
    const { confirmedRemovals = [] } = request
    const gate = await ports.gate(scope, agent, { version, confirmedRemovals })
    if (!gate) return err({ kind: 'not-found' })
    if (gate.isClosed) return err({ kind: 'gate-closed', findings: gate.findings })
    const usual = chosen.numbers.length > 0 ? chosen.numbers : managed.numbers
    const numbers = given.value ?? (await ownOf(usual, isOwnNumber))
    return ports.store.transact(scope, async (tx): Promise<Result<Publication, PublishFailure>> => {
      const known = await tx.agents.find(agent)
      if (!known) return err({ kind: 'not-found' })
      const now = ports.clock.now()
      const prepared = await prepare(tx, ports, scope, known, { number: version, chosen, numbers }, now)
      const isCandidate = given.value?.length === 0
      const what = { version: prepared, retellVersion: undefined, numbers, isCandidate, kind: 'publish' } as const
      return begin(tx, ports, scope, known, { ...what, message: request.message ?? '' }, now)
    })
  }

const ownOf = async (
  numbers: readonly PhoneNumber[],
  isOwn: (number: PhoneNumber) => Promise<boolean>,
): Promise<readonly PhoneNumber[]> => {
  const own: PhoneNumber[] = []
  for (const number of numbers) if (await isOwn(number)) own.push(number)
  return own
}

const chosenNumbers = async (
  given: readonly string[] | undefined,
  country: Parameters<typeof parsePhoneNumber>[1],
  isOwn: (number: PhoneNumber) => Promise<boolean>,
): Promise<Result<readonly PhoneNumber[] | undefined, InvalidInput>> => {
  if (given === undefined) return ok(undefined)
  const numbers = new Set<PhoneNumber>()
  for (const [place, text] of given.entries()) {
    const number = parsePhoneNumber(text, country).unwrapOr(undefined)
    if (number === undefined) return invalid(`/numbers/${place}`, 'This is no phone number.')
    if (!(await isOwn(number))) return invalid(`/numbers/${place}`, 'This is none of the numbers of the company.')
    numbers.add(number)
  }
  return ok([...numbers].toSorted())
}

/**
 * The number of the version as callers are to reach it: it tells us of its calls, and names the numbers that will ring it.
 * The draft stays what it was until all of that is proven.
 */
const prepare = async (
  tx: CompanyTx,
  { publicUrl }: Publishing,
  { actor }: CompanyScope,
  agent: ManagedAgent,
  {
    number,
    chosen,
    numbers,
  }: {
    readonly number: number
    readonly chosen: AgentConfiguration
    readonly numbers: readonly PhoneNumber[]
  },
  now: Instant,
): Promise<number> => {
  const configuration: AgentConfiguration = {
    ...chosen,
    agent: registered(chosen.agent, eventsAddress(publicUrl)),
    numbers: [...new Set([...agent.numbers, ...numbers])].toSorted(),
  }
  const hash = tx.agents.hashOf(configuration)
  const [last] = (await tx.releases.publications(agent.id, { limit: 1, cursor: undefined })).items
  for (const known of [number, last?.version]) {
    const version = known === undefined ? undefined : await tx.agents.version(agent.id, known)
    if (version?.hash === hash) return version.number
  }
  const version = await tx.agents.append({
    ...{ agent: agent.id, configuration, parents: [number], origin: 'edited', author: actor, createdAt: now },
    message: `Version ${number} with our webhook and the numbers that are to ring it`,
  })
  return version.number
}

/** Writes down what is to be done, with the job that does it. */
export const begin = async (
  tx: CompanyTx,
  { ids }: Pick<Publishing, 'ids'>,
  { actor }: CompanyScope,
  agent: ManagedAgent,
  what: Pick<Publication, 'version' | 'retellVersion' | 'numbers' | 'isCandidate' | 'kind' | 'message'>,
  now: Instant,
): Promise<Result<Publication, PublicationRunning>> => {
  const running = await tx.releases.runningPublication(agent.id)
  if (running) return err({ kind: 'publication-running', publication: running.id })
  const id = ids.next('publication')
  const publication: Publication = {
    ...what,
    ...{ id, agent: agent.id, job: ids.next('job'), actor, startedAt: now, endedAt: undefined },
    draftSeen: undefined,
    before: { liveVersion: agent.live, liveAtRetell: agent.liveAtRetell, newestAtRetell: undefined, bindings: [] },
    state: 'running',
    steps: stepsOf(what.kind),
  }
  await queue(tx, publication, false, now)
  tx.publish(agentUpdated(agent))
  return ok(publication)
}

const queue = async (tx: CompanyTx, publication: Publication, undo: boolean, now: Instant): Promise<void> => {
  const { id, job } = publication
  await tx.releases.savePublication(publication)
  await tx.jobs.enqueue({
    ...{ id: job, kind: 'agent-publish', key: publishKey(id, job), payload: { publication: id, undo } },
    ...{ runAt: now, createdAt: now },
  })
}

export type ResumeFailure = NotFound | PublicationRunning | PublicationOver

/** Goes on where it stopped; what is done already is found by asking, and not done twice. */
export const resumePublication = (ports: Publishing) => again(ports, false)

/**
 * The numbers go back to how they were bound, and the draft that was made at Retell is deleted unless somebody else
 * changed it. What was published there stays published.
 */
export const undoPublication = (ports: Publishing) => again(ports, true)

const again =
  ({ store, ids, clock }: Pick<Publishing, 'store' | 'ids' | 'clock'>, undo: boolean) =>
  (scope: CompanyScope, id: PublicationId): Promise<Result<Publication, ResumeFailure>> =>
    store.transact(scope, async (tx) => {
      const found = await tx.releases.publication(id)
      const agent = found && (await tx.agents.find(found.agent))
      const publication = agent && (await tx.releases.publication(id))
      if (!publication) return err({ kind: 'not-found' })
      const [newest] = (await tx.releases.publications(agent.id, { limit: 1, cursor: undefined })).items
      if (newest?.id !== id) return err({ kind: 'publication-over' })
      if (publication.state === 'running' && (await isWorkedOn(tx, publication.job))) {
        return err({ kind: 'publication-running', publication: id })
      }
      if (publication.state === 'published' || publication.state === 'undone') return err({ kind: 'publication-over' })
      const job = ids.next('job')
      const next = undo
        ? { ...publication, job, state: 'running' as const, endedAt: undefined }
        : { ...toResume(publication), job }
      await queue(tx, next, undo, clock.now())
      tx.publish(agentUpdated(agent))
      return ok(next)
    })

/** A job that was given up works on nothing. */
const isWorkedOn = async (tx: CompanyTx, job: JobId): Promise<boolean> => (await tx.jobs.find(job))?.state === 'waiting'

export type Publish = (
  scope: CompanyScope,
  agent: AgentId,
  request: PublishRequest,
  patienceMs: number,
) => Promise<Result<Publication, PublishFailure>>

/**
 * As `startPublish`, and waits for the end of it so many milliseconds of real time: the publication as it is then, which
 * may still be running.
 */
export const publishAndWait =
  (ports: StartingPublish, worker: Pick<JobWorker, 'workNow'>): Publish =>
  async (scope, agent, request, patienceMs) => {
    const started = await startPublish(ports)(scope, agent, request)
    return started.isErr() ? started : ok(await seenToItsEnd(ports, worker)(scope, started.value, patienceMs))
  }

/** Has it done at once, or waits for whoever does it. */
export const seenToItsEnd =
  ({ store, realTime }: Pick<Publishing, 'store' | 'realTime'>, worker: Pick<JobWorker, 'workNow'>) =>
  async (scope: CompanyScope, { id, job }: Publication, patienceMs: number): Promise<Publication> => {
    const deadline = realTime.deadlineIn(patienceMs)
    for (;;) {
      const worked = worker.workNow(scope.company, publishKey(id, job))
      // The work itself goes on when nobody waits any more, and a fault in it is the job's.
      worked.catch(() => undefined)
      await deadline.within(worked.catch(() => undefined))
      const now = await store.read(scope, (tx) => tx.releases.publication(id))
      if (!now) throw new Error('A publication is gone')
      if (now.state !== 'running' || deadline.left() === 0) return now
      await realTime.deadlineIn(lookEveryMs).within(new Promise<never>(() => {}))
    }
  }

const lookEveryMs = 100
