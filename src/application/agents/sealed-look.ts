import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { openConfiguration, type SealedValue, sealConfiguration } from '../../domain/agents/sealed-values.ts'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { CompanyTx } from '../ports/store.ts'
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
 * Takes the secrets out, for as long as that takes: a reading is enough for it, so that nobody waits behind large
 * documents to change something. `known` is the agent that was looked at.
 */
export const sealLook = async (
  tx: CompanyTx,
  look: AgentLook,
  known: ManagedAgent | undefined,
): Promise<SealedLook> => {
  if (look.kind !== 'seen') return look
  const { live, newest } = look
  const before = marksOf(known?.seen?.fingerprint)
  const engineHash = newest.kind === 'same' ? before.engineHash : engineHashOf(tx, newest.engine)
  const isSame = newest.kind === 'same' || (newest.kind === 'engine' && engineHash === before.engineHash)
  return {
    ...look,
    marks: { ...look.marks, engineHash },
    newest: isSame ? undefined : await sealNewest(tx, newest, known),
    live: live && { ...live, documents: live.documents && sealDocuments(tx, live.documents) },
  }
}

const engineHashOf = (tx: CompanyTx, engine: AgentConfiguration['engine']): string =>
  tx.agents.secretIdOf(canonicalJson(engine ?? null))

const sealNewest = async (
  tx: CompanyTx,
  newest: Exclude<SeenLook['newest'], { readonly kind: 'same' }>,
  known: ManagedAgent | undefined,
): Promise<SealedDocuments> => {
  if (newest.kind === 'documents') return sealDocuments(tx, newest)
  const { agent } = await openedTheirs(tx, known)
  return sealDocuments(tx, { agent, engine: newest.engine })
}

const sealDocuments = (tx: CompanyTx, { agent, engine }: AgentDocuments): SealedDocuments => {
  const { configuration, secrets } = sealConfiguration({ agent, engine, numbers: [] }, tx.agents.secretIdOf)
  return { agent: configuration.agent, engine: configuration.engine, secrets }
}

/** In plain text, for what is a secret in the agent's document is one in its engine's as well. */
const openedTheirs = async (tx: CompanyTx, known: ManagedAgent | undefined): Promise<AgentConfiguration> => {
  const last = known?.theirs === undefined ? undefined : await tx.agents.configuration(known.id, known.theirs)
  if (!last) throw new Error('Only the engine was read of an agent that was never seen')
  const secrets = await secretsOf(tx, last)
  return openConfiguration(last, (id) => secrets.get(id)).unwrapOr(last)
}
