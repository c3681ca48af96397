import { overlaps } from '../../domain/booking/interval.ts'
import type { Owner } from '../../domain/booking/resource.ts'
import { staffTimeOf } from '../../domain/booking/service-time.ts'
import { type Instant, localMoment } from '../../domain/time.ts'
import type { CompanyTx } from '../ports/store.ts'
import { desksOn, type Search } from './search.ts'

/** Which appointments and offers are in the way of a time, for people who look why it was refused. */
export const blockersAt = async (
  tx: CompanyTx,
  search: Search,
  startsAt: Instant,
  now: Instant,
): Promise<readonly Owner[]> => {
  const { date } = localMoment(startsAt, search.branch.timeZone)
  const desks = (await desksOn(tx, search, date, date, now))(date)
  const parts = staffTimeOf(search.service, startsAt)
  const busy = desks.flatMap((desk) => desk.busy).filter((taken) => parts.some((part) => overlaps(part, taken)))
  return [...new Set(busy.map(({ owner }) => owner))]
}
