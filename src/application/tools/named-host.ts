import type { Appointment } from '../../domain/booking/appointment.ts'
import { isLive } from '../../domain/booking/known-booking.ts'
import type { Staff } from '../../domain/company.ts'
import { knownHost } from '../calendar/known-host.ts'
import { thingsOf } from './appointment-words.ts'
import type { ToolContext } from './context.ts'

type Known = Pick<ToolContext, 'tx' | 'profile'>

/**
 * With whom an appointment surely is: whom the calendar named for its booking, or whose own event type was booked. Where
 * any of several hosts may do it, nobody.
 */
export const namedHost = async (context: Known, appointment: Appointment): Promise<Staff | undefined> => {
  const { staff } = thingsOf(context, appointment)
  if (appointment.provider.kind === 'embedded') return staff
  const booking = await standing(context, appointment)
  return knownHost(context.profile, booking?.host) ?? (await ownHost(context, appointment, staff))
}

/** With whom it will surely be once it is moved: the calendar may give another host to what is not a colleague's own. */
export const hostOnceMoved = (
  context: Known,
  appointment: Appointment,
  staff: Staff | undefined,
): Promise<Staff | undefined> =>
  appointment.provider.kind === 'embedded' ? Promise.resolve(staff) : ownHost(context, appointment, staff)

const ownHost = async (
  context: Known,
  appointment: Appointment,
  staff: Staff | undefined,
): Promise<Staff | undefined> => {
  const { service } = thingsOf(context, appointment)
  const booked = (await standing(context, appointment))?.eventType
  return service && booked !== undefined && staff?.calcomEventTypes[service.slug] === booked ? staff : undefined
}

const standing = async ({ tx }: Known, { id, provider }: Appointment) =>
  (await tx.calendarBookings.ofAppointment(id)).find((one) => isLive(one) && one.uid === provider.uid)
