import type { ServiceSpec } from '../company.ts'
import { after, type Instant, MINUTE } from '../time.ts'
import type { Interval } from './interval.ts'

export interface StaffedSegment extends Interval {
  readonly key: string
}

type Timed = Pick<ServiceSpec, 'durationMinutes' | 'bufferBeforeMinutes' | 'bufferAfterMinutes' | 'segments'>

/** The end follows from the service, never from anything said. */
export const endOf = (service: Timed, startsAt: Instant): Instant => after(startsAt, service.durationMinutes * MINUTE)

/** The parts of an appointment in which a colleague is needed, without buffers; waits lie between them. */
export const segmentsOf = (service: Timed, startsAt: Instant): readonly StaffedSegment[] => {
  if (service.segments.length === 0) return [{ key: 'A', startsAt, endsAt: endOf(service, startsAt) }]
  let at = startsAt
  return service.segments.map(({ key, staffMinutes, waitAfterMinutes }) => {
    const segment = { key, startsAt: at, endsAt: after(at, staffMinutes * MINUTE) }
    at = after(segment.endsAt, waitAfterMinutes * MINUTE)
    return segment
  })
}

/**
 * The time a colleague cannot give to anybody else, in order: the buffer before the first part,
 * the parts (joined where no wait lies between), the buffer after the last.
 */
export const staffTimeOf = (service: Timed, startsAt: Instant): readonly Interval[] => {
  const joined: Interval[] = []
  for (const { startsAt: from, endsAt } of segmentsOf(service, startsAt)) {
    const last = joined.at(-1)
    if (last && last.endsAt === from) joined[joined.length - 1] = { startsAt: last.startsAt, endsAt }
    else joined.push({ startsAt: from, endsAt })
  }
  return joined.map((part, index) => ({
    startsAt: index === 0 ? after(part.startsAt, -service.bufferBeforeMinutes * MINUTE) : part.startsAt,
    endsAt: index === joined.length - 1 ? after(part.endsAt, service.bufferAfterMinutes * MINUTE) : part.endsAt,
  }))
}
