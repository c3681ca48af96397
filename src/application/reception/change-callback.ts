import { err, ok, type Result } from 'neverthrow'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CallbackId } from '../../domain/ids.ts'
import {
  type Assignee,
  assigned,
  type Callback,
  done,
  dueAt,
  prioritised,
  reopened,
} from '../../domain/reception/callback.ts'
import type { Instant } from '../../domain/time.ts'
import type { NotFound } from '../access/authenticate.ts'
import { invalid } from '../booking/wanted.ts'
import type { InvalidInput } from '../failure.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import { keepCallback, whereOf } from './keep-callback.ts'

export interface CallbackChangeRequest {
  readonly state?: 'open' | 'assigned' | 'done'
  /** The e-mail of a user of the company; null: nobody's. */
  readonly assignedTo?: string | null
  readonly priority?: Callback['priority']
  /** Ahead of now. */
  readonly dueBy?: Instant
}

/** Says who does it, that it is done, that it is not after all, how pressing it is, or when it is due. */
export const changeCallback =
  ({ store, clock, ids, identities }: Pick<Ports, 'store' | 'clock' | 'ids' | 'identities'>) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    id: CallbackId,
    change: CallbackChangeRequest,
  ): Promise<Result<Callback, NotFound | InvalidInput>> => {
    const now = clock.now()
    const { dueBy } = change
    if (dueBy !== undefined && dueBy <= now) return invalid('/due_by', 'This moment has passed.')
    const assignee = await assigneeOf({ identities }, scope, change)
    if (assignee.isErr()) return err(assignee.error)
    return store.transact(scope, async (tx): Promise<Result<Callback, NotFound>> => {
      const callback = await tx.callbacks.open(id)
      if (!callback) return err({ kind: 'not-found' })
      const where = whereOf(profile, callback.branch)
      const pressed = change.priority === undefined ? callback : prioritised(callback, change.priority, where, now)
      const settled = change.state === 'done' ? done(pressed) : pressed
      const owned = assignee.value === 'nobody' ? reopened(settled, where, now) : settled
      const taken = typeof assignee.value === 'object' ? assigned(owned, assignee.value, where, now) : owned
      const changed = dueBy === undefined ? taken : dueAt(taken, dueBy, now)
      await keepCallback(tx, ids, changed, now)
      return ok(changed)
    })
  }

/** Whose it becomes; undefined: whose it was. */
const assigneeOf = async (
  { identities }: Pick<Ports, 'identities'>,
  scope: CompanyScope,
  { state, assignedTo }: CallbackChangeRequest,
): Promise<Result<Assignee | 'nobody' | undefined, InvalidInput>> => {
  if (state === 'done') {
    return assignedTo === undefined ? ok(undefined) : invalid('/assigned_to', 'What is done is nobody’s to do.')
  }
  if (state === 'assigned' && typeof assignedTo !== 'string') return invalid('/assigned_to', 'Say who takes it over.')
  if (state === 'open' && typeof assignedTo === 'string') {
    return invalid('/state', 'What somebody takes over is assigned.')
  }
  if (assignedTo === null || state === 'open') return ok('nobody')
  if (assignedTo === undefined) return ok(undefined)
  const user = await identities.userByEmail(assignedTo)
  const belongs = user && !user.disabled && (user.company === undefined || user.company === scope.company)
  return belongs ? ok({ user: user.id, name: user.email }) : invalid('/assigned_to', 'No user here has this e-mail.')
}
