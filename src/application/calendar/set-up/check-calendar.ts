import { ok } from 'neverthrow'
import { blocks, eventTypeMappings, type ServiceMapping } from '../../../domain/booking/event-type-fit.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { after, DAY, HOUR, type Instant, MINUTE } from '../../../domain/time.ts'
import type { JobHandler } from '../../jobs/job-handler.ts'
import type { AlertKind } from '../../ports/alarm.ts'
import type { Ids } from '../../ports/ambient.ts'
import type { Ports } from '../../ports/ports.ts'
import type { CompanyTx } from '../../ports/store.ts'
import { raiseIn, resolveIn } from '../../raise-alert.ts'
import { inTime } from './in-time.ts'

const checkKey = 'calendar-check'

/** It is looked at by `runAt` at the latest, and from then on every day. */
export const queueCheckIn = (tx: CompanyTx, ids: Ids, runAt: Instant, now: Instant): Promise<void> =>
  tx.jobs.enqueue({
    ...{ id: ids.next('job'), kind: 'calendar-check', payload: {}, key: checkKey },
    ...{ runAt, createdAt: now },
  })

type Checking = Pick<Ports, 'directory' | 'calendars' | 'realTime' | 'store' | 'ids'>

/** Less than the lease of a job. */
const patienceMs = 30_000

/**
 * Looks whether the calendar has what the services of a company name, and raises an alert for each service that callers
 * cannot book. Ends, until it is queued again, when the company has no calendar of a vendor.
 */
export const checkCalendar =
  (ports: Checking): JobHandler =>
  async (scope, _job, now) => {
    const profile = await ports.directory.profile(scope.company)
    const calendar = profile && ports.calendars.of(profile)
    if (!profile || !calendar) return { kind: 'done' }
    const asked = await inTime({ ...ports, patienceMs }, calendar.eventTypes('fresh'))
    if (asked.isErr() && asked.error.kind === 'unreachable') {
      return { kind: 'postponed', until: after(now, 15 * MINUTE), error: 'The calendar has not answered.' }
    }
    const eventTypes = asked.isOk() ? asked.value : undefined
    const mappings = eventTypes ? eventTypeMappings(profile, eventTypes) : []
    await ports.store.transact(scope, async (tx) => {
      const keep = keeping(ports, tx, now)
      await keep('calendar_down', 'event-types', eventTypes ? undefined : refused)
      if (!eventTypes) return ok(undefined)
      for (const service of profile.services) {
        const theirs = mappings.filter((one) => one.service === service.slug)
        const unknown = theirs.find((one) => one.findings.some(({ code }) => code === 'unknown'))
        const others = theirs.filter((one) => one !== unknown && blocks(one.findings))
        await keep('foreign_event_type', service.slug, unknown && foreign(profile, unknown))
        await keep('unmapped_service', service.slug, others.length > 0 ? unbookable(service.name) : undefined)
      }
      return ok(undefined)
    })
    return { kind: 'done', again: after(now, eventTypes ? DAY : HOUR) }
  }

const refused =
  'The calendar does not show its event types. Look at its key and its base URL on the page of the calendar connection.'

const unbookable = (service: string): string =>
  `Callers cannot book the service ${service} in the calendar. The page of the calendar connection says why and what to do.`

const foreign = ({ services }: CompanyProfile, { service, eventTypeId }: ServiceMapping): string => {
  const name = services.find(({ slug }) => slug === service)?.name ?? service
  return `The calendar does not know the event type ${eventTypeId} of the service ${name}: it is of another account, or was deleted. Choose another one on the page of the calendar connection.`
}

/** An alert stands as long as there is something to say. */
const keeping =
  ({ ids }: Pick<Ports, 'ids'>, tx: CompanyTx, now: Instant) =>
  (kind: AlertKind, about: string, message: string | undefined): Promise<void> =>
    message === undefined ? resolveIn(tx, kind, about, now) : raiseIn(tx, ids, { kind, about, message }, now)
