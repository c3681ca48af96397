import { unrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { openDesk } from '../../application/desk.ts'
import { calendarContract } from '../../contracts/calendar.contract.ts'

calendarContract('unruly, in memory', async () => {
  const { ports, clock } = await openDesk()
  const company = await ports.directory.companyBySlug('salon-sonne')
  const profile = company && (await ports.directory.profile(company))
  const calendars = unrulyCalendar(clock)
  const calendar = profile && calendars.of(profile)
  if (!profile || !calendar) throw new Error('There is no calendar.')
  const operations = Object.keys(calendar).filter(
    (name): name is Exclude<keyof typeof calendar, 'kind'> => name !== 'kind',
  )
  return {
    calendar,
    profile,
    clock,
    takeElsewhere: calendars.take,
    fail: (kind) => {
      for (const operation of operations) calendars.misbehave(operation, kind === 'unreachable' ? 'down' : 'wrong-key')
    },
    close: async () => undefined,
  }
})
