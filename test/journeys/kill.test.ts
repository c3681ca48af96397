import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { grantCompany } from '../../src/application/grant-scope.ts'
import { type Desk, openDesk } from '../../src/composition/desk.ts'
import { overlaps } from '../../src/domain/booking/interval.ts'
import { salon } from '../application/desk.ts'
import { encryptionKeys, frontdesk, post, serve } from './processes.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-kill-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = async (databaseUrl: string): Promise<Desk> => {
  const desk = await openDesk({
    databaseUrl,
    encryptionKeys,
    publicUrl: 'http://127.0.0.1',
    retellWebhookKeys: ['key_journey'],
    poolMin: 0,
    poolMax: 2,
    autoMigrate: false,
  })
  if (desk.isErr()) throw new Error(desk.error.kind)
  return desk.value
}

const callOf = (call_id: string) => ({
  call_id,
  call_type: 'phone_call',
  direction: 'inbound',
  call_status: 'ongoing',
  from_number: '+4915550100001',
  to_number: '+493023125101',
})

describe('a service killed in the middle of a burst', () => {
  it('finds every acknowledged delivery and booking again, once', { timeout: 90_000 }, async () => {
    const database = `sqlite:${join(folder, 'desk.sqlite')}`
    const file = join(folder, 'salon.yaml')
    writeFileSync(file, salon)
    expect(frontdesk(database, ['apply', file]).code).toBe(0)

    const acknowledged = new Set<string>()
    const booked = new Map<string, string>()
    // A day of its own each, for a day that is full leaves nothing to be killed while it is booked.
    for (const [round, day] of ['Dienstag', 'Mittwoch', 'Donnerstag'].entries()) {
      const service = await serve(database)
      const work: Promise<void>[] = []
      for (let index = 0; index < 200; index += 1) {
        const id = `call_${round}_${index}`
        work.push(
          post(service.url, '/webhooks/retell', { event: 'call_started', call: callOf(id) }).then((answer) => {
            if (answer?.status === 204) acknowledged.add(id)
          }),
        )
        if (index % 5 !== 0) continue
        const args = {
          service: 'Herrenhaarschnitt',
          date: `nächste Woche ${day}`,
          time: `${9 + (Math.floor(index / 25) % 8)} Uhr`,
          customer_name: `Anna Test ${String.fromCharCode(97 + round)}${String.fromCharCode(97 + (index % 26))}`,
        }
        work.push(
          post(service.url, '/functions/retell/book_appointment', {
            name: 'book_appointment',
            args,
            call: callOf(`book_${round}_${index}`),
          }).then((answer) => {
            if (answer?.body.status === 'booked')
              booked.set(String(answer.body.appointment_id), String(answer.body.starts_at))
          }),
        )
      }
      const [calls, bookings] = [acknowledged.size + 30 + round * 20, booked.size + 3]
      const patience = performance.now() + 15_000
      while ((acknowledged.size < calls || booked.size < bookings) && performance.now() < patience) {
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      await service.kill()
      await Promise.all(work)
    }
    expect(acknowledged.size).toBeGreaterThan(90)
    expect(booked.size).toBeGreaterThan(8)

    const desk = await open(database)
    try {
      desk.ports.clock.now()
      while ((await desk.app.workInbox(500)).processed > 0);
      const company = await desk.ports.directory.companyBySlug('salon-sonne')
      if (!company) throw new Error('the company is lost')
      const scope = grantCompany(company, { kind: 'job', name: 'test' })
      await desk.ports.store.read(scope, async (tx) => {
        for (const id of acknowledged) {
          // A worker that was killed keeps its lease for a while; what it held is not lost, only not due yet.
          const deliveries = await desk.ports.inbox.of(scope).ofCall(id)
          expect(
            deliveries.filter(({ event }) => event === 'call_started'),
            id,
          ).toHaveLength(1)
        }
        const appointments = []
        for (let cursor: string | undefined; ; ) {
          const page = await tx.appointments.list({ limit: 200, cursor })
          appointments.push(...page.items)
          cursor = page.next
          if (cursor === undefined) break
        }
        for (const [id, startsAt] of booked) {
          const found = appointments.filter((one) => one.id === id)
          expect(found, id).toHaveLength(1)
          expect(found[0]?.startsAt).toBe(Date.parse(startsAt))
        }
        for (const one of appointments) {
          for (const other of appointments) {
            if (one.id !== other.id && one.resource === other.resource) expect(overlaps(one, other)).toBe(false)
          }
        }
      })
    } finally {
      await desk.close()
    }
  })
})
