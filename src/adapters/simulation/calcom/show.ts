import type { JsonObject } from '../../../domain/canonical-json.ts'
import { MINUTE } from '../../../domain/time.ts'
import type { BookingEntry, CalcomEventType, CalcomStore, CalcomUser, ReservationEntry } from './store.ts'
import { iso } from './times.ts'

/** How things look from outside: the field names and oddities of what Cal.com was seen to answer. */

const hostOf = ({ id, name, email, username, timeZone }: CalcomUser): JsonObject => ({
  id,
  name,
  email,
  displayEmail: email,
  username,
  timeZone,
})

export const usersOf = (store: CalcomStore, ids: readonly number[]): readonly CalcomUser[] =>
  ids.flatMap((id) => store.users.get(id) ?? [])

/** With 2024-08-13 and later. The reasons are empty text on living bookings too, so only the status says what it is. */
export const showBooking = (store: CalcomStore, booking: BookingEntry): JsonObject => {
  const { attendee, eventType, responses } = booking
  const hosts = usersOf(store, booking.hosts)
  return {
    id: booking.id,
    uid: booking.uid,
    title: `${eventType.title} between ${hosts[0]?.name ?? ''} and ${attendee.name}`,
    description: '',
    hosts: hosts.map(hostOf),
    status: booking.status,
    cancellationReason: booking.cancellationReason,
    cancelledByEmail: '',
    ...(booking.reschedulingReason === undefined ? {} : { reschedulingReason: booking.reschedulingReason }),
    rescheduledByEmail: null,
    ...(booking.rescheduledFrom === undefined ? {} : { rescheduledFromUid: booking.rescheduledFrom }),
    ...(booking.rescheduledTo === undefined ? {} : { rescheduledToUid: booking.rescheduledTo }),
    start: iso(booking.start),
    end: iso(booking.end),
    duration: (booking.end - booking.start) / MINUTE,
    eventTypeId: eventType.id,
    eventType: { id: eventType.id, slug: eventType.slug },
    meetingUrl: booking.location,
    location: booking.location,
    absentHost: booking.hostAbsent,
    createdAt: iso(booking.createdAt),
    updatedAt: iso(booking.updatedAt),
    metadata: booking.metadata,
    rating: null,
    icsUid: `${booking.uid}@cal.example`,
    attendees: [
      {
        name: attendee.name,
        email: attendee.email,
        displayEmail: attendee.email,
        timeZone: attendee.timeZone,
        language: attendee.language,
        absent: booking.attendeeAbsent,
        ...(attendee.phone === undefined ? {} : { phoneNumber: attendee.phone }),
      },
    ],
    guests: booking.guests,
    bookingFieldsResponses: {
      email: attendee.email,
      name: attendee.name,
      guests: booking.guests,
      displayEmail: attendee.email,
      displayGuests: booking.guests,
      ...(attendee.phone === undefined ? {} : { attendeePhoneNumber: attendee.phone }),
      ...responses,
    },
    isPlatformManagedUserBooking: false,
  }
}

/** What a request without a version is shown, or one whose version nobody knows: the shape of 2024-04-15. */
export const showOldBooking = (store: CalcomStore, booking: BookingEntry): JsonObject => ({
  id: booking.id,
  uid: booking.uid,
  title: booking.eventType.title,
  description: '',
  startTime: iso(booking.start),
  endTime: iso(booking.end),
  status: booking.status.toUpperCase(),
  paid: false,
  metadata: booking.metadata,
  user: usersOf(store, booking.hosts).map(({ id, email, name }) => ({ id, email, name }))[0] ?? null,
  attendees: [{ email: booking.attendee.email, name: booking.attendee.name, timeZone: booking.attendee.timeZone }],
  eventTypeId: booking.eventType.id,
})

const toggle = (on: boolean, value: JsonObject): JsonObject => (on ? value : { disabled: true })

const fieldsOf = ({ email, phone, questions }: CalcomEventType, version: string): readonly JsonObject[] => {
  const kind = version === '2026-06-12' ? 'field' : 'type'
  const own = (slug: string, type: string, more: JsonObject): JsonObject =>
    kind === 'field' ? { field: slug, slug, ...more } : { type, slug, isDefault: true, ...more }
  return [
    own('name', 'name', kind === 'field' ? { variant: 'fullName', disableOnPrefill: false } : { required: true }),
    own('email', 'email', { required: email === 'required', hidden: email === 'hidden', disableOnPrefill: false }),
    own('attendeePhoneNumber', 'phone', {
      required: phone === 'required',
      hidden: phone === 'hidden',
      disableOnPrefill: false,
    }),
    own('location', 'radioInput', kind === 'field' ? {} : { required: false, hidden: false }),
    own('title', 'text', { required: true, hidden: true, disableOnPrefill: false }),
    own('notes', 'textarea', { required: false, hidden: false, disableOnPrefill: false }),
    own('guests', 'multiemail', { required: false, hidden: false, disableOnPrefill: false }),
    own('rescheduleReason', 'textarea', { required: false, hidden: false, disableOnPrefill: false }),
    ...questions.map((slug) => ({
      [kind]: 'text',
      slug,
      ...(kind === 'field' ? {} : { isDefault: false }),
      label: slug,
      required: true,
      hidden: false,
      disableOnPrefill: false,
    })),
  ]
}

export const showEventType = (store: CalcomStore, type: CalcomEventType, version: string): JsonObject => {
  const hosts = usersOf(store, type.hosts)
  const isOfTeam = type.team !== 'none'
  return {
    id: type.id,
    ...(isOfTeam
      ? {
          teamId: type.account,
          ownerId: null,
          parentEventTypeId: null,
          schedulingType: type.team,
          hosts: hosts.map(({ id, name, username }) => ({
            userId: id,
            name,
            username,
            avatarUrl: null,
            mandatory: type.team === 'collective',
            priority: 'medium',
          })),
        }
      : {
          ownerId: type.hosts[0] ?? null,
          users: hosts.map(({ id, name, username }) => ({
            id,
            name,
            username,
            avatarUrl: null,
            weekStart: 'Sunday',
            metadata: {},
          })),
        }),
    lengthInMinutes: type.minutes,
    ...(type.lengths.length === 0 ? {} : { lengthInMinutesOptions: type.lengths }),
    title: type.title,
    slug: type.slug,
    description: '',
    locations: type.locations,
    bookingFields: fieldsOf(type, version),
    recurrence: type.isRecurring ? { interval: 1, occurrences: 4, frequency: 'weekly' } : null,
    disableGuests: false,
    slotInterval: type.slotInterval ?? null,
    minimumBookingNotice: type.noticeMinutes,
    beforeEventBuffer: type.bufferBefore,
    afterEventBuffer: type.bufferAfter,
    metadata: {},
    price: 0,
    currency: 'usd',
    scheduleId: null,
    bookingWindow: { disabled: true },
    confirmationPolicy: toggle(type.needsConfirmation, { type: 'always', blockUnconfirmedBookingsInBooker: false }),
    requiresBookerEmailVerification: type.needsVerifiedEmail,
    seats: toggle(type.seats !== undefined, {
      seatsPerTimeSlot: type.seats ?? 0,
      showAttendeeInfo: false,
      showAvailabilityCount: true,
    }),
    hidden: type.isHidden,
    bookingRequiresAuthentication: type.needsLogin,
    bookerActiveBookingsLimit: { disabled: true },
    bookingUrl: `https://cal.example/${hosts[0]?.username ?? 'team'}/${type.slug}`,
    disableCancelling: { disabled: false },
    disableRescheduling: { disabled: false },
  }
}

const days = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const clockTime = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** A user has one schedule, named like the user. */
export const showSchedule = ({ id, timeZone, hours }: CalcomUser): JsonObject => ({
  id,
  ownerId: id,
  name: 'Working hours',
  timeZone,
  availability: ([1, 2, 3, 4, 5, 6, 7] as const).flatMap((day) =>
    (hours[day] ?? []).map(({ opens, closes }) => ({
      days: [days[day]],
      startTime: clockTime(opens),
      endTime: clockTime(closes),
    })),
  ),
  isDefault: true,
  overrides: [],
})

export const showMe = ({ id, username, email, name, timeZone }: CalcomUser): JsonObject => ({
  id,
  username,
  email,
  name,
  avatarUrl: null,
  bio: null,
  timeFormat: 24,
  defaultScheduleId: id,
  weekStart: 'Monday',
  timeZone,
  locale: 'de',
  organizationId: null,
})

export const showReservation = (one: ReservationEntry): JsonObject => ({
  eventTypeId: one.eventType,
  slotStart: iso(one.start),
  slotEnd: new Date(one.start + one.minutes * MINUTE).toISOString(),
  slotDuration: one.minutes,
  reservationUid: one.uid,
  reservationDuration: one.lasts,
  reservationUntil: iso(one.until),
})
