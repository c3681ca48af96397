import { err, ok, type Result } from 'neverthrow'
import type {
  ActorName,
  Appointment,
  AppointmentSource,
  Confirmed,
  Pending,
  ProviderReference,
} from '../../domain/booking/appointment.ts'
import type { Slot } from '../../domain/booking/availability.ts'
import type { Offer } from '../../domain/booking/offer.ts'
import { segmentsOf, staffTimeOf } from '../../domain/booking/service-time.ts'
import type { Branch, Service } from '../../domain/company.ts'
import type { AppointmentId, CallId, CustomerId, SeriesId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Ids } from '../ports/ambient.ts'
import type { TimeTaken } from '../ports/booking.ts'
import type { CompanyTx } from '../ports/store.ts'

export interface Booking {
  readonly branch: Branch
  readonly service: Service
  readonly slot: Slot
  /** The offer that keeps the time, if any; it becomes the appointment. */
  readonly offer: Offer | undefined
  readonly customer: CustomerId | undefined
  readonly attendeeName: string
  readonly notes: string | undefined
  readonly source: AppointmentSource
  readonly callId: CallId | undefined
  readonly actor: ActorName
  /** The calendar that has the last word. Our own agrees at once; another one is told once this is committed. */
  readonly calendar: ProviderReference['kind']
  readonly series: SeriesId | undefined
}

/** The one place where what we agree to becomes an appointment. The database has the last word on whether its time is free. */
export const book = async (
  tx: CompanyTx,
  ids: Ids,
  booking: Booking,
  now: Instant,
): Promise<Result<Pending | Confirmed, TimeTaken>> => {
  const { slot, service } = booking
  const id = ids.next('appointment')
  if (booking.offer) await tx.occupancy.release(booking.offer.id)
  const claimed = await tx.occupancy.claim(id, slot.resource, staffTimeOf(service, slot.startsAt), undefined, now)
  if (claimed.isErr()) return err(claimed.error)
  const appointment = newAppointment(id, booking, undefined, now)
  await tx.appointments.add(appointment)
  if (booking.offer) await tx.offers.save({ ...booking.offer, state: 'taken' })
  announce(tx, appointment)
  return ok(appointment)
}

/** What the calendar of a vendor has of its own accord, and since when. */
export interface BookedThere {
  readonly uid: string
  readonly status: 'accepted' | 'pending'
  readonly bookedAt: Instant
}

/** What the calendar has becomes an appointment, whatever our own book says. Its time is claimed apart. */
export const keepBooked = async (
  tx: CompanyTx,
  ids: Ids,
  booking: Booking,
  there: BookedThere,
  now: Instant,
): Promise<Pending | Confirmed> => {
  const appointment = newAppointment(ids.next('appointment'), booking, there, now)
  await tx.appointments.add(appointment)
  announce(tx, appointment)
  return appointment
}

/** As it is when it comes into being. */
export const newAppointment = (
  id: AppointmentId,
  booking: Booking,
  there: BookedThere | undefined,
  now: Instant,
): Pending | Confirmed => {
  const { slot, service, callId } = booking
  const entry = { at: now, actor: booking.actor, action: 'booked', reason: undefined, callId } as const
  const isAgreed = there ? there.status === 'accepted' : booking.calendar === 'embedded'
  return {
    id,
    status: isAgreed ? 'confirmed' : 'pending',
    sync: isAgreed || there ? 'synced' : 'pending',
    branch: booking.branch.id,
    service: service.id,
    staff: slot.staff?.id,
    resource: slot.resource,
    customer: booking.customer,
    attendeeName: booking.attendeeName,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    segments: segmentsOf(service, slot.startsAt),
    source: booking.source,
    callId,
    notes: booking.notes,
    createdAt: there?.bookedAt ?? now,
    provider: { kind: booking.calendar, uid: there?.uid },
    series: booking.series,
    moving: undefined,
    history: [{ ...entry, from: undefined, to: slot.startsAt }],
  }
}

export const announce = (tx: CompanyTx, appointment: Appointment): void =>
  tx.publish({
    kind: 'appointment.updated',
    data: {
      appointment_id: appointment.id,
      status: appointment.status,
      ...(appointment.callId === undefined ? {} : { call_id: appointment.callId }),
    },
  })
