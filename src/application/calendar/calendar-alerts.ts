import type { Appointment } from '../../domain/booking/appointment.ts'
import type { Instant } from '../../domain/time.ts'
import type { CompanyTx } from '../ports/store.ts'
import { resolveIn } from '../raise-alert.ts'

/** Both sides say the same: nobody has to look any more. */
export const calmIn = async (tx: CompanyTx, { id }: Pick<Appointment, 'id'>, now: Instant): Promise<void> => {
  for (const kind of disputes) await resolveIn(tx, kind, id, now)
}

const disputes = [
  'booking_changed_by_calendar',
  'booking_unknown_to_calendar',
  'appointment_unsynced',
  'calendar_down',
] as const
