import type { Page } from '../../../application/ports/page.ts'
import type { AppointmentView } from '../../../application/reading/appointments.ts'
import type { Branch, CompanyProfile, Staff } from '../../../domain/company.ts'
import type { LocalDate } from '../../../domain/time.ts'
import { dayAndTime } from '../format.ts'
import { companyPath, type Frame, readingOf, type View } from '../frame.ts'
import { appointmentPath, appointmentTones } from './appointment.tsx'
import { CalendarActions, Views } from './calendar-controls.tsx'
import { branchLabel, branchOf } from './call-row.tsx'
import { Empty, PageHead, Pager, Select, Tag } from './parts.tsx'

/** What the list is narrowed to; '' and undefined stand for everything. */
export interface ListFilter {
  readonly date: LocalDate
  readonly branch: Branch | undefined
  readonly staff: Staff | undefined
  readonly status: string
  readonly cursor: string
}

const Row = (props: { readonly frame: Frame; readonly profile: CompanyProfile; readonly view: AppointmentView }) => {
  const { frame, profile, view } = props
  const one = view.appointment
  const branch = branchOf(profile, one.branch)
  return (
    <li id={one.id}>
      <a class="row visit-row" href={appointmentPath(profile, one)}>
        <span class="cell time mono" safe>
          {dayAndTime(one.startsAt, readingOf(frame, branch?.timeZone))}
        </span>
        <span class="cell who">
          <span class="name" safe>
            {one.attendeeName}
          </span>
          <small safe>
            {[
              profile.services.find(({ id }) => id === one.service)?.name,
              profile.staff.find(({ id }) => id === one.staff)?.name,
              branch && branchLabel(branch, profile),
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </span>
        <span class="cell outcome">
          <Tag tone={appointmentTones[one.status]} label={frame.words.calendar.status[one.status]} />
        </span>
      </a>
    </li>
  )
}

/** Appointments from a day on, earliest first, page by page. */
export const appointmentListPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly home: Branch
  readonly filter: ListFilter
  readonly page: Page<AppointmentView>
}): View => {
  const { frame, profile, home, filter, page } = props
  const { calendar, views, calls } = frame.words
  const path = companyPath(profile, '/appointments/list')
  const asked = {
    date: filter.date,
    branch: filter.branch?.slug,
    staff: filter.staff?.slug,
    status: filter.status,
  }
  const any = ['', calls.filter.any] as const
  return {
    title: `${calendar.title}, ${views.list}`,
    place: 'calendar',
    content: (
      <>
        <PageHead frame={frame} title={calendar.title} sentence={views.listLead}>
          <CalendarActions frame={frame} profile={profile} branch={home} date={filter.date} />
        </PageHead>
        <form method="get" action={path} class="filters" aria-label={views.filter} data-submit-on-change>
          <label class="field">
            <span safe>{views.from}</span>
            <input type="date" name="date" value={filter.date} required />
          </label>
          <Select
            name="branch"
            label={calendar.branch}
            chosen={filter.branch?.slug ?? ''}
            options={[any, ...profile.branches.map((one) => [one.slug, branchLabel(one, profile)] as const)]}
          />
          <Select
            name="staff"
            label={frame.words.appointment.staff}
            chosen={filter.staff?.slug ?? ''}
            options={[any, ...profile.staff.map((one) => [one.slug, one.name] as const)]}
          />
          <Select
            name="status"
            label={frame.words.appointment.status}
            chosen={filter.status}
            options={[any, ...Object.entries(calendar.status)]}
          />
          <button class="button no-script" type="submit" safe>
            {calendar.go}
          </button>
          <Views frame={frame} profile={profile} branch={home} date={filter.date} view="list" />
        </form>
        <section id="list" class="card list" aria-label={views.list}>
          {page.items.length === 0 ? (
            <Empty title={views.none} help={views.noneHelp} />
          ) : (
            <>
              <div class="list-head visit-head">
                <p class="count" safe>
                  {views.count(page.items.length, page.next !== undefined || filter.cursor !== '')}
                </p>
              </div>
              <ol id="rows" data-rows>
                {page.items.map((view) => (
                  <Row frame={frame} profile={profile} view={view} />
                ))}
              </ol>
            </>
          )}
          <Pager
            path={path}
            query={asked}
            cursor={filter.cursor}
            next={page.next}
            first={views.first}
            more={views.later}
          />
        </section>
      </>
    ),
  }
}
