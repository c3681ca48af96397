import type { SeenNumbers } from '../../application/ports/voice-numbers.ts'
import type { Draft } from './tables.ts'

export const seenNumbersIn = (draft: Draft): SeenNumbers => ({
  list: async () => draft.rows('seenNumbers').toSorted((one, other) => (one.number < other.number ? -1 : 1)),
  find: async (number) => draft.row('seenNumbers', number),
  save: async (numbers) => {
    for (const seen of numbers) draft.put('seenNumbers', seen.number, seen)
  },
  forget: async (number) => draft.remove('seenNumbers', number),
})
