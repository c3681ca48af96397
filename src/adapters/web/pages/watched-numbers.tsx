import type { RegisteredNumber, WatchedNumber } from '../../../application/agents/watch-numbers.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { moment } from '../format.ts'
import { type Frame, may, readingOf, type View } from '../frame.ts'
import { agentsPath } from './agents/agent-frame.tsx'
import type { Rung } from './agents/number-choice.tsx'
import { Csrf, Message } from './fields.tsx'
import { atRetellPath, NumberTabs } from './number-tabs.tsx'
import { agentText, numberText } from './numbers.tsx'
import { Empty, PageHead, Tag } from './parts.tsx'

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly numbers: readonly WatchedNumber[]
  readonly rung: Rung
  /** Where Retell is to ask us about ringing calls. */
  readonly address: string
  readonly said: string
  readonly registered?: readonly RegisteredNumber[]
  readonly status?: number
  readonly wrong?: string
}

type RowProps = Props & { readonly one: WatchedNumber }

const Agents = ({ frame, profile, rung, one: { number, seen } }: RowProps) => {
  const { watched } = frame.words
  const bound = seen?.inbound ?? []
  const nameOf = (id: string) =>
    rung.get(number)?.find(({ retellAgentId }) => retellAgentId === id)?.name || agentText(profile, id)
  return (
    <span class="cell bound-agents">
      {bound.length === 0 ? (
        <span class="faint" safe>
          {seen === undefined ? '–' : watched.noAgent}
        </span>
      ) : (
        bound.map(({ retellAgentId, version }) => (
          <span>
            <a href={agentsPath(profile, `/${encodeURIComponent(retellAgentId)}`)} safe>
              {nameOf(retellAgentId)}
            </a>
            <small safe>{watched.bound(version)}</small>
          </span>
        ))
      )}
      {(seen?.outbound ?? []).map(({ retellAgentId }) => (
        <small safe>{watched.outbound(agentText(profile, retellAgentId))}</small>
      ))}
    </span>
  )
}

const Hears = ({ frame, address, one: { seen } }: RowProps) => {
  const { watched } = frame.words
  if (!seen) return <span class="cell faint">–</span>
  if (!seen.isThere)
    return (
      <span class="cell">
        <Tag tone="wrong" label={watched.notThere} />
      </span>
    )
  const isAsked = seen.inboundWebhookUrl === address
  return (
    <span class="cell hears">
      <small class="only-narrow" safe>
        {watched.columns.hears}
      </small>
      <Tag tone={isAsked ? 'done' : 'wrong'} label={isAsked ? watched.hears : watched.hearsNot} />
      {seen.inboundWebhookUrl === undefined ? null : (
        <small class="mono" safe>
          {seen.inboundWebhookUrl}
        </small>
      )}
    </span>
  )
}

const Faults = ({ frame, one: { seen, faults } }: RowProps) => {
  const { watched } = frame.words
  if (!seen)
    return (
      <span class="cell">
        <Tag tone="plain" label={watched.neverSeen} />
      </span>
    )
  if (faults.length === 0)
    return (
      <span class="cell">
        <Tag tone="done" label={watched.fits} />
      </span>
    )
  return (
    <ul class="cell tool-faults">
      {faults.map((fault) => {
        const { found, cure } = watched.fault(fault)
        return (
          <li>
            <b safe>{`! ${found}`}</b>
            <span safe>{` ${cure}`}</span>
          </li>
        )
      })}
    </ul>
  )
}

const Row = (props: RowProps) => {
  const { frame, profile, one } = props
  const branch = profile.branches.find(({ phoneNumbers }) => phoneNumbers.some(({ number }) => number === one.number))
  return (
    <li id={`at-retell-${one.number.slice(1)}`}>
      <div class="row watched-row">
        <span class="cell who">
          <span class="name" safe>
            {numberText(one.number, profile)}
          </span>
          <small safe>{branch?.name ?? ''}</small>
          {one.seen === undefined ? null : (
            <small class="faint" safe>
              {frame.words.watched.seenAt(moment(one.seen.seenAt, frame.now, readingOf(frame)))}
            </small>
          )}
        </span>
        <Agents {...props} />
        <Hears {...props} />
        <Faults {...props} />
      </div>
    </li>
  )
}

const Results = ({ frame, profile, registered }: Props) =>
  registered === undefined ? null : (
    <section class="card side-card registered" aria-label={frame.words.watched.results}>
      <h2 safe>{frame.words.watched.results}</h2>
      <ul>
        {registered.map(({ number, outcome, detail }) => (
          <li>
            <span class="name" safe>
              {numberText(number, profile)}
            </span>
            <Tag tone={outcome === 'failed' ? 'wrong' : 'done'} label={frame.words.watched.outcomes[outcome]} />
            {detail === undefined ? null : <span safe>{frame.words.said(detail)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )

const Deed = ({ frame, profile, deed }: Pick<Props, 'frame' | 'profile'> & { readonly deed: 'look' | 'register' }) => (
  <form method="post" action={atRetellPath(profile, `/${deed}`)}>
    <Csrf frame={frame} />
    <button class={deed === 'look' ? 'button primary' : 'button'} type="submit" safe>
      {frame.words.watched[deed]}
    </button>
  </form>
)

/** How Retell has the numbers of a company, as far as it was asked. */
export const watchedNumbersPage = (props: Props): View => {
  const { frame, profile, numbers, said, wrong } = props
  const { watched } = frame.words
  return {
    title: watched.title,
    place: 'numbers',
    ...(props.status === undefined ? {} : { status: props.status }),
    content: (
      <>
        <PageHead frame={frame} title={watched.title} sentence={watched.lead}>
          {may(frame, 'agents.change') && numbers.length > 0
            ? [
                <Deed frame={frame} profile={profile} deed="register" />,
                <Deed frame={frame} profile={profile} deed="look" />,
              ]
            : null}
        </PageHead>
        <NumberTabs frame={frame} profile={profile} here="there" />
        {wrong === undefined ? (
          <Message text={said === 'looked' || said === 'registered' ? watched[said] : undefined} tone="done" />
        ) : (
          <Message text={wrong} tone="wrong" />
        )}
        <Results {...props} />
        <section id="list" class="card list" aria-label={watched.title}>
          {numbers.length === 0 ? (
            <Empty title={watched.empty} help={watched.emptyHelp} command="npx frontdesk apply company.yaml" />
          ) : (
            <>
              <div class="list-head">
                <p class="count" safe>
                  {watched.count(numbers.length)}
                </p>
              </div>
              <div class="row watched-row columns" aria-hidden="true">
                <span safe>{watched.columns.number}</span>
                <span safe>{watched.columns.agent}</span>
                <span safe>{watched.columns.hears}</span>
                <span safe>{watched.columns.faults}</span>
              </div>
              <ol id="rows">
                {numbers.map((one) => (
                  <Row {...props} one={one} />
                ))}
              </ol>
              <p class="list-foot" safe>
                {watched.registerHelp}
              </p>
            </>
          )}
        </section>
      </>
    ),
  }
}
