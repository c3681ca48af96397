import { err, ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { toolJson } from '../../../src/adapters/retell/tool-json.ts'
import { readScript } from '../../../src/adapters/script/read-script.ts'
import { gate } from '../../../src/application/agents/gate.ts'
import type { OutsideTools } from '../../../src/application/ports/outside-tools.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import type { AgentId } from '../../../src/domain/ids.ts'
import { secret } from '../../../src/domain/secret.ts'
import { openDesk, platformKey } from '../desk.ts'
import { managedAgent } from './managed-agent.ts'

const publicUrl = 'https://desk.example'
const agent: AgentId = 'agt_00000001'
const ours = toolJson('de', publicUrl)
const elsewhere: JsonObject = {
  type: 'custom',
  name: 'weather',
  description: 'The weather.',
  url: 'https://weather.example/tool',
  headers: { authorization: '[secret 0123456789abcdef]' },
  parameters: { type: 'object', properties: {} },
}

/** What the gate says of tools, beside who answers elsewhere and the scripts that the company keeps. */
const looking = async (
  tools: readonly JsonObject[],
  {
    outsideTools,
    scripts = [],
    kept = true,
  }: { outsideTools?: OutsideTools; scripts?: readonly string[]; kept?: boolean } = {},
) => {
  const desk = await openDesk(undefined, (clock) =>
    memoryPorts({
      clock,
      ids: countingIds(),
      platformKeys: [platformKey],
      readScript,
      ...(outsideTools ? { outsideTools } : {}),
    }),
  )
  const scope = await desk.scopeOf()
  await desk.ports.store.transact(scope, async (tx) => {
    await tx.agents.save(managedAgent(agent, { draft: 1 }))
    await tx.agents.append({
      agent,
      parents: [],
      origin: 'created',
      author: { kind: 'user', name: 'test' },
      message: 'First',
      createdAt: desk.clock.now(),
      configuration: {
        agent: {
          agent_name: 'Empfang',
          language: 'de-DE',
          webhook_url: `${publicUrl}/webhooks/retell`,
          response_engine: { type: 'retell-llm' },
        },
        engine: { general_prompt: 'Sie nehmen Anrufe an.', begin_message: 'Guten Tag.', general_tools: tools },
        numbers: [],
      },
    })
    if (kept) await tx.agents.keepSecret('0123456789abcdef', secret('w'))
    for (const [index, source] of scripts.entries())
      await tx.rehearsals.saveScript({
        id: `scr_0000000${index}`,
        name: `script ${index}`,
        source,
        changedAt: desk.clock.now(),
      })
    return ok()
  })
  const looked = await gate(desk.ports, { publicUrl })(scope, agent)
  if (!looked) throw new Error('no such version')
  return looked
}

const errors = ({ findings }: { readonly findings: readonly { readonly code: string; readonly severity: string }[] }) =>
  findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)

const answering: OutsideTools = {
  reach: async () => ok(),
  call: async () => err({ kind: 'unreachable', detail: 'Not called.' }),
}

describe('the gate', () => {
  it('lets a version through in which nothing harms callers', async () => {
    const looked = await looking(ours)
    expect(errors(looked)).toEqual([])
    expect(looked.isClosed).toBe(false)
  })

  it('closes for what stands in the configuration', async () => {
    const looked = await looking([])
    expect(errors(looked)).toContain('no-tools')
    expect(looked.isClosed).toBe(true)
  })

  it.each([
    ['nobody answers', undefined, 'tool-unreachable'],
    [
      'may not be asked',
      { ...answering, reach: async () => err({ kind: 'forbidden' } as const) },
      'tool-address-forbidden',
    ],
  ])('closes for a tool at an address that %s', async (_name, outsideTools, code) => {
    const looked = await looking([...ours, elsewhere], outsideTools ? { outsideTools } : {})
    expect(errors(looked)).toEqual([code])
    expect(looked.findings[0]).toMatchObject({ tool: 'weather', host: 'weather.example' })
  })

  it('opens for a tool elsewhere that is there', async () => {
    expect(errors(await looking([...ours, elsewhere], { outsideTools: answering }))).toEqual([])
  })

  it('asks each server once whether it is there, and tells it nothing of what stands in the addresses', async () => {
    const asked: string[] = []
    const reach: OutsideTools['reach'] = async (url) => {
      asked.push(url)
      return ok()
    }
    const at = (url: string) => ({ ...elsewhere, name: `at_${asked.length}${url.length}`, url })
    const secretly = 'https://hooks.example/[secret 0123456789abcdef]?key=[secret 0123456789abcdef]'
    const tools = [at(secretly), at('https://hooks.example/b'), at('https://rooms.example/{{customer_name}}')]
    const looked = await looking([...ours, ...tools], { outsideTools: { ...answering, reach } })
    expect([asked, errors(looked)]).toEqual([['https://hooks.example'], []])
    const many = Array.from({ length: 60 }, (_, index) => at(`https://s${index}.example/${index}`))
    await looking([...ours, ...many], { outsideTools: { ...answering, reach } })
    expect(asked.length).toBeLessThanOrEqual(1 + 40)
  })

  it('closes for a placeholder behind which there is no secret', async () => {
    const looked = await looking([...ours, elsewhere], { outsideTools: answering, kept: false })
    expect(looked.isClosed).toBe(true)
    expect(JSON.stringify(looked.findings[0])).toContain('secret')
  })

  it('closes for a script of the company that does not pass, and opens for one that does', async () => {
    const passes = '- tool: check_customer\n  expect: { status: anonymous }'
    expect(errors(await looking(ours, { scripts: [passes] }))).toEqual([])
    expect(errors(await looking(ours, { scripts: [passes.replace('anonymous', 'found')] }))).toEqual([
      'rehearsal-failed',
    ])
  })
})
