import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { Clock } from '../../application/ports/ambient.ts'
import type { CompanyCache } from '../../application/ports/cache.ts'
import type { CalendarFailure } from '../../application/ports/calendar.ts'
import type { EventType } from '../../domain/booking/event-type.ts'
import { DAY, SECOND } from '../../domain/time.ts'
import { askFor, type Connection } from './connection.ts'
import { teamIds } from './teams.ts'
import { eventTypeShape, type WireEventType } from './wire.ts'

/** An event type, with what only the asking of Cal.com needs. */
export interface KnownEventType extends EventType {
  readonly takesNotes: boolean
}

/** What is asked of an event type with so old an answer may have been changed since. */
const oldAfter = 30 * SECOND

export interface EventTypes {
  readonly list: (age?: 'fresh') => Promise<Result<readonly KnownEventType[], CalendarFailure>>
  /**
   * One of them, undefined when the key is shown none of this number. While `isRight` is not content, the answer is no
   * older than half a minute: it may have been put right a moment ago.
   */
  readonly find: (
    id: number,
    isRight: (eventType: KnownEventType) => boolean,
  ) => Promise<Result<KnownEventType | undefined, CalendarFailure>>
  /** How many minutes a booking took of one that the key is not shown; for a day. */
  readonly minutesSeen: (id: number) => Promise<number | undefined>
  readonly keepMinutes: (id: number, minutes: number) => Promise<void>
}

const seenShape = z.object({ at: z.number(), minutes: z.number() })

const storedShape = z.object({
  at: z.number(),
  eventTypes: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      slug: z.string(),
      minutes: z.number(),
      minutesToChooseFrom: z.array(z.number()),
      needsEmail: z.boolean(),
      asksPhone: z.boolean(),
      questions: z.array(z.string()),
      places: z.array(z.string()),
      noticeMinutes: z.number(),
      needsConfirmation: z.boolean(),
      seats: z
        .number()
        .optional()
        .transform((seats) => seats ?? undefined),
      isRecurring: z.boolean(),
      team: z.enum(['none', 'round-robin', 'collective', 'parent']),
      needsVerifiedEmail: z.boolean(),
      needsLogin: z.boolean(),
      hosts: z.array(z.number()),
      isHidden: z.boolean(),
      takesNotes: z.boolean(),
    }),
  ),
})

/** The event types of an account and of its teams, kept for a day. */
export const eventTypesOf = (connection: Connection, cache: CompanyCache | undefined, clock: Clock): EventTypes => {
  const key = `calcom/event-types/1/${connection.name}`

  const fetchAll = async (): Promise<Result<readonly KnownEventType[], CalendarFailure>> => {
    const asked = await allOf(connection)
    if (asked.isErr()) return err(asked.error)
    await cache?.set(key, JSON.stringify({ at: clock.now(), eventTypes: asked.value }), DAY / SECOND)
    return asked
  }
  const kept = async () => {
    const text = await cache?.get(key)
    const stored = text === undefined ? undefined : storedShape.safeParse(parsed(text)).data
    return stored && clock.now() - stored.at <= DAY ? stored : undefined
  }

  const seenKey = (id: number) => `calcom/minutes/1/${connection.name}/${id}`

  return {
    minutesSeen: async (id) => {
      const text = await cache?.get(seenKey(id))
      const seen = text === undefined ? undefined : seenShape.safeParse(parsed(text)).data
      return seen && clock.now() - seen.at <= DAY ? seen.minutes : undefined
    },
    keepMinutes: async (id, minutes) => {
      await cache?.set(seenKey(id), JSON.stringify({ at: clock.now(), minutes }), DAY / SECOND)
    },
    list: async (age) => {
      const known = age === 'fresh' ? undefined : await kept()
      return known ? ok(known.eventTypes.map(whole)) : fetchAll()
    },
    find: async (id, isRight) => {
      const known = await kept()
      const found = known?.eventTypes.map(whole).find((one) => one.id === id)
      const isYoung = known !== undefined && clock.now() - known.at < oldAfter
      if (known && (isYoung || (found && isRight(found)))) return ok(found)
      const all = await fetchAll()
      return all.map((eventTypes) => eventTypes.find((one) => one.id === id))
    },
  }
}

const whole = (stored: z.output<typeof storedShape>['eventTypes'][number]): KnownEventType => ({
  ...stored,
  seats: stored.seats,
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const allOf = async (connection: Connection): Promise<Result<readonly KnownEventType[], CalendarFailure>> => {
  const from = (path: string) =>
    askFor(connection, z.array(eventTypeShape), { method: 'GET', path, group: 'event_types', repeatable: true })
  const own = await from('/event-types')
  if (own.isErr()) return err(own.error)
  const found = [...own.value]
  const teams = await teamIds(connection)
  if (teams.isErr()) return err(teams.error)
  for (const id of teams.value) {
    const ofTeam = await from(`/teams/${id}/event-types`)
    if (ofTeam.isErr() && ofTeam.error.kind === 'unreachable') return err(ofTeam.error)
    if (ofTeam.isOk()) found.push(...ofTeam.value)
  }
  return ok([...new Map(found.map((one) => [one.id, eventTypeOf(one)])).values()])
}

/** Questions that Cal.com puts by itself and that are answered, or need no answer. */
const usualQuestions = new Set([
  'name',
  'email',
  'attendeePhoneNumber',
  'smsReminderNumber',
  'location',
  'title',
  'notes',
  'guests',
  'rescheduleReason',
])

const teamKinds: { readonly [type: string]: EventType['team'] } = {
  roundrobin: 'round-robin',
  collective: 'collective',
  managed: 'parent',
}

export const eventTypeOf = (wire: WireEventType): KnownEventType => {
  const shown = wire.bookingFields.filter(({ hidden }) => hidden !== true)
  const nameOf = (field: WireEventType['bookingFields'][number]) => field.slug ?? field.field ?? field.type ?? ''
  const email = wire.bookingFields.find((field) => nameOf(field) === 'email')
  const hosts = wire.hosts.flatMap(({ userId }) => userId ?? [])
  const users = wire.users.flatMap(({ id }) => id ?? [])
  const people = [hosts, users, wire.ownerId === undefined ? [] : [wire.ownerId]].find((some) => some.length > 0)
  return {
    id: wire.id,
    title: wire.title ?? '',
    slug: wire.slug ?? '',
    minutes: wire.lengthInMinutes,
    minutesToChooseFrom: wire.lengthInMinutesOptions,
    // It is asked for unless somebody turned that off.
    needsEmail: email === undefined || (email.required !== false && email.hidden !== true),
    asksPhone: shown.some((field) => nameOf(field) === 'attendeePhoneNumber' || field.type === 'phone'),
    questions: shown
      .filter((field) => field.required === true && !usualQuestions.has(nameOf(field)))
      .map(nameOf)
      .filter((slug) => slug !== ''),
    places: wire.locations.flatMap(({ type }) => type ?? []),
    noticeMinutes: wire.minimumBookingNotice ?? 0,
    needsConfirmation: wire.confirmationPolicy !== undefined || wire.requiresConfirmation === true,
    seats: wire.seats?.seatsPerTimeSlot ?? wire.seatsPerTimeSlot,
    isRecurring: wire.recurrence !== undefined,
    team: teamKinds[(wire.schedulingType ?? '').toLowerCase().replace(/[_-]/g, '')] ?? 'none',
    needsVerifiedEmail: wire.requiresBookerEmailVerification === true,
    needsLogin: wire.bookingRequiresAuthentication === true,
    hosts: people ?? [],
    isHidden: wire.hidden === true,
    takesNotes: shown.some((field) => nameOf(field) === 'notes'),
  }
}
