import { readReport } from '../../../../application/agents/rehearsal-report.ts'
import type { PlayedScript } from '../../../../application/agents/rehearse.ts'
import type { Page } from '../../../../application/ports/page.ts'
import type { Rehearsal, StoredScript } from '../../../../application/ports/rehearsals.ts'
import { moment } from '../../format.ts'
import { may, readingOf, type View } from '../../frame.ts'
import { type AgentProps, AgentTop, agentName, agentPath } from '../agents/agent-frame.tsx'
import { Csrf } from '../fields.tsx'
import { Empty, Pager, Tag } from '../parts.tsx'
import { scriptsPath } from './script-list.tsx'

interface Props extends AgentProps {
  readonly page: Page<Rehearsal>
  readonly cursor: string
  readonly scripts: readonly StoredScript[]
  /** Newest first. */
  readonly versions: readonly number[]
  readonly wrong?: string
  readonly status?: number
}

export const faultCount = (scripts: readonly PlayedScript[]): number =>
  scripts
    .flatMap(({ faults, lines }) => [...faults, ...lines.flatMap((one) => (one.kind === 'tool' ? one.faults : []))])
    .filter(({ kind }) => kind !== 'tool-elsewhere').length

export const PassedTag = ({ frame, passed }: Pick<Props, 'frame'> & { readonly passed: boolean }): JSX.Element => (
  <Tag tone={passed ? 'done' : 'wrong'} label={frame.words.rehearsals[passed ? 'passed' : 'failed']} />
)

/** Which version: the draft first, then what callers reach, then the history. */
const Versions = ({ frame, agent, versions }: Props) => {
  const { rehearsals } = frame.words
  const first = [agent.draft, agent.live, agent.theirs].flatMap((one) => one ?? [])
  const marksOf = (version: number) =>
    (['draft', 'live', 'theirs'] as const).filter((one) => agent[one] === version).map((one) => rehearsals.marks[one])
  return (
    <label class="field">
      <span safe>{rehearsals.version}</span>
      <select name="version" id="version">
        {[...new Set([...first, ...versions])].map((version) => (
          <option value={String(version)} safe>
            {[rehearsals.versionText(version), marksOf(version).join(', ')].filter(Boolean).join(' · ')}
          </option>
        ))}
      </select>
    </label>
  )
}

const Play = (props: Props) => {
  const { frame, profile, agent, scripts } = props
  const { rehearsals } = frame.words
  return (
    <section class="card side-card play-card" aria-labelledby="play-title">
      <h2 id="play-title" safe>
        {rehearsals.playTitle}
      </h2>
      <p class="tool-help" safe>
        {scripts.length === 0 ? rehearsals.usualHelp : rehearsals.plays}
      </p>
      {scripts.length === 0 ? null : (
        <ul class="played-scripts">
          {scripts.map(({ id, name }) => (
            <li>
              <a href={scriptsPath(profile, `/${encodeURIComponent(id)}`)} safe>
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
      {may(frame, 'agents.change') ? (
        <form method="post" action={agentPath(profile, agent, '/rehearsals/play')} class="form-lines">
          <Csrf frame={frame} />
          <Versions {...props} />
          <button class="button primary" type="submit" safe>
            {rehearsals.play}
          </button>
        </form>
      ) : null}
      <a class="button quiet" href={scriptsPath(profile)} safe>
        {rehearsals.scripts}
      </a>
    </section>
  )
}

const Row = ({ frame, profile, agent, one }: AgentProps & { readonly one: Rehearsal }) => {
  const { rehearsals } = frame.words
  const scripts = readReport(one)
  const faults = faultCount(scripts)
  return (
    <li>
      <a class="row rehearsal-row" href={agentPath(profile, agent, `/rehearsals/${encodeURIComponent(one.id)}`)}>
        <time class="cell" datetime={new Date(one.at).toISOString()} safe>
          {moment(one.at, frame.now, readingOf(frame))}
        </time>
        <span class="cell" safe>
          {rehearsals.versionText(one.version)}
        </span>
        <span class="cell">
          <span class="name" safe>
            {scripts.map(({ name }) => name).join(', ')}
          </span>
        </span>
        <span class="cell rehearsal-outcome">
          <PassedTag frame={frame} passed={one.passed} />
          {faults === 0 ? null : <small safe>{rehearsals.faultCount(faults)}</small>}
        </span>
      </a>
    </li>
  )
}

/** What was rehearsed of an agent, and the form that plays once more. */
export const rehearsalListPage = (props: Props): View => {
  const { frame, profile, agent, page, cursor, wrong } = props
  const { rehearsals } = frame.words
  return {
    title: `${rehearsals.title}: ${agentName(agent)}`,
    place: 'agents',
    ...(props.status === undefined ? {} : { status: props.status }),
    content: (
      <>
        <AgentTop
          frame={frame}
          profile={profile}
          agent={agent}
          here="rehearsals"
          title={rehearsals.title}
          sentence={rehearsals.lead}
          wrong={wrong}
        />
        <div class="tool-columns">
          <section class="card list" aria-labelledby="history-title">
            <div class="card-head">
              <h2 id="history-title" safe>
                {rehearsals.history}
              </h2>
              <p class="count" safe>
                {rehearsals.count(page.items.length, page.next !== undefined)}
              </p>
            </div>
            {page.items.length === 0 ? (
              <Empty title={rehearsals.empty} help={rehearsals.emptyHelp} />
            ) : (
              <ol id="rows" data-rows>
                {page.items.map((one) => (
                  <Row frame={frame} profile={profile} agent={agent} one={one} />
                ))}
              </ol>
            )}
            <Pager
              path={agentPath(profile, agent, '/rehearsals')}
              query={{}}
              cursor={cursor}
              next={page.next}
              first={rehearsals.newest}
              more={rehearsals.older}
            />
          </section>
          <Play {...props} />
        </div>
      </>
    ),
  }
}
