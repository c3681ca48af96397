import { err, ok } from 'neverthrow'
import type { Deadline } from '../../application/ports/ambient.ts'
import { fieldsLeft } from '../../domain/agents/parts.ts'
import { isObject, type JsonObject } from '../../domain/canonical-json.ts'
import type { Instant } from '../../domain/time.ts'
import { type AccountConnection, type Asked, documentIfAny, pageFrom } from './account-connection.ts'
import type { EngineAddress } from './account-engines.ts'
import { textOf } from './json.ts'
import { listingOf } from './read-account.ts'
import { momentOf } from './read-call.ts'

/** Among how many of the engines that were changed last one is looked for; a list of them has their whole documents. */
const enginesLookedThrough = 10
/** How many agents are looked at; where more were changed since, nobody can say that an engine is unused. */
const agentsLookedThrough = 20

/**
 * An engine of this content that nobody has worked on and that no agent names: what is left of an attempt whose answer got
 * lost. Nothing in an engine says who made it, so that its content has to.
 */
export const unusedEngine = async (
  connection: AccountConnection,
  address: EngineAddress,
  content: JsonObject,
  deadline: Deadline,
): Asked<JsonObject | undefined> => {
  const request = {
    method: 'GET',
    path: `/v2/list-${address.path}s`,
    query: { limit: enginesLookedThrough, sort_order: 'descending' },
    repeatable: true,
    timeoutMs: deadline.left(),
  } as const
  const listed = await pageFrom(connection, request, (engine) => engine)
  if (listed.isErr()) return err(listed.error)
  for (const engine of listed.value.items) {
    if (!isUntouched(engine) || !hasContent(engine, content)) continue
    const isUsed = await isNamed(connection, address, engine, deadline)
    if (isUsed.isErr()) return err(isUsed.error)
    if (!isUsed.value) return ok(engine)
  }
  return ok(undefined)
}

const isUntouched = ({ version, is_published: isPublished }: JsonObject): boolean =>
  (version ?? 0) === 0 && isPublished !== true

/** Retell adds defaults of its own to what it was told. */
const hasContent = (engine: JsonObject, content: JsonObject): boolean =>
  fieldsLeft({ agent: {}, engine }, { from: undefined, to: { agent: {}, engine: content } }).length === 0

/** Whoever names an engine was changed after it was made. */
const isNamed = async (
  connection: AccountConnection,
  { idName }: EngineAddress,
  engine: JsonObject,
  deadline: Deadline,
): Asked<boolean> => {
  const madeAt = momentOf(engine.last_modification_timestamp)
  const request = {
    method: 'POST',
    path: '/v2/list-agents',
    query: { limit: agentsLookedThrough, sort_order: 'descending' },
    body: {},
    repeatable: true,
    timeoutMs: deadline.left(),
  } as const
  const listed = await pageFrom(connection, request, listingOf)
  if (listed.isErr()) return err(listed.error)
  const { items, next } = listed.value
  const isSince = ({ modifiedAt }: { readonly modifiedAt: Instant | undefined }) =>
    madeAt === undefined || modifiedAt === undefined || modifiedAt >= madeAt
  const since = items.filter(isSince)
  if (next !== undefined && since.length === items.length) return ok(true)
  for (const { retellAgentId } of since) {
    const path = `/get-agent/${encodeURIComponent(retellAgentId)}`
    const found = await documentIfAny(connection, { method: 'GET', path, repeatable: true, timeoutMs: deadline.left() })
    if (found.isErr()) return err(found.error)
    const named = found.value?.response_engine
    if (isObject(named) && textOf(named[idName]) === textOf(engine[idName])) return ok(true)
  }
  return ok(false)
}
