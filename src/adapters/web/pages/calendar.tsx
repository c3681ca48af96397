import type { DayView } from '../../../application/reading/day.ts'
import type { Appointment } from '../../../domain/booking/appointment.ts'
import type { Interval } from '../../../domain/booking/interval.ts'
import type { Offer } from '../../../domain/booking/offer.ts'
import type { Branch, CompanyProfile } from '../../../domain/company.ts'
import { addDays, clockText, type LocalDate, localMoment, type MinuteOfDay } from '../../../domain/time.ts'
import { CALENDAR_STEP_MINUTES } from '../assets.ts'
import { clockTime, dayTitle } from '../format.ts'
import { companyPath, type Frame, readingOf, type View } from '../frame.ts'
import { branchLabel, untilText } from './call-row.tsx'
import { Icon } from './icon.tsx'
import { Empty, PageHead, Tag, type Tone, withQuery } from './parts.tsx'

/** Whole hours shown, from before the first to after the last of what is there. */
interface Span {
  readonly from: MinuteOfDay
  readonly to: MinuteOfDay
}

/** Minutes of this day that an interval covers; what lies on other days is cut off. */
const minutesOf = ({ startsAt, endsAt }: Interval, view: DayView): Span => {
  const start = localMoment(startsAt, view.branch.timeZone)
  const end = localMoment(endsAt, view.branch.timeZone)
  return {
    from: start.date < view.date ? 0 : start.minute,
    to: end.date > view.date ? 1440 : end.minute,
  }
}

const spanOf = (view: DayView): Span => {
  const all = [
    ...view.opening.map(({ opens, closes }) => ({ from: opens, to: closes })),
    ...view.columns.flatMap(({ appointments, offers }) =>
      [...appointments, ...offers].map((one) => minutesOf(one, view)),
    ),
  ]
  if (all.length === 0) return { from: 9 * 60, to: 18 * 60 }
  return {
    from: Math.floor(Math.min(...all.map(({ from }) => from)) / 60) * 60,
    to: Math.ceil(Math.max(...all.map(({ to }) => to)) / 60) * 60,
  }
}

/** The classes that put something at its time; see the generated style sheet. */
const placed = (piece: Span, span: Span): string => {
  const at = Math.floor((piece.from - span.from) / CALENDAR_STEP_MINUTES) + 1
  const end = Math.ceil((piece.to - span.from) / CALENDAR_STEP_MINUTES) + 1
  return `at-${at} for-${Math.max(1, end - at)}`
}

const rowsOf = (span: Span): number => (span.to - span.from) / CALENDAR_STEP_MINUTES

const tones: { readonly [S in Appointment['status']]: Tone } = {
  pending: 'wait',
  confirmed: 'done',
  cancelled: 'plain',
  no_show: 'wrong',
  completed: 'plain',
}

interface Day {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly view: DayView
}

const wordsOf = (one: Appointment, { frame, profile, view }: Day) => {
  const reading = readingOf(frame, view.branch.timeZone)
  return {
    times: `${clockTime(one.startsAt, reading)}–${clockTime(one.endsAt, reading)}`,
    service: profile.services.find(({ id }) => id === one.service)?.name ?? '',
    staff: profile.staff.find(({ id }) => id === one.staff)?.name,
    status: frame.words.calendar.status[one.status],
    href: one.callId === undefined ? undefined : companyPath(profile, `/calls/${encodeURIComponent(one.callId)}`),
  }
}

const Block = ({ one, day, span }: { readonly one: Appointment; readonly day: Day; readonly span: Span }) => {
  const { times, service, status, href } = wordsOf(one, day)
  const piece = minutesOf(one, day.view)
  const short = piece.to - piece.from <= 30 ? ' short' : ''
  const content = (
    <>
      <b safe>{one.attendeeName}</b>
      <span safe>{service}</span>
      <span class="mono" safe>
        {times}
      </span>
      <span class="sr" safe>
        {status}
      </span>
    </>
  )
  return (
    <li id={`block-${one.id}`} class={`block ${one.status}${short} ${placed(piece, span)}`}>
      {href === undefined ? (
        <div class="block-body">{content}</div>
      ) : (
        <a class="block-body" href={href}>
          {content}
        </a>
      )}
    </li>
  )
}

const Hold = ({ one, day, span }: { readonly one: Offer; readonly day: Day; readonly span: Span }) => {
  const { calendar } = day.frame.words
  const until = calendar.held(untilText(one.until, day.frame, day.view.branch.timeZone))
  const service = day.profile.services.find(({ id }) => id === one.service)?.name ?? ''
  return (
    <li id={`hold-${one.id}`} class={`block hold ${placed(minutesOf(one, day.view), span)}`}>
      <a
        class="block-body"
        href={companyPath(day.profile, `/calls/${encodeURIComponent(one.call)}`)}
        title={calendar.heldFor}
      >
        <b safe>{one.attendee === '' ? service : one.attendee}</b>
        <span safe>{until}</span>
      </a>
    </li>
  )
}

/** What is not opening time, as grounds behind the appointments. */
const closedPieces = (view: DayView, span: Span): readonly Span[] => {
  const pieces: Span[] = []
  let from = span.from
  for (const { opens, closes } of view.opening) {
    if (opens > from) pieces.push({ from, to: opens })
    from = Math.max(from, closes)
  }
  return from < span.to ? [...pieces, { from, to: span.to }] : pieces
}

const Grid = ({ day }: { readonly day: Day }) => {
  const { frame, view } = day
  const span = spanOf(view)
  const rows = rowsOf(span)
  const hours = Array.from({ length: (span.to - span.from) / 60 }, (_, index) => span.from + index * 60)
  const now = localMoment(frame.now, view.branch.timeZone)
  const nowAt = now.date === view.date && now.minute >= span.from && now.minute < span.to ? now.minute : undefined
  return (
    <section id="grid" class="day-grid" aria-label={frame.words.calendar.grid} tabindex="0">
      <div class="hours-column" aria-hidden="true">
        <p class="column-head"></p>
        <ol class={`lane day-${rows}`}>
          {hours.map((minute) => (
            <li class={`hour ${placed({ from: minute, to: minute + 60 }, span)}`} safe>
              {clockText(minute)}
            </li>
          ))}
        </ol>
      </div>
      {view.columns.map(({ staff, appointments, offers }) => (
        <section class="staff-column" aria-label={staff?.name ?? frame.words.calendar.unassigned}>
          <h2 class="column-head">
            <span safe>{staff?.name ?? frame.words.calendar.unassigned}</span>
            <small safe>
              {frame.words.calendar.count(appointments.filter((one) => one.status !== 'cancelled').length)}
            </small>
          </h2>
          <ol class={`lane day-${rows}`}>
            {closedPieces(view, span).map((piece) => (
              <li class={`ground ${placed(piece, span)}`} aria-hidden="true"></li>
            ))}
            {hours.map((minute) => (
              <li class={`hour-line ${placed({ from: minute, to: minute + 60 }, span)}`} aria-hidden="true"></li>
            ))}
            {nowAt === undefined ? null : (
              <li class={`now-line ${placed({ from: nowAt, to: nowAt + 5 }, span)}`} aria-hidden="true"></li>
            )}
            {appointments
              .filter((one) => one.status !== 'cancelled')
              .map((one) => (
                <Block one={one} day={day} span={span} />
              ))}
            {offers.map((one) => (
              <Hold one={one} day={day} span={span} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  )
}

/** The same day by time, for a narrow screen. */
const List = ({ day }: { readonly day: Day }) => {
  const { frame, view } = day
  const { calendar } = frame.words
  const entries = [
    ...view.columns.flatMap(({ appointments }) => appointments.map((one) => ({ at: one.startsAt, one }))),
    ...view.columns.flatMap(({ offers }) => offers.map((offer) => ({ at: offer.startsAt, offer }))),
  ].toSorted((a, b) => a.at - b.at)
  return (
    <ol id="day-list" class="day-list" aria-label={calendar.list} data-keyed data-rows>
      {entries.map((entry) => {
        if ('offer' in entry) {
          const { offer } = entry
          const until = untilText(offer.until, frame, view.branch.timeZone)
          return (
            <li id={`list-${offer.id}`}>
              <a class="row day-row" href={companyPath(day.profile, `/calls/${encodeURIComponent(offer.call)}`)}>
                <span class="cell time mono" safe>
                  {clockTime(offer.startsAt, readingOf(frame, view.branch.timeZone))}
                </span>
                <span class="cell who">
                  <span class="name" safe>
                    {offer.attendee === '' ? calendar.heldFor : offer.attendee}
                  </span>
                  <small safe>{day.profile.services.find(({ id }) => id === offer.service)?.name ?? ''}</small>
                </span>
                <span class="cell outcome">
                  <Tag tone="wait" sign="◷" label={calendar.held(until)} />
                </span>
              </a>
            </li>
          )
        }
        const { one } = entry
        const { times, service, staff, status, href } = wordsOf(one, day)
        const content = (
          <>
            <span class="cell time mono" safe>
              {times}
            </span>
            <span class="cell who">
              <span class="name" safe>
                {one.attendeeName}
              </span>
              <small safe>{[service, staff].filter(Boolean).join(' · ')}</small>
            </span>
            <span class="cell outcome">
              <Tag tone={tones[one.status]} label={status} />
            </span>
          </>
        )
        return (
          <li id={`list-${one.id}`}>
            {href === undefined ? (
              <div class="row day-row">{content}</div>
            ) : (
              <a class="row day-row" href={href}>
                {content}
              </a>
            )}
          </li>
        )
      })}
    </ol>
  )
}

const Controls = (props: {
  frame: Frame
  profile: CompanyProfile
  branch: Branch
  date: LocalDate
  today: LocalDate
}) => {
  const { frame, profile, branch, date, today } = props
  const { calendar } = frame.words
  const path = companyPath(profile, '/appointments')
  const on = (day: LocalDate, slug = branch.slug) => withQuery(path, { date: day, branch: slug })
  return (
    <div class="filters calendar-controls">
      <div class="stepper">
        <a class="button icon-button" href={on(addDays(date, -1))} aria-label={calendar.previous} rel="prev">
          <Icon name="back" />
        </a>
        <a class="button" href={on(today)} aria-current={date === today ? 'date' : undefined} safe>
          {calendar.today}
        </a>
        <a class="button icon-button" href={on(addDays(date, 1))} aria-label={calendar.next} rel="next">
          <Icon name="forward" />
        </a>
      </div>
      <form method="get" action={path} class="date-form" data-submit-on-change>
        <input type="hidden" name="branch" value={branch.slug} />
        <label class="field">
          <span safe>{calendar.date}</span>
          <input type="date" name="date" value={date} required />
        </label>
        <button class="button no-script" type="submit" safe>
          {calendar.go}
        </button>
      </form>
      {profile.branches.length < 2 ? null : (
        <nav class="segments" aria-label={calendar.branch}>
          {profile.branches.map((one) => (
            <a href={on(date, one.slug)} aria-current={one.id === branch.id ? 'true' : undefined} safe>
              {branchLabel(one, profile)}
            </a>
          ))}
        </nav>
      )}
    </div>
  )
}

export const calendarPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly view: DayView | undefined
}): View => {
  const { frame, profile, view } = props
  const { calendar } = frame.words
  if (!view)
    return {
      title: calendar.title,
      place: 'calendar',
      content: (
        <>
          <PageHead frame={frame} title={calendar.title} />
          <section class="card">
            <Empty
              title={calendar.noBranches}
              help={calendar.noBranchesHelp}
              command="npx frontdesk apply company.yaml"
            />
          </section>
        </>
      ),
    }
  const today = localMoment(frame.now, view.branch.timeZone).date
  const hours = view.opening
    .map(({ opens, closes }) => `${clockText(opens)}${calendar.to}${clockText(closes)}`)
    .join(', ')
  const count = view.columns.flatMap((one) => one.appointments).filter((one) => one.status !== 'cancelled').length
  const nothing = count === 0 && view.columns.every((one) => one.offers.length === 0)
  const day: Day = { frame, profile, view }
  return {
    title: `${calendar.title}, ${dayTitle(view.date, today, frame.words.code)}`,
    place: 'calendar',
    content: (
      <>
        <PageHead
          frame={frame}
          title={calendar.title}
          sentence={`${dayTitle(view.date, today, frame.words.code)} · ${view.opening.length === 0 ? calendar.closed : calendar.open(hours)}`}
        />
        <Controls frame={frame} profile={profile} branch={view.branch} date={view.date} today={today} />
        <section
          id="day"
          class="card day"
          data-keyed
          hx-get={frame.address}
          hx-select="#day"
          hx-trigger="sse:appointment.updated, sse:call.updated, reread"
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          {nothing ? (
            <div id="day-empty" class="day-empty">
              <Empty title={view.opening.length === 0 ? calendar.closed : calendar.empty} help={calendar.emptyHelp} />
            </div>
          ) : null}
          {nothing ? null : <List day={day} />}
          {view.opening.length === 0 && nothing ? null : <Grid day={day} />}
        </section>
      </>
    ),
  }
}
