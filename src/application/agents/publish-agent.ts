import { err, ok, type Result } from 'neverthrow'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { eventsAddress } from '../../domain/agents/lint/our-address.ts'
import { registered } from '../../domain/agents/registered.ts'
import type { AgentId } from '../../domain/ids.ts'
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
import type { RetellNotConnected } from './agent-failures.ts'
import { begin, ownOf, seenToItsEnd } from './begin-publication.ts'
import { currentVersion } from './current-version.ts'
import type { Gate } from './gate.ts'
import type { Publishing } from './open-publication.ts'
import { ownAgents } from './own-agents.ts'
import type { GateClosed, NothingToPublish, PublicationRunning } from './release-failures.ts'

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
  /** Ours. Undefined: the draft, else what callers reach. */
  readonly version?: number | undefined
  /** Tools of the live version that may go. */
  readonly confirmedRemovals?: readonly string[] | undefined
}

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
    const version = request.version ?? currentVersion(managed)
    if (version === undefined) return err({ kind: 'nothing-to-publish' })
    const chosen = await ports.store.read(scope, (tx) => tx.agents.configuration(agent, version))
    if (!chosen) return invalid('/version', 'There is no such version.')
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
