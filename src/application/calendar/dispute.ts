import { ok } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { Instant } from '../../domain/time.ts'
import { announce } from '../booking/book.ts'
import type { AlertKind } from '../ports/alarm.ts'
import type { Ids } from '../ports/ambient.ts'
import type { CompanyTx } from '../ports/store.ts'
import { raiseIn } from '../raise-alert.ts'

/** In what our side and the calendar are not of one mind, so that only a person can settle it. */
export type Dispute = 'two-at-once' | 'only-some-parts' | 'stands-there' | 'missing-there' | 'taken-by-another'

const cure = 'Settle it on the page of the calendar connection, or with: frontdesk calendar differences'

const disputes: { readonly [Kind in Dispute]: readonly [AlertKind, string] } = {
  'two-at-once': [
    'booking_changed_by_calendar',
    `The calendar has an appointment at a time at which the same colleague has another one. ${cure}`,
  ],
  'only-some-parts': [
    'booking_changed_by_calendar',
    `Some parts of an appointment were changed in the calendar and others were not. ${cure}`,
  ],
  'stands-there': [
    'booking_changed_by_calendar',
    `An appointment that is cancelled here still stands in the calendar. ${cure}`,
  ],
  'taken-by-another': [
    'booking_changed_by_calendar',
    `The calendar moved an appointment onto the booking of another one. ${cure}`,
  ],
  'missing-there': [
    'booking_unknown_to_calendar',
    `The calendar does not know an appointment that stands here. ${cure}`,
  ],
}

/** It stays as it is, is shown to people, and nothing is done about it by itself. */
export const disputeIn = async (
  tx: CompanyTx,
  ids: Ids,
  appointment: Appointment,
  dispute: Dispute,
  now: Instant,
): Promise<Appointment> => {
  const [kind, message] = disputes[dispute]
  await raiseIn(tx, ids, { kind, about: appointment.id, message, appointment }, now)
  const changed = await tx.appointments.change<never>(appointment.id, (one) => ok({ ...one, sync: 'review' }))
  if (changed.isErr()) return appointment
  announce(tx, changed.value)
  return changed.value
}
