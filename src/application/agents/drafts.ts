import { err, ok, type Result } from 'neverthrow'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { isDeeper, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { type PhoneNumber, parsePhoneNumber } from '../../domain/phone-number.ts'
import type { NotFound } from '../access/authenticate.ts'
import { invalid } from '../booking/wanted.ts'
import type { InputError, InvalidInput } from '../failure.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import {
  addVersion,
  backUp,
  changeAgent,
  configurationAt,
  type Editing,
  lookAt,
  type SeenVersion,
  saveSettled,
} from './agent-desk.ts'
import type { AgentChangedMeanwhile, AgentNeverSeen } from './agent-failures.ts'
import { currentVersion } from './current-version.ts'
import type { Resolving } from './resolve-agent.ts'
import { sealedEdit, unknownSecrets } from './sealed-configuration.ts'

/** The whole documents of an agent. Secrets in them are placeholders. */
export interface AgentDraft {
  readonly agent: ManagedAgent
  /** Ours. */
  readonly version: number
  /** Something of ours is ahead of what Retell has, and this is it. */
  readonly isDraft: boolean
  readonly configuration: AgentConfiguration
}

/** The whole documents as somebody wants them; numbers in any spelling. */
export interface WantedDraft extends SeenVersion {
  readonly agent: JsonObject
  readonly engine: JsonObject | undefined
  readonly numbers: readonly string[]
  readonly message: string
}

/** Our draft; without one, what callers reach, and where nothing is live, what both sides have. */
export const getDraft =
  (ports: Resolving) =>
  (scope: CompanyScope, name: string): Promise<Result<AgentDraft, NotFound | AgentNeverSeen>> =>
    lookAt(ports)(scope, name, (tx, agent) => draftOf(tx, agent))

/**
 * Makes these documents our draft, as a version of origin `edited`. Retell is told nothing. Placeholders of secrets may stay,
 * be moved and be left out; a secret in plain text is sealed. Documents that come to the same as what is shown change
 * nothing, and those that come to what both sides have leave nothing of ours ahead.
 */
export const putDraft =
  (ports: Editing) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    name: string,
    wanted: WantedDraft,
  ): Promise<Result<AgentDraft, NotFound | InvalidInput | AgentChangedMeanwhile | AgentNeverSeen>> => {
    const createdAt = ports.clock.now()
    const { message } = wanted
    return changeAgent(ports)<AgentDraft, InvalidInput | AgentNeverSeen>(scope, name, wanted, async (tx, agent) => {
      const shown = await draftOf(tx, agent)
      if (shown.isErr()) return err(shown.error)
      const { configuration: before, version } = shown.value
      const read = await configurationOf(tx, profile, before, wanted)
      if (read.isErr()) return err(read.error)
      const sealed = await sealedEdit(tx, [before], read.value)
      if (sealed.isErr()) return err(unknownSecrets(sealed.error))
      const configuration = sealed.value
      if (tx.agents.hashOf(configuration) === tx.agents.hashOf(before)) return shown
      const edit = { agent: agent.id, configuration, parents: [version], origin: 'edited', message, createdAt } as const
      const draft = await addVersion(tx, scope, edit)
      return draftOf(tx, await saveSettled(tx, { ...agent, draft: draft.number }))
    })
  }

/** Nothing of ours is ahead any more; the draft stays in the history as a backup. */
export const discardDraft =
  (ports: Editing) =>
  async (
    scope: CompanyScope,
    name: string,
    seen: SeenVersion = {},
  ): Promise<Result<ManagedAgent, NotFound | AgentChangedMeanwhile | AgentNeverSeen>> => {
    const createdAt = ports.clock.now()
    return changeAgent(ports)(scope, name, seen, async (tx, agent) => {
      if (agent.draft === undefined) return ok(agent)
      // Without it, an agent that was made here would be nothing at all.
      if (currentVersion({ ...agent, draft: undefined }) === undefined) return err({ kind: 'agent-never-seen' })
      await backUp(tx, scope, agent, { message: 'Kept before the draft was discarded', createdAt })
      return ok(await saveSettled(tx, { ...agent, draft: undefined }))
    })
  }

export const draftOf = async (tx: CompanyTx, agent: ManagedAgent): Promise<Result<AgentDraft, AgentNeverSeen>> => {
  const version = currentVersion(agent)
  if (version === undefined) return err({ kind: 'agent-never-seen' })
  const configuration = await configurationAt(tx, agent.id, version)
  return ok({ agent, version, isDraft: version === agent.draft, configuration })
}

const deepest = 100

/** Is it nested more deeply than anything is read? */
export const isTooDeep = (document: Json): boolean => isDeeper(document, deepest)

const configurationOf = async (
  tx: CompanyTx,
  profile: CompanyProfile,
  before: AgentConfiguration,
  { agent, engine, numbers: wanted }: WantedDraft,
): Promise<Result<AgentConfiguration, InvalidInput>> => {
  for (const [pointer, document] of [
    ['/agent', agent],
    ['/response_engine', engine ?? null],
  ] as const) {
    if (isTooDeep(document)) return invalid(pointer, 'This is nested more deeply than anything is read.')
  }
  const numbers = new Set<PhoneNumber>()
  const errors: InputError[] = []
  const own = await ownNumbers(tx, profile, before)
  for (const [index, text] of wanted.entries()) {
    const number = parsePhoneNumber(text, profile.company.country).unwrapOr(undefined)
    if (number !== undefined && own.has(number)) numbers.add(number)
    else errors.push({ pointer: `/numbers/${index}`, detail: 'This is none of the numbers of the company.' })
  }
  return errors.length > 0
    ? err({ kind: 'invalid-input', errors })
    : ok({ agent, engine, numbers: [...numbers].toSorted() })
}

/** Those that an agent of the company may be rung by. */
export const ownNumbers = async (
  tx: CompanyTx,
  { branches }: CompanyProfile,
  { numbers }: AgentConfiguration,
): Promise<ReadonlySet<PhoneNumber>> => {
  const seen = await tx.seenNumbers.list()
  const inFile = branches.flatMap(({ phoneNumbers }) => phoneNumbers)
  return new Set([...numbers, ...inFile.map(({ number }) => number), ...seen.map(({ number }) => number)])
}
