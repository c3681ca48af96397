import type { FastifyPluginAsync } from 'fastify'
import type { CallQuery } from '../../application/ports/calls.ts'
import type { CallStatus } from '../../domain/calling/call.ts'
import type { CallOutcome } from '../../domain/calling/outcome.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { parseId } from '../../domain/ids.ts'
import { type Instant, instant, instantAt, localMoment, parseLocalDate } from '../../domain/time.ts'
import { type LiveStreams, startOf } from '../http/live-streams.ts'
import type { WebDependencies } from './application.ts'
import type { Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { companyPath } from './frame.ts'
import { calendarPage } from './pages/calendar.tsx'
import { callPage } from './pages/call.tsx'
import { Pulse } from './pages/call-row.tsx'
import { type CallFilter, callsPage } from './pages/calls.tsx'
import { deliveriesPage, deliveryPage, isDeliveryOutcome } from './pages/deliveries.tsx'
import { overviewPage } from './pages/overview.tsx'
import { catalogues } from './words/words.ts'

const PAGE_SIZE = 50
const LATEST_CALLS = 8

const isStatus = (text: string): text is CallStatus => Object.hasOwn(catalogues.en.calls.status, text)
const isOutcome = (text: string): text is CallOutcome => Object.hasOwn(catalogues.en.calls.outcome, text)

/** What an address asks for; what makes no sense in it is left out. */
const filterOf = (query: unknown, profile: CompanyProfile): CallFilter => {
  const [status, outcome, branch, day] = ['status', 'outcome', 'branch', 'day'].map((name) => textOf(query, name)) as [
    string,
    string,
    string,
    string,
  ]
  return {
    status: isStatus(status) ? status : '',
    outcome: isOutcome(outcome) ? outcome : '',
    branch: profile.branches.some((one) => one.slug === branch) ? branch : '',
    day: parseLocalDate(day).isOk() ? day : '',
    cursor: textOf(query, 'cursor'),
  }
}

const dayBounds = (
  day: string,
  profile: CompanyProfile,
): { readonly from: Instant; readonly to: Instant } | undefined => {
  const date = parseLocalDate(day)
  if (date.isErr()) return undefined
  const zone = profile.company.timeZone
  return { from: instantAt(date.value, 0, zone), to: instantAt(date.value, 1440, zone) }
}

const queryOf = (filter: CallFilter, profile: CompanyProfile): CallQuery => {
  const branch = profile.branches.find((one) => one.slug === filter.branch)
  return {
    limit: PAGE_SIZE,
    cursor: filter.cursor === '' ? undefined : filter.cursor,
    ...(isStatus(filter.status) ? { status: filter.status } : {}),
    ...(isOutcome(filter.outcome) ? { outcome: filter.outcome } : {}),
    ...(branch ? { branch: branch.id } : {}),
    ...dayBounds(filter.day, profile),
  }
}

/** The pages of one company. */
export const companyRoutes =
  ({ application }: WebDependencies, { atCompany, stillAllowed }: Pages, live: LiveStreams): FastifyPluginAsync =>
  async (http) => {
    const base = '/companies/:slug'

    http.get(
      base,
      atCompany('calls.read', async ({ scope, profile, frame }) => {
        const [figures, listing, rings, alerts, next] = await Promise.all([
          application.overview(scope, profile),
          application.listCalls(scope, { limit: LATEST_CALLS, cursor: undefined }),
          application.openRings(scope),
          application.openAlerts(scope, 6),
          application.nextAppointments(scope, 6),
        ])
        return overviewPage({ frame, profile, figures, listing, rings, alerts, next })
      }),
    )

    http.get(
      `${base}/calls`,
      atCompany('calls.read', async ({ scope, profile, frame }, request) => {
        const filter = filterOf(request.query, profile)
        const query = queryOf(filter, profile)
        const ringsToo =
          filter.cursor === '' && filter.outcome === '' && filter.day === '' && ['', 'ringing'].includes(filter.status)
        const [listing, open] = await Promise.all([
          application.listCalls(scope, query),
          ringsToo ? application.openRings(scope) : [],
        ])
        const rings = query.branch === undefined ? open : open.filter((one) => one.branch === query.branch)
        return callsPage({ frame, profile, filter, listing, rings })
      }),
    )

    http.get(
      `${base}/calls/:id`,
      atCompany('calls.read', async ({ scope, profile, frame }, request) => {
        const { id } = request.params as { readonly id: string }
        const detail = await application.callDetail(scope, id)
        return detail ? callPage({ frame, profile, detail }) : 'not-found'
      }),
    )

    http.get(
      `${base}/appointments`,
      atCompany('appointments.read', async ({ scope, profile, frame }, request) => {
        const wanted = textOf(request.query, 'branch')
        const branch = profile.branches.find((one) => one.slug === wanted) ?? profile.branches[0]
        const lifted = textOf(request.query, 'said') === 'lifted'
        if (!branch) return calendarPage({ frame, profile, view: undefined, lifted })
        const date = parseLocalDate(textOf(request.query, 'date')).unwrapOr(
          localMoment(frame.now, branch.timeZone).date,
        )
        return calendarPage({ frame, profile, view: await application.dayOf(scope, profile, branch, date), lifted })
      }),
    )

    http.get(
      `${base}/deliveries`,
      atCompany('deliveries.read', async ({ scope, profile, frame }, request) => {
        const outcome = textOf(request.query, 'outcome')
        const cursor = textOf(request.query, 'cursor')
        const page = await application.deliveries(scope, {
          limit: PAGE_SIZE,
          cursor: cursor === '' ? undefined : cursor,
          ...(isDeliveryOutcome(outcome) ? { outcome } : {}),
        })
        const at = { path: companyPath(profile, '/deliveries'), companies: undefined }
        return deliveriesPage({ frame, at, outcome: isDeliveryOutcome(outcome) ? outcome : '', cursor, page })
      }),
    )

    http.get(
      `${base}/deliveries/:id`,
      atCompany('deliveries.read', async ({ scope, profile, frame }, request) => {
        const id = parseId('delivery', (request.params as { readonly id: string }).id)
        const one = id.isOk() ? await application.delivery(scope, id.value) : undefined
        const at = { path: companyPath(profile, '/deliveries'), companies: undefined }
        return one ? deliveryPage({ frame, at, one }) : 'not-found'
      }),
    )

    http.get(
      `${base}/pulse`,
      atCompany('calls.read', async ({ scope, profile, frame }, request, reply) => {
        const since = Number(textOf(request.query, 'since'))
        const listing = await application.listCalls(scope, { limit: LATEST_CALLS, cursor: undefined })
        const from = instant(Number.isFinite(since) ? since : frame.now)
        reply.type('text/html; charset=utf-8').send(await Pulse({ frame, profile, listing, since: from }))
        return 'sent'
      }),
    )

    http.get(
      `${base}/live`,
      { exposeHeadRoute: false },
      atCompany('calls.read', async ({ profile }, request, reply) => {
        const lastEventId = request.headers['last-event-id']
        const since = startOf(typeof lastEventId === 'string' ? lastEventId : undefined, textOf(request.query, 'since'))
        const { slug } = request.params as { readonly slug: string }
        await live.open(request, reply, profile.id, since, () => stillAllowed(request, slug, 'calls.read'))
        return 'sent'
      }),
    )
  }
