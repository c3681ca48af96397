import type { CompanyId } from '../../domain/ids.ts'
import { after, HOUR, type Instant, MINUTE } from '../../domain/time.ts'
import { grantCompany, grantPlatform } from '../grant-scope.ts'
import { type DueJobs, type Job, type PlatformJobKind, platformJobKinds, type StoredJob } from '../ports/jobs.ts'
import type { Ports } from '../ports/ports.ts'
import type { JobHandler, JobHandlers, JobOutcome, PlatformJobHandlers } from './job-handler.ts'

type Needs = Pick<Ports, 'jobs' | 'alarm' | 'clock' | 'ids'>

const delays = [1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE] as const
/** For what is good until a moment. */
const patientDelays = [...delays, 2 * HOUR]
const mostPatience = 4 * HOUR
/** Longer than any handler takes. Whoever holds a job for longer is taken for dead. */
const lease = 2 * MINUTE
/** A company of which so many run waits until one has ended: its slow calendar holds up nobody else's jobs. */
const mostOfOne = 8

export interface JobWork {
  readonly done: number
  readonly postponed: number
  readonly givenUp: number
}

export interface JobWorker {
  /**
   * Sees to it that the platform's own jobs are planned, and does up to `limit` jobs that are due at `clock.now()`, all at once, none of a company that has many running already.
   * One that fails is tried again after 1, 5, 15 and 60 minutes, then given up with an alert, or, if it
   * is good until a moment, tried every few hours until then. A killed worker's are done by
   * another one, and one that cannot be opened is given up at once.
   */
  readonly workJobs: (limit: number) => Promise<JobWork>
  /** Does the waiting job of this key at once, or waits for whoever in this process does it. Undefined: there is none here. */
  readonly workNow: (company: CompanyId, key: string) => Promise<JobOutcome | undefined>
}

/** One for the process. */
export const jobWorker = (ports: Needs, companies: JobHandlers, platform: PlatformJobHandlers): JobWorker => {
  const handlers: Handlers = { companies, platform }
  let planned = false
  const running = new Map<StoredJob, Promise<JobOutcome>>()

  const work = (job: StoredJob): Promise<JobOutcome> => {
    const mine = workJob(ports, handlers, job).finally(() => running.delete(job))
    running.set(job, mine)
    return mine
  }
  const busy = (): readonly CompanyId[] => {
    const companies = [...running.keys()].flatMap(({ company }) => company ?? [])
    return [...new Set(companies)].filter((one) => companies.filter((other) => other === one).length >= mostOfOne)
  }

  return {
    workJobs: async (limit) => {
      const now = ports.clock.now()
      if (!planned) await planPlatformJobs(ports, platform, now)
      planned = true
      const ends = await Promise.all((await ports.jobs.claim(now, limit, after(now, lease), busy())).map(work))
      const count = (...kinds: readonly JobOutcome['kind'][]) => ends.filter(({ kind }) => kinds.includes(kind)).length
      return { done: count('done'), postponed: count('failed', 'postponed'), givenUp: count('given-up') }
    },
    workNow: async (company, key) => {
      const now = ports.clock.now()
      const job = await ports.jobs.claimOne(company, key, now, after(now, lease))
      if (job) return work(job)
      return [...running].findLast(([one]) => one.company === company && one.key === key)?.[1]
    },
  }
}

/** Kinds that only a newer version knows have none. */
interface Handlers {
  readonly companies: { readonly [kind: string]: JobHandler | undefined }
  readonly platform: { readonly [kind: string]: PlatformJobHandlers[PlatformJobKind] | undefined }
}

/** Once for the platform, however many processes ask for it: one of a kind waits. */
const planPlatformJobs = async ({ jobs, ids }: Needs, platform: PlatformJobHandlers, now: Instant): Promise<void> => {
  for (const kind of platformJobKinds) {
    const runAt = after(now, platform[kind].every)
    await jobs.plan({ id: ids.next('job'), kind, payload: {}, key: kind, runAt, createdAt: now })
  }
}

/** How long after its end a job comes round again by itself. Undefined: it does not. */
const roundOf = ({ platform }: Handlers, { company, kind }: StoredJob): number | undefined =>
  company === undefined ? platform[kind]?.every : undefined

/** A failure after which there is no other attempt ends as given up. */
const workJob = async (ports: Needs, handlers: Handlers, job: StoredJob): Promise<JobOutcome> => {
  const end = await attempt(handlers, job, ports.clock.now())
  const now = ports.clock.now()
  const outcome = lastChance(job, end, now)
  if (outcome.kind === 'given-up') await mourn(ports, job, now)
  await ports.jobs.settle(job.id, settlement(job, outcome, now, roundOf(handlers, job)))
  return outcome
}

const isReadable = (job: StoredJob): job is Job => job.payload !== undefined

const unreadable: JobOutcome = {
  kind: 'given-up',
  error: 'It cannot be opened: its key is not in the key ring, or the row is damaged.',
}

const unknownKind = (now: Instant): JobOutcome => ({
  kind: 'postponed',
  until: after(now, MINUTE),
  error: 'Nobody here does jobs of this kind.',
})

const attempt = async (handlers: Handlers, job: StoredJob, now: Instant): Promise<JobOutcome> => {
  const actor = { kind: 'job', name: job.kind } as const
  try {
    if (job.company === undefined) {
      return (await handlers.platform[job.kind]?.handle(grantPlatform(actor), job, now)) ?? unknownKind(now)
    }
    if (!isReadable(job)) return unreadable
    return (await handlers.companies[job.kind]?.(grantCompany(job.company, actor), job, now)) ?? unknownKind(now)
  } catch (fault) {
    return { kind: 'failed', error: `It failed (${fault instanceof Error ? fault.name : 'unknown'}).` }
  }
}

const lastChance = (job: StoredJob, outcome: JobOutcome, now: Instant): JobOutcome => {
  if (outcome.kind !== 'failed' || nextAttempt(job, outcome, now) !== undefined) return outcome
  const why = outcome.goodUntil === undefined ? 'That was the fifth attempt.' : 'It is too late for another attempt.'
  return { kind: 'given-up', error: `${outcome.error} ${why}` }
}

/** Undefined: there is none. Towards the end of what is good until a moment, attempts come closer again. */
const nextAttempt = (
  { attempt }: StoredJob,
  { goodUntil }: Extract<JobOutcome, { readonly kind: 'failed' }>,
  now: Instant,
): Instant | undefined => {
  if (goodUntil === undefined) {
    const delay = delays[attempt]
    return delay === undefined ? undefined : after(now, delay)
  }
  const left = goodUntil - now
  if (left <= MINUTE) return undefined
  return after(now, Math.max(MINUTE, Math.min(patientDelays[attempt] ?? mostPatience, Math.floor(left / 2))))
}

const settlement = (
  job: StoredJob,
  outcome: JobOutcome,
  now: Instant,
  round: number | undefined,
): Parameters<DueJobs['settle']>[1] => {
  const roundAt = round === undefined ? undefined : after(now, round)
  const { attempt } = job
  switch (outcome.kind) {
    case 'done': {
      const again = outcome.again ?? roundAt
      return again === undefined ? { state: 'done' } : { state: 'waiting', runAt: again, attempt: 0, error: undefined }
    }
    case 'given-up':
      return roundAt === undefined
        ? { state: 'given-up', error: outcome.error }
        : { state: 'waiting', runAt: roundAt, attempt: 0, error: outcome.error }
    case 'postponed':
      return { state: 'waiting', runAt: outcome.until, attempt, error: outcome.error }
    case 'failed':
      return {
        state: 'waiting',
        runAt: nextAttempt(job, outcome, now) ?? now,
        attempt: attempt + 1,
        error: outcome.error,
      }
  }
}

const mourn = (ports: Needs, job: StoredJob, now: Instant): Promise<void> => {
  const { id, kind, company } = job
  const alert = isReadable(job) ? 'job_given_up' : 'key_fault'
  return ports.alarm.alert(company, {
    id: ports.ids.next('alert'),
    key: `${alert}:${id}`,
    kind: alert,
    severity: 'critical',
    message: isReadable(job)
      ? `A job of the kind ${kind} is given up (${id}). Look at its error, do by hand what it was to do, and mend the cause.`
      : `A job of the kind ${kind} cannot be opened and is set aside (${id}). Put the key that it was sealed under back into ENCRYPTION_KEYS, or the row back from a backup, and do by hand what it was to do.`,
    callId: undefined,
    appointmentId: undefined,
    createdAt: now,
  })
}
