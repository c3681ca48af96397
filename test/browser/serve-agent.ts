import { ok } from 'neverthrow'
import { countingIds } from '../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../src/adapters/memory/ports.ts'
import { unrulyVoiceAccount } from '../../src/adapters/memory/voice-account.ts'
import { toolJson } from '../../src/adapters/retell/tool-json.ts'
import { retellVoicePlatform } from '../../src/adapters/retell/voice-platform.ts'
import { readScript } from '../../src/adapters/script/read-script.ts'
import type { JsonObject } from '../../src/domain/canonical-json.ts'
import type { AgentId } from '../../src/domain/ids.ts'
import { secret } from '../../src/domain/secret.ts'
import { managedAgent } from '../application/agents/managed-agent.ts'
import { platformKey, salon } from '../application/desk.ts'
import { serveDesk } from './serve-desk.ts'

export const publicUrl = 'https://desk.example'
export const agentId: AgentId = 'agt_00000001'

/** In place of the id of the secret, which only a desk can make. */
export const shownId = '0123456789abcdef'

/** A function of somebody else's, with a secret, and with much that the form of a function does not know. */
export const weather: JsonObject = {
  type: 'custom',
  name: 'weather',
  description: 'Sagt, wie das Wetter wird.\nNur auf Nachfrage.',
  url: 'https://weather.example/{{city}}',
  method: 'GET',
  timeout_ms: 8000,
  headers: { authorization: `Bearer [secret ${shownId}]`, accept: 'application/json' },
  parameters: {
    type: 'object',
    properties: {
      day: { type: 'string', description: 'Welcher Tag', enum: ['heute', 'morgen'], examples: ['heute'] },
      hours: { type: 'integer', minimum: 1 },
      where: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    },
    required: ['day'],
    additionalProperties: false,
  },
  response_variables: { temperature: '$.temperature' },
  something_new: { kept: [1, { deep: null }] },
}

export const tools: readonly JsonObject[] = [
  ...toolJson('de', publicUrl),
  weather,
  { type: 'end_call', name: 'end_call', description: 'Legt auf.' },
  { type: 'custom', name: 'half done', url: '' },
]

/** The dashboard over a desk whose agent has functions of all kinds; somebody else answers `sunny`. */
export const serveAgent = async (general: readonly JsonObject[] = tools) => {
  let retell: ReturnType<typeof unrulyVoiceAccount> | undefined
  const served = await serveDesk(
    [salon],
    (clock) => {
      const account = unrulyVoiceAccount(clock)
      retell = account
      return memoryPorts({
        ...{ clock, ids: countingIds(), platformKeys: [platformKey], voice: retellVoicePlatform, readScript },
        voiceAccounts: { of: async () => account },
        outsideTools: {
          reach: async () => ok(),
          call: async () => ok({ status: 200, ms: 7, body: '{"sky":"sunny"}', isCut: false }),
        },
      })
    },
    { publicUrl, agentTools: (language, company) => toolJson(language, publicUrl, company) },
  )
  if (!retell) throw new Error('There is no account.')
  let sealedId = ''
  await served.desk.ports.store.transact(served.scope, async (tx) => {
    await tx.agents.save(managedAgent(agentId, { draft: 1 }))
    sealedId = tx.agents.secretIdOf('very secret')
    await tx.agents.keepSecret(sealedId, secret('very secret'))
    await tx.agents.append({
      ...{ agent: agentId, parents: [], origin: 'created', author: { kind: 'user', name: 'test' }, message: 'First' },
      createdAt: served.desk.clock.now(),
      configuration: {
        agent: { agent_name: 'Empfang', response_engine: { type: 'retell-llm' } },
        engine: {
          general_prompt: 'Sie nehmen Anrufe an und fragen weather.',
          general_tools: JSON.parse(JSON.stringify(general).replaceAll(shownId, sealedId)),
          states: [{ name: 'booking', tools: [] }],
          default_dynamic_variables: { city: 'Berlin' },
        },
        numbers: [],
      },
    })
    return ok()
  })
  return { ...served, retell, sealedId }
}

export type ServedAgent = Awaited<ReturnType<typeof serveAgent>>
