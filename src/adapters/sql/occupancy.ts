import { err, ok } from 'neverthrow'
import type { Occupancy } from '../../application/ports/booking.ts'
import type { Interval } from '../../domain/booking/interval.ts'
import type { Busy } from '../../domain/booking/resource.ts'
import type { Instant } from '../../domain/time.ts'
import { longest } from './longest.ts'
import type { Sealing } from './sealing.ts'
import type { TenantDb } from './tenant-db.ts'

/** Everybody's time. An overlap is refused by the database, whoever comes first. Nothing in it is personal. */
export const sqlOccupancy = (db: TenantDb, _seal: Sealing): Occupancy => {
  const release = async (owner: string): Promise<void> => {
    await db.delete('occupancy').where('owner', '=', owner).execute()
  }

  const clearEnded = async (resource: string, intervals: readonly Interval[], now: Instant): Promise<void> => {
    await db
      .delete('occupancy')
      .where('resource_id', '=', resource)
      .where('until', '<=', now)
      .where('starts_at', '<', Math.max(...intervals.map(({ endsAt }) => endsAt)))
      .where('ends_at', '>', Math.min(...intervals.map(({ startsAt }) => startsAt)))
      .execute()
  }

  return {
    claim: async (owner, resource, intervals, until, now) => {
      await db.hold(resource)
      const claimed = await db.guarded(async () => {
        await release(owner)
        if (intervals.length === 0) return
        await clearEnded(resource, intervals, now)
        const rows = intervals
          .toSorted((one, other) => one.startsAt - other.startsAt)
          .map(({ startsAt, endsAt }, position) => ({
            id: `${owner}.${position}`,
            resource_id: resource,
            starts_at: startsAt,
            ends_at: endsAt,
            owner,
            until: until ?? null,
          }))
        await db.insert('occupancy', rows).execute()
      })
      if (claimed.isOk()) return ok()
      if (claimed.error.constraint === 'overlap') return err({ kind: 'time-taken' })
      throw new Error(`Time could not be claimed: ${claimed.error.constraint}`)
    },
    release,
    between: async (resources, from, to, now) => {
      if (resources.length === 0) return []
      const rows = await db
        .from('occupancy')
        .select(['resource_id', 'owner', 'starts_at', 'ends_at'])
        .where('resource_id', 'in', resources)
        .where('starts_at', '<', to)
        .where('starts_at', '>', from - longest)
        .where('ends_at', '>', from)
        .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
        .orderBy('starts_at')
        .orderBy('id')
        .execute()
      return rows.map(
        (row): Busy => ({
          resource: row.resource_id as Busy['resource'],
          owner: row.owner as Busy['owner'],
          startsAt: row.starts_at as Instant,
          endsAt: row.ends_at as Instant,
        }),
      )
    },
  }
}
