import { randomFillSync } from 'node:crypto'
import type { Clock, Ids } from '../../application/ports/ambient.ts'
import { mintId } from '../../domain/ids.ts'

const digits = '0123456789abcdefghjkmnpqrstvwxyz'
const timeDigits = 10
const randomDigits = 16

/** Random digits are made many ids at a time, which is several times quicker. */
const pool = Buffer.alloc(randomDigits * 256)
let used = pool.length

const randomText = (): string => {
  if (used === pool.length) {
    randomFillSync(pool)
    for (const [place, byte] of pool.entries()) pool[place] = digits.charCodeAt(byte & 31)
    used = 0
  }
  used += randomDigits
  return pool.toString('latin1', used - randomDigits, used)
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
export const randomIds = (clock: Clock): Ids => {
  let moment = { at: 0, text: timeText(0) }
  const textOf = (at: number): string => {
    if (at !== moment.at) moment = { at, text: timeText(at) }
    return moment.text
  }
  return { next: (kind) => mintId(kind, textOf(clock.now()) + randomText()) }
}
