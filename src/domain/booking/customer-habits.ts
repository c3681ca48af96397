import type { ServiceId, StaffId } from '../ids.ts'

/** What somebody's appointments so far have in common. It suggests, and never outranks what is said. */
export interface CustomerHabits {
  /** Whom they were with most often; among equals the last one. */
  readonly staff: StaffId | undefined
  /** What they came for most often; among equals the last one. */
  readonly service: ServiceId | undefined
  /** The share of that service, 0 to 1. */
  readonly confidence: number
  /** Is it sure enough to be suggested? */
  readonly isSure: boolean
}

const remembered = 20
const sure = 0.8

/** Read from the last twenty appointments, newest first. */
export const habitsOf = (
  visits: readonly { readonly service: ServiceId; readonly staff: StaffId | undefined }[],
): CustomerHabits => {
  const last = visits.slice(0, remembered)
  const service = mostFrequent(last.map((visit) => visit.service))
  const staff = mostFrequent(last.flatMap((visit) => visit.staff ?? []))
  const confidence = service ? service.count / last.length : 0
  return { staff: staff?.value, service: service?.value, confidence, isSure: confidence >= sure }
}

const mostFrequent = <T>(values: readonly T[]): { readonly value: T; readonly count: number } | undefined => {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1])
  return best && { value: best[0], count: best[1] }
}
