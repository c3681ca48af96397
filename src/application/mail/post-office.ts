import { ok, type Result } from 'neverthrow'
import { after, type Instant, SECOND } from '../../domain/time.ts'
import type { JobOutcome } from '../jobs/job-handler.ts'
import type { Mail } from '../ports/mailer.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

/** Sends a mail of a company and says what becomes of the job that was to send it. */
export type PostOffice = (scope: CompanyScope, mail: Mail) => Promise<JobOutcome>

/** How long a server that failed is left alone. */
const rest = 30 * SECOND
const alertKey = 'mail_failing'

/**
 * One for the process: a server that failed is not asked by every waiting mail, but by one alone after each rest. While it
 * fails there is one alert, which is resolved when it takes a mail again.
 */
export const postOffice = ({
  mailer,
  store,
  clock,
  ids,
}: Pick<Ports, 'mailer' | 'store' | 'clock' | 'ids'>): PostOffice => {
  let restUntil: Instant | undefined

  return async (scope, mail) => {
    if (!mailer) return { kind: 'failed', error: 'There is no mail server. Set SMTP_URL and MAIL_FROM.' }
    if (restUntil !== undefined && clock.now() < restUntil) {
      return { kind: 'postponed', until: restUntil, error: 'The mail server failed a moment ago.' }
    }
    if (restUntil !== undefined) restUntil = after(clock.now(), rest)
    const sent = await mailer.send(mail)
    const now = clock.now()
    if (sent.isErr() && sent.error.kind === 'mail-server-down') {
      restUntil = after(now, rest)
      await raise(store, ids, scope, now)
      return { kind: 'failed', error: sent.error.detail }
    }
    restUntil = undefined
    await resolve(store, scope, now)
    if (sent.isOk()) return { kind: 'done' }
    return { kind: sent.error.kind === 'mail-refused' ? 'given-up' : 'failed', error: sent.error.detail }
  }
}

const raise = async (store: Ports['store'], ids: Ports['ids'], scope: CompanyScope, now: Instant): Promise<void> => {
  await store.transact(scope, async (tx): Promise<Result<void, never>> => {
    const id = ids.next('alert')
    await tx.alerts.raise({
      id,
      key: alertKey,
      kind: 'mail_failing',
      severity: 'critical',
      message:
        'The mail server takes no mails. They wait and are tried again. Check SMTP_URL, MAIL_FROM and the server.',
      callId: undefined,
      appointmentId: undefined,
      createdAt: now,
    })
    tx.publish({ kind: 'alert', data: { alert_id: id } })
    return ok()
  })
}

const resolve = async (store: Ports['store'], scope: CompanyScope, now: Instant): Promise<void> => {
  await store.transact(scope, async (tx): Promise<Result<void, never>> => {
    const resolved = await tx.alerts.resolveKey(alertKey, now)
    if (resolved) tx.publish({ kind: 'alert', data: { alert_id: resolved, state: 'resolved' } })
    return ok()
  })
}
