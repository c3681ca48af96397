import { type CalcomCalendars, calcomCalendars } from '../adapters/calcom/calendars.ts'
import { realTime } from '../adapters/timing/real-time.ts'
import type { Cache, RateLimits } from '../application/ports/cache.ts'
import type { Ports } from '../application/ports/ports.ts'
import { breakerNews } from './breaker-news.ts'

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
  const news = breakerNews(ports, 'calendar')
  const calendars = calcomCalendars({
    ...setting,
    secretOf: ports.directory.secretOf,
    clock: ports.clock,
    realTime,
    onBreaker: news.tell,
  })
  return {
    ...calendars,
    close: async () => {
      await calendars.close()
      await news.settled()
    },
  }
}
