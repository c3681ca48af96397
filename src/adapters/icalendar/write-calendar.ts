import { ICalAttendeeStatus, ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { CalendarEntry } from '../../domain/booking/calendar-entry.ts'

/** What a file of entries is for: to be looked at, or to tell a calendar program what it should do. */
export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL'

/** iCalendar (RFC 5545) in UTC. The same entries give the same text. */
export const writeCalendar = (
  method: CalendarMethod,
  name: string | undefined,
  entries: readonly CalendarEntry[],
): string => {
  const calendar = new ICalCalendar({
    prodId: { company: 'frontdesk', product: 'frontdesk' },
    method: ICalCalendarMethod[method],
    ...(name === undefined ? {} : { name: plain(name) }),
  })
  for (const entry of entries) {
    const event = calendar.createEvent({
      id: entry.uid,
      sequence: entry.sequence,
      stamp: new Date(entry.changedAt),
      start: new Date(entry.startsAt),
      end: new Date(entry.endsAt),
      summary: plain(entry.title),
      description: entry.description === '' ? null : lines(entry.description),
      location: plain(entry.location),
      status: statuses[entry.status],
      organizer: entry.organizer ? parameters(entry.organizer) : null,
    })
    if (entry.attendee) event.createAttendee({ ...parameters(entry.attendee), status: ICalAttendeeStatus.ACCEPTED })
  }
  return calendar.toString()
}

const statuses = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const

const lines = (text: string): string => text.replaceAll(/\r\n?/g, '\n').replaceAll(/(?!\n)\p{Cc}/gu, ' ')
const plain = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ')
/** A parameter's value has no way to write a quote. */
const parameters = ({ name, email }: { readonly name: string; readonly email: string }) => ({
  name: plain(name).replaceAll(/["\\]/g, '’'),
  email: plain(email),
})
