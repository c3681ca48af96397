import type { ManagedAgent } from '../ports/agents.ts'
import type { CompanyTx } from '../ports/store.ts'

/** All voice agents of the company that are not gone from Retell, by slug, as they stand: none is held by this. */
export const everyAgent = async (tx: CompanyTx): Promise<readonly ManagedAgent[]> => {
  const all: ManagedAgent[] = []
  let cursor: string | undefined
  do {
    const page = await tx.agents.list({ limit: 200, cursor })
    all.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return all
}
