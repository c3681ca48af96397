import type { RolloutDetail } from '../../../../application/agents/rollout-guard.ts'
import type { GuardDecision } from '../../../../domain/agents/outcome-guard.ts'
import { moment, percent } from '../../format.ts'
import { readingOf } from '../../frame.ts'
import type { Words } from '../../words/words.ts'
import { actorText } from '../appointment.tsx'
import { Tag, type Tone } from '../parts.tsx'
import { type AgentProps, agentPath, versionText } from './agent-frame.tsx'

interface Props extends AgentProps {
  readonly detail: RolloutDetail
}

const tones: { readonly [State in RolloutDetail['rollout']['state']]: Tone } = {
  running: 'now',
  finished: 'done',
  'taken-back': 'wait',
}

/** Whether callers go on reaching the candidate, and why. */
export const guardText = (guard: GuardDecision, { rollouts }: Words): string => {
  if (guard.kind === 'keep') return rollouts.guard[guard.reason]
  return guard.reason === 'worse'
    ? rollouts.guard.worse(rollouts.kinds[guard.by.kind])
    : rollouts.guard['fails-at-once'](guard.failed, guard.calls)
}

/** Who reaches what, since when, and what the guard says. */
export const RolloutState = ({ frame, detail }: Omit<Props, 'profile' | 'agent'>): JSX.Element => {
  const { rollouts, said } = frame.words
  const { rollout, outcomes } = detail
  const share = percent(rollout.percent / 100, frame.words.code)
  const candidate = versionText(frame.words, rollout.candidate, rollout.candidateAtRetell)
  const live = versionText(frame.words, rollout.live, rollout.liveAtRetell)
  const at = (time: typeof rollout.startedAt) => moment(time, frame.now, readingOf(frame))
  const isRunning = rollout.state === 'running'
  return (
    <div class="rollout-state">
      <div class="rollout-line">
        <Tag tone={tones[rollout.state]} label={rollouts.state[rollout.state]} />
        <strong safe>{rollouts.share(share, candidate)}</strong>
        <span class="faint" safe>
          {rollouts.rest(live)}
        </span>
      </div>
      <progress max="100" value={String(rollout.percent)} aria-label={rollouts.share(share, candidate)}></progress>
      <p class="rollout-line">
        <small safe>{rollouts.since(at(rollout.startedAt), actorText(rollout.actor, frame.words))}</small>
        <small safe>
          {rollout.endedAt !== undefined
            ? rollouts.ended(at(rollout.endedAt))
            : rollout.isAutomatic
              ? rollouts.automatic
              : rollouts.byHand}
        </small>
      </p>
      <p class="guard-word" safe>
        {isRunning || rollout.reason === undefined ? guardText(outcomes.guard, frame.words) : said(rollout.reason)}
      </p>
    </div>
  )
}

/** The rollout that runs, on the page of the agent. */
export const RolloutCard = (props: Props): JSX.Element => {
  const { frame, profile, agent } = props
  const { rollouts } = frame.words
  return (
    <section id="rollout" class="card side-card" aria-labelledby="rollout-title">
      <div class="card-head">
        <h2 id="rollout-title" safe>
          {rollouts.title}
        </h2>
        <a href={agentPath(profile, agent, '/rollout')} safe>
          {rollouts.see}
        </a>
      </div>
      <RolloutState {...props} />
    </section>
  )
}
