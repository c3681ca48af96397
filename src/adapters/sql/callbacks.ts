import type { Selectable } from 'kysely'
import type { CallbackQuery, Callbacks } from '../../application/ports/callbacks.ts'
import type { Callback } from '../../domain/reception/callback.ts'
import type { Instant } from '../../domain/time.ts'
import { fromDocument, toDocument } from './document.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

const standing = ['open', 'assigned'] as const

/** Promises to ring back and messages. Whom, why, and who does it is sealed. */
export const sqlCallbacks = (db: TenantDb, seal: Sealing): Callbacks => {
  const wanted = ({ states, kind, branch, priority, overdue }: CallbackQuery) => {
    let query = db.from('callbacks').selectAll()
    if (states !== undefined) query = query.where('state', 'in', states.length === 0 ? [''] : states)
    if (kind !== undefined) query = query.where('kind', '=', kind)
    if (branch !== undefined) query = query.where('branch_id', '=', branch)
    if (priority !== undefined) query = query.where('priority', '=', priority)
    if (overdue?.is === true) query = query.where('state', 'in', standing).where('due_by', '<=', overdue.at)
    if (overdue?.is === false) {
      query = query.where(({ or, eb }) => or([eb('state', 'not in', standing), eb('due_by', '>', overdue.at)]))
    }
    return query
  }
  const read = (row: Row) => fromRow(seal, row)

  return {
    find: async (id) => {
      const row = await db.from('callbacks').selectAll().where('id', '=', id).executeTakeFirst()
      return row && read(row)
    },
    open: async (id) => {
      const row = await db.locked('callbacks').selectAll().where('id', '=', id).executeTakeFirst()
      return row && read(row)
    },
    add: async (callback) => {
      await db.insert('callbacks', toRow(seal, callback)).execute()
    },
    save: async (callback) => {
      const { id, ...row } = toRow(seal, callback)
      await db.update('callbacks').set(row).where('id', '=', id).execute()
    },
    ofCall: async (call) => {
      const rows = db.from('callbacks').selectAll().where('call_id', '=', call)
      return (await rows.orderBy('created_at').orderBy('id').execute()).map(read)
    },
    list: (asked) => readPage(wanted(asked), { by: 'created_at', first: 'highest' }, asked, read),
    listByDue: (asked) => readPage(wanted(asked), { by: 'due_by', first: 'lowest' }, asked, read),
    tally: async (now) => {
      const rows = await db
        .from('callbacks')
        .select(({ fn, eb }) => [
          fn.countAll().as('standing'),
          fn.sum(eb.case().when('due_by', '<=', now).then(1).else(0).end()).as('overdue'),
        ])
        .where('state', 'in', standing)
        .executeTakeFirst()
      return { standing: Number(rows?.standing ?? 0), overdue: Number(rows?.overdue ?? 0) }
    },
  }
}

type Row = Selectable<Schema['callbacks']>
type Body = Pick<Callback, 'customerName' | 'phoneNumber' | 'reason' | 'message' | 'preferredTimeWindow' | 'assignedTo'>

const toRow = (seal: Sealing, callback: Callback): NewRow<'callbacks'> => {
  const { customerName, phoneNumber, reason, message, preferredTimeWindow, assignedTo } = callback
  const body: Body = { customerName, phoneNumber, reason, message, preferredTimeWindow, assignedTo }
  return {
    id: callback.id,
    call_id: callback.callId ?? null,
    branch_id: callback.branch ?? null,
    service_id: callback.service ?? null,
    kind: callback.kind,
    priority: callback.priority,
    state: callback.state,
    due_by: callback.dueBy,
    escalated_at: callback.escalatedAt ?? null,
    created_at: callback.createdAt,
    body: seal.seal('callbacks', 'body', callback.id, toDocument(body)),
  }
}

const fromRow = (seal: Sealing, row: Row): Callback => {
  const stored = {
    id: row.id,
    callId: row.call_id ?? undefined,
    branch: row.branch_id ?? undefined,
    service: row.service_id ?? undefined,
    kind: row.kind,
    priority: row.priority,
    state: row.state,
    dueBy: row.due_by as Instant,
    escalatedAt: row.escalated_at ?? undefined,
    createdAt: row.created_at as Instant,
    ...(fromDocument(seal.open('callbacks', 'body', row.id, row.body)) as Body),
  }
  return stored as Callback
}
