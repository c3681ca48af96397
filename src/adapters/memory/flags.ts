import type { Flags, StoredFlag } from '../../application/ports/flags.ts'
import { keep } from './keep.ts'

export const memoryFlags = (): Flags => {
  const kept = new Map<string, StoredFlag>()
  return {
    all: async () => [...kept.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    save: async (_scope, flag) => {
      kept.set(flag.name, keep(flag))
    },
  }
}
