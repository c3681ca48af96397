import { err, ok, type Result } from 'neverthrow'
import type { Slot } from '../../domain/booking/availability.ts'
import type { CompanyProfile, Slug } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { type LocalDate, localMoment } from '../../domain/time.ts'
import type { BookingNotOffered, CalendarUnreachable, InvalidInput } from '../failure.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import { askingCalendar } from './ask-calendar.ts'
import { freeDay, type Search } from './search.ts'
import { resolveWanted, type Wanted } from './wanted.ts'

export interface FreeTimes extends Wanted {
  readonly date: LocalDate
  /** Earliest first. Nothing of it is held. */
  readonly slots: readonly Slot[]
}

/** Everything free on a day; without one, what is left of today in the zone of the branch. */
export const freeTimes =
  ({ store, clock, ...asking }: Pick<Ports, 'store' | 'clock' | 'calendars' | 'realTime'>) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    asked: {
      readonly branch: Slug
      readonly service: Slug
      readonly staff: Slug | undefined
      readonly date: LocalDate | undefined
      /** The appointment that is to be moved, whose own time is in nobody's way. */
      readonly moving?: AppointmentId
    },
  ): Promise<Result<FreeTimes, InvalidInput | BookingNotOffered | CalendarUnreachable>> => {
    const wanted = resolveWanted(profile, asked)
    if (wanted.isErr()) return err(wanted.error)
    const now = clock.now()
    const date = asked.date ?? localMoment(now, wanted.value.branch.timeZone).date
    return askingCalendar(asking, profile, async (free) => {
      const search: Search = {
        profile,
        ...wanted.value,
        own: new Set(asked.moving ? [asked.moving] : []),
        call: undefined,
        free,
        whenDown: 'stop',
      }
      const slots = await store.read(scope, (tx) => freeDay(tx, search, date, now))
      return ok({ ...wanted.value, date, slots })
    })
  }
