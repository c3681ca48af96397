import type { Alert } from '../../../application/ports/alarm.ts'
import type { Ring } from '../../../application/ports/calls.ts'
import type { CallListing } from '../../../application/reading/calls.ts'
import type { Overview } from '../../../application/reading/overview.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { localMoment } from '../../../domain/time.ts'
import type { NextAppointments } from '../application.ts'
import { change, clockTime, dayTitle, milliseconds, moment, number, percent, shortDay } from '../format.ts'
import { companyPath, type Frame, readingOf, type View } from '../frame.ts'
import { branchOf, CallColumns, CallRow, RingRow } from './call-row.tsx'
import { HoursChart, Sparkline } from './chart.tsx'
import { Empty, PageHead, type Tone } from './parts.tsx'

const Figure = (props: {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly note: string
  readonly tone?: Tone
  readonly curve?: readonly number[]
}) => (
  <div class="card figure" id={props.id}>
    <p class="label" safe>
      {props.label}
    </p>
    <p class="value" safe>
      {props.value}
    </p>
    <p class={`note-line ${props.tone ?? 'plain'}`} safe>
      {props.note}
    </p>
    {props.curve?.some((one) => one > 0) ? <Sparkline values={props.curve} /> : null}
  </div>
)

/** A good answer leaves the caller no pause to wonder in. */
const FAST_TOOL_MS = 50

const Figures = ({ frame, figures, booking }: { frame: Frame; figures: Overview; booking: boolean }) => {
  const { overview } = frame.words
  const language = frame.words.code
  const { hours } = shownHours(figures)
  const here = localMoment(frame.now, readingOf(frame).zone)
  const past = hours.filter((hour) => figures.date < here.date || hour * 60 <= here.minute)
  const ofDay = (values: readonly number[]) => past.map((hour) => values[hour] ?? 0)
  const before = figures.weekBefore.calls
  /** The day is not over: less than a week ago says nothing yet, more does. */
  const comparison =
    before === 0
      ? overview.noComparison
      : figures.calls < before
        ? overview.wholeDayBefore(before)
        : overview.toWeekBefore(change(figures.calls, before, language) ?? '')
  const tool = figures.toolP95Ms
  const callbacks = figures.callbacksOpen
  const open =
    callbacks > 0
      ? overview.callbacks(callbacks)
      : figures.alertsOpen > 0
        ? overview.warnings(figures.alertsOpen)
        : overview.nothing
  return (
    <div id="figures" class="figures" data-keyed>
      <Figure
        id="figure-calls"
        label={overview.calls}
        value={number(figures.calls, language)}
        note={comparison}
        tone={before > 0 && figures.calls >= before ? 'done' : 'plain'}
        curve={ofDay(figures.byHour)}
      />
      {booking ? (
        <Figure
          id="figure-booked"
          label={overview.booked}
          value={number(figures.booked, language)}
          note={figures.conversion === undefined ? '–' : overview.ofCalls(percent(figures.conversion, language))}
          tone={figures.booked > 0 ? 'done' : 'plain'}
          curve={ofDay(figures.bookedByHour)}
        />
      ) : null}
      <Figure
        id="figure-tools"
        label={overview.toolTime}
        value={tool === undefined ? '–' : milliseconds(tool, language)}
        note={
          tool === undefined
            ? overview.toolTimeNone
            : tool < FAST_TOOL_MS
              ? overview.toolTimeGood
              : overview.toolTimeSlow
        }
        tone={tool === undefined ? 'plain' : tool < FAST_TOOL_MS ? 'done' : 'wait'}
      />
      <Figure
        id="figure-open"
        label={overview.open}
        value={open}
        note={
          figures.alertsOpen === 0
            ? overview.noWarnings
            : callbacks > 0
              ? overview.warnings(figures.alertsOpen)
              : overview.callbacks(0)
        }
        tone={figures.alertsOpen === 0 ? 'done' : 'wait'}
      />
    </div>
  )
}

/** From the first to the last hour in which anything happened, working hours at least. */
const shownHours = ({ byHour }: Overview) => {
  const busy = byHour.flatMap((count, hour) => (count > 0 ? [hour] : []))
  const from = Math.min(8, ...busy)
  const to = Math.max(18, ...busy)
  return { from, to, hours: Array.from({ length: to - from + 1 }, (_, index) => from + index) }
}

const severityTones: { readonly [S in Alert['severity']]: Tone } = { info: 'plain', warning: 'wait', critical: 'wrong' }

const Alerts = (props: { frame: Frame; profile: CompanyProfile; alerts: readonly Alert[] }) => {
  const { frame, profile, alerts } = props
  const { overview } = frame.words
  return (
    <section id="alerts" class="card side-card" aria-labelledby="alerts-title">
      <h2 id="alerts-title" safe>
        {overview.alerts}
      </h2>
      {alerts.length === 0 ? (
        <p class="calm" safe>
          {overview.noAlerts}
        </p>
      ) : (
        <ul class="alerts">
          {alerts.map((alert) => (
            <li class={`alert ${severityTones[alert.severity]}`}>
              <span class="alert-sign" aria-hidden="true">
                !
              </span>
              <div>
                <p safe>{frame.words.said(alert.message)}</p>
                <p class="alert-foot">
                  <time datetime={new Date(alert.createdAt).toISOString()} safe>
                    {moment(alert.createdAt, frame.now, readingOf(frame))}
                  </time>
                  {alert.callId === undefined ? null : (
                    <a href={companyPath(profile, `/calls/${encodeURIComponent(alert.callId)}`)} safe>
                      {frame.words.calls.one}
                    </a>
                  )}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Next = (props: { frame: Frame; profile: CompanyProfile; next: NextAppointments }) => {
  const { frame, profile, next } = props
  const { overview } = frame.words
  return (
    <section id="next" class="card side-card" aria-labelledby="next-title">
      <div class="card-head">
        <h2 id="next-title" safe>
          {overview.next}
        </h2>
        <a href={companyPath(profile, '/appointments')} safe>
          {overview.toCalendar}
        </a>
      </div>
      {next.appointments.length === 0 ? (
        <p class="calm" safe>
          {overview.noNext}
        </p>
      ) : (
        <ol class="next">
          {next.appointments.map((one) => {
            const branch = branchOf(profile, one.branch)
            const reading = readingOf(frame, branch?.timeZone)
            const service = profile.services.find(({ id }) => id === one.service)?.name ?? ''
            const staff = profile.staff.find(({ id }) => id === one.staff)?.name
            return (
              <li>
                <span class="next-time">
                  <b safe>{clockTime(one.startsAt, reading)}</b>
                  <small safe>{shortDay(one.startsAt, reading)}</small>
                </span>
                <span>
                  <span class="name" safe>
                    {one.attendeeName}
                  </span>
                  <small safe>{[service, staff].filter(Boolean).join(' · ')}</small>
                </span>
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}

export const overviewPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly figures: Overview
  readonly listing: CallListing
  readonly rings: readonly Ring[]
  readonly alerts: readonly Alert[]
  readonly next: NextAppointments
}): View => {
  const { frame, profile, figures, listing, rings, alerts, next } = props
  const { words } = frame
  const today = localMoment(frame.now, profile.company.timeZone).date
  const { from, to } = shownHours(figures)
  return {
    title: words.overview.title,
    place: 'overview',
    content: (
      <>
        <PageHead frame={frame} title={words.overview.title} sentence={dayTitle(figures.date, today, words.code)} />
        <div
          id="overview"
          class="overview"
          data-keyed
          hx-get={frame.address}
          hx-select="#overview"
          hx-trigger="sse:call.updated, sse:ring.updated, sse:appointment.updated, sse:alert, sse:callback.updated, reread"
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          <Figures frame={frame} figures={figures} booking={profile.company.booking} />
          <div id="overview-columns" class="columns-2" data-keyed>
            <div id="overview-main" class="stack" data-keyed>
              <section id="by-hour" class="card side-card" aria-labelledby="by-hour-title">
                <h2 id="by-hour-title" safe>
                  {words.overview.byHour}
                </h2>
                <HoursChart words={words} calls={figures.byHour} booked={figures.bookedByHour} from={from} to={to} />
              </section>
              <section id="latest" class="card list compact" aria-labelledby="latest-title" data-keyed>
                <div id="latest-head" class="card-head">
                  <h2 id="latest-title" safe>
                    {words.overview.latest}
                  </h2>
                  <a href={companyPath(profile, '/calls')} safe>
                    {words.overview.allCalls}
                  </a>
                </div>
                {listing.items.length + rings.length === 0 ? (
                  <div id="latest-empty">
                    <Empty
                      title={words.calls.empty}
                      help={words.calls.emptyHelp}
                      command={`npx frontdesk call --to "${profile.branches[0]?.phoneNumbers[0]?.number ?? '+49…'}"`}
                    />
                  </div>
                ) : (
                  <div id="latest-table" class="rows" data-keyed>
                    <div id="latest-columns">
                      <CallColumns words={words} />
                    </div>
                    <ol id="rows" data-keyed data-hold data-rows data-hold-label={words.live.hold}>
                      {rings.map((ring) => (
                        <RingRow ring={ring} frame={frame} profile={profile} />
                      ))}
                      {listing.items.map((call) => (
                        <CallRow call={call} listing={listing} frame={frame} profile={profile} />
                      ))}
                    </ol>
                  </div>
                )}
              </section>
            </div>
            <div id="overview-side" class="stack" data-keyed>
              <Alerts frame={frame} profile={profile} alerts={alerts} />
              {profile.company.booking ? <Next frame={frame} profile={profile} next={next} /> : null}
            </div>
          </div>
        </div>
      </>
    ),
  }
}
