import { ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import { parseLocalDate } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { dateFilter } from './filters.ts'
import { type Routing, routesBehind } from './route.ts'

const overview = z.strictObject({
  date: z.string().meta({ format: 'date' }),
  calls: z.number(),
  answered: z.number(),
  booked: z.number(),
  conversion: z.number().nullable().meta({ description: 'Share of calls that booked, 0 to 1; null without calls.' }),
  callbacks_open: z.number(),
  tool_p95_ms: z.number().nullable(),
  alerts_open: z.number(),
  by_hour: z.array(z.strictObject({ hour: z.number(), calls: z.number(), booked: z.number() })),
})

export const overviewRoutes = (routing: Routing, doors: Doors, app: Pick<Application, 'overview'>): void => {
  routesBehind(routing)(doors.company('calls.read'))({
    method: 'GET',
    url: '/companies/{company}/overview',
    tag: 'Overview',
    summary: 'The numbers of a day, in the zone of the company',
    query: z.strictObject({ date: dateFilter.optional() }),
    answer: overview,
    handle: async ({ scope, profile }, { query }) => {
      const day = query.date === undefined ? undefined : parseLocalDate(query.date).unwrapOr(undefined)
      const found = await app.overview(scope, profile, day)
      return ok({
        date: found.date,
        calls: found.calls,
        answered: found.answered,
        booked: found.booked,
        conversion: found.conversion ?? null,
        callbacks_open: found.callbacksOpen,
        tool_p95_ms: found.toolP95Ms ?? null,
        alerts_open: found.alertsOpen,
        by_hour: found.byHour.map((calls, hour) => ({ hour, calls, booked: found.bookedByHour[hour] ?? 0 })),
      })
    },
  })
}
