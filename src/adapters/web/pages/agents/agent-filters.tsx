import type { AgentList } from '../../../../application/agents/list-agents.ts'
import type { CompanyProfile } from '../../../../domain/company.ts'
import type { Frame } from '../../frame.ts'
import { withQuery } from '../parts.tsx'
import { agentsPath } from './agent-frame.tsx'

/** As the address has it; '' stands for no filter. */
export interface AgentsFilter {
  readonly status: keyof AgentList['tally'] | ''
  readonly search: string
  readonly gone: boolean
  readonly cursor: string
}

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly filter: AgentsFilter
  readonly found: AgentList
}

export const syncStatuses = ['clean', 'ours_ahead', 'theirs_ahead', 'diverged', 'unknown'] as const

/** How many there are of each status; each count leads to its list. */
const Tally = ({ frame, profile, filter, found }: Props) => {
  const { agents } = frame.words
  const all = syncStatuses.reduce((sum, status) => sum + found.tally[status], 0)
  const kept = { search: filter.search, gone: filter.gone ? '1' : '' }
  return (
    <nav id="tally" class="segments tally" aria-label={agents.filter.status}>
      <a
        href={withQuery(agentsPath(profile), kept)}
        aria-current={filter.status === '' ? 'page' : undefined}
        safe
      >{`${agents.filter.all} ${all}`}</a>
      {syncStatuses
        .filter((status) => found.tally[status] > 0 || filter.status === status)
        .map((status) => (
          <a
            href={withQuery(agentsPath(profile), { ...kept, status })}
            aria-current={filter.status === status ? 'page' : undefined}
            safe
          >{`${agents.status[status]} ${found.tally[status]}`}</a>
        ))}
    </nav>
  )
}

/** Status by a link, name by a field, and whether those that are gone are shown. All of it stands in the address. */
export const AgentFilters = (props: Props): JSX.Element => {
  const { frame, profile, filter } = props
  const { agents } = frame.words
  const path = agentsPath(profile)
  return (
    <div class="filters">
      <Tally {...props} />
      <form id="filters" class="agent-search" method="get" action={path} aria-label={agents.filter.label}>
        {filter.status === '' ? null : <input type="hidden" name="status" value={filter.status} />}
        <label class="field grow">
          <span safe>{agents.filter.search}</span>
          <input type="search" name="search" value={filter.search} maxlength="200" autocomplete="off" />
        </label>
        <label class="check">
          <input type="checkbox" name="gone" value="1" checked={filter.gone} />
          <span safe>{agents.filter.gone}</span>
        </label>
        <button class="button" type="submit" safe>
          {agents.apply}
        </button>
        {filter.search === '' && !filter.gone ? null : (
          <a class="button quiet" href={withQuery(path, { status: filter.status })} safe>
            {agents.reset}
          </a>
        )}
      </form>
    </div>
  )
}
