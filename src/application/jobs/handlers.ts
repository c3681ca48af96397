import { DAY } from '../../domain/time.ts'
import { publishAgent } from '../agents/publish-job.ts'
import { guardRollout } from '../agents/rollout-guard.ts'
import { syncAgents } from '../agents/sync-agents.ts'
import { watchAgents } from '../agents/watch-numbers.ts'
import { letGoOfOffer } from '../booking/reserve-hint.ts'
import { syncAppointment } from '../booking/sync-appointment.ts'
import { lookAtBooking, reconcileCalendar } from '../calendar/reconcile-job.ts'
import { checkCalendar } from '../calendar/set-up/check-calendar.ts'
import { reconcileCalls } from '../calling/reconcile-calls.ts'
import { sendAppointmentMail, sendReminder } from '../mail/appointment-mails.ts'
import { sendCallbackMail } from '../mail/callback-mail.ts'
import type { PostOffice } from '../mail/post-office.ts'
import { type CallLink, sendCallSummary } from '../mail/send-call-summary.ts'
import { keepHouse } from '../operation/housekeeping.ts'
import type { Ports } from '../ports/ports.ts'
import { escalateCallback } from '../reception/escalate-callback.ts'
import type { JobHandlers, PlatformJobHandlers } from './job-handler.ts'

/** Who does which kind of job: the only list of them. */
export const jobHandlers = (
  ports: Pick<
    Ports,
    | 'store'
    | 'ids'
    | 'clock'
    | 'directory'
    | 'mailer'
    | 'calendars'
    | 'realTime'
    | 'cache'
    | 'credentials'
    | 'voiceAccounts'
  > & { readonly publicUrl: string },
  post: PostOffice,
  callLink: CallLink,
) =>
  ({
    'appointment-mail': sendAppointmentMail(ports, post),
    'appointment-reminder': sendReminder(ports, post),
    'call-summary': sendCallSummary(ports, post, callLink),
    'escalate-callback': escalateCallback(ports),
    'callback-mail': sendCallbackMail(ports, post),
    'calendar-sync': syncAppointment(ports),
    'calendar-check': checkCalendar(ports),
    'calendar-look': lookAtBooking(ports),
    'calendar-let-go': letGoOfOffer(ports),
    'calendar-reconcile': reconcileCalendar(ports),
    'agents-sync': syncAgents(ports),
    'agent-publish': publishAgent(ports),
    'agent-guard': guardRollout(ports),
    'agents-watch': watchAgents(ports),
    'calls-reconcile': reconcileCalls(ports),
  }) satisfies JobHandlers

/** The same for the platform itself. */
export const platformJobHandlers = (ports: Pick<Ports, 'housekeeping' | 'realTime'>): PlatformJobHandlers => ({
  housekeeping: { every: DAY, handle: keepHouse(ports) },
})
