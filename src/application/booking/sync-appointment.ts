import type { Appointment } from '../../domain/booking/appointment.ts'
import { type AppointmentId, parseId } from '../../domain/ids.ts'
import { after, type Instant, MINUTE, SECOND } from '../../domain/time.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import type { Job } from '../ports/jobs.ts'
import type { Ports } from '../ports/ports.ts'
import type { ChangeListener } from './on-appointment-change.ts'
import { type SettlingCalendars, settleAppointment } from './settle-appointment.ts'

/** One job per appointment, whatever its calendar still has to be told. */
export const syncKey = (id: AppointmentId): string => `calendar-sync:${id}`

/** Queues the word to the calendar, with the change that it is about. */
export const queueSync =
  ({ ids }: Pick<Ports, 'ids'>): ChangeListener =>
  async (tx, _profile, { now: appointment }, now) => {
    if (appointment.sync !== 'pending') return
    await tx.jobs.enqueue({
      id: ids.next('job'),
      kind: 'calendar-sync',
      payload: { appointment: appointment.id },
      key: syncKey(appointment.id),
      runAt: after(now, headStart),
      createdAt: now,
    })
  }

/** Whoever made the change tells the calendar while the caller waits; the job is there in case that does not work. */
const headStart = 10 * SECOND

/** Tells a calendar what it has to know, again and again until it does: an appointment is never forgotten there. */
export const syncAppointment = (ports: SettlingCalendars): JobHandler => {
  const settle = settleAppointment(ports)
  return async (scope, job, now) => {
    const id = parseId('appointment', String(job.payload.appointment))
    if (id.isErr()) return { kind: 'given-up', error: 'It names no appointment.' }
    const { state } = await settle(scope, id.value, ageOf(job, now))
    if (state !== 'again') return { kind: 'done' }
    return { kind: 'postponed', until: nextLook(job, now), error: 'The calendar has not answered.' }
  }
}

/**
 * Was anything told to the calendar before? A job that nobody tried yet was never older than this, for a worker that died
 * over it would have kept it longer.
 */
export const ageOf = ({ attempt, error, createdAt }: Omit<Job, 'payload'>, now: Instant): 'just-made' | 'older' =>
  attempt === 0 && error === undefined && now < after(createdAt, MINUTE) ? 'just-made' : 'older'

/** Sooner at first, then less and less often, at least every quarter of an hour. */
export const nextLook = ({ createdAt }: Pick<Job, 'createdAt'>, now: Instant): Instant =>
  after(now, Math.min(15 * MINUTE, Math.max(10 * SECOND, Math.floor((now - createdAt) / 2))))

/** Is there anything that a calendar has not heard? */
export const isUnsettled = ({ sync }: Appointment): boolean => sync === 'pending' || sync === 'failed'
