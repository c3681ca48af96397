import type { EventStream } from '../../application/ports/events.ts'
import type { World } from './world.ts'

export const memoryEvents = (world: World): EventStream => ({
  after: async (company, seq, limit) =>
    [...world.tablesOf(company).events.values()].slice(Math.max(seq, 0)).slice(0, limit),
  latest: async (company) => world.tablesOf(company).events.size,
  watch: (company, look) => world.onCommit(company, look),
})
