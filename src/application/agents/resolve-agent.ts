import { err, ok, type Result } from 'neverthrow'
import type { NotFound } from '../access/authenticate.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import type { NamedAgents } from './named-agents.ts'
import { isAnothersAgent } from './own-agents.ts'

export type Resolving = Pick<Ports, 'store' | 'directory'> & { readonly bringNamed: NamedAgents }

/**
 * The agent of this slug or id of Retell. One that the company file names is there before anybody has looked for it at
 * Retell; another company's is answered like a missing one.
 */
export const resolveAgent =
  (ports: Resolving) =>
  async (scope: CompanyScope, name: string): Promise<Result<ManagedAgent, NotFound>> => {
    const find = () => ports.store.read(scope, (tx) => agentByName(tx, name))
    const found = (await find()) ?? (await bringAndFind(ports, scope, find))
    if (!found) return err({ kind: 'not-found' })
    const { retellAgentId } = found
    const isForeign = retellAgentId !== undefined && (await isAnothersAgent(ports, scope.company, retellAgentId))
    return isForeign ? err({ kind: 'not-found' }) : ok(found)
  }

const bringAndFind = async (
  { directory, bringNamed }: Resolving,
  scope: CompanyScope,
  find: () => Promise<ManagedAgent | undefined>,
): Promise<ManagedAgent | undefined> => {
  const profile = await directory.profile(scope.company)
  if (!profile) return undefined
  await bringNamed(scope, profile)
  return find()
}

const agentByName = async (tx: CompanyTx, name: string): Promise<ManagedAgent | undefined> =>
  (await tx.agents.bySlug(name)) ?? (await tx.agents.byRetellId(name))
