import { err, ok, type Result } from 'neverthrow'
import { engineOf } from '../../domain/agents/configuration.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { SeenAtRetell } from '../ports/agents.ts'
import type { RetellVersion, VersionReference, VoiceAccount, VoiceFailure } from '../ports/voice-accounts.ts'
import { marksOf, type SeenMarks } from './seen-marks.ts'

/** Both documents of an agent as Retell has them: secrets in them are in plain text. */
export interface AgentDocuments {
  readonly agent: JsonObject
  readonly engine: JsonObject | undefined
}

export interface LiveLook {
  readonly version: number
  readonly isPublished: boolean
  /** Undefined: it is the newest, or as it was. */
  readonly documents: AgentDocuments | undefined
}

/** What one look at an agent showed; only what may have changed was asked for. */
export type AgentLook =
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly failure: VoiceFailure }
  | {
      readonly kind: 'seen'
      readonly seen: Omit<SeenAtRetell, 'fingerprint'>
      /** Without the digest of the engine, for that is a company's own. */
      readonly marks: SeenMarks
      readonly newest: NewestLook
      /** What callers reach. Undefined: nothing. */
      readonly live: LiveLook | undefined
      /** A number of the company rings the agent. */
      readonly isPinned: boolean
    }

type NewestLook =
  | { readonly kind: 'same' }
  /** A draft, whose agent is as it was and whose engine may not be. */
  | { readonly kind: 'engine'; readonly engine: JsonObject | undefined }
  | ({ readonly kind: 'documents' } & AgentDocuments)

/** How the company's numbers ring an agent: by which reference, and for how large a share of their calls. */
export interface AgentPin {
  readonly version: VersionReference | undefined
  readonly weight: number
}

/**
 * Asks Retell for an agent, and for no more than has to be asked: one request for a published one that did not change,
 * two for a draft.
 */
export const lookAtAgent = async (
  account: VoiceAccount,
  retellAgentId: string,
  { known, pins }: { readonly known: SeenAtRetell | undefined; readonly pins: readonly AgentPin[] },
): Promise<AgentLook> => {
  const looked = await looking(account, retellAgentId, marksOf(known?.fingerprint), pins)
  return looked.match(
    (look) => look,
    (failure) => ({ kind: 'failed', failure }),
  )
}

const looking = async (
  account: VoiceAccount,
  id: string,
  before: SeenMarks,
  pins: readonly AgentPin[],
): Promise<Result<AgentLook, VoiceFailure>> => {
  const versions = await account.versions(id)
  if (versions.isErr()) return err(versions.error)
  const all = versions.value ?? []
  const newest = greatest(all)
  if (!newest) return ok({ kind: 'gone' })
  const published = greatest(all.filter(({ isPublished }) => isPublished))
  const reached = await reachedBy(account, id, pins, { newest: newest.version, published: published?.version })
  if (reached.isErr()) return err(reached.error)
  const live = all.find(({ version }) => version === reached.value)
  const liveMark = live && live.version !== newest.version ? markOf(live) : undefined

  const newestLook = await newestNow(account, id, newest, before)
  if (newestLook.isErr()) return err(newestLook.error)
  if (newestLook.value === undefined) return ok({ kind: 'gone' })
  const isLiveToRead = live !== undefined && live.version !== newest.version && !isSame(liveMark, before.live)
  const documents = isLiveToRead ? await documentsOf(account, id, live) : ok(undefined)
  if (documents.isErr()) return err(documents.error)

  const { value: now } = newestLook
  return ok({
    kind: 'seen',
    seen: { newest: newest.version, newestIsPublished: newest.isPublished, published: published?.version },
    marks: {
      newest: markOf(newest),
      live: liveMark,
      engine: now.kind === 'documents' ? engineOf(now.agent) : before.engine,
      engineHash: undefined,
    },
    newest: now,
    live: live && { version: live.version, isPublished: live.isPublished, documents: documents.value },
    isPinned: pins.length > 0,
  })
}

/** Undefined: it is gone. */
const newestNow = async (
  account: VoiceAccount,
  id: string,
  newest: RetellVersion,
  before: SeenMarks,
): Promise<Result<NewestLook | undefined, VoiceFailure>> => {
  if (!isSame(markOf(newest), before.newest)) {
    const documents = await documentsOf(account, id, newest)
    return documents.map((found) => found && { kind: 'documents', ...found })
  }
  if (newest.isPublished || before.engine?.id === undefined) return ok({ kind: 'same' })
  const engine = await account.engine(before.engine)
  return engine.map((found) => ({ kind: 'engine', engine: found }))
}

const documentsOf = async (
  account: VoiceAccount,
  id: string,
  { version }: RetellVersion,
): Promise<Result<AgentDocuments | undefined, VoiceFailure>> => {
  const agent = await account.agent(id, version)
  if (agent.isErr()) return err(agent.error)
  if (agent.value === undefined) return ok(undefined)
  const { value: document } = agent
  const reference = engineOf(document)
  if (reference?.id === undefined) return ok({ agent: document, engine: undefined })
  // Agent and engine are versioned together; without a number the newest would be read.
  const engine = await account.engine({ ...reference, version: reference.version ?? version })
  return engine.map((found) => ({ agent: document, engine: found }))
}

/**
 * The version that most of the calls of the company's numbers reach. Without such a number, the newest published one:
 * the one that is meant for callers.
 */
const reachedBy = async (
  account: VoiceAccount,
  id: string,
  pins: readonly AgentPin[],
  known: { readonly newest: number; readonly published: number | undefined },
): Promise<Result<number | undefined, VoiceFailure>> => {
  if (pins.length === 0) return ok(known.published)
  const shares = new Map<number, number>()
  for (const { version, weight } of pins) {
    const resolved = await numberOf(account, id, version, known)
    if (resolved.isErr()) return err(resolved.error)
    if (resolved.value !== undefined) shares.set(resolved.value, (shares.get(resolved.value) ?? 0) + weight)
  }
  const [most] = [...shares].toSorted(([one, its], [other, others]) => others - its || other - one)
  return ok(most?.[0])
}

/** What a reference comes to. Which version a tag stands for only Retell knows. */
const numberOf = async (
  account: VoiceAccount,
  id: string,
  reference: VersionReference | undefined,
  { newest, published }: { readonly newest: number; readonly published: number | undefined },
): Promise<Result<number | undefined, VoiceFailure>> => {
  if (typeof reference === 'number') return ok(reference)
  if (reference === undefined || reference === 'latest') return ok(newest)
  if (reference === 'latest_published') return ok(published)
  const tagged = await account.agent(id, reference)
  return tagged.map((document) => {
    const version = document?.version
    return typeof version === 'number' ? version : undefined
  })
}

const markOf = ({ version, isPublished, modifiedAt }: RetellVersion): string | undefined =>
  modifiedAt === undefined ? undefined : `${version} ${isPublished ? 'published' : 'draft'} ${modifiedAt}`

/** Without a mark nobody knows. */
const isSame = (mark: string | undefined, before: string | undefined): boolean => mark !== undefined && mark === before

const greatest = (versions: readonly RetellVersion[]): RetellVersion | undefined =>
  versions.reduce<RetellVersion | undefined>((so, one) => (so && so.version > one.version ? so : one), undefined)
