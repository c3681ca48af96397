import type { StaffId } from '../ids.ts'
import { after, type Instant, MINUTE } from '../time.ts'
import { type Appointment, type ChangeRequest, cancel, type HistoryEntry, isAhead, type Place } from './appointment.ts'
import { type BookingState, isLive } from './known-booking.ts'

/** What a booking in the calendar of a vendor says, as far as it matters to its appointment. */
export type BookingReport = Pick<BookingState, 'uid' | 'startsAt' | 'endsAt' | 'status' | 'isNoShow'> & {
  /** The host, where it is a colleague. */
  readonly staff: StaffId | undefined
}

/**
 * What is new about an appointment of which our own side has told the calendar everything. `stands-there`: it is called
 * off here and not there. `agrees`: a dispute is over, for both say the same.
 */
export type BookingNews =
  | 'nothing'
  | 'agrees'
  | 'accepted'
  | 'turned-down'
  | 'cancelled'
  | 'moved'
  | 'no-show'
  | 'attended'
  | 'stands-there'

/** The calendar may be asked before it has got over what it was told a moment ago. */
const settling = 2 * MINUTE

/**
 * `askedAt`: when the calendar was asked for it; undefined for what it told by itself, which may be old. What is over
 * stays as it is, but for whether anybody came.
 */
export const bookingNews = (
  appointment: Appointment,
  report: BookingReport,
  now: Instant,
  askedAt: Instant | undefined,
): BookingNews => {
  const stands = isLive(report)
  const quiet = appointment.sync === 'review' ? 'agrees' : 'nothing'
  if (appointment.status === 'cancelled') {
    if (!stands) return quiet
    const isFresh = askedAt !== undefined && appointment.cancelledAt < after(askedAt, -settling)
    return isFresh && report.startsAt > now && appointment.sync === 'synced' ? 'stands-there' : 'nothing'
  }
  if (appointment.status === 'no_show') return stands && !report.isNoShow ? 'attended' : 'nothing'
  if (!isAhead(appointment)) return 'nothing'
  const isOver = appointment.endsAt <= now
  if (!stands) {
    if (isOver) return 'nothing'
    return appointment.status === 'pending' ? 'turned-down' : 'cancelled'
  }
  const isElsewhere =
    report.uid !== appointment.provider.uid ||
    report.startsAt !== appointment.startsAt ||
    (report.staff !== undefined && report.staff !== appointment.staff)
  if (isElsewhere && wentAstray(appointment, report)) return 'nothing'
  if (isElsewhere && !(isOver && report.startsAt <= now)) return 'moved'
  if (report.isNoShow && appointment.status === 'confirmed') return 'no-show'
  if (appointment.status === 'pending' && report.status === 'accepted') return 'accepted'
  return quiet
}

/** We asked for another time and it went to a third one: nobody wanted that, so people decide. */
const wentAstray = ({ moving, sync, startsAt }: Appointment, report: BookingReport): boolean =>
  moving !== undefined && sync === 'review' && report.startsAt !== moving.to.startsAt && report.startsAt !== startsAt

/**
 * By the calendar's word it is there now, under that name, and stands only once a host there accepted it. Whom it names where nobody
 * was named before is no change.
 */
export const movedThere = (
  appointment: Appointment,
  to: Place,
  { uid, status }: Pick<BookingReport, 'uid' | 'status'>,
  by: ChangeRequest,
  now: Instant,
): Appointment => {
  const isSame =
    appointment.startsAt === to.startsAt && (appointment.staff === undefined || appointment.staff === to.staff)
  const entry: HistoryEntry = {
    ...{ at: now, ...by, action: 'moved', from: appointment.startsAt, to: to.startsAt },
    fromStaff: appointment.staff,
    toStaff: to.staff,
  }
  const moved: Appointment = {
    ...appointment,
    ...to,
    provider: { kind: 'calcom', uid },
    sync: 'synced',
    history: isSame ? appointment.history : [...appointment.history, entry],
  }
  return status === 'pending' && moved.status === 'confirmed' ? { ...moved, status } : moved
}

/** Called off there, so the calendar need not be told. What is over stays as it was. */
export const cancelledThere = (appointment: Appointment, by: ChangeRequest, now: Instant): Appointment => {
  const cancelled = cancel(appointment, by, now)
  return cancelled.isOk() ? { ...cancelled.value, sync: 'synced' } : appointment
}

/** Did whoever was to come come? Says nothing of what is neither to come nor over. */
export const attendance = (
  appointment: Appointment,
  isNoShow: boolean,
  by: ChangeRequest,
  now: Instant,
): Appointment => {
  const entry = { at: now, ...by, from: appointment.startsAt, to: undefined }
  if (isNoShow && appointment.status === 'confirmed') {
    return { ...appointment, status: 'no_show', history: [...appointment.history, { ...entry, action: 'no-show' }] }
  }
  if (!isNoShow && appointment.status === 'no_show') {
    return { ...appointment, status: 'confirmed', history: [...appointment.history, { ...entry, action: 'attended' }] }
  }
  return appointment
}
