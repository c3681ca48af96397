import type { WeekView } from '../../../application/reading/week.ts'
import type { Appointment } from '../../../domain/booking/appointment.ts'
import type { BlockedTime } from '../../../domain/booking/blocked-time.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import type { StaffId } from '../../../domain/ids.ts'
import { type Instant, instantAt, type LocalDate, localMoment } from '../../../domain/time.ts'
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

type DayProps = WeekProps & { readonly day: WeekDay }

/** When it begins and with whom, by the first name. */
const When = ({ time, staff }: { readonly time: string; readonly staff: string | undefined }) => (
  <span class="when">
    <span class="mono" safe>
      {time}
    </span>
    {staff === undefined ? null : <small safe>{staff}</small>}
  </span>
)

const firstName = (profile: CompanyProfile, staff: StaffId | undefined) =>
  profile.staff.find(({ id }) => id === staff)?.name.split(' ')[0]

const BlockedItem = ({ frame, profile, week, day, one }: DayProps & { readonly one: BlockedTime }) => {
  const { timeZone } = week.branch
  const isOn = (at: Instant) => localMoment(at, timeZone).date === day.date
  const time = (at: Instant, otherwise: string) => (isOn(at) ? clockTime(at, readingOf(frame, timeZone)) : otherwise)
  return (
    <li class="week-item blocked">
      <a href={blockedHref(one, profile)}>
        <When
          time={`${time(one.startsAt, '00:00')}–${time(one.endsAt, '24:00')}`}
          staff={firstName(profile, one.staff)}
        />
        <b safe>{one.reason ?? frame.words.blocked.noReason}</b>
        {one.reason === undefined ? null : <small safe>{frame.words.blocked.noReason}</small>}
      </a>
    </li>
  )
}

const AppointmentItem = ({ frame, profile, week, one }: WeekProps & { readonly one: Appointment }) => (
  <li class={`week-item ${one.status}`}>
    <a href={appointmentPath(profile, one)}>
      <When
        time={clockTime(one.startsAt, readingOf(frame, week.branch.timeZone))}
        staff={firstName(profile, one.staff)}
      />
      <b safe>{one.attendeeName}</b>
      <small safe>{profile.services.find(({ id }) => id === one.service)?.name ?? ''}</small>
    </a>
  </li>
)

const Day = (props: DayProps) => {
  const { frame, profile, week, day } = props
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
        {[
          ...day.blocked.map((blocked) => ({ at: blocked.startsAt, blocked })),
          ...day.appointments.map((one) => ({ at: one.startsAt, one })),
        ]
          .toSorted((a, b) => a.at - b.at)
          .map((entry) =>
            'blocked' in entry ? (
              <BlockedItem {...props} one={entry.blocked} />
            ) : (
              <AppointmentItem {...props} one={entry.one} />
            ),
          )}
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
