import type { JsonObject } from '../../domain/canonical-json.ts'
import { secret } from '../../domain/secret.ts'
import type { CompanyTx } from '../ports/store.ts'
import { type SealedName, strangePlaceholders, withNames, withPlaceholders } from './exchange-document.ts'

interface Filling {
  readonly named: readonly SealedName[]
  /** Placeholders of the agent that it is imported into. */
  readonly known: ReadonlySet<string>
  readonly secrets: { readonly [name: string]: string }
}

/**
 * The document with a placeholder for each secret: of one that was given, of one that the agent has, or one that stands for
 * nothing yet. None comes to stand for a secret of anything else.
 */
export const filledIn = async (
  tx: CompanyTx,
  document: JsonObject,
  { named, known, secrets }: Filling,
): Promise<{
  readonly document: JsonObject
  readonly ids: ReadonlySet<string>
  readonly missing: readonly SealedName[]
}> => {
  const ids = new Set(known)
  const missing: SealedName[] = []
  const unknown = async ({ name, paths }: SealedName, prefix: string): Promise<string> => {
    let id = `${prefix}${name}`.slice(0, longestId)
    while (ids.has(id) || (await tx.agents.secret(id))) id = `_${id}`.slice(0, longestId)
    ids.add(id)
    missing.push({ name: id, paths })
    return id
  }
  const strange = new Map<string, string>()
  for (const one of strangePlaceholders(document, known)) strange.set(one.name, await unknown(one, 'UNKNOWN_'))
  const standsFor = new Map<string, string>()
  for (const one of named) {
    const value = Object.hasOwn(secrets, one.name) ? secrets[one.name] : undefined
    if (value === undefined || value === '') {
      standsFor.set(one.name, await unknown(one, ''))
      continue
    }
    const id = tx.agents.secretIdOf(value)
    await tx.agents.keepSecret(id, secret(value))
    ids.add(id)
    standsFor.set(one.name, id)
  }
  return { document: withNames(withPlaceholders(document, strange), standsFor), ids, missing }
}

const longestId = 120
