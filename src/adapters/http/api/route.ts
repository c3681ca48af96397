import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, preHandlerAsyncHookHandler } from 'fastify'
import type { Result } from 'neverthrow'
import { z } from 'zod'
import type { Failure } from '../../../application/failure.ts'
import type { Clock } from '../../../application/ports/ambient.ts'
import type { Door } from '../authenticate.ts'
import { sendFailure } from '../problem.ts'
import { problemAnswers } from './problems.ts'

type NamesIn<Url extends string> = Url extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

/** One address of the API. What it takes and gives is described once, for the check and for OpenAPI. */
export interface Route<
  At,
  Url extends string,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** What the address begins with; `/api/v1` when it is not said. */
  readonly base?: string
  /** Names in braces. */
  readonly url: Url
  readonly tag: string
  readonly summary: string
  readonly query?: Query
  readonly body?: Body
  readonly consumes?: readonly string[]
  /** Bytes; a megabyte when it is not said. */
  readonly bodyLimit?: number
  readonly answer: Answer
  /** Of success; 200 when it is not said. 202: it is under way. */
  readonly status?: (query: z.output<Query>, answer: z.input<Answer>) => number
  /** Does what the address names exist? Asked before the body is looked at. */
  readonly exists?: (at: At, params: { readonly [Name in NamesIn<Url>]: string }) => Promise<boolean>
  readonly handle: (
    at: At,
    given: {
      readonly params: { readonly [Name in NamesIn<Url>]: string }
      readonly query: z.output<Query>
      readonly body: z.output<Body>
    },
  ) => Promise<Result<z.input<Answer>, Failure>>
}

export interface Routing {
  readonly http: FastifyInstance
  readonly clock: Clock
  /** Remembers the answers of writes; runs after everything about the request was found right. */
  readonly onceOnly: preHandlerAsyncHookHandler
}

/** Adds routes behind one door: whoever is not let in learns nothing, and a handler cannot be reached past it. */
export const routesBehind =
  ({ http, clock, onceOnly }: Routing) =>
  <At>(door: Door<At>) =>
  <
    const Url extends string,
    Query extends z.ZodType = z.ZodUndefined,
    Body extends z.ZodType = z.ZodUndefined,
    Answer extends z.ZodType = z.ZodType,
  >(
    route: Route<At, Url, Query, Body, Answer>,
  ): void => {
    const isWrite = route.method !== 'GET'
    const { exists } = route
    const names = [...route.url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
    const paramsOf = (request: FastifyRequest) => request.params as { readonly [Name in NamesIn<Url>]: string }
    const success = route.status ? [200, 201, 202] : [200]

    http.route({
      method: route.method,
      url: `${route.base ?? '/api/v1'}${route.url.replace(/\{(\w+)\}/g, ':$1')}`,
      onRequest: [
        ...door.hooks,
        async (request: FastifyRequest, reply: FastifyReply) => {
          const named: readonly string[] = Object.values(paramsOf(request))
          if (named.some(isUnusable)) return sendFailure(reply, { kind: 'not-found' }, clock.now())
        },
        ...(exists
          ? [
              async (request: FastifyRequest, reply: FastifyReply) => {
                if (await exists(door.at(request), paramsOf(request))) return
                return sendFailure(reply, { kind: 'not-found' }, clock.now())
              },
            ]
          : []),
      ],
      // Whoever leaves the body out says nothing in it; what has to be said in it is then named as missing.
      preValidation: async (request) => {
        if (route.body && request.body === undefined) request.body = {}
      },
      preHandler: isWrite ? [onceOnly] : [],
      ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
      schema: description({
        tags: [route.tag],
        summary: route.summary,
        ...(route.consumes ? { consumes: [...route.consumes] } : {}),
        ...(names.length === 0
          ? {}
          : { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
        querystring: route.query ?? z.strictObject({}),
        ...(route.body ? { body: route.body } : {}),
        ...(isWrite ? { headers: idempotencyHeader } : {}),
        response: {
          ...Object.fromEntries(success.map((status) => [status, route.answer])),
          ...problemAnswers([401, 403, 404, 422, 429, ...(isWrite ? [400, 409] : [])]),
        },
      }),
      handler: async (request, reply) => {
        const query = request.query as z.output<Query>
        const given = { params: paramsOf(request), query, body: request.body as z.output<Body> }
        const outcome = await route.handle(door.at(request), given)
        if (outcome.isErr()) return sendFailure(reply, outcome.error, clock.now())
        return reply.status(route.status?.(query, outcome.value) ?? 200).send(outcome.value)
      },
    })
  }

/** Nothing has such a name, and PostgreSQL refuses to be asked for it. */
const isUnusable = (name: string): boolean => /\p{Cc}/u.test(name)

/** The answer's type is checked by `Route`, once. */
const description = (schema: FastifySchema): FastifySchema => schema

const idempotencyHeader = z.looseObject({
  'idempotency-key': z.string().min(1).max(255).optional().meta({
    description: 'Kept for 24 hours: the same key and body give the first answer again, without a second effect.',
  }),
})
