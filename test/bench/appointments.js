// Fills a calendar: appointments of half an hour, from two years back to the end of the booking window, each with its
// time taken, as booking would have left them.
import { ok } from 'neverthrow'
import { grantCompany } from '../../dist/application/grant-scope.js'
import { openDesk } from '../../dist/composition/desk.js'

const half = 30 * 60_000
const together = 500

export const appointmentsBefore = async (database, count) => {
  const opened = await openDesk({
    databaseUrl: database,
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    publicUrl: 'http://127.0.0.1:3000',
    retellWebhookKeys: [],
    poolMin: 0,
    poolMax: 2,
    autoMigrate: true,
  })
  if (opened.isErr()) throw new Error(JSON.stringify(opened.error))
  const { ports, close } = opened.value
  const company = await ports.directory.companyBySlug('bench')
  const profile = await ports.directory.profile(company)
  const scope = grantCompany(company, { kind: 'job', name: 'bench' })
  const [branch] = profile.branches
  const [service] = profile.services
  const now = ports.clock.now()
  const midnight = Math.floor(now / 86_400_000) * 86_400_000
  const perColleague = Math.ceil(count / profile.staff.length)
  // Half of every day is taken, so that a wished time is sometimes free and sometimes not.
  const days = Math.ceil(perColleague / 10)
  let made = 0
  for (const staff of profile.staff) {
    let batch = []
    const write = async () => {
      const rows = batch
      batch = []
      await ports.store.transact(scope, async (tx) => {
        for (const one of rows) {
          const claimed = await tx.occupancy.claim(one.id, staff.id, [one], undefined, now)
          if (claimed.isOk()) await tx.appointments.add(one)
        }
        return ok(undefined)
      })
    }
    for (let index = 0; index < perColleague && made < count; index += 1) {
      const day = 170 - Math.floor(index / 10) - Math.max(0, 170 - days)
      const startsAt = midnight + day * 86_400_000 + 8 * 2 * half + (index % 10) * 2 * half
      made += 1
      batch.push({
        id: ports.ids.next('appointment'),
        branch: branch.id,
        service: service.id,
        staff: staff.id,
        resource: staff.id,
        customer: undefined,
        attendeeName: 'Erika Beispiel',
        startsAt,
        endsAt: startsAt + half,
        segments: [{ key: 'A', startsAt, endsAt: startsAt + half }],
        source: 'api',
        callId: undefined,
        notes: undefined,
        createdAt: now,
        provider: { kind: 'embedded', uid: undefined },
        sync: 'synced',
        series: undefined,
        moving: undefined,
        status: 'confirmed',
        history: [
          {
            at: now,
            actor: { kind: 'job', name: 'bench' },
            action: 'booked',
            from: undefined,
            to: startsAt,
            reason: undefined,
            callId: undefined,
          },
        ],
      })
      if (batch.length === together) await write()
    }
    await write()
  }
  await close()
}
