import { afterEach, describe, expect, it } from 'vitest'
import { randomIds } from '../../../src/adapters/crypto/ids.ts'
import { type UnrulyVoiceAccount, unrulyVoiceAccount } from '../../../src/adapters/memory/voice-account.ts'
import { plainAgent, plainEngine } from '../../../src/adapters/simulation/retell/plain-agent.ts'
import { publishing } from '../../../src/application/agents/publishing.ts'
import { type Application, application } from '../../../src/application/application.ts'
import type { Clock } from '../../../src/application/ports/ambient.ts'
import type { Publication } from '../../../src/application/ports/releases.ts'
import type { VoiceAccount } from '../../../src/application/ports/voice-accounts.ts'
import { MINUTE } from '../../../src/domain/time.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { testDatabase } from '../../databases/test-databases.ts'
import { openDesk, praxis } from '../desk.ts'
import { mitte, ourUrl, theAgent, west } from './release-desk.ts'

const company = 'praxis-mond'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** Stops a process dead after so many answers of Retell, until it is told to go on. */
const stoppable = () => {
  let left: number | undefined
  let reached: () => void = () => undefined
  let stopped: Promise<void> = Promise.resolve()
  const through = (account: VoiceAccount): VoiceAccount =>
    new Proxy(account, {
      get: (target, name) => {
        const operation: unknown = Reflect.get(target, name)
        if (typeof operation !== 'function') return operation
        return async (...args: readonly unknown[]) => {
          const answer: unknown = await operation(...args)
          if (left !== undefined) left -= 1
          if (left === 0) {
            reached()
            await stopped
          }
          return answer
        }
      },
    })
  const stopAfter = (answers: number) => {
    left = answers
    let goOn: () => void = () => undefined
    stopped = new Promise((resolve) => {
      goOn = resolve
    })
    const isStopped = new Promise<void>((resolve) => {
      reached = resolve
    })
    return { isStopped, goOn }
  }
  return { through, stopAfter }
}

/** A practice and its agent, worked on by two processes over one database. */
const begin = async (name: string) => {
  const database = await testDatabase(name).make()
  closing.push(database.drop)
  let retell: UnrulyVoiceAccount | undefined
  const openProcess = async (clock: Clock) => {
    const there = retell ?? unrulyVoiceAccount(clock)
    retell = there
    const { through, stopAfter } = stoppable()
    const opened = await openPorts(database, { clock, ids: randomIds(clock) })
    closing.push(opened.close)
    return { stopAfter, ports: { ...opened.ports, voiceAccounts: { of: async () => through(there) } } }
  }
  const first: Awaited<ReturnType<typeof openProcess>>[] = []
  const desk = await openDesk([praxis], async (clock) => {
    const process = await openProcess(clock)
    first.push(process)
    return process.ports
  })
  const [one] = first
  const other = await openProcess(desk.clock)
  const there = retell
  if (!one || !there) throw new Error('nothing is open')
  const processOf = ({ ports, stopAfter }: typeof other, app: Application) => ({
    stopAfter,
    app,
    releases: publishing(
      {
        ...ports,
        publicUrl: ourUrl,
        gate: async (_scope, _agent, { version }) => ({ version, findings: [], isClosed: false }),
      },
      { workNow: async () => undefined },
    ),
  })
  const processes = [processOf(one, desk.app), processOf(other, application(other.ports))] as const

  there.addElsewhere(
    { ...plainAgent('Empfang'), response_engine: { type: 'retell-llm', llm_id: 'llm' } },
    plainEngine(2),
    { id: theAgent },
  )
  for (const number of [mitte, west]) {
    there.bindElsewhere(number, { inbound_agents: [{ agent_id: theAgent, agent_version: 0, weight: 1 }] })
  }
  const scope = await desk.scopeOf(company)
  await desk.app.startAgentSync(scope)
  await desk.app.seeAgentSync(scope, 20_000)
  const profile = await desk.ports.directory.profile(scope.company)
  if (!profile) throw new Error('no practice')
  const managed = () => desk.look((tx) => tx.agents.byRetellId(theAgent), company)
  const { id } = (await managed()) ?? {}
  if (id === undefined) throw new Error('no agent')
  const draft = async (prompt: string): Promise<void> => {
    const before = (await desk.app.getDraft(scope, theAgent))._unsafeUnwrap().configuration
    const { numbers, engine } = before
    const agent = { ...before.agent, voice_speed: 1 + prompt.length / 100 }
    const next = { agent, engine: { ...engine, general_prompt: prompt }, numbers, message: '' }
    ;(await desk.app.putDraft(scope, profile, theAgent, next))._unsafeUnwrap()
    desk.clock.advance(1_000)
  }
  const publication = async (wanted: Publication) => {
    const found = await processes[0].releases.findPublication(scope, wanted.id)
    if (!found) throw new Error('no publication')
    return found
  }
  const asked = (operation: string) => there.asked().filter((one) => one === operation).length
  /** All that callers reach is this version of Retell’s, and it was decided once. */
  const expectLive = async (retellVersion: number, prompt: string): Promise<void> => {
    const versions = (await there.versions(theAgent))._unsafeUnwrap() ?? []
    expect(versions.map(({ version, isPublished }) => [version, isPublished])).toEqual(
      Array.from({ length: retellVersion + 1 }, (_, at) => [retellVersion - at, true]),
    )
    for (const number of [mitte, west]) {
      const bound = (await there.number(number))._unsafeUnwrap()?.document.inbound_agents
      expect(bound).toEqual([{ agent_id: theAgent, agent_version: retellVersion, weight: 1 }])
    }
    const engine = { kind: 'retell-llm', id: 'engine_of_agent_mond', version: retellVersion }
    expect((await there.engine(engine))._unsafeUnwrap()?.general_prompt).toBe(prompt)
    expect(await managed()).toMatchObject({ liveAtRetell: retellVersion, draft: undefined, syncStatus: 'clean' })
    const { items } = await desk.look((tx) => tx.releases.decisions(id, { limit: 200, cursor: undefined }), company)
    expect(items.filter((one) => one.retellVersion === retellVersion)).toHaveLength(1)
  }
  return { ...desk, retell: there, processes, scope, id, draft, publication, asked, expectLive }
}

const kinds = ['an SQLite file', 'PostgreSQL'] as const

describe.each(kinds)('two processes over %s', { timeout: 60_000 }, (kind) => {
  it('begin and resume one publication between them, and work on it once', async () => {
    const desk = await begin(kind)
    const { processes, scope, id, asked } = desk
    await desk.draft('Neu.')
    const outcomes = await Promise.all(processes.map(({ releases }) => releases.startPublish(scope, id, {})))
    const [started, ...more] = outcomes.flatMap((one) => (one.isOk() ? [one.value] : []))
    if (!started || more.length > 0) throw new Error(`${outcomes.length - more.length} began`)
    expect(outcomes.flatMap((one) => (one.isErr() ? [one.error] : []))).toEqual([
      { kind: 'publication-running', publication: started.id },
    ])
    desk.retell.misbehave('publish', ['refuses'])
    await Promise.all(processes.map(({ app }) => app.seePublication(scope, started, 20_000)))
    expect(await desk.publication(started)).toMatchObject({ state: 'failed' })
    expect(asked('createVersion')).toBe(1)

    const [resuming, undoing] = processes
    const again = await Promise.all([
      resuming.releases.resumePublication(scope, started.id),
      undoing.releases.resumePublication(scope, started.id),
    ])
    const [resumed, ...others] = again.flatMap((one) => (one.isOk() ? [one.value] : []))
    if (!resumed || others.length > 0) throw new Error('both resumed')
    await Promise.all(processes.map(({ app }) => app.seePublication(scope, resumed, 20_000)))
    expect(await desk.publication(started)).toMatchObject({ state: 'published' })
    expect([asked('createVersion'), asked('publish')]).toEqual([1, 2])
    await desk.expectLive(1, 'Neu.')
  })

  it('come to one end where the one goes on after the other took it for dead', async () => {
    const desk = await begin(kind)
    const [one, other] = desk.processes
    const moments = [
      [6, 4],
      [9, 14],
      [12, 100],
      [17, 12],
      [24, 3],
      [30, 22],
    ] as const
    for (const [at, [first, second]] of moments.entries()) {
      const prompt = `Zum ${at + 1}. Mal.`
      await desk.draft(prompt)
      const started = (await one.releases.startPublish(desk.scope, desk.id, {}))._unsafeUnwrap()
      const stop = one.stopAfter(first)
      const stopOther = other.stopAfter(second)
      const works = one.app.seePublication(desk.scope, started, 20_000)
      await Promise.race([stop.isStopped, works])
      desk.clock.advance(3 * MINUTE)
      const takesOver = other.app.seePublication(desk.scope, started, 20_000)
      await Promise.race([stopOther.isStopped, takesOver])
      stop.goOn()
      await works
      stopOther.goOn()
      await takesOver
      expect([at, (await desk.publication(started)).state]).toEqual([at, 'published'])
      await desk.expectLive(at + 1, prompt)
      expect(desk.asked('createVersion')).toBe(at + 1)
    }
  })
})
