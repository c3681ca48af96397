import { type AgentConfiguration, engineOf } from '../../domain/agents/configuration.ts'
import type { ActorName } from '../../domain/booking/appointment.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import type { Instant } from '../../domain/time.ts'
import type { AgentVersion, ManagedAgent } from '../ports/agents.ts'
import type { Ids } from '../ports/ambient.ts'
import type { CompanyTx } from '../ports/store.ts'
import { freeSlug, unseenAgent } from './agent-slugs.ts'
import type { SealedLook } from './sealed-look.ts'
import { fingerprintOf } from './seen-marks.ts'
import { settled, versionAt } from './settled.ts'

/** What was seen of an agent, and how the company's numbers ring it. */
export interface SeenAgent {
  readonly retellAgentId: string
  readonly look: SealedLook
  /** When Retell was asked; for its numbers, if they were asked for before. */
  readonly askedAt: Instant
  /** Sorted, each once. */
  readonly numbers: readonly PhoneNumber[]
  /** It may be the one that somebody is making here and of which no answer came. */
  readonly isAwaited?: boolean
}

export interface LearnedAgent {
  /** `left`: it is being published, or was looked at, by somebody who knows more than this look. */
  readonly outcome: 'same' | 'changed' | 'gone' | 'failed' | 'left'
  /** Undefined: nobody here has known it, and it is not there. */
  readonly agent: ManagedAgent | undefined
}

/** Nobody here made what Retell has. */
const reader: ActorName = { kind: 'job', name: 'agents-sync' }

type Seen = Extract<SealedLook, { readonly kind: 'seen' }>

/**
 * The one place where what Retell has becomes ours. It only ever adds to the history: a version of origin `seen` for
 * each content that is new, without its secrets, which are kept sealed. It never moves a draft: whatever was changed here
 * stays, and how the sides differ is said by `syncStatus` (`settled`); `base` waits for somebody to pull, merge or publish.
 * What failed to be read leaves the agent as it was known.
 */
export const learnAgent = async (
  tx: CompanyTx,
  ids: Ids,
  { retellAgentId, look, askedAt, numbers, isAwaited = false }: SeenAgent,
  now: Instant,
): Promise<LearnedAgent> => {
  const named = await tx.agents.byRetellId(retellAgentId)
  const known = named && (await tx.agents.find(named.id))
  if (known ? await isOvertaken(tx, known, askedAt) : isAwaited) return { outcome: 'left', agent: known }
  if (look.kind === 'gone') return known ? gone(tx, known, now) : { outcome: 'gone', agent: undefined }
  const agent = known ?? (await stranger(tx, ids, retellAgentId, nameIn(look)))
  if (look.kind === 'failed') {
    const failed = { ...agent, syncError: look.failure.detail }
    await tx.agents.save(failed)
    return { outcome: 'failed', agent: failed }
  }
  for (const { id, value } of [look.newest, look.live?.documents].flatMap((one) => one?.secrets ?? [])) {
    await tx.agents.keepSecret(id, value)
  }
  const learned = await learn(tx, agent, look, numbers, now)
  await tx.agents.save(learned)
  const told = (one: ManagedAgent) => JSON.stringify({ ...one, seen: undefined, syncedAt: undefined })
  return { outcome: known && told(known) === told(learned) ? 'same' : 'changed', agent: learned }
}

/** What is known to ring it now, of an agent that was not looked at otherwise. */
export const learnLines = async (
  tx: CompanyTx,
  known: ManagedAgent,
  numbers: readonly PhoneNumber[],
  now: Instant,
): Promise<void> => {
  const last = known.theirs === undefined ? undefined : await tx.agents.configuration(known.id, known.theirs)
  if (!last || !known.seen) return tx.agents.save({ ...known, numbers })
  const { newest, newestIsPublished } = known.seen
  const message = `Seen at Retell as ${newestIsPublished ? 'version' : 'draft'} ${newest}, with other numbers`
  const theirs = await keepSeen(tx, known, { ...last, numbers }, message, now)
  await mapNewest(tx, known, known.seen, theirs)
  const live = known.live === known.theirs ? theirs.number : known.live
  await tx.agents.save(await settled(tx, { ...known, numbers, theirs: theirs.number, live }))
}

const mapNewest = async (
  tx: CompanyTx,
  { id }: ManagedAgent,
  { newest, newestIsPublished }: Pick<Seen['seen'], 'newest' | 'newestIsPublished'>,
  { number }: AgentVersion,
): Promise<void> => {
  await tx.agents.mapRetellVersion(id, newest, number, newestIsPublished)
  if (newestIsPublished) await tx.agents.shareRetellVersion(id, newest, number)
}

/** It was looked at later, or is being published, or was since. */
const isOvertaken = async (tx: CompanyTx, { id, syncedAt }: ManagedAgent, askedAt: Instant): Promise<boolean> => {
  if (syncedAt !== undefined && syncedAt > askedAt) return true
  const [newest] = (await tx.releases.publications(id, { limit: 1, cursor: undefined })).items
  return newest !== undefined && (newest.state === 'running' || (newest.endedAt ?? askedAt) > askedAt)
}

/** One that was named and never seen is missing rather than gone, and stays to be seen. */
const gone = async (tx: CompanyTx, known: ManagedAgent, now: Instant): Promise<LearnedAgent> => {
  const isMissing = known.seen === undefined
  const agent: ManagedAgent = isMissing
    ? { ...known, syncError: 'Retell has no agent of this id. Correct it in the company file.' }
    : { ...known, isGone: true, numbers: [], syncedAt: now, syncError: undefined }
  await tx.agents.save(agent)
  return { outcome: isMissing ? 'failed' : known.isGone ? 'same' : 'gone', agent }
}

const stranger = async (tx: CompanyTx, ids: Ids, retellAgentId: string, name: string | undefined) => {
  const id = ids.next('agent')
  const slug = await freeSlug(tx, id, name ?? retellAgentId)
  const agent = unseenAgent(id, { slug, retellAgentId, name: name ?? retellAgentId })
  await tx.agents.save(agent)
  return agent
}

const learn = async (
  tx: CompanyTx,
  agent: ManagedAgent,
  look: Seen,
  numbers: readonly PhoneNumber[],
  now: Instant,
): Promise<ManagedAgent> => {
  const { seen } = look
  const reached = await learnLive(tx, agent, look, numbers, now)
  const theirs = await learnNewest(tx, { ...agent, live: reached?.number ?? agent.live }, look, numbers, now)
  const { newest, newestIsPublished } = agent.seen ?? {}
  if (theirs.number !== agent.theirs || seen.newest !== newest || seen.newestIsPublished !== newestIsPublished)
    await mapNewest(tx, agent, seen, theirs)
  const name = nameIn(look)
  const isSlugMadeUp = agent.seen === undefined && agent.name === agent.retellAgentId
  const learned: ManagedAgent = {
    ...agent,
    ...(isSlugMadeUp && name !== undefined ? { slug: await freeSlug(tx, agent.id, name) } : {}),
    ...(look.newest ? shownOf(look.newest.agent, agent) : {}),
    theirs: theirs.number,
    ...(await liveOf(tx, agent, look, look.live?.version === seen.newest ? theirs : reached)),
    seen: { ...seen, fingerprint: fingerprintOf(look.marks) },
    numbers,
    syncedAt: now,
    syncError: undefined,
    isGone: false,
  }
  return settled(tx, learned)
}

/** What Retell's newest version is as one of ours. */
const learnNewest = async (
  tx: CompanyTx,
  agent: ManagedAgent,
  { newest, seen }: Seen,
  numbers: readonly PhoneNumber[],
  now: Instant,
): Promise<AgentVersion> => {
  const known = await versionAt(tx, agent.id, agent.theirs)
  if (known && !newest && areEqual(numbers, agent.numbers)) return known
  const last = newest ?? (known && (await tx.agents.configuration(agent.id, known.number)))
  if (!last) throw new Error('Nothing was read of an agent of which nothing is known')
  const message = `Seen at Retell as ${seen.newestIsPublished ? 'version' : 'draft'} ${seen.newest}`
  return keepSeen(tx, agent, { agent: last.agent, engine: last.engine, numbers }, message, now)
}

/** What callers reach as one of ours, if that is not the newest. What is published does not change, so it is read once. */
const learnLive = async (
  tx: CompanyTx,
  agent: ManagedAgent,
  { live, seen }: Seen,
  numbers: readonly PhoneNumber[],
  now: Instant,
): Promise<AgentVersion | undefined> => {
  if (live === undefined || live.version === seen.newest) return undefined
  const known = await tx.agents.byRetellVersion(agent.id, live.version)
  if (!live.documents) return known
  const then = known && (await tx.agents.configuration(agent.id, known.number))
  // Which numbers rang it when it was read first says nothing about what it is.
  const { agent: document, engine } = live.documents
  const configuration = { agent: document, engine, numbers: then?.numbers ?? numbers }
  if (known?.hash === tx.agents.hashOf(configuration)) return known
  const version = await keepSeen(tx, agent, configuration, `Seen at Retell as version ${live.version}`, now)
  await tx.agents.mapRetellVersion(agent.id, live.version, version.number, live.isPublished)
  return version
}

/**
 * Where no number of the company rings the agent, callers reach what was decided here last, and without a decision what
 * is published.
 */
const liveOf = async (
  tx: CompanyTx,
  agent: ManagedAgent,
  { live, isPinned }: Seen,
  version: AgentVersion | undefined,
): Promise<Pick<ManagedAgent, 'live' | 'liveAtRetell'>> => {
  if (!isPinned && agent.live !== undefined && live?.version !== agent.liveAtRetell) {
    const decisions = await tx.releases.decisions(agent.id, { limit: 1, cursor: undefined })
    if (decisions.items.length > 0) return { live: agent.live, liveAtRetell: agent.liveAtRetell }
  }
  return { live: version?.number, liveAtRetell: live?.version }
}

/** The version of this content among those that matter now, or a new one. */
const keepSeen = async (
  tx: CompanyTx,
  agent: ManagedAgent,
  configuration: AgentConfiguration,
  message: string,
  now: Instant,
): Promise<AgentVersion> => {
  const hash = tx.agents.hashOf(configuration)
  for (const number of [agent.theirs, agent.base, agent.draft, agent.live]) {
    const version = await versionAt(tx, agent.id, number)
    if (version?.hash === hash) return version
  }
  const { id, theirs } = agent
  const parents = theirs === undefined ? [] : [theirs]
  return tx.agents.append({
    agent: id,
    configuration,
    parents,
    origin: 'seen',
    author: reader,
    message,
    createdAt: now,
  })
}

/** What lists show of an agent, out of its document. */
export const shownOf = (
  agent: JsonObject,
  known: Pick<ManagedAgent, 'name'>,
): Pick<ManagedAgent, 'name' | 'language' | 'engine'> => {
  const { agent_name: name, language } = agent
  const languages = (Array.isArray(language) ? language : [language]).filter((one) => typeof one === 'string')
  return {
    name: typeof name === 'string' && name.trim() !== '' ? name : known.name,
    language: languages.length === 0 ? undefined : languages.join(', '),
    engine: engineOf(agent)?.kind,
  }
}

/** Undefined: it has none, or was not read. */
export const nameIn = (look: SealedLook): string | undefined => {
  if (look.kind !== 'seen' || !look.newest) return undefined
  const { agent_name: name } = look.newest.agent
  return typeof name === 'string' && name.trim() !== '' ? name : undefined
}

const areEqual = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index])
