import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { writeCalendar } from '../../../src/adapters/icalendar/write-calendar.ts'
import type { CalendarEntry } from '../../../src/domain/booking/calendar-entry.ts'
import { instant } from '../../../src/domain/time.ts'

const anEntry = (more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  ...{ uid: 'apt_00000001@salon.example', sequence: 0, status: 'confirmed' },
  startsAt: instant(Date.parse('2026-12-03T09:30:00Z')),
  endsAt: instant(Date.parse('2026-12-03T10:25:00Z')),
  changedAt: instant(Date.parse('2026-11-20T09:00:00Z')),
  ...{ title: 'Färben', description: '', location: 'Mitte', organizer: undefined, attendee: undefined },
  ...more,
})

const evil = fc
  .array(
    fc.constantFrom('\r', '\n', '\r\n', '"', ';', ',', ':', '\\', '\u0000', 'END:VEVENT', 'BEGIN:VALARM', 'ä', ' x'),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => `a${parts.join('')}z`)

describe('a file of calendar entries', () => {
  it('holds what people wrote as text, and nothing that they wrote as an instruction', () => {
    fc.assert(
      fc.property(evil, evil, evil, evil, (title, location, description, name) => {
        const person = { name, email: 'max@muster.example' }
        const entry = anEntry({ title, location, description, organizer: person, attendee: person })
        const text = writeCalendar('PUBLISH', name, [entry, anEntry({ uid: 'apt_00000002@salon.example' })])
        const calendar = new ICAL.Component(ICAL.parse(text))
        const [event, other] = calendar.getAllSubcomponents('vevent')
        expect(calendar.getAllSubcomponents()).toHaveLength(2)
        expect(event?.getAllSubcomponents()).toEqual([])
        expect(other?.getFirstPropertyValue('summary')).toBe('Färben')
        expect(event?.getFirstPropertyValue('summary')).toBe(title.replaceAll(/\p{Cc}+/gu, ' '))
        expect(event?.getFirstPropertyValue('location')).toBe(location.replaceAll(/\p{Cc}+/gu, ' '))
        expect(event?.getAllProperties('attendee')).toHaveLength(1)
        expect(text).not.toMatch(/[^\r\n\P{Cc}]/u)
      }),
    )
  })

  it('is the same text for the same entries', () => {
    expect(writeCalendar('REQUEST', undefined, [anEntry()])).toBe(writeCalendar('REQUEST', undefined, [anEntry()]))
  })
})
