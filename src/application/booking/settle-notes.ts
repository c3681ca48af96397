import { ok, type Result } from 'neverthrow'
import { calendarChange } from '../../domain/booking/agreement.ts'
import { type Appointment, hostedBy, lastChangeAt, takesTime } from '../../domain/booking/appointment.ts'
import { staffTimeOf } from '../../domain/booking/service-time.ts'
import type { Service, Staff } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import type { AlertKind } from '../ports/alarm.ts'
import type { CalendarFailure } from '../ports/calendar.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import { raiseIn, resolveIn } from '../raise-alert.ts'
import type { CompanyScope } from '../scope.ts'
import { announce } from './book.ts'

type SettlingNotes = Pick<Ports, 'store' | 'clock' | 'ids'>

/** A calendar may be away for a while before it is worth a person's time. */
export const unsyncedFor = 20 * MINUTE

/** Nobody knows what the calendar did. It stays as it is, is shown to staff, and is looked up before anything else. */
export const doubt = async (
  ports: SettlingNotes,
  scope: CompanyScope,
  appointment: Appointment,
  failure: CalendarFailure,
): Promise<'settled' | 'again'> => {
  // Whoever was faster may know by now.
  const unsure = (one: Appointment): Appointment => (calendarChange(one) === 'none' ? one : { ...one, sync: 'failed' })
  const now = await change(ports, scope, appointment.id, unsure)
  if (!now || calendarChange(now) === 'none') return 'settled'
  if (failure.kind === 'misconfigured') await raise(ports, scope, appointment, 'calendar_down', failure.detail)
  else if (ports.clock.now() >= after(lastChangeAt(appointment), unsyncedFor)) {
    await raise(ports, scope, appointment, 'appointment_unsynced')
  }
  return 'again'
}

/** `also` happens in the same transaction, and only if there is such an appointment. */
export const change = async (
  ports: SettlingNotes,
  scope: CompanyScope,
  id: AppointmentId,
  step: (appointment: Appointment) => Appointment,
  also: (tx: CompanyTx, after: Appointment) => Promise<void> = async () => {},
): Promise<Appointment | undefined> => {
  const changed = await ports.store.transact(scope, async (tx): Promise<Result<Appointment | undefined, never>> => {
    const now = await tx.appointments.change<never>(id, (one) => ok(step(one)))
    if (now.isErr()) return ok(undefined)
    await also(tx, now.value)
    if (now.value.sync === 'synced') await calm(tx, id, ports.clock.now())
    announce(tx, now.value)
    return ok(now.value)
  })
  return changed.isOk() ? changed.value : undefined
}

/** The calendar named who does it: the time is that colleague's from now on, if our own book has it free. */
export const hosted = async (
  tx: CompanyTx,
  appointment: Appointment,
  host: Staff | undefined,
  service: Service,
  now: Instant,
): Promise<void> => {
  if (!host || host.id === appointment.staff || !takesTime(appointment)) return
  const time = staffTimeOf(service, appointment.startsAt)
  const claimed = await tx.occupancy.claim(appointment.id, host.id, time, undefined, now)
  if (claimed.isErr()) return
  await tx.appointments.change<never>(appointment.id, (one) => ok(hostedBy(one, host.id)))
}

const cures: { readonly [Kind in AlertKind]?: string } = {
  stale_booking:
    'The calendar answered a new booking with an old one. Nothing was promised; look whether the time in the calendar is taken by somebody else.',
  booking_changed_by_calendar:
    'The calendar has an appointment at another time than was asked for. Settle it on the page of the calendar connection, or with: frontdesk calendar differences',
  calendar_down: 'The calendar does not accept what we tell it.',
  appointment_unsynced:
    'An appointment has not reached the calendar yet. It is tried again; if this stays, look whether the calendar can be reached.',
}

export const raise = async (
  ports: SettlingNotes,
  scope: CompanyScope,
  appointment: Appointment,
  kind: AlertKind,
  why?: string,
): Promise<void> => {
  await ports.store.transact(scope, async (tx) =>
    ok(await raiseAbout(tx, ports.ids, appointment, kind, ports.clock.now(), why)),
  )
}

/** The same, in the transaction in which it shows. */
export const raiseAbout = (
  tx: CompanyTx,
  ids: Ports['ids'],
  { id, callId }: Appointment,
  kind: AlertKind,
  now: Instant,
  why?: string,
): Promise<void> => {
  const message = [cures[kind], why].filter((said) => said !== undefined).join(' ')
  return raiseIn(tx, ids, { kind, about: id, message, appointment: { id, callId } }, now)
}

/** The calendar knows all: nobody has to look any more. */
const calm = async (tx: CompanyTx, id: AppointmentId, now: Instant): Promise<void> => {
  for (const kind of ['calendar_down', 'appointment_unsynced'] as const) await resolveIn(tx, kind, id, now)
}
