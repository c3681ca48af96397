import { describe, expect, it } from 'vitest'
import { syncKey } from '../../../src/application/booking/sync-appointment.ts'
import { after, HOUR, MINUTE } from '../../../src/domain/time.ts'
import { openHearing } from './hearing.ts'

/** Booked while the calendar misbehaves, and the job that was to tell it is given up. */
const givenUp = async (fault: 'down' | 'breaks-off-after') => {
  const desk = await openHearing()
  desk.calendar.misbehave('place', fault)
  const { id } = await desk.book()
  desk.calendar.misbehave('place', undefined)
  const now = desk.clock.now()
  const job = await desk.ports.jobs.claimOne(desk.scope.company, syncKey(id), now, after(now, MINUTE))
  if (!job) throw new Error('there is no job')
  await desk.ports.jobs.settle(job.id, { state: 'given-up', error: 'It failed.' })
  desk.clock.advance(2 * HOUR)
  const appointment = async () => (await desk.appointments()).find((one) => one.id === id)
  const placed = () => desk.calendar.asked().filter((one) => one === 'place').length
  return { ...desk, id, appointment, placed }
}

describe('an appointment whose job was given up', () => {
  it('is told to the calendar all the same, and found where the calendar has it (I-97)', async () => {
    for (const [fault, places] of [
      ['down', 2],
      ['breaks-off-after', 1],
    ] as const) {
      const desk = await givenUp(fault)
      for (let quarter = 0; quarter < 3; quarter += 1) await desk.pass(15)
      expect(await desk.appointment()).toMatchObject({ status: 'confirmed', sync: 'synced' })
      expect(desk.placed()).toBe(places)
      expect(await desk.openAlerts()).toEqual([])
    }
  })

  it('is named once it is twenty minutes old, also while the calendar answers nothing', async () => {
    const desk = await givenUp('down')
    desk.calendar.misbehave('find', 'silent')
    for (const operation of ['bookings', 'place'] as const) desk.calendar.misbehave(operation, 'down')
    desk.clock.advance(15 * MINUTE)
    await desk.app.workJobs(100)
    expect((await desk.openAlerts()).map(({ kind }) => kind)).toContain('appointment_unsynced')
  })

  it('is looked for before it is booked again when the calendar tells of it (I-96)', async () => {
    const desk = await givenUp('breaks-off-after')
    const [there] = desk.calendar.bookings()
    if (!there) throw new Error('it was not placed')
    await desk.hear(there)
    await desk.app.workJobs(100)
    expect(desk.placed()).toBe(1)
    expect(await desk.appointment()).toMatchObject({ status: 'confirmed', provider: { uid: there.uid } })
  })
})
