import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { openConfiguration, type SealedValue, sealConfigurationInParts } from '../../domain/agents/sealed-values.ts'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { inParts, letOthers } from '../in-parts.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import type { AgentDocuments, AgentLook, LiveLook } from './agent-look.ts'
import { secretsOf } from './sealed-configuration.ts'
import { marksOf, type SeenMarks } from './seen-marks.ts'

/** Documents without their secrets, which are still to be kept. */
export interface SealedDocuments extends AgentDocuments {
  readonly secrets: readonly SealedValue[]
}

/** A look without anything secret in it. */
export type SealedLook =
  | Exclude<AgentLook, { readonly kind: 'seen' }>
  | (Omit<SeenLook, 'newest' | 'live'> & {
      readonly marks: SeenMarks
      /** Undefined: it is as it was. */
      readonly newest: SealedDocuments | undefined
      readonly live: (Omit<LiveLook, 'documents'> & { readonly documents: SealedDocuments | undefined }) | undefined
    })

type SeenLook = Extract<AgentLook, { readonly kind: 'seen' }>

/**
 * Takes the secrets out. Documents can be large, and whoever rings or changes something waits for none of it: it is done in
 * short stretches, outside of any transaction. `known` is the agent that was looked at.
 */
export const sealLook = async (
  { store, realTime }: Pick<Ports, 'store' | 'realTime'>,
  scope: CompanyScope,
  look: AgentLook,
  known: ManagedAgent | undefined,
): Promise<SealedLook> => {
  if (look.kind !== 'seen') return look
  const { live, newest } = look
  const idOf = await store.read(scope, async (tx) => tx.agents.secretIdOf)
  const before = marksOf(known?.seen?.fingerprint)
  const engineHash = newest.kind === 'same' ? before.engineHash : idOf(canonicalJson(newest.engine ?? null))
  const seal = async ({ agent, engine }: AgentDocuments): Promise<SealedDocuments> => {
    await letOthers(realTime)
    const parts = sealConfigurationInParts({ agent, engine, numbers: [] }, idOf)
    const { configuration, secrets } = await inParts(realTime, parts)
    return { agent: configuration.agent, engine: configuration.engine, secrets }
  }
  const sealNewest = async (): Promise<SealedDocuments | undefined> => {
    if (newest.kind === 'documents') return seal(newest)
    if (newest.kind === 'same' || engineHash === before.engineHash) return undefined
    const { agent } = await store.read(scope, (tx) => openedTheirs(tx, known))
    return seal({ agent, engine: newest.engine })
  }
  return {
    ...look,
    marks: { ...look.marks, engineHash },
    newest: await sealNewest(),
    live: live && { ...live, documents: live.documents && (await seal(live.documents)) },
  }
}

/** In plain text, for what is a secret in the agent's document is one in its engine's as well. */
const openedTheirs = async (tx: CompanyTx, known: ManagedAgent | undefined): Promise<AgentConfiguration> => {
  const last = known?.theirs === undefined ? undefined : await tx.agents.configuration(known.id, known.theirs)
  if (!last) throw new Error('Only the engine was read of an agent that was never seen')
  const secrets = await secretsOf(tx, last)
  return openConfiguration(last, (id) => secrets.get(id)).unwrapOr(last)
}
