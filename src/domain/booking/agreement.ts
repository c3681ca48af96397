import { type Instant, MINUTE } from '../time.ts'
import type { Appointment } from './appointment.ts'

/** What the calendar of a vendor still has to be told of an appointment. */
export type CalendarChange = 'place' | 'move' | 'cancel' | 'none'

export const calendarChange = (appointment: Appointment): CalendarChange => {
  if (appointment.sync === 'synced' || appointment.sync === 'review') return 'none'
  if (appointment.status === 'pending') return 'place'
  if (appointment.status === 'cancelled') return 'cancel'
  return appointment.moving === undefined ? 'none' : 'move'
}

export interface BookingClaim {
  readonly startsAt: Instant
  readonly endsAt: Instant | undefined
  readonly createdAt: Instant
  readonly status: 'accepted' | 'pending' | 'cancelled' | 'rejected'
  /** Our appointment's id, if the calendar carries it. */
  readonly reference: string | undefined
}

/** Clocks differ; a booking made this long before we asked may still be ours. */
const clocksDiffer = 2 * MINUTE

/**
 * What a calendar's yes is worth. `ours` only when it is for the very time that was asked, and carries our id or, where
 * it carries none, was made after we asked and is as long. A calendar has been seen to answer with an old booking, and with another time.
 */
export const judgeBooking = (
  claim: BookingClaim,
  appointment: Pick<Appointment, 'id' | 'startsAt' | 'endsAt'>,
  askedAt: Instant,
): 'ours' | 'other-time' | 'foreign' => {
  const isAsLong =
    claim.endsAt === undefined || claim.endsAt - claim.startsAt === appointment.endsAt - appointment.startsAt
  const isOurs =
    claim.reference === undefined
      ? isAsLong && claim.createdAt >= askedAt - clocksDiffer
      : claim.reference === appointment.id
  if (!isOurs || claim.status === 'cancelled' || claim.status === 'rejected') return 'foreign'
  return claim.startsAt === appointment.startsAt ? 'ours' : 'other-time'
}
