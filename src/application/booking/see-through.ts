import type { CompanyProfile } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { after, MINUTE } from '../../domain/time.ts'
import type { Deadline } from '../ports/ambient.ts'
import type { Ports } from '../ports/ports.ts'
import type { VendorCall } from '../ports/tool-calls.ts'
import type { AppointmentView } from '../reading/appointments.ts'
import type { CompanyScope } from '../scope.ts'
import { patienceMs } from './ask-calendar.ts'
import { regret } from './regret.ts'
import { type Settlement, type SettlingCalendars, settleAppointment } from './settle-appointment.ts'
import { ageOf, isUnsettled, nextLook, syncKey } from './sync-appointment.ts'

export type SeeingThrough = SettlingCalendars & Pick<Ports, 'jobs'>

/**
 * What has to happen outside the transaction that changed an appointment, as far as it can be done before the
 * deadline: the calendar is told. The rest is a job's. Undefined: nothing can have become of it in time.
 */
export type SeeThrough = (
  scope: CompanyScope,
  profile: CompanyProfile,
  id: AppointmentId,
  deadline: Deadline,
) => Promise<{ readonly vendorCalls: readonly VendorCall[] } | undefined>

export const seeThrough =
  (ports: SeeingThrough): SeeThrough =>
  async (scope, profile, id, deadline) => {
    if (!ports.calendars.of(profile)) return undefined
    const telling = tellNow(ports, scope, id, deadline)
    const settled = await deadline.within(telling.catch(() => undefined))
    if (settled !== 'too-late') return settled && { vendorCalls: settled.calls }
    // The caller has hung up on "noted"; a no that comes now has to reach them in another way.
    void telling
      .then(async (late) => {
        if (late?.state === 'turned-down') await regret(ports, scope, id)
      })
      .catch(() => undefined)
    return undefined
  }

/** Takes the job of telling the calendar, or waits for whoever has it. */
const tellNow = async (
  ports: SeeingThrough,
  scope: CompanyScope,
  id: AppointmentId,
  deadline: Deadline,
): Promise<Settlement | undefined> => {
  const { jobs, clock, store, realTime } = ports
  for (;;) {
    const now = clock.now()
    const job = await jobs.claimOne(scope.company, syncKey(id), now, after(now, lease))
    if (job) {
      const settled = await settleAppointment(ports)(scope, id, ageOf(job, now), () => deadline.left() > 0)
      const later = { state: 'waiting', runAt: nextLook(job, now), attempt: 1, error: 'It did not answer.' } as const
      await jobs.settle(job.id, settled.state === 'again' ? later : { state: 'done' })
      return settled
    }
    const appointment = await store.read(scope, (tx) => tx.appointments.find(id))
    if (!appointment || !isUnsettled(appointment)) return { state: 'settled', calls: [] }
    if (deadline.left() === 0) return undefined
    await realTime.deadlineIn(lookEveryMs).within(new Promise<never>(() => {}))
  }
}

const lookEveryMs = 50
/** Longer than any calendar is given; whoever holds the job for longer is taken for dead. */
const lease = 2 * MINUTE

/** What a person at a desk or a program sees: the appointment once the calendar had its chance. */
export const seenThrough =
  (ports: SeeingThrough) =>
  async (scope: CompanyScope, profile: CompanyProfile, view: AppointmentView): Promise<AppointmentView> => {
    const { id } = view.appointment
    const news = await seeThrough(ports)(scope, profile, id, ports.realTime.deadlineIn(patienceMs))
    const appointment = news && (await ports.store.read(scope, (tx) => tx.appointments.find(id)))
    return appointment ? { ...view, appointment } : view
  }
