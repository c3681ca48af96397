import type { DecisionKind, Difference, Differences } from '../../../application/calendar/difference.ts'
import type { KnownCalendarBooking } from '../../../application/ports/calendar-bookings.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { dayAndTime } from '../format.ts'
import { companyPath, type Frame, readingOf } from '../frame.ts'
import { appointmentPath } from './appointment.tsx'
import { branchLabel, branchOf } from './call-row.tsx'
import { Csrf } from './fields.tsx'
import { Tag, type Tone } from './parts.tsx'

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly differences: Differences
}

interface RowProps extends Omit<Props, 'differences'> {
  readonly difference: Difference
}

const tones: { readonly [Kind in Difference['kind']]: Tone } = { untold: 'wait', disputed: 'wrong', unmatched: 'plain' }
const dangerous: ReadonlySet<DecisionKind> = new Set(['cancel-here', 'cancel-there'])

const nameOf = (difference: Difference): string =>
  difference.kind === 'unmatched'
    ? (difference.booking.attendee?.name ?? '–')
    : difference.view.appointment.attendeeName

const There = ({ frame, bookings }: { readonly frame: Frame; readonly bookings: readonly KnownCalendarBooking[] }) => {
  const { differences: words } = frame.words
  if (bookings.length === 0) return <small safe>{words.nothingThere}</small>
  return (
    <>
      {bookings.map(({ startsAt, status }) => (
        <small safe>{words.there(dayAndTime(startsAt, readingOf(frame)), words.status[status])}</small>
      ))}
    </>
  )
}

/** What is here, what is there. */
const What = ({ frame, profile, difference }: RowProps) => {
  if (difference.kind === 'unmatched')
    return (
      <span class="difference-part">
        <span class="name" safe>
          {nameOf(difference)}
        </span>
        <There frame={frame} bookings={[difference.booking]} />
      </span>
    )
  const { appointment } = difference.view
  const branch = branchOf(profile, appointment.branch)
  const service = profile.services.find(({ id }) => id === appointment.service)?.name
  const when = dayAndTime(appointment.startsAt, readingOf(frame, branch?.timeZone))
  return (
    <span class="difference-part">
      <a class="name" href={appointmentPath(profile, appointment)} safe>
        {nameOf(difference)}
      </a>
      <small safe>
        {frame.words.differences.here(
          [when, service, branch && branchLabel(branch, profile)].filter(Boolean).join(' · '),
          frame.words.calendar.status[appointment.status],
        )}
      </small>
      <There frame={frame} bookings={difference.bookings} />
    </span>
  )
}

const TakeOver = ({ frame, profile }: RowProps) => {
  const { differences: words, appointment } = frame.words
  const Choice = (props: {
    readonly name: string
    readonly label: string
    readonly options: readonly { readonly slug: string; readonly name: string }[]
  }) => (
    <label class="field">
      <span safe>{props.label}</span>
      <select name={props.name}>
        {props.options.map(({ slug, name }) => (
          <option value={slug} safe>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <fieldset class="take-over">
      <legend safe>{words.takeOverAs}</legend>
      <Choice name="service" label={appointment.service} options={profile.services.filter(({ active }) => active)} />
      <Choice name="branch" label={appointment.branch} options={profile.branches} />
      <Choice name="staff" label={appointment.staff} options={[{ slug: '', name: words.nobody }, ...profile.staff]} />
    </fieldset>
  )
}

const Decisions = (props: RowProps) => {
  const { frame, profile, difference } = props
  const { differences: words } = frame.words
  const labelOf = (kind: DecisionKind) =>
    kind === 'keep-ours' && difference.kind === 'unmatched' ? words.noneOfOurs : words.decisions[kind]
  return (
    <form class="decisions" method="post" action={companyPath(profile, '/calendar-connection/settle')}>
      <Csrf frame={frame} />
      {difference.kind === 'unmatched' ? (
        <input type="hidden" name="booking" value={difference.booking.uid} />
      ) : (
        <input type="hidden" name="appointment" value={difference.view.appointment.id} />
      )}
      {difference.decisions.includes('take-over') ? <TakeOver {...props} /> : null}
      <div class="form-actions">
        {difference.decisions.map((kind) => (
          <button class={dangerous.has(kind) ? 'button danger' : 'button'} type="submit" name="decision" value={kind}>
            <span safe>{labelOf(kind)}</span>
            <span class="sr" safe>
              {words.about(nameOf(difference))}
            </span>
          </button>
        ))}
      </div>
    </form>
  )
}

const Row = (props: RowProps) => {
  const { frame, difference } = props
  const { differences: words } = frame.words
  return (
    <li class="difference">
      <What {...props} />
      <span class="difference-part">
        <Tag tone={tones[difference.kind]} label={words.kinds[difference.kind]} />
        <small safe>{words.help[difference.kind]}</small>
      </span>
      <Decisions {...props} />
    </li>
  )
}

/** In what our side and the calendar are not of one mind, and what somebody can decide about it. */
export const DifferenceList = (props: Props): JSX.Element => {
  const { frame, profile, differences } = props
  const { differences: words } = frame.words
  const { differences: all, more } = differences
  return (
    <section id="differences" class="card list" aria-labelledby="differences-title">
      <div class="card-head">
        <h2 id="differences-title" safe>
          {words.title}
        </h2>
        {all.length === 0 ? <Tag tone="done" label={words.none} /> : null}
      </div>
      {all.length === 0 ? (
        <p class="cure-line" safe>
          {words.noneHelp}
        </p>
      ) : (
        <ol class="differences">
          {all.map((difference) => (
            <Row frame={frame} profile={profile} difference={difference} />
          ))}
        </ol>
      )}
      {more ? (
        <p class="cure-line" safe>
          {words.more}
        </p>
      ) : null}
    </section>
  )
}
