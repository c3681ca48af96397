import { z } from 'zod'
import type { SecurityEvent } from '../../../application/ports/alarm.ts'
import type { TimeZone } from '../../../domain/time.ts'
import { instantText, named, written } from './schemas.ts'

export const securityEvent = z
  .strictObject({
    id: z.string(),
    kind: z.string(),
    severity: z.enum(['info', 'warning', 'critical']),
    at: instantText,
    address: z.string().nullable(),
    actor: z.string().nullable(),
    company: named.nullable(),
    detail: z.string(),
  })
  .meta({ id: 'SecurityEvent' })

export const viewOfSecurityEvent = (one: SecurityEvent, company: z.input<typeof named> | null, zone: TimeZone) => ({
  id: one.id,
  kind: one.kind,
  severity: one.severity,
  at: written(one.at, zone),
  address: one.address ?? null,
  actor: one.actor ?? null,
  company,
  detail: one.detail,
})
