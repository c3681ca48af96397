import { ok } from 'neverthrow'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

const messages = {
  calendar:
    'The calendar failed several times in a row and is asked only now and then until it answers. If this stays, look whether its address can be reached.',
  'voice-account':
    'Retell failed several times in a row and is asked only now and then until it answers. Calls are answered as before; agents can be read here and not published.',
} as const

/** Says that a vendor of a company is left alone because it fails, and takes that back once it answers. Saying either again changes nothing. */
export const breakerAlert =
  ({ store, ids, clock }: Pick<Ports, 'store' | 'ids' | 'clock'>, vendor: keyof typeof messages) =>
  async (scope: CompanyScope, state: 'open' | 'closed'): Promise<void> => {
    const now = clock.now()
    const key = `breaker_open:${vendor}`
    await store.transact(scope, async (tx) => {
      if (state === 'closed') {
        const resolved = await tx.alerts.resolveKey(key, now)
        if (resolved) tx.publish({ kind: 'alert', data: { alert_id: resolved, state: 'resolved' } })
        return ok(undefined)
      }
      const alert = ids.next('alert')
      const isNew = await tx.alerts.raise({
        id: alert,
        key,
        kind: 'breaker_open',
        severity: 'warning',
        message: messages[vendor],
        callId: undefined,
        appointmentId: undefined,
        createdAt: now,
      })
      if (isNew) tx.publish({ kind: 'alert', data: { alert_id: alert } })
      return ok(undefined)
    })
  }
