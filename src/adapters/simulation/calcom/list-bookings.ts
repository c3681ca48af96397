import { err, ok, type Result } from 'neverthrow'
import type { JsonObject } from '../../../domain/canonical-json.ts'
import type { Instant } from '../../../domain/time.ts'
import { type CalcomFailure, type CalcomRequest, malformed } from './answers.ts'
import { showBooking } from './show.ts'
import type { BookingEntry, CalcomStore } from './store.ts'
import { readTime } from './times.ts'

const group = (now: Instant, { status, end, eventType }: BookingEntry): readonly string[] => {
  if (status === 'cancelled' || status === 'rejected') return ['cancelled']
  if (end < now) return ['past']
  if (status === 'pending') return ['unconfirmed']
  return eventType.isRecurring ? ['upcoming', 'recurring'] : ['upcoming']
}

const groups = ['upcoming', 'recurring', 'past', 'cancelled', 'unconfirmed']

/** What each filter asks for, and of which moment. */
const moments: readonly (readonly [
  name: string,
  of: 'start' | 'end' | 'createdAt' | 'updatedAt',
  kind: 'from' | 'to',
])[] = [
  ['afterStart', 'start', 'from'],
  ['beforeEnd', 'end', 'to'],
  ['afterCreatedAt', 'createdAt', 'from'],
  ['beforeCreatedAt', 'createdAt', 'to'],
  ['afterUpdatedAt', 'updatedAt', 'from'],
  ['beforeUpdatedAt', 'updatedAt', 'to'],
]

const sorts = [
  ['sortStart', 'start'],
  ['sortEnd', 'end'],
  ['sortCreated', 'createdAt'],
  ['sortUpdatedAt', 'updatedAt'],
] as const

type Test = (booking: BookingEntry) => boolean

const testsOf = (query: URLSearchParams, now: Instant): Result<readonly Test[], CalcomFailure> => {
  const tests: Test[] = []
  for (const [name, of, kind] of moments) {
    const given = query.get(name)
    if (given === null) continue
    const moment = readTime(given)
    if (moment === undefined) return err(malformed([name, `${name} must be a valid ISO 8601 date string`]))
    tests.push((one) => (kind === 'from' ? one[of] >= moment : one[of] <= moment))
  }
  const status = query.get('status')?.split(',')
  if (status?.some((one) => !groups.includes(one))) {
    return err(malformed(['status', `each value in status must be one of: ${groups.join(', ')}`]))
  }
  if (status) tests.push((one) => group(now, one).some((name) => status.includes(name)))
  const equals = (name: string, of: Test) => query.get(name) !== null && tests.push(of)
  equals('attendeeEmail', (one) => one.attendee.email === query.get('attendeeEmail'))
  equals('attendeeName', (one) => one.attendee.name === query.get('attendeeName'))
  equals('bookingUid', (one) => one.uid === query.get('bookingUid'))
  equals('eventTypeId', (one) => one.eventType.id === Number(query.get('eventTypeId')))
  const types = query.get('eventTypeIds')?.split(',').map(Number)
  if (types) tests.push((one) => types.includes(one.eventType.id))
  return ok(tests)
}

const sorted = (bookings: readonly BookingEntry[], query: URLSearchParams): readonly BookingEntry[] => {
  const [name, of] = sorts.find(([one]) => query.has(one)) ?? []
  if (name === undefined || of === undefined) return bookings
  const sign = query.get(name) === 'desc' ? -1 : 1
  return bookings.toSorted((one, other) => sign * (one[of] - other[of]))
}

const whole = (
  query: URLSearchParams,
  name: string,
  usual: number,
  most: number,
  least: number,
): Result<number, CalcomFailure> => {
  const number = query.has(name) ? Number(query.get(name)) : usual
  return Number.isInteger(number) && number >= least && number <= most
    ? ok(number)
    : err(malformed([name, `${name} must not be less than ${least} nor greater than ${most}`]))
}

/** By `take` and `skip`, or since 2026-05-01 by `cursor` and `limit`. Without a status: of every status. */
export const listBookings = (
  store: CalcomStore,
  { query, version, account }: CalcomRequest,
): Result<JsonObject, CalcomFailure> => {
  if (version === '2026-05-01' && query.get('status')?.includes(',')) {
    return err(malformed(['status', `status must be one of the following values: ${groups.join(', ')}`]))
  }
  return testsOf(query, store.now()).andThen((tests) => {
    const mine = [...store.bookings.values()].filter((one) => one.eventType.account === account)
    const found = sorted(
      mine.filter((one) => tests.every((test) => test(one))),
      query,
    )
    return version === '2026-05-01' ? byCursor(store, found, query) : bySkip(store, found, query)
  })
}

const bySkip = (store: CalcomStore, found: readonly BookingEntry[], query: URLSearchParams) =>
  whole(query, 'take', 100, 250, 1).andThen((take) =>
    whole(query, 'skip', 0, Number.MAX_SAFE_INTEGER, 0).map((skip): JsonObject => {
      const page = found.slice(skip, skip + take)
      const left = Math.max(0, found.length - skip - page.length)
      return {
        status: 'success',
        data: page.map((one) => showBooking(store, one)),
        pagination: {
          returnedItems: page.length,
          totalItems: found.length,
          itemsPerPage: take,
          remainingItems: left,
          currentPage: found.length === 0 ? 0 : Math.floor(skip / take) + 1,
          totalPages: Math.ceil(found.length / take),
          hasNextPage: left > 0,
          hasPreviousPage: skip > 0,
        },
      }
    }),
  )

const byCursor = (store: CalcomStore, found: readonly BookingEntry[], query: URLSearchParams) =>
  whole(query, 'limit', 50, 100, 1).map((limit): JsonObject => {
    const from = Number(Buffer.from(query.get('cursor') ?? '', 'base64url').toString() || '0')
    const page = found.slice(from, from + limit)
    const hasMore = from + page.length < found.length
    return {
      status: 'success',
      data: page.map((one) => showBooking(store, one)),
      pagination: {
        nextCursor: hasMore ? Buffer.from(String(from + page.length)).toString('base64url') : null,
        hasMore,
      },
    }
  })
