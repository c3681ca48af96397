import type { Blocking } from '../../../application/booking/blocked-times.ts'
import type { BlockedTime } from '../../../domain/booking/blocked-time.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { localMoment, type TimeZone } from '../../../domain/time.ts'
import { clockTime, dayAndTime, moment } from '../format.ts'
import { companyPath, type Frame, may, readingOf, type View } from '../frame.ts'
import { actorText, appointmentPath } from './appointment.tsx'
import { branchLabel, branchOf } from './call-row.tsx'
import { Csrf, Message, NotesField, TextField, Wrong } from './fields.tsx'
import { Fact, PageHead, withQuery } from './parts.tsx'

/** As typed. `whose` is `branch:<slug>` or `staff:<slug>`. */
export interface BlockedEntry {
  readonly whose: string
  readonly fromDate: string
  readonly fromTime: string
  readonly toDate: string
  readonly toTime: string
  readonly reason: string
}

export type BlockedMistakes = { readonly [Field in 'whose' | 'from' | 'to' | 'reason' | 'all']?: string }

/** The zone of the branch, or of a colleague's first. */
export const zoneOfBlocked = (profile: CompanyProfile, one: Pick<BlockedTime, 'branch' | 'staff'>): TimeZone => {
  const staff = profile.staff.find(({ id }) => id === one.staff)
  const branch = branchOf(profile, one.branch) ?? profile.branches.find(({ slug }) => slug === staff?.branches[0])
  return branch?.timeZone ?? profile.company.timeZone
}

/** The day in the calendar on which it begins, in its own branch where it has one. */
export const calendarOfBlocked = (profile: CompanyProfile, one: BlockedTime, said?: string): string => {
  const staff = profile.staff.find(({ id }) => id === one.staff)
  return withQuery(companyPath(profile, '/appointments'), {
    date: localMoment(one.startsAt, zoneOfBlocked(profile, one)).date,
    branch: branchOf(profile, one.branch)?.slug ?? staff?.branches[0],
    said,
  })
}

/** `10:30–12:00` on one day, `Mo 1.12. 10:30 – Di 2.12. 12:00` over several. */
export const blockedWhen = (one: BlockedTime, frame: Frame, zone: TimeZone): string => {
  const reading = readingOf(frame, zone)
  const sameDay = localMoment(one.startsAt, zone).date === localMoment(one.endsAt, zone).date
  return sameDay
    ? `${dayAndTime(one.startsAt, reading)}–${clockTime(one.endsAt, reading)}`
    : `${dayAndTime(one.startsAt, reading)} – ${dayAndTime(one.endsAt, reading)}`
}

const Whose = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly chosen: string
  readonly wrong: string | undefined
}) => {
  const { frame, profile, chosen, wrong } = props
  const { blocked } = frame.words
  return (
    <label class="field">
      <span safe>{blocked.whose}</span>
      <select id="whose" name="whose" aria-describedby={wrong === undefined ? undefined : 'whose-wrong'}>
        {profile.branches.map((branch) => (
          <optgroup label={branchLabel(branch, profile)}>
            <option value={`branch:${branch.slug}`} selected={chosen === `branch:${branch.slug}`} safe>
              {blocked.wholeBranch(branchLabel(branch, profile))}
            </option>
            {profile.staff
              .filter((one) => one.branches[0] === branch.slug)
              .map((one) => (
                <option value={`staff:${one.slug}`} selected={chosen === `staff:${one.slug}`} safe>
                  {one.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <Wrong name="whose" text={wrong} />
    </label>
  )
}

const Moment = (props: {
  readonly frame: Frame
  readonly name: 'from' | 'to'
  readonly date: string
  readonly time: string
  readonly wrong: string | undefined
}) => {
  const { frame, name, date, time, wrong } = props
  const { blocked } = frame.words
  return (
    <fieldset class="moment" aria-describedby={wrong === undefined ? undefined : `${name}-wrong`}>
      <legend safe>{blocked[name]}</legend>
      <TextField type="date" name={`${name}_date`} label={blocked.date} value={date} />
      <TextField type="time" name={`${name}_time`} label={blocked.time} value={time} />
      <Wrong name={name} text={wrong} />
    </fieldset>
  )
}

export const blockTimePage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly entry: BlockedEntry
  readonly wrong: BlockedMistakes
  readonly back: string
  readonly status?: number
}): View => {
  const { frame, profile, entry, wrong, back, status = 200 } = props
  const { blocked, appointment } = frame.words
  return {
    title: blocked.addTitle,
    place: 'calendar',
    status,
    content: (
      <>
        <PageHead
          frame={frame}
          title={blocked.addTitle}
          sentence={blocked.addLead}
          back={{ href: back, label: appointment.back }}
        />
        <Message text={wrong.all} tone="wrong" />
        <section class="card form-card narrow" aria-label={blocked.addTitle}>
          <form method="post" action={companyPath(profile, '/blocked-times/new')} class="form-lines">
            <Csrf frame={frame} />
            <Whose frame={frame} profile={profile} chosen={entry.whose} wrong={wrong.whose} />
            <Moment frame={frame} name="from" date={entry.fromDate} time={entry.fromTime} wrong={wrong.from} />
            <Moment frame={frame} name="to" date={entry.toDate} time={entry.toTime} wrong={wrong.to} />
            <NotesField
              name="reason"
              label={blocked.reason}
              value={entry.reason}
              wrong={wrong.reason}
              optional={appointment.optional}
            />
            <div class="form-actions">
              <button class="button primary" type="submit" safe>
                {blocked.submit}
              </button>
            </div>
          </form>
        </section>
      </>
    ),
  }
}

const Inside = ({ frame, profile, blocking }: BlockedProps) => {
  const { blocked: words, appointment } = frame.words
  const { appointments, blocked } = blocking
  const reading = readingOf(frame, zoneOfBlocked(profile, blocked))
  return (
    <section class="card list" aria-labelledby="inside-title">
      <div class="card-head">
        <h2 id="inside-title" safe>
          {appointments.length === 0 ? words.noneInside : words.inside(appointments.length)}
        </h2>
      </div>
      {appointments.length === 0 ? null : (
        <>
          <p class="cure-line" safe>
            {words.insideHelp}
          </p>
          <ol id="rows" class="inside" data-rows>
            {appointments.map(({ appointment: one }) => (
              <li>
                <a class="row inside-row" href={appointmentPath(profile, one)}>
                  <span class="cell time mono" safe>
                    {dayAndTime(one.startsAt, reading)}
                  </span>
                  <span class="cell who">
                    <span class="name" safe>
                      {one.attendeeName}
                    </span>
                    <small safe>
                      {[
                        profile.services.find(({ id }) => id === one.service)?.name,
                        profile.staff.find(({ id }) => id === one.staff)?.name,
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </span>
                </a>
                {may(frame, 'appointments.change') ? (
                  <a class="button" href={appointmentPath(profile, one, '/move')}>
                    <span safe>{appointment.move}</span>
                    <span class="sr" safe>
                      {one.attendeeName}
                    </span>
                  </a>
                ) : null}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

interface BlockedProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly blocking: Blocking
}

/** A blocked time, what stands in it, and the way to give it back. */
export const blockedTimePage = (props: BlockedProps & { readonly said: string }): View => {
  const { frame, profile, blocking, said } = props
  const { blocked } = blocking
  const { words } = frame
  const zone = zoneOfBlocked(profile, blocked)
  const branch = branchOf(profile, blocked.branch)
  const staff = profile.staff.find(({ id }) => id === blocked.staff)
  const whose = branch ? words.blocked.wholeBranch(branchLabel(branch, profile)) : staff?.name
  return {
    title: words.blocked.title,
    place: 'calendar',
    content: (
      <>
        <PageHead
          frame={frame}
          title={words.blocked.title}
          sentence={[blockedWhen(blocked, frame, zone), whose].filter(Boolean).join(' · ')}
          back={{ href: calendarOfBlocked(profile, blocked), label: words.appointment.back }}
        >
          {may(frame, 'appointments.change') ? (
            <form method="post" action={companyPath(profile, `/blocked-times/${blocked.id}/lift`)}>
              <Csrf frame={frame} />
              <button class="button" type="submit" safe>
                {words.blocked.lift}
              </button>
            </form>
          ) : null}
        </PageHead>
        <Message text={said === 'done' ? words.blocked.done : undefined} tone="done" />
        <div class="call-detail">
          <Inside frame={frame} profile={profile} blocking={blocking} />
          <section class="card side-card" aria-label={words.appointment.facts}>
            <dl class="facts">
              <Fact term={words.blocked.reason}>
                <span safe>{blocked.reason ?? words.blocked.noReason}</span>
              </Fact>
              <Fact term={words.blocked.by}>
                <span safe>{actorText(blocked.createdBy, words)}</span>
                <small safe>{moment(blocked.createdAt, frame.now, readingOf(frame, zone))}</small>
              </Fact>
            </dl>
          </section>
        </div>
      </>
    ),
  }
}
