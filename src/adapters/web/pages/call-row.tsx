import type { CallCard, Ring } from '../../../application/ports/calls.ts'
import type { Customer } from '../../../application/ports/customers.ts'
import type { CallListing } from '../../../application/reading/calls.ts'
import type { Appointment } from '../../../domain/booking/appointment.ts'
import type { Branch, CompanyProfile } from '../../../domain/company.ts'
import type { Instant } from '../../../domain/time.ts'
import { clockTime, dayAndTime, duration, moment, money, phone, recently } from '../format.ts'
import { companyPath, type Frame, readingOf } from '../frame.ts'
import type { Words } from '../words/words.ts'
import { Tag, type Tone } from './parts.tsx'

export const branchOf = (profile: CompanyProfile, id: string | undefined): Branch | undefined =>
  profile.branches.find((one) => one.id === id)

/** A branch's name without the company's in front of it, which everybody here knows. */
export const branchLabel = (branch: Branch, profile: CompanyProfile): string => {
  const { name } = profile.company
  return branch.name.startsWith(`${name} `) ? branch.name.slice(name.length + 1) : branch.name
}

/** The caller: the customer's name, else the name they gave, else their number, else that it was hidden. */
export const callerOf = (
  call: Pick<CallCard, 'callerName' | 'fromNumber' | 'toNumber' | 'direction'>,
  customer: Customer | undefined,
  profile: CompanyProfile,
  words: Words,
): { readonly name: string; readonly number: string | undefined } => {
  const theirs = call.direction === 'outbound' ? call.toNumber : call.fromNumber
  const number = phone(theirs, profile.company.country)
  const name = customer?.name ?? call.callerName
  return name === undefined ? { name: number ?? words.calls.hidden, number: undefined } : { name, number }
}

/** What an appointment is, in one line: `Damenhaarschnitt, Fr 5.12. 10:30, Nina Probe`. */
export const appointmentLine = (appointment: Appointment, frame: Frame, profile: CompanyProfile): string => {
  const zone = branchOf(profile, appointment.branch)?.timeZone
  const service = profile.services.find((one) => one.id === appointment.service)?.name
  const staff = profile.staff.find((one) => one.id === appointment.staff)?.name
  return [service, dayAndTime(appointment.startsAt, readingOf(frame, zone)), staff].filter(Boolean).join(', ')
}

const outcomeTones: { readonly [outcome in CallCard['outcome']]: Tone } = {
  booked: 'done',
  rescheduled: 'done',
  cancelled: 'plain',
  callback: 'wait',
  information: 'plain',
  none: 'plain',
}

/** The one thing to know about a call: what is wrong with it, else how it stands, else what came of it. */
export const CallTag = ({
  call,
  words,
}: {
  readonly call: Pick<CallCard, 'findings' | 'status' | 'outcome'>
  readonly words: Words
}): JSX.Element => {
  const finding = call.findings[0]
  if (finding) return <Tag tone="wrong" label={words.calls.finding[finding.kind]} />
  if (call.status === 'ringing' || call.status === 'ongoing')
    return <Tag tone="now" label={words.calls.status[call.status]} />
  if (call.status === 'failed') return <Tag tone="wrong" label={words.calls.status.failed} />
  return <Tag tone={outcomeTones[call.outcome]} label={words.calls.outcome[call.outcome]} />
}

const outcomeDetail = (
  call: CallCard,
  appointments: readonly Appointment[],
  frame: Frame,
  profile: CompanyProfile,
): string | undefined => {
  const finding = call.findings[0]
  if (finding) return frame.words.said(finding.detail)
  const first = appointments.find((one) => one.status !== 'cancelled') ?? appointments[0]
  if (!first) return call.summary
  const rest = appointments.length - 1
  const line = appointmentLine(first, frame, profile)
  return rest > 0 ? `${line} ${frame.words.calls.more(rest)}` : line
}

const TimeCell = ({ at, frame, zone }: { at: Instant; frame: Frame; zone: Branch['timeZone'] | undefined }) => {
  const reading = readingOf(frame, zone)
  const ago = recently(at, frame.now, frame.words.code)
  return (
    <span class="cell time">
      <time datetime={new Date(at).toISOString()} safe>
        {moment(at, frame.now, reading)}
      </time>
      {ago === undefined ? null : (
        <small class="ago" safe>
          {ago}
        </small>
      )}
    </span>
  )
}

/** How long a call took, or takes up to now. */
export const lastedText = (call: Pick<CallCard, 'durationMs' | 'status' | 'startedAt'>, now: Instant): string => {
  if (call.durationMs !== undefined) return duration(call.durationMs)
  return call.status === 'ongoing' && call.startedAt !== undefined ? duration(now - call.startedAt) : '–'
}

export const CallRow = (props: {
  readonly call: CallCard
  readonly listing: Pick<CallListing, 'appointments' | 'customers'>
  readonly frame: Frame
  readonly profile: CompanyProfile
}): JSX.Element => {
  const { call, listing, frame, profile } = props
  const { words } = frame
  const branch = branchOf(profile, call.branch)
  const caller = callerOf(call, call.customer && listing.customers.get(call.customer), profile, words)
  const detail = outcomeDetail(call, listing.appointments.get(call.id) ?? [], frame, profile)
  const ongoing = call.status === 'ongoing' && call.startedAt !== undefined
  const lasted = lastedText(call, frame.now)
  const costText = call.cost ? money(call.cost.amountMicros, call.cost.currency, words.code) : '–'
  return (
    <li id={`call-${call.id}`}>
      <a class="row call-row" href={companyPath(profile, `/calls/${encodeURIComponent(call.id)}`)}>
        <TimeCell at={call.at} frame={frame} zone={branch?.timeZone} />
        <span class="cell who">
          <span class="name" safe>
            {caller.name}
          </span>
          {caller.number === undefined ? null : <small safe>{caller.number}</small>}
        </span>
        <span class="cell branch" safe>
          {branch ? branchLabel(branch, profile) : words.calls.noBranch}
        </span>
        <span class="cell outcome">
          <CallTag call={call} words={words} />
          {detail === undefined ? null : (
            <small class="detail" safe>
              {detail}
            </small>
          )}
        </span>
        <span class="cell duration">
          <span class="sr" safe>{`${words.calls.columns.duration} `}</span>
          <span data-since={ongoing ? String(call.startedAt) : undefined} safe>
            {lasted}
          </span>
        </span>
        <span class="cell cost">
          <span class="sr" safe>{`${words.calls.columns.cost} `}</span>
          <span safe>{costText}</span>
        </span>
      </a>
    </li>
  )
}

/** Somebody is ringing and no call was seen for it yet. */
export const RingRow = (props: {
  readonly ring: Ring
  readonly frame: Frame
  readonly profile: CompanyProfile
}): JSX.Element => {
  const { ring, frame, profile } = props
  const { words } = frame
  const branch = branchOf(profile, ring.branch)
  return (
    <li id={`ring-${ring.id}`}>
      <div class="row call-row ringing">
        <TimeCell at={ring.at} frame={frame} zone={branch?.timeZone} />
        <span class="cell who">
          <span class="name" safe>
            {phone(ring.fromNumber, profile.company.country) ?? words.calls.hidden}
          </span>
        </span>
        <span class="cell branch" safe>
          {branch ? branchLabel(branch, profile) : words.calls.noBranch}
        </span>
        <span class="cell outcome">
          <Tag tone="now" label={words.calls.status.ringing} />
        </span>
        <span class="cell duration">–</span>
        <span class="cell cost">–</span>
      </div>
    </li>
  )
}

export const CallColumns = ({ words }: { readonly words: Words }): JSX.Element => (
  <div class="row call-row columns" aria-hidden="true">
    <span safe>{words.calls.columns.time}</span>
    <span safe>{words.calls.columns.caller}</span>
    <span safe>{words.calls.columns.branch}</span>
    <span safe>{words.calls.columns.outcome}</span>
    <span class="duration" safe>
      {words.calls.columns.duration}
    </span>
    <span class="cost" safe>
      {words.calls.columns.cost}
    </span>
  </div>
)

/**
 * What happened since a page was opened, as notices: each has an id of its own, so that each is told once.
 * Only the newest calls are looked at.
 */
export const Pulse = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly listing: CallListing
  readonly since: Instant
}): JSX.Element => {
  const { frame, profile, listing, since } = props
  const { live } = frame.words
  return (
    <ul id="pulse" data-keyed>
      {listing.items.flatMap((call) => {
        const href = companyPath(profile, `/calls/${encodeURIComponent(call.id)}`)
        const who = callerOf(call, call.customer && listing.customers.get(call.customer), profile, frame.words).name
        const notice = call.status === 'ringing' ? live.ringing(who) : live.newCall(who)
        const booked = (listing.appointments.get(call.id) ?? []).filter((one) => one.createdAt >= since)
        return [
          ...(call.at >= since ? [<li id={`pulse-${call.id}`} data-notice={notice} data-href={href}></li>] : []),
          ...booked.map((one) => {
            const reading = readingOf(frame, branchOf(profile, one.branch)?.timeZone)
            const service = profile.services.find(({ id }) => id === one.service)?.name ?? ''
            const when = dayAndTime(one.startsAt, reading)
            const text =
              one.status === 'cancelled'
                ? live.cancelledBooking(one.attendeeName, when)
                : live.newBooking(one.attendeeName, service, when)
            return <li id={`pulse-${one.id}-${one.status}`} data-notice={text} data-href={href}></li>
          }),
        ]
      })}
    </ul>
  )
}

/** When an offer or a hold ends, as people read it. */
export const untilText = (at: Instant, frame: Frame, zone: Branch['timeZone'] | undefined): string =>
  clockTime(at, readingOf(frame, zone))
