import type { Ids } from '../../application/ports/ambient.ts'
import type { Customer } from '../../application/ports/customers.ts'
import type { CustomerSeed } from '../../domain/company.ts'
import type { Instant } from '../../domain/time.ts'
import { chunks } from './chunks.ts'
import { customerToRow, emailIndex, phoneIndex } from './customers.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/**
 * Makes customers of those whom nobody knows yet: by number, without one by e-mail, without either by name. Nobody
 * who is known is changed.
 */
export const seedCustomers = async (
  db: TenantDb,
  seal: Sealing,
  ids: Ids,
  seeds: readonly CustomerSeed[],
  now: Instant,
): Promise<void> => {
  if (seeds.length === 0) return
  const marked = seeds.map((seed) => ({ seed, mark: markOf(seal, seed), email: emailMark(seal, seed) }))
  const known = new Set<string>()
  for (const some of chunks(marked.map(({ mark }) => mark))) for (const mark of await knownOf(db, some)) known.add(mark)
  if (marked.some(({ mark }) => mark.column === 'name')) {
    for (const name of await namesWithoutContact(db, seal)) known.add(textOf({ column: 'name', value: name }))
  }
  const rows = marked.flatMap(({ seed, mark, email }) => {
    if (known.has(textOf(mark))) return []
    known.add(textOf(mark))
    if (email) known.add(textOf(email))
    const id = ids.next('customer')
    const customer: Customer = { id, ...seed, language: undefined, notes: undefined, firstSeenAt: now }
    return [{ id, ...customerToRow(seal, customer) }]
  })
  for (const some of chunks(rows)) await db.insert('customers', some).execute()
}

/** What a customer is recognised by. */
interface Mark {
  readonly column: 'phone_index' | 'email_index' | 'name'
  readonly value: string
}

const textOf = ({ column, value }: Mark): string => `${column} ${value}`

const markOf = (seal: Sealing, seed: CustomerSeed): Mark =>
  seed.phone === undefined
    ? (emailMark(seal, seed) ?? { column: 'name', value: seed.name })
    : { column: 'phone_index', value: phoneIndex(seal, seed.phone) }

const emailMark = (seal: Sealing, { email }: CustomerSeed): Mark | undefined =>
  email === undefined ? undefined : { column: 'email_index', value: emailIndex(seal, email) }

const knownOf = async (db: TenantDb, marks: readonly Mark[]): Promise<readonly string[]> => {
  const of = async (column: 'phone_index' | 'email_index'): Promise<readonly string[]> => {
    const values = marks.filter((mark) => mark.column === column).map(({ value }) => value)
    if (values.length === 0) return []
    const rows = await db.from('customers').select(column).where(column, 'in', values).execute()
    return rows.flatMap((row) => {
      const value = row[column]
      return value === null ? [] : [textOf({ column, value })]
    })
  }
  return [...(await of('phone_index')), ...(await of('email_index'))]
}

/** Names are sealed and have no index, so the few customers without any contact are looked through. */
const namesWithoutContact = async (db: TenantDb, seal: Sealing): Promise<readonly string[]> => {
  const rows = await db
    .from('customers')
    .select(['id', 'name'])
    .where('phone_index', 'is', null)
    .where('email_index', 'is', null)
    .execute()
  return rows.map(({ id, name }) => seal.open('customers', 'name', id, name))
}
