import { ok, type Result } from 'neverthrow'
import type { Json, JsonObject } from '../../../domain/canonical-json.ts'
import { malformed, no, noSuchAsset, type RetellFailure } from './answers.ts'
import { withoutTools } from './check-documents.ts'
import { engineNamed } from './show.ts'
import { type AgentEntry, type RetellAccount, type VersionEntry, versionOf, withVersion } from './store.ts'

/** A new draft of an agent and of its engine, under the same number. */
export const addDraft = (
  account: RetellAccount,
  agent: AgentEntry,
  base: VersionEntry,
  modifiedAt: number,
  losesTools = false,
): VersionEntry => {
  const version = (agent.versions.at(-1)?.version ?? -1) + 1
  const draft: VersionEntry = {
    version,
    isPublished: false,
    base: base.version,
    title: undefined,
    description: undefined,
    modifiedAt,
    document: base.document,
  }
  account.agents.set(agent.id, withVersion(agent, draft))
  const named = engineNamed(base.document.response_engine)
  const engine = named && account.engines.get(named.id)
  const original = engine && (versionOf(engine, base.version) ?? versionOf(engine, undefined))
  if (engine && original) {
    const document = losesTools ? withoutTools(original.document) : original.document
    account.engines.set(engine.id, withVersion(engine, { ...draft, document }))
  }
  return draft
}

/** Under its number, with its engine; nothing else moves. */
export const publishVersion = (
  account: RetellAccount,
  agent: AgentEntry,
  version: VersionEntry,
  about: { readonly title?: string | undefined; readonly description?: string | undefined },
): void => {
  const title = about.title ?? version.title
  const description = about.description ?? version.description
  account.agents.set(agent.id, withVersion(agent, { ...version, isPublished: true, title, description }))
  const named = engineNamed(version.document.response_engine)
  const engine = named && account.engines.get(named.id)
  const paired = engine && versionOf(engine, version.version)
  if (engine && paired) account.engines.set(engine.id, withVersion(engine, { ...paired, isPublished: true }))
}

/** Changes a draft of an agent; of a published one only its title. */
export const changeAgentVersion = (
  account: RetellAccount,
  agent: AgentEntry,
  version: VersionEntry,
  changes: JsonObject,
  modifiedAt: number,
): Result<readonly [AgentEntry, VersionEntry], RetellFailure> => {
  const { version_title: title, version_description: description, ...rest } = changes
  if (version.isPublished && (description !== undefined || Object.keys(rest).length > 0))
    return no(422, 'Cannot update published agent other than version title')
  const named = engineNamed(rest.response_engine)
  if (named) {
    if (!account.engines.has(named.id)) return noSuchAsset()
    if (named.version !== undefined && named.version !== version.version)
      return malformed('response_engine.version must be the version of the agent')
  }
  const next: VersionEntry = {
    ...version,
    title: textOr(title, version.title),
    description: textOr(description, version.description),
    document: { ...version.document, ...rest },
    modifiedAt,
  }
  const changed = withVersion(agent, next)
  account.agents.set(agent.id, changed)
  return ok([changed, next])
}

const textOr = (value: Json | undefined, otherwise: string | undefined): string | undefined =>
  value === undefined ? otherwise : typeof value === 'string' ? value : undefined
