import type { Begun, Idempotency, IdempotentPlace } from '../../application/ports/idempotency.ts'
import type { Engine, Trx } from './engine.ts'
import type { Seals } from './sealing.ts'

const rowId = ({ principal, path, key }: IdempotentPlace): string => JSON.stringify([principal, path, key])

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
    begin: ({ company, digest: bare, principal, path, key }, now, forgotten) =>
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
              .where('idempotent_requests.begun_at', '<=', forgotten),
          )
          .returning('digest')
          .executeTakeFirst()
        if (taken) return { kind: 'new' }
        const place = { principal, path, key }
        const known = await kept(trx, place)
        if (known?.digest !== digest) return { kind: 'another-request' }
        if (known.status === null || known.body === null) return { kind: 'running' }
        const body = platform.open('idempotent_requests', 'body', rowId(place), known.body)
        return { kind: 'answered', answer: { status: known.status, body } }
      }),
    answer: (place, { status, body }) =>
      engine.asSystem(async (trx) => {
        await trx
          .updateTable('idempotent_requests')
          .set({ status, body: platform.seal('idempotent_requests', 'body', rowId(place), body) })
          .where('principal', '=', place.principal)
          .where('path', '=', place.path)
          .where('key', '=', place.key)
          .execute()
      }),
    release: ({ principal, path, key }) =>
      engine.asSystem(async (trx) => {
        await trx
          .deleteFrom('idempotent_requests')
          .where('principal', '=', principal)
          .where('path', '=', path)
          .where('key', '=', key)
          .execute()
      }),
  }
}
