import { ok } from 'neverthrow'
import type { AuditActor, AuditFacts, AuditKind, AuditSubject, NewAuditEntry } from '../../domain/access/audit-entry.ts'
import type { ActorName } from '../../domain/booking/appointment.ts'
import { after, HOUR } from '../../domain/time.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope, PlatformScope } from '../scope.ts'

/** What was done, before it is said by whom and when. */
export interface AuditedAct {
  readonly kind: AuditKind
  readonly subject?: AuditSubject | undefined
  readonly facts?: AuditFacts | undefined
  /** Who wanted it, where somebody else does it for them. */
  readonly actor?: ActorName | undefined
}

/** Takes an act down, to be written with the change. */
export type Note = (act: AuditedAct) => void

type Needs = Pick<Ports, 'clock' | 'ids'>
type Asking = Pick<CompanyScope | PlatformScope, 'actor' | 'actorId' | 'address'>

export const auditEntry = ({ clock, ids }: Needs, scope: Asking, act: AuditedAct): NewAuditEntry => {
  const { kind, subject, facts = {}, actor = scope.actor } = act
  const isAsking = actor.kind === scope.actor.kind && actor.name === scope.actor.name
  const who: AuditActor = { kind: actor.kind, name: actor.name, id: isAsking ? scope.actorId : undefined }
  return { id: ids.next('auditEntry'), at: clock.now(), kind, actor: who, address: scope.address, subject, facts }
}

/** A page that stays open is one look, and another one after so long. */
const oneLook = 12 * HOUR

/**
 * Writes down what somebody is about to see. Whoever waits for it shows nothing that was not written down. A page that
 * reads itself anew adds nothing while its opening stands there, by the same person and of the same thing.
 */
export const noteLook =
  (ports: Needs & Pick<Ports, 'store'>) =>
  async (scope: CompanyScope, act: AuditedAct): Promise<void> => {
    if (scope.rereads && (await isOpened(ports, scope, act))) return
    await ports.store.transact(scope, async (tx) => ok(await tx.audit.append(auditEntry(ports, scope, act))))
  }

const isOpened = async (
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  scope: CompanyScope,
  { kind, subject }: AuditedAct,
): Promise<boolean> => {
  if (!subject || !kind.endsWith('.viewed')) return false
  const query = {
    kind,
    subject,
    actor: scope.actor.name,
    from: after(clock.now(), -oneLook),
    limit: 1,
    cursor: undefined,
  }
  const { items } = await store.read(scope, (tx) => tx.audit.list(query))
  return items.some((one) => one.actor.id === scope.actorId)
}
