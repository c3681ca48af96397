import { describe, expect, it } from 'vitest'
import { openAgentDesk } from './agent-desk.ts'

const all = { limit: 200, cursor: undefined }

/** Seen once, and edited twice: the volume, then the prompt. */
const open = async () => {
  const desk = await openAgentDesk()
  desk.addAgent('agent_mond')
  desk.addAgent('agent_mond_west')
  await desk.sync()
  const profile = await desk.ports.directory.profile(desk.scope.company)
  if (!profile) throw new Error('There is no practice.')
  const put = async (agent: object, engine: object, message: string) => {
    const { configuration } = (await desk.app.getDraft(desk.scope, 'agent_mond'))._unsafeUnwrap()
    const wanted = {
      agent: { ...configuration.agent, ...agent },
      engine: { ...configuration.engine, ...engine },
      numbers: [],
      message,
    }
    return (await desk.app.putDraft(desk.scope, profile, 'agent_mond', wanted))._unsafeUnwrap()
  }
  await put({ volume: 1.1 }, {}, 'Lauter.')
  await put({}, { general_prompt: 'Sie sprechen Deutsch. Sie siezen.' }, 'Höflicher.')
  return { ...desk, put }
}

describe('the history of an agent', () => {
  it('names every version, newest first, with who made it, why and from what', async () => {
    const { app, scope } = await open()
    const page = (await app.listAgentVersions(scope, 'agent_mond', { limit: 2, cursor: undefined }))._unsafeUnwrap()
    expect(page.items).toMatchObject([
      { number: 3, origin: 'edited', message: 'Höflicher.', parents: [2], retellVersion: undefined },
      { number: 2, origin: 'edited', message: 'Lauter.', parents: [1] },
    ])
    const rest = await app.listAgentVersions(scope, 'agent_mond', { limit: 2, cursor: page.next })
    expect(rest._unsafeUnwrap().items).toMatchObject([{ number: 1, origin: 'seen', retellVersion: 0 }])
    expect((await app.listAgentVersions(scope, 'niemand', all))._unsafeUnwrapErr()).toEqual({ kind: 'not-found' })
  })

  it('shows each whole, without its secrets', async () => {
    const { app, scope } = await open()
    const { version, configuration } = (await app.agentVersionDetail(scope, 'agent_mond', 2))._unsafeUnwrap()
    expect([version.number, configuration.agent.volume]).toEqual([2, 1.1])
    expect(JSON.stringify(configuration)).not.toContain('secret-of-the-tool')
    expect((await app.agentVersionDetail(scope, 'agent_mond', 9))._unsafeUnwrapErr()).toEqual({ kind: 'not-found' })
  })

  it('says how any two differ, and how one differs from what it was made of', async () => {
    const { app, scope } = await open()
    const diff = async (number: number, against?: number) =>
      (await app.diffAgentVersions(scope, 'agent_mond', number, against)).map(({ from, to, changes }) => [
        [from.number, to.number],
        changes.summary.sections.map(({ section }) => section),
      ])
    expect((await diff(3))._unsafeUnwrap()).toEqual([[2, 3], ['prompts']])
    expect((await diff(3, 1))._unsafeUnwrap()).toEqual([
      [1, 3],
      ['prompts', 'agent'],
    ])
    expect((await diff(1, 3))._unsafeUnwrap()).toEqual([
      [3, 1],
      ['prompts', 'agent'],
    ])
    expect((await diff(1))._unsafeUnwrap()).toEqual([[1, 1], []])
    expect((await diff(3, 8))._unsafeUnwrapErr()).toEqual({ kind: 'not-found' })
  })

  it('restores an old version as a draft of its own, and keeps what was there', async () => {
    const desk = await open()
    const { app, scope } = desk
    const wish = { message: 'Doch lauter.', ifVersion: 3 }
    const draft = (await app.restoreAgentVersion(scope, 'agent_mond', 2, wish))._unsafeUnwrap()
    expect(draft).toMatchObject({ version: 5, isDraft: true, configuration: { agent: { volume: 1.1 } } })
    expect((await desk.history('agent_mond')).slice(3)).toMatchObject([
      { number: 4, origin: 'backup', parents: [3] },
      { number: 5, origin: 'restored', parents: [2], message: 'Doch lauter.' },
    ])
    const late = await app.restoreAgentVersion(scope, 'agent_mond', 1, wish)
    expect(late._unsafeUnwrapErr()).toEqual({ kind: 'agent-changed-meanwhile', version: 5 })
    const back = (await app.restoreAgentVersion(scope, 'agent_mond', 1, { message: '' }))._unsafeUnwrap()
    expect(back).toMatchObject({ isDraft: false, version: 1, agent: { syncStatus: 'clean' } })
    expect((await app.restoreAgentVersion(scope, 'agent_mond', 99, { message: '' }))._unsafeUnwrapErr()).toEqual({
      kind: 'not-found',
    })
  })
})
