import { expect, it } from 'vitest'
import { salonWithCalendar } from '../calendar-set-up.ts'
import { praxis } from '../desk.ts'
import { openHearing, told } from './hearing.ts'

const praxisAt = (calendar: string) => praxis.concat(`calendar: { kind: calcom, ${calendar} }\n`)
const salonAt = (url: string) => salonWithCalendar.replace('kind: calcom,', `kind: calcom, base_url: "${url}",`)
const foreign = { eventType: 7777 }

const open = async (...files: readonly string[]) => {
  const desk = await openHearing(files)
  const kept = async () => {
    const { items } = await desk.look((tx) =>
      tx.calendarBookings.unmatched({ limit: 50, cursor: undefined, from: desk.clock.now() }),
    )
    return items.map(({ uid }) => uid)
  }
  return {
    ...desk,
    /** What is kept of a booking that no service names, told by a webhook and found by looking. */
    learn: async () => {
      const [heard, found] = [told('uid_heard', '11:00', foreign), told('uid_found', '15:00', foreign)]
      await desk.hear(heard)
      desk.calendar.bookedThere(found)
      await desk.app.reconcileNow(desk.scope)
      return { kept: await kept(), alerts: (await desk.openAlerts()).map(({ kind }) => kind) }
    },
  }
}

it.each([
  ['one key', salonWithCalendar, 'api_key: cal_sonne'],
  [
    'one key at one address',
    salonAt('https://cal.example/v2'),
    'api_key: cal_sonne, base_url: "https://cal.example/v2/"',
  ],
  ['one key, of which one names no address', salonAt('https://cal.example/v2'), 'api_key: cal_sonne'],
])('companies with %s keep nothing of what only the other one can mean', async (_, salonFile, others) => {
  const desk = await open(salonFile, praxisAt(others))
  expect(await desk.learn()).toEqual({ kept: [], alerts: [] })
})

it.each([
  ['its own key', salonWithCalendar, 'api_key: cal_mond'],
  [
    'a server of its own',
    salonAt('https://cal.example/v2'),
    'api_key: cal_sonne, base_url: "https://other.example/v2"',
  ],
])('a company with %s is shown what none of its services names', async (_, salonFile, others) => {
  const desk = await open(salonFile, praxisAt(others))
  expect(await desk.learn()).toEqual({ kept: ['uid_heard', 'uid_found'], alerts: ['foreign_event_type'] })
})

it('a company that shares its key still learns of what its own services name', async () => {
  const desk = await open(salonWithCalendar, praxisAt('api_key: cal_sonne'))
  desk.calendar.bookedThere(told('uid_x', '11:00', { staff: desk.named('nina') }))
  desk.calendar.bookedThere(told('uid_y', '11:00', foreign))
  await desk.app.reconcileNow(desk.scope)
  const { items } = await desk.look((tx) => tx.appointments.list({ limit: 10, cursor: undefined }))
  expect(items).toMatchObject([{ provider: { uid: 'uid_x' } }])
})
