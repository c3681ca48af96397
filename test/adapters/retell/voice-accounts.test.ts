import { afterEach, describe, expect, it } from 'vitest'
import { inProcessLimits } from '../../../src/adapters/cache/in-process.ts'
import { startRetell } from '../../../src/adapters/simulation/retell/start-retell.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import type { CompanyId } from '../../../src/domain/ids.ts'
import { secret } from '../../../src/domain/secret.ts'
import { pause, race, unhurried } from '../../contracts/fixtures.ts'
import { openAccount } from './local-retell.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
const begin = async (...how: Parameters<typeof openAccount>) => {
  const opened = await openAccount(...how)
  closers.push(opened.close)
  return opened
}
const counted = () => ({ limits: inProcessLimits({ realTime }) })

describe('the accounts of companies', unhurried, () => {
  it('are the company’s own, and the platform’s only for a company that names none', async () => {
    const { accounts, account, companies, retell } = await begin({ secretOf: async () => secret('key_of_praxis') })
    expect((await account.check())._unsafeUnwrap()).toEqual({ name: 'Workspace 1' })
    const own = await accounts.of(companies.praxis)
    expect((await own?.check())?._unsafeUnwrapErr()).toMatchObject({ kind: 'misconfigured' })
    expect(own?.name).not.toBe(account.name)
    expect(retell.seen().map((one) => one.account)).toEqual(['Workspace 1', undefined])
  })

  it('are none where there is no key, also where the platform has one', async () => {
    const { accounts, companies } = await begin({ secretOf: async () => undefined })
    expect(await accounts.of(companies.praxis)).toBeUndefined()
    const without = await begin({ platformKey: secret('x') })
    expect(await without.accounts.of(companies.salon)).toBeDefined()
  })

  it('say of a key or an address that is none what to do, and ask nobody', async () => {
    const { account, retell } = await begin({ platformKey: secret('two words') })
    expect((await account.check())._unsafeUnwrapErr()).toMatchObject({
      kind: 'misconfigured',
      detail: expect.stringContaining('characters'),
    })
    const elsewhere = await begin({ baseUrl: 'retell' })
    expect((await elsewhere.account.check())._unsafeUnwrapErr().detail).toContain('RETELL_BASE_URL')
    expect(retell.seen()).toEqual([])
  })

  it('share the turns and the breaker of one key, and nothing with another', async () => {
    const retell = await startRetell({ now: () => 0 })
    closers.push(retell.close)
    const other = retell.addAccount('Other')
    const told: (readonly [readonly CompanyId[], string])[] = []
    const { accounts, companies } = await begin({
      baseUrl: retell.url,
      platformKey: secret(retell.key),
      secretOf: async () => secret(other.key),
      restMs: 400,
      onBreaker: (ids, state) => told.push([ids, state]),
    })
    const twin = { ...companies.salon, id: companies.salon.id.replace(/.$/, 'z') as CompanyId }
    const ask = async (company: typeof twin) => (await (await accounts.of(company))?.check())?.isOk()
    retell.misbehave('get-api-key-info', Array(6).fill('down-500'))
    expect(await ask(companies.salon)).toBe(false)
    expect(await ask(twin)).toBe(false)
    const asked = retell.seen().length
    expect(asked).toBe(5)
    expect(await ask(companies.salon)).toBe(false)
    expect(retell.seen()).toHaveLength(asked)
    retell.recover()
    expect(await ask(companies.praxis)).toBe(true)
    await pause(450)
    expect(await ask(companies.salon)).toBe(true)
    expect(told).toEqual([
      [[companies.salon.id, twin.id], 'open'],
      [[companies.praxis.id], 'closed'],
      [[companies.salon.id, twin.id], 'closed'],
    ])
    expect(accounts.health()).toMatchObject({
      vendor: 'retell',
      accounts: [
        { companies: [companies.praxis.id], breaker: 'closed' },
        { companies: [companies.salon.id, twin.id], breaker: 'closed' },
      ],
    })
  })

  it('are asked ten times a second and no more, however many ask at once', async () => {
    const { account, retell } = await begin(counted())
    const id = retell.addAgent()
    const begun = performance.now()
    const answers = await race(50, () => account.agent(id, 'latest'))
    expect(answers.every((answer) => answer.isOk())).toBe(true)
    expect(retell.seen()).toHaveLength(50)
    expect(retell.busiestSecond()).toBeLessThanOrEqual(10)
    expect(performance.now() - begun).toBeLessThan(9_000)
  })

  it('are not asked more often where requests are long on their way', async () => {
    const { account, retell } = await begin(counted())
    const asked = race(20, () => account.check())
    await new Promise((resolve) => setImmediate(resolve))
    const end = performance.now() + 300
    while (performance.now() < end);
    expect((await asked).every((answer) => answer.isOk())).toBe(true)
    expect(retell.busiestSecond()).toBeLessThanOrEqual(10)
  })

  it('count repeats and lists among these, and keep to another number where one is set', async () => {
    const { account, retell } = await begin({ ...counted(), requestsPerSecond: 4 })
    const id = retell.addAgent()
    retell.misbehave('get-agent', ['down-500', 'breaks-off', 'down-500'])
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => account.agent(id, 'latest')),
      account.agents({}),
      account.versions(id),
    ])
    expect(answers.every((answer) => answer.isOk())).toBe(true)
    expect(retell.seen().length).toBe(13)
    expect(retell.busiestSecond()).toBeLessThanOrEqual(4)
  })

  it('leave turns to people who wait while agents are read by the thousand', async () => {
    const { accounts, companies, retell } = await begin(counted())
    const id = retell.addAgent()
    const [reading, waiting] = [await accounts.of(companies.salon, 'background'), await accounts.of(companies.salon)]
    const read = race(40, async () => reading?.agent(id, 'latest'))
    await pause(100)
    const begun = performance.now()
    expect((await waiting?.check())?.isOk()).toBe(true)
    expect(performance.now() - begun).toBeLessThan(500)
    expect((await read).filter((answer) => answer?.isOk()).length).toBe(40)
    expect(retell.busiestSecond()).toBeLessThanOrEqual(10)
  })

  it('wait as long as Retell says where they asked too often', async () => {
    const { account, retell } = await begin(counted())
    retell.misbehave('get-api-key-info', [{ limitedForSeconds: 2 }])
    const begun = performance.now()
    expect((await account.check()).isOk()).toBe(true)
    expect(performance.now() - begun).toBeGreaterThan(1_900)
    retell.misbehave('get-api-key-info', ['limited'])
    expect((await account.check()).isOk()).toBe(true)
  })

  it('read a thousand agents in one list', async () => {
    const { account, retell } = await begin(counted())
    const begun = performance.now()
    const ids = retell.seedAgents(1_000, { toolsEach: 5 })
    const listed = (await account.agents({}))._unsafeUnwrap()
    expect(listed.items.map((one) => one.retellAgentId)).toEqual(ids)
    expect(listed.next).toBeUndefined()
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})
