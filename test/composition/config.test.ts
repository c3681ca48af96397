import { describe, expect, it } from 'vitest'
import { hostZone, readConfig } from '../../src/composition/config.ts'

describe('the settings', () => {
  it('have defaults, in the zone of the machine', () => {
    expect(readConfig({})._unsafeUnwrap()).toMatchObject({ toolDeadlineMs: 3_000, platformZone: hostZone() })
  })

  it('are taken as they are given', () => {
    const given = { TOOL_DEADLINE_MS: '1500', PLATFORM_TIME_ZONE: 'America/New_York' }
    expect(readConfig(given)._unsafeUnwrap()).toMatchObject({ toolDeadlineMs: 1_500, platformZone: 'America/New_York' })
  })

  it('are refused together, each by its name', () => {
    const wrong = { TOOL_DEADLINE_MS: 'soon', PLATFORM_TIME_ZONE: 'Mars/Olympus' }
    const problems = readConfig(wrong)._unsafeUnwrapErr()
    expect(problems.map(({ name }) => name).toSorted()).toEqual(['PLATFORM_TIME_ZONE', 'TOOL_DEADLINE_MS'])
  })
})
