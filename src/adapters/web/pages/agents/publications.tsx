import type { Publication } from '../../../../application/ports/releases.ts'
import { moment } from '../../format.ts'
import { readingOf, type View } from '../../frame.ts'
import { actorText } from '../appointment.tsx'
import { Tag, type Tone } from '../parts.tsx'
import { type AgentProps, agentPath, versionText } from './agent-frame.tsx'
import { type HistoryProps, HistoryRows, historyPage } from './history-list.tsx'

const tones: { readonly [State in Publication['state']]: Tone } = {
  running: 'now',
  published: 'done',
  failed: 'wrong',
  undone: 'plain',
}

export const PublicationTag = ({ frame, one }: Pick<AgentProps, 'frame'> & { readonly one: Publication }) => (
  <Tag tone={tones[one.state]} label={frame.words.releases.state[one.state]} />
)

/** How far it is, as a row of small marks; the words beside it say the same. */
const Marks = ({ frame, one }: Pick<AgentProps, 'frame'> & { readonly one: Publication }) => {
  const { releases } = frame.words
  const done = one.steps.filter(({ state }) => state === 'done').length
  const stopped = one.steps.find(({ state }) => state === 'failed')
  const text = stopped ? releases.stopped(releases.step[stopped.name]) : `${done} / ${one.steps.length}`
  return (
    <span class="cell step-marks">
      <span class="marks-line" aria-hidden="true">
        {one.steps.map(({ state }) => (
          <span class={`step-mark ${state}`}></span>
        ))}
      </span>
      <small safe>{text}</small>
    </span>
  )
}

const Row = ({ frame, profile, agent, one }: AgentProps & { readonly one: Publication }) => {
  const { releases } = frame.words
  return (
    <li id={one.id}>
      <a class="row publication-row" href={agentPath(profile, agent, `/publications/${one.id}`)}>
        <span class="cell time">
          <time datetime={new Date(one.startedAt).toISOString()} safe>
            {moment(one.startedAt, frame.now, readingOf(frame))}
          </time>
          <small safe>{releases.publicationTitle[one.kind]}</small>
        </span>
        <span class="cell who">
          <span safe>{versionText(frame.words, one.version, one.retellVersion)}</span>
          <small safe>{one.message === '' ? releases.by(actorText(one.actor, frame.words)) : one.message}</small>
        </span>
        <Marks frame={frame} one={one} />
        <span class="cell state">
          <PublicationTag frame={frame} one={one} />
          {one.isCandidate ? <small safe>{releases.candidate}</small> : null}
        </span>
      </a>
    </li>
  )
}

export const PublicationRows = (props: AgentProps & { readonly items: readonly Publication[] }): JSX.Element => (
  <HistoryRows
    items={props.items}
    none={props.frame.words.releases.noPublications}
    isWalked
    row={(one) => <Row {...props} one={one} />}
  />
)

/** Everything that was published or gone back to, newest first. */
export const publicationsPage = (props: HistoryProps<Publication>): View =>
  historyPage(props, {
    title: props.frame.words.releases.publications,
    path: '/publications',
    rows: <PublicationRows {...props} items={props.page.items} />,
  })
