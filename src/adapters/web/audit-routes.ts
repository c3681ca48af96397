import type { FastifyPluginAsync } from 'fastify'
import type { AuditQuery } from '../../application/ports/audit.ts'
import { isAuditKind } from '../../domain/access/audit-entry.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { instantAt, parseLocalDate } from '../../domain/time.ts'
import type { WebDependencies } from './application.ts'
import type { Pages } from './authenticated.ts'
import { textOf } from './door-routes.ts'
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

const queryOf = ({ kind, actor, from, to }: AuditFilter, cursor: string, profile: CompanyProfile): AuditQuery => {
  const zone = profile.company.timeZone
  const [first, last] = [parseLocalDate(from), parseLocalDate(to)]
  return {
    ...{ limit: PAGE_SIZE, cursor: cursor === '' ? undefined : cursor },
    ...(isAuditKind(kind) ? { kind } : {}),
    ...(actor === '' ? {} : { actor }),
    ...(first.isOk() ? { from: instantAt(first.value, 0, zone) } : {}),
    ...(last.isOk() ? { to: instantAt(last.value, 1440, zone) } : {}),
  }
}

/** The log of looks and changes. */
export const auditRoutes =
  ({ application }: WebDependencies, { atCompany }: Pages): FastifyPluginAsync =>
  async (http) => {
    http.get(
      '/companies/:slug/audit-log',
      atCompany('audit.read', async ({ scope, profile, frame }, { query }) => {
        const filter = filterOf(query)
        const cursor = textOf(query, 'cursor')
        const page = await application.listAuditLog(scope, queryOf(filter, cursor, profile))
        return auditPage({ frame, profile, filter, cursor, page })
      }),
    )
  }
