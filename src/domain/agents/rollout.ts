import type { CallerNumber } from '../phone-number.ts'

/** How many of a hundred callers reach the candidate, step by step. */
export const rolloutStages = [10, 50, 100] as const

/** The next larger share. Undefined: everybody reaches it already. */
export const nextStage = (percent: number): number | undefined => rolloutStages.find((stage) => stage > percent)

/** What a rollout decides by. The salt is its own, so that the callers who try one candidate are not those who try the next. */
export interface RolloutSettings {
  readonly salt: string
  /** 0 to 100 of a hundred callers reach the candidate. */
  readonly percent: number
}

export const buckets = 10_000

/**
 * Where a caller stands in a rollout: 0 to 9999, the same in every process and version of this software. It is MurmurHash3
 * (x86, 32 bit, seed 0) of the UTF-8 bytes of the salt, a line feed and the key, multiplied by 10000 and divided by 2^32.
 */
export const bucketOf = (salt: string, callerKey: string): number =>
  Math.floor((murmur3(new TextEncoder().encode(`${salt}\n${callerKey}`)) / 2 ** 32) * buckets)

/** Whoever shows a number keeps their side; who hides it is another caller in every call. Undefined: nothing tells them apart. */
export const callerKey = (caller: CallerNumber, callId: string | undefined): string | undefined =>
  caller.kind === 'visible' ? caller.number : callId && `call ${callId}`

/** A caller who reaches the candidate goes on doing so while the share grows. Whom nothing tells apart reaches what is live. */
export const choosesCandidate = ({ salt, percent }: RolloutSettings, key: string | undefined): boolean =>
  key === undefined ? percent >= 100 : bucketOf(salt, key) < percent * (buckets / 100)

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

const murmur3 = (bytes: Uint8Array): number => {
  const [first, second] = [0xcc9e2d51, 0x1b873593]
  const scrambled = (word: number): number => Math.imul(rotated(Math.imul(word, first), 15), second)
  const whole = bytes.length & ~3
  let hash = 0
  for (let at = 0; at < whole; at += 4)
    hash = Math.imul(rotated(hash ^ scrambled(wordAt(bytes, at, 4)), 13), 5) + 0xe6546b64
  if (whole < bytes.length) hash ^= scrambled(wordAt(bytes, whole, bytes.length - whole))
  hash ^= bytes.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The least significant byte first. */
const wordAt = (bytes: Uint8Array, at: number, count: number): number =>
  Array.from({ length: count }, (_, index) => (bytes[at + index] ?? 0) << (8 * index)).reduce(
    (sum, part) => sum | part,
    0,
  )
