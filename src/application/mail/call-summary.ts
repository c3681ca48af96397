import type { Appointment } from '../../domain/booking/appointment.ts'
import type { CallState } from '../../domain/calling/call.ts'
import { changeBy } from '../../domain/calling/outcome.ts'
import type { Branch, CompanyProfile } from '../../domain/company.ts'
import type { BranchId } from '../../domain/ids.ts'
import { nationalSpelling, parseCallerNumber } from '../../domain/phone-number.ts'
import type { Callback } from '../../domain/reception/callback.ts'
import type { Instant } from '../../domain/time.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { Customer } from '../ports/customers.ts'
import type { Mail } from '../ports/mailer.ts'
import { writtenMoment } from './letters.ts'
import { summaryWords } from './summary-words.ts'

/** All that is known of a call when its summary is written. */
export interface SummaryFacts {
  readonly profile: CompanyProfile
  readonly call: StoredCall
  readonly state: CallState
  /** Every appointment that the call touched. */
  readonly appointments: readonly Appointment[]
  readonly callbacks: readonly Callback[]
  readonly customer: Customer | undefined
}

/** Does the company want to be written to about this call? With `bookings` also about callbacks. */
export const wantsSummary = ({ notifications }: CompanyProfile, { outcome }: Pick<StoredCall, 'outcome'>): boolean =>
  notifications.callSummary === 'all' ||
  (notifications.callSummary === 'bookings' && outcome !== 'none' && outcome !== 'information')

/** Who is written to: the branch's people, else the company's. */
export const summaryReaders = (
  { branches, notifications }: CompanyProfile,
  branch: BranchId | undefined,
): readonly string[] => {
  const own = branches.find(({ id }) => id === branch)?.staffEmail ?? []
  return own.length > 0 ? own : notifications.staffEmail
}

/** To the branch's people, in the company's language. `position` tells the readers apart. */
export const summaryMail = (facts: SummaryFacts, address: string, position: number, link: string | undefined): Mail => {
  const { profile, call, state, customer } = facts
  const { language, name: sender } = profile.company
  const words = summaryWords[language]
  const name = call.callerName ?? (customer?.name || undefined)
  const number = numberOf(facts)
  const branch = profile.branches.find(({ id }) => id === call.branch)
  const say = momentIn(profile, branch)
  return {
    id: `summary.${call.id.replace(/[^\w.-]/g, '-')}.${position}`,
    to: address,
    replyTo: undefined,
    sender,
    language,
    subject: oneLine(words.subject(name ?? number, words.outcome[call.outcome])),
    content: [
      words.outcome[call.outcome],
      [
        ...row(words.caller, name),
        ...row(words.number, number),
        ...row(words.branch, branch?.name),
        ...row(words.when, say(state.startedAt ?? call.firstHeardAt)),
        ...row(words.duration, state.durationMs === undefined ? undefined : minutesOf(state.durationMs)),
        ...appointmentRows(facts),
        ...callbackRows(facts, say),
        ...quotesOf(call, state).flatMap((quote) => row(words.unkept, quote)),
      ],
      ...(state.summary === undefined ? [] : [state.summary]),
      ...(link === undefined ? [] : [words.open(link)]),
    ],
    invitation: undefined,
  }
}

type Row = readonly [label: string, text: string]

const row = (label: string, text: string | undefined): readonly Row[] =>
  text === undefined || text === '' ? [] : [[label, text]]

const numberOf = ({ profile: { company }, state }: SummaryFacts): string => {
  const theirs = parseCallerNumber(state.direction === 'outbound' ? state.toNumber : state.fromNumber, company.country)
  return theirs.kind === 'visible'
    ? nationalSpelling(theirs.number, company.country)
    : summaryWords[company.language].hidden
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()

/** `2:05 min`. */
const minutesOf = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`
}

const momentIn =
  ({ company }: CompanyProfile, branch: Branch | undefined) =>
  (moment: Instant): string =>
    writtenMoment(company.language, moment, branch?.timeZone ?? company.timeZone)

/** What the call did with each appointment. */
const appointmentRows = ({ profile, call, appointments }: SummaryFacts): readonly Row[] =>
  appointments.flatMap((appointment): readonly Row[] => {
    const change = changeBy(call.id, appointment.history)
    if (!change) return []
    const words = summaryWords[profile.company.language]
    const say = momentIn(
      profile,
      profile.branches.find(({ id }) => id === appointment.branch),
    )
    const before = appointment.history.find(({ callId }) => callId === call.id)?.from
    const moved = words.moved(before === undefined ? '' : say(before))
    return [[change === 'rescheduled' ? moved : words[change], lineOf(profile, appointment, say)]]
  })

const lineOf = (
  { company, services, staff }: CompanyProfile,
  { service, staff: colleague, startsAt, attendeeName }: Appointment,
  say: (moment: Instant) => string,
): string => {
  const words = summaryWords[company.language]
  const who = staff.find(({ id }) => id === colleague)
  const parts = [
    services.find(({ id }) => id === service)?.name,
    who && words.withStaff(who.name),
    words.forWhom(attendeeName),
  ]
  return [say(startsAt), parts.filter(Boolean).join(' ')].join(': ')
}

const callbackRows = (
  { profile: { company }, callbacks }: SummaryFacts,
  say: (moment: Instant) => string,
): readonly Row[] => {
  const words = summaryWords[company.language]
  return callbacks.map(({ kind, customerName, phoneNumber, reason, message, dueBy }) => {
    const number = phoneNumber && nationalSpelling(phoneNumber, company.country)
    const due = kind === 'callback' ? words.dueBy(say(dueBy)) : undefined
    return [words[kind], [customerName, number, message ?? reason, due].filter(Boolean).join(', ')]
  })
}

/** The sentences that the agent said without a fact. */
const quotesOf = ({ findings }: StoredCall, { turns = [] }: CallState): readonly string[] => {
  const said = turns.filter(({ role }) => role !== 'tool')
  return findings.flatMap(({ kind, place }) =>
    kind === 'claim-without-fact' && place ? (said[place.turn]?.content.slice(place.from, place.to) ?? []) : [],
  )
}
