import { ok } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { toolJson } from '../../../src/adapters/retell/tool-json.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import { tryTool } from '../../../src/application/agents/try-tool.ts'
import type { OutsideRequest } from '../../../src/application/ports/outside-tools.ts'
import { parseSignature } from '../../../src/domain/calling/signature.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import type { AgentId } from '../../../src/domain/ids.ts'
import { secret } from '../../../src/domain/secret.ts'
import { openDesk, platformKey, praxis, praxisKey, salon } from '../desk.ts'
import { managedAgent } from './managed-agent.ts'

const publicUrl = 'https://desk.example'
const agent: AgentId = 'agt_00000001'
const weather: JsonObject = {
  type: 'custom',
  name: 'weather',
  url: 'https://weather.example/{{city}}',
  headers: { authorization: 'Bearer [secret 0123456789abcdef]' },
}
const ours = toolJson('de', publicUrl)
const deep: JsonObject = {
  type: 'custom',
  name: 'deep',
  url: 'https://deep.example/a',
  headers: { 'x-key': '{{kept_key}}', 'x-other': '{{said}}' },
  query_params: { token: '[secret 0123456789abcdef]' },
  parameters: { type: 'object', properties: { pin: { type: 'string', const: '[secret 0123456789abcdef]' } } },
}
const bare: JsonObject = { ...deep, name: 'bare', args_at_root: true }
/** Addresses of ours that do not look like it. */
const hidden = [
  'https://{{host}}/functions/retell',
  'https:\\\\desk.example\\functions/retell',
  'https://desk.example/a/../functions/retell',
]
const disguised = hidden.map((url): JsonObject => ({ type: 'custom', name: 'book_appointment', url }))
const beside: JsonObject = { type: 'custom', name: 'beside', url: `${publicUrl}/webhooks/retell` }
const tools = [weather, { type: 'end_call', name: 'end_call' }, ...ours, deep, bare, beside, ...disguised]

const trying = async (
  kept = true,
  [file, slug]: readonly [string, string] = [praxis, 'praxis-mond'],
  answer: (request: OutsideRequest) => string = () => 'sunny',
) => {
  const sent: OutsideRequest[] = []
  const desk = await openDesk([file], (clock) =>
    memoryPorts({
      clock,
      ids: countingIds(),
      platformKeys: [platformKey],
      voice: retellVoicePlatform,
      outsideTools: {
        reach: async () => ok(),
        call: async (request) => {
          sent.push(request)
          return ok({ status: 200, ms: 7, body: answer(request), isCut: false })
        },
      },
    }),
  )
  const scope = await desk.scopeOf(slug)
  await desk.ports.store.transact(scope, async (tx) => {
    await tx.agents.save(managedAgent(agent, { draft: 1 }))
    if (kept) await tx.agents.keepSecret('0123456789abcdef', secret('very secret'))
    await tx.agents.append({
      agent,
      parents: [],
      origin: 'created',
      author: { kind: 'user', name: 'test' },
      message: 'First',
      createdAt: desk.clock.now(),
      configuration: {
        agent: {},
        engine: {
          general_tools: tools,
          default_dynamic_variables: { host: 'desk.example', city: 'Berlin', kept_key: '[secret 0123456789abcdef]' },
        },
        numbers: [],
      },
    })
    return ok()
  })
  const attempt = tryTool(desk.ports, { publicUrl })
  return { desk, sent, attempt: (path: string, args: JsonObject = {}) => attempt(scope, agent, { path, args }) }
}
const at = (index: number) => `/response_engine/general_tools/${index}`

describe('the test console of tools', () => {
  it('sends what Retell would send, signed, with the secret in its place and not in what is shown', async () => {
    const { desk, sent, attempt } = await trying()
    const tried = (await attempt(at(0), { when: 'today' }))._unsafeUnwrap()
    expect(tried).toMatchObject({ where: 'outside', answer: { status: 200, body: 'sunny' } })
    expect(JSON.stringify(tried)).not.toContain('very secret')
    const [request] = sent
    expect(request?.url).toBe('https://weather.example/Berlin')
    expect(request?.headers.authorization).toBe('Bearer very secret')
    const signature = parseSignature(request?.headers['x-retell-signature'], desk.clock.now())
    const isGenuine = signature.map((one) =>
      retellVoicePlatform.signatureMatches(Buffer.from(request?.body ?? ''), one, praxisKey),
    )
    expect(isGenuine._unsafeUnwrap()).toBe(true)
  })

  it('signs nothing with a key that several companies share, for it would be believed of any of them', async () => {
    const { sent, attempt } = await trying(true, [salon, 'salon-sonne'])
    expect((await attempt(at(0))).isOk()).toBe(true)
    expect(Object.keys(sent[0]?.headers ?? {})).not.toContain('x-retell-signature')
  })

  it('puts secrets back wherever the request takes them from, and opens none that whoever tries it writes', async () => {
    const { desk, sent, attempt } = await trying()
    const path = at(2 + ours.length)
    const scope = await desk.scopeOf('praxis-mond')
    const variables = { said: '[secret 0123456789abcdef]' }
    const shown = await tryTool(desk.ports, { publicUrl })(scope, agent, { path, args: {}, variables })
    expect((await attempt(path)).isOk()).toBe(true)
    const [request] = sent
    expect(request?.url).toBe('https://deep.example/a?token=very%20secret')
    expect(request?.headers).toMatchObject({ 'x-key': 'very secret', 'x-other': '[secret 0123456789abcdef]' })
    expect(JSON.parse(request?.body ?? '{}')).toMatchObject({ args: { pin: 'very secret' } })
    expect(JSON.stringify(shown)).not.toMatch(/very.*secret/)
  })

  it.each([
    ['as it is', (request: OutsideRequest) => `You said: ${request.headers.authorization}`],
    ['in JSON', (request: OutsideRequest) => JSON.stringify(request.headers)],
    ['in an address', (request: OutsideRequest) => encodeURIComponent(request.headers.authorization ?? '')],
  ])('shows no secret that the server says back %s', async (_, answer) => {
    const { attempt } = await trying(true, [praxis, 'praxis-mond'], answer)
    const tried = (await attempt(at(0)))._unsafeUnwrap()
    expect(JSON.stringify(tried)).not.toMatch(/very(?: |%20)secret/)
    expect(JSON.stringify(tried.answer)).toContain('[secret 0123456789abcdef]')
  })

  it('signs no body that whoever tries it may write as a whole, for we would believe it of Retell', async () => {
    const { sent, attempt } = await trying()
    const forged = { event: 'call_started', call: { call_id: 'call_forged' } }
    expect((await attempt(at(3 + ours.length), forged)).isOk()).toBe(true)
    expect(JSON.parse(sent[0]?.body ?? '{}')).toMatchObject(forged)
    expect(Object.keys(sent[0]?.headers ?? {})).not.toContain('x-retell-signature')
  })

  it('answers our own tools on a copy, and books nothing', async () => {
    const { desk, sent, attempt } = await trying()
    const path = at(2 + ours.findIndex(({ name }) => name === 'book_appointment'))
    const wish = { service: 'Herrenhaarschnitt', date: 'morgen', time: '10:00', customer_name: 'Max Muster' }
    const tried = (await attempt(path, wish))._unsafeUnwrap()
    expect(tried.where).toBe('copy')
    expect(JSON.parse('body' in tried.answer ? tried.answer.body : '{}')).toMatchObject({ status: 'booked' })
    expect(sent).toEqual([])
    expect(
      (await desk.look((tx) => tx.appointments.list({ limit: 5, cursor: undefined }), 'praxis-mond')).items,
    ).toEqual([])
  })

  it('writes down which customer is seen on a copy, and nobody else', async () => {
    const { desk } = await trying()
    const scope = await desk.scopeOf('praxis-mond')
    const path = at(2 + ours.findIndex(({ name }) => name === 'check_customer'))
    const attempt = tryTool(desk.ports, { publicUrl })
    const log = async () =>
      (await desk.look((tx) => tx.audit.list({ limit: 9, cursor: undefined }), 'praxis-mond')).items
    for (const caller of ['030 23125999', undefined]) {
      expect((await attempt(scope, agent, { path, args: {}, caller })).isOk()).toBe(true)
    }
    expect(await log()).toEqual([])
    const tried = (await attempt(scope, agent, { path, args: {}, caller: '0171 3920001' }))._unsafeUnwrap()
    expect(JSON.stringify(tried)).toContain('Erika Beispiel')
    const [customer] = (await desk.look((tx) => tx.customers.list({ limit: 9, cursor: undefined }), 'praxis-mond'))
      .items
    expect(await log()).toMatchObject([{ kind: 'customer.viewed', subject: { kind: 'customer', id: customer?.id } }])
  })

  it.each(hidden)('answers on a copy what leads to us in the end: %s', async (url) => {
    const { sent, attempt } = await trying()
    expect((await attempt(at(5 + ours.length + hidden.indexOf(url))))._unsafeUnwrap().where).toBe('copy')
    expect(sent).toEqual([])
  })

  it('signs nothing that goes anywhere else at our own server', async () => {
    const { sent, attempt } = await trying()
    expect((await attempt(at(4 + ours.length))).isOk()).toBe(true)
    expect(Object.keys(sent[0]?.headers ?? {})).not.toContain('x-retell-signature')
  })

  it('sends nothing when a secret is missing', async () => {
    const { sent, attempt } = await trying(false)
    expect((await attempt(at(0)))._unsafeUnwrapErr()).toEqual({ kind: 'secret-missing' })
    expect(sent).toEqual([])
  })

  it.each([
    [at(1), 'not-asked-over-http'],
    [at(99), 'not-found'],
  ])('says of %s that it is %s', async (path, kind) => {
    const { attempt } = await trying()
    expect((await attempt(path))._unsafeUnwrapErr()).toEqual({ kind })
  })
})
