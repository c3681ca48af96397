import { ok, type Result } from 'neverthrow'
import { type AgentConfiguration, documentOf } from '../../domain/agents/configuration.ts'
import { pathText } from '../../domain/agents/patch.ts'
import {
  keepSealed,
  openConfiguration,
  sealConfiguration,
  sealedIds,
  type UnknownSecrets,
} from '../../domain/agents/sealed-values.ts'
import type { Secret } from '../../domain/secret.ts'
import type { InvalidInput } from '../failure.ts'
import type { CompanyTx } from '../ports/store.ts'

/** A configuration in plain text without its secrets, which are kept apart. Nothing else of agents is ever stored. */
export const sealed = async (
  tx: CompanyTx,
  configuration: AgentConfiguration,
  isKnown?: (id: string) => boolean,
): Promise<AgentConfiguration> => {
  const { configuration: without, secrets } = sealConfiguration(configuration, tx.agents.secretIdOf, isKnown)
  for (const { id, value } of secrets) await tx.agents.keepSecret(id, value)
  return without
}

/**
 * What somebody made of sealed configurations, sealed anew: a secret that was typed in is one wherever it stands, and so is
 * one that was sealed before.
 */
export const sealedEdit = async (
  tx: CompanyTx,
  before: readonly AgentConfiguration[],
  edited: AgentConfiguration,
): Promise<Result<AgentConfiguration, UnknownSecrets>> => {
  const kept = keepSealed({ before: before.map(documentOf) }, documentOf(edited))
  if (kept.isErr()) return kept.map(() => edited)
  return ok(await resealed(tx, edited))
}

/** The same with parts of it exchanged for others in plain text. */
export const resealed = async (tx: CompanyTx, configuration: AgentConfiguration): Promise<AgentConfiguration> => {
  const secrets = await secretsOf(tx, configuration)
  const opened = openConfiguration(configuration, (id) => secrets.get(id))
  // One that cannot be opened any more stays where it is.
  return opened.match(
    (plain) => sealed(tx, plain),
    () => sealed(tx, configuration, (id) => sealedIds(documentOf(configuration)).has(id)),
  )
}

/** All secrets that a configuration names, as far as they can be opened. */
export const secretsOf = async (
  tx: CompanyTx,
  configuration: AgentConfiguration,
): Promise<ReadonlyMap<string, Secret>> => {
  const found = new Map<string, Secret>()
  for (const id of sealedIds(documentOf(configuration))) {
    const secret = await tx.agents.secret(id)
    if (secret) found.set(id, secret)
  }
  return found
}

export const unknownSecrets = ({ places }: UnknownSecrets): InvalidInput => ({
  kind: 'invalid-input',
  errors: places.map(({ path }) => ({
    pointer: pathText(path),
    detail: 'This stands for a secret that the agent does not have. Leave its own as they are, or write a new one out.',
  })),
})
