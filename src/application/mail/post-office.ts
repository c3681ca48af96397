import { ok, type Result } from 'neverthrow'
import { after, type Instant, SECOND } from '../../domain/time.ts'
import type { JobOutcome } from '../jobs/job-handler.ts'
import type { Job } from '../ports/jobs.ts'
import type { Mail } from '../ports/mailer.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

/**
 * Sends a mail of a company and says what becomes of the job that was to send it. As long as it is good, until a moment,
 * it is tried again.
 */
export type PostOffice = (
  scope: CompanyScope,
  mail: Mail,
  job: Pick<Job, 'attempt'>,
  goodUntil: Instant,
) => Promise<JobOutcome>

/** How long a server that failed is left alone. */
const rest = 30 * SECOND
/** A mail that was put off so often has waited for more than an hour, longer than any server does on purpose. */
const patientAttempts = 4

const troubles = {
  /** No mail can be sent at all. */
  server: {
    key: 'mail_failing',
    severity: 'critical',
    message: 'The mail server takes no mails. They wait and are tried again. Check SMTP_URL, MAIL_FROM and the server.',
  },
  mail: {
    key: 'mail_put_off',
    severity: 'warning',
    message:
      'The mail server has put off a mail for more than an hour. It waits and is tried again; the log of the server says why.',
  },
} as const
type Trouble = (typeof troubles)[keyof typeof troubles]

/**
 * One for the process: a server that failed is not asked by every waiting mail, but by one alone after each rest. While it
 * fails there is one alert, which is resolved when it takes a mail again; so there is while it puts mails off.
 */
export const postOffice = ({
  mailer,
  store,
  clock,
  ids,
}: Pick<Ports, 'mailer' | 'store' | 'clock' | 'ids'>): PostOffice => {
  let restUntil: Instant | undefined

  return async (scope, mail, { attempt }, goodUntil) => {
    const failed = (error: string): JobOutcome => ({ kind: 'failed', error, goodUntil })
    if (!mailer) {
      await raise(store, ids, scope, troubles.server, clock.now())
      return failed('There is no mail server. Set SMTP_URL and MAIL_FROM.')
    }
    if (restUntil !== undefined && clock.now() < restUntil) {
      const error = 'The mail server failed a moment ago.'
      return restUntil < goodUntil ? { kind: 'postponed', until: restUntil, error } : failed(error)
    }
    if (restUntil !== undefined) restUntil = after(clock.now(), rest)
    const sent = await mailer.send(mail)
    const now = clock.now()
    if (sent.isErr() && sent.error.kind === 'mail-server-down') {
      restUntil = after(now, rest)
      await raise(store, ids, scope, troubles.server, now)
      return failed(sent.error.detail)
    }
    restUntil = undefined
    await resolve(store, scope, troubles.server, now)
    if (sent.isErr() && sent.error.kind === 'mail-deferred') {
      if (attempt >= patientAttempts) await raise(store, ids, scope, troubles.mail, now)
      return failed(sent.error.detail)
    }
    if (attempt > patientAttempts) await resolve(store, scope, troubles.mail, now)
    return sent.isOk() ? { kind: 'done' } : { kind: 'given-up', error: sent.error.detail }
  }
}

const raise = async (
  store: Ports['store'],
  ids: Ports['ids'],
  scope: CompanyScope,
  trouble: Trouble,
  now: Instant,
): Promise<void> => {
  await store.transact(scope, async (tx): Promise<Result<void, never>> => {
    const id = ids.next('alert')
    const isNew = await tx.alerts.raise({
      id,
      ...trouble,
      kind: 'mail_failing',
      callId: undefined,
      appointmentId: undefined,
      createdAt: now,
    })
    if (isNew) tx.publish({ kind: 'alert', data: { alert_id: id } })
    return ok()
  })
}

const resolve = async (store: Ports['store'], scope: CompanyScope, { key }: Trouble, now: Instant): Promise<void> => {
  await store.transact(scope, async (tx): Promise<Result<void, never>> => {
    const resolved = await tx.alerts.resolveKey(key, now)
    if (resolved) tx.publish({ kind: 'alert', data: { alert_id: resolved, state: 'resolved' } })
    return ok()
  })
}
