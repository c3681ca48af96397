import type { Ports } from '../ports/ports.ts'
import type { CompanyTx, Store } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { type AuditedAct, auditEntry } from './audited.ts'
import { watchedAgents, watchedReleases } from './audited-agents.ts'
import { watchedCustomers } from './audited-customers.ts'

/**
 * The same store, in which whoever changes an agent, what callers reach or a customer is written down in the transaction
 * of the change, without having to think of it: once for each thing and kind of change.
 */
export const auditingChanges = (ports: Pick<Ports, 'store' | 'clock' | 'ids'>): Store => ({
  ...ports.store,
  transact: (scope, work) =>
    ports.store.transact(scope, async (tx) => {
      const acts = new Map<string, AuditedAct>()
      const note = (act: AuditedAct): void => {
        const key = `${act.kind} ${act.subject?.id}`
        acts.set(key, { ...act, facts: { ...acts.get(key)?.facts, ...act.facts } })
      }
      const watched: CompanyTx = {
        ...tx,
        agents: watchedAgents(tx.agents, scope, note),
        releases: watchedReleases(tx.releases, note),
        customers: watchedCustomers(tx.customers, scope, note),
      }
      const result = await work(watched)
      if (result.isOk()) for (const act of acts.values()) await append(ports, tx, scope, act)
      return result
    }),
})

/** An agent is named as people name it, as it is called once the change is made. */
const append = async (
  ports: Pick<Ports, 'clock' | 'ids'>,
  tx: CompanyTx,
  scope: CompanyScope,
  act: AuditedAct,
): Promise<void> => {
  const { subject } = act
  const slug = subject?.kind === 'agent' ? (await tx.agents.find(subject.id))?.slug : undefined
  const named = slug === undefined ? act : { ...act, facts: { agent: slug, ...act.facts } }
  await tx.audit.append(auditEntry(ports, scope, named))
}
