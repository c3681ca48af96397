import { sql } from 'kysely'
import type { AgentId } from '../../domain/ids.ts'
import type { TenantDb } from './tenant-db.ts'

/** Which of our versions is which of Retell's. */
export interface RetellVersions {
  /** What is published there stays what it is. */
  readonly map: (agent: AgentId, retellVersion: number, number: number, isPublished: boolean) => Promise<void>
  /** Another of ours is published as the same one. */
  readonly share: (agent: AgentId, retellVersion: number, number: number) => Promise<void>
  /** Ours that has the content which Retell's has now. */
  readonly ours: (agent: AgentId, retellVersion: number) => Promise<number | undefined>
  /** Retell's of each of ours: a published one before a draft, what has the content before what had it, then the newest. */
  readonly best: (agent: AgentId, numbers: readonly number[]) => Promise<ReadonlyMap<number, number>>
}

/** Not a parameter: the index of these is used only when that is known beforehand. */
const isCurrent = sql<boolean>`is_current = 1`

export const retellVersionsOf = (db: TenantDb): RetellVersions => {
  const current = (agent: AgentId, retellVersion: number) =>
    db
      .from('retell_versions')
      .select(['number', 'is_published'])
      .where('agent_id', '=', agent)
      .where('retell_version', '=', retellVersion)
      .where(isCurrent)
      .executeTakeFirst()

  return {
    map: async (agent, retellVersion, number, isPublished) => {
      const known = await current(agent, retellVersion)
      if (known?.is_published === 1) return
      await db
        .update('retell_versions')
        .set({ is_current: 0 })
        .where('agent_id', '=', agent)
        .where('retell_version', '=', retellVersion)
        .where(isCurrent)
        .execute()
      const state = { is_published: isPublished ? 1 : 0, is_current: 1 } as const
      await db
        .insert('retell_versions', { agent_id: agent, retell_version: retellVersion, number, ...state })
        .onConflict((conflict) =>
          conflict.columns(['company_id', 'agent_id', 'retell_version', 'number']).doUpdateSet(state),
        )
        .execute()
    },
    share: async (agent, retellVersion, number) => {
      const row = { agent_id: agent, retell_version: retellVersion, number, is_published: 1, is_current: 0 } as const
      await db
        .insert('retell_versions', row)
        .onConflict((conflict) => conflict.columns(['company_id', 'agent_id', 'retell_version', 'number']).doNothing())
        .execute()
    },
    ours: async (agent, retellVersion) => (await current(agent, retellVersion))?.number,
    best: async (agent, numbers) => {
      if (numbers.length === 0) return new Map()
      const rows = await db
        .from('retell_versions')
        .select(['number', 'retell_version'])
        .where('agent_id', '=', agent)
        .where('number', 'in', numbers)
        .orderBy('is_published')
        .orderBy('is_current')
        .orderBy('retell_version')
        .execute()
      // The last one of a number is the one that counts.
      return new Map(rows.map(({ number, retell_version }) => [number, retell_version]))
    },
  }
}
