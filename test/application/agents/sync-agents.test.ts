import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { syncAgents } from '../../../src/application/agents/sync-agents.ts'
import type { VoiceAccount } from '../../../src/application/ports/voice-accounts.ts'
import { after, MINUTE } from '../../../src/domain/time.ts'
import { praxis, salon } from '../desk.ts'
import { type AgentDesk, numberOf, openAgentDesk } from './agent-desk.ts'

const mitte = numberOf('030 23125111')
const hotline = numberOf('030 23125102')
const ids = (count: number) => Array.from({ length: count }, (_, index) => `agent_${String(index).padStart(2, '0')}`)
const named = ['agent_mond', 'agent_mond_west']

const withThirty = async () => {
  const desk = await openAgentDesk()
  for (const id of [...named, ...ids(28)]) desk.addAgent(id)
  return desk
}

/** What was asked since. */
const asking = ({ retell }: AgentDesk) => {
  const before = retell.asked().length
  return () => retell.asked().slice(before)
}

const count = (operations: readonly string[], operation: string) => operations.filter((one) => one === operation).length

describe('reading the agents of an account in', () => {
  it('learns all of them with their progress, and says so to those who watch', async () => {
    const desk = await withThirty()
    desk.retell.bindElsewhere(mitte, { inbound_agents: [{ agent_id: 'agent_mond', agent_version: 0, weight: 1 }] })
    const sync = await desk.sync()
    expect(sync).toMatchObject({ state: 'done', total: 30, read: 30, changed: 30, failed: 0, waiting: [] })
    expect(await desk.agent('agent_mond')).toMatchObject({
      ...{ slug: 'agent-agent-mond', name: 'Agent agent_mond', language: 'de-DE', engine: 'retell-llm', isGone: false },
      ...{ draft: undefined, base: 1, theirs: 1, live: 1, liveAtRetell: 0, syncStatus: 'clean', numbers: [mitte] },
      ...{ seen: { newest: 0, newestIsPublished: true, published: 0 }, syncedAt: desk.clock.now() },
    })
    expect(await desk.history('agent_07')).toMatchObject([{ number: 1, origin: 'seen', retellVersion: 0 }])
    expect(await desk.look((tx) => tx.jobs.find(sync.id), 'praxis-mond')).toMatchObject({
      ...{ state: 'done', progress: { done: 30, total: 30 } },
    })
    const events = await desk.events()
    expect(events.filter(({ kind }) => kind === 'agent.updated')).toHaveLength(30)
    expect(events.filter(({ kind }) => kind === 'job.progress').length).toBeLessThan(12)
  })

  it('asks one question for each agent that did not change, and one more for a draft', async () => {
    const desk = await withThirty()
    desk.retell.editElsewhere('agent_03', { agent: { volume: 1.5 } })
    await desk.sync()
    const asked = asking(desk)
    await desk.sync()
    expect(count(asked(), 'versions')).toBe(30)
    expect(count(asked(), 'engine')).toBe(1)
    expect(count(asked(), 'agent')).toBe(0)
    expect(count(asked(), 'numbers')).toBe(1)
    expect(asked()).toHaveLength(33)
  })

  it('sees the engine of a draft change where the agent does not show it', async () => {
    const desk = await openAgentDesk([praxis], 'praxis-mond', (account) => ({
      ...account,
      versions: async (id) =>
        (await account.versions(id)).map((versions) =>
          versions?.map((one) => ({ ...one, modifiedAt: desk.clock.now() })),
        ),
    }))
    desk.addAgent('agent_mond')
    desk.retell.editElsewhere('agent_mond', { engine: { general_prompt: 'Erst.' } })
    await desk.sync()
    desk.retell.editElsewhere('agent_mond', { engine: { general_prompt: 'Dann.' } })
    await desk.sync()
    expect(await desk.agent('agent_mond')).toMatchObject({ syncStatus: 'theirs_ahead', base: 2, theirs: 3, live: 1 })
    const now = await desk.agent('agent_mond')
    const seen = await desk.look((tx) => tx.agents.configuration(now.id, 3), 'praxis-mond')
    expect(seen?.engine?.general_prompt).toBe('Dann.')
  })

  it('keeps what was known of an agent that cannot be read, and reads the others', async () => {
    const desk = await withThirty()
    await desk.sync()
    for (const id of ids(28)) desk.retell.editElsewhere(id, { agent: { agent_name: `New ${id}` } })
    desk.retell.misbehave('agent', [undefined, 'refuses', undefined, 'down'])
    const sync = await desk.sync()
    expect(sync).toMatchObject({ state: 'done', total: 30, read: 28, failed: 2, changed: 26 })
    const failed = (await desk.list()).filter(({ syncError }) => syncError !== undefined)
    expect(failed).toHaveLength(2)
    for (const one of failed) expect(one).toMatchObject({ syncStatus: 'clean', base: 1, theirs: 1, isGone: false })
    desk.retell.misbehave('agent', undefined)
    expect(await desk.sync()).toMatchObject({ read: 30, failed: 0, changed: 2 })
    expect((await desk.list()).filter(({ syncError }) => syncError !== undefined)).toEqual([])
  })

  it.each([
    ['agents', 'down'],
    ['numbers', 'down'],
    ['versions', 'down'],
    ['versions', 'wrong-key'],
    ['agents', 'wrong-key'],
  ] as const)('ends with an alert when Retell fails altogether (%s, %s), and keeps everything', async (what, fault) => {
    const desk = await withThirty()
    await desk.sync()
    const before = await desk.list()
    desk.retell.misbehave(what, fault)
    const sync = await desk.sync()
    expect(sync).toMatchObject({ state: 'failed', waiting: [] })
    expect(sync.error).toContain('Retell')
    expect(await desk.alerts()).toEqual(['sync_failed'])
    expect((await desk.list()).map((one) => ({ ...one, syncError: undefined }))).toEqual(before)
    desk.retell.misbehave(what, undefined)
    expect(await desk.sync()).toMatchObject({ state: 'done', read: 30, failed: 0 })
    expect(await desk.alerts()).toEqual([])
  })

  it('goes on where a killed worker was, reads nothing twice and loses nothing', async () => {
    const looked: string[] = []
    const desk = await openAgentDesk([praxis], 'praxis-mond', (account) => ({
      ...account,
      versions: (id) => {
        looked.push(id)
        return account.versions(id)
      },
    }))
    for (const id of [...named, ...ids(28)]) desk.addAgent(id)
    const { id } = await desk.app.startAgentSync(desk.scope)
    const portion = { ms: 45_000, agents: 8, atOnce: 4 }
    for (let run = 0; run < 2; run += 1) {
      // The worker dies after each portion: nobody settles its job.
      const now = desk.clock.now()
      const job = (await desk.ports.jobs.claim(now, 10, after(now, MINUTE))).find((one) => one.id === id)
      if (!job) throw new Error('The job is not there.')
      const outcome = await syncAgents(desk.ports, portion)(desk.scope, { ...job, payload: {} }, now)
      expect(outcome).toMatchObject({ kind: 'done', again: now })
      desk.clock.advance(3 * MINUTE)
    }
    expect(await desk.look((tx) => tx.agentSyncs.find(id), 'praxis-mond')).toMatchObject({ state: 'running', read: 16 })
    expect((await desk.app.startAgentSync(desk.scope)).id).toBe(id)
    await desk.work()
    expect(await desk.look((tx) => tx.agentSyncs.find(id), 'praxis-mond')).toMatchObject({ state: 'done', read: 30 })
    expect(looked.toSorted()).toEqual([...named, ...ids(28)].toSorted())
    expect(count(desk.retell.asked(), 'agents')).toBe(1)
    expect(await desk.list()).toHaveLength(30)
  })

  it('shows as gone what Retell has no longer, and as back what it has again', async () => {
    const desk = await withThirty()
    await desk.sync()
    desk.retell.removeElsewhere('agent_05')
    expect(await desk.sync()).toMatchObject({ read: 30, changed: 1 })
    expect(await desk.agent('agent_05')).toMatchObject({ isGone: true, base: 1 })
    expect((await desk.app.listAgents(desk.scope, { limit: 200, cursor: undefined })).items).toHaveLength(29)
    desk.addAgent('agent_05')
    await desk.sync()
    expect(await desk.agent('agent_05')).toMatchObject({ isGone: false, syncStatus: 'clean' })
  })

  it('names what is missing that the company file names', async () => {
    const desk = await openAgentDesk()
    expect(await desk.list()).toMatchObject([
      { slug: 'agent-mond', syncStatus: 'unknown', retellAgentId: 'agent_mond' },
      { slug: 'agent-mond-west', syncStatus: 'unknown' },
    ])
    desk.addAgent('agent_mond')
    await desk.sync()
    expect(await desk.agent('agent_mond_west')).toMatchObject({
      ...{ isGone: false, syncStatus: 'unknown', syncError: expect.stringContaining('no agent of this id') },
    })
  })

  it('is one at a time, and can be had again afterwards', async () => {
    const desk = await withThirty()
    const first = await desk.app.startAgentSync(desk.scope)
    expect((await desk.app.startAgentSync(desk.scope)).id).toBe(first.id)
    await desk.work()
    const second = await desk.app.startAgentSync(desk.scope)
    expect(second).toMatchObject({ state: 'running', read: 0 })
    await desk.work()
    expect(await desk.look((tx) => tx.agentSyncs.newest(), 'praxis-mond')).toMatchObject({ state: 'done', read: 30 })
  })

  it('believes no look that was overtaken by a newer one', async () => {
    let meanwhile: (() => Promise<void>) | undefined
    const desk = await openAgentDesk([praxis], 'praxis-mond', (account) => ({
      ...account,
      versions: async (id) => {
        const versions = await account.versions(id)
        const act = meanwhile
        meanwhile = undefined
        await act?.()
        return versions
      },
    }))
    desk.addAgent('agent_mond')
    await desk.sync()
    meanwhile = async () => {
      desk.clock.advance(MINUTE)
      desk.retell.editElsewhere('agent_mond', { agent: { volume: 1.5 } })
      await desk.app.refreshAgent(desk.scope, 'agent_mond', { fresh: true })
    }
    await desk.sync()
    expect(await desk.agent('agent_mond')).toMatchObject({ syncStatus: 'theirs_ahead', seen: { newest: 1 } })
  })

  it('leaves an agent to whoever publishes it at this moment', async () => {
    const desk = await openAgentDesk()
    desk.addAgent('agent_mond')
    await desk.sync()
    const { id } = await desk.agent('agent_mond')
    const now = desk.clock.now()
    const before = { liveVersion: 1, liveAtRetell: 0, newestAtRetell: 0, bindings: [] }
    await desk.ports.store.transact(desk.scope, async (tx) => {
      await tx.releases.savePublication({
        ...{ id: 'pub_00000001', agent: id, job: 'job_00000001', version: 1, retellVersion: undefined, before },
        ...{ numbers: [], isCandidate: false, draftSeen: undefined, kind: 'publish', state: 'running', steps: [] },
        ...{ actor: desk.scope.actor, message: '', startedAt: now, endedAt: undefined },
      })
      return ok()
    })
    desk.retell.editElsewhere('agent_mond', { agent: { volume: 1.5 } })
    expect(await desk.sync()).toMatchObject({ state: 'done', changed: 0 })
    expect(await desk.agent('agent_mond')).toMatchObject({ syncStatus: 'clean', theirs: 1 })
  })

  it('leaves chats alone', async () => {
    const chats: (account: VoiceAccount) => VoiceAccount = (account) => ({
      ...account,
      agents: async (page) =>
        (await account.agents(page)).map((found) => ({
          ...found,
          items: found.items.map((one) => ({ ...one, channel: one.retellAgentId === 'agent_00' ? 'chat' : 'voice' })),
        })),
    })
    const desk = await openAgentDesk([praxis], 'praxis-mond', chats)
    for (const id of [...named, ...ids(2)]) desk.addAgent(id)
    expect(await desk.sync()).toMatchObject({ total: 3 })
  })
})

describe('reading in what a company has in an account that it shares', () => {
  const other = salon
    .replace('slug: salon-sonne, name: Salon Sonne,', 'slug: salon-stern, name: Salon Stern,')
    .replaceAll('030 23125101', '030 23125121')
    .replaceAll('030 23125102', '030 23125122')
    .replaceAll('agent_mitte', 'agent_stern')
    .replaceAll('agent_west', 'agent_stern_west')
    .concat('agents: [{ slug: nacht, retell_agent_id: agent_nacht }]\n')

  const open = async (mine: string = salon) => {
    const desk = await openAgentDesk([mine, other], 'salon-sonne')
    for (const id of ['agent_mitte', 'agent_west', 'agent_stern', 'agent_nacht', 'agent_line', 'agent_nobody']) {
      desk.addAgent(id)
    }
    return desk
  }

  it('sees what its file names and its numbers ring, and nothing else', async () => {
    const desk = await open()
    desk.retell.bindElsewhere(hotline, { inbound_agents: [{ agent_id: 'agent_line', weight: 1 }] })
    desk.retell.bindElsewhere(numberOf('030 23125121'), { inbound_agents: [{ agent_id: 'agent_nobody', weight: 1 }] })
    expect(await desk.sync()).toMatchObject({ state: 'done', total: 3, failed: 0 })
    const known = (await desk.list()).map(({ retellAgentId }) => retellAgentId)
    expect(known.toSorted()).toEqual(['agent_line', 'agent_mitte', 'agent_west'])
    const numbers = await desk.look((tx) => tx.seenNumbers.list())
    expect(numbers.map((one) => [one.number, one.isThere])).toEqual([
      [numberOf('030 23125101'), false],
      [hotline, true],
    ])
    for (const id of ['agent_stern', 'agent_nacht', 'agent_nobody', 'agent_none']) {
      expect((await desk.app.resolveAgent(desk.scope, id))._unsafeUnwrapErr()).toEqual({ kind: 'not-found' })
      expect((await desk.app.refreshAgent(desk.scope, id))._unsafeUnwrapErr()).toEqual({ kind: 'not-found' })
    }
  })

  it.each(['agent_stern', 'agent_nacht'])('never sees %s, which another company names as well', async (theirs) => {
    const desk = await open(salon.concat(`agents: [{ slug: abend, retell_agent_id: ${theirs} }]\n`))
    desk.retell.bindElsewhere(hotline, { inbound_agents: [{ agent_id: theirs, weight: 1 }] })
    await desk.sync()
    expect((await desk.list()).map(({ retellAgentId }) => retellAgentId)).not.toContain(theirs)
    expect((await desk.app.resolveAgent(desk.scope, 'abend')).isErr()).toBe(true)
    expect((await desk.app.refreshAgent(desk.scope, theirs, { fresh: true })).isErr()).toBe(true)
  })

  it('takes leave of an agent that another company names later', async () => {
    const mine = salon.concat('agents: [{ slug: abend, retell_agent_id: agent_nobody }]\n')
    const desk = await open(mine)
    await desk.sync()
    expect((await desk.app.resolveAgent(desk.scope, 'abend')).isOk()).toBe(true)
    const { readCompanyFile } = await import('../../../src/adapters/company-file/read-company-file.ts')
    const file = readCompanyFile(other.replaceAll('agent_stern_west', 'agent_nobody'), {})._unsafeUnwrap()
    await desk.app.applyCompany(desk.platform, file, { prune: false, dryRun: false })
    expect((await desk.app.resolveAgent(desk.scope, 'abend')).isErr()).toBe(true)
    expect((await desk.list()).map(({ slug }) => slug)).not.toContain('abend')
    await desk.sync()
    expect(await desk.agent('agent_nobody')).toMatchObject({ isGone: true })
  })
})
