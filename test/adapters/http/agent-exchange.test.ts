import { expect, it } from 'vitest'
import { openApi } from './api.ts'

const agents = '/api/v1/companies/salon-sonne/agents'
const sent = { 'content-type': 'application/json' }

it('agents go out as a file and come in as a draft, of a new agent or of one that is there', async () => {
  const api = await openApi()
  const [manager, viewer] = [await api.token('manager'), await api.token('viewer')]
  const post = (path: string, body: object) => api.ask(manager, 'POST', `${agents}${path}`, JSON.stringify(body), sent)
  const document = {
    agent: { agent_name: 'Empfang', response_engine: { type: 'retell-llm', llm_id: 'llm_other' } },
    response_engine: {
      general_prompt: 'Guten Tag.',
      knowledge_base_ids: ['kb_elsewhere'],
      general_tools: [{ type: 'custom', name: 'ask', headers: { Authorization: 'Bearer hunter2hunter2' } }],
    },
    numbers: ['+493023125111'],
    extra: { old: true },
  }
  const made = await post('/import', { document, slug: 'kopie' })
  expect([made.statusCode, made.json()]).toEqual([
    201,
    {
      agent: expect.objectContaining({ slug: 'kopie', draft_version: 1, retell_agent_id: null }),
      ...{ version: 1, backup: null, secrets_missing: [], leftover: ['/extra/old'] },
      numbers_dropped: ['+493023125111'],
      account_ids: ['/response_engine/knowledge_base_ids/0'],
    },
  ])
  const exported = await api.ask(viewer, 'GET', `${agents}/kopie/export?version=1`)
  expect(exported.statusCode).toBe(200)
  expect(exported.body).not.toContain('hunter2')
  expect(exported.json()).toMatchObject({ format: 'frontdesk-agent/1', sealed: [{ name: 'ASK_AUTHORIZATION' }] })

  const over = { document: exported.json(), message: 'Zurück' }
  expect((await post('/kopie/import', { ...over, if_version: 7 })).statusCode).toBe(409)
  const bare = await post('/kopie/import', { ...over, if_version: 1 })
  expect(bare.json()).toMatchObject({ backup: 2, version: 3, secrets_missing: [{ name: 'ASK_AUTHORIZATION' }] })
  const whole = await post('/kopie/import', { ...over, secrets: { ASK_AUTHORIZATION: 'hunter2hunter2' } })
  // What the agent named before is there.
  expect(whole.json()).toMatchObject({ secrets_missing: [], account_ids: [] })
  expect(whole.body).not.toContain('hunter2')
  expect((await post('/import', { document: { nothing: true } })).json()).toMatchObject({
    errors: [{ pointer: '/document' }],
  })
  expect((await api.ask(manager, 'GET', `${agents}/kopie/export?version=99`)).statusCode).toBe(404)
})
