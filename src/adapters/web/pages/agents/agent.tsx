import type { RolloutDetail } from '../../../../application/agents/rollout-guard.ts'
import type { LiveDecision, Publication } from '../../../../application/ports/releases.ts'
import { moment } from '../../format.ts'
import { may, readingOf, type View } from '../../frame.ts'
import { actorText } from '../appointment.tsx'
import { numberText } from '../numbers.tsx'
import { Fact, Tag } from '../parts.tsx'
import {
  type AgentProps,
  AgentTop,
  agentName,
  agentPath,
  Deed,
  DeedsForm,
  readText,
  SyncTag,
  type Told,
  versionText,
} from './agent-frame.tsx'
import { engineText } from './agent-list.tsx'
import { DecisionRows } from './decisions.tsx'
import { PublicationRows } from './publications.tsx'
import { RolloutCard } from './rollout-card.tsx'

interface Props extends AgentProps, Told {
  readonly publications: readonly Publication[]
  readonly decisions: readonly LiveDecision[]
  readonly rollout: RolloutDetail | undefined
}

type Step = 'running' | 'stopped' | 'publish' | 'publishFirst' | 'pull' | 'merge' | 'read' | 'rollout' | 'edit' | 'gone'

/** What is most sensible to do now. */
const nextStep = (
  { isGone, syncStatus, draft, live, base, seen, retellAgentId }: AgentProps['agent'],
  newest: Publication | undefined,
): Step => {
  if (isGone) return 'gone'
  if (newest?.state === 'running') return 'running'
  if (newest?.state === 'failed' && (draft === undefined || draft <= newest.version)) return 'stopped'
  if (retellAgentId === undefined) return 'publishFirst'
  if (syncStatus === 'unknown') return 'read'
  if (syncStatus === 'diverged') return 'merge'
  if (syncStatus === 'theirs_ahead') return 'pull'
  if (live === undefined) return 'publishFirst'
  const isCandidate = draft === base && seen?.newestIsPublished === true
  if (draft !== undefined && !isCandidate) return 'publish'
  return base === live ? 'edit' : 'rollout'
}

const pages: { readonly [S in Exclude<Step, 'read' | 'running' | 'stopped'>]: string } = {
  publish: '/publish',
  publishFirst: '/publish',
  pull: '/drift',
  merge: '/drift',
  rollout: '/rollout',
  edit: '/draft',
  gone: '/versions',
}

const Next = ({ frame, profile, agent, publications }: Props) => {
  const { releases } = frame.words
  const [newest] = publications
  const step = nextStep(agent, newest)
  const [label = '', help = ''] = releases.steps[step]
  const refresh = agentPath(profile, agent, '/refresh')
  return (
    <section id="next" class="card side-card next-step" aria-label={releases.next}>
      <h2 safe>{releases.next}</h2>
      <p safe>{help}</p>
      <div class="form-actions">
        {step === 'read' ? (
          <Deed action={refresh} label={label} look="primary" />
        ) : (
          <a
            class="button primary"
            href={agentPath(
              profile,
              agent,
              step === 'running' || step === 'stopped' ? `/publications/${newest?.id}` : pages[step],
            )}
            safe
          >
            {label}
          </a>
        )}
        {step === 'read' || agent.retellAgentId === undefined ? null : (
          <Deed action={refresh} label={releases.refresh} />
        )}
      </div>
    </section>
  )
}

/** By whom and when what callers reach came to be so. */
const since = ({ frame, agent, decisions }: Props): string => {
  const { releases } = frame.words
  const made = decisions.find(
    ({ kind, version }) => version === agent.live && ['publish', 'rollback', 'rollout-finished'].includes(kind),
  )
  if (!made) return releases.foundLive
  return releases.liveSince(moment(made.at, frame.now, readingOf(frame)), actorText(made.actor, frame.words))
}

const State = (props: Props) => {
  const { frame, profile, agent } = props
  const { releases, agents, said } = frame.words
  const { live, draft, theirs, base } = agent
  const isRetellAhead = agent.syncStatus === 'theirs_ahead' || agent.syncStatus === 'diverged'
  const ahead = [
    draft === undefined ? undefined : releases.aheadDraft(draft),
    isRetellAhead && theirs !== undefined && theirs !== base
      ? releases.aheadRetell(versionText(frame.words, theirs, agent.seen?.newest))
      : undefined,
  ].filter((one) => one !== undefined)
  return (
    <section id="state" class="card side-card" aria-label={releases.live}>
      <dl class="facts agent-facts">
        <Fact term={releases.live}>
          <span class="figure-text" safe>
            {live === undefined ? releases.notLive : versionText(frame.words, live, agent.liveAtRetell)}
          </span>
          {live === undefined ? null : <small safe>{since(props)}</small>}
        </Fact>
        <Fact term={releases.ahead}>
          <span class={ahead.length === 0 ? 'faint' : undefined} safe>
            {ahead.length === 0 ? releases.nothingAhead : ahead.join(', ')}
          </span>
        </Fact>
        <Fact term={agents.columns.sync}>
          <SyncTag frame={frame} agent={agent} />
          <small safe>{readText({ frame, agent })}</small>
        </Fact>
        <Fact term={releases.numbers}>
          {agent.numbers.length === 0 ? (
            <span class="faint" safe>
              {releases.noNumbers}
            </span>
          ) : (
            agent.numbers.map((one) => <span safe>{numberText(one, profile)}</span>)
          )}
        </Fact>
      </dl>
      {agent.syncError === undefined ? null : (
        <p class="connection-detail">
          <Tag tone="wrong" label={releases.syncError} /> <span safe>{said(agent.syncError)}</span>
        </p>
      )}
    </section>
  )
}

/** One agent: what callers reach, what is ahead of it, what to do next, and how it came to be so. */
export const agentPage = (props: Props): View => {
  const { frame, profile, agent, publications, decisions, rollout } = props
  const { releases } = frame.words
  const canChange = may(frame, 'agents.change')
  return {
    title: agentName(agent),
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <AgentTop
          {...props}
          here="live"
          sentence={[engineText(props), agent.language, agent.slug].filter(Boolean).join(' · ')}
        />
        <DeedsForm frame={frame} />
        <div
          id="agent-now"
          class="agent-now"
          data-keyed
          hx-get={agentPath(profile, agent)}
          hx-select="#agent-now"
          hx-trigger={`sse:agent.updated#${encodeURIComponent(agent.slug)}, reread`}
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
        >
          <State {...props} />
          {canChange ? <Next {...props} /> : null}
          {rollout?.rollout.state === 'running' ? <RolloutCard {...props} detail={rollout} /> : null}
          <section id="publications" class="card list" aria-labelledby="publications-title">
            <div class="card-head">
              <h2 id="publications-title" safe>
                {releases.publications}
              </h2>
              {publications.length === 0 ? null : (
                <a href={agentPath(profile, agent, '/publications')} safe>
                  {releases.allPublications}
                </a>
              )}
            </div>
            <PublicationRows {...props} items={publications} />
          </section>
          <section id="decisions" class="card list" aria-labelledby="decisions-title">
            <div class="card-head">
              <h2 id="decisions-title" safe>
                {releases.decisions}
              </h2>
              {canChange && agent.live !== undefined ? (
                <a href={agentPath(profile, agent, '/rollback')} safe>
                  {releases.rollback}
                </a>
              ) : null}
            </div>
            <DecisionRows {...props} items={decisions} />
            {decisions.length < shownDecisions ? null : (
              <p class="list-more">
                <a class="button" href={agentPath(profile, agent, '/decisions')} safe>
                  {releases.older}
                </a>
              </p>
            )}
          </section>
        </div>
      </>
    ),
  }
}

/** So many of the newest words on what is live stand on the page of the agent. */
export const shownDecisions = 8
