import { grantCompany } from '../grant-scope.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

/**
 * Does any company of the account have this agent? What none of them knows may be what an answer was lost of; what another
 * one made must never be taken for it, however equal it is.
 */
export const isKnownInAccount =
  ({ store, directory }: Pick<Ports, 'store' | 'directory'>) =>
  async ({ company, actor }: CompanyScope, retellAgentId: string): Promise<boolean> => {
    const { companies } = await directory.accountOf(company)
    for (const one of new Set([company, ...companies])) {
      const known = await store.read(grantCompany(one, actor), (tx) => tx.agents.byRetellId(retellAgentId))
      if (known) return true
      const profile = one === company ? undefined : await directory.profile(one)
      const named = [...(profile?.agents ?? []), ...(profile?.branches ?? [])]
      if (named.some((each) => each.retellAgentId === retellAgentId)) return true
    }
    return false
  }
