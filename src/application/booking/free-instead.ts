import type { Slot } from '../../domain/booking/availability.ts'
import { type Instant, isoWithOffset, type TimeZone } from '../../domain/time.ts'
import type { Alternative, SlotTaken, TimeNotBookable } from '../failure.ts'
import type { CompanyTx } from '../ports/store.ts'
import { type Answer, alternatives, type Search } from './search.ts'

/** A free time as every answer spells it, in the zone of its branch. */
export const spelled = ({ startsAt, endsAt, staff }: Slot, zone: TimeZone): Alternative => ({
  starts_at: isoWithOffset(startsAt, zone),
  ends_at: isoWithOffset(endsAt, zone),
  staff: staff ? { slug: staff.slug, name: staff.name } : null,
})

/** A no to a moment, always with what is free instead. */
export const refuse = async (
  tx: CompanyTx,
  search: Search,
  at: Instant,
  why: Exclude<Answer['kind'], 'free'>,
  now: Instant,
): Promise<SlotTaken | TimeNotBookable> => {
  const slots = await alternatives(tx, search, { at, refused: at, window: undefined }, now)
  const instead = slots.map((slot) => spelled(slot, search.branch.timeZone))
  return why === 'taken'
    ? { kind: 'slot-taken', alternatives: instead }
    : { kind: 'time-not-bookable', reason: why, alternatives: instead }
}
