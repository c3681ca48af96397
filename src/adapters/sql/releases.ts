import { type Selectable, sql } from 'kysely'
import type { AgentRollout, LiveDecision, Publication, Releases } from '../../application/ports/releases.ts'
import type { AgentId } from '../../domain/ids.ts'
import { fromDocument, toDocument } from './document.ts'
import { readPage } from './keyset.ts'
import type { Schema } from './schema.ts'
import type { Sealing } from './sealing.ts'
import { tallyCalls } from './tally-calls.ts'
import type { NewRow, TenantDb } from './tenant-db.ts'

/** Not a parameter: the indexes of the running ones are used only when that is known beforehand. */
const isRunning = sql<boolean>`state = 'running'`

/** What is live of agents. Who did it and what they said is sealed. */
export const sqlReleases = (db: TenantDb, seal: Sealing): Releases => {
  const publications = () => db.from('publications').selectAll()
  const rollouts = () => db.from('agent_rollouts').selectAll()
  const publicationOf = (row: StateRow) => fromRow(seal, 'publications', row) as unknown as Publication
  const rolloutOf = (row: StateRow) => fromRow(seal, 'agent_rollouts', row) as unknown as AgentRollout
  const newest = { by: 'started_at', first: 'highest' } as const
  /** Adds it or replaces all of it. */
  const save = async (table: 'publications' | 'agent_rollouts', one: Publication | AgentRollout) => {
    const row = toRow(seal, table, one)
    const { id: _same, ...changed } = row
    await db
      .insert(table, row)
      .onConflict((conflict) => conflict.columns(['company_id', 'id']).doUpdateSet(changed))
      .execute()
  }

  return {
    decide: async (decision) => {
      await db.insert('live_decisions', decisionToRow(seal, decision)).execute()
    },
    decisions: (agent, request) =>
      readPage(
        db.from('live_decisions').selectAll().where('agent_id', '=', agent),
        { by: 'at', first: 'highest' },
        request,
        (row) => decisionFromRow(seal, row),
      ),
    savePublication: (publication) => save('publications', publication),
    publication: async (id) => {
      const row = await publications().where('id', '=', id).executeTakeFirst()
      return row && publicationOf(row)
    },
    runningPublication: async (agent) => {
      const row = await publications().where('agent_id', '=', agent).where(isRunning).executeTakeFirst()
      return row && publicationOf(row)
    },
    publications: (agent, request) =>
      readPage(publications().where('agent_id', '=', agent), newest, request, publicationOf),
    saveRollout: (rollout) => save('agent_rollouts', rollout),
    runningRollout: async (agent) => {
      const row = await rollouts().where('agent_id', '=', agent).where(isRunning).executeTakeFirst()
      return row && rolloutOf(row)
    },
    runningRollouts: async () =>
      (await rollouts().where(isRunning).orderBy('started_at').orderBy('id').execute()).map(rolloutOf),
    rollouts: (agent: AgentId, request) =>
      readPage(rollouts().where('agent_id', '=', agent), newest, request, rolloutOf),
    tallyByVersion: tallyCalls(db, seal),
  }
}

/** Publications and rollouts are kept in one way: everything that nobody looks for is in their body. */
type StateRow = Selectable<Schema['publications']>

const toRow = (
  seal: Sealing,
  table: 'publications' | 'agent_rollouts',
  one: Publication | AgentRollout,
): NewRow<'publications'> => {
  const { id, agent, state, startedAt, ...body } = one
  return {
    id,
    agent_id: agent,
    state,
    started_at: startedAt,
    body: seal.seal(table, 'body', id, toDocument(body)),
  }
}

const fromRow = (seal: Sealing, table: 'publications' | 'agent_rollouts', row: StateRow) => ({
  ...(fromDocument(seal.open(table, 'body', row.id, row.body)) as object),
  id: row.id,
  agent: row.agent_id,
  state: row.state,
  startedAt: row.started_at,
})

const decisionToRow = (seal: Sealing, decision: LiveDecision): NewRow<'live_decisions'> => {
  const { id, agent, kind, version, retellVersion, percent, at, ...body } = decision
  return {
    id,
    agent_id: agent,
    kind,
    version,
    retell_version: retellVersion,
    percent,
    at,
    body: seal.seal('live_decisions', 'body', id, toDocument(body)),
  }
}

const decisionFromRow = (seal: Sealing, row: Selectable<Schema['live_decisions']>): LiveDecision => {
  const stored = {
    ...(fromDocument(seal.open('live_decisions', 'body', row.id, row.body)) as object),
    id: row.id,
    agent: row.agent_id,
    kind: row.kind,
    version: row.version,
    retellVersion: row.retell_version,
    percent: row.percent,
    at: row.at,
  }
  return stored as unknown as LiveDecision
}
