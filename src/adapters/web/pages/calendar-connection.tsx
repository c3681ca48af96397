import type { Differences } from '../../../application/calendar/difference.ts'
import type { CalendarSetUp } from '../../../application/calendar/set-up/calendar-set-up.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { companyPath, type Frame, type View } from '../frame.ts'
import { type ConnectEntry, ConnectForm, type ConnectMistakes } from './connect-form.tsx'
import { DifferenceList } from './differences.tsx'
import { EventTypeMatches } from './event-type-matches.tsx'
import { Csrf, Message } from './fields.tsx'
import { Fact, PageHead, Tag, type Tone } from './parts.tsx'

export interface ConnectionProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly setUp: CalendarSetUp
  readonly differences: Differences
  readonly said: string
  readonly status?: number
  /** What a form that was refused had in it, and why. */
  readonly entry?: ConnectEntry
  readonly wrong?: ConnectMistakes
}

export const connectionPath = (profile: CompanyProfile, rest = ''): string =>
  companyPath(profile, `/calendar-connection${rest}`)

const tones: { readonly [State in CalendarSetUp['state']]: Tone } = {
  embedded: 'plain',
  connected: 'done',
  unreachable: 'wait',
  misconfigured: 'wrong',
  refused: 'wrong',
}

/** What is known of the connection, with what to do where it does not work. */
const Connection = ({ frame, profile, setUp }: ConnectionProps) => {
  const { connection } = frame.words
  if (setUp.state === 'embedded')
    return (
      <section class="card side-card" aria-label={connection.embedded}>
        <h2 safe>{connection.embedded}</h2>
        <p class="connection-help" safe>
          {connection.embeddedHelp}
        </p>
      </section>
    )
  const { calendar } = profile
  const help = setUp.state === 'unreachable' ? connection.unreachableHelp : connection.misconfiguredHelp
  return (
    <section class="card side-card" aria-label="Cal.com">
      <div class="card-head">
        <h2>Cal.com</h2>
        <Tag tone={tones[setUp.state]} label={connection[setUp.state]} />
      </div>
      {setUp.state === 'connected' ? null : (
        <p class="connection-help" safe>
          {help}
        </p>
      )}
      {setUp.state === 'connected' || setUp.detail === '' ? null : (
        <p class="connection-detail" safe>
          {frame.words.said(setUp.detail)}
        </p>
      )}
      <dl class="facts">
        {setUp.state === 'connected' ? (
          <>
            <Fact term={connection.account}>
              <span safe>{[setUp.account.name, setUp.account.email].filter(Boolean).join(', ')}</span>
            </Fact>
            <Fact term={connection.zone}>
              <span safe>{setUp.account.timeZone ?? '–'}</span>
            </Fact>
          </>
        ) : null}
        <Fact term={connection.address}>
          <span safe>{(calendar.kind === 'calcom' ? calendar.baseUrl : undefined) ?? connection.usualAddress}</span>
        </Fact>
        <Fact term={connection.key}>
          <span safe>{connection.keyKept}</span>
        </Fact>
      </dl>
    </section>
  )
}

const webhookTones = { active: 'done', wrong: 'wrong', inactive: 'wrong', missing: 'wait', unknown: 'plain' } as const

const Webhook = ({ frame, profile, setUp }: ConnectionProps) => {
  if (setUp.state !== 'connected') return null
  const { connection } = frame.words
  const { address, state, hasSecret, isPrivate } = setUp.webhook
  return (
    <section class="card side-card" aria-labelledby="webhook-title">
      <div class="card-head">
        <h2 id="webhook-title" safe>
          {connection.webhookTitle}
        </h2>
        <Tag tone={webhookTones[state]} label={connection.webhook[state]} />
      </div>
      <p class="connection-help" safe>
        {state === 'wrong'
          ? connection.webhookWrong
          : isPrivate && state !== 'active'
            ? connection.webhookPrivate
            : connection.webhookHelp}
      </p>
      {hasSecret ? null : (
        <p class="connection-help wrong" safe>
          {connection.webhookNoSecret}
        </p>
      )}
      <p class="connection-address">
        <code safe>{address}</code>
      </p>
      {state === 'active' ? null : (
        <form method="post" action={connectionPath(profile, '/webhook')}>
          <Csrf frame={frame} />
          <button class="button" type="submit" safe>
            {connection.register}
          </button>
        </form>
      )}
    </section>
  )
}

const Reconnect = (props: ConnectionProps) => {
  const { frame, setUp, wrong } = props
  const { connection } = frame.words
  const given = { ...props, entry: props.entry ?? entryOf(props.profile), wrong: wrong ?? {} }
  if (setUp.state === 'embedded')
    return (
      <section class="card form-card narrow" aria-labelledby="connect-title">
        <h2 id="connect-title" safe>
          {connection.connect}
        </h2>
        <ConnectForm {...given} />
      </section>
    )
  return (
    <details class="card side-card reconnect" open={wrong !== undefined || setUp.state === 'misconfigured'}>
      <summary safe>{connection.reconnect}</summary>
      <ConnectForm {...given} />
    </details>
  )
}

const entryOf = ({ calendar }: CompanyProfile): ConnectEntry => ({
  baseUrl: (calendar.kind === 'calcom' ? calendar.baseUrl : undefined) ?? '',
})

const doneText = (said: string, { connection }: Frame['words']): string | undefined =>
  Object.entries(connection.done).find(([key]) => key === said)?.[1]

/** How the calendar of a company is connected, what stands for what there, and the forms that change it. */
export const calendarConnectionPage = (props: ConnectionProps): View => {
  const { frame, profile, setUp, differences, said, wrong } = props
  const { connection } = frame.words
  return {
    title: connection.title,
    place: 'calendar-connection',
    status: props.status ?? 200,
    content: (
      <>
        <PageHead frame={frame} title={connection.title} sentence={connection.lead}>
          {setUp.state === 'embedded' ? null : (
            <a class="button" href={connectionPath(profile, '?fresh=1')} safe>
              {connection.refresh}
            </a>
          )}
        </PageHead>
        {wrong?.all === undefined ? (
          <Message text={doneText(said, frame.words)} tone="done" />
        ) : (
          <Message text={wrong.all} tone="wrong" />
        )}
        <div class="connection">
          {setUp.state === 'embedded' ? null : (
            <div class="stack">
              <EventTypeMatches frame={frame} profile={profile} setUp={setUp} />
              <DifferenceList frame={frame} profile={profile} differences={differences} />
            </div>
          )}
          <div class="stack beside">
            <Connection {...props} />
            <Webhook {...props} />
            <Reconnect {...props} />
          </div>
        </div>
      </>
    ),
  }
}
