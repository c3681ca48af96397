import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { salon } from '../application/desk.ts'
import { testDatabase } from '../databases/test-databases.ts'
import { frontdesk, post, type Served, serve } from './processes.ts'

/** Nina alone may do it, so there is one winner and no second chair. */
const wish = { service: 'Damenhaarschnitt', date: 'nächste Woche Mittwoch', time: '11 Uhr' }
const callOf = (call_id: string) => ({
  call_id,
  call_type: 'phone_call',
  direction: 'inbound',
  call_status: 'ongoing',
  from_number: 'anonymous',
  to_number: '+493023125101',
})

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-slot-'))
  writeFileSync(join(folder, 'salon.yaml'), salon)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const race = async (services: readonly Served[]) => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, caller) => {
      const service = services[caller % services.length]
      const args = { ...wish, customer_name: `Anna Test${String.fromCharCode(97 + (caller % 26))}` }
      return post(service?.url ?? '', '/functions/retell', {
        name: 'book_appointment',
        args,
        call: callOf(`call_race_${caller}`),
      })
    }),
  )
  const statuses = answers.map((answer) => String(answer?.body.status))
  expect(statuses.filter((status) => status === 'booked')).toHaveLength(1)
  expect(statuses.filter((status) => status === 'slot_taken')).toHaveLength(49)
  for (const answer of answers) {
    if (answer?.body.status === 'booked') continue
    const alternatives = answer?.body.alternatives
    expect(Array.isArray(alternatives) && alternatives.length).toBeGreaterThan(0)
    expect(JSON.stringify(alternatives)).not.toMatch(/"starts_at":"[^"]*T11:00:00/)
  }
}

describe('fifty callers who want one slot', () => {
  it('have one winner and forty-nine alternatives on SQLite', { timeout: 60_000 }, async () => {
    const database = `sqlite:${join(folder, 'desk.sqlite')}`
    expect(frontdesk(database, ['apply', join(folder, 'salon.yaml')]).code).toBe(0)
    const service = await serve(database)
    try {
      await race([service])
    } finally {
      await service.kill()
    }
  })

  it('have one winner and forty-nine alternatives on PostgreSQL, over two processes', { timeout: 60_000 }, async () => {
    const { url, drop } = await testDatabase('PostgreSQL').make()
    expect(frontdesk(url, ['apply', join(folder, 'salon.yaml')]).code).toBe(0)
    const services = [await serve(url, 'web'), await serve(url, 'web')]
    try {
      await race(services)
    } finally {
      for (const service of services) await service.kill()
      await drop()
    }
  })
})
