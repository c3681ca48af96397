import { sendAppointmentMail, sendReminder } from '../mail/appointment-mails.ts'
import type { PostOffice } from '../mail/post-office.ts'
import type { Ports } from '../ports/ports.ts'
import { escalateCallback } from '../reception/escalate-callback.ts'
import type { JobHandlers } from './job-handler.ts'

/** Who does which kind of job: the only list of them. */
export const jobHandlers = (ports: Pick<Ports, 'store' | 'ids' | 'directory' | 'mailer'>, post: PostOffice) =>
  ({
    'appointment-mail': sendAppointmentMail(ports, post),
    'appointment-reminder': sendReminder(ports, post),
    'escalate-callback': escalateCallback(ports),
  }) satisfies JobHandlers
