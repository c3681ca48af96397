import type { Instant } from '../../../domain/time.ts'

const MINUTE = 60_000

/** Counts requests of a key in windows of a minute. Whoever sends more is shut out for a minute. */
export const countRequests = (most: number) => {
  const windows = new Map<string, { count: number; resetAt: number; shutUntil: number }>()
  return (who: string, now: Instant) => {
    const known = windows.get(who)
    const window =
      known && known.resetAt > now ? known : { count: 0, resetAt: now + MINUTE, shutUntil: known?.shutUntil ?? 0 }
    windows.set(who, window)
    window.count += 1
    if (window.count > most && window.shutUntil <= now) window.shutUntil = now + MINUTE
    const isOver = window.shutUntil > now
    return {
      isOver,
      headers: {
        'X-RateLimit-Limit-Default': String(most),
        'X-RateLimit-Remaining-Default': String(Math.max(0, most - window.count)),
        'X-RateLimit-Reset-Default': String(Math.ceil(((isOver ? window.shutUntil : window.resetAt) - now) / 1000)),
      },
    }
  }
}
