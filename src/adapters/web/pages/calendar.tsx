import type { DayView } from '../../../application/reading/day.ts'
import type { Appointment } from '../../../domain/booking/appointment.ts'
import type { BlockedTime } from '../../../domain/booking/blocked-time.ts'
import type { Offer } from '../../../domain/booking/offer.ts'
import type { CompanyProfile, Staff } from '../../../domain/company.ts'
import { clockText, localMoment } from '../../../domain/time.ts'
import { dayTitle } from '../format.ts'
import { companyPath, type Frame, may, type View } from '../frame.ts'
import { CalendarActions, Controls } from './calendar-controls.tsx'
import { untilText } from './call-row.tsx'
import { blockedHref, type Day, List, type Off, wordsOf } from './day-list.tsx'
import { idlePieces, minutesOf, placed, rowsOf, type Span, shownOf, spanOf } from './day-span.ts'
import { Message } from './fields.tsx'
import { Empty, PageHead, withQuery } from './parts.tsx'

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
      <a class="block-body" href={href}>
        {content}
      </a>
    </li>
  )
}

/** Lies under the appointments that stand in it. */
const Blocked = ({ one, day, span }: { readonly one: BlockedTime; readonly day: Day; readonly span: Span }) => {
  const shown = shownOf(minutesOf(one, day.view), span)
  if (!shown) return ''
  const short = shown.to - shown.from <= 30 ? ' short' : ''
  const { blocked } = day.frame.words
  return (
    <li class={`block blocked${short} ${placed(shown, span)}`}>
      <a class="block-body" href={blockedHref(one, day.profile)}>
        <b safe>{one.reason ?? blocked.noReason}</b>
        <span class={one.reason === undefined ? 'sr' : ''} safe>
          {blocked.noReason}
        </span>
      </a>
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

/** At the head of a colleague's column: a new appointment with them on this day. */
const AddFor = ({ staff, day }: { readonly staff: Staff; readonly day: Day }) => {
  const { frame, profile, view } = day
  if (!may(frame, 'appointments.change')) return ''
  const href = withQuery(companyPath(profile, '/appointments/new'), {
    branch: view.branch.slug,
    staff: staff.slug,
    date: view.date,
  })
  return (
    <a class="add-for" href={href} aria-label={frame.words.appointment.addFor(staff.name)}>
      +
    </a>
  )
}

/** That a colleague is not there, and how many appointments stand all the same. */
const headOf = ({ frame }: Day, off: Off | undefined, appointments: readonly Appointment[]): string => {
  const { calendar } = frame.words
  const count = appointments.filter((one) => one.status !== 'cancelled').length
  if (off === undefined) return calendar.count(count)
  return count === 0 ? calendar.off[off] : `${calendar.off[off]} · ${calendar.count(count)}`
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
      {view.columns.map(({ staff, working, off, appointments, offers, blocked }) => (
        <section
          class={off === undefined ? 'staff-column' : 'staff-column off'}
          aria-label={staff?.name ?? frame.words.calendar.unassigned}
        >
          <h2 class="column-head">
            <span safe>{staff?.name ?? frame.words.calendar.unassigned}</span>
            <small safe>{headOf(day, off, appointments)}</small>
          </h2>
          {staff && off === undefined ? <AddFor staff={staff} day={day} /> : null}
          <ol class={`lane day-${rows}`}>
            {idlePieces(view, working, span).map((piece) => (
              <li class={`ground ${placed(piece, span)}`} aria-hidden="true"></li>
            ))}
            {hours.map((minute) => (
              <li class={`hour-line ${placed({ from: minute, to: minute + 60 }, span)}`} aria-hidden="true"></li>
            ))}
            {nowAt === undefined ? null : (
              <li class={`now-line ${placed({ from: nowAt, to: nowAt + 5 }, span)}`} aria-hidden="true"></li>
            )}
            {blocked.map((one) => (
              <Blocked one={one} day={day} span={span} />
            ))}
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

export const calendarPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly view: DayView | undefined
  /** A blocked time was lifted just now. */
  readonly lifted: boolean
}): View => {
  const { frame, profile, view, lifted } = props
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
  const nothing = count === 0 && view.columns.every((one) => one.offers.length === 0 && one.blocked.length === 0)
  const someOff = view.columns.some(({ off }) => off !== undefined)
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
        >
          <CalendarActions frame={frame} profile={profile} branch={view.branch} date={view.date} />
        </PageHead>
        <Message text={lifted ? frame.words.blocked.lifted : undefined} tone="done" />
        <Controls frame={frame} profile={profile} branch={view.branch} date={view.date} view="day" />
        <section
          id="day"
          class="card day"
          data-keyed
          hx-get={frame.address}
          hx-select="#day"
          hx-trigger="sse:appointment.updated, sse:blocked_time.updated, sse:call.updated, reread"
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          {nothing ? (
            <div id="day-empty" class="day-empty">
              <Empty title={view.opening.length === 0 ? calendar.closed : calendar.empty} help={calendar.emptyHelp} />
            </div>
          ) : null}
          {nothing && !someOff ? null : <List day={day} />}
          {view.opening.length === 0 && nothing ? null : <Grid day={day} />}
        </section>
      </>
    ),
  }
}
