import { type CalcomCalendars, calcomCalendars } from '../adapters/calcom/calendars.ts'
import { realTime } from '../adapters/timing/real-time.ts'
import { breakerAlert } from '../application/calendar/breaker-alert.ts'
import { grantCompany } from '../application/grant-scope.ts'
import type { Cache, RateLimits } from '../application/ports/cache.ts'
import type { Ports } from '../application/ports/ports.ts'
import type { CompanyId } from '../domain/ids.ts'

/** Where Cal.com is, for companies that name none. */
export const hostedCalcom = 'https://api.cal.com/v2'

interface CalcomSetting {
  readonly baseUrl: string
  readonly allowPrivate: boolean
  readonly cache: Cache
  readonly limits: RateLimits
}

/** The calendars of all companies, with an alert for those whose Cal.com is down. */
export const openCalcom = (
  ports: Pick<Ports, 'store' | 'ids' | 'clock' | 'directory'>,
  setting: CalcomSetting,
): CalcomCalendars => {
  const alert = breakerAlert(ports)
  let told: Promise<unknown> = Promise.resolve()
  /** One after the other, so that the last word is the last one. Nobody waits for it, and a calendar is asked without it. */
  const tell = (companies: readonly CompanyId[], state: 'open' | 'closed') => {
    for (const company of companies) {
      const scope = grantCompany(company, { kind: 'job', name: 'calendar' })
      told = told.then(() => alert(scope, state)).catch(() => undefined)
    }
  }
  const calendars = calcomCalendars({
    ...setting,
    secretOf: ports.directory.secretOf,
    clock: ports.clock,
    realTime,
    onBreaker: tell,
  })
  return {
    ...calendars,
    close: async () => {
      await calendars.close()
      await told
    },
  }
}
