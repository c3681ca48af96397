import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf } from '../../../../src/domain/agents/configuration.ts'
import { valueAt } from '../../../../src/domain/agents/json-places.ts'
import { anyConfiguration } from './any-configuration.ts'
import { flowAgent, lint, llmAgent, ourTool } from './salon.ts'

describe('the laws of linting', () => {
  it('nothing in a document is a bug, and every finding points into it', () => {
    fc.assert(
      fc.property(anyConfiguration, fc.option(anyConfiguration, { nil: undefined }), (one, live) => {
        const document = documentOf(one)
        const lost = lint(one, { live }).filter(({ path }) => valueAt(document, path) === undefined)
        expect(lost).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('the same configuration has the same findings, the worst first', () => {
    fc.assert(
      fc.property(anyConfiguration, (one) => {
        const found = lint(one)
        expect(lint(structuredClone(one))).toEqual(found)
        const ranks = found.map(({ severity }) => ['error', 'warning', 'hint'].indexOf(severity))
        expect(ranks).toEqual(ranks.toSorted())
      }),
      { numRuns: 60 },
    )
  })

  it.each(['\n', '{{', 'mo ', '<a', '[', 'ist ', 'a.', '1.1.', '0', 'a_', 'AB ', '+1 ', 'nicht '])(
    'a long prompt of %j is looked over at once',
    (part) => {
      const text = part.repeat(100_000 / part.length)
      const before = performance.now()
      lint(llmAgent({ general_prompt: text, begin_message: text }))
      expect(performance.now() - before).toBeLessThan(5000)
    },
  )

  it('an agent that is as it should be has no finding', () => {
    expect(lint(llmAgent())).toEqual([])
    expect(lint(flowAgent())).toEqual([])
  })

  it('finds a tool that is not ours at our address', () => {
    expect(lint(llmAgent({ general_tools: [ourTool('fly_to_moon'), ourTool('book_appointment')] }))).toMatchObject([
      { code: 'tool-not-ours', severity: 'error', path: '/response_engine/general_tools/0/name', tool: 'fly_to_moon' },
      { code: 'tool-mentioned' },
    ])
  })
})
