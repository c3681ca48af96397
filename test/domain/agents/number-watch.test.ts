import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BoundNumber, type NumberExpectation, numberFaults } from '../../../src/domain/agents/number-watch.ts'

const inboundAddress = 'https://desk.example/webhooks/retell'
const wanted: NumberExpectation = {
  agents: ['agent_a'],
  live: new Map([['agent_a', 3]]),
  tells: new Map([['agent_a', true]]),
  inboundAddress,
}
const bound = (...inbound: BoundNumber['inbound']): BoundNumber => ({
  isThere: true,
  inbound,
  inboundWebhookUrl: inboundAddress,
})
const right = { retellAgentId: 'agent_a', version: 3 }
const kindsOf = (number: BoundNumber, expectation = wanted) => numberFaults(number, expectation).map(({ kind }) => kind)

describe('a number at Retell', () => {
  it('has no fault when it rings the live version of its agent and asks us', () => {
    expect(numberFaults(bound(right), wanted)).toEqual([])
  })

  it.each([
    ['is not in the account', { ...bound(right), isThere: false }, 'number_without_agent'],
    ['has no agent', bound(), 'number_without_agent'],
    ['rings another agent', bound({ retellAgentId: 'agent_b', version: 1 }), 'number_wrong_agent'],
    ['rings an old version', bound({ ...right, version: 2 }), 'number_old_version'],
    ['rings whatever was created last', bound({ ...right, version: undefined }), 'number_old_version'],
    ['rings the newest draft', bound({ ...right, version: 'latest' }), 'number_old_version'],
    [
      'asks somebody else',
      { ...bound(right), inboundWebhookUrl: 'https://elsewhere.example' },
      'number_without_webhook',
    ],
    ['asks nobody', { ...bound(right), inboundWebhookUrl: undefined }, 'number_without_webhook'],
  ])('is at fault when it %s', (_name, number, kind) => {
    expect(kindsOf(number)).toEqual([kind])
  })

  it('is at fault when its agent does not tell us of calls', () => {
    expect(numberFaults(bound(right), { ...wanted, tells: new Map([['agent_a', false]]) })).toEqual([
      { kind: 'number_without_webhook', what: 'events' },
    ])
  })

  it('may ring the newest published version, and any agent where none is named', () => {
    expect(kindsOf(bound({ ...right, version: 'latest_published' }))).toEqual([])
    expect(kindsOf(bound({ retellAgentId: 'agent_b', version: 1 }), { ...wanted, agents: [] })).toEqual([])
  })

  it('is at fault when one of several agents is, whichever it is', () => {
    const others = fc.array(fc.constant(right), { maxLength: 3 })
    const wrong = fc.constantFrom(
      { retellAgentId: 'agent_b', version: 3 },
      { ...right, version: 1 },
      { ...right, version: undefined },
    )
    fc.assert(
      fc.property(others, wrong, others, (before, one, after) => {
        expect(kindsOf(bound(...before, one, ...after))).toHaveLength(1)
      }),
    )
  })
})
