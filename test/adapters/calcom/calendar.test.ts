import { calcomCalendars } from '../../../src/adapters/calcom/calendars.ts'
import { endpointNames } from '../../../src/adapters/simulation/calcom/faults.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import { openDesk } from '../../application/desk.ts'
import { calendarContract } from '../../contracts/calendar.contract.ts'
import { calcomTypes, ninaAtCalcom, salonAt, startSalonsCalcom, udoAtCalcom } from '../../journeys/calcom-salon.ts'

const withoutLimit = { take: async () => ({ taken: true }) as const, exhaust: async () => undefined }

calendarContract('Cal.com, over HTTP', async () => {
  let now = () => 0
  const calcom = await startSalonsCalcom(() => now())
  const { ports, clock } = await openDesk([salonAt(calcom)])
  now = clock.now
  const company = await ports.directory.companyBySlug('salon-sonne')
  const profile = company && (await ports.directory.profile(company))
  const calendars = calcomCalendars({
    secretOf: ports.directory.secretOf,
    limits: withoutLimit,
    clock,
    realTime,
    baseUrl: calcom.url,
    allowPrivate: true,
  })
  const calendar = profile && calendars.of(profile)
  if (!profile || !calendar) throw new Error('There is no calendar.')
  return {
    calendar,
    profile,
    clock,
    takeElsewhere: (start) => {
      for (const host of [ninaAtCalcom, udoAtCalcom]) {
        calcom.bookElsewhere({ eventType: calcomTypes.haircut, start, host })
      }
    },
    fail: (kind) => {
      for (const name of endpointNames) calcom.misbehave(name, kind === 'unreachable' ? 'down-503' : 'wrong-key')
    },
    close: async () => {
      await calendars.close()
      await calcom.close()
    },
  }
})
