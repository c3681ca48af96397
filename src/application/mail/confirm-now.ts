import type { AppointmentId } from '../../domain/ids.ts'
import type { Deadline } from '../ports/ambient.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import type { sendNow } from './send-now.ts'

/**
 * Sends the customer the mail about an appointment that was just changed, while the caller waits, and says by which ways
 * it really went out. What did not go out in time goes out later and is not spoken of.
 */
export type ConfirmNow = (
  scope: CompanyScope,
  appointment: AppointmentId,
  deadline: Deadline,
) => Promise<readonly 'email'[]>

/** A caller who waits for longer than this hears about the mail too late to care. */
const mostMs = 1_000

export const confirmNow =
  ({ store, mailer }: Pick<Ports, 'store' | 'mailer'>, send: ReturnType<typeof sendNow>): ConfirmNow =>
  async (scope, id, deadline) => {
    if (!mailer) return []
    const appointment = await store.read(scope, (tx) => tx.appointments.find(id))
    if (appointment?.status !== 'confirmed') return []
    const sent = await send(scope.company, appointment, Math.min(mostMs, deadline.left()))
    return sent === 'sent' ? ['email'] : []
  }
