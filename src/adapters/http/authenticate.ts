import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import rateLimit from '@fastify/rate-limit'
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  onRequestHookHandler,
} from 'fastify'
import { err } from 'neverthrow'
import { enterCompany, enterPlatform, type Principal } from '../../application/access/authenticate.ts'
import type { Application } from '../../application/application.ts'
import type { Clock } from '../../application/ports/ambient.ts'
import type { Directory } from '../../application/ports/directory.ts'
import type { CompanyScope, PlatformScope } from '../../application/scope.ts'
import type { Permission } from '../../domain/access/role.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { knownAddress } from './address-of.ts'
import { sendFailure } from './problem.ts'

export interface SignedIn {
  readonly principal: Principal
}

export interface AtCompany extends SignedIn {
  readonly scope: CompanyScope
  readonly profile: CompanyProfile
}

export interface AtPlatform extends SignedIn {
  readonly scope: PlatformScope
}

type Hook = onRequestHookHandler | onRequestAsyncHookHandler

/** What a request has to pass before its body is read, and what was found on the way. */
export interface Door<At> {
  readonly hooks: readonly Hook[]
  readonly at: (request: FastifyRequest) => At
  /** Whether somebody who was let in once still would be. */
  readonly stillOpen: (request: FastifyRequest) => Promise<boolean>
}

export interface Doors {
  /** For the company that `:company` names. A foreign one is answered as a missing one is. */
  readonly company: (permission: Permission) => Door<AtCompany>
  readonly platform: (permission: Permission) => Door<AtPlatform>
  readonly anyone: Door<SignedIn>
  readonly principalOf: (request: FastifyRequest) => Principal
}

export interface DoorNeeds {
  readonly app: Pick<Application, 'principalOfToken' | 'principalOfSession'>
  readonly directory: Directory
  readonly clock: Clock
  readonly tokensPerMinute: number
}

export const sessionCookie = 'frontdesk_session'
const csrfCookie = 'frontdesk_csrf'

/** As far as a look-up may be asked for it: no database has to judge other text. */
const isSlug = /^[\w-]{1,100}$/

const isWrite = ({ method }: FastifyRequest): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)

/** Sets up what recognises callers. Tokens come as `Authorization: Bearer`, people by their session and a CSRF token. */
export const openDoors = async (http: FastifyInstance, needs: DoorNeeds): Promise<Doors> => {
  const { app, directory, clock } = needs
  const principals = new WeakMap<FastifyRequest, Principal>()
  const companies = new WeakMap<FastifyRequest, AtCompany>()
  const platforms = new WeakMap<FastifyRequest, AtPlatform>()

  const principalOf = (request: FastifyRequest): Principal => found(principals.get(request))

  await http.register(cookie)
  await http.register(csrf, { cookieKey: csrfCookie })
  await http.register(rateLimit, {
    global: false,
    max: needs.tokensPerMinute,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: (request) => principalOf(request).key,
  })
  const count = http.createRateLimit()

  const whoAsks = async (request: FastifyRequest) => {
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const token = /^Bearer +(fd_[\w-]{1,200}) *$/i.exec(authorization)?.[1]
      return token === undefined ? err({ kind: 'not-signed-in' } as const) : app.principalOfToken(token)
    }
    const session = request.cookies[sessionCookie]
    return session === undefined ? err({ kind: 'not-signed-in' } as const) : app.principalOfSession(session)
  }

  const recognise: onRequestAsyncHookHandler = async (request, reply) => {
    const principal = await whoAsks(request)
    if (principal.isErr()) {
      return sendFailure(reply.header('www-authenticate', 'Bearer realm="frontdesk"'), principal.error, clock.now())
    }
    principals.set(request, principal.value)
  }

  /** Only a browser sends its cookie without being asked, so only it has to prove that a page of ours wrote. */
  const fromOurPage: onRequestHookHandler = (request, reply, done) => {
    if (request.headers.authorization === undefined && isWrite(request)) http.csrfProtection(request, reply, done)
    else done()
  }

  const notTooOften: onRequestAsyncHookHandler = async (request, reply) => {
    const counted = await count(request)
    if (counted.isAllowed) return
    reply.header('x-ratelimit-limit', counted.max).header('x-ratelimit-remaining', counted.remaining)
    if (counted.isExceeded) {
      const retryAfterSeconds = Math.max(1, counted.ttlInSeconds)
      return sendFailure(reply, { kind: 'too-many-requests', retryAfterSeconds }, clock.now())
    }
  }

  const enter = async (request: FastifyRequest, principal: Principal, permission: Permission) => {
    const { company: slug } = request.params as { readonly company?: string }
    const company = isSlug.test(slug ?? '') ? await directory.companyBySlug(slug ?? '') : undefined
    const scope = enterCompany(principal, company, permission, knownAddress(request))
    if (scope.isErr()) return err(scope.error)
    const profile = await directory.profile(scope.value.company)
    return profile
      ? scope.map((granted) => ({ principal, scope: granted, profile }))
      : err({ kind: 'not-found' } as const)
  }

  const known = [recognise, fromOurPage, notTooOften]

  return {
    principalOf,
    anyone: {
      hooks: known,
      at: (request) => ({ principal: principalOf(request) }),
      stillOpen: async (request) => (await whoAsks(request)).isOk(),
    },
    company: (permission) => ({
      hooks: [
        ...known,
        async (request: FastifyRequest, reply: FastifyReply) => {
          const entered = await enter(request, principalOf(request), permission)
          if (entered.isErr()) return sendFailure(reply, entered.error, clock.now())
          companies.set(request, entered.value)
        },
      ],
      at: (request) => found(companies.get(request)),
      stillOpen: async (request) => {
        const principal = await whoAsks(request)
        return principal.isOk() && (await enter(request, principal.value, permission)).isOk()
      },
    }),
    platform: (permission) => ({
      hooks: [
        ...known,
        async (request: FastifyRequest, reply: FastifyReply) => {
          const principal = principalOf(request)
          const scope = enterPlatform(principal, permission, knownAddress(request))
          if (scope.isErr()) return sendFailure(reply, scope.error, clock.now())
          platforms.set(request, { principal, scope: scope.value })
        },
      ],
      at: (request) => found(platforms.get(request)),
      stillOpen: async (request) => {
        const principal = await whoAsks(request)
        return principal.isOk() && enterPlatform(principal.value, permission).isOk()
      },
    }),
  }
}

const found = <Thing>(thing: Thing | undefined): Thing => {
  if (thing === undefined) throw new Error('A request came past its door')
  return thing
}
