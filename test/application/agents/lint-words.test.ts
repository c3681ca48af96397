import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintMessage, sayLint, sayToolFault } from '../../../src/application/agents/lint-words.ts'
import { checkTool } from '../../../src/domain/agents/check-tool.ts'
import { anyConfiguration, anyTool } from '../../domain/agents/lint/any-configuration.ts'
import { lint, llmAgent } from '../../domain/agents/lint/salon.ts'

const isSentence = /^[\p{Lu}„“\p{Pi}{].*[.!]$/su

describe('what is said of a finding', () => {
  it('is a sentence and a cure, in both languages', () => {
    fc.assert(
      fc.property(anyConfiguration, fc.option(anyConfiguration, { nil: undefined }), (one, live) => {
        const sayings = lint(one, { live }).map((finding) => ({
          de: sayLint(finding, 'de'),
          en: sayLint(finding, 'en'),
        }))
        const wrong = sayings.filter(
          ({ de, en }) =>
            de.cure === en.cure || ![de.found, de.cure, en.found, en.cure].every((text) => isSentence.test(text)),
        )
        expect(wrong).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('says what a tool lacks in the words of its editor', () => {
    fc.assert(
      fc.property(anyTool, (tool) => {
        for (const { wrong } of checkTool(tool)) {
          expect(sayToolFault(wrong, 'de').cure).not.toBe(sayToolFault(wrong, 'en').cure)
          expect(sayToolFault(wrong, 'en').found).toMatch(isSentence)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('names the thing', () => {
    const [finding] = lint(llmAgent({ general_prompt: 'Die Absage kostet 32 Euro.' }))
    expect(finding && lintMessage(finding, 'en')).toBe(
      'An amount stands in the text that the settings have already: “32 Euro”. Have get_service_info or the cancelling function say it.',
    )
    expect(finding && lintMessage(finding, 'de')).toBe(
      'Im Text steht ein Betrag, wie schon in den Einstellungen: „32 Euro“. Lassen Sie ihn von get_service_info oder von der Funktion zum Absagen nennen.',
    )
  })
})
