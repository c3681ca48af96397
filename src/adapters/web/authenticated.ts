import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayDo } from '../../application/access/authenticate.ts'
import type { CallbackTally } from '../../application/ports/callbacks.ts'
import type { CompanyScope, PlatformScope } from '../../application/scope.ts'
import type { Permission } from '../../domain/access/role.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { knownAddress } from '../http/address-of.ts'
import type { WebDependencies, WebSession } from './application.ts'
import type { Assets } from './assets.ts'
import { type Frame, localPath, type View } from './frame.ts'
import { type Problem, problemPage } from './pages/doors.tsx'
import { Document, DoorDocument } from './pages/layout.tsx'
import { languageFor, themeFor } from './preferences.ts'
import { catalogues } from './words/words.ts'

export const sessionCookie = 'frontdesk_session'

/** Somebody who may see this company. */
export interface AtCompany {
  readonly session: WebSession
  readonly scope: CompanyScope
  readonly profile: CompanyProfile
  readonly frame: Frame
}

/** A platform administrator. */
export interface AtPlatform {
  readonly session: WebSession
  readonly scope: PlatformScope
  readonly frame: Frame
}

export interface SignedIn {
  readonly session: WebSession
  readonly frame: Frame
}

/** `sent`: the handler answered by itself. */
export type Answer = View | { readonly redirect: string } | 'not-found' | 'sent'

type Handler<Given> = (given: Given, request: FastifyRequest, reply: FastifyReply) => Promise<Answer>
type Route = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

type Admitted = {
  readonly session: WebSession
  readonly company: { scope: CompanyScope; profile: CompanyProfile } | undefined
}
type Refusal = 'log-in' | 'not-found' | 'forbidden'

/** A request of the page's own script: it gets the page without what is around it. */
const isFragment = (request: FastifyRequest): boolean =>
  request.headers['hx-request'] === 'true' && request.headers['hx-history-restore-request'] !== 'true'

/** What a page without its navigation need not know. */
const nobody: CallbackTally = { standing: 0, overdue: 0 }

export const pages = (dependencies: WebDependencies, assets: Assets) => {
  const { application, clock, platformZone } = dependencies

  const frameOf = (
    request: FastifyRequest,
    reply: FastifyReply,
    session: WebSession | undefined,
    company: Frame['company'],
  ): Frame => ({
    words: catalogues[languageFor(request, company?.profile.company.language)],
    theme: themeFor(request),
    now: clock.now(),
    platformZone,
    assets,
    address: request.url,
    csrf: isFragment(request) ? '' : reply.generateCsrf(),
    session,
    company,
  })

  /** The one place where it is decided who may see what. A foreign company is refused as a missing one is. */
  const admit = async (
    request: FastifyRequest,
    slug: string | undefined,
    permission: Permission | undefined,
  ): Promise<Admitted | Refusal> => {
    const cookie = request.cookies[sessionCookie]
    const how = { address: knownAddress(request), rereads: isFragment(request) }
    const session = cookie ? await application.whoIs(cookie, how) : undefined
    if (!session) return 'log-in'
    let company: Admitted['company']
    if (slug !== undefined) {
      const id = await application.companyBySlug(slug)
      const scope = id && session.scope(id)
      const profile = id && scope && (await application.profile(id))
      if (!scope || !profile) return 'not-found'
      company = { scope, profile }
    }
    return permission === undefined || mayDo(session, permission) ? { session, company } : 'forbidden'
  }

  const html = (reply: FastifyReply, status: number, page: string): FastifyReply =>
    reply.code(status).header('vary', 'hx-request, cookie, accept-language').type('text/html; charset=utf-8').send(page)

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    frame: Frame,
    view: View,
  ): Promise<FastifyReply> => {
    if (isFragment(request)) return html(reply, view.status ?? 200, await view.content)
    const page = frame.session ? Document({ frame, view }) : DoorDocument({ frame, view })
    return html(reply, view.status ?? 200, `<!doctype html>${await page}`)
  }

  const showProblem = async (
    request: FastifyRequest,
    reply: FastifyReply,
    problem: Problem,
    reference?: string,
  ): Promise<FastifyReply> => {
    const frame = frameOf(request, reply, undefined, undefined)
    const view = problemPage({ frame, problem, ...(reference === undefined ? {} : { reference }) })
    return html(reply, view.status ?? 500, `<!doctype html>${await DoorDocument({ frame, view })}`)
  }

  const refuse = async (request: FastifyRequest, reply: FastifyReply, refusal: Refusal): Promise<FastifyReply> => {
    if (refusal === 'not-found') return showProblem(request, reply, 'notFound')
    if (refusal === 'forbidden') return showProblem(request, reply, 'forbidden')
    const here = request.headers['hx-current-url']
    const next = localPath(typeof here === 'string' ? pathOf(here) : request.method === 'GET' ? request.url : '/')
    const login = next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`
    if (isFragment(request)) return reply.code(401).header('hx-redirect', login).send()
    if (request.headers.accept?.includes('text/event-stream')) return reply.code(401).send()
    return reply.redirect(login, 302)
  }

  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    frame: Frame,
    given: Answer,
  ): Promise<FastifyReply> => {
    if (given === 'sent') return reply
    if (given === 'not-found') return showProblem(request, reply, 'notFound')
    if ('redirect' in given) return reply.redirect(given.redirect, 303)
    return show(request, reply, frame, given)
  }

  return {
    frameOf,
    show,
    showProblem,

    /** For everybody who is logged in. */
    signedIn:
      (handle: Handler<SignedIn>): Route =>
      async (request, reply) => {
        const admitted = await admit(request, undefined, undefined)
        if (typeof admitted === 'string') return refuse(request, reply, admitted)
        const { session } = admitted
        const frame = frameOf(request, reply, session, undefined)
        return answer(request, reply, frame, await handle({ session, frame }, request, reply))
      },

    /** For those who may do this at the company that the address names. */
    atCompany:
      (permission: Permission, handle: Handler<AtCompany>): Route =>
      async (request, reply) => {
        const { slug } = request.params as { readonly slug: string }
        const admitted = await admit(request, slug, permission)
        if (typeof admitted === 'string') return refuse(request, reply, admitted)
        const { session, company } = admitted
        if (!company) return refuse(request, reply, 'not-found')
        const { scope, profile } = company
        const seq = await application.events.latest(profile.id)
        const waiting = isFragment(request) ? nobody : await application.tallyCallbacks(scope)
        const frame = frameOf(request, reply, session, { profile, seq, waiting })
        return answer(request, reply, frame, await handle({ session, scope, profile, frame }, request, reply))
      },

    /** For platform administrators. */
    atPlatform:
      (handle: Handler<AtPlatform>): Route =>
      async (request, reply) => {
        const admitted = await admit(request, undefined, 'platform.read')
        if (typeof admitted === 'string') return refuse(request, reply, admitted)
        const { session } = admitted
        if (!session.platform) return refuse(request, reply, 'forbidden')
        const frame = frameOf(request, reply, session, undefined)
        return answer(request, reply, frame, await handle({ session, scope: session.platform, frame }, request, reply))
      },

    /** Whether a page that was let in once still would be. */
    stillAllowed: async (request: FastifyRequest, slug: string, permission: Permission): Promise<boolean> =>
      typeof (await admit(request, slug, permission)) !== 'string',
  }
}

export type Pages = ReturnType<typeof pages>

const pathOf = (address: string): string => {
  try {
    const { pathname, search } = new URL(address)
    return `${pathname}${search}`
  } catch {
    return '/'
  }
}
