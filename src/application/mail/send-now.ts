import type { Appointment } from '../../domain/booking/appointment.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { JobOutcome } from '../jobs/job-handler.ts'
import type { JobWorker } from '../jobs/work-jobs.ts'
import type { Ports } from '../ports/ports.ts'
import { customerMailKey } from './queue-mails.ts'

/** How long it takes at most until a job that another worker has just taken shows as running. */
const handOverMs = 20
const handOvers = 5

/**
 * Sends the customer the mail about the latest change of an appointment, which was committed a moment ago, and says whether
 * it was really sent within so many real milliseconds. If not, it goes on as it would have gone: nothing is lost or sent
 * twice.
 */
export const sendNow =
  ({ mailer, realTime }: Pick<Ports, 'mailer' | 'realTime'>, { workNow }: Pick<JobWorker, 'workNow'>) =>
  async (company: CompanyId, appointment: Appointment, timeLimitMs: number): Promise<'sent' | 'not-sent'> => {
    if (!mailer || appointment.customer === undefined || appointment.status === 'pending') return 'not-sent'
    const deadline = realTime.deadlineIn(timeLimitMs)
    const work = async (): Promise<JobOutcome | undefined> => {
      for (let turn = 0; turn < handOvers; turn += 1) {
        const outcome = await workNow(company, customerMailKey(appointment))
        if (outcome) return outcome
        await realTime.deadlineIn(handOverMs).within(new Promise<never>(() => {}))
      }
      return undefined
    }
    const outcome = await deadline.within(work().catch(() => undefined))
    return typeof outcome === 'object' && outcome.kind === 'done' ? 'sent' : 'not-sent'
  }
