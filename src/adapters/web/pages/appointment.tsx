import type { AppointmentView } from '../../../application/reading/appointments.ts'
import { type ActorName, type Appointment, type HistoryEntry, isAhead } from '../../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { localMoment, MINUTE, type TimeZone } from '../../../domain/time.ts'
import { clockTime, dayAndTime, dayTitle, moment, money, phone } from '../format.ts'
import { companyPath, type Frame, may, readingOf, type View } from '../frame.ts'
import type { Words } from '../words/words.ts'
import { branchLabel, branchOf } from './call-row.tsx'
import { Message } from './fields.tsx'
import { Fact, PageHead, Tag, type Tone, withQuery } from './parts.tsx'

export const appointmentTones: { readonly [S in Appointment['status']]: Tone } = {
  pending: 'wait',
  confirmed: 'done',
  cancelled: 'plain',
  no_show: 'wrong',
  completed: 'plain',
}

export const appointmentPath = (profile: CompanyProfile, one: Appointment, rest = ''): string =>
  companyPath(profile, `/appointments/${one.id}${rest}`)

/** The day of an appointment in the calendar. */
export const calendarOf = (profile: CompanyProfile, one: Appointment): string => {
  const branch = branchOf(profile, one.branch)
  const zone = branch?.timeZone ?? profile.company.timeZone
  return withQuery(companyPath(profile, '/appointments'), {
    date: localMoment(one.startsAt, zone).date,
    branch: branch?.slug,
  })
}

/** `Heute, Mittwoch, 3. Dezember, 10:30–11:30` */
export const wholeTime = (one: Appointment, frame: Frame, zone: TimeZone | undefined): string => {
  const reading = readingOf(frame, zone)
  const day = dayTitle(
    localMoment(one.startsAt, reading.zone).date,
    localMoment(frame.now, reading.zone).date,
    frame.words.code,
  )
  return `${day}, ${clockTime(one.startsAt, reading)}–${clockTime(one.endsAt, reading)}`
}

const said = (text: string, words: Words): string | undefined =>
  text === 'booked' || text === 'moved' || text === 'cancelled' ? words.appointment[text] : undefined

const whatHappened = (entry: HistoryEntry, frame: Frame, zone: TimeZone | undefined): string => {
  const { historyOf } = frame.words.appointment
  const at = (when: HistoryEntry['from']) => (when === undefined ? '–' : dayAndTime(when, readingOf(frame, zone)))
  if (entry.action === 'booked') return historyOf.booked(at(entry.to))
  if (entry.action === 'moved') return historyOf.moved(at(entry.from), at(entry.to))
  if (entry.action === 'cancelled') return historyOf.cancelled(at(entry.from))
  const plain = {
    'turned-down': historyOf.turnedDown,
    'no-show': historyOf.noShow,
    attended: historyOf.attended,
    upheld: historyOf.upheld,
    'placed-again': historyOf.placedAgain,
  } as const
  return plain[entry.action]
}

/** Another colleague, a missed deadline and what it costs by the rules, as far as there was any of it. */
const besides = (entry: HistoryEntry, { words }: Frame, profile: CompanyProfile): string => {
  const { historyOf } = words.appointment
  const nameOf = (id: HistoryEntry['fromStaff']) => profile.staff.find((one) => one.id === id)?.name
  const [from, to] = [nameOf(entry.fromStaff), nameOf(entry.toStaff)]
  return [
    from !== undefined && to !== undefined && from !== to ? historyOf.otherStaff(from, to) : undefined,
    entry.withinPolicy === false ? historyOf.late : undefined,
    entry.fee ? historyOf.fee(money(entry.fee * 10_000, profile.company.currency, words.code)) : undefined,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** A person by their e-mail, anything else by what it is. */
export const actorText = ({ kind, name }: ActorName, words: Words): string =>
  kind === 'user' ? name : words.appointment.actors[kind]

const History = (props: { readonly one: Appointment; readonly frame: Frame; readonly profile: CompanyProfile }) => {
  const { one, frame, profile } = props
  const { words } = frame
  const zone = branchOf(profile, one.branch)?.timeZone
  const bullets = {
    booked: 'done',
    moved: 'now',
    cancelled: 'plain',
    'turned-down': 'wrong',
    'no-show': 'wrong',
    attended: 'done',
    upheld: 'plain',
    'placed-again': 'now',
  } as const
  return (
    <section id="history" class="card" aria-labelledby="history-title">
      <div class="card-head">
        <h2 id="history-title" safe>
          {words.appointment.history}
        </h2>
        <Tag tone={appointmentTones[one.status]} label={words.calendar.status[one.status]} />
      </div>
      <ol class="timeline history">
        {one.history.toReversed().map((entry) => (
          <li class="entry">
            <time datetime={new Date(entry.at).toISOString()} safe>
              {moment(entry.at, frame.now, readingOf(frame, zone))}
            </time>
            <span class={`bullet ${bullets[entry.action]}`} aria-hidden="true"></span>
            <div class="entry-body">
              <p safe>
                {[whatHappened(entry, frame, zone), besides(entry, frame, profile)].filter(Boolean).join(' · ')}
              </p>
              {entry.reason === undefined ? null : (
                <p class="said" safe>
                  {entry.reason}
                </p>
              )}
              <small>
                <span safe>{actorText(entry.actor, words)}</span>
                {entry.callId === undefined ? null : (
                  <>
                    {' · '}
                    <a href={companyPath(profile, `/calls/${encodeURIComponent(entry.callId)}`)} safe>
                      {words.appointment.toCall}
                    </a>
                  </>
                )}
              </small>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

const CustomerFact = ({ view, frame, profile }: AppointmentProps) => {
  const { customer } = view
  const { words } = frame
  const number = phone(customer?.phone, profile.company.country)
  return (
    <Fact term={words.appointment.customer}>
      {customer === undefined ? (
        <span class="faint" safe>
          {words.appointment.noCustomer}
        </span>
      ) : may(frame, 'customers.read') ? (
        <a href={companyPath(profile, `/customers/${customer.id}`)} safe>
          {customer.name === '' ? words.customers.noName : customer.name}
        </a>
      ) : (
        <span safe>{customer.name}</span>
      )}
      {customer?.phone === undefined ? null : (
        <a class="contact" href={`tel:${customer.phone}`} safe>
          {number ?? customer.phone}
        </a>
      )}
      {customer?.email === undefined ? null : (
        <a class="contact" href={`mailto:${encodeURIComponent(customer.email)}`} safe>
          {customer.email}
        </a>
      )}
    </Fact>
  )
}

interface AppointmentProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly view: AppointmentView
}

const Facts = (props: AppointmentProps) => {
  const { frame, profile, view } = props
  const one = view.appointment
  const { words } = frame
  const service = profile.services.find(({ id }) => id === one.service)
  const staff = profile.staff.find(({ id }) => id === one.staff)
  const minutes = words.appointment.minutes(Math.round((one.endsAt - one.startsAt) / MINUTE))
  const price =
    service?.price === undefined ? undefined : money(service.price * 10_000, profile.company.currency, words.code)
  return (
    <dl class="facts">
      <Fact term={words.appointment.service}>
        <span safe>{service?.name ?? '–'}</span>
        <small safe>{[minutes, price].filter(Boolean).join(', ')}</small>
      </Fact>
      {staff === undefined ? null : (
        <Fact term={words.appointment.staff}>
          <span safe>{staff.name}</span>
        </Fact>
      )}
      <CustomerFact {...props} />
      {one.notes === undefined || one.notes === '' ? null : (
        <Fact term={words.appointment.note}>
          <span class="notes" safe>
            {one.notes}
          </span>
        </Fact>
      )}
      <Fact term={words.appointment.source}>
        <span safe>{words.calendar.source[one.source]}</span>
        {one.callId === undefined ? null : (
          <a href={companyPath(profile, `/calls/${encodeURIComponent(one.callId)}`)} safe>
            {words.appointment.toCall}
          </a>
        )}
      </Fact>
      {one.sync === 'synced' ? null : (
        <Fact term={words.calendar.title}>
          <Tag tone="wait" label={words.appointment.sync[one.sync]} />
        </Fact>
      )}
      <Fact term={words.call.id}>
        <code class="id">{one.id}</code>
      </Fact>
    </dl>
  )
}

/** One appointment: when, what, whose, and everything that happened to it. */
export const appointmentPage = (props: AppointmentProps & { readonly said: string }): View => {
  const { frame, profile, view } = props
  const one = view.appointment
  const { words } = frame
  const branch = branchOf(profile, one.branch)
  const changeable = isAhead(one) && may(frame, 'appointments.change')
  return {
    title: one.attendeeName,
    place: 'calendar',
    content: (
      <>
        <PageHead
          frame={frame}
          title={one.attendeeName}
          sentence={[wholeTime(one, frame, branch?.timeZone), branch && branchLabel(branch, profile)]
            .filter(Boolean)
            .join(' · ')}
          back={{ href: calendarOf(profile, one), label: words.appointment.back }}
        >
          {changeable ? (
            <>
              <a class="button" href={appointmentPath(profile, one, '/cancel')} safe>
                {words.appointment.cancel}
              </a>
              {one.status === 'confirmed' ? (
                <a class="button primary" href={appointmentPath(profile, one, '/move')} safe>
                  {words.appointment.move}
                </a>
              ) : null}
            </>
          ) : null}
        </PageHead>
        <Message text={said(props.said, words)} tone="done" />
        <div
          id="appointment"
          class="call-detail"
          data-keyed
          hx-get={appointmentPath(profile, one)}
          hx-select="#appointment"
          hx-trigger={`sse:appointment.updated#${encodeURIComponent(one.id)}, reread`}
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          <History one={one} frame={frame} profile={profile} />
          <section id="appointment-facts" class="card side-card" aria-labelledby="facts-title">
            <h2 id="facts-title" class="facts-head" safe>
              {words.appointment.facts}
            </h2>
            <Facts frame={frame} profile={profile} view={view} />
          </section>
        </div>
      </>
    ),
  }
}
