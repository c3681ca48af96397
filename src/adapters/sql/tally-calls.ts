import { sql } from 'kysely'
import { type EndedCall, loopingAlert, noTools, tallyVersions } from '../../application/agents/tally-versions.ts'
import { type Releases, talliedCalls } from '../../application/ports/releases.ts'
import { failureStatuses } from '../../application/tools/tool-failures.ts'
import type { CallState } from '../../domain/calling/call.ts'
import type { CallId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import { chunks } from './chunks.ts'
import { fromDocument } from './document.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

type Card = Pick<CallState, 'agentVersion' | 'sentiment'>

/** How callers were is in the sealed card alone. */
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
    const tools = await toolsOf(
      db,
      rows.map(({ id }) => id),
    )
    const looping = rows.length === 0 ? new Set() : await loopingSince(db, since)
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
        ...(tools.get(row.id) ?? noTools),
        isLooping: looping.has(row.id),
      }
      return call as EndedCall
    })
    return tallyVersions(ended)
  }

/** Of those of these calls in which a tool was asked for. */
const toolsOf = async (db: TenantDb, calls: readonly CallId[]) => {
  const found = new Map<string, Pick<EndedCall, 'toolCalls' | 'toolFailures'>>()
  for (const some of chunks(calls)) {
    const counted = await db
      .from('tool_calls')
      .select('call_id')
      .select(sql<number>`count(*)`.as('asked'))
      .select(sql<number>`count(case when status in (${sql.join(failureStatuses)}) then 1 end)`.as('failed'))
      .where('call_id', 'in', some)
      .groupBy('call_id')
      .execute()
    for (const { call_id, asked, failed } of counted) {
      found.set(call_id, { toolCalls: Number(asked), toolFailures: Number(failed) })
    }
  }
  return found
}

/** No alert about a call is older than the call. */
const loopingSince = async (db: TenantDb, since: Instant): Promise<ReadonlySet<string | null>> => {
  const raised = await db
    .from('alerts')
    .select('call_id')
    .where('kind', '=', loopingAlert)
    .where('created_at', '>=', since)
    .execute()
  return new Set(raised.map(({ call_id }) => call_id))
}
