import type { Alternative } from '../../../application/failure.ts'
import type { Branch, CompanyProfile, Service, Staff } from '../../../domain/company.ts'
import { addDays, type Instant, localMoment } from '../../../domain/time.ts'
import { companyPath, type Frame, type View } from '../frame.ts'
import { branchLabel } from './call-row.tsx'
import { Csrf, Message, NotesField, TextField, Wrong } from './fields.tsx'
import { Icon } from './icon.tsx'
import { PageHead, withQuery } from './parts.tsx'
import { type FreeDay, Instead, Times } from './times.tsx'

/** What, where, with whom and on which day; everything that could be chosen instead. */
export interface BookingChoice {
  readonly branch: Branch
  readonly services: readonly Service[]
  readonly service: Service | undefined
  readonly able: readonly Staff[]
  readonly staff: Staff | undefined
  readonly free: FreeDay
  readonly at: Instant | undefined
}

export interface BookingEntry {
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly notes: string
}

export type BookingMistakes = {
  readonly [Field in keyof BookingEntry | 'branch' | 'service' | 'staff' | 'at' | 'all']?: string
}

const choiceField = (props: {
  readonly name: string
  readonly label: string
  readonly chosen: string
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly wrong: string | undefined
}) => (
  <label class="field">
    <span safe>{props.label}</span>
    <select
      id={`choice-${props.name}`}
      name={props.name}
      aria-describedby={props.wrong === undefined ? undefined : `${props.name}-wrong`}
    >
      {props.options.map(([value, label]) => (
        <option value={value} selected={value === props.chosen} safe>
          {label}
        </option>
      ))}
    </select>
    <Wrong name={props.name} text={props.wrong} />
  </label>
)

/** A day and the way to its neighbours. The first button is the one that Enter presses. */
export const DayField = ({ frame, free }: { readonly frame: Frame; readonly free: FreeDay }): JSX.Element => {
  const { appointment } = frame.words
  const step = (days: number, label: string, icon: 'back' | 'forward') => (
    <button
      id={`choice-${icon}`}
      class="button icon-button"
      type="submit"
      name="to"
      value={addDays(free.date, days)}
      aria-label={label}
    >
      <Icon name={icon} />
    </button>
  )
  return (
    <div class="day-field">
      <label class="field">
        <span safe>{appointment.day}</span>
        <input
          id="choice-date"
          type="date"
          name="date"
          value={free.date}
          min={localMoment(frame.now, free.zone).date}
          required
        />
      </label>
      <button class="button no-script" type="submit" safe>
        {appointment.look}
      </button>
      {step(-1, appointment.previous, 'back')}
      {step(1, appointment.next, 'forward')}
    </div>
  )
}

/** Reads the times anew whenever something about them is chosen; what was typed elsewhere stays. */
export const asking = (path: string) => ({
  method: 'get' as const,
  action: path,
  'hx-get': path,
  'hx-trigger': 'change, submit',
  'hx-target': '#what',
  'hx-select': '#what',
  'hx-swap': 'outerHTML ignoreTitle:true',
  'hx-push-url': 'true',
  'hx-sync': 'this:replace',
})

const What = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly choice: BookingChoice
  readonly wrong: BookingMistakes
  readonly alternatives: readonly Alternative[] | undefined
}) => {
  const { frame, profile, choice, wrong, alternatives } = props
  const { appointment } = frame.words
  const { branch, service, services, staff, able, free, at } = choice
  return (
    <section id="what" class="card form-card" aria-labelledby="what-title">
      <h2 id="what-title" safe>
        {appointment.what}
      </h2>
      <form {...asking(companyPath(profile, '/appointments/new'))} class="form-grid">
        {profile.branches.length < 2 ? (
          <input type="hidden" name="branch" value={branch.slug} />
        ) : (
          choiceField({
            name: 'branch',
            label: appointment.branch,
            chosen: branch.slug,
            options: profile.branches.map((one) => [one.slug, branchLabel(one, profile)]),
            wrong: wrong.branch,
          })
        )}
        {choiceField({
          name: 'service',
          label: appointment.service,
          chosen: service?.slug ?? '',
          options: services.map((one) => [one.slug, `${one.name}, ${appointment.minutes(one.durationMinutes)}`]),
          wrong: wrong.service ?? (service ? undefined : appointment.noServices),
        })}
        {able.length === 0
          ? null
          : choiceField({
              name: 'staff',
              label: appointment.staff,
              chosen: staff?.slug ?? '',
              options: [['', appointment.anyone], ...able.map((one) => [one.slug, one.name] as const)],
              wrong: wrong.staff,
            })}
        <DayField frame={frame} free={free} />
      </form>
      <input type="hidden" form="book" name="branch" value={branch.slug} />
      <input type="hidden" form="book" name="service" value={service?.slug ?? ''} />
      <input type="hidden" form="book" name="staff" value={staff?.slug ?? ''} />
      <input type="hidden" form="book" name="date" value={free.date} />
      <Times frame={frame} form="book" free={free} chosen={at} named={staff === undefined} wrong={wrong.at} />
      <Instead frame={frame} zone={free.zone} form="book" alternatives={alternatives} />
    </section>
  )
}

/** Two plain forms: one asks what is free, the other books it. */
export const newAppointmentPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly choice: BookingChoice
  readonly entry: BookingEntry
  readonly wrong: BookingMistakes
  readonly alternatives: readonly Alternative[] | undefined
  readonly status?: number
}): View => {
  const { frame, profile, choice, entry, wrong, alternatives, status = 200 } = props
  const { appointment } = frame.words
  const { optional } = appointment
  const calendar = withQuery(companyPath(profile, '/appointments'), {
    date: choice.free.date,
    branch: choice.branch.slug,
  })
  return {
    title: appointment.addTitle,
    place: 'calendar',
    status,
    content: (
      <>
        <PageHead
          frame={frame}
          title={appointment.addTitle}
          sentence={appointment.addLead}
          back={{ href: calendar, label: appointment.back }}
        />
        <Message text={wrong.all} tone="wrong" />
        <div class="form-columns">
          <What frame={frame} profile={profile} choice={choice} wrong={wrong} alternatives={alternatives} />
          <section class="card form-card" aria-labelledby="who-title">
            <h2 id="who-title" safe>
              {appointment.who}
            </h2>
            <form id="book" method="post" action={companyPath(profile, '/appointments/new')} class="form-lines">
              <Csrf frame={frame} />
              <TextField type="text" name="name" label={appointment.name} value={entry.name} wrong={wrong.name} />
              <TextField
                type="tel"
                name="phone"
                label={appointment.phone}
                value={entry.phone}
                wrong={wrong.phone}
                optional={optional}
              />
              <TextField
                type="email"
                name="email"
                label={appointment.email}
                value={entry.email}
                wrong={wrong.email}
                optional={optional}
              />
              <NotesField
                name="notes"
                label={appointment.note}
                value={entry.notes}
                wrong={wrong.notes}
                optional={optional}
              />
              <button class="button primary" type="submit" safe>
                {appointment.book}
              </button>
            </form>
          </section>
        </div>
      </>
    ),
  }
}
