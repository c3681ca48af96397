import fc from 'fast-check'
import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import type { AgentConfiguration } from '../../../src/domain/agents/configuration.ts'
import { documentOf } from '../../../src/domain/agents/configuration.ts'
import type { Json, JsonObject } from '../../../src/domain/canonical-json.ts'
import { secret } from '../../../src/domain/secret.ts'
import { configuration as anyConfiguration } from '../../domain/agents/configurations.ts'
import { openDesk, praxis, salon } from '../desk.ts'

const open = async (slug = 'salon-sonne', files: readonly string[] = [salon, praxis]) => {
  const desk = await openDesk(files)
  const at = async (company: string) => {
    const scope = await desk.scopeOf(company)
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('There is no company.')
    const import_ = (document: Json, more: object = {}) =>
      desk.app.importAgent(scope, profile, { document, message: '', ...more })
    return {
      scope,
      profile,
      import: import_,
      taken: async (document: Json, more: object = {}) => (await import_(document, more))._unsafeUnwrap(),
      export: async (name: string, version?: number) =>
        (await desk.app.exportAgent(scope, name, version))._unsafeUnwrap(),
      draft: async (name: string) => (await desk.app.getDraft(scope, name))._unsafeUnwrap().configuration,
      hash: (configuration: AgentConfiguration) => desk.look(async (tx) => tx.agents.hashOf(configuration), company),
      findings: async (name: string) => {
        const { id } = (await desk.app.resolveAgent(scope, name))._unsafeUnwrap()
        return (await desk.app.gate(scope, id, { asks: false }))?.findings ?? []
      },
    }
  }
  return { desk, at, ...(await at(slug)) }
}

const agentWith = (agent: JsonObject, engine: JsonObject, numbers: readonly string[] = []) => ({
  agent: { agent_name: 'Empfang', response_engine: { type: 'retell-llm', llm_id: 'llm_other', version: 3 }, ...agent },
  response_engine: { llm_id: 'llm_other', general_prompt: 'Guten Tag.', ...engine },
  numbers,
})
/** Names of secrets may follow from the slug. */
const documentsIn = ({ agent, response_engine }: JsonObject): unknown =>
  JSON.parse(JSON.stringify({ agent, response_engine }).replaceAll(/\$\{[A-Z0-9_]+\}/g, '${}'))

const tool = (headers: JsonObject) => ({ type: 'custom', name: 'ask', url: 'https://tools.example', headers })

describe('an agent that goes from one company to another', () => {
  it('has the same content there, whatever it is made of', async () => {
    const desk = await open()
    const other = await desk.at('praxis-mond')
    let went = 0
    await fc.assert(
      fc.asyncProperty(anyConfiguration, async (one) => {
        const { agent, response_engine: engine } = documentOf(one)
        const given = { format: 'frontdesk-agent/1', agent: agent ?? {}, response_engine: engine ?? null }
        const first = await desk.import(given)
        // A prompt that is named and not there.
        if (first.isErr()) return
        went += 1
        const { slug } = first.value.agent
        const exported = await desk.export(slug)
        const second = await other.taken(exported)
        const content = await other.draft(second.agent.slug)
        const { sealed, ...again } = await other.export(second.agent.slug)
        expect(documentsIn(again)).toEqual(documentsIn(exported))
        expect(second.secretsMissing).toHaveLength(Array.isArray(sealed) ? sealed.length : 0)
        if (second.secretsMissing.length === 0) {
          expect(await other.hash(content)).toBe(await other.hash(await desk.draft(slug)))
        }
        expect(content.agent.agent_id ?? content.engine?.llm_id).toBeUndefined()
      }),
      { numRuns: 60 },
    )
    expect(went).toBeGreaterThan(20)
  })

  it('is the same again in the company that it came from, when its secrets are given', async () => {
    const desk = await open()
    const { agent } = await desk.taken(
      agentWith({}, { general_tools: [tool({ Authorization: 'Bearer hunter2hunter2', 'X-Key': 'k'.repeat(20) })] }),
    )
    const exported = await desk.export(agent.slug)
    expect(exported).toMatchObject({
      format: 'frontdesk-agent/1',
      name: 'Empfang',
      response_engine: {
        general_tools: [{ headers: { Authorization: 'Bearer ${ASK_AUTHORIZATION}', 'X-Key': '${ASK_X_KEY}' } }],
      },
      sealed: [
        { name: 'ASK_AUTHORIZATION', paths: ['/response_engine/general_tools/0/headers/Authorization'] },
        { name: 'ASK_X_KEY', paths: ['/response_engine/general_tools/0/headers/X-Key'] },
      ],
    })
    const secrets = { ASK_AUTHORIZATION: 'hunter2hunter2', ASK_X_KEY: 'k'.repeat(20) }
    const copy = await desk.taken(exported, { secrets })
    expect(copy.secretsMissing).toEqual([])
    expect(copy.agent.slug).not.toBe(agent.slug)
    expect(await desk.hash(await desk.draft(copy.agent.slug))).toBe(await desk.hash(await desk.draft(agent.slug)))
  })

  it('cannot be published before its secrets are entered, and says which', async () => {
    const desk = await open()
    const { agent } = await desk.taken(
      agentWith({}, { general_tools: [tool({ Authorization: 'Bearer hunter2hunter2' })] }),
    )
    const other = await desk.at('praxis-mond')
    const taken = await other.taken(await desk.export(agent.slug))
    expect(taken.secretsMissing.map(({ name }) => name)).toEqual(['ASK_AUTHORIZATION'])
    const missing = (await other.findings(taken.agent.slug)).filter(({ code }) => code === 'secret-missing')
    expect(missing).toMatchObject([{ severity: 'error' }])
    const again = await other.taken(await desk.export(agent.slug), {
      into: taken.agent.slug,
      secrets: { ASK_AUTHORIZATION: 'other2other2' },
    })
    expect(again.backup).toBeDefined()
    expect((await other.findings(taken.agent.slug)).filter(({ code }) => code === 'secret-missing')).toEqual([])
  })

  it('brings in no secret of anything else, however a document names one', async () => {
    const desk = await open()
    const { agent } = await desk.taken(
      agentWith({}, { general_tools: [tool({ Authorization: 'Bearer hunter2hunter2' })] }),
    )
    const known = /\[secret ([^\]]+)\]/.exec(JSON.stringify(await desk.draft(agent.slug)))?.[1] ?? ''
    expect(known).not.toBe('')
    const thief = agentWith({}, { general_tools: [tool({ A: `[secret ${known}]`, B: '${B}' })] })
    const { agent: made, secretsMissing } = await desk.taken({
      ...{ format: 'frontdesk-agent/1', sealed: [{ name: 'B' }, { name: known }, { name: '[secret x]' }] },
      ...thief,
    })
    expect(secretsMissing).toHaveLength(2)
    expect(JSON.stringify(await desk.draft(made.slug))).not.toContain(`[secret ${known}]`)
    expect((await desk.findings(made.slug)).filter(({ code }) => code === 'secret-missing')).toHaveLength(2)
  })

  it('never takes the name of a secret that is not there for one that is kept', async () => {
    const desk = await open()
    await desk.desk.ports.store.transact(desk.scope, async (tx) =>
      ok(await tx.agents.keepSecret('B', secret('of something else'))),
    )
    const { agent: made, secretsMissing } = await desk.taken({
      ...{ format: 'frontdesk-agent/1', sealed: [{ name: 'B' }] },
      ...agentWith({}, { general_tools: [tool({ A: '${B}' })] }),
    })
    expect(secretsMissing).toHaveLength(1)
    expect(JSON.stringify(await desk.draft(made.slug))).not.toContain('[secret B]')
  })

  it('has no secret in any export', async () => {
    const desk = await open()
    const secretText = fc.stringMatching(/^[a-z]{6}[0-9]{4}[a-zA-Z0-9]{12}$/)
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(secretText, { minLength: 5, maxLength: 5 }),
        anyConfiguration,
        async (all, one) => {
          const [a, b, c, d, e] = all
          const { agent } = await desk.taken({
            agent: {
              ...one.agent,
              response_engine: { type: 'retell-llm' },
              webhook_url: `https://a.example/?token=${a}`,
            },
            response_engine: {
              ...one.engine,
              general_tools: [
                {
                  type: 'custom',
                  name: 'ask',
                  url: `https://user:${b}@t.example`,
                  headers: { Authorization: `Bearer ${c}` },
                },
                { type: 'custom', name: 'ask', url: 'https://t.example', query_params: { api_key: String(d) } },
              ],
              general_prompt: `Der Schlüssel ist key_${e}, sagen Sie ihn nie. ${c}`,
            },
            numbers: [],
          })
          const text = JSON.stringify(await desk.export(agent.slug))
          for (const secret of all) expect(text).not.toContain(secret)
          expect(text).not.toContain('[secret ')
        },
      ),
      { numRuns: 30 },
    )
  })

  it('leaves ids and numbers of the other account behind, and says so', async () => {
    const desk = await open()
    const taken = await desk.taken(
      agentWith({ agent_id: 'agent_other', version: 9, is_published: true }, {}, [
        '030 23125101',
        '+493023125111',
        'x',
      ]),
    )
    expect(taken.numbersDropped).toEqual(['+493023125111', 'x'])
    const { agent, engine, numbers } = await desk.draft(taken.agent.slug)
    expect(JSON.stringify([agent, engine])).not.toMatch(/agent_other|llm_other|"version"/)
    expect(numbers).toEqual(['+493023125101'])
    expect(taken.agent.retellAgentId).toBeUndefined()
  })

  it.each<[string, JsonObject, readonly string[]]>([
    [
      'old settings',
      {
        name: 'Empfang',
        settings: { voice_id: 'v', language: 'de-DE', prompt: 'Guten Tag.', functions: [], phone_numbers: ['1'] },
        tenant: { id: 7 },
      },
      ['/tenant/id'],
    ],
    ['old configuration', { configuration: JSON.stringify({ voice_id: 'v', general_prompt: 'Guten Tag.' }) }, []],
    [
      'an export of Retell’s dashboard',
      {
        ...{
          agent_id: 'a',
          agent_name: 'Empfang',
          voice_id: 'v',
          response_engine: { type: 'retell-llm', llm_id: 'l' },
        },
        retellLlmData: { llm_id: 'l', general_prompt: 'Guten Tag.' },
      },
      [],
    ],
    ['a prompt alone', { general_prompt: 'Guten Tag.', model: 'gpt-4.1' }, []],
  ])('is read from %s', async (_, document, leftover) => {
    const desk = await open()
    const taken = await desk.taken(document)
    const { agent, engine } = await desk.draft(taken.agent.slug)
    expect(engine?.general_prompt).toBe('Guten Tag.')
    expect(agent).toMatchObject({ response_engine: { type: 'retell-llm' } })
    expect(taken.leftover).toEqual(leftover)
    expect(taken.agent).toMatchObject({ draft: 1, syncStatus: 'unknown' })
  })

  it('is refused when it is no agent, has half of one, or has a name that is taken', async () => {
    const desk = await open()
    const at = async (document: Json, more: object = {}) => {
      const refused = (await desk.import(document, more))._unsafeUnwrapErr()
      return refused.kind === 'invalid-input' ? refused.errors.map(({ pointer }) => pointer) : refused.kind
    }
    let deep: Json = {}
    for (let depth = 0; depth < 5_000; depth += 1) deep = { agent: deep }
    for (const document of [null, [], 'x', {}, { settings: {} }, deep])
      expect(await at(document)).toEqual(['/document'])
    expect(await at({ agent_name: 'Empfang', response_engine: { type: 'retell-llm', llm_id: 'l' } })).toEqual([
      '/document',
    ])
    const whole = agentWith({}, {})
    expect(await at(whole, { slug: 'A B' })).toEqual(['/slug'])
    expect(await at(whole, { slug: 'import' })).toEqual(['/slug'])
    expect(await at(whole, { into: 'nobody' })).toBe('not-found')
    const { agent } = await desk.taken(whole)
    expect(await at(whole, { slug: agent.slug })).toEqual(['/slug'])
    expect(await at(whole, { into: agent.slug, ifVersion: 9 })).toBe('agent-changed-meanwhile')
  })

  it('keeps what the agent has that the document does not speak of', async () => {
    const desk = await open()
    const { agent } = await desk.taken(agentWith({ voice_id: 'v' }, { general_prompt: 'Alt.' }, ['030 23125101']))
    await desk.taken({ general_prompt: 'Neu.' }, { into: agent.slug })
    await desk.taken({ agent_name: 'Anders', voice_id: 'w' }, { into: agent.slug })
    const now = await desk.draft(agent.slug)
    expect(now).toMatchObject({
      agent: { agent_name: 'Anders', voice_id: 'w' },
      engine: { general_prompt: 'Neu.' },
      numbers: ['+493023125101'],
    })
    const same = await desk.taken({ general_prompt: 'Neu.' }, { into: agent.slug })
    expect(same.backup).toBeUndefined()
  })
})
