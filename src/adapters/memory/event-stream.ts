import type { EventStream } from '../../application/ports/events.ts'
import type { World } from './world.ts'

export const memoryEvents = (world: World): EventStream => ({
  after: async (company, seq, limit) =>
    [...world.tablesOf(company).events.values()].filter((event) => event.seq > seq).slice(0, limit),
  latest: async (company) => world.told.get(company) ?? 0,
  watch: (company, look) => world.onCommit(company, look),
})
