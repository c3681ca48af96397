import type { Publication, PublicationStep } from '../../../../application/ports/releases.ts'
import { clockSeconds, milliseconds, moment } from '../../format.ts'
import { may, readingOf, type View } from '../../frame.ts'
import { actorText } from '../appointment.tsx'
import { numberText } from '../numbers.tsx'
import { Fact } from '../parts.tsx'
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
import { PublicationTag } from './publications.tsx'

interface Props extends AgentProps, Told {
  readonly publication: Publication
}

const bullets: { readonly [State in PublicationStep['state']]: string } = {
  waiting: 'idle',
  running: 'now',
  done: 'done',
  failed: 'wrong',
  undone: 'wait',
}

const Step = ({ frame, one }: Pick<AgentProps, 'frame'> & { readonly one: PublicationStep }) => {
  const { releases, said } = frame.words
  const took = one.startedAt !== undefined && one.endedAt !== undefined ? one.endedAt - one.startedAt : undefined
  return (
    <li
      id={`step-${one.name}`}
      class="entry publication-step"
      aria-current={one.state === 'running' ? 'step' : undefined}
    >
      <time safe>{one.startedAt === undefined ? '' : clockSeconds(one.startedAt, readingOf(frame))}</time>
      <span class={`bullet ${bullets[one.state]}`} aria-hidden="true"></span>
      <div class="entry-body">
        <p class="step-name">
          <span class={one.state === 'waiting' ? 'faint' : undefined} safe>
            {releases.step[one.name]}
          </span>
          <span class={`stage-word ${bullets[one.state]}`} safe>
            {releases.stepState[one.state]}
          </span>
          {took === undefined ? null : <small safe>{milliseconds(took, frame.words.code)}</small>}
        </p>
        {one.detail === undefined ? null : (
          <p class={one.state === 'failed' ? 'stage-detail cure' : 'stage-detail'} safe>
            {said(one.detail)}
          </p>
        )}
      </div>
    </li>
  )
}

/** Where it stopped and what can be done about it, or what callers reach now. */
const End = ({ frame, profile, agent, publication }: Props) => {
  const { releases } = frame.words
  const { state, steps, isCandidate } = publication
  const here = (deed: string) => agentPath(profile, agent, `/publications/${publication.id}/${deed}`)
  if (state === 'published') {
    const version = versionText(frame.words, publication.version, publication.retellVersion)
    return (
      <section id="end" class="card side-card next-step" aria-label={releases.state.published}>
        <p safe>{isCandidate ? releases.doneCandidate : releases.done(version)}</p>
        <div class="form-actions">
          <a class="button primary" href={agentPath(profile, agent, isCandidate ? '/rollout' : '')} safe>
            {isCandidate ? releases.toRollout : releases.toAgent}
          </a>
        </div>
      </section>
    )
  }
  if (state !== 'failed') return null
  const stopped = steps.find((one) => one.state === 'failed')
  return (
    <section id="end" class="card side-card next-step" aria-label={releases.state.failed}>
      {stopped ? (
        <p>
          <strong safe>{releases.stopped(releases.step[stopped.name])}</strong>
        </p>
      ) : null}
      <p safe>{releases.stoppedHelp}</p>
      {may(frame, 'agents.change') ? (
        <div class="form-actions">
          <Deed action={here('resume')} label={releases.resume} look="primary" />
          <Deed action={here('undo')} label={releases.undo} look="danger" />
        </div>
      ) : null}
    </section>
  )
}

const Facts = ({ frame, profile, publication }: Props) => {
  const { releases, agents, history } = frame.words
  const { startedAt, endedAt, actor, message, numbers, isCandidate } = publication
  return (
    <section id="facts" class="card side-card" aria-label={releases.publicationTitle[publication.kind]}>
      <dl class="facts">
        <Fact term={history.columns.version}>
          <span safe>{versionText(frame.words, publication.version, publication.retellVersion)}</span>
          <PublicationTag frame={frame} one={publication} />
        </Fact>
        <Fact term={releases.numbers}>
          <span safe>
            {numbers.length === 0
              ? isCandidate
                ? releases.candidate
                : agents.noNumbers
              : numbers.map((one) => numberText(one, profile)).join(', ')}
          </span>
        </Fact>
        <Fact term={releases.author}>
          <span safe>{actorText(actor, frame.words)}</span>
        </Fact>
        {message === '' ? null : (
          <Fact term={releases.message}>
            <span safe>{message}</span>
          </Fact>
        )}
        <Fact term={releases.started}>
          <span safe>{moment(startedAt, frame.now, readingOf(frame))}</span>
        </Fact>
        {endedAt === undefined ? null : (
          <Fact term={releases.took}>
            <span safe>{milliseconds(endedAt - startedAt, frame.words.code)}</span>
          </Fact>
        )}
      </dl>
    </section>
  )
}

/** A publication step by step, while it goes on and afterwards. */
export const publicationPage = (props: Props): View => {
  const { frame, profile, agent, publication } = props
  const { releases } = frame.words
  const title = releases.publicationTitle[publication.kind]
  return {
    title: `${agentName(agent)}: ${title}`,
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <AgentTop
          {...props}
          here="publish"
          title={title}
          sentence={versionText(frame.words, publication.version, publication.retellVersion)}
        />
        <DeedsForm frame={frame} />
        <div
          id="publication"
          class="agent-columns"
          data-keyed
          hx-get={agentPath(profile, agent, `/publications/${publication.id}`)}
          hx-select="#publication"
          hx-trigger={`sse:agent.updated#${encodeURIComponent(agent.slug)}, reread`}
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
        >
          <div id="publication-steps" class="stack" data-keyed>
            <End {...props} />
            <section id="steps" class="card" aria-labelledby="steps-title">
              <div class="card-head">
                <h2 id="steps-title" safe>
                  {releases.stepsTitle}
                </h2>
              </div>
              <ol class="timeline publication-steps">
                {publication.steps.map((one) => (
                  <Step frame={frame} one={one} />
                ))}
              </ol>
            </section>
          </div>
          <div id="publication-facts" class="stack">
            <Facts {...props} />
          </div>
        </div>
      </>
    ),
  }
}
