import type { CustomerDetail } from '../../../application/reading/customers.ts'
import { type Appointment, isAhead } from '../../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { dayAndTime, moment, phone, shortDay } from '../format.ts'
import { companyPath, type Frame, may, readingOf, type View } from '../frame.ts'
import { appointmentPath, appointmentTones } from './appointment.tsx'
import { branchLabel, branchOf, CallTag } from './call-row.tsx'
import { NotesForm, VipForm, VipMark } from './customer-card.tsx'
import { Message } from './fields.tsx'
import { Fact, PageHead, Tag } from './parts.tsx'

interface CustomerProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly detail: CustomerDetail
}

interface CustomerPage extends CustomerProps {
  /** Which form did something, as the address says it. */
  readonly said: string
  /** Notes that cannot be kept, as they were written. */
  readonly refused?: string
}

const AppointmentRow = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly one: Appointment
}) => {
  const { frame, profile, one } = props
  const branch = branchOf(profile, one.branch)
  const service = profile.services.find(({ id }) => id === one.service)?.name
  const staff = profile.staff.find(({ id }) => id === one.staff)?.name
  return (
    <li>
      <a class="row visit-row" href={appointmentPath(profile, one)}>
        <span class="cell time mono" safe>
          {dayAndTime(one.startsAt, readingOf(frame, branch?.timeZone))}
        </span>
        <span class="cell who">
          <span class="name" safe>
            {service ?? '–'}
          </span>
          <small safe>
            {[one.attendeeName, staff, branch && branchLabel(branch, profile)].filter(Boolean).join(' · ')}
          </small>
        </span>
        <span class="cell outcome">
          <Tag tone={appointmentTones[one.status]} label={frame.words.calendar.status[one.status]} />
        </span>
      </a>
    </li>
  )
}

const Visits = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly id: string
  readonly title: string
  readonly empty: string
  readonly appointments: readonly Appointment[]
}) => {
  const { frame, profile, id, title, empty, appointments } = props
  return (
    <section class="card list" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id} safe>
          {title}
        </h2>
      </div>
      {appointments.length === 0 ? (
        <p class="calm inset" safe>
          {empty}
        </p>
      ) : (
        <ol class="lines" data-rows>
          {appointments.map((one) => (
            <AppointmentRow frame={frame} profile={profile} one={one} />
          ))}
        </ol>
      )}
    </section>
  )
}

const Calls = ({ frame, profile, detail }: CustomerProps) => {
  const { customers } = frame.words
  return (
    <section class="card list" aria-labelledby="calls-title">
      <div class="card-head">
        <h2 id="calls-title" safe>
          {customers.calls}
        </h2>
      </div>
      {detail.calls.length === 0 ? (
        <p class="calm inset" safe>
          {customers.noCalls}
        </p>
      ) : (
        <ol class="lines" data-rows>
          {detail.calls.map((call) => {
            const branch = branchOf(profile, call.branch)
            return (
              <li>
                <a class="row visit-row" href={companyPath(profile, `/calls/${encodeURIComponent(call.id)}`)}>
                  <span class="cell time mono" safe>
                    {moment(call.at, frame.now, readingOf(frame, branch?.timeZone))}
                  </span>
                  <span class="cell who">
                    <span safe>{branch ? branchLabel(branch, profile) : frame.words.calls.noBranch}</span>
                  </span>
                  <span class="cell outcome">
                    <CallTag call={call} words={frame.words} />
                  </span>
                </a>
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}

const Facts = ({ frame, profile, detail }: CustomerProps) => {
  const { customer, lastVisit } = detail
  const { words } = frame
  const reading = readingOf(frame)
  return (
    <dl class="facts">
      {customer.phone === undefined ? null : (
        <Fact term={words.appointment.phone}>
          <a href={`tel:${customer.phone}`} safe>
            {phone(customer.phone, profile.company.country) ?? customer.phone}
          </a>
        </Fact>
      )}
      {customer.email === undefined ? null : (
        <Fact term={words.appointment.email}>
          <a href={`mailto:${encodeURIComponent(customer.email)}`} safe>
            {customer.email}
          </a>
        </Fact>
      )}
      {customer.notes === undefined || customer.notes === '' || may(frame, 'appointments.change') ? null : (
        <Fact term={words.customers.notes}>
          <span class="notes" safe>
            {customer.notes}
          </span>
        </Fact>
      )}
      {customer.language === undefined ? null : (
        <Fact term={words.customers.language}>
          <span safe>{words.nav.languages[customer.language]}</span>
        </Fact>
      )}
      <Fact term={words.customers.columns.seen}>
        <span safe>{shortDay(customer.firstSeenAt, reading)}</span>
      </Fact>
      <Fact term={words.customers.columns.last}>
        <span safe>{lastVisit === undefined ? words.customers.noVisit : shortDay(lastVisit, reading)}</span>
      </Fact>
      <Fact term={words.call.id}>
        <code class="id">{customer.id}</code>
      </Fact>
    </dl>
  )
}

const isSaid = (text: string, said: Frame['words']['vip']['said']): text is keyof typeof said =>
  Object.hasOwn(said, text)

/** One customer: what is coming, what was, and their calls. */
export const customerPage = ({ frame, profile, detail, said, refused }: CustomerPage): View => {
  const { customer, appointments } = detail
  const { customers, vip } = frame.words
  const coming = appointments.filter((one) => isAhead(one) && one.endsAt > frame.now)
  const past = appointments.filter((one) => !coming.includes(one)).toReversed()
  const name = customer.name === '' ? customers.noName : customer.name
  const books = profile.company.booking && may(frame, 'appointments.read')
  return {
    title: name,
    place: 'customers',
    ...(refused === undefined ? {} : { status: 422 }),
    content: (
      <>
        <PageHead
          frame={frame}
          title={name}
          sentence={phone(customer.phone, profile.company.country) ?? customer.email ?? customers.noContact}
          back={{ href: companyPath(profile, '/customers'), label: customers.back }}
        >
          <VipMark frame={frame} vip={detail.vip} />
        </PageHead>
        <Message text={isSaid(said, vip.said) ? vip.said[said] : undefined} tone="done" />
        <div class="call-detail">
          <div class="stack">
            {books ? (
              <>
                <Visits
                  frame={frame}
                  profile={profile}
                  id="coming-title"
                  title={customers.coming}
                  empty={customers.noComing}
                  appointments={coming}
                />
                <Visits
                  frame={frame}
                  profile={profile}
                  id="past-title"
                  title={customers.past}
                  empty={customers.noPast}
                  appointments={past}
                />
              </>
            ) : null}
            <Calls frame={frame} profile={profile} detail={detail} />
          </div>
          <section class="card side-card" aria-label={frame.words.appointment.facts}>
            <Facts frame={frame} profile={profile} detail={detail} />
            <VipForm frame={frame} profile={profile} detail={detail} />
            <NotesForm
              frame={frame}
              profile={profile}
              detail={detail}
              {...(refused === undefined ? {} : { written: refused, wrong: vip.tooLong })}
            />
          </section>
        </div>
      </>
    ),
  }
}
