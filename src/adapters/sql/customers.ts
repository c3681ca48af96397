import type { Selectable } from 'kysely'
import type { Customer, Customers, VipMark } from '../../application/ports/customers.ts'
import { foldedEmail } from './email-index.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** The people a company knows, sealed, found by number and e-mail. */
export const sqlCustomers = (db: TenantDb, seal: Sealing): Customers => {
  const byPhone = async (phone: string): Promise<Customer | undefined> => {
    const row = await db
      .from('customers')
      .selectAll()
      .where('phone_index', '=', phoneIndex(seal, phone))
      .executeTakeFirst()
    return row && fromRow(seal, row)
  }

  return {
    find: async (id) => {
      const row = await db.from('customers').selectAll().where('id', '=', id).executeTakeFirst()
      return row && fromRow(seal, row)
    },
    many: async (ids) => {
      if (ids.length === 0) return []
      const rows = await db
        .from('customers')
        .selectAll()
        .where('id', 'in', [...new Set(ids)])
        .execute()
      return rows.map((row) => fromRow(seal, row))
    },
    byPhone,
    byEmail: async (email) => {
      const rows = await db
        .from('customers')
        .selectAll()
        .where('email_index', '=', emailIndex(seal, email))
        .orderBy('first_seen_at')
        .orderBy('id')
        .execute()
      return rows.map((row) => fromRow(seal, row))
    },
    add: async (customer) => {
      const added = await db
        .insert('customers', { id: customer.id, ...customerToRow(seal, customer) })
        .onConflict((conflict) => conflict.columns(['company_id', 'phone_index']).doNothing())
        .executeTakeFirst()
      if ((added.numInsertedOrUpdatedRows ?? 0n) > 0n || customer.phone === undefined) return customer
      const known = await byPhone(customer.phone)
      if (!known) throw new Error('A number is taken and nobody has it')
      return known
    },
    save: async (customer) => {
      const row = customerToRow(seal, customer)
      await db
        .insert('customers', { id: customer.id, ...row })
        .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet(row))
        .execute()
    },
    list: (page) =>
      readPage(db.from('customers').selectAll(), { by: 'first_seen_at', first: 'highest' }, page, (row) =>
        fromRow(seal, row),
      ),
    vipMarks: async (ids) => {
      if (ids.length === 0) return new Map()
      const marked = db
        .from('customers')
        .select(['id', 'vip_at', 'vip_by'])
        .where('vip', '=', 1)
        .where('id', 'in', [...new Set(ids)])
      return new Map((await marked.execute()).map((row) => markFromRow(seal, row)))
    },
    setVip: async (id, mark) => {
      const by = mark && seal.seal('customers', 'vip_by', id, JSON.stringify(mark.by))
      const set = db.update('customers').set({ vip: mark ? 1 : 0, vip_at: mark?.at ?? null, vip_by: by ?? null })
      return (await set.where('id', '=', id).executeTakeFirst()).numUpdatedRows > 0n
    },
  }
}

const markFromRow = (
  seal: Sealing,
  row: Pick<Selectable<Schema['customers']>, 'id' | 'vip_at' | 'vip_by'>,
): readonly [Customer['id'], VipMark] => {
  if (row.vip_at === null || row.vip_by === null) throw new Error('A mark without a moment or a name')
  const by = JSON.parse(seal.open('customers', 'vip_by', row.id, row.vip_by)) as VipMark['by']
  return [row.id as Customer['id'], { by, at: row.vip_at as VipMark['at'] }]
}

export const phoneIndex = (seal: Sealing, phone: string): string => seal.index('customers.phone', phone)
export const emailIndex = (seal: Sealing, email: string): string => seal.index('customers.email', foldedEmail(email))

export const customerToRow = (
  seal: Sealing,
  { id, name, phone, email, language, notes, firstSeenAt }: Customer,
): Omit<NewRow<'customers'>, 'id'> => {
  const sealed = (column: string, text: string | undefined) =>
    text === undefined ? null : seal.seal('customers', column, id, text)
  return {
    name: seal.seal('customers', 'name', id, name),
    phone: sealed('phone', phone),
    phone_index: phone === undefined ? null : phoneIndex(seal, phone),
    email: sealed('email', email),
    email_index: email === undefined ? null : emailIndex(seal, email),
    language: language ?? null,
    notes: sealed('notes', notes),
    first_seen_at: firstSeenAt,
  }
}

const fromRow = (seal: Sealing, row: Selectable<Schema['customers']>): Customer => {
  const opened = (column: 'phone' | 'email' | 'notes'): string | undefined => {
    const sealed = row[column]
    return sealed === null ? undefined : seal.open('customers', column, row.id, sealed)
  }
  return {
    id: row.id as Customer['id'],
    name: seal.open('customers', 'name', row.id, row.name),
    phone: opened('phone') as Customer['phone'],
    email: opened('email'),
    language: (row.language ?? undefined) as Customer['language'],
    notes: opened('notes'),
    firstSeenAt: row.first_seen_at as Customer['firstSeenAt'],
  }
}
