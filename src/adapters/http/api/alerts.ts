import { ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { Alert } from '../../../application/ports/alarm.ts'
import type { AlertId } from '../../../domain/ids.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, pageOf, pageQuery, written, writtenOrNull } from './schemas.ts'

export const alertShape = {
  id: z.string(),
  kind: z.string(),
  severity: z.enum(['info', 'warning', 'critical']),
  message: z.string(),
  call_id: z.string().nullable(),
  appointment_id: z.string().nullable(),
  created_at: instantText,
  resolved_at: instantText.nullable(),
}
const alert = z.strictObject(alertShape).meta({ id: 'Alert' })

type Needs = Pick<Application, 'listAlerts' | 'resolveAlert'>

export const alertRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  routesBehind(routing)(doors.company('calls.read'))({
    method: 'GET',
    url: '/companies/{company}/alerts',
    tag: 'Alerts',
    summary: 'Alerts, newest first',
    query: z.strictObject({ ...pageQuery, open: z.enum(['true', 'false']).optional() }),
    answer: pageOf(alert),
    handle: async ({ scope, profile }, { query: { limit, cursor, open } }) => {
      const wanted = open === undefined ? {} : { open: open === 'true' }
      const { items, next } = await app.listAlerts(scope, { limit, cursor, ...wanted })
      return ok({ items: items.map((one) => viewOfAlert(one, profile.company.timeZone)), next: next ?? null })
    },
  })

  routesBehind(routing)(doors.company('companies.configure'))({
    method: 'POST',
    url: '/companies/{company}/alerts/{id}/resolve',
    tag: 'Alerts',
    summary: 'Say that an open alert was seen to',
    answer: z.strictObject({ id: z.string(), resolved_at: instantText }),
    handle: async ({ scope, profile }, { params }) => {
      const resolved = await app.resolveAlert(scope, params.id as AlertId)
      return resolved.map(({ resolvedAt }) => ({
        id: params.id,
        resolved_at: written(resolvedAt, profile.company.timeZone),
      }))
    },
  })
}

export const viewOfAlert = (one: Alert, zone: TimeZone) => ({
  id: one.id,
  kind: one.kind,
  severity: one.severity,
  message: one.message,
  call_id: one.callId ?? null,
  appointment_id: one.appointmentId ?? null,
  created_at: written(one.createdAt, zone),
  resolved_at: writtenOrNull(one.resolvedAt, zone),
})
