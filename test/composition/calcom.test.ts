import { describe, expect, it, vi } from 'vitest'
import { readCompanyFile } from '../../src/adapters/company-file/read-company-file.ts'
import { grantCompany, grantPlatform } from '../../src/application/grant-scope.ts'
import { openDesk } from '../../src/composition/desk.ts'
import { localServer, type Said } from '../adapters/vendor/local-server.ts'
import { salon } from '../application/desk.ts'

const job = { kind: 'job', name: 'test' } as const
const down: Said = { status: 503, body: {} }
const me: Said = { body: { status: 'success', data: { id: 501, name: 'Nina Probe' } } }

/** A desk on its database, whose company names only its key. */
const open = async (said: () => Said) => {
  const server = await localServer({ 'GET /v2/me': said })
  const opened = await openDesk({
    databaseUrl: 'sqlite::memory:',
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    publicUrl: 'http://127.0.0.1:3000',
    retellWebhookKeys: [],
    poolMin: 0,
    poolMax: 1,
    autoMigrate: true,
    calcomBaseUrl: `${server.url}/v2`,
    allowPrivateAddresses: true,
  })
  if (opened.isErr()) throw new Error(opened.error.kind)
  const { app, ports, close } = opened.value
  const file = readCompanyFile(`${salon}\ncalendar: { kind: calcom, api_key: cal_key_of_salon }\n`, {})._unsafeUnwrap()
  const applied = await app.applyCompany(grantPlatform(job), file, { prune: false, dryRun: false })
  if (applied.isErr()) throw new Error('not applied')
  const id = await ports.directory.companyBySlug('salon-sonne')
  const profile = id && (await ports.directory.profile(id))
  const calendar = profile && ports.calendars.of(profile)
  if (!id || !calendar) throw new Error('no calendar')
  const alerts = async () =>
    (
      await ports.store.read(grantCompany(id, job), (tx) =>
        tx.alerts.list({ limit: 10, cursor: undefined, open: true }),
      )
    ).items.map(({ kind }) => kind)
  return { calendar, alerts, close, asked: server.asked }
}

describe('a desk of companies at Cal.com', () => {
  it('asks where it was told, with the key that is kept', async () => {
    const { calendar, asked, alerts, close } = await open(() => me)
    expect((await calendar.account())._unsafeUnwrap()).toMatchObject({ name: 'Nina Probe' })
    expect(asked[0]?.headers.authorization).toBe('Bearer cal_key_of_salon')
    expect(await alerts()).toEqual([])
    await close()
  })

  it('says of a Cal.com that is down that it is, to those whose calendar it is', async () => {
    const { calendar, alerts, close } = await open(() => down)
    await calendar.account()
    await calendar.account()
    await vi.waitFor(async () => expect(await alerts()).toEqual(['breaker_open']), { timeout: 5_000 })
    await close()
  })
})
