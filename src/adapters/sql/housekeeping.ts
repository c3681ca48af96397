import { type RawBuilder, sql } from 'kysely'
import type { Housekeeping, LeftoverKind } from '../../application/ports/housekeeping.ts'
import type { Engine } from './engine.ts'
import type { Schema } from './schema.ts'

/** Rows that are over at `moment`, named by `key`, and what else is true of them. */
interface Leftover {
  readonly table: keyof Schema
  readonly key: readonly string[]
  readonly moment: string
  readonly where?: RawBuilder<boolean>
  /** The index on the moment begins with the company. */
  readonly byCompany: boolean
}

/** The states are said word by word, for the index is one of some states alone. */
const job = (where: RawBuilder<boolean>): Leftover => ({
  table: 'jobs',
  key: ['id'],
  moment: 'run_at',
  where,
  byCompany: false,
})
const ofCompanies = (table: keyof Schema, key: string, moment: string, where = sql<boolean>`true`): Leftover => ({
  table,
  key: ['company_id', ...key.split(' ')],
  moment,
  where,
  byCompany: true,
})

const leftovers: { readonly [Kind in LeftoverKind]: Leftover } = {
  'done-jobs': job(sql`state = 'done' and state <> 'waiting'`),
  'given-up-jobs': job(sql`state = 'given-up' and state <> 'waiting'`),
  'idempotent-requests': {
    table: 'idempotent_requests',
    key: ['principal', 'path', 'key'],
    moment: 'begun_at',
    byCompany: false,
  },
  'live-events': ofCompanies('live_events', 'seq', 'at'),
  rings: ofCompanies('rings', 'id', 'at'),
  suggestions: ofCompanies('suggestions', 'call_id position', 'until'),
  offers: ofCompanies('offers', 'id', 'until'),
  'ended-holds': ofCompanies('occupancy', 'id', 'until'),
  'ended-syncs': ofCompanies('agent_syncs', 'id', 'started_at', sql`state <> 'running'`),
  rehearsals: ofCompanies('rehearsals', 'id', 'at'),
  sessions: { table: 'sessions', key: ['digest'], moment: 'expires_at', byCompany: false },
  'password-links': { table: 'password_links', key: ['digest'], moment: 'expires_at', byCompany: false },
}

/** Walks down the index of each company in turn, so that a portion costs as much as it deletes. */
const portionOf = (
  { dialect }: Engine,
  { table, key, moment, where = sql`true`, byCompany }: Leftover,
  before: number,
  limit: number,
): RawBuilder<unknown> => {
  const [from, at, columns] = [
    sql.table(table),
    sql.ref(`old.${moment}`),
    sql.join(key.map((one) => sql.ref(`old.${one}`))),
  ]
  if (!byCompany) return sql`select ${columns} from ${from} as old where ${where} and ${at} <= ${before} limit ${limit}`
  const ofOne = sql`old.company_id = companies.id and ${where} and ${at} <= ${before}`
  return dialect === 'sqlite'
    ? sql`select ${columns} from companies cross join ${from} as old on ${ofOne} limit ${limit}`
    : sql`select ${columns} from companies cross join lateral
        (select * from ${from} as old where ${ofOne} order by ${at} limit ${limit}) as old limit ${limit}`
}

/** Deletes across companies, as nobody but the service itself may. */
export const sqlHousekeeping = (engine: Engine): Housekeeping => ({
  clear: (_scope, kind, before, limit) => {
    const leftover = leftovers[kind]
    const key = sql.join(leftover.key.map((one) => sql.ref(one)))
    const doomed = portionOf(engine, leftover, before, limit)
    return engine.asSystem(async (trx) => {
      // Said twice, for what somebody takes up again while this waits for its row is over no more.
      const isOver = sql`${sql.ref(leftover.moment)} <= ${before}`
      const from = sql.table(leftover.table)
      const deleted = await sql`delete from ${from} where (${key}) in (${doomed}) and ${isOver}`.execute(trx)
      return Number(deleted.numAffectedRows ?? 0n)
    })
  },
})
