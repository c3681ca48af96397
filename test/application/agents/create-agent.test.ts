import { describe, expect, it } from 'vitest'
import { toolJson } from '../../../src/adapters/retell/tool-json.ts'
import { createAgent } from '../../../src/application/agents/create-agent.ts'
import { namedAgents } from '../../../src/application/agents/named-agents.ts'
import { parseCountry } from '../../../src/domain/phone-number.ts'
import { praxis } from '../desk.ts'
import { openAgentDesk } from './agent-desk.ts'

const publicUrl = 'https://desk.example'
const nothing = { slug: undefined, language: undefined, voice: undefined }

const open = async (file = praxis) => {
  const desk = await openAgentDesk([file])
  const found = await desk.ports.directory.profile(desk.scope.company)
  if (!found) throw new Error('There is no practice.')
  const profile = found
  const create = createAgent({
    ...desk.ports,
    bringNamed: namedAgents(desk.ports),
    agentTools: (language, company) => toolJson(language, publicUrl, company),
    publicUrl,
  })
  return {
    ...desk,
    profile,
    create: (wanted: object) => create(desk.scope, profile, { name: 'Abend', ...nothing, ...wanted }),
  }
}

describe('making an agent', () => {
  it('gives it the settings of the company, and tells Retell nothing', async () => {
    const desk = await open()
    const agent = (await desk.create({}))._unsafeUnwrap()
    expect(agent).toMatchObject({
      ...{ slug: 'abend', name: 'Abend', language: 'de-DE', engine: 'retell-llm', retellAgentId: undefined },
      ...{ draft: 1, base: undefined, live: undefined, syncStatus: 'unknown' },
    })
    const draft = (await desk.app.getDraft(desk.scope, 'abend'))._unsafeUnwrap()
    expect(draft.configuration).toMatchObject({
      agent: {
        ...{ agent_name: 'Abend', voice_id: '11labs-Adrian', timezone: 'Europe/Berlin' },
        webhook_url: 'https://desk.example/webhooks/retell',
      },
      engine: { begin_message: '{{greeting}}', default_dynamic_variables: { company_name: 'Praxis Mond' } },
      numbers: [],
    })
    const names = JSON.stringify(draft.configuration.engine?.general_tools)
    for (const name of ['end_call', 'initialize_call', 'book_appointment']) expect(names).toContain(`"${name}"`)
    expect(desk.retell.asked()).toEqual([])
    expect((await desk.app.refreshAgent(desk.scope, 'abend')).isOk()).toBe(true)
    expect((await desk.app.discardDraft(desk.scope, 'abend'))._unsafeUnwrapErr()).toEqual({ kind: 'agent-never-seen' })
  })

  it('speaks as the other agents of the company, and takes slugs that are free', async () => {
    const desk = await open()
    desk.addAgent('agent_mond', { agent: { voice_id: 'retell-Nina', agent_name: 'Abend' } })
    await desk.sync()
    const made = (await desk.create({ language: 'en-GB' }))._unsafeUnwrap()
    expect(made).toMatchObject({ slug: 'abend-2', language: 'en-GB' })
    const { configuration } = (await desk.app.getDraft(desk.scope, 'abend-2'))._unsafeUnwrap()
    expect(configuration.agent.voice_id).toBe('retell-Nina')
    expect(configuration.engine?.general_prompt).toContain('You answer the telephone')
    expect((await desk.create({ name: 'Sync' }))._unsafeUnwrap().slug).toBe('sync-2')
  })

  it('prompts for no appointments where a company has none', async () => {
    const desk = await open(praxis.replace('booking: true', 'booking: false'))
    await desk.create({})
    const { configuration } = (await desk.app.getDraft(desk.scope, 'abend'))._unsafeUnwrap()
    expect(configuration.engine?.general_prompt).toContain('Vereinbaren Sie keine Termine')
    expect(JSON.stringify(configuration.engine?.general_tools)).not.toContain('"book_appointment"')
  })

  it.each([
    ['/name', { name: ' ' }],
    ['/name', { name: 'x'.repeat(101) }],
    ['/slug', { slug: 'Ab end' }],
    ['/slug', { slug: 'sync' }],
    ['/slug', { slug: 'agent-mond' }],
    ['/language', { language: 'Deutsch!' }],
  ])('names what is wrong at %s', async (pointer, wanted) => {
    const desk = await open()
    expect((await desk.create(wanted))._unsafeUnwrapErr()).toMatchObject({
      kind: 'invalid-input',
      errors: [{ pointer }],
    })
    expect(await desk.list()).toHaveLength(2)
  })

  it('takes the locale of the country', async () => {
    const desk = await open()
    const company = { ...desk.profile.company, language: 'en' as const, country: parseCountry('GB')._unsafeUnwrap() }
    const create = createAgent({ ...desk.ports, bringNamed: async () => undefined, agentTools: () => [], publicUrl })
    const made = await create(desk.scope, { ...desk.profile, company }, { name: 'Evening', ...nothing })
    expect(made._unsafeUnwrap().language).toBe('en-GB')
  })
})
