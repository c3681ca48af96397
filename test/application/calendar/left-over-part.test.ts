import { expect, it } from 'vitest'
import { MINUTE } from '../../../src/domain/time.ts'
import { salonWithCalendar } from '../calendar-set-up.ts'
import { openHearing, told } from './hearing.ts'

const withWave = salonWithCalendar
  .replace(
    'services:\n',
    `services:
  - { slug: dauerwelle, name: Dauerwelle, segments: [{ key: A, staff_minutes: 30, wait_after_minutes: 30, calcom_event_type_id: 9011 }, { key: B, staff_minutes: 30, wait_after_minutes: 0, calcom_event_type_id: 9012 }], branches: [mitte] }
`,
  )
  .replace('damenhaarschnitt] }', 'damenhaarschnitt, dauerwelle] }')

it('a part that the calendar tells of after the whole was called off is asked for, and shown to people', async () => {
  const desk = await openHearing(withWave)
  desk.calendar.misbehave('place', 'down')
  const { id } = await desk.book({ service: 'Dauerwelle' })
  await desk.ask('cancel_appointment', { appointment_id: id }, { from: '+491713920001' })
  await desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, { from: '+491713920001' })
  expect((await desk.appointments())[0]).toMatchObject({ status: 'cancelled', sync: 'synced' })
  const part = { reference: id, part: 'B', eventType: 9012, changedAt: desk.clock.now() }
  const late = told('uid_late', '11:00', part)
  desk.calendar.bookedThere(late)
  await desk.hear(late)
  expect(await desk.openAlerts()).toEqual([])
  desk.clock.advance(6 * MINUTE)
  await desk.app.workJobs(100)
  expect(desk.calendar.asked()).toContain('booking')
  expect((await desk.appointments())[0]).toMatchObject({ status: 'cancelled', sync: 'review' })
  expect((await desk.openAlerts()).map(({ kind }) => kind)).toEqual(['booking_changed_by_calendar'])
})
