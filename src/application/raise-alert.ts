import type { Appointment } from '../domain/booking/appointment.ts'
import type { CallId } from '../domain/ids.ts'
import type { Instant } from '../domain/time.ts'
import type { Alert, AlertKind } from './ports/alarm.ts'
import type { Ids } from './ports/ambient.ts'
import type { CompanyTx } from './ports/store.ts'

/** Raises it once, until somebody or something resolves it. `about` tells it from others of its kind. */
export const raiseIn = async (
  tx: CompanyTx,
  ids: Ids,
  alert: {
    readonly kind: AlertKind
    readonly about: string
    readonly message: string
    readonly severity?: Alert['severity']
    readonly call?: CallId
    readonly appointment?: Pick<Appointment, 'id' | 'callId'>
  },
  now: Instant,
): Promise<void> => {
  const { kind, about, message, severity = 'warning', call, appointment } = alert
  const id = ids.next('alert')
  const isNew = await tx.alerts.raise({
    ...{ id, key: `${kind}:${about}`, kind, severity, message, createdAt: now },
    callId: call ?? appointment?.callId,
    appointmentId: appointment?.id,
  })
  if (isNew) tx.publish({ kind: 'alert', data: { alert_id: id } })
}

export const resolveIn = async (tx: CompanyTx, kind: AlertKind, about: string, now: Instant): Promise<void> => {
  const resolved = await tx.alerts.resolveKey(`${kind}:${about}`, now)
  if (resolved) tx.publish({ kind: 'alert', data: { alert_id: resolved, state: 'resolved' } })
}
