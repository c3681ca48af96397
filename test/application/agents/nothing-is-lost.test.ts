import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AgentConfiguration } from '../../../src/domain/agents/configuration.ts'
import { pathText } from '../../../src/domain/agents/patch.ts'
import { openAgentDesk } from './agent-desk.ts'

const step = fc.oneof(
  fc.record({
    what: fc.constant('edit' as const),
    volume: fc.integer({ min: 1, max: 3 }),
    prompt: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    what: fc.constant('their edit' as const),
    volume: fc.integer({ min: 1, max: 3 }),
    prompt: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    what: fc.constantFrom(
      'sync' as const,
      'their publication' as const,
      'look' as const,
      'pull' as const,
      'overwriting pull' as const,
      'merge ours' as const,
      'merge theirs' as const,
      'discard' as const,
      'restore' as const,
      'fault' as const,
    ),
  }),
)

const saying = ({ agent, engine }: AgentConfiguration): string => `${agent.volume ?? '-'} ${engine?.general_prompt}`

it('never loses what either side had, in whatever order things happen', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const desk = await openAgentDesk()
      const { app, scope, retell } = desk
      const name = 'agent_mond'
      const profile = await desk.ports.directory.profile(scope.company)
      if (!profile) throw new Error('There is no practice.')
      desk.addAgent(name)
      desk.addAgent('agent_mond_west')
      await desk.sync()
      const saved = new Set<string>()
      const shown = async () => (await app.getDraft(scope, name))._unsafeUnwrap()
      const ours = async () => {
        const { isDraft, configuration } = await shown()
        return isDraft ? saying(configuration) : undefined
      }
      const there = async () => {
        const agent = (await retell.agent(name, 'latest'))._unsafeUnwrap()
        const engine = (
          await retell.engine({ kind: 'retell-llm', id: `engine_of_${name}`, version: undefined })
        )._unsafeUnwrap()
        return saying({ agent: agent ?? {}, engine, numbers: [] })
      }
      for (const one of steps) {
        const before = await ours()
        switch (one.what) {
          case 'edit': {
            const { configuration } = await shown()
            const wanted = {
              agent: { ...configuration.agent, volume: one.volume },
              engine: { ...configuration.engine, general_prompt: `P${one.prompt}` },
              numbers: [],
              message: '',
            }
            const put = await app.putDraft(scope, profile, name, wanted)
            saved.add(saying(put._unsafeUnwrap().configuration))
            expect(saying(put._unsafeUnwrap().configuration)).toBe(`${one.volume} P${one.prompt}`)
            break
          }
          case 'their edit':
            retell.editElsewhere(name, { agent: { volume: one.volume }, engine: { general_prompt: `P${one.prompt}` } })
            break
          case 'their publication':
            retell.publishElsewhere(name)
            break
          case 'sync':
          case 'look': {
            if (one.what === 'sync') await desk.sync()
            else await app.refreshAgent(scope, name, { fresh: true })
            saved.add(await there())
            const now = await ours()
            // A draft gives way to the same content alone.
            if (before !== undefined && now !== before) expect(await there()).toBe(before)
            if (before === undefined) expect(now).toBeUndefined()
            break
          }
          case 'pull':
            if ((await app.pullAgent(scope, name)).isErr()) expect(await ours()).toBe(before)
            break
          case 'overwriting pull':
            await app.pullAgent(scope, name, { overwrite: true })
            expect(await desk.agent(name)).toMatchObject({ syncStatus: 'clean' })
            expect([undefined, await there()]).toContain(await ours())
            break
          case 'merge ours':
          case 'merge theirs': {
            const { conflicts } = (await app.driftDetail(scope, name))._unsafeUnwrap()
            const side = one.what === 'merge ours' ? 'ours' : 'theirs'
            const decisions = new Map(conflicts.map(({ path }) => [pathText(path), side] as const))
            const merged = (await app.mergeAgent(scope, name, { decisions, message: '' }))._unsafeUnwrap()
            expect(merged).toMatchObject({ kind: 'merged' })
            expect(['clean', 'ours_ahead']).toContain((await desk.agent(name)).syncStatus)
            break
          }
          case 'discard':
            await app.discardDraft(scope, name)
            break
          case 'restore':
            await app.restoreAgentVersion(scope, name, 1, { message: '' })
            break
          case 'fault':
            retell.misbehave('agent', 'down')
            await desk.sync()
            retell.misbehave('agent', undefined)
            expect(await ours()).toBe(before)
        }
      }
      const agent = await desk.agent(name)
      const known = await desk.look(async (tx) => {
        const versions = await tx.agents.versions(agent.id, { limit: 200, cursor: undefined })
        const found = new Set<string>()
        for (const { number } of versions.items) {
          const configuration = await tx.agents.configuration(agent.id, number)
          if (configuration) found.add(saying(configuration))
        }
        return found
      }, 'praxis-mond')
      expect([...saved].filter((one) => !known.has(one))).toEqual([])
    }),
    { numRuns: 40 },
  )
})
