import type { AgentList } from '../../../../application/agents/list-agents.ts'
import type { AgentSync } from '../../../../application/ports/agent-syncs.ts'
import type { ManagedAgent } from '../../../../application/ports/agents.ts'
import type { CompanyProfile } from '../../../../domain/company.ts'
import { type Frame, may, type View } from '../../frame.ts'
import { Message } from '../fields.tsx'
import { numberText } from '../numbers.tsx'
import { Empty, PageHead, Pager, Tag, withQuery } from '../parts.tsx'
import { AgentFilters, type AgentsFilter } from './agent-filters.tsx'
import {
  type AgentProps,
  agentName,
  agentPath,
  agentsPath,
  Deed,
  DeedsForm,
  readText,
  SyncTag,
  type Told,
  versionText,
} from './agent-frame.tsx'
import { SyncState } from './sync-state.tsx'

interface Props extends Told {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly filter: AgentsFilter
  readonly found: AgentList
  readonly sync: AgentSync | undefined
  readonly hasAccount: boolean
}

const fewNumbers = 2

export const engineText = ({ frame, agent }: Omit<AgentProps, 'profile'>): string => {
  const { agents } = frame.words
  const { engine } = agent
  if (engine === undefined) return agents.noEngine
  return Object.entries(agents.engines).find(([kind]) => kind === engine)?.[1] ?? engine
}

const Row = ({ frame, profile, agent }: AgentProps) => {
  const { agents } = frame.words
  const numbers = agent.numbers.slice(0, fewNumbers).map((one) => numberText(one, profile))
  const more = agent.numbers.length - numbers.length
  return (
    <li id={`agent-${agent.slug}`}>
      <a class="row agent-row" href={agentPath(profile, agent)}>
        <span class="cell who">
          <span class="name" safe>
            {agentName(agent)}
          </span>
          <small safe>{[engineText({ frame, agent }), agent.language].filter(Boolean).join(' · ')}</small>
        </span>
        <span class="cell live-version">
          <span class={agent.live === undefined ? 'faint' : undefined} safe>
            {agent.live === undefined ? agents.notLive : versionText(frame.words, agent.live, agent.liveAtRetell)}
          </span>
          {agent.draft === undefined ? null : <Tag tone="plain" sign="✎" label={agents.draft(agent.draft)} />}
        </span>
        <span class="cell rung-by" safe>
          {numbers.length === 0 ? agents.noNumbers : [...numbers, ...(more > 0 ? [agents.more(more)] : [])].join(', ')}
        </span>
        <span class="cell sync">
          <SyncTag frame={frame} agent={agent} />
          <small safe>
            {agent.syncError === undefined ? readText({ frame, agent }) : frame.words.said(agent.syncError)}
          </small>
        </span>
      </a>
    </li>
  )
}

const isFiltered = ({ status, search, gone }: AgentsFilter): boolean => status !== '' || search !== '' || gone

const Nothing = ({ frame, profile, filter, hasAccount }: Props) => {
  const { agents } = frame.words
  if (isFiltered(filter))
    return (
      <Empty
        title={agents.noMatch}
        help={agents.noMatchHelp}
        action={{ href: agentsPath(profile), label: agents.reset }}
      />
    )
  if (!hasAccount)
    return <Empty title={agents.noKey} help={agents.noKeyHelp} command="npx frontdesk apply company.yaml" />
  return <Empty title={agents.empty} help={may(frame, 'agents.change') ? agents.emptyHelp : agents.emptyHelpViewer} />
}

const List = (props: Props) => {
  const { frame, profile, filter, found } = props
  const { agents } = frame.words
  const { cursor, ...kept } = filter
  const query = { ...kept, gone: kept.gone ? '1' : '' }
  return (
    <section
      id="list"
      class="card list"
      aria-label={agents.title}
      data-keyed
      hx-get={withQuery(agentsPath(profile), { ...query, cursor })}
      hx-select="#list"
      hx-select-oob="#tally:keyed"
      hx-trigger="sse:agent.updated, reread"
      hx-swap="keyed ignoreTitle:true"
      hx-sync="this:queue last"
      hx-indicator="#live"
    >
      <div id="list-head" class="list-head" hidden={found.items.length === 0}>
        <p class="count" safe>
          {agents.count(found.items.length, found.next !== undefined || cursor !== '')}
        </p>
      </div>
      {found.items.length === 0 ? (
        <div id="list-empty">
          <Nothing {...props} />
        </div>
      ) : (
        <div id="list-table" class="rows" data-keyed>
          <div id="list-columns" class="row agent-row columns" aria-hidden="true">
            <span safe>{agents.columns.agent}</span>
            <span safe>{agents.columns.live}</span>
            <span safe>{agents.columns.numbers}</span>
            <span safe>{agents.columns.sync}</span>
          </div>
          <ol id="rows" data-keyed data-hold data-rows data-hold-label={frame.words.live.hold}>
            {found.items.map((agent: ManagedAgent) => (
              <Row frame={frame} profile={profile} agent={agent} />
            ))}
          </ol>
        </div>
      )}
      <Pager
        path={agentsPath(profile)}
        query={query}
        cursor={cursor}
        next={found.next}
        first={agents.first}
        more={agents.next}
      />
    </section>
  )
}

/** The voice agents of a company: who answers, in which version, and what is ahead. */
export const agentListPage = (props: Props): View => {
  const { frame, profile, hasAccount, wrong } = props
  const { agents } = frame.words
  const isChanger = may(frame, 'agents.change')
  return {
    title: agents.title,
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <PageHead frame={frame} title={agents.title} sentence={agents.lead}>
          {isChanger && hasAccount ? <Deed action={agentsPath(profile, '/sync')} label={agents.sync} /> : null}
          {isChanger ? (
            <a class="button primary" href={agentsPath(profile, '/new')} safe>
              {agents.create}
            </a>
          ) : null}
        </PageHead>
        <DeedsForm frame={frame} />
        <Message text={wrong} tone="wrong" />
        <SyncState {...props} />
        <AgentFilters {...props} />
        <List {...props} />
      </>
    ),
  }
}
