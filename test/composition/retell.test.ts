import { afterEach, describe, expect, it, vi } from 'vitest'
import { readCompanyFile } from '../../src/adapters/company-file/read-company-file.ts'
import { type StandInVoicePlatform, startRetell } from '../../src/adapters/simulation/retell/start-retell.ts'
import { grantCompany, grantPlatform } from '../../src/application/grant-scope.ts'
import { openDesk } from '../../src/composition/desk.ts'
import { salon } from '../application/desk.ts'

const job = { kind: 'job', name: 'test' } as const

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A desk on its database, whose company has this line for its account of Retell. */
const open = async (line: (retell: StandInVoicePlatform) => string, apiKey?: string) => {
  const retell = await startRetell({ now: () => Date.parse('2026-11-20T09:00:00Z') })
  const opened = await openDesk({
    databaseUrl: 'sqlite::memory:',
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    publicUrl: 'http://127.0.0.1:3000',
    retellWebhookKeys: [],
    retellApiKey: apiKey ?? retell.key,
    retellBaseUrl: retell.url,
    poolMin: 0,
    poolMax: 1,
    autoMigrate: true,
    allowPrivateAddresses: true,
  })
  if (opened.isErr()) throw new Error(opened.error.kind)
  const { app, ports, vitals, close } = opened.value
  closers.push(retell.close, close)
  const file = readCompanyFile(`${salon}\n${line(retell)}\n`, {})._unsafeUnwrap()
  const applied = await app.applyCompany(grantPlatform(job), file, { prune: false, dryRun: false })
  if (applied.isErr()) throw new Error('not applied')
  const id = await ports.directory.companyBySlug('salon-sonne')
  const profile = id && (await ports.directory.profile(id))
  const account = profile && (await ports.voiceAccounts.of(profile))
  if (!id || !account) throw new Error('no account')
  const alerts = async () => {
    const listed = ports.store.read(grantCompany(id, job), (tx) =>
      tx.alerts.list({ limit: 10, cursor: undefined, open: true }),
    )
    return (await listed).items.map(({ kind, message }) => ({ kind, message }))
  }
  return { account, alerts, retell, vitals }
}

describe('a desk of companies at Retell', () => {
  it('asks with the platform’s key for a company that names none', async () => {
    const { account, alerts } = await open(() => '')
    expect((await account.check())._unsafeUnwrap()).toEqual({ name: 'Workspace 1' })
    expect(await alerts()).toEqual([])
  })

  it('asks with the key that is kept of the company', async () => {
    const own = (retell: StandInVoicePlatform) => `retell: { api_key: "${retell.addAccount('Salon').key}" }`
    const { account } = await open(own)
    expect((await account.check())._unsafeUnwrap()).toEqual({ name: 'Salon' })
  })

  it('says of a Retell that is down that it is, to those whose account it is, and in its health', async () => {
    const { account, alerts, retell, vitals } = await open(() => '')
    retell.misbehave('get-api-key-info', 'down-500')
    await account.check()
    await account.check()
    await vi.waitFor(
      async () =>
        expect(await alerts()).toEqual([{ kind: 'breaker_open', message: expect.stringMatching(/^Retell failed/) }]),
      { timeout: 5_000 },
    )
    expect(vitals.vendors()).toContainEqual({
      vendor: 'retell',
      accounts: [expect.objectContaining({ breaker: 'open' })],
    })
  })
})
