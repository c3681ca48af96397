import type { RolloutDetail } from '../../../../application/agents/rollout-guard.ts'
import { nextStage, rolloutStages } from '../../../../domain/agents/rollout.ts'
import { percent } from '../../format.ts'
import { may, type View } from '../../frame.ts'
import { Csrf } from '../fields.tsx'
import { Empty, Select } from '../parts.tsx'
import {
  type AgentProps,
  AgentTop,
  agentName,
  agentPath,
  Deed,
  DeedsForm,
  type Told,
  versionText,
} from './agent-frame.tsx'
import { RolloutState } from './rollout-card.tsx'
import { RolloutChart } from './rollout-chart.tsx'

/** A version that is ready at Retell and that not all callers reach. */
export interface Candidate {
  readonly version: number
  readonly retellVersion: number | undefined
}

interface Props extends AgentProps, Told {
  /** The one that runs, else the last one. */
  readonly detail: RolloutDetail | undefined
  readonly candidates: readonly Candidate[]
}

const Start = ({ frame, profile, agent, candidates }: Props) => {
  const { rollouts } = frame.words
  if (candidates.length === 0 || agent.live === undefined) return null
  const first = candidates[0]
  return (
    <form
      method="post"
      action={agentPath(profile, agent, '/rollout')}
      class="card form-card form-lines narrow"
      aria-labelledby="start-title"
    >
      <Csrf frame={frame} />
      <div>
        <h2 id="start-title" safe>
          {rollouts.start}
        </h2>
        <p class="connection-help" safe>
          {rollouts.startHelp}
        </p>
      </div>
      <Select
        name="version"
        label={rollouts.version}
        chosen={String(first?.version ?? '')}
        options={candidates.map((one) => [
          String(one.version),
          versionText(frame.words, one.version, one.retellVersion),
        ])}
      />
      <label class="check">
        <input type="checkbox" name="automatic" value="1" />
        <span safe>{rollouts.automaticHelp}</span>
      </label>
      <div class="form-actions">
        {rolloutStages.map((stage, place) => (
          <button
            class={place === 0 ? 'button primary' : 'button'}
            type="submit"
            name="percent"
            value={String(stage)}
            safe
          >
            {stage === 100 ? rollouts.toAll : percent(stage / 100, frame.words.code)}
          </button>
        ))}
      </div>
    </form>
  )
}

/** The buttons are in a part that is read anew by itself, so what they say travels in their addresses. */
const Running = ({ frame, profile, agent, detail }: Props & { readonly detail: RolloutDetail }) => {
  const { rollouts } = frame.words
  const { rollout } = detail
  const to = (query: string) => agentPath(profile, agent, `/rollout?version=${rollout.candidate}&${query}`)
  const next = nextStage(rollout.percent)
  const { isAutomatic } = rollout
  return (
    <div class="form-actions rollout-deeds">
      {rolloutStages
        .filter((stage) => stage !== rollout.percent)
        .map((stage) => (
          <Deed
            action={to(`percent=${stage}`)}
            label={stage === 100 ? rollouts.toAll : rollouts.toShare(percent(stage / 100, frame.words.code))}
            {...(stage === next ? { look: 'primary' as const } : {})}
          />
        ))}
      <Deed
        action={to(`percent=${rollout.percent}&automatic=${isAutomatic ? '0' : '1'}`)}
        label={isAutomatic ? rollouts.switchOff : rollouts.switchOn}
      />
      <Deed action={agentPath(profile, agent, '/rollout/back')} label={rollouts.takeBack} look="danger" />
    </div>
  )
}

const Outcomes = ({ frame, detail }: Props & { readonly detail: RolloutDetail }) => {
  const { rollouts } = frame.words
  const { live, candidate, differences } = detail.outcomes
  return (
    <section id="outcomes" class="card side-card" aria-labelledby="outcomes-title">
      <h2 id="outcomes-title" safe>
        {rollouts.outcomes}
      </h2>
      {live.calls + candidate.calls === 0 ? (
        <p class="connection-help" safe>
          {rollouts.noCalls}
        </p>
      ) : (
        <>
          <p class="connection-help" safe>
            {`${rollouts.outcomesHelp} ${rollouts.live}: ${rollouts.ofCalls(live.calls)}, ${rollouts.candidate}: ${rollouts.ofCalls(candidate.calls)}.`}
          </p>
          <RolloutChart frame={frame} differences={differences} />
        </>
      )}
    </section>
  )
}

/** Trying a version with some of the callers: how it fares, and how many reach it. */
export const rolloutPage = (props: Props): View => {
  const { frame, profile, agent, detail, candidates } = props
  const { rollouts } = frame.words
  const canChange = may(frame, 'agents.change')
  const isRunning = detail?.rollout.state === 'running'
  const candidatePage = { href: agentPath(profile, agent, '/publish'), label: rollouts.publishCandidate }
  return {
    title: `${agentName(agent)}: ${rollouts.title}`,
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <AgentTop {...props} here="rollout" title={rollouts.title} sentence={rollouts.lead} />
        <DeedsForm frame={frame} />
        <div
          id="rollout-now"
          class="stack"
          data-keyed
          hx-get={agentPath(profile, agent, '/rollout')}
          hx-select="#rollout-now"
          hx-trigger={`sse:agent.updated#${encodeURIComponent(agent.slug)}, sse:call.updated, reread`}
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
        >
          {detail === undefined ? null : (
            <section id="rollout-state" class="card side-card" aria-labelledby="rollout-state-title">
              <h2 id="rollout-state-title" safe>
                {isRunning ? rollouts.title : rollouts.last}
              </h2>
              <RolloutState frame={frame} detail={detail} />
              {isRunning && canChange ? <Running {...props} detail={detail} /> : null}
            </section>
          )}
          {detail === undefined ? null : <Outcomes {...props} detail={detail} />}
          {detail === undefined && candidates.length === 0 ? (
            <section id="rollout-none" class="card">
              <Empty title={rollouts.none} help={rollouts.noneHelp} {...(canChange ? { action: candidatePage } : {})} />
            </section>
          ) : null}
        </div>
        {isRunning || !canChange ? null : (
          <div class="stack rollout-start">
            <Start {...props} />
            {detail !== undefined && candidates.length === 0 ? (
              <p class="card side-card">
                <span safe>{rollouts.noCandidate}</span>{' '}
                <a href={candidatePage.href} safe>
                  {candidatePage.label}
                </a>
              </p>
            ) : null}
          </div>
        )}
      </>
    ),
  }
}
