import { err, ok, type Result } from 'neverthrow'
import { accountIds } from '../../domain/agents/account-ids.ts'
import { type AgentConfiguration, documentOf, engineOf } from '../../domain/agents/configuration.ts'
import { below } from '../../domain/agents/json-places.ts'
import { sealedIds } from '../../domain/agents/sealed-values.ts'
import { numberNames, type ReadConfiguration, readConfiguration } from '../../domain/agents/settings-format.ts'
import { joinConfiguration, splitConfiguration } from '../../domain/agents/split-configuration.ts'
import { isObject, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import { type PhoneNumber, parsePhoneNumber } from '../../domain/phone-number.ts'
import type { NotFound } from '../access/authenticate.ts'
import { invalid } from '../booking/wanted.ts'
import type { InvalidInput } from '../failure.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { addVersion, backUp, changeAgent, type Editing, type SeenVersion, saveSettled } from './agent-desk.ts'
import { agentUpdated } from './agent-events.ts'
import type { AgentChangedMeanwhile, AgentNeverSeen } from './agent-failures.ts'
import { freeSlug, isFreeSlug, unseenAgent } from './agent-slugs.ts'
import { type Creating, firstAgent, localeOf, slugs, voiceOfOthers } from './create-agent.ts'
import { draftOf, isTooDeep, ownNumbers } from './drafts.ts'
import { namedSecrets, type SealedName } from './exchange-document.ts'
import { filledIn } from './fill-secrets.ts'
import { shownOf } from './learn-agent.ts'
import { sealed } from './sealed-configuration.ts'

export interface ImportWish extends SeenVersion {
  readonly document: Json
  /** The agent whose draft it becomes. Undefined: a new one. */
  readonly into?: string | undefined
  /** Of a new one; made of the name when not given. */
  readonly slug?: Slug | undefined
  /** In place of the one in the document. */
  readonly name?: string | undefined
  readonly message: string
  /** What the names of an export of ours stand for. */
  readonly secrets?: { readonly [name: string]: string } | undefined
}

export interface ImportedAgent {
  readonly agent: ManagedAgent
  /** Ours: the draft. */
  readonly version: number
  /** What our side had before. */
  readonly backup: number | undefined
  /** Secrets that are still to be entered; as long as they are, the version cannot be published. */
  readonly secretsMissing: readonly SealedName[]
  /** Where in the document something stands that was not understood and not taken over; the first of them. */
  readonly leftover: readonly string[]
  /** As they were written; they are no numbers of the company. */
  readonly numbersDropped: readonly string[]
  /** Where it names something of an account that it may not have come from, such as a knowledge base; the first of them. */
  readonly accountIds: readonly string[]
}

type ImportFailure = NotFound | InvalidInput | AgentChangedMeanwhile | AgentNeverSeen

/**
 * Takes over an agent from a document: our export, one of Retell, or one that an older system kept. It becomes a draft, of a
 * new agent or of one that is there, whose draft is kept as a backup first. Ids of the account that it came from are left
 * behind, and so are numbers that are not the company's. Retell is told nothing.
 */
export const importAgent =
  (ports: Creating & Editing) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    wish: ImportWish,
  ): Promise<Result<ImportedAgent, ImportFailure>> => {
    const { document, into, slug } = wish
    if (isTooDeep(document)) return invalid('/document', 'This is nested more deeply than anything is read.')
    const read = readConfiguration(document)
    if (read.isErr() || !isObject(document)) {
      return invalid('/document', 'This is no agent in any form that we know: an export of ours, or one of Retell.')
    }
    if (slug !== undefined && !slugs.test(slug)) {
      return invalid('/slug', 'A slug has lower-case letters, digits and hyphens, at most 64 of them.')
    }
    const given: Given = { wish, read: read.value, named: namedSecrets(document), createdAt: ports.clock.now() }
    return into === undefined ? intoNew(ports, scope, profile, given) : intoKnown(ports, scope, profile, into, given)
  }

interface Given {
  readonly wish: ImportWish
  readonly read: ReadConfiguration
  readonly named: readonly SealedName[]
  readonly createdAt: ReturnType<Editing['clock']['now']>
}

const intoKnown = (
  ports: Editing,
  scope: CompanyScope,
  profile: CompanyProfile,
  name: string,
  given: Given,
): Promise<Result<ImportedAgent, ImportFailure>> => {
  const { wish, createdAt } = given
  return changeAgent(ports)<ImportedAgent, ImportFailure>(scope, name, wish, async (tx, agent) => {
    const shown = await draftOf(tx, agent)
    if (shown.isErr()) return err(shown.error)
    const before = shown.value.configuration
    const taken = await takenOver(tx, profile, given, before, before.agent)
    if (taken.isErr()) return err(taken.error)
    const { configuration, ...told } = taken.value
    if (tx.agents.hashOf(configuration) === tx.agents.hashOf(before)) {
      return ok({ agent, version: shown.value.version, backup: undefined, ...told })
    }
    const backup = await backUp(tx, scope, agent, { message: 'Kept before another one was imported', createdAt })
    const parents = [shown.value.version]
    const what = {
      agent: agent.id,
      configuration,
      parents,
      origin: 'imported',
      message: wish.message,
      createdAt,
    } as const
    const { number } = await addVersion(tx, scope, what)
    const next = await saveSettled(tx, { ...agent, ...shownOf(configuration.agent, agent), draft: number })
    return ok({ agent: next, version: number, backup, ...told })
  })
}

const intoNew = async (
  { store, ids, bringNamed, publicUrl }: Creating,
  scope: CompanyScope,
  profile: CompanyProfile,
  given: Given,
): Promise<Result<ImportedAgent, ImportFailure>> => {
  const { wish, read, createdAt } = given
  await bringNamed(scope, profile)
  return store.transact<ImportedAgent, ImportFailure>(scope, async (tx) => {
    const id = ids.next('agent')
    const { slug } = wish
    if (slug !== undefined && !(await isFreeSlug(tx, id, slug))) {
      return invalid('/slug', 'Another agent has this slug, or an address needs it.')
    }
    const name = wish.name ?? shownOf(read.configuration.agent, { name: slug ?? 'Agent' }).name
    const locale = localeOf(profile.company)
    const usual = firstAgent(profile, { name, locale, voice: await voiceOfOthers(tx), publicUrl })
    const taken = await takenOver(tx, profile, given, undefined, usual)
    if (taken.isErr()) return err(taken.error)
    const { configuration, ...told } = taken.value
    const agent = unseenAgent(id, { slug: slug ?? (await freeSlug(tx, id, name)), retellAgentId: undefined, name })
    await tx.agents.save(agent)
    const what = {
      agent: id,
      configuration,
      parents: [],
      origin: 'imported',
      message: wish.message,
      createdAt,
    } as const
    const { number } = await addVersion(tx, scope, what)
    const made = await saveSettled(tx, { ...agent, ...shownOf(configuration.agent, agent), draft: number })
    tx.publish(agentUpdated(made))
    return ok({ agent: made, version: number, backup: undefined, ...told })
  })
}

type TakenOver = Pick<ImportedAgent, 'secretsMissing' | 'leftover' | 'numbersDropped' | 'accountIds'> & {
  readonly configuration: AgentConfiguration
}

/** What the document makes of `before`; `usual` is the agent's document where it only has an engine. */
const takenOver = async (
  tx: CompanyTx,
  profile: CompanyProfile,
  { wish, read, named }: Given,
  before: AgentConfiguration | undefined,
  usual: JsonObject,
): Promise<Result<TakenOver, InvalidInput>> => {
  const { content } = splitConfiguration(read.configuration)
  const nothing: AgentConfiguration = { agent: {}, engine: undefined, numbers: [] }
  const own = await ownNumbers(tx, profile, before ?? nothing)
  const { numbers, dropped } = sorted(read.numbers, profile, own)
  const renamed = wish.name === undefined ? {} : { agent_name: wish.name }
  const hasAgent = Object.keys(content.agent).length > 0
  const engine = content.engine ?? (isKept(content.agent) ? before?.engine : undefined)
  const written = hasAgent ? content.agent : usual
  const agent: JsonObject = { ...written, ...engineNamed(engine, written), ...renamed }
  if (engine === undefined && isKept(agent)) {
    return invalid('/document', 'This names a prompt or flow and does not hold it. Export the agent together with it.')
  }
  const known = sealedIds(before ? documentOf(before) : {})
  const { document, ids, missing } = await filledIn(tx, documentOf({ agent, engine, numbers: [] }), {
    ...{ named, known, secrets: wish.secrets ?? {} },
  })
  const filled = {
    agent: isObject(document.agent) ? document.agent : {},
    engine: isObject(document.response_engine) ? document.response_engine : undefined,
    numbers: before && numbers.length === 0 ? before.numbers : numbers,
  }
  const { saidAbout, content: kept } = splitConfiguration(before ?? nothing)
  // What was named before is there.
  const here = new Set(accountIds(documentOf(kept)).map(({ id }) => id))
  const elsewhere = accountIds(documentOf(filled)).filter(({ id }) => !here.has(id))
  return ok({
    configuration: joinConfiguration({ content: await sealed(tx, filled, (id) => ids.has(id)), saidAbout }),
    secretsMissing: missing,
    leftover: leftoverPaths(read.leftover),
    numbersDropped: dropped,
    accountIds: elsewhere.slice(0, mostPaths).map(({ path }) => path),
  })
}

/** What the agent's document says of its engine, where it says nothing. */
const engineNamed = (engine: JsonObject | undefined, agent: JsonObject): JsonObject => {
  if (engine === undefined || engineOf(agent) !== undefined) return {}
  const isFlow = ['nodes', 'global_prompt', 'start_node_id'].some((name) => Object.hasOwn(engine, name))
  return { response_engine: { type: isFlow ? 'conversation-flow' : 'retell-llm' } }
}

const isKept = (agent: JsonObject): boolean => {
  const kind = engineOf(agent)?.kind
  return kind === undefined || kind === 'retell-llm' || kind === 'conversation-flow'
}

const sorted = (
  texts: readonly string[],
  { company }: CompanyProfile,
  own: ReadonlySet<PhoneNumber>,
): { readonly numbers: readonly PhoneNumber[]; readonly dropped: readonly string[] } => {
  const numbers = new Set<PhoneNumber>()
  const dropped: string[] = []
  for (const text of texts) {
    const number = parsePhoneNumber(text, company.country).unwrapOr(undefined)
    if (number !== undefined && own.has(number)) numbers.add(number)
    else dropped.push(text)
  }
  return { numbers: [...numbers].toSorted(), dropped }
}

const mostPaths = 200
const heading: ReadonlySet<string> = new Set(['format', 'name', 'slug', 'language', 'sealed'])
const numbered: ReadonlySet<string> = new Set(numberNames)

/** Numbers are told of by themselves, and the heading of an export says nothing of the agent. */
const leftoverPaths = (leftover: JsonObject): readonly string[] => {
  const paths: string[] = []
  const walk = (value: Json, path: string, depth: number): void => {
    if (paths.length === mostPaths) return
    if (typeof value !== 'object' || value === null) paths.push(path)
    else {
      for (const [name, inner] of Object.entries(value)) {
        const isTold = depth < 2 && (numbered.has(name) || (depth === 0 && heading.has(name)))
        if (!isTold) walk(inner, below(path, name), depth + 1)
      }
    }
  }
  walk(leftover, '', 0)
  return paths
}
