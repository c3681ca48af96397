import type { LiveDecision } from '../../../../application/ports/releases.ts'
import { moment, percent } from '../../format.ts'
import { readingOf, type View } from '../../frame.ts'
import { actorText } from '../appointment.tsx'
import { numberText } from '../numbers.tsx'
import { Tag, type Tone } from '../parts.tsx'
import { type AgentProps, versionText } from './agent-frame.tsx'
import { type HistoryProps, HistoryRows, historyPage } from './history-list.tsx'

const tones: { readonly [Kind in LiveDecision['kind']]: Tone } = {
  publish: 'done',
  rollback: 'wait',
  'rollout-started': 'now',
  'rollout-changed': 'now',
  'rollout-finished': 'done',
  'rollout-taken-back': 'wait',
}

const Row = ({ frame, profile, one }: AgentProps & { readonly one: LiveDecision }) => {
  const { releases, said } = frame.words
  const numbers = one.numbers.map((number) => numberText(number, profile)).join(', ')
  const who = releases.by(actorText(one.actor, frame.words))
  return (
    <li id={one.id}>
      <div class="row decision-row">
        <time class="cell time" datetime={new Date(one.at).toISOString()} safe>
          {moment(one.at, frame.now, readingOf(frame))}
        </time>
        <span class="cell what">
          <Tag tone={tones[one.kind]} label={releases.decision[one.kind]} />
          {one.reason === undefined || one.reason === '' ? null : <small safe>{said(one.reason)}</small>}
        </span>
        <span class="cell who">
          <span safe>{versionText(frame.words, one.version, one.retellVersion)}</span>
          <small safe>
            {[one.percent === 100 ? undefined : releases.share(percent(one.percent / 100, frame.words.code)), numbers]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </span>
        <span class="cell author" safe>
          {who}
        </span>
      </div>
    </li>
  )
}

export const DecisionRows = (props: AgentProps & { readonly items: readonly LiveDecision[] }): JSX.Element => (
  <HistoryRows
    items={props.items}
    none={props.frame.words.releases.noDecisions}
    row={(one) => <Row {...props} one={one} />}
  />
)

/** Every word on which version callers reach, newest first. */
export const decisionsPage = (props: HistoryProps<LiveDecision>): View =>
  historyPage(props, {
    title: props.frame.words.releases.decisions,
    path: '/decisions',
    rows: <DecisionRows {...props} items={props.page.items} />,
  })
