import { expect, it } from 'vitest'
import { unrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { reconcilingAll } from '../../../src/application/calendar/reconcile-job.ts'
import { newCompany, platform } from '../../contracts/fixtures.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { testDatabase } from '../../databases/test-databases.ts'

it('a company whose rows cannot be opened keeps no other from being reconciled with its calendar', async () => {
  const opened = await openPorts(await testDatabase('SQLite in memory').make())
  const { engine } = opened.database
  const ports = { ...opened.ports, calendars: unrulyCalendar(opened.ports.clock) }
  const damaged = await newCompany(ports)
  const whole = await newCompany(ports)
  await engine.asSystem((trx) =>
    trx.updateTable('branches').set({ document: 'not sealed' }).where('company_id', '=', damaged.profile.id).execute(),
  )
  const nothing = async () => ({ done: 0, postponed: 0, givenUp: 0 })
  await reconcilingAll(ports, nothing)(10)
  const jobs = await ports.jobs.listAll(platform, { limit: 10, cursor: undefined })
  expect(new Set(jobs.items.map(({ company }) => company))).toEqual(new Set([whole.profile.id]))
  expect(jobs.items.map(({ kind }) => kind)).toContain('calendar-reconcile')
  await opened.close()
})
