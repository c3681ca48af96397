import type { AgentVersion } from '../../../../application/ports/agents.ts'
import type { Page } from '../../../../application/ports/page.ts'
import { moment } from '../../format.ts'
import { readingOf, type View } from '../../frame.ts'
import { actorText } from '../appointment.tsx'
import { Empty, Pager, Rows, Select, Tag } from '../parts.tsx'
import { type AgentProps, AgentTop, agentName, agentPath, type Told, versionText } from './agent-frame.tsx'

interface Props extends AgentProps, Told {
  readonly page: Page<AgentVersion>
  readonly cursor: string
}

/** Where it stands: what callers reach, or our draft. */
export const Marks = ({
  frame,
  agent,
  version,
}: Pick<AgentProps, 'frame' | 'agent'> & { readonly version: number }) => {
  const { history } = frame.words
  return (
    <>
      {agent.live === version ? <Tag tone="done" sign="●" label={history.live} /> : null}
      {agent.draft === version ? <Tag tone="plain" sign="✎" label={history.draft} /> : null}
    </>
  )
}

const Row = ({ frame, profile, agent, one }: AgentProps & { readonly one: AgentVersion }) => {
  const { history, said } = frame.words
  return (
    <li id={`version-${one.number}`}>
      <a class="row version-row" href={agentPath(profile, agent, `/versions/${one.number}`)}>
        <span class="cell who">
          <span class="name" safe>
            {versionText(frame.words, one.number, one.retellVersion)}
          </span>
          <span class="marks">
            <Marks frame={frame} agent={agent} version={one.number} />
          </span>
        </span>
        <span class="cell what">
          <span safe>{history.origins[one.origin]}</span>
          {one.message === '' ? null : <small safe>{said(one.message)}</small>}
        </span>
        <span class="cell author" safe>
          {actorText(one.author, frame.words)}
        </span>
        <time class="cell time" datetime={new Date(one.createdAt).toISOString()} safe>
          {moment(one.createdAt, frame.now, readingOf(frame))}
        </time>
      </a>
    </li>
  )
}

/** Which two versions are compared. */
export const CompareForm = (
  props: AgentProps & { readonly versions: readonly AgentVersion[]; readonly from: string; readonly to: string },
): JSX.Element => {
  const { frame, profile, agent, versions, from, to } = props
  const { history } = frame.words
  const options = versions.map(
    (one) =>
      [
        String(one.number),
        `${versionText(frame.words, one.number, one.retellVersion)} · ${history.origins[one.origin]}`,
      ] as const,
  )
  return (
    <form class="filters compare" method="get" action={agentPath(profile, agent, '/diff')} aria-label={history.compare}>
      <Select name="from" label={history.from} chosen={from} options={options} />
      <Select name="to" label={history.to} chosen={to} options={options} />
      <button class="button" type="submit" safe>
        {history.compare}
      </button>
    </form>
  )
}

/** Every version of an agent, newest first. */
export const versionsPage = (props: Props): View => {
  const { frame, profile, agent, page, cursor } = props
  const { history } = frame.words
  const [newest] = page.items
  const before = newest?.parents[0] ?? page.items[1]?.number
  const { columns } = history
  return {
    title: `${agentName(agent)}: ${history.title}`,
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <AgentTop {...props} here="versions" title={history.title} sentence={history.lead} />
        {newest === undefined || before === undefined ? null : (
          <CompareForm {...props} versions={page.items} from={String(before)} to={String(newest.number)} />
        )}
        <section
          id="list"
          class="card list"
          aria-label={history.title}
          data-keyed
          hx-get={frame.address}
          hx-select="#list"
          hx-trigger={`sse:agent.updated#${encodeURIComponent(agent.slug)}, reread`}
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
        >
          <div id="list-head" class="list-head" hidden={page.items.length === 0}>
            <p class="count" safe>
              {history.count(page.items.length, page.next !== undefined || cursor !== '')}
            </p>
          </div>
          <div id="list-body">
            {page.items.length === 0 ? (
              <Empty
                title={history.none}
                help={history.noneHelp}
                action={{ href: agentPath(profile, agent), label: frame.words.agents.tabs.live }}
              />
            ) : (
              <Rows row="version-row" columns={[columns.version, columns.origin, columns.who, columns.when]}>
                {page.items.map((one) => (
                  <Row frame={frame} profile={profile} agent={agent} one={one} />
                ))}
              </Rows>
            )}
          </div>
          <Pager
            path={agentPath(profile, agent, '/versions')}
            query={{}}
            cursor={cursor}
            next={page.next}
            first={history.newest}
            more={history.older}
          />
        </section>
      </>
    ),
  }
}
