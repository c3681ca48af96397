import { inventSecretName } from '../../application/companies/secret-name.ts'
import { type Secret, secret } from '../../domain/secret.ts'
import { type Finding, type Path, pointer } from './problem.ts'
import { mapLeaves } from './source.ts'

export interface Environment {
  readonly [name: string]: string | undefined
}

/** A whole value `${NAME}` is a reference; `$${…}` is the text `${…}` itself. */
type Reading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'malformed' }

const read = (text: string): Reading => {
  const dollars = /^(\$+)\{[\s\S]*\}$/.exec(text)?.[1]?.length ?? 0
  if (dollars === 0) return { kind: 'text', text }
  if (dollars > 1) return { kind: 'text', text: text.slice(1) }
  const name = /^\$\{([A-Za-z_][A-Za-z0-9_]{0,127})\}$/.exec(text)?.[1]
  return name === undefined ? { kind: 'malformed' } : { kind: 'name', name }
}

/** The text that reads as this one: whatever would be taken for a reference gets a second dollar. */
export const escaped = (text: string): string => (/^\$+\{[\s\S]*\}$/.test(text) ? `$${text}` : text)
export const reference = (name: string): string => `\${${name}}`

const malformed = `is no usable reference. Write ${reference('NAME')} with letters, digits and underscores only.`

/** Where secrets stand: their values never become part of the settings. */
export const isSecretPlace = (path: Path): boolean => secretField(path) !== undefined

const secretField = ([section, field, at]: Path): string | undefined => {
  const name = `${section}_${field}`
  if (section === 'retell' && field === 'webhook_keys')
    return typeof at === 'number' ? `retell_webhook_key_${at + 1}` : undefined
  const known = ['retell_api_key', 'calendar_api_key', 'calendar_webhook_secret', 'notifications_slack_webhook_url']
  return at === undefined && known.includes(name) ? name : undefined
}

export interface Resolved {
  readonly value: unknown
  readonly findings: readonly Finding[]
  /** Places whose reference gave no value: nothing more is to be said about them. */
  readonly unset: ReadonlySet<string>
  /** Places whose value came from the environment, and may therefore not be shown. */
  readonly taken: ReadonlyMap<string, string>
  readonly secrets: readonly { readonly name: string; readonly value: Secret | undefined; readonly path: Path }[]
}

/** A variable that is set to nothing counts as not set. */
const taking = (environment: Environment, name: string): string | undefined =>
  Object.hasOwn(environment, name) ? environment[name] || undefined : undefined

/** Puts the environment's values in place of `${NAME}`, and names in place of secrets. */
export const resolve = (document: unknown, company: string, environment: Environment): Resolved => {
  const findings: Finding[] = []
  const unset = new Set<string>()
  const taken = new Map<string, string>()
  const secrets: { name: string; value: Secret | undefined; path: Path }[] = []
  const literals: { path: Path; text: string }[] = []

  const lost = (path: Path, complaint: string): undefined => {
    findings.push({ path, complaint })
    unset.add(pointer(path))
  }
  const value = mapLeaves(document, (text, path) => {
    if (typeof text !== 'string') return text
    const reading = read(text)
    if (reading.kind === 'malformed') return lost(path, malformed)
    if (isSecretPlace(path)) {
      if (reading.kind === 'text') {
        if (reading.text !== '') literals.push({ path, text: reading.text })
        return reading.text
      }
      const plain = taking(environment, reading.name)
      secrets.push({ name: reading.name, value: plain === undefined ? undefined : secret(plain), path })
      return reading.name
    }
    if (reading.kind === 'text') return reading.text
    const plain = taking(environment, reading.name)
    if (plain === undefined)
      return lost(
        path,
        `names ${reference(reading.name)}, which is not set. Set it in the environment, or write the value.`,
      )
    taken.set(pointer(path), reading.name)
    return plain
  })
  for (const { path, text } of literals) {
    const name = inventSecretName(company, secretField(path) ?? '', (free) =>
      secrets.every((other) => other.name !== free),
    )
    secrets.push({ name, value: secret(text), path })
  }
  return { value, findings, unset, taken, secrets }
}
