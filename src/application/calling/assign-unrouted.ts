import { err, ok, type Result } from 'neverthrow'
import type { BranchId, CompanyId } from '../../domain/ids.ts'
import type { NotFound } from '../access/authenticate.ts'
import type { UnroutedCall } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope, PlatformScope } from '../scope.ts'

export type AlreadyAssigned = { readonly kind: 'already-assigned' }

/** While one of these is open, another is not raised. */
export const unroutedKey = ({ callId, toNumber, id }: Pick<UnroutedCall, 'callId' | 'toNumber' | 'id'>): string =>
  `unrouted_call:${callId ?? toNumber ?? id}`

/** A company reaches its own account's calls; the platform (`everywhere`) those of its own account as well. */
export const findUnrouted =
  ({ unrouted }: Pick<Ports, 'unrouted'>) =>
  async (
    scope: CompanyScope,
    everywhere: PlatformScope | undefined,
    id: UnroutedCall['id'],
  ): Promise<UnroutedCall | undefined> => {
    const call = everywhere ? await unrouted.findAny(everywhere, id) : await unrouted.findOwn(scope, id)
    return call && isWithinReach(call, scope.company) ? call : undefined
  }

/** What the key of one company signed is never another one's. */
const isWithinReach = ({ account }: UnroutedCall, company: CompanyId): boolean =>
  account === undefined || account === company

/**
 * Gives a call whose number nobody owns to a branch of the company, because a person says so, and has all that was heard of
 * it looked at again. What is heard of it later goes there as well.
 */
export const assignUnrouted =
  (ports: Pick<Ports, 'unrouted' | 'alarm' | 'clock'>) =>
  async (
    scope: CompanyScope,
    everywhere: PlatformScope | undefined,
    id: UnroutedCall['id'],
    branch: BranchId,
  ): Promise<Result<UnroutedCall, NotFound | AlreadyAssigned>> => {
    const call = await findUnrouted(ports)(scope, everywhere, id)
    if (!call) return err({ kind: 'not-found' })
    const assignedTo = { company: scope.company, branch }
    const now = ports.clock.now()
    if (!(await ports.unrouted.assign(id, assignedTo, now))) return err({ kind: 'already-assigned' })
    await ports.alarm.resolve(call.account, unroutedKey(call), now)
    return ok({ ...call, assignedTo })
  }
