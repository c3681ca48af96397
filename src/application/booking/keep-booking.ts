import { learnt, replacedOne } from '../../domain/booking/known-booking.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { CalendarBooking } from '../ports/calendar.ts'
import type { KnownCalendarBooking } from '../ports/calendar-bookings.ts'
import type { CompanyTx } from '../ports/store.ts'

/** Remembers what the calendar calls the bookings of an appointment, and which of them they came from. */
export const keepBooking = async (
  tx: CompanyTx,
  booking: CalendarBooking,
  appointment: AppointmentId,
  now: Instant,
): Promise<void> => {
  for (const { staff, parts: _itself, ...part } of booking.parts ?? [booking]) {
    const seen: KnownCalendarBooking = { ...part, appointment, host: staff?.slug, seenAt: now }
    const before = replacedOne(seen)
    for (const one of before ? [before, seen] : [seen]) {
      const known = await tx.calendarBookings.find(one.uid)
      await tx.calendarBookings.save({ ...(known ? learnt(known, one) : one), appointment, seenAt: now })
    }
  }
}
