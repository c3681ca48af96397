import { type AgentConfiguration, documentOf } from '../../domain/agents/configuration.ts'
import { placeholders } from '../../domain/agents/find-secret.ts'
import { type Path, pathText } from '../../domain/agents/patch.ts'
import { mapObject, openValues, placeholder } from '../../domain/agents/sealed-values.ts'
import { splitConfiguration } from '../../domain/agents/split-configuration.ts'
import { isObject, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import { secret } from '../../domain/secret.ts'
import { inventSecretName } from '../companies/secret-name.ts'

export const exportFormat = 'frontdesk-agent/1'

/** What stands for a secret in a document that was exported: `${name}`, and where. */
export interface SealedName {
  readonly name: string
  /** JSON pointers into the export. */
  readonly paths: readonly string[]
}

/**
 * An agent as a document for another company or account. Secrets are only named in it, ids and versions of Retell are left
 * out, and all else is whole.
 */
export const exportDocument = (
  configuration: AgentConfiguration,
  { slug, name }: { readonly slug: string; readonly name: string },
): JsonObject => {
  const content = documentOf(splitConfiguration(configuration).content)
  const sealed = sealedNames(content, slug)
  const names = new Map(sealed.map((one) => [one.id, one.name]))
  const open = openValues(content, (id) => {
    const known = names.get(id)
    return known === undefined ? undefined : secret(written(known))
  })
  // What cannot be opened stays a placeholder, which says nothing either.
  const { agent, response_engine, numbers } = { ...content, ...open.unwrapOr(content) }
  const { agent_name: shown, language } = isObject(agent) ? agent : {}
  return {
    ...{ format: exportFormat, name: shown ?? name, slug, language: language ?? null },
    ...{ agent: agent ?? {}, response_engine: response_engine ?? null, numbers: numbers ?? [] },
    sealed: sealed.map(({ name: known, paths }) => ({ name: known, paths })),
  }
}

const written = (name: string): string => `\${${name}}`

/** Each secret once, under a name that nothing in the document says already. */
const sealedNames = (content: JsonObject, slug: string) => {
  const found = openValues(content, () => undefined)
  if (found.isOk()) return []
  const text = JSON.stringify(content)
  const byId = new Map<string, { readonly id: string; readonly name: string; readonly paths: string[] }>()
  const taken = new Set<string>()
  for (const { id, path } of found.error.places) {
    const known = byId.get(id)
    if (known) {
      known.paths.push(pathText(path))
      continue
    }
    const isFree = (name: string) => !taken.has(name) && !text.includes(written(name))
    const name = inventSecretName(...nameParts(content, path, slug), isFree)
    taken.add(name)
    byId.set(id, { id, name, paths: [pathText(path)] })
  }
  return [...byId.values()]
}

/** Whose secret it is and which: the innermost thing around it that has a name, and the field. */
const nameParts = (content: JsonObject, path: Path, slug: string): readonly [string, string] => {
  let owner = slug
  let value: Json | undefined = content
  for (const name of path) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
    if (isObject(value) && typeof value.name === 'string') owner = value.name
  }
  return [owner, path.findLast((name) => !/^\d+$/.test(name)) ?? 'secret']
}

const nameForm = /^[A-Z_][A-Z0-9_]{0,127}$/
const references = /\$\{([A-Z_][A-Z0-9_]{0,127})\}/g

/** The secrets that an export of ours says are only named in it. Other documents have none. */
export const namedSecrets = (document: JsonObject): readonly SealedName[] => {
  const { format, sealed } = document
  if (format !== exportFormat || !Array.isArray(sealed)) return []
  return sealed.flatMap((one: Json): readonly SealedName[] => {
    if (!isObject(one) || typeof one.name !== 'string' || !nameForm.test(one.name)) return []
    const paths = Array.isArray(one.paths) ? one.paths.filter((path) => typeof path === 'string') : []
    return [{ name: one.name, paths }]
  })
}

/** Placeholders of a document that came from elsewhere, each with its places. They stand for nothing here. */
export const strangePlaceholders = (document: JsonObject, known: ReadonlySet<string>): readonly SealedName[] => {
  const found = openValues(document, (id) => (known.has(id) ? secret('') : undefined))
  const byId = new Map<string, string[]>()
  for (const { id, path } of found.isErr() ? found.error.places : []) {
    byId.set(id, [...(byId.get(id) ?? []), pathText(path)])
  }
  return [...byId].map(([name, paths]) => ({ name, paths }))
}

export const withPlaceholders = (document: JsonObject, standsFor: ReadonlyMap<string, string>): JsonObject =>
  mapObject(document, (text) =>
    text.replace(placeholders, (whole, id: string) => {
      const other = standsFor.get(id)
      return other === undefined ? whole : placeholder(other)
    }),
  )

/** The document with the placeholder of what it stands for in the place of each name. */
export const withNames = (document: JsonObject, standsFor: ReadonlyMap<string, string>): JsonObject =>
  mapObject(document, (text) => text.replace(references, (whole, name: string) => placed(standsFor.get(name)) ?? whole))

const placed = (id: string | undefined): string | undefined => (id === undefined ? undefined : placeholder(id))
