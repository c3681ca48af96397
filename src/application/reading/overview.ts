import type { CompanyProfile } from '../../domain/company.ts'
import { addDays, type Instant, instantAt, type LocalDate, localMoment } from '../../domain/time.ts'
import type { CallTally } from '../ports/calls.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'

export interface Overview extends CallTally {
  readonly date: LocalDate
  /** Share of calls that booked, 0 to 1; undefined without calls. */
  readonly conversion: number | undefined
  readonly callbacksOpen: number
  readonly toolP95Ms: number | undefined
  readonly alertsOpen: number
  /** The same weekday a week before. */
  readonly weekBefore: Pick<CallTally, 'calls' | 'booked'>
}

/** The figures of a day in the company's own zone. */
export const overview =
  ({ store, clock }: Pick<Ports, 'store' | 'clock'>) =>
  (scope: CompanyScope, profile: CompanyProfile, day?: LocalDate): Promise<Overview> =>
    store.read(scope, async (tx) => {
      const zone = profile.company.timeZone
      const date = day ?? localMoment(clock.now(), zone).date
      const bounds = (of: LocalDate): [Instant, Instant] => [instantAt(of, 0, zone), instantAt(of, 1440, zone)]
      const [from, to] = bounds(date)
      const tally = await tx.calls.tally(from, to)
      const { calls, booked } = await tx.calls.tally(...bounds(addDays(date, -7)))
      return {
        ...tally,
        date,
        conversion: tally.calls === 0 ? undefined : tally.booked / tally.calls,
        callbacksOpen: (await tx.callbacks.tally(clock.now())).standing,
        toolP95Ms: await tx.toolCalls.p95(from, to),
        alertsOpen: await tx.alerts.countOpen(),
        weekBefore: { calls, booked },
      }
    })
