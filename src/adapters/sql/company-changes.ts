import { sql } from 'kysely'
import type { CompanyId } from '../../domain/ids.ts'
import type { Engine, Trx } from './engine.ts'

const writersTurn = 5_118_090_264_417

/** Writers of companies take turns, so that changes are counted in the order of their commits. */
export const takeTurn = async ({ dialect }: Pick<Engine, 'dialect'>, trx: Trx): Promise<void> => {
  if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${writersTurn})`.execute(trx)
}

/** How many changes of companies there ever were. */
export const changes = async (trx: Trx): Promise<number> => {
  const row = await trx.selectFrom('companies').select(sql<number | null>`max(changed)`.as('last')).executeTakeFirst()
  return row?.last ?? 0
}

/** Has every directory look again at what it remembers of companies. For a writer whose turn it is. */
export const noteChange = async (trx: Trx, company: CompanyId): Promise<void> => {
  const changed = (await changes(trx)) + 1
  await trx.updateTable('companies').set({ changed }).where('id', '=', company).execute()
}
