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

  it('know where Cal.com is, and let vendors be in private networks except in production', () => {
    expect(readConfig({})._unsafeUnwrap()).toMatchObject({
      calcomBaseUrl: 'https://api.cal.com/v2',
      allowPrivateAddresses: true,
    })
    const live = { NODE_ENV: 'production', CALCOM_BASE_URL: 'https://cal.salon.example/api/v2' }
    expect(readConfig(live)._unsafeUnwrap()).toMatchObject({
      calcomBaseUrl: 'https://cal.salon.example/api/v2',
      allowPrivateAddresses: false,
    })
    const own = readConfig({ ...live, ALLOW_PRIVATE_ADDRESSES: 'true' })._unsafeUnwrap()
    expect(own.allowPrivateAddresses).toBe(true)
    expect(readConfig({ ALLOW_PRIVATE_ADDRESSES: 'false' })._unsafeUnwrap().allowPrivateAddresses).toBe(false)
    const wrong = readConfig({ CALCOM_BASE_URL: 'api.cal.com', ALLOW_PRIVATE_ADDRESSES: 'maybe' })._unsafeUnwrapErr()
    expect(wrong.map(({ name }) => name).toSorted()).toEqual(['ALLOW_PRIVATE_ADDRESSES', 'CALCOM_BASE_URL'])
  })

  it('know where Retell is and how often it may be asked', () => {
    expect(readConfig({})._unsafeUnwrap()).toMatchObject({
      retellBaseUrl: 'https://api.retellai.com',
      retellRequestsPerSecond: 10,
    })
    const own = { RETELL_BASE_URL: 'http://127.0.0.1:4010', RETELL_REQUESTS_PER_SECOND: '4' }
    expect(readConfig(own)._unsafeUnwrap()).toMatchObject({
      retellBaseUrl: 'http://127.0.0.1:4010',
      retellRequestsPerSecond: 4,
    })
    const wrong = readConfig({ RETELL_BASE_URL: 'retell', RETELL_REQUESTS_PER_SECOND: '0' })._unsafeUnwrapErr()
    expect(wrong.map(({ name }) => name).toSorted()).toEqual(['RETELL_BASE_URL', 'RETELL_REQUESTS_PER_SECOND'])
  })

  it('know of a Redis server only when one is named', () => {
    expect(readConfig({})._unsafeUnwrap().redisUrl).toBeUndefined()
    const url = 'rediss://:password@cache.example:6380/1'
    expect(readConfig({ REDIS_URL: url })._unsafeUnwrap().redisUrl).toBe(url)
    expect(readConfig({ REDIS_URL: 'cache.example:6379' })._unsafeUnwrapErr()).toMatchObject([{ name: 'REDIS_URL' }])
  })

  it('are refused together, each by its name', () => {
    const wrong = { TOOL_DEADLINE_MS: 'soon', PLATFORM_TIME_ZONE: 'Mars/Olympus' }
    const problems = readConfig(wrong)._unsafeUnwrapErr()
    expect(problems.map(({ name }) => name).toSorted()).toEqual(['PLATFORM_TIME_ZONE', 'TOOL_DEADLINE_MS'])
  })
})
