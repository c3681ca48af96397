import { err, ok } from 'neverthrow'
import type { Deadline } from '../../application/ports/ambient.ts'
import type { VoiceAccount } from '../../application/ports/voice-accounts.ts'
import { contentOf, engineOf } from '../../domain/agents/configuration.ts'
import { isObject, type JsonObject } from '../../domain/canonical-json.ts'
import {
  type AccountConnection,
  type Asked,
  documentFrom,
  inOurWords,
  pageFrom,
  unreadable,
} from './account-connection.ts'
import { type EngineAddress, engineAddress } from './account-engines.ts'
import { isLost } from './account-failures.ts'
import { unusedEngine } from './find-engine.ts'
import { textOf } from './json.ts'
import { listingOf } from './read-account.ts'

/** So much of the time is for telling; the rest is for looking what became of it. */
export const shareForTelling = 0.6

/** Among how many of the agents that were changed last a lost one is looked for. */
const lookedThrough = 5

/**
 * A new engine, and a new agent on it. An answer that got lost is looked for: an engine of the same content that no agent
 * names, or the agent that names the new engine. An engine whose agent Retell did not take is deleted again.
 */
export const createAgent =
  (connection: AccountConnection): VoiceAccount['createAgent'] =>
  async (agent, engine, isRepeated = false) => {
    const content = contentOf({ agent, engine, numbers: [] })
    const wanted = isObject(content.agent) ? content.agent : {}
    const address = engineAddress(engineOf(agent)?.kind ?? '')
    if (engine === undefined || !address || !isObject(content.engine)) {
      if (address) return err({ kind: 'refused', detail: 'An agent of this kind needs the document of its engine.' })
      const made = await inOurWords(create(connection, '/create-agent', wanted))
      return made.map((document) => ({ agent: document, engine: undefined }))
    }
    const deadline = connection.realTime.deadlineIn(connection.patienceMs)
    const made = await inOurWords(engineFor(connection, address, content.engine, isRepeated, deadline))
    if (made.isErr()) return err(made.error)
    const id = textOf(made.value[address.idName])
    if (id === undefined) return inOurWords(Promise.resolve(err(unreadable)))
    const named = isObject(wanted.response_engine) ? wanted.response_engine : {}
    const body = { ...wanted, response_engine: { ...named, [address.idName]: id } }
    const told = await create(connection, '/create-agent', body, deadline.left() * shareForTelling)
    if (told.isOk()) return ok({ agent: told.value, engine: made.value })
    if (isLost(told.error)) {
      const found = await agentOnEngine(connection, address, id, deadline.left())
      if (found.isOk() && found.value) return ok({ agent: found.value, engine: made.value })
    } else {
      // Nobody is told if this fails: an engine without an agent is in nobody's way.
      await connection.ask({
        method: 'DELETE',
        path: `/delete-${address.path}/${encodeURIComponent(id)}`,
        repeatable: true,
        timeoutMs: deadline.left(),
      })
    }
    return inOurWords(Promise.resolve(err(told.error)))
  }

/** The one that an earlier attempt left, or a new one. */
const engineFor = async (
  connection: AccountConnection,
  address: EngineAddress,
  content: JsonObject,
  isRepeated: boolean,
  deadline: Deadline,
): Asked<JsonObject> => {
  const left = isRepeated ? await unusedEngine(connection, address, content, deadline) : ok(undefined)
  if (left.isErr()) return err(left.error)
  if (left.value) return ok(left.value)
  const told = await create(connection, `/create-${address.path}`, content, deadline.left() * 0.4)
  if (told.isOk() || !isLost(told.error)) return told
  const found = await unusedEngine(connection, address, content, deadline)
  return found.isOk() && found.value ? ok(found.value) : told
}

const create = (connection: AccountConnection, path: string, body: JsonObject, timeoutMs?: number): Asked<JsonObject> =>
  documentFrom(connection, {
    method: 'POST',
    path,
    body,
    repeatable: false,
    timeoutMs: timeoutMs ?? connection.patienceMs * 0.4,
  })

/** The one that names this engine, among those changed last. */
const agentOnEngine = async (
  connection: AccountConnection,
  { idName }: EngineAddress,
  id: string,
  timeoutMs: number,
): Asked<JsonObject | undefined> => {
  const deadline = connection.realTime.deadlineIn(timeoutMs)
  const query = { limit: lookedThrough, sort_order: 'descending' }
  const request = { method: 'POST', path: '/v2/list-agents', query, body: {}, repeatable: true, timeoutMs } as const
  const listed = await pageFrom(connection, request, listingOf)
  if (listed.isErr()) return err(listed.error)
  for (const { retellAgentId } of listed.value.items) {
    const found = await documentFrom(connection, {
      method: 'GET',
      path: `/get-agent/${encodeURIComponent(retellAgentId)}`,
      repeatable: true,
      timeoutMs: deadline.left(),
    })
    const named = found.isOk() ? found.value.response_engine : undefined
    if (found.isOk() && isObject(named) && named[idName] === id) return ok(found.value)
  }
  return ok(undefined)
}
