import { describe, expect, it } from 'vitest'
import { isFlagName, knownFlags } from '../../../src/application/access/known-flags.ts'
import { grantCompany } from '../../../src/application/grant-scope.ts'
import type { FlagRules } from '../../../src/domain/access/flag.ts'
import type { Role } from '../../../src/domain/access/role.ts'
import { openAgentDesk } from '../agents/agent-desk.ts'
import { openReleaseDesk } from '../agents/release-desk.ts'
import { praxis } from '../desk.ts'

const nobody: FlagRules = { everybody: false, roles: [], users: [], companies: [], percent: 0 }
const nina = { kind: 'user', name: 'nina@salon.example' } as const

const open = async () => {
  const desk = await openAgentDesk([praxis.concat('agents: [{ slug: empfang, retell_agent_id: agent_mond }]\n')])
  desk.addAgent('agent_mond')
  await desk.sync()
  const as = (role: Role) =>
    grantCompany(desk.scope.company, nina, { actorId: 'usr_nina0000', address: undefined, role, seesVip: false })
  const isOn = async (role: Role, name: string) =>
    (await desk.app.effectiveFlags(as(role))).find(({ flag }) => flag.name === name)?.isOn
  return { ...desk, as, isOn }
}

describe('flags', () => {
  it('are all on until somebody says otherwise, and are what was said last', async () => {
    const desk = await open()
    for (const name of Object.keys(knownFlags).filter(isFlagName)) {
      expect(await desk.isOn('viewer', name)).toBe(true)
      await desk.app.setFlag(desk.platform, name, { ...nobody, roles: ['manager'] })
      expect([await desk.isOn('viewer', name), await desk.isOn('manager', name)]).toEqual([false, true])
      await desk.app.setFlag(desk.platform, name, { ...nobody, users: ['usr_nina0000'] })
      expect(await desk.isOn('viewer', name)).toBe(true)
    }
    expect((await desk.app.listFlags(desk.platform)).map(({ rules }) => rules.users)).toEqual([
      ['usr_nina0000'],
      ['usr_nina0000'],
    ])
  })

  it('keep requests from tools of others where they are off, and write nothing down of them', async () => {
    const desk = await open()
    await desk.app.setFlag(desk.platform, 'outside-trials', nobody)
    const scope = desk.as('manager')
    const [tool] = (await desk.app.agentToolList(scope, 'empfang'))._unsafeUnwrap().tools
    const { id } = await desk.agent('agent_mond')
    const tried = await desk.app.tryTool(scope, id, { path: tool?.path ?? '', args: {} })
    expect(tried._unsafeUnwrapErr()).toEqual({ kind: 'feature-off', flag: 'outside-trials' })
    const { items } = await desk.look((tx) => tx.audit.list({ limit: 50, cursor: undefined }), 'praxis-mond')
    expect(items.map(({ kind }) => kind)).toEqual(['agent.viewed'])
  })

  it('leave rollouts to people where going on by themselves is off', async () => {
    const desk = await openReleaseDesk()
    await desk.draft({ engine: { general_prompt: 'Neu.' } })
    const { agent, version } = await desk.publish({ numbers: [] })
    await desk.app.setFlag(desk.platform, 'automatic-rollouts', nobody)
    const wanted = { version, percent: 10 }
    const refused = await desk.releases.rollOut(desk.scope, agent, { ...wanted, isAutomatic: true })
    expect(refused._unsafeUnwrapErr()).toEqual({ kind: 'feature-off', flag: 'automatic-rollouts' })
    expect((await desk.releases.rollOut(desk.scope, agent, wanted)).isOk()).toBe(true)
  })
})
