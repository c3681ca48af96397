import { ok, type Result } from 'neverthrow'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { after, DAY, HOUR, type Instant, instant, MINUTE } from '../../domain/time.ts'
import { grantCompany } from '../grant-scope.ts'
import type { JobHandler, JobOutcome } from '../jobs/job-handler.ts'
import type { JobWorker } from '../jobs/work-jobs.ts'
import type { CalendarFailure } from '../ports/calendar.ts'
import type { Job } from '../ports/jobs.ts'
import type { Ports } from '../ports/ports.ts'
import { raiseIn, resolveIn } from '../raise-alert.ts'
import type { CompanyScope } from '../scope.ts'
import { compareAll, disputeMissing, learnAll, learnChanged, type Reconciling } from './reconcile.ts'
import { queueCheckIn } from './set-up/check-calendar.ts'
import { callOffSurplus } from './surplus-booking.ts'
import { tellUntold } from './untold.ts'

const key = 'calendar-reconcile'
const every = 15 * MINUTE
/** Clocks differ, and a list may not show at once what was done a moment ago. */
const overlap = 30 * MINUTE
/** A calendar may be away for so long before it is worth a person's time. */
const patience = HOUR

/** Until when we know of what was changed there, and when everything was compared last. */
interface Known {
  readonly changedUntil: Instant | undefined
  readonly comparedAt: Instant | undefined
}

/**
 * Asks the calendar for what no message told of: every quarter of an hour for what was changed, and once a day for
 * everything ahead; before that it has it told what it has not heard. One job of a company waits, and knows where the
 * last one ended. A silent calendar is asked again without noise, and named after an hour.
 */
export const reconcileCalendar =
  (ports: Reconciling): JobHandler =>
  async (scope, job, now) => {
    const profile = await ports.directory.profile(scope.company)
    const calendar = profile && ports.calendars.of(profile)
    if (!profile || !calendar) return { kind: 'done' }
    const desk = { scope, profile, calendar }
    await tellUntold(ports, scope)
    const last = knownOf(job)
    const isWhole = last.comparedAt === undefined || now >= after(last.comparedAt, DAY)
    if (last.changedUntil !== undefined) {
      const changed = await learnChanged(ports, desk, after(last.changedUntil, -overlap))
      if (changed.isErr()) return silent(ports, scope, job, changed.error)
    }
    if (isWhole) {
      const compared = await compareAll(ports, desk)
      if (compared.isErr()) return silent(ports, scope, job, compared.error)
    }
    await queueNext(ports, scope, { changedUntil: now, comparedAt: isWhole ? now : last.comparedAt })
    return { kind: 'done' }
  }

const knownOf = ({ payload: { changedUntil, comparedAt } }: Job): Known => ({
  changedUntil: typeof changedUntil === 'number' ? instant(changedUntil) : undefined,
  comparedAt: typeof comparedAt === 'number' ? instant(comparedAt) : undefined,
})

/** In place of the one that just ended. */
const queueNext = async (
  { store, ids, clock }: Reconciling,
  scope: CompanyScope,
  { changedUntil, comparedAt }: Known,
): Promise<void> => {
  const now = clock.now()
  await store.transact(scope, async (tx): Promise<Result<void, never>> => {
    await tx.jobs.withdraw(key)
    const payload = { changedUntil: changedUntil ?? null, comparedAt: comparedAt ?? null }
    const next = { id: ids.next('job'), kind: 'calendar-reconcile', payload, key } as const
    await tx.jobs.enqueue({ ...next, runAt: after(now, every), createdAt: now })
    await resolveIn(tx, 'calendar_down', 'reconcile', now)
    return ok()
  })
}

const silent = async (
  { store, ids, clock }: Reconciling,
  scope: CompanyScope,
  { createdAt }: Job,
  { kind }: CalendarFailure,
): Promise<JobOutcome> => {
  const now = clock.now()
  const isOdd = kind === 'misconfigured' || now >= after(createdAt, every + patience)
  if (isOdd) {
    await store.transact(scope, async (tx): Promise<Result<void, never>> => {
      const message = kind === 'misconfigured' ? refuses : isSilent
      await raiseIn(tx, ids, { kind: 'calendar_down', about: 'reconcile', message }, now)
      return ok()
    })
  }
  const until = after(now, kind === 'misconfigured' ? every : 5 * MINUTE)
  return { kind: 'postponed', until, error: 'The calendar has not answered.' }
}

const refuses =
  'The calendar does not show its bookings, so what is changed there is not seen here. Check its key and base URL on the page of the calendar connection.'
const isSilent =
  'The calendar has not shown its bookings for more than an hour. It is asked again and again; if this stays, look whether its address can be reached.'

type Starting = Pick<Ports, 'store' | 'ids' | 'clock' | 'calendars'>

/**
 * The company is reconciled from now on, and its event types are checked `checkIn` milliseconds from now at the latest, if its
 * calendar is one of a vendor. Saying it again changes nothing.
 */
const queueReconciling = async (
  { store, ids, clock, calendars }: Starting,
  profile: CompanyProfile,
  checkIn: number,
): Promise<void> => {
  if (!calendars.of(profile)) return
  const now = clock.now()
  const scope = grantCompany(profile.id, { kind: 'job', name: 'calendar-reconcile' })
  await store.transact(scope, async (tx): Promise<Result<void, never>> => {
    const first = { id: ids.next('job'), kind: 'calendar-reconcile', payload: {}, key } as const
    await tx.jobs.enqueue({ ...first, runAt: after(now, every), createdAt: now })
    await queueCheckIn(tx, ids, after(now, checkIn), now)
    return ok()
  })
}

/** The same companies; one that is written with the calendar of a vendor is reconciled from then on. */
export const reconciledOnceWritten = (ports: Starting & Pick<Ports, 'companies'>): Ports['companies'] => ({
  ...ports.companies,
  write: async (...given) => {
    const written = await ports.companies.write(...given)
    if (written.isOk()) await queueReconciling(ports, written.value, 0)
    return written
  },
})

/**
 * The same work, before which it is seen to, at first and then every hour, that every company is reconciled: those of an
 * older database as well, and those whose job was given up.
 */
export const reconcilingAll = (
  ports: Starting & Pick<Ports, 'directory'>,
  workJobs: JobWorker['workJobs'],
): JobWorker['workJobs'] => {
  let lookedAt: Instant | undefined
  const lookAt = async (company: CompanyId): Promise<void> => {
    const profile = await ports.directory.profile(company)
    if (profile) await queueReconciling(ports, profile, DAY)
  }
  const look = async (now: Instant): Promise<void> => {
    if (lookedAt !== undefined && now < after(lookedAt, HOUR)) return
    lookedAt = now
    for (const { id } of await ports.directory.companies()) {
      // One that cannot be opened keeps neither the others nor any other work.
      await lookAt(id).catch(() => undefined)
    }
  }
  return async (limit) => {
    await look(ports.clock.now())
    return workJobs(limit)
  }
}

/** Asks the calendar for one booking, learns what it says, and calls it off where we booked it once too often. */
export const lookAtBooking =
  (ports: Reconciling): JobHandler =>
  async (scope, job, now) => {
    const uid = String(job.payload.booking)
    const profile = await ports.directory.profile(scope.company)
    const calendar = profile && ports.calendars.of(profile)
    if (!profile || !calendar) return { kind: 'done' }
    const there = await calendar.booking(uid, 'background')
    if (there.isErr()) {
      const until = after(now, there.error.kind === 'misconfigured' ? every : MINUTE)
      return { kind: 'postponed', until, error: 'The calendar has not answered.' }
    }
    const booking = there.value
    if (!booking) {
      const known = await ports.store.read(scope, (tx) => tx.calendarBookings.find(uid))
      if (known?.appointment !== undefined) await disputeMissing(ports, scope, known.appointment, uid)
      return { kind: 'done' }
    }
    await learnAll(ports, { scope, profile }, [booking], now)
    const surplus = await callOffSurplus(ports, { scope, profile, calendar }, uid)
    return surplus.isOk()
      ? { kind: 'done' }
      : { kind: 'postponed', until: after(now, every), error: 'The calendar has not answered.' }
  }
