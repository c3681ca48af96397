import { err, ok } from 'neverthrow'
import type { RetellVersion, VersionReference, VoiceAccount } from '../../application/ports/voice-accounts.ts'
import { contentText } from '../../domain/agents/configuration.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import {
  type AccountConnection,
  type Asked,
  documentFrom,
  documentIfAny,
  everyPage,
  inOurWords,
  pageFrom,
} from './account-connection.ts'
import { type AccountFailure, isLost, isUnknownAsset } from './account-failures.ts'
import { createAgent, shareForTelling } from './create-agent.ts'
import { listingOf, versionOf } from './read-account.ts'

type Agents = Pick<
  VoiceAccount,
  | 'agents'
  | 'versions'
  | 'agent'
  | 'createAgent'
  | 'createVersion'
  | 'changeAgent'
  | 'publish'
  | 'deleteVersion'
  | 'deleteAgent'
>

/** Agents and their versions. What may not happen twice is told once, and looked for if its answer got lost. */
export const accountAgents = (connection: AccountConnection): Agents => ({
  agents: ({ cursor, limit }) =>
    inOurWords(
      pageFrom(
        connection,
        {
          method: 'POST',
          path: '/v2/list-agents',
          // Changed last comes last: an agent that is changed meanwhile is seen twice rather than never.
          query: { limit: limit ?? 1_000, sort_order: 'ascending', pagination_key: cursor },
          body: {},
          repeatable: true,
        },
        listingOf,
      ),
    ),
  versions: (id) => inOurWords(versionsOf(connection, id, connection.patienceMs)),
  agent: (id, version) => inOurWords(agentOf(connection, id, version, connection.patienceMs)),
  createAgent: createAgent(connection),
  createVersion: (id, base) => inOurWords(createVersion(connection, id, base)),
  changeAgent: (id, version, changes) =>
    inOurWords(
      documentFrom(connection, {
        method: 'PATCH',
        path: `/update-agent/${encodeURIComponent(id)}`,
        query: { version },
        body: changes,
        repeatable: true,
      }),
    ),
  publish: (id, version, about) => inOurWords(publish(connection, id, version, about)),
  deleteVersion: (id, version) =>
    inOurWords(remove(connection, `/delete-agent-version/${encodeURIComponent(id)}`, version)),
  deleteAgent: (id) => inOurWords(remove(connection, `/delete-agent/${encodeURIComponent(id)}`)),
})

const agentOf = (
  connection: AccountConnection,
  id: string,
  version: VersionReference,
  timeoutMs: number,
): Asked<JsonObject | undefined> =>
  documentIfAny(connection, {
    method: 'GET',
    path: `/get-agent/${encodeURIComponent(id)}`,
    query: { version },
    repeatable: true,
    timeoutMs,
  })

const versionsOf = async (
  connection: AccountConnection,
  id: string,
  timeoutMs: number,
): Asked<readonly RetellVersion[] | undefined> => {
  const request = {
    method: 'GET',
    path: `/list-agent-versions/${encodeURIComponent(id)}`,
    query: { limit: 100, sort_order: 'descending' },
    repeatable: true,
  } as const
  const listed = await everyPage(connection, request, versionOf, connection.realTime.deadlineIn(timeoutMs))
  if (listed.isErr()) return isUnknownAsset(listed.error) ? ok(undefined) : err(listed.error)
  // Each once, for the pages of a list that grows overlap.
  const byNumber = new Map(listed.value.map((one) => [one.version, one]))
  return ok([...byNumber.values()].toSorted((one, other) => other.version - one.version))
}

const unknownAgent: AccountFailure = {
  kind: 'answered',
  status: 422,
  body: { message: 'Cannot find requested asset' },
  isJson: true,
  requestId: undefined,
}

const createVersion = async (connection: AccountConnection, id: string, base: number): Asked<JsonObject> => {
  const deadline = connection.realTime.deadlineIn(connection.patienceMs)
  const before = await versionsOf(connection, id, deadline.left())
  if (before.isErr()) return err(before.error)
  if (!before.value) return err(unknownAgent)
  const told = await documentFrom(connection, {
    method: 'POST',
    path: `/create-agent-version/${encodeURIComponent(id)}`,
    body: { base_version: base },
    repeatable: false,
    timeoutMs: deadline.left() * shareForTelling,
  })
  if (told.isOk() || !isLost(told.error)) return told
  const after = await versionsOf(connection, id, deadline.left())
  const known = new Set(before.value.map(({ version }) => version))
  const isOurs = ({ version, isPublished, baseVersion }: RetellVersion) =>
    !known.has(version) && !isPublished && (baseVersion === undefined || baseVersion === base)
  const [ours, another] = after.isOk() ? (after.value ?? []).filter(isOurs) : []
  if (!ours || another) return told
  // Somebody may have made a draft of their own at this moment; one that was worked on is theirs.
  const [draft, original] = [
    await agentOf(connection, id, ours.version, deadline.left()),
    await agentOf(connection, id, base, deadline.left()),
  ]
  const found = draft.isOk() ? draft.value : undefined
  return found && original.isOk() && original.value && isSame(found, original.value) ? ok(found) : told
}

const isSame = (one: JsonObject, other: JsonObject): boolean => {
  const text = (agent: JsonObject) => contentText({ agent, engine: undefined, numbers: [] })
  return text(one) === text(other)
}

const publish = async (
  connection: AccountConnection,
  id: string,
  version: number,
  { title, description }: Parameters<VoiceAccount['publish']>[2],
): Asked<void> => {
  const deadline = connection.realTime.deadlineIn(connection.patienceMs)
  const told = await connection.ask({
    method: 'POST',
    path: `/publish-agent-version/${encodeURIComponent(id)}`,
    body: { version, version_title: title, version_description: description },
    repeatable: false,
    timeoutMs: deadline.left() * shareForTelling,
  })
  if (told.isOk()) return ok(undefined)
  if (!isLost(told.error)) return err(told.error)
  const versions = await versionsOf(connection, id, deadline.left())
  const isPublished = versions.isOk() && versions.value?.some((one) => one.version === version && one.isPublished)
  return isPublished ? ok(undefined) : err(told.error)
}

const remove = async ({ ask }: AccountConnection, path: string, version?: number): Asked<void> => {
  const told = await ask({ method: 'DELETE', path, query: { version }, repeatable: true })
  return told.isErr() && !isUnknownAsset(told.error) ? err(told.error) : ok(undefined)
}
