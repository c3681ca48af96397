import type { ServiceSpec, StaffSpec } from '../company.ts'
import type { EventType } from './event-type.ts'

/** A run of segments without a wait between them: one booking in the calendar of a vendor. */
export interface BookingPart {
  /** That of its first segment. */
  readonly key: string
  /** From the beginning of the whole. */
  readonly offsetMinutes: number
  readonly minutes: number
  /** That of its first segment, else the service's. */
  readonly eventType: number | undefined
}

type Composite = Pick<ServiceSpec, 'segments' | 'calcomEventTypeId'>

/**
 * What a composite service is in the calendar of a vendor, in order of time. Undefined: one booking of the service's own event type, because
 * it is no composite or none of its segments names an event type.
 */
export const bookingParts = ({ segments, calcomEventTypeId }: Composite): readonly BookingPart[] | undefined => {
  if (segments.every((segment) => segment.calcomEventTypeId === undefined)) return undefined
  const parts: BookingPart[] = []
  let at = 0
  let waited = true
  for (const segment of segments) {
    const last = parts.at(-1)
    if (waited || !last) {
      const eventType = segment.calcomEventTypeId ?? calcomEventTypeId
      parts.push({ key: segment.key, offsetMinutes: at, minutes: segment.staffMinutes, eventType })
    } else {
      parts[parts.length - 1] = { ...last, minutes: last.minutes + segment.staffMinutes }
    }
    at += segment.staffMinutes + segment.waitAfterMinutes
    waited = segment.waitAfterMinutes > 0
  }
  return parts
}

/** Whether one of the bookings that a service is with a colleague is of an event type that demands an e-mail address. */
export const demandsEmail = (
  service: Composite & Pick<ServiceSpec, 'slug'>,
  staff: Pick<StaffSpec, 'calcomEventTypes'> | undefined,
  eventTypes: readonly Pick<EventType, 'id' | 'needsEmail'>[],
): boolean => {
  const whole = staff?.calcomEventTypes[service.slug] ?? service.calcomEventTypeId
  const booked = bookingParts(service)?.map(({ eventType }) => eventType) ?? [whole]
  return eventTypes.some(({ id, needsEmail }) => needsEmail && booked.includes(id))
}
