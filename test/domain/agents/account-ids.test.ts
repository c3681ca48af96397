import { describe, expect, it } from 'vitest'
import { accountIds } from '../../../src/domain/agents/account-ids.ts'

describe('what an agent names of its account', () => {
  it('is found wherever it stands, and nothing that only looks alike', () => {
    const document = {
      agent: { voice_id: 'retell-Cimo', agent_name: 'agent_id' },
      response_engine: {
        knowledge_base_ids: ['kb_1', 'kb_2', ''],
        general_tools: [
          { type: 'agent_swap', name: 'swap', agent_id: 'agent_other' },
          { type: 'integration_app', app_id: 'app_1', parameters: [{ name: 'app_id', const: 'x' }] },
          { type: 'agent_swap', agent_id: '{{next_agent}}' },
        ],
        nodes: [{ type: 'subagent', knowledge_base_ids: ['kb_3'] }],
        states: [{ agent_id: null, deeper: { agent_id: { id: 'no id of its own' } } }],
      },
    }
    expect(accountIds(document)).toEqual([
      { path: '/response_engine/knowledge_base_ids/0', id: 'kb_1' },
      { path: '/response_engine/knowledge_base_ids/1', id: 'kb_2' },
      { path: '/response_engine/general_tools/0/agent_id', id: 'agent_other' },
      { path: '/response_engine/general_tools/1/app_id', id: 'app_1' },
      { path: '/response_engine/nodes/0/knowledge_base_ids/0', id: 'kb_3' },
    ])
  })
})
