import { z } from 'zod'
import type { AppointmentView } from '../../../application/reading/appointments.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { instantText, named, namedIn, written, writtenOrNull, zoneOf } from './schemas.ts'

export const actorKinds = ['user', 'voice-agent', 'token', 'job', 'calendar'] as const
export const appointmentStatuses = ['pending', 'confirmed', 'cancelled', 'no_show', 'completed'] as const

const actionNames = {
  booked: 'booked',
  moved: 'moved',
  cancelled: 'cancelled',
  'turned-down': 'turned_down',
  'no-show': 'no_show',
  attended: 'attended',
  upheld: 'upheld',
  'placed-again': 'placed_again',
} as const
const historyActions = Object.values(actionNames)

export const appointment = z
  .strictObject({
    id: z.string(),
    branch: named.nullable(),
    service: named.nullable(),
    staff: named.nullable(),
    customer: z
      .strictObject({ id: z.string(), name: z.string(), phone: z.string().nullable(), email: z.string().nullable() })
      .nullable(),
    attendee_name: z.string(),
    starts_at: instantText,
    ends_at: instantText,
    status: z.enum(appointmentStatuses),
    source: z.enum(['phone', 'dashboard', 'calendar', 'api']),
    call_id: z.string().nullable(),
    notes: z.string().nullable(),
    segments: z.array(z.strictObject({ key: z.string(), starts_at: instantText, ends_at: instantText })),
    provider: z.strictObject({ kind: z.enum(['embedded', 'calcom']), uid: z.string().nullable() }),
    sync: z.enum(['synced', 'pending', 'failed', 'review']),
    created_at: instantText,
    history: z.array(
      z.strictObject({
        at: instantText,
        actor: z.strictObject({ kind: z.enum(actorKinds), name: z.string() }),
        action: z.enum(historyActions),
        from: instantText.nullable(),
        to: instantText.nullable(),
        reason: z.string().nullable(),
        call_id: z.string().nullable(),
        from_staff: named.nullable(),
        to_staff: named.nullable(),
        within_policy: z.boolean().nullable().meta({ description: 'Would a caller have been allowed to do it then?' }),
        fee: z.int().nullable().meta({ description: 'What the policies charge for it, in minor units.' }),
      }),
    ),
  })
  .meta({ id: 'Appointment' })

export const viewOfAppointment = (
  profile: CompanyProfile,
  { appointment: one, customer }: AppointmentView,
): z.input<typeof appointment> => {
  const zone = zoneOf(profile, one.branch)
  return {
    id: one.id,
    branch: namedIn(profile, 'branches', one.branch),
    service: namedIn(profile, 'services', one.service),
    staff: namedIn(profile, 'staff', one.staff),
    customer: customer
      ? { id: customer.id, name: customer.name, phone: customer.phone ?? null, email: customer.email ?? null }
      : null,
    attendee_name: one.attendeeName,
    starts_at: written(one.startsAt, zone),
    ends_at: written(one.endsAt, zone),
    status: one.status,
    source: one.source,
    call_id: one.callId ?? null,
    notes: one.notes ?? null,
    segments: one.segments.map(({ key, startsAt, endsAt }) => ({
      key,
      starts_at: written(startsAt, zone),
      ends_at: written(endsAt, zone),
    })),
    provider: { kind: one.provider.kind, uid: one.provider.uid ?? null },
    sync: one.sync,
    created_at: written(one.createdAt, zone),
    history: one.history.map((entry) => ({
      at: written(entry.at, zone),
      actor: entry.actor,
      action: actionNames[entry.action],
      from: writtenOrNull(entry.from, zone),
      to: writtenOrNull(entry.to, zone),
      reason: entry.reason ?? null,
      call_id: entry.callId ?? null,
      from_staff: namedIn(profile, 'staff', entry.fromStaff),
      to_staff: namedIn(profile, 'staff', entry.toStaff),
      within_policy: entry.withinPolicy ?? null,
      fee: entry.fee ?? null,
    })),
  }
}
