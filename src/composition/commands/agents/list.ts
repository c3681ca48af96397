import { inert, note, print, printJson, table } from '../../../adapters/cli/terminal.ts'
import { syncStatuses, viewOfAgent } from '../../../adapters/http/api/agent-view.ts'
import type { ManagedAgent } from '../../../application/ports/agents.ts'
import { isoUtc } from '../../../domain/time.ts'
import type { ExitCode } from '../context.ts'
import { type Asking, asking, type OfCompany } from './asked.ts'

export interface ListOptions extends OfCompany {
  readonly search?: string
  readonly status?: string
  readonly gone?: true
}

/** All agents of a company, page by page. */
export const allAgents = async (
  { desk, scope }: Asking,
  query: Omit<Parameters<Asking['desk']['app']['listAgents']>[1], 'limit' | 'cursor'> = {},
): Promise<readonly ManagedAgent[]> => {
  const agents: ManagedAgent[] = []
  let cursor: string | undefined
  do {
    const page = await desk.app.listAgents(scope, { ...query, limit: 200, cursor })
    agents.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return agents
}

export const listAgents = async (options: ListOptions): Promise<ExitCode> => {
  const { search } = options
  const status = syncStatuses.find((one) => one === options.status)
  if (options.status !== undefined && status === undefined) {
    note(`--status must be one of ${syncStatuses.join(', ')}.`)
    return 2
  }
  return asking(options, async (one) => {
    const agents = await allAgents(one, {
      ...(search === undefined ? {} : { search }),
      ...(status === undefined ? {} : { status }),
      withGone: options.gone ?? false,
    })
    const zone = one.profile.company.timeZone
    if (options.json) printJson({ items: agents.map((agent) => viewOfAgent(agent, zone)) })
    else if (agents.length === 0)
      print(`There are none. Read them from Retell: frontdesk agents sync --company ${options.company}`)
    else print(table(['agent', 'name', 'state', 'live', 'draft', 'numbers', 'read'], agents.map(rowOf)))
    for (const { slug, syncError } of agents) if (syncError !== undefined) note(inert(`${slug}: ${syncError}`))
    return 0
  })
}

/** Our number of what callers reach, and Retell's beside it. */
export const sayLive = ({ live, liveAtRetell }: ManagedAgent): string =>
  live === undefined ? '–' : `${live}${liveAtRetell === undefined ? '' : ` (Retell ${liveAtRetell})`}`

const rowOf = (agent: ManagedAgent): readonly string[] => [
  agent.slug,
  agent.isGone ? `${agent.name} (gone)` : agent.name,
  agent.syncStatus,
  sayLive(agent),
  agent.draft === undefined ? '–' : String(agent.draft),
  agent.numbers.join(' '),
  agent.syncedAt === undefined ? 'never' : isoUtc(agent.syncedAt),
]
