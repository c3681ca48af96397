import type { DayView } from '../../../application/reading/day.ts'
import type { Appointment } from '../../../domain/booking/appointment.ts'
import type { BlockedTime } from '../../../domain/booking/blocked-time.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { clockText } from '../../../domain/time.ts'
import { clockTime } from '../format.ts'
import { companyPath, type Frame, readingOf } from '../frame.ts'
import { appointmentPath, appointmentTones } from './appointment.tsx'
import { branchLabel, untilText } from './call-row.tsx'
import { minutesOf } from './day-span.ts'
import { Tag } from './parts.tsx'

/** Why a colleague is not there on a day on which the branch is open. */
export type Off = NonNullable<DayView['columns'][number]['off']>

export interface Day {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly view: DayView
}

export const wordsOf = (one: Appointment, { frame, profile, view }: Day) => {
  const reading = readingOf(frame, view.branch.timeZone)
  return {
    times: `${clockTime(one.startsAt, reading)}–${clockTime(one.endsAt, reading)}`,
    service: profile.services.find(({ id }) => id === one.service)?.name ?? '',
    staff: profile.staff.find(({ id }) => id === one.staff)?.name,
    status: frame.words.calendar.status[one.status],
    href: appointmentPath(profile, one),
  }
}

export const blockedHref = (one: BlockedTime, profile: CompanyProfile) =>
  companyPath(profile, `/blocked-times/${one.id}`)

const BlockedRow = ({ one, day }: { readonly one: BlockedTime; readonly day: Day }) => {
  const { frame, profile, view } = day
  const { from, to } = minutesOf(one, view)
  const whose = profile.staff.find(({ id }) => id === one.staff)?.name ?? branchLabel(view.branch, profile)
  return (
    <li id={`list-${one.id}`}>
      <a class="row day-row" href={blockedHref(one, profile)}>
        <span class="cell time mono" safe>
          {`${clockText(from)}–${to === 1440 ? '24:00' : clockText(to)}`}
        </span>
        <span class="cell who">
          <span class="name" safe>
            {one.reason ?? frame.words.blocked.noReason}
          </span>
          <small safe>{whose}</small>
        </span>
        <span class="cell outcome">
          <Tag tone="plain" sign="▨" label={frame.words.blocked.noReason} />
        </span>
      </a>
    </li>
  )
}

const OffRow = ({ name, off, frame }: { readonly name: string; readonly off: Off; readonly frame: Frame }) => (
  <div class="row day-row">
    <span class="cell time mono" aria-hidden="true">
      –
    </span>
    <span class="cell who">
      <span class="name" safe>
        {name}
      </span>
    </span>
    <span class="cell outcome">
      <Tag tone="plain" sign="▨" label={frame.words.calendar.off[off]} />
    </span>
  </div>
)

/** The same day by time, for a narrow screen; who is not there comes first. */
export const List = ({ day }: { readonly day: Day }) => {
  const { frame, view } = day
  const { calendar } = frame.words
  const entries = [
    ...view.columns.flatMap(({ appointments }) => appointments.map((one) => ({ at: one.startsAt, one }))),
    ...view.columns.flatMap(({ offers }) => offers.map((offer) => ({ at: offer.startsAt, offer }))),
    ...[...new Map(view.columns.flatMap(({ blocked }) => blocked.map((one) => [one.id, one]))).values()].map(
      (blocked) => ({ at: blocked.startsAt, blocked }),
    ),
  ].toSorted((a, b) => a.at - b.at)
  const absent = view.columns.flatMap(({ staff, off }) =>
    staff && off !== undefined ? [{ slug: staff.slug, name: staff.name, off }] : [],
  )
  return (
    <ol id="day-list" class="day-list" aria-label={calendar.list} data-keyed data-rows>
      {absent.map(({ slug, name, off }) => (
        <li id={`list-off-${slug}`}>
          <OffRow name={name} off={off} frame={frame} />
        </li>
      ))}
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
        if ('blocked' in entry) return <BlockedRow one={entry.blocked} day={day} />
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
              <Tag tone={appointmentTones[one.status]} label={status} />
            </span>
          </>
        )
        return (
          <li id={`list-${one.id}`}>
            <a class="row day-row" href={href}>
              {content}
            </a>
          </li>
        )
      })}
    </ol>
  )
}
