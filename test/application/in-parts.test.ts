import { expect, it } from 'vitest'
import { plainAgent, plainEngine } from '../../src/adapters/simulation/retell/plain-agent.ts'
import { realTime } from '../../src/adapters/timing/real-time.ts'
import { inParts } from '../../src/application/in-parts.ts'
import { sealConfiguration, sealConfigurationInParts } from '../../src/domain/agents/sealed-values.ts'

const idOf = (secret: string): string => `s${secret.length}`

it('lets others have a turn between the parts of what takes long, and comes to the same', async () => {
  const large = { agent: plainAgent('Empfang'), engine: plainEngine(300), numbers: [] }
  let turns = 0
  let parts = 0
  const counted = function* () {
    const sealing = sealConfigurationInParts(large, idOf)
    for (;;) {
      const { done, value } = sealing.next()
      if (done) return value
      parts += 1
      yield
    }
  }
  const impatient = {
    ...realTime,
    deadlineIn: () => ({
      left: () => 0,
      within: async <T>(work: Promise<T>) => {
        turns += 1
        return Promise.race([work, Promise.resolve('too-late' as const)])
      },
    }),
  }
  const sealed = await inParts(impatient, counted())
  const atOnce = sealConfiguration(large, idOf)
  expect(sealed.configuration).toEqual(atOnce.configuration)
  expect(sealed.secrets.map(({ id }) => id)).toEqual(atOnce.secrets.map(({ id }) => id))
  expect(parts).toBeGreaterThan(300)
  expect(turns).toBe(parts)
})
