import {
  answersAreKeptFor,
  type BegunRequest,
  type Idempotency,
  type IdempotentPlace,
  type KeptAnswer,
  requestLease,
} from '../../application/ports/idempotency.ts'
import { after, type Instant } from '../../domain/time.ts'

export interface IdempotencyRow {
  readonly digest: string
  readonly at: Instant
  readonly answer: KeptAnswer | undefined
}

const nameOf = ({ principal, path, key }: IdempotentPlace): string => JSON.stringify([principal, path, key])

export const memoryIdempotency = (rows: Map<string, IdempotencyRow>): Idempotency => {
  const held = (request: BegunRequest): IdempotencyRow | undefined => {
    const row = rows.get(nameOf(request))
    return row?.at === request.begunAt ? row : undefined
  }
  return {
    begin: async ({ digest, principal, path, key }, now) => {
      const place = { principal, path, key }
      const known = rows.get(nameOf(place))
      const isForgotten = !known || known.at <= after(now, -answersAreKeptFor)
      const isDead = known?.digest === digest && !known.answer && known.at <= after(now, -requestLease)
      if (isForgotten || isDead) {
        rows.set(nameOf(place), { digest, at: now, answer: undefined })
        return { kind: 'new', request: { ...place, begunAt: now } }
      }
      if (known.digest !== digest) return { kind: 'another-request' }
      return known.answer ? { kind: 'answered', answer: known.answer } : { kind: 'running' }
    },
    answer: async (request, answer) => {
      const row = held(request)
      if (row) rows.set(nameOf(request), { ...row, answer })
    },
    release: async (request) => {
      if (held(request)) rows.delete(nameOf(request))
    },
  }
}
