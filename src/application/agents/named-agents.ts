import { ok, type Result } from 'neverthrow'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { freeSlug, unseenAgent } from './agent-slugs.ts'
import { ownAgents } from './own-agents.ts'

type Needs = Pick<Ports, 'store' | 'ids' | 'directory'>

/**
 * Sees to it that the agents of the company file are among the company's, seen at Retell or not, under the slugs that it
 * gives them. Looks once for each version of a company. One that another company names as well is left out.
 */
export const namedAgents = ({ store, ids, directory }: Needs) => {
  const done = new Map<CompanyId, number>()
  return async (scope: CompanyScope, profile: CompanyProfile): Promise<void> => {
    if (done.get(profile.id) === profile.version) return
    const { named, isForeign } = await ownAgents({ directory }, profile)
    const missing: Named[] = []
    for (const retellAgentId of named) {
      if (await isForeign(retellAgentId)) continue
      const slug = profile.agents.find((one) => one.retellAgentId === retellAgentId)?.slug
      const known = await store.read(scope, (tx) => tx.agents.byRetellId(retellAgentId))
      if (!known || (slug !== undefined && known.slug !== slug)) missing.push({ retellAgentId, slug })
    }
    if (missing.length > 0) {
      await store.transact(scope, async (tx): Promise<Result<void, never>> => {
        for (const one of missing) await bring(tx, ids, one)
        return ok()
      })
    }
    done.set(profile.id, profile.version)
  }
}

export type NamedAgents = ReturnType<typeof namedAgents>

interface Named {
  readonly retellAgentId: string
  readonly slug: Slug | undefined
}

/** What the file calls an agent wins: whoever had the slug gets another. */
const bring = async (tx: CompanyTx, ids: Ports['ids'], { retellAgentId, slug }: Named): Promise<void> => {
  const known = await tx.agents.byRetellId(retellAgentId)
  const id = known?.id ?? ids.next('agent')
  const owner = slug === undefined ? undefined : await tx.agents.bySlug(slug)
  if (slug !== undefined && owner && owner.id !== id) {
    await tx.agents.save({ ...owner, slug: await freeSlug(tx, owner.id, slug) })
  }
  const own = slug ?? (await freeSlug(tx, id, retellAgentId))
  if (!known) return tx.agents.save(unseenAgent(id, { slug: own, retellAgentId, name: slug ?? retellAgentId }))
  if (slug !== undefined && known.slug !== slug) await tx.agents.save({ ...known, slug })
}
