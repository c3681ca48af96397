import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Appointment, Confirmed } from '../../../src/domain/booking/appointment.ts'
import { calendarEntry } from '../../../src/domain/booking/calendar-entry.ts'
import { newsOf, reminderAt } from '../../../src/domain/booking/news.ts'
import {
  addDays,
  DAY,
  HOUR,
  type Instant,
  instant,
  localMoment,
  parseInstant,
  parseTimeZone,
} from '../../../src/domain/time.ts'

const berlin = parseTimeZone('Europe/Berlin')._unsafeUnwrap()
const at = (text: string): Instant => parseInstant(text)._unsafeUnwrap()
const start = at('2026-11-24T10:30:00+01:00')

const entry = { at: start, reason: undefined, callId: undefined, from: undefined, to: undefined } as const
const actor = { kind: 'job', name: 'test' } as const
const confirmed: Confirmed = {
  ...{
    id: 'apt_00000001',
    branch: 'brn_1',
    service: 'svc_1',
    staff: undefined,
    resource: 'brn_1',
    customer: undefined,
  },
  ...{ attendeeName: 'Max', startsAt: start, endsAt: instant(start + 1), segments: [], source: 'phone' },
  ...{ callId: undefined, notes: undefined, createdAt: start, provider: { kind: 'embedded', uid: undefined } },
  ...{ sync: 'synced', series: undefined, moving: undefined, status: 'confirmed' },
  history: [{ ...entry, actor, action: 'booked' }],
}
const pending: Appointment = { ...confirmed, status: 'pending' }
const moved: Appointment = { ...confirmed, history: [...confirmed.history, { ...entry, actor, action: 'moved' }] }
const cancelled: Appointment = { ...moved, status: 'cancelled', cancelledAt: start }

describe('the news of an appointment', () => {
  it.each([
    ['made and standing', undefined, confirmed, 'confirmed'],
    ['made and not answered for', undefined, pending, undefined],
    ['answered for', pending, confirmed, 'confirmed'],
    ['turned down', pending, cancelled, undefined],
    ['moved', confirmed, moved, 'moved'],
    ['moved to where it has yet to be accepted', confirmed, { ...moved, status: 'pending' } as const, undefined],
    ['accepted there', { ...moved, status: 'pending' } as const, moved, 'confirmed'],
    ['cancelled', moved, cancelled, 'cancelled'],
    ['cancelled again', cancelled, cancelled, undefined],
    ['settled with a calendar alone', confirmed, { ...confirmed, sync: 'failed' } as const, undefined],
    ['asked to move', confirmed, { ...confirmed, sync: 'pending' } as const, undefined],
  ])('of one that was %s', (_what, before, now, news) => {
    expect(newsOf(before, now)).toBe(news)
  })

  it('grow the number of its calendar entry, under one name', () => {
    const words = { title: '', description: '', location: '', organizer: undefined, attendee: undefined }
    const entries = [pending, confirmed, moved, cancelled].map((one) => calendarEntry(one, 'desk.example', words))
    expect(entries.map(({ sequence, status }) => [sequence, status])).toEqual([
      [0, 'tentative'],
      [0, 'confirmed'],
      [1, 'confirmed'],
      [1, 'cancelled'],
    ])
    expect(new Set(entries.map(({ uid }) => uid))).toEqual(new Set(['apt_00000001@desk.example']))
  })
})

describe('a reminder', () => {
  it('comes the day before at the same time of the branch’s clock, when it was agreed on more than 24 hours ahead', () => {
    const year = fc.integer({ min: start, max: start + 400 * DAY }).map((ms) => instant(ms - (ms % 900_000)))
    fc.assert(
      fc.property(year, fc.integer({ min: 0, max: 20 * DAY }), (startsAt, ahead) => {
        const moment = reminderAt({ startsAt }, berlin, instant(startsAt - ahead))
        if (moment === undefined) {
          // An hour more: the clocks may have been changed on that day.
          expect(ahead).toBeLessThanOrEqual(DAY + HOUR)
          return
        }
        expect(ahead).toBeGreaterThan(DAY)
        const [shown, wanted] = [localMoment(moment, berlin), localMoment(startsAt, berlin)]
        expect(shown.date).toBe(addDays(wanted.date, -1))
        if (wanted.minute < 120 || wanted.minute >= 180) expect(shown.minute).toBe(wanted.minute)
        expect(moment).toBeGreaterThan(startsAt - ahead)
      }),
    )
  })

  it('keeps the hour when the clocks were changed in between', () => {
    const startsAt = at('2026-10-25T10:30:00+01:00')
    expect(reminderAt({ startsAt }, berlin, at('2026-10-20T10:00:00+02:00'))).toBe(at('2026-10-24T10:30:00+02:00'))
  })
})
