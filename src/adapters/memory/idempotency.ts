import type { Idempotency, IdempotentPlace, KeptAnswer } from '../../application/ports/idempotency.ts'
import type { Instant } from '../../domain/time.ts'

export interface IdempotencyRow {
  readonly digest: string
  readonly at: Instant
  readonly answer: KeptAnswer | undefined
}

const nameOf = ({ principal, path, key }: IdempotentPlace): string => JSON.stringify([principal, path, key])

export const memoryIdempotency = (rows: Map<string, IdempotencyRow>): Idempotency => {
  return {
    begin: async (request, now, forgotten) => {
      const name = nameOf(request)
      const known = rows.get(name)
      if (!known || known.at <= forgotten) {
        rows.set(name, { digest: request.digest, at: now, answer: undefined })
        return { kind: 'new' }
      }
      if (known.digest !== request.digest) return { kind: 'another-request' }
      return known.answer ? { kind: 'answered', answer: known.answer } : { kind: 'running' }
    },
    answer: async (place, answer) => {
      const row = rows.get(nameOf(place))
      if (row) rows.set(nameOf(place), { ...row, answer })
    },
    release: async (place) => {
      rows.delete(nameOf(place))
    },
  }
}
