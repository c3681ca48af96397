import { describe, expect, it } from 'vitest'
import { inboundVariables } from '../../../src/domain/agents/known-variables.ts'
import { openDesk, salon } from '../desk.ts'

describe('the variables of a ringing call', () => {
  it('are those that agents are held against, no more and no fewer', async () => {
    const desk = await openDesk([salon])
    const sent = await desk.send({
      event: 'call_inbound',
      call_inbound: { from_number: '+491713920001', to_number: '+493023125101' },
    })
    const answered = sent._unsafeUnwrap()
    const variables = answered.kind === 'inbound' ? answered.answer.variables : {}
    expect(Object.keys(variables).toSorted()).toEqual(inboundVariables.toSorted())
  })
})
