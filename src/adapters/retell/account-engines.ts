import { err, ok } from 'neverthrow'
import type { VoiceAccount } from '../../application/ports/voice-accounts.ts'
import type { EngineKind } from '../../domain/agents/configuration.ts'
import { type AccountConnection, documentFrom, documentIfAny, inOurWords } from './account-connection.ts'

/** Where the engines of a kind are kept at Retell, and what their id is called. */
export interface EngineAddress {
  readonly path: 'retell-llm' | 'conversation-flow'
  readonly idName: 'llm_id' | 'conversation_flow_id'
}

/** Undefined: engines of this kind are kept elsewhere. */
export const engineAddress = (kind: EngineKind): EngineAddress | undefined => {
  if (kind === 'retell-llm') return { path: 'retell-llm', idName: 'llm_id' }
  if (kind === 'conversation-flow') return { path: 'conversation-flow', idName: 'conversation_flow_id' }
  return undefined
}

export const accountEngines = (connection: AccountConnection): Pick<VoiceAccount, 'engine' | 'changeEngine'> => ({
  engine: async ({ kind, id, version }) => {
    const address = engineAddress(kind)
    if (!address || id === undefined) return ok(undefined)
    return inOurWords(
      documentIfAny(connection, {
        method: 'GET',
        path: `/get-${address.path}/${encodeURIComponent(id)}`,
        query: { version },
        repeatable: true,
      }),
    )
  },
  changeEngine: async ({ kind, id, version }, changes) => {
    const address = engineAddress(kind)
    if (!address || id === undefined) return err({ kind: 'refused', detail: 'The engine is not kept at Retell.' })
    // Without a version Retell would change whichever was made last.
    if (version === undefined) return err({ kind: 'refused', detail: 'The engine is named without its version.' })
    return inOurWords(
      documentFrom(connection, {
        method: 'PATCH',
        path: `/update-${address.path}/${encodeURIComponent(id)}`,
        query: { version },
        body: changes,
        repeatable: true,
      }),
    )
  },
})
