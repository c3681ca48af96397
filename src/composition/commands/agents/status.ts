import { note, print, printJson, table } from '../../../adapters/cli/terminal.ts'
import { written, writtenOrNull } from '../../../adapters/http/api/schemas.ts'
import { isoUtc } from '../../../domain/time.ts'
import type { ExitCode } from '../context.ts'
import { asking, type OfCompany } from './asked.ts'
import { chosenAgents } from './chosen.ts'
import { sayLive } from './list.ts'
import { lookAtFiles, problemLines } from './local.ts'

export interface StatusOptions extends OfCompany {
  readonly agent?: readonly string[]
}

/** How each agent stands to Retell, and its files to it. */
export const agentStatus = (directory: string | undefined, options: StatusOptions): Promise<ExitCode> =>
  asking(options, async (one) => {
    const { agents, isComplete } = await chosenAgents(one, options.agent)
    const zone = one.profile.company.timeZone
    const rows = []
    for (const agent of agents) {
      const local = directory === undefined ? undefined : await lookAtFiles(one, directory, agent)
      rows.push({ agent, local })
      for (const line of problemLines(agent.slug, local?.problems ?? [])) note(line)
    }
    const newest = await one.desk.app.newestAgentSync(one.scope)
    if (options.json) {
      printJson({
        items: rows.map(({ agent, local }) => ({
          agent: agent.slug,
          sync_status: agent.syncStatus,
          live_version: agent.live ?? null,
          live_retell_version: agent.liveAtRetell ?? null,
          draft_version: agent.draft ?? null,
          last_synced_at: writtenOrNull(agent.syncedAt, zone),
          files: local?.state.replaceAll(' ', '_') ?? null,
          files_version: local?.folder?.origin?.version ?? null,
        })),
        synced_at: newest?.endedAt === undefined ? null : written(newest.endedAt, zone),
      })
    } else {
      const files = directory === undefined ? [] : ['files']
      print(
        table(
          ['agent', 'at Retell', 'live', 'draft', 'read', ...files],
          rows.map(({ agent, local }) => [
            agent.slug,
            agent.syncStatus,
            sayLive(agent),
            agent.draft === undefined ? '–' : String(agent.draft),
            agent.syncedAt === undefined ? 'never' : isoUtc(agent.syncedAt),
            ...(local ? [local.state] : []),
          ]),
        ),
      )
    }
    return isComplete ? 0 : 1
  })
