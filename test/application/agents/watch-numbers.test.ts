import { describe, expect, it } from 'vitest'
import { numberOf, openAgentDesk } from './agent-desk.ts'

const [mitte, west] = [numberOf('030 23125111'), numberOf('030 23125112')]
const webhook = 'http://127.0.0.1:3000/webhooks/retell'
const ring = (agent: string, version: number) => ({
  inbound_agents: [{ agent_id: agent, agent_version: version, weight: 1 }],
  inbound_webhook_url: webhook,
})

/** The practice, whose two branches are answered by their agents as they should be. */
const watched = async () => {
  const desk = await openAgentDesk()
  for (const [id, number] of [
    ['agent_mond', mitte],
    ['agent_mond_west', west],
  ] as const) {
    desk.addAgent(id, { agent: { webhook_url: webhook } })
    desk.retell.bindElsewhere(number, ring(id, 0))
  }
  await desk.sync()
  const look = async () => (await desk.app.watchNumbers(desk.scope))._unsafeUnwrap()
  const faults = async () => (await look()).flatMap((one) => one.faults.map(({ kind }) => kind))
  return { desk, faults }
}

describe('the watch over numbers', () => {
  it('finds nothing where everything is as it should be', async () => {
    const { desk, faults } = await watched()
    expect(await faults()).toEqual([])
    expect(await desk.alerts()).toEqual([])
  })

  it.each([
    ['nobody answers', { inbound_agents: [] }, 'number_without_agent'],
    ['somebody else answers', ring('agent_mond_west', 0), 'number_wrong_agent'],
    ['an old version answers', ring('agent_mond', 7), 'number_old_version'],
    ['Retell asks nobody', { inbound_webhook_url: null }, 'number_without_webhook'],
  ])('raises an alert when %s, and resolves it when that is mended', async (_name, document, kind) => {
    const { desk, faults } = await watched()
    desk.retell.bindElsewhere(mitte, document)
    expect(await faults()).toEqual([kind])
    expect(await faults()).toEqual([kind])
    expect(await desk.alerts()).toEqual([kind])
    desk.retell.bindElsewhere(mitte, ring('agent_mond', 0))
    expect(await faults()).toEqual([])
    expect(await desk.alerts()).toEqual([])
  })

  it('shows where a number asks without the secrets in that address', async () => {
    const { desk } = await watched()
    desk.retell.bindElsewhere(mitte, { inbound_webhook_url: 'https://old.example/in?lang=de&token=abc123' })
    expect((await desk.app.watchNumbers(desk.scope)).isOk()).toBe(true)
    const seen = (await desk.app.watchedNumbers(desk.scope)).find(({ number }) => number === mitte)?.seen
    expect(seen?.inboundWebhookUrl).toBe('https://old.example/in?lang=de&token=[secret 1]')
  })

  it('looks again by itself', async () => {
    const { desk } = await watched()
    desk.retell.bindElsewhere(mitte, { inbound_agents: [] })
    desk.clock.advance(16 * 60_000)
    await desk.work()
    expect(await desk.alerts()).toContain('number_without_agent')
  })

  it('changes nothing while Retell does not answer', async () => {
    const { desk, faults } = await watched()
    desk.retell.bindElsewhere(mitte, { inbound_agents: [] })
    await faults()
    desk.retell.misbehave('numbers', 'down')
    expect((await desk.app.watchNumbers(desk.scope))._unsafeUnwrapErr()).toMatchObject({ kind: 'retell-unreachable' })
    expect(await desk.alerts()).toEqual(['number_without_agent'])
    expect((await desk.app.watchedNumbers(desk.scope)).map(({ faults: known }) => known.length)).toEqual([1, 0])
  })
})

describe('registering', () => {
  it('has Retell ask us about ringing calls, and proves it', async () => {
    const { desk, faults } = await watched()
    desk.retell.bindElsewhere(mitte, { inbound_webhook_url: 'https://old.example', nickname: 'Kept' })
    const registered = (await desk.app.registerNumbers(desk.scope))._unsafeUnwrap()
    expect(registered.map(({ outcome }) => outcome).toSorted()).toEqual(['set', 'was-set'])
    expect((await desk.retell.number(mitte))._unsafeUnwrap()?.document).toMatchObject({
      nickname: 'Kept',
      inbound_webhook_url: webhook,
      inbound_agents: [{ agent_id: 'agent_mond' }],
    })
    expect(await faults()).toEqual([])
  })

  it.each(['does-nothing', 'down'] as const)('says so when Retell %s', async (fault) => {
    const { desk } = await watched()
    desk.retell.bindElsewhere(mitte, { inbound_webhook_url: null })
    desk.retell.misbehave('changeNumber', fault)
    const registered = (await desk.app.registerNumbers(desk.scope))._unsafeUnwrap()
    expect(registered.find(({ number }) => number === mitte)).toMatchObject({ outcome: 'failed' })
  })

  it('believes what Retell has, though its answer was lost', async () => {
    const { desk } = await watched()
    desk.retell.bindElsewhere(mitte, { inbound_webhook_url: null })
    desk.retell.misbehave('changeNumber', 'breaks-off-after')
    const registered = (await desk.app.registerNumbers(desk.scope))._unsafeUnwrap()
    expect(registered.find(({ number }) => number === mitte)).toMatchObject({ outcome: 'set' })
  })
})
