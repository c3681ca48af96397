import { randomFillSync } from 'node:crypto'
import type { Clock, Ids } from '../../application/ports/ambient.ts'
import { mintId } from '../../domain/ids.ts'

const digits = '0123456789abcdefghjkmnpqrstvwxyz'
const timeDigits = 10
const randomDigits = 16

const pool = Buffer.alloc(randomDigits * 256)
let used = pool.length

const randomText = (): string => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let text = ''
  for (const end = used + randomDigits; used < end; used += 1) text += digits.charAt((pool[used] ?? 0) & 31)
  return text
}

const timeText = (milliseconds: number): string => {
  let text = ''
  let rest = Math.max(0, Math.trunc(milliseconds))
  for (let place = 0; place < timeDigits; place += 1) {
    text = digits.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  return text
}

/** Ids of 26 digits: the moment in milliseconds, then 80 random bits. They sort by time of making. */
export const randomIds = (clock: Clock): Ids => ({
  next: (kind) => mintId(kind, timeText(clock.now()) + randomText()),
})
