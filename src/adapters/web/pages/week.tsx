import type { WeekView } from '../../../application/reading/week.ts'
import type { BlockedTime } from '../../../domain/booking/blocked-time.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { instantAt, type LocalDate, localMoment } from '../../../domain/time.ts'
import { clockTime, longDay, shortDay } from '../format.ts'
import { companyPath, type Frame, readingOf, type View } from '../frame.ts'
import { appointmentPath } from './appointment.tsx'
import { CalendarActions, Controls } from './calendar-controls.tsx'
import { blockedHref } from './day-list.tsx'
import { PageHead, withQuery } from './parts.tsx'

interface WeekProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly week: WeekView
}

type WeekDay = WeekView['days'][number]

const BlockedItem = ({ frame, profile, one }: Omit<WeekProps, 'week'> & { readonly one: BlockedTime }) => {
  const whose = profile.staff.find(({ id }) => id === one.staff)?.name
  return (
    <li class="week-item blocked">
      <a href={blockedHref(one, profile)}>
        <b safe>{one.reason ?? frame.words.blocked.noReason}</b>
        <small safe>{[frame.words.blocked.noReason, whose].filter(Boolean).join(' · ')}</small>
      </a>
    </li>
  )
}

const Day = ({ frame, profile, week, day }: WeekProps & { readonly day: WeekDay }) => {
  const { branch } = week
  const reading = readingOf(frame, branch.timeZone)
  const { calendar } = frame.words
  const today = localMoment(frame.now, branch.timeZone).date
  const href = withQuery(companyPath(profile, '/appointments'), { date: day.date, branch: branch.slug })
  return (
    <section class="week-day" aria-labelledby={`day-${day.date}`}>
      <h2 id={`day-${day.date}`} class="week-head">
        <a href={href} aria-current={day.date === today ? 'date' : undefined} safe>
          {shortDay(instantAt(day.date, 720, branch.timeZone), reading)}
        </a>
        <small safe>
          {day.opening.length === 0 && day.appointments.length === 0
            ? frame.words.views.closed
            : calendar.count(day.appointments.length)}
        </small>
      </h2>
      <ol class="week-items">
        {day.blocked.map((one) => (
          <BlockedItem frame={frame} profile={profile} one={one} />
        ))}
        {day.appointments.map((one) => (
          <li class={`week-item ${one.status}`}>
            <a href={appointmentPath(profile, one)}>
              <span class="mono" safe>
                {clockTime(one.startsAt, reading)}
              </span>
              <b safe>{one.attendeeName}</b>
              <small safe>
                {[
                  profile.services.find(({ id }) => id === one.service)?.name,
                  profile.staff.find(({ id }) => id === one.staff)?.name.split(' ')[0],
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Seven days beside each other; on a phone below each other. */
export const weekPage = ({ frame, profile, week, date }: WeekProps & { readonly date: LocalDate }): View => {
  const { calendar, views } = frame.words
  const { branch, days } = week
  const today = localMoment(frame.now, branch.timeZone).date
  const long = (day: LocalDate | undefined) => (day === undefined ? '' : longDay(day, frame.words.code, today))
  return {
    title: `${calendar.title}, ${views.week}`,
    place: 'calendar',
    content: (
      <>
        <PageHead
          frame={frame}
          title={calendar.title}
          sentence={views.span(long(days[0]?.date), long(days.at(-1)?.date))}
        >
          <CalendarActions frame={frame} profile={profile} branch={branch} date={date} />
        </PageHead>
        <Controls frame={frame} profile={profile} branch={branch} date={date} view="week" />
        <div
          id="week"
          class="card week"
          hx-get={frame.address}
          hx-select="#week"
          hx-trigger="sse:appointment.updated, sse:blocked_time.updated, reread"
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          {days.map((day) => (
            <Day frame={frame} profile={profile} week={week} day={day} />
          ))}
        </div>
      </>
    ),
  }
}
