import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import type { Clock } from '../../../application/ports/ambient.ts'
import type { BegunRequest, Idempotency } from '../../../application/ports/idempotency.ts'
import type { Doors } from '../authenticate.ts'
import { sendFailure } from '../problem.ts'

export interface OnceOnly {
  readonly hook: preHandlerAsyncHookHandler
  /** Equal requests have equal bytes. */
  readonly noteBody: (request: FastifyRequest, text: string) => void
}

/**
 * Lets a write with an `Idempotency-Key` have one effect, however often it is sent. Only successes are kept: what was
 * refused changed nothing and is computed anew.
 */
export const onceOnly = (
  http: FastifyInstance,
  doors: Doors,
  { idempotency, clock }: { readonly idempotency: Idempotency; readonly clock: Clock },
): OnceOnly => {
  const texts = new WeakMap<FastifyRequest, string>()
  const running = new WeakMap<FastifyRequest, BegunRequest>()

  http.addHook('onSend', async (request, reply, payload) => {
    const held = running.get(request)
    if (!held) return payload
    running.delete(request)
    if (reply.statusCode < 300 && typeof payload === 'string') {
      await idempotency.answer(held, { status: reply.statusCode, body: payload })
    } else await idempotency.release(held)
    return payload
  })

  const hook: preHandlerAsyncHookHandler = async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string') return
    const now = clock.now()
    const principal = doors.principalOf(request)
    const [path = '', query = ''] = request.url.split('?', 2)
    const place = { principal: principal.key, path, key }
    const digest = digestOf([request.method, query, texts.get(request) ?? ''])
    const begun = await idempotency.begin({ ...place, company: principal.company, digest }, now)
    switch (begun.kind) {
      case 'new':
        running.set(request, begun.request)
        return
      case 'running':
        return sendFailure(reply, { kind: 'still-running' }, now)
      case 'another-request':
        return sendFailure(reply, { kind: 'idempotency-key-reused' }, now)
      case 'answered':
        return reply
          .status(begun.answer.status)
          .header('idempotency-replayed', 'true')
          .type('application/json; charset=utf-8')
          .send(begun.answer.body)
    }
  }

  return {
    hook,
    noteBody: (request, text) => {
      if (request.headers['idempotency-key'] !== undefined) texts.set(request, text)
    },
  }
}

const digestOf = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex')
