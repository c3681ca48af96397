import type { CallDetail } from '../../../application/reading/calls.ts'
import type { Appointment } from '../../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { localMoment, MINUTE, type TimeZone } from '../../../domain/time.ts'
import { clockSeconds, clockTime, dayAndTime, dayTitle, money } from '../format.ts'
import { companyPath, type Frame, may, readingOf, type View } from '../frame.ts'
import { appointmentPath } from './appointment.tsx'
import { branchLabel, branchOf, CallTag, callerOf, lastedText } from './call-row.tsx'
import { VipMark } from './customer-card.tsx'
import { OutcomeTag, Stages } from './deliveries.tsx'
import { Fact, PageHead } from './parts.tsx'
import { Timeline } from './timeline.tsx'

const AppointmentFact = (props: {
  readonly one: Appointment
  readonly frame: Frame
  readonly profile: CompanyProfile
}) => {
  const { one, frame, profile } = props
  const branch = branchOf(profile, one.branch)
  const service = profile.services.find(({ id }) => id === one.service)
  const staff = profile.staff.find(({ id }) => id === one.staff)
  const reading = readingOf(frame, branch?.timeZone)
  const minutes = Math.round((one.endsAt - one.startsAt) / MINUTE)
  const price =
    service?.price === undefined ? undefined : money(service.price * 10_000, profile.company.currency, frame.words.code)
  return (
    <p class={one.status === 'cancelled' ? 'appointment-fact gone' : 'appointment-fact'}>
      <a href={appointmentPath(profile, one)} safe>
        {dayAndTime(one.startsAt, reading)}
      </a>
      <span safe>{[service?.name, frame.words.appointment.minutes(minutes), price].filter(Boolean).join(', ')}</span>
      <small safe>
        {[staff?.name, one.attendeeName, frame.words.calendar.status[one.status]].filter(Boolean).join(' · ')}
      </small>
    </p>
  )
}

const Facts = (props: {
  readonly detail: CallDetail
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly zone: TimeZone | undefined
}) => {
  const { detail, frame, profile, zone } = props
  const { words } = frame
  const { call, state, appointments, customer } = detail
  const caller = callerOf({ ...state, callerName: call.callerName }, customer, profile, words)
  const agent = profile.agents.find((one) => one.retellAgentId === state.agentId)
  const agentName = agent?.slug ?? state.agentName ?? state.agentId
  const ongoing = state.status === 'ongoing' && state.startedAt !== undefined
  return (
    <dl class="facts">
      <Fact term={words.call.customer}>
        {customer && may(frame, 'customers.read') ? (
          <a href={companyPath(profile, `/customers/${customer.id}`)} safe>
            {caller.name}
          </a>
        ) : (
          <span safe>{caller.name}</span>
        )}
        <VipMark frame={frame} vip={detail.vip} />
        {caller.number === undefined ? null : <small safe>{caller.number}</small>}
        {customer || call.callerName === undefined ? null : <small safe>{words.call.saidName}</small>}
      </Fact>
      {profile.company.booking ? (
        <Fact term={appointments.length > 1 ? words.call.appointments : words.call.appointment}>
          {appointments.length === 0 ? (
            <span class="faint" safe>
              {words.call.noAppointment}
            </span>
          ) : (
            appointments.map((one) => <AppointmentFact one={one} frame={frame} profile={profile} />)
          )}
        </Fact>
      ) : null}
      {state.summary === undefined ? null : (
        <Fact term={words.call.summary}>
          <span safe>{state.summary}</span>
        </Fact>
      )}
      {state.sentiment === undefined ? null : (
        <Fact term={words.call.sentiment}>
          <span safe>{words.call.sentiments[state.sentiment.toLowerCase()] ?? state.sentiment}</span>
        </Fact>
      )}
      {agentName === undefined ? null : (
        <Fact term={words.call.agent}>
          <span safe>{agentName}</span>
          {state.agentVersion === undefined ? null : <small safe>{words.call.version(state.agentVersion)}</small>}
        </Fact>
      )}
      <Fact term={words.call.duration}>
        <span class="figures-text" data-since={ongoing ? String(state.startedAt) : undefined} safe>
          {lastedText(state, frame.now)}
        </span>
        {state.disconnectionReason === undefined ? null : (
          <small safe>
            {words.call.endings[state.disconnectionReason] ?? state.disconnectionReason.replaceAll('_', ' ')}
          </small>
        )}
      </Fact>
      <Fact term={words.call.cost}>
        <span class="figures-text" safe>
          {state.cost ? money(state.cost.amountMicros, state.cost.currency, words.code) : words.call.noCost}
        </span>
      </Fact>
      <Fact term={words.call.began}>
        <span class="figures-text" safe>
          {clockSeconds(state.startedAt ?? call.firstHeardAt, readingOf(frame, zone))}
        </span>
      </Fact>
      <Fact term={words.call.id}>
        <code class="id" safe>
          {call.id}
        </code>
      </Fact>
    </dl>
  )
}

const Deliveries = (props: {
  detail: CallDetail
  frame: Frame
  profile: CompanyProfile
  zone: TimeZone | undefined
}) => {
  const { detail, frame, profile, zone } = props
  const { words } = frame
  return (
    <section id="call-deliveries" class="card side-card" aria-labelledby="call-deliveries-title">
      <h2 id="call-deliveries-title" safe>
        {words.call.deliveries}
      </h2>
      {detail.deliveries.length === 0 ? (
        <p class="calm" safe>
          {words.call.noDeliveries}
        </p>
      ) : (
        <ul class="short-deliveries">
          {detail.deliveries.map((one) => (
            <li>
              <a href={companyPath(profile, `/deliveries/${one.id}`)} class="short-delivery">
                <span class="mono" safe>
                  {clockTime(one.receivedAt, readingOf(frame, zone))}
                </span>
                <code safe>{one.event}</code>
                <Stages delivery={one} words={words} />
                <OutcomeTag outcome={one.outcome} words={words} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export const callPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly detail: CallDetail
}): View => {
  const { frame, profile, detail } = props
  const { words } = frame
  const { call, state } = detail
  const branch = branchOf(profile, call.branch)
  const zone = branch?.timeZone
  const reading = readingOf(frame, zone)
  const caller = callerOf({ ...state, callerName: call.callerName }, detail.customer, profile, words)
  const at = state.startedAt ?? call.firstHeardAt
  const day = dayTitle(localMoment(at, reading.zone).date, localMoment(frame.now, reading.zone).date, words.code)
  const ours = [`${day}, ${clockTime(at, reading)}`, branch && branchLabel(branch, profile)].filter(Boolean).join(' · ')
  return {
    title: `${words.calls.one}: ${caller.name}`,
    place: 'calls',
    content: (
      <>
        <PageHead
          frame={frame}
          title={caller.name}
          sentence={ours}
          back={{ href: companyPath(profile, '/calls'), label: words.call.back }}
        />
        <div
          id="call"
          class="call-detail"
          data-keyed
          hx-get={frame.address}
          hx-select="#call"
          hx-trigger={`sse:call.updated#${encodeURIComponent(call.id)}, sse:appointment.updated, reread`}
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          <section id="call-line" class="card" aria-labelledby="call-line-title" data-keyed>
            <div id="call-line-head" class="card-head">
              <h2 id="call-line-title" safe>
                {words.call.timeline}
              </h2>
              <CallTag call={{ ...state, findings: call.findings, outcome: call.outcome }} words={words} />
            </div>
            {call.findings.length === 0 ? null : (
              <div id="findings" class="findings" role="note">
                <h3 safe>{words.call.findings}</h3>
                <ul>
                  {call.findings.map((one) => (
                    <li>
                      <b safe>{words.calls.finding[one.kind]}</b>
                      <span safe>{` ${frame.words.said(one.detail)}`}</span>
                      <time class="mono" datetime={new Date(one.at).toISOString()} safe>
                        {clockSeconds(one.at, reading)}
                      </time>
                    </li>
                  ))}
                </ul>
              </div>
            )}
            {detail.timeline.length === 0 ? (
              <p id="call-line-empty" class="calm" safe>
                {words.call.emptyTimeline}
              </p>
            ) : (
              <Timeline detail={detail} frame={frame} profile={profile} zone={zone} />
            )}
          </section>
          <div id="call-side" class="stack" data-keyed>
            <section id="call-facts" class="card side-card" aria-label={words.calls.one}>
              <Facts detail={detail} frame={frame} profile={profile} zone={zone} />
            </section>
            {may(frame, 'deliveries.read') ? (
              <Deliveries detail={detail} frame={frame} profile={profile} zone={zone} />
            ) : null}
          </div>
        </div>
      </>
    ),
  }
}
