import { ok } from 'neverthrow'
import { z } from 'zod'
import { auditSentence } from '../../../application/access/audit-words.ts'
import type { Application } from '../../../application/application.ts'
import type { Alarm } from '../../../application/ports/alarm.ts'
import type { AuditQuery } from '../../../application/ports/audit.ts'
import { type AuditEntry, auditKinds, severityOf } from '../../../domain/access/audit-entry.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { momentFilter, momentOf } from './filters.ts'
import { type Routing, routesBehind } from './route.ts'
import { companyOf, instantText, named, pageOf, pageQuery, written } from './schemas.ts'
import { securityEvent, viewOfSecurityEvent } from './security-events.ts'

export const auditEntry = z
  .strictObject({
    id: z.string(),
    seq: z
      .number()
      .int()
      .meta({ description: '1, 2, … without gaps, in the chain of the company or of the platform.' }),
    kind: z.enum(auditKinds),
    severity: z.enum(['info', 'warning']),
    at: instantText,
    address: z.string().nullable(),
    actor: z
      .string()
      .meta({ description: 'The e-mail of a user, the id of a token, or the name of a command or job.' }),
    actor_kind: z.string(),
    actor_id: z.string().nullable(),
    company: named.nullable(),
    subject: z.strictObject({ kind: z.string(), id: z.string() }).nullable(),
    detail: z.string(),
    hash: z.string().meta({ description: 'Covers this entry and the hash before it.' }),
  })
  .meta({ id: 'AuditEntry' })

export const auditFilters = {
  ...pageQuery,
  kind: z.enum(auditKinds).optional(),
  actor: z.string().max(254).optional().meta({ description: 'An e-mail or the id of a token, whole.' }),
  from: momentFilter.optional(),
  to: momentFilter.optional(),
} as const

type Filters = z.output<z.ZodObject<typeof auditFilters>>

export const auditQueryOf = ({ limit, cursor, kind, actor, from, to }: Filters, zone: TimeZone): AuditQuery => ({
  ...{ limit, cursor },
  ...(kind === undefined ? {} : { kind }),
  ...(actor === undefined ? {} : { actor }),
  ...(from === undefined ? {} : { from: momentOf(from, zone, 'from') }),
  ...(to === undefined ? {} : { to: momentOf(to, zone, 'to') }),
})

export const viewOfAuditEntry = (
  { id, seq, kind, at, address, actor, subject, facts, hash }: AuditEntry,
  company: z.input<typeof named> | null,
  zone: TimeZone,
) => ({
  ...{ id, seq, kind, severity: severityOf(kind), at: written(at, zone), address: address ?? null },
  ...{ actor: actor.name, actor_kind: actor.kind, actor_id: actor.id ?? null, company },
  ...{ subject: subject ?? null, detail: auditSentence({ kind, facts }), hash },
})

/** What people and programs looked at and changed at a company, and what happened at its doors. */
export const auditRoutes = (
  routing: Routing,
  doors: Doors,
  app: Pick<Application, 'listAuditLog'>,
  alarm: Pick<Alarm, 'securityEventsOf'>,
): void => {
  const route = routesBehind(routing)(doors.company('audit.read'))
  const tag = 'Audit'

  route({
    method: 'GET',
    url: '/companies/{company}/audit-log',
    tag,
    summary: 'Who looked at whom and who changed what, newest first; nothing in it can be changed or taken back',
    query: z.strictObject(auditFilters),
    answer: pageOf(auditEntry),
    handle: async ({ scope, profile }, { query }) => {
      const zone = profile.company.timeZone
      const { items, next } = await app.listAuditLog(scope, auditQueryOf(query, zone))
      const company = companyOf(profile)
      return ok({ items: items.map((one) => viewOfAuditEntry(one, company, zone)), next: next ?? null })
    },
  })

  route({
    method: 'GET',
    url: '/companies/{company}/security-events',
    tag,
    summary: 'What happened at the doors of the company, newest first',
    query: z.strictObject(pageQuery),
    answer: pageOf(securityEvent),
    handle: async ({ scope, profile }, { query: { limit, cursor } }) => {
      const { items, next } = await alarm.securityEventsOf(scope, { limit, cursor })
      const [company, zone] = [companyOf(profile), profile.company.timeZone]
      return ok({ items: items.map((one) => viewOfSecurityEvent(one, company, zone)), next: next ?? null })
    },
  })
}
