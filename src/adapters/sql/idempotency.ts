import type { ExpressionBuilder } from 'kysely'
import {
  answersAreKeptFor,
  type Begun,
  type BegunRequest,
  type Idempotency,
  type IdempotentPlace,
  requestLease,
} from '../../application/ports/idempotency.ts'
import { after } from '../../domain/time.ts'
import type { Engine, Trx } from './engine.ts'
import type { Schema } from './schema.ts'
import type { Seals } from './sealing.ts'

const rowId = ({ principal, path, key }: IdempotentPlace): string => JSON.stringify([principal, path, key])

const heldBy =
  ({ principal, path, key, begunAt }: BegunRequest) =>
  ({ and }: ExpressionBuilder<Schema, 'idempotent_requests'>) =>
    and({ principal, path, key, begun_at: begunAt })

/** Answers to writes, kept without a company, for who asks may be nobody's. */
export const sqlIdempotency = (engine: Engine, { platform }: Seals): Idempotency => {
  const kept = (trx: Trx, { principal, path, key }: IdempotentPlace) =>
    trx
      .selectFrom('idempotent_requests')
      .select(['digest', 'status', 'body'])
      .where('principal', '=', principal)
      .where('path', '=', path)
      .where('key', '=', key)
      .executeTakeFirst()

  return {
    begin: ({ company, digest: bare, principal, path, key }, now) =>
      engine.asSystem(async (trx): Promise<Begun> => {
        // What was asked may name people, and a bare digest could be found again by trying.
        const digest = platform.index('idempotent request', bare)
        const taken = await trx
          .insertInto('idempotent_requests')
          .values({
            ...{ principal, path, key, digest, begun_at: now },
            ...{ company_id: company ?? null, status: null, body: null },
          })
          .onConflict((conflict) =>
            conflict
              .columns(['principal', 'path', 'key'])
              .doUpdateSet({ digest, begun_at: now, status: null, body: null })
              .where(({ eb, or, and }) =>
                or([
                  eb('idempotent_requests.begun_at', '<=', after(now, -answersAreKeptFor)),
                  and([
                    eb('idempotent_requests.begun_at', '<=', after(now, -requestLease)),
                    eb('idempotent_requests.status', 'is', null),
                    eb('idempotent_requests.digest', '=', digest),
                  ]),
                ]),
              ),
          )
          .returning('digest')
          .executeTakeFirst()
        const place = { principal, path, key }
        if (taken) return { kind: 'new', request: { ...place, begunAt: now } }
        const known = await kept(trx, place)
        if (known?.digest !== digest) return { kind: 'another-request' }
        if (known.status === null || known.body === null) return { kind: 'running' }
        const body = platform.open('idempotent_requests', 'body', rowId(place), known.body)
        return { kind: 'answered', answer: { status: known.status, body } }
      }),
    answer: (request, { status, body }) =>
      engine.asSystem(async (trx) => {
        await trx
          .updateTable('idempotent_requests')
          .set({ status, body: platform.seal('idempotent_requests', 'body', rowId(request), body) })
          .where(heldBy(request))
          .execute()
      }),
    release: (request) =>
      engine.asSystem(async (trx) => {
        await trx.deleteFrom('idempotent_requests').where(heldBy(request)).execute()
      }),
  }
}
