import type { AppointmentId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { CalendarBooking } from '../ports/calendar.ts'
import type { CompanyTx } from '../ports/store.ts'

/** Remembers what the calendar calls the bookings of an appointment. */
export const keepBooking = async (
  tx: CompanyTx,
  booking: CalendarBooking,
  appointment: AppointmentId,
  now: Instant,
): Promise<void> => {
  for (const { staff, parts: _itself, ...part } of booking.parts ?? [booking]) {
    await tx.calendarBookings.save({ ...part, appointment, host: staff?.name, seenAt: now })
  }
}
