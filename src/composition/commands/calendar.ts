import { inert, note, print, printJson } from '../../adapters/cli/terminal.ts'
import {
  type Decision,
  type DecisionKind,
  type Difference,
  type Disputed,
  decisionKinds,
} from '../../application/calendar/difference.ts'
import type { KnownCalendarBooking } from '../../application/ports/calendar-bookings.ts'
import { parseId } from '../../domain/ids.ts'
import { isoUtc } from '../../domain/time.ts'
import { atCompany } from './at-company.ts'
import type { ExitCode } from './context.ts'

interface OfCompany {
  readonly company: string
  readonly json?: true
}

export interface SettleOptions extends OfCompany {
  readonly appointment?: string
  readonly booking?: string
  readonly decision: string
  readonly branch?: string
  readonly service?: string
  readonly staff?: string
}

/** One line for each difference, with what can be decided about it. */
export const calendarDifferences = (options: OfCompany): Promise<ExitCode> =>
  atCompany(options.company, async ({ app }, scope) => {
    const { differences, more } = await app.calendarDifferences(scope)
    if (options.json) printJson({ items: differences.map(viewOf), more })
    else {
      for (const one of differences) for (const line of linesOf(one)) print(line)
      if (differences.length === 0) print('Both sides say the same.')
      if (more) print('There are more. Settle these first.')
    }
    return 0
  })

/** Decides about one difference. */
export const settleCalendar = async (options: SettleOptions): Promise<ExitCode> => {
  const decision = decisionOf(options)
  const about = aboutOf(options)
  if (!decision || !about) {
    note(`Name --appointment ID or --booking UID, and a --decision: ${decisionKinds.join(', ')}.`)
    note('take-over takes --branch, --service and perhaps --staff as well.')
    return 2
  }
  return atCompany(options.company, async ({ app }, scope) => {
    const settled = await app.settleDifference(scope, about, decision)
    if (settled.isErr()) {
      const { error } = settled
      if (options.json) printJson({ settled: false, problem: error.kind })
      if (error.kind === 'decision-unfit') note(`That does not fit here. Possible is: ${error.possible.join(', ')}.`)
      else if (error.kind === 'not-found') note('There is no such difference any more.')
      else if (error.kind === 'invalid-input') for (const { detail } of error.errors) note(detail)
      else if (error.kind === 'calendar-unreachable')
        note('The calendar does not answer. Nothing was changed; try again.')
      else note('This company takes no bookings.')
      return 1
    }
    const { left } = settled.value
    if (options.json) printJson({ settled: true, left: left ? viewOf(left) : null })
    else if (left) for (const line of linesOf(left)) print(line)
    else print('Settled: both sides say the same.')
    return 0
  })
}

/** Compares the next 60 days with the calendar now. */
export const reconcileCalendar = (options: OfCompany): Promise<ExitCode> =>
  atCompany(options.company, async ({ app }, scope) => {
    const done = await app.reconcileNow(scope)
    if (done.isErr()) {
      if (options.json) printJson({ reconciled: false, problem: done.error.kind })
      note(
        done.error.kind === 'no-calendar'
          ? 'This company keeps its appointments here alone; there is nothing to compare.'
          : 'The calendar does not answer, or refuses the key. frontdesk doctor says more.',
      )
      return 1
    }
    if (options.json) printJson({ reconciled: true, ...done.value })
    else {
      const { seen, changed, missing } = done.value
      print(`${seen} bookings seen, ${changed} changes taken over, ${missing} of ours missing there.`)
    }
    return 0
  })

const decisionOf = ({ decision, branch, service, staff }: SettleOptions): Decision | undefined => {
  const kind = decisionKinds.find((one): one is DecisionKind => one === decision)
  if (kind !== 'take-over') return kind && { kind }
  return branch === undefined || service === undefined ? undefined : { kind, branch, service, staff }
}

const aboutOf = ({ appointment, booking }: SettleOptions): Disputed | undefined => {
  if ((appointment === undefined) === (booking === undefined)) return undefined
  if (booking !== undefined) return { booking }
  const id = parseId('appointment', appointment ?? '')
  return id.isOk() ? { appointment: id.value } : undefined
}

const linesOf = (one: Difference): readonly string[] => {
  const bookings = one.kind === 'unmatched' ? [] : one.bookings.map((known) => `    there: ${sayBooking(known)}`)
  const head =
    one.kind === 'unmatched'
      ? `unmatched  booking ${sayBooking(one.booking)}`
      : `${one.kind}  appointment ${one.view.appointment.id}  ${isoUtc(one.view.appointment.startsAt)}  ${one.view.appointment.status}`
  return [head, ...bookings, `    decide: ${one.decisions.join(', ')}`]
}

const sayBooking = ({ uid, startsAt, status, eventType, host }: KnownCalendarBooking): string =>
  inert(
    `${uid}  ${isoUtc(startsAt)}  ${status}  event type ${eventType ?? 'none'}${host === undefined ? '' : `  ${host}`}`,
  )

/** Who comes is left out: what a shell prints is kept in places that nobody seals. */
const viewOf = (one: Difference) => ({
  kind: one.kind,
  ...(one.kind === 'unmatched'
    ? { appointment: null, bookings: [bookingOf(one.booking)] }
    : {
        appointment: {
          id: one.view.appointment.id,
          starts_at: isoUtc(one.view.appointment.startsAt),
          status: one.view.appointment.status,
          sync: one.view.appointment.sync,
        },
        bookings: one.bookings.map(bookingOf),
      }),
  decisions: one.decisions,
})

const bookingOf = ({ uid, startsAt, status, eventType, host }: KnownCalendarBooking) => ({
  ...{ uid, starts_at: isoUtc(startsAt), status },
  ...{ event_type_id: eventType ?? null, host: host ?? null },
})
