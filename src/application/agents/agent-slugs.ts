import { numberedSlug, slugOfName } from '../../domain/agents/agent-slug.ts'
import type { Slug } from '../../domain/company.ts'
import type { AgentId } from '../../domain/ids.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { CompanyTx } from '../ports/store.ts'

/** Where an agent's address would be, something else is. */
const reserved: ReadonlySet<Slug> = new Set(['sync', 'new', 'import'])
const fewOfOneName = 3

/** A slug made of a name that no other agent of the company has. */
export const freeSlug = async (tx: CompanyTx, id: AgentId, name: string): Promise<Slug> => {
  const stem = slugOfName(name)
  for (let count = 1; count <= fewOfOneName; count += 1) {
    const slug = numberedSlug(stem, count)
    if (await isFreeSlug(tx, id, slug)) return slug
  }
  // Where many have one name, counting on would take longer with each of them.
  const apart = slugOfName(`${stem.slice(0, 36)}-${id.slice(-20)}`)
  for (let count = 1; ; count += 1) {
    const slug = numberedSlug(apart, count)
    if (await isFreeSlug(tx, id, slug)) return slug
  }
}

/** Neither another agent's nor the name of something else. */
export const isFreeSlug = async (tx: CompanyTx, id: AgentId, slug: Slug): Promise<boolean> => {
  if (reserved.has(slug)) return false
  const owner = await tx.agents.bySlug(slug)
  return owner === undefined || owner.id === id
}

/** What an agent is before anything of it is known but its names. */
export const unseenAgent = (
  id: AgentId,
  { slug, retellAgentId, name }: Pick<ManagedAgent, 'slug' | 'retellAgentId' | 'name'>,
): ManagedAgent => ({
  id,
  slug,
  retellAgentId,
  name,
  language: undefined,
  engine: undefined,
  draft: undefined,
  base: undefined,
  theirs: undefined,
  live: undefined,
  liveAtRetell: undefined,
  seen: undefined,
  numbers: [],
  syncStatus: 'unknown',
  syncedAt: undefined,
  syncError: undefined,
  isGone: false,
})
