import { err, ok, type Result } from 'neverthrow'
import type { Deadline, RealTime } from '../../application/ports/ambient.ts'
import type { VoiceFailure, VoicePage } from '../../application/ports/voice-accounts.ts'
import { isObject, type JsonObject } from '../../domain/canonical-json.ts'
import type { JsonAnswer, JsonRequest } from '../vendor/json-client.ts'
import { type AccountFailure, isUnknownAsset, voiceFailure } from './account-failures.ts'
import { textOf } from './json.ts'

/** One account of Retell. */
export interface AccountConnection {
  /** Names the account without being its key. */
  readonly name: string
  readonly realTime: RealTime
  /** Real milliseconds for all that one question of the port may take. */
  readonly patienceMs: number
  readonly ask: (request: JsonRequest) => Promise<Result<JsonAnswer, AccountFailure>>
}

export type Asked<T> = Promise<Result<T, AccountFailure>>
export type Answered<T> = Promise<Result<T, VoiceFailure>>

export const unreadable: AccountFailure = { kind: 'unreadable' }

/** In our words, for whoever asked. */
export const inOurWords = async <T>(asked: Asked<T>): Answered<T> => (await asked).mapErr(voiceFailure)

/** The document of an answer. */
export const documentFrom = async ({ ask }: AccountConnection, request: JsonRequest): Asked<JsonObject> =>
  (await ask(request)).andThen(({ body }) => (isObject(body) ? ok(body) : err(unreadable)))

/** The same; undefined where Retell has no such thing. */
export const documentIfAny = async (
  connection: AccountConnection,
  request: JsonRequest,
): Asked<JsonObject | undefined> => {
  const found = await documentFrom(connection, request)
  return found.isErr() && isUnknownAsset(found.error) ? ok(undefined) : found
}

/** `{items, has_more, pagination_key}`. Items that `read` makes nothing of are left out. */
const readPage = <Item>(
  body: JsonObject,
  read: (item: JsonObject) => Item | undefined,
): Result<VoicePage<Item>, AccountFailure> => {
  const { items, has_more: hasMore } = body
  const key = textOf(body.pagination_key)
  if (!Array.isArray(items) || (hasMore === true && key === undefined)) return err(unreadable)
  return ok({
    items: items.flatMap((item) => (isObject(item) ? (read(item) ?? []) : [])),
    next: hasMore === false ? undefined : key,
  })
}

export const pageFrom = async <Item>(
  connection: AccountConnection,
  request: JsonRequest,
  read: (item: JsonObject) => Item | undefined,
): Asked<VoicePage<Item>> => (await documentFrom(connection, request)).andThen((body) => readPage(body, read))

const mostPages = 100

/** All pages, in the time that is left. A list that leads back to where it was is not a list. */
export const everyPage = async <Item>(
  connection: AccountConnection,
  request: JsonRequest,
  read: (item: JsonObject) => Item | undefined,
  deadline: Deadline,
): Asked<readonly Item[]> => {
  const items: Item[] = []
  const followed = new Set<string>()
  let cursor: string | undefined
  for (let pages = 0; pages < mostPages; pages++) {
    const query = { ...request.query, pagination_key: cursor }
    const page = await pageFrom(connection, { ...request, query, timeoutMs: deadline.left() }, read)
    if (page.isErr()) return err(page.error)
    items.push(...page.value.items)
    cursor = page.value.next
    if (cursor === undefined) return ok(items)
    if (followed.has(cursor)) break
    followed.add(cursor)
  }
  return err(unreadable)
}
