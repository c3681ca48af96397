import type { FastifyPluginAsync } from 'fastify'
import type { AuditQuery } from '../../application/ports/audit.ts'
import { isAuditKind } from '../../domain/access/audit-entry.ts'
import { instantAt, parseLocalDate, type TimeZone } from '../../domain/time.ts'
import type { WebDependencies } from './application.ts'
import type { Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
import { companyPath } from './frame.ts'
import { type AuditFilter, auditPage } from './pages/audit.tsx'

const PAGE_SIZE = 50

const dayIn = (text: string): string => (parseLocalDate(text).isOk() ? text : '')

/** What an address asks for; what makes no sense in it is left out. */
const filterOf = (query: unknown): AuditFilter => {
  const kind = textOf(query, 'kind')
  return {
    kind: isAuditKind(kind) ? kind : '',
    actor: textOf(query, 'actor').trim().slice(0, 254),
    from: dayIn(textOf(query, 'from')),
    to: dayIn(textOf(query, 'to')),
  }
}

/** Days are those of the zone. */
const queryOf = ({ kind, actor, from, to }: AuditFilter, cursor: string, zone: TimeZone): AuditQuery => {
  const [first, last] = [parseLocalDate(from), parseLocalDate(to)]
  return {
    ...{ limit: PAGE_SIZE, cursor: cursor === '' ? undefined : cursor },
    ...(isAuditKind(kind) ? { kind } : {}),
    ...(actor === '' ? {} : { actor }),
    ...(first.isOk() ? { from: instantAt(first.value, 0, zone) } : {}),
    ...(last.isOk() ? { to: instantAt(last.value, 1440, zone) } : {}),
  }
}

/** The log of looks and changes, of a company and of them all. */
export const auditRoutes =
  ({ application, platformZone }: WebDependencies, { atCompany, atPlatform }: Pages): FastifyPluginAsync =>
  async (http) => {
    http.get(
      '/companies/:slug/audit-log',
      atCompany('audit.read', async ({ scope, profile, frame }, { query }) => {
        const filter = filterOf(query)
        const cursor = textOf(query, 'cursor')
        const page = await application.listAuditLog(scope, queryOf(filter, cursor, profile.company.timeZone))
        const at = { path: companyPath(profile, '/audit-log'), own: profile.company, companies: undefined }
        return auditPage({ frame, at, filter, cursor, page })
      }),
    )

    http.get(
      '/audit-log',
      atPlatform(async ({ scope, frame }, { query }) => {
        const filter = filterOf(query)
        const cursor = textOf(query, 'cursor')
        const page = await application.listPlatformAuditLog(scope, queryOf(filter, cursor, platformZone))
        const companies = new Map(
          (await application.companies(scope)).map((one): [string, typeof one] => [one.id, one]),
        )
        return auditPage({ frame, at: { path: '/audit-log', own: undefined, companies }, filter, cursor, page })
      }),
    )
  }
