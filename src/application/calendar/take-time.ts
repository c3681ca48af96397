import type { Interval } from '../../domain/booking/interval.ts'
import { overlaps, subtract } from '../../domain/booking/interval.ts'
import type { ResourceId } from '../../domain/booking/resource.ts'
import { type AppointmentId, parseId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import { closeGaps } from '../booking/blocked-times.ts'
import type { CompanyTx } from '../ports/store.ts'

/**
 * Takes time by the word of the calendar: what callers are held yields, and blocked time makes room. `shared`: another
 * appointment has some of it, and only the rest was taken.
 */
export const takeTime = async (
  tx: CompanyTx,
  owner: AppointmentId,
  resource: ResourceId,
  time: readonly Interval[],
  now: Instant,
): Promise<'taken' | 'shared'> => {
  const claimed = await tx.occupancy.claim(owner, resource, time, undefined, now)
  const [first, last] = [time[0], time.at(-1)]
  if (claimed.isOk() || !first || !last) return 'taken'
  const whole = { startsAt: first.startsAt, endsAt: last.endsAt }
  const others = (await tx.occupancy.between([resource], whole.startsAt, whole.endsAt, now)).filter(
    (one) => one.owner !== owner && time.some((part) => overlaps(part, one)),
  )
  for (const other of new Set(others.map((one) => one.owner))) {
    const offer = parseId('offer', other)
    if (offer.isOk()) {
      const open = await tx.offers.find(offer.value)
      if (open) await tx.offers.save({ ...open, state: 'released' })
    }
    if (yields(other)) await tx.occupancy.release(other)
  }
  const standing = others.filter((one) => !yields(one.owner))
  const rest = await tx.occupancy.claim(owner, resource, subtract(time, standing), undefined, now)
  if (rest.isErr()) throw new Error('Time that everybody had given up could not be claimed')
  await closeGaps(tx, whole, [resource], now)
  return standing.length === 0 ? 'taken' : 'shared'
}

const yields = (owner: string): boolean => owner.startsWith('off_') || owner.startsWith('blk_')
