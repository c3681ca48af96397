import { type Instant, MINUTE } from '../../domain/time.ts'
import type { Clock } from '../ports/ambient.ts'
import type { CompanyCache } from '../ports/cache.ts'

/** What our own reservations at a vendor's calendar do to its answers: it leaves out a time that is free for us. */
export interface HiddenTimes {
  readonly hide: (reservation: string, since: Instant) => Promise<void>
  /** False: nobody knows since when it was hidden. */
  readonly show: (reservation: string) => Promise<boolean>
  /** May an answer that was asked for then lack something that is shown again by now? */
  readonly isBlind: () => Promise<(askedAt: Instant) => boolean>
}

/** Longer than a reservation lasts, and than an answer is remembered. */
const longestMs = 60 * MINUTE
const mostSpans = 50
const blindKey = 'slots:blind'

export const hiddenTimes = (cache: CompanyCache, clock: Clock): HiddenTimes => {
  const keep = (key: string, value: string) => cache.set(key, value, longestMs / 1_000)
  const spans = async (): Promise<readonly Span[]> =>
    ((await cache.get(blindKey)) ?? '').split(',').flatMap((text) => {
      const [from, to] = text.split('-').map(Number)
      return from === undefined || to === undefined || to < clock.now() - longestMs ? [] : [[from, to] as const]
    })
  return {
    hide: (reservation, since) => keep(`slots:hidden:${reservation}`, `${since}`),
    show: async (reservation) => {
      const since = Number((await cache.get(`slots:hidden:${reservation}`)) ?? Number.NaN)
      if (Number.isNaN(since)) return false
      const all = [...(await spans()), [since, clock.now()] as const]
      // Of too many, the oldest become one.
      const merged = all.slice(0, Math.max(0, all.length - mostSpans + 1))
      const oldest = merged.length > 1 ? [merged.reduce(together)] : merged
      await keep(blindKey, [...oldest, ...all.slice(merged.length)].map((span) => span.join('-')).join())
      return true
    },
    isBlind: async () => {
      const known = await spans()
      return (askedAt) => known.some(([from, to]) => from <= askedAt && askedAt <= to)
    },
  }
}

type Span = readonly [from: number, to: number]
const together = (one: Span, other: Span): Span => [Math.min(one[0], other[0]), Math.max(one[1], other[1])]
