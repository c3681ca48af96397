import type { Instant } from '../../../../domain/time.ts'
import { moment } from '../../format.ts'
import { readingOf, type View } from '../../frame.ts'
import { Csrf, TextField } from '../fields.tsx'
import { type AgentProps, AgentTop, agentName, agentPath, type Told, versionText } from './agent-frame.tsx'

/** A version that all callers reached once. */
export interface FormerlyLive {
  readonly version: number
  readonly retellVersion: number | undefined
  /** Undefined: it was found like that at Retell. */
  readonly since: Instant | undefined
}

interface Props extends AgentProps, Told {
  /** The first is what was live before. */
  readonly targets: readonly FormerlyLive[]
  readonly reason: string
}

const Target = ({ frame, one, isFirst }: Props & { readonly one: FormerlyLive; readonly isFirst: boolean }) => {
  const { releases } = frame.words
  const name = versionText(frame.words, one.version, one.retellVersion)
  return (
    <li class="rollback-target">
      <button class={isFirst ? 'button primary' : 'button'} type="submit" name="to" value={String(one.version)} safe>
        {releases.rollbackTo(name)}
      </button>
      <small safe>
        {one.since === undefined
          ? releases.foundLive
          : releases.rollbackSince(moment(one.since, frame.now, readingOf(frame)))}
      </small>
    </li>
  )
}

/** Where callers can be sent back to; each version by its name. */
export const rollbackPage = (props: Props): View => {
  const { frame, profile, agent, targets, reason } = props
  const { releases, agents } = frame.words
  const live = agent.live === undefined ? undefined : versionText(frame.words, agent.live, agent.liveAtRetell)
  return {
    title: `${agentName(agent)}: ${releases.rollbackTitle}`,
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <AgentTop {...props} here="live" title={releases.rollbackTitle} sentence={releases.rollbackLead} />
        <form method="post" action={agentPath(profile, agent, '/rollback')} class="card form-card form-lines narrow">
          <Csrf frame={frame} />
          {live === undefined ? null : <p safe>{releases.rollbackNow(live)}</p>}
          {targets.length === 0 ? (
            <p safe>{agents.wrong.nothingToRollBack}</p>
          ) : (
            <>
              <TextField
                type="text"
                name="reason"
                label={releases.reason}
                value={reason}
                optional={releases.reasonHint}
              />
              <ol class="rollback-targets" aria-label={releases.rollbackChoice}>
                {targets.map((one, place) => (
                  <Target {...props} one={one} isFirst={place === 0} />
                ))}
              </ol>
            </>
          )}
          <a class="button quiet" href={agentPath(profile, agent)} safe>
            {releases.toAgent}
          </a>
        </form>
      </>
    ),
  }
}
