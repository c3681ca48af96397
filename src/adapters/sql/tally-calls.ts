import { sql } from 'kysely'
import { type EndedCall, endedEarly, tallyVersions } from '../../application/agents/tally-versions.ts'
import { type Releases, talliedCalls } from '../../application/ports/releases.ts'
import type { CallState } from '../../domain/calling/call.ts'
import { chunks } from './chunks.ts'
import { fromDocument } from './document.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

type Card = Pick<CallState, 'agentVersion' | 'sentiment'>

/** How callers were is in the sealed card alone. Whether a tool was asked is looked up for those that ended early. */
export const tallyCalls =
  (db: TenantDb, seal: Sealing): Releases['tallyByVersion'] =>
  async (retellAgentId, since) => {
    const rows = await db
      .from('calls')
      .select(['id', 'status', 'outcome', 'agent_version', 'started_at', 'ended_at', 'duration_ms', 'card'])
      .where('agent_id', '=', retellAgentId)
      .where('started_at', '>=', since)
      .where(sql<boolean>`status in ('ended', 'failed')`)
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(talliedCalls)
      .execute()
    const ended = rows.map((row) => {
      const { agentVersion, sentiment } = fromDocument(seal.open('calls', 'card', row.id, row.card)) as Card
      const call = {
        status: row.status,
        outcome: row.outcome,
        // Calls that are older than the column have it in their card alone.
        agentVersion: row.agent_version ?? agentVersion,
        startedAt: row.started_at ?? undefined,
        endedAt: row.ended_at ?? undefined,
        durationMs: row.duration_ms ?? undefined,
        sentiment,
      }
      return { id: row.id, call: call as Omit<EndedCall, 'usedTool'> }
    })
    const early = ended.filter(({ call }) => endedEarly(call)).map(({ id }) => id)
    const withTools = new Set<string>()
    for (const some of chunks(early)) {
      const asked = await db.from('tool_calls').select('call_id').distinct().where('call_id', 'in', some).execute()
      for (const { call_id } of asked) withTools.add(call_id)
    }
    return tallyVersions(ended.map(({ id, call }) => ({ ...call, usedTool: withTools.has(id) })))
  }
