import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { CalendarFailure } from '../../application/ports/calendar.ts'
import { type CalcomRequest, type Connection, dataOf } from './connection.ts'
import { calendarFailure } from './failures.ts'
import { listsByCursor } from './versions.ts'
import { bookingShape, lenient, type WireBooking } from './wire.ts'

/** Filters that both kinds of list know, as Cal.com names them. It has been seen to ignore some: whoever asks looks again. */
export type ListFilters = {
  readonly [Name in 'eventTypeId' | 'afterStart' | 'beforeEnd' | 'afterUpdatedAt']?: string | number | undefined
}

type Urgency = 'caller' | 'background'

/** Every state that a list can be asked for; together they are all bookings. */
const states = ['upcoming', 'recurring', 'past', 'cancelled', 'unconfirmed'] as const

const pageSize = 100
/** More than any company has in the time that is asked about; a list without an end is none. */
const mostPages = 200
const timeoutMs = 20_000
/** The list by cursor has been seen to hang; then that of before is asked. */
const olderList = '2024-08-13'

const pageShape = z.looseObject({
  pagination: lenient(
    z.looseObject({
      nextCursor: lenient(z.union([z.string(), z.number()])),
      hasMore: lenient(z.boolean()),
      hasNextPage: lenient(z.boolean()),
      remainingItems: lenient(z.number()),
    }),
  ),
})

/** All bookings of the account within the filters, each once, in no order. */
export const listBookings = async (
  connection: Connection,
  filters: ListFilters,
  urgency: Urgency,
): Promise<Result<readonly WireBooking[], CalendarFailure>> => {
  const version = connection.versions('bookings_list')
  if (!listsByCursor(version)) return listByOffset(connection, filters, urgency, version)
  const listed = await listByCursor(connection, filters, urgency, version)
  return listed.isErr() && listed.error.kind === 'unreachable'
    ? listByOffset(connection, filters, urgency, olderList)
    : listed
}

type ListedPage = {
  readonly bookings: readonly WireBooking[]
  readonly pagination: z.output<typeof pageShape>['pagination']
}

const pageOf = async (
  connection: Connection,
  query: NonNullable<CalcomRequest['query']>,
  urgency: Urgency,
  version: string,
): Promise<Result<ListedPage, CalendarFailure>> => {
  const address = { method: 'GET', path: '/bookings', group: 'bookings_list', version, query } as const
  const request: CalcomRequest = { ...address, urgency, timeoutMs, repeatable: true }
  const answer = await connection.ask(request)
  if (answer.isErr()) return err(calendarFailure(answer.error))
  const bookings = dataOf(z.array(bookingShape), answer.value, request)
  const { pagination } = pageShape.safeParse(answer.value.body).data ?? {}
  return bookings.map((some) => ({ bookings: some, pagination }))
}

const listByOffset = async (
  connection: Connection,
  filters: ListFilters,
  urgency: Urgency,
  version: string,
): Promise<Result<readonly WireBooking[], CalendarFailure>> => {
  const found = new Map<string, WireBooking>()
  for (let page = 0, skip = 0; page < mostPages; page++) {
    const query = { ...filters, status: states.join(','), take: pageSize, skip }
    const asked = await pageOf(connection, query, urgency, version)
    if (asked.isErr()) return err(asked.error)
    const { bookings, pagination } = asked.value
    const before = found.size
    for (const one of bookings) found.set(one.uid, one)
    skip += bookings.length
    const hasMore = pagination?.hasNextPage ?? (pagination?.remainingItems ?? bookings.length - pageSize + 1) > 0
    // A server that knows no pages answers with the same one for ever.
    if (!hasMore || found.size === before) return ok([...found.values()])
  }
  return tooMany
}

const listByCursor = async (
  connection: Connection,
  filters: ListFilters,
  urgency: Urgency,
  version: string,
): Promise<Result<readonly WireBooking[], CalendarFailure>> => {
  const found = new Map<string, WireBooking>()
  for (const status of states) {
    let cursor: string | number | undefined
    for (let page = 0; ; page++) {
      if (page === mostPages) return tooMany
      const query = { ...filters, status, limit: pageSize, cursor }
      const asked = await pageOf(connection, query, urgency, version)
      if (asked.isErr()) return err(asked.error)
      const { bookings, pagination } = asked.value
      for (const one of bookings) found.set(one.uid, one)
      const next = pagination?.nextCursor
      if (pagination?.hasMore === false || next === undefined || next === cursor) break
      cursor = next
    }
  }
  return ok([...found.values()])
}

const tooMany = err<never, CalendarFailure>({
  kind: 'misconfigured',
  detail: 'Cal.com lists bookings without an end. Look at api_versions.bookings_list of the calendar.',
})
