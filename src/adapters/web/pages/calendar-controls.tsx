import type { Branch, CompanyProfile } from '../../../domain/company.ts'
import { addDays, type LocalDate, localMoment } from '../../../domain/time.ts'
import { companyPath, type Frame, may } from '../frame.ts'
import { branchLabel } from './call-row.tsx'
import { Icon } from './icon.tsx'
import { withQuery } from './parts.tsx'

export type CalendarView = 'day' | 'week' | 'list'

const paths: { readonly [View in CalendarView]: string } = {
  day: '/appointments',
  week: '/appointments/week',
  list: '/appointments/list',
}

interface ControlsProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly branch: Branch
  readonly date: LocalDate
  readonly view: CalendarView
}

/** Another way to look at the same time and branch. */
export const Views = ({ frame, profile, branch, date, view }: ControlsProps): JSX.Element => {
  const { views } = frame.words
  return (
    <nav class="segments" aria-label={views.label}>
      {(['day', 'week', 'list'] as const).map((one) => (
        <a
          href={withQuery(companyPath(profile, paths[one]), { date, branch: branch.slug })}
          aria-current={one === view ? 'page' : undefined}
          safe
        >
          {views[one]}
        </a>
      ))}
    </nav>
  )
}

export const Branches = ({ frame, profile, branch, date, view }: ControlsProps): JSX.Element =>
  profile.branches.length < 2 ? (
    ''
  ) : (
    <nav class="segments" aria-label={frame.words.calendar.branch}>
      {profile.branches.map((one) => (
        <a
          href={withQuery(companyPath(profile, paths[view]), { date, branch: one.slug })}
          aria-current={one.id === branch.id ? 'true' : undefined}
          safe
        >
          {branchLabel(one, profile)}
        </a>
      ))}
    </nav>
  )

/** Which day or week of which branch. */
export const Controls = (props: ControlsProps & { readonly view: 'day' | 'week' }): JSX.Element => {
  const { frame, profile, branch, date, view } = props
  const { calendar, views } = frame.words
  const path = companyPath(profile, paths[view])
  const today = localMoment(frame.now, branch.timeZone).date
  const on = (day: LocalDate) => withQuery(path, { date: day, branch: branch.slug })
  const [step, previous, next] =
    view === 'day' ? [1, calendar.previous, calendar.next] : [7, views.previousWeek, views.nextWeek]
  return (
    <div class="filters calendar-controls">
      <div class="stepper">
        <a class="button icon-button" href={on(addDays(date, -step))} aria-label={previous} rel="prev">
          <Icon name="back" />
        </a>
        <a class="button" href={on(today)} aria-current={date === today ? 'date' : undefined} safe>
          {calendar.today}
        </a>
        <a class="button icon-button" href={on(addDays(date, step))} aria-label={next} rel="next">
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
      <Branches {...props} />
      <Views {...props} />
    </div>
  )
}

/** What people with the right to it do from here. */
export const CalendarActions = ({ frame, profile, branch, date }: Omit<ControlsProps, 'view'>): JSX.Element => {
  if (!profile.company.booking || !may(frame, 'appointments.change')) return ''
  const here = { branch: branch.slug, date }
  return (
    <>
      <a class="button" href={withQuery(companyPath(profile, '/blocked-times/new'), here)} safe>
        {frame.words.blocked.add}
      </a>
      <a class="button primary" href={withQuery(companyPath(profile, '/appointments/new'), here)} safe>
        {frame.words.appointment.add}
      </a>
    </>
  )
}
