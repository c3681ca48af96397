import { after, type Instant, MINUTE } from '../time.ts'

/** What an address did wrong lately. Only refused requests count; correctly signed ones never do. */
export interface AddressRecord {
  readonly refusedAt: readonly Instant[]
  readonly blockedUntil: Instant | undefined
  /** How often it was blocked before; each time doubles the next block. */
  readonly blocks: number
}

export const blameless: AddressRecord = { refusedAt: [], blockedUntil: undefined, blocks: 0 }

const allowedPerMinute = 20
const firstBlock = 15 * MINUTE
const longestBlock = 24 * 60 * MINUTE

export const isBlocked = (record: AddressRecord, now: Instant): boolean =>
  record.blockedUntil !== undefined && now < record.blockedUntil

/** One more refusal. The twenty-first within a minute blocks for 15 minutes, doubling each time, at most a day. */
export const refuse = (record: AddressRecord, now: Instant): AddressRecord => {
  if (isBlocked(record, now)) return record
  const refusedAt = [...record.refusedAt.filter((at) => now - at < MINUTE), now]
  if (refusedAt.length <= allowedPerMinute) return { ...record, refusedAt, blockedUntil: undefined }
  const length = Math.min(firstBlock * 2 ** record.blocks, longestBlock)
  return { refusedAt: [], blockedUntil: after(now, length), blocks: record.blocks + 1 }
}
