import type { CompanySpec, Policies, ServiceSpec, Slug, StaffSpec } from '../company.ts'
import { fold, likeness } from '../likeness.ts'
import { bookingParts } from './booking-parts.ts'
import type { EventType } from './event-type.ts'

/** What is wrong with an event type for a service, as far as callers will notice. */
export type MappingFinding =
  /** The service names none. */
  | { readonly code: 'unmapped' }
  /** The calendar has none of this number: it is of another account, or was deleted. */
  | { readonly code: 'unknown'; readonly eventType: number }
  | { readonly code: 'managed-parent' }
  | { readonly code: 'length'; readonly wanted: number; readonly offered: readonly number[] }
  | { readonly code: 'questions'; readonly questions: readonly string[] }
  | { readonly code: 'place'; readonly place: string }
  | { readonly code: 'recurring' }
  | { readonly code: 'seats'; readonly seats: number }
  | { readonly code: 'verified-email' }
  | { readonly code: 'no-hosts' }
  | { readonly code: 'email-required' }
  | { readonly code: 'notice'; readonly minutes: number; readonly policy: number }
  /** Wishes for these colleagues cannot be granted: they have no event type of their own and are no hosts of this one. */
  | { readonly code: 'not-hosts'; readonly staff: readonly string[] }
  | { readonly code: 'login' }
  /** Other services name the same one, so a booking made there does not tell which of them it is for. */
  | { readonly code: 'shared'; readonly services: readonly string[] }
  | { readonly code: 'confirmation' }
  | { readonly code: 'hidden' }

/** `blocks`: bookings fail or come out wrong. `limits`: some callers or wishes cannot be served. `note`: good to know. */
export type FindingSeverity = 'blocks' | 'limits' | 'note'

const severities: { readonly [Code in MappingFinding['code']]: FindingSeverity } = {
  unmapped: 'blocks',
  unknown: 'blocks',
  'managed-parent': 'blocks',
  length: 'blocks',
  questions: 'blocks',
  recurring: 'blocks',
  seats: 'blocks',
  'verified-email': 'blocks',
  'no-hosts': 'blocks',
  place: 'limits',
  'email-required': 'limits',
  notice: 'limits',
  'not-hosts': 'limits',
  login: 'limits',
  shared: 'note',
  confirmation: 'note',
  hidden: 'note',
}

export const severityOf = ({ code }: Pick<MappingFinding, 'code'>): FindingSeverity => severities[code]

/** Does this stand in the way of every booking? */
export const blocks = (findings: readonly MappingFinding[]): boolean =>
  findings.some((one) => severityOf(one) === 'blocks')

/** Places that only somebody who types can give. Where there are several, the first is taken. */
const typedPlaces: ReadonlySet<string> = new Set(['attendeeAddress', 'attendeeDefined', 'somewhereElse'])

const when = (holds: boolean, finding: MappingFinding): readonly MappingFinding[] => (holds ? [finding] : [])

const lengthsOf = ({ minutes, minutesToChooseFrom }: EventType): readonly number[] =>
  minutesToChooseFrom.length > 0 ? minutesToChooseFrom : [minutes]

/** Why an event type does not, or not quite, fit an appointment of so many minutes that is made on the phone. */
export const unfit = (
  eventType: EventType,
  minutes: number,
  { minNoticeMinutes }: Pick<Policies, 'minNoticeMinutes'>,
): readonly MappingFinding[] => {
  if (eventType.team === 'parent') return [{ code: 'managed-parent' }]
  const { seats } = eventType
  const [place = ''] = eventType.places
  const offered = lengthsOf(eventType)
  const isTeam = eventType.team !== 'none'
  return [
    ...when(!offered.includes(minutes), { code: 'length', wanted: minutes, offered }),
    ...when(eventType.questions.length > 0, { code: 'questions', questions: eventType.questions }),
    ...when(typedPlaces.has(place), { code: 'place', place }),
    ...when(eventType.isRecurring, { code: 'recurring' }),
    ...(seats === undefined ? [] : [{ code: 'seats', seats } as const]),
    ...when(eventType.needsVerifiedEmail, { code: 'verified-email' }),
    ...when(isTeam && eventType.hosts.length === 0, { code: 'no-hosts' }),
    ...when(eventType.needsEmail, { code: 'email-required' }),
    ...when(eventType.noticeMinutes > minNoticeMinutes, {
      code: 'notice',
      minutes: eventType.noticeMinutes,
      policy: minNoticeMinutes,
    }),
    ...when(eventType.needsLogin, { code: 'login' }),
    ...when(eventType.needsConfirmation, { code: 'confirmation' }),
    ...when(eventType.isHidden, { code: 'hidden' }),
  ]
}

/** Which event type stands for a service, for a part of it, or for what one colleague does of it. */
export interface ServiceMapping {
  readonly service: Slug
  /** The key of the first segment of the part, where the service is several bookings. */
  readonly part: string | undefined
  /** Whose own it is. */
  readonly staff: Slug | undefined
  readonly minutes: number
  readonly eventTypeId: number | undefined
  /** Undefined: none is named, or the calendar does not know it. */
  readonly eventType: EventType | undefined
  readonly findings: readonly MappingFinding[]
}

type Company = Pick<CompanySpec, 'services' | 'staff' | 'policies'>

/** Every event type that the active services of a company name or lack, in the order of its file. */
export const eventTypeMappings = (company: Company, eventTypes: readonly EventType[]): readonly ServiceMapping[] => {
  const { services, staff, policies } = company
  const byId = new Map(eventTypes.map((one) => [one.id, one]))
  const users = usersOf(company)

  const mapping = (
    service: ServiceSpec,
    { part, colleague, minutes, id }: Asked,
    more: (eventType: EventType) => readonly MappingFinding[],
  ): ServiceMapping => {
    const eventType = id === undefined ? undefined : byId.get(id)
    const findings = (): readonly MappingFinding[] => {
      if (id === undefined) return [{ code: 'unmapped' }]
      if (!eventType) return [{ code: 'unknown', eventType: id }]
      const others = services.filter((one) => one.active && one !== service && users.get(id)?.has(one.slug))
      return [
        ...unfit(eventType, minutes, policies),
        ...(eventType.team === 'parent' ? [] : more(eventType)),
        ...when(others.length > 0, { code: 'shared', services: others.map(({ name }) => name) }),
      ]
    }
    const place = { service: service.slug, part, staff: colleague, minutes, eventTypeId: id }
    return { ...place, eventType, findings: findings() }
  }

  return services
    .filter(({ active }) => active)
    .flatMap((service) => {
      const parts = bookingParts(service)
      const whole = { part: undefined, minutes: service.durationMinutes, id: service.calcomEventTypeId }
      const asked = parts?.map(({ key, minutes, eventType }) => ({ part: key, minutes, id: eventType })) ?? [whole]
      const own = (parts ? [] : staff).flatMap((one) => {
        const id = one.calcomEventTypes[service.slug]
        return id === undefined ? [] : [{ ...whole, id, colleague: one.slug }]
      })
      return [
        ...asked.map((one) =>
          mapping(service, { ...one, colleague: undefined }, (eventType) =>
            missingHosts(eventType, service, staff, parts === undefined),
          ),
        ),
        ...own.map((one) => mapping(service, one, () => [])),
      ]
    })
}

interface Asked {
  readonly part: string | undefined
  readonly colleague: Slug | undefined
  readonly minutes: number
  readonly id: number | undefined
}

/** Which services each event type is used for. */
const usersOf = ({ services, staff }: Company): ReadonlyMap<number, ReadonlySet<Slug>> => {
  const users = new Map<number, Set<Slug>>()
  const use = (id: number | undefined, slug: Slug) => {
    if (id !== undefined) users.set(id, (users.get(id) ?? new Set()).add(slug))
  }
  for (const service of services.filter(({ active }) => active)) {
    const parts = bookingParts(service)
    for (const { eventType } of parts ?? [{ eventType: service.calcomEventTypeId }]) use(eventType, service.slug)
    for (const one of staff) use(one.calcomEventTypes[service.slug], service.slug)
  }
  return users
}

/** A whole service may be booked with a colleague's own event type; a part of one only with its host. */
const missingHosts = (
  { hosts }: EventType,
  { slug }: ServiceSpec,
  staff: readonly StaffSpec[],
  isWhole: boolean,
): readonly MappingFinding[] => {
  const missing = staff.filter(
    ({ services, calcomEventTypes, calcomUserId }) =>
      services.includes(slug) &&
      !(isWhole && calcomEventTypes[slug] !== undefined) &&
      (calcomUserId === undefined || !hosts.includes(calcomUserId)),
  )
  return when(missing.length > 0, { code: 'not-hosts', staff: missing.map(({ name }) => name) })
}

/** Colleagues whose number is that of no host of any event type. */
export const unknownHosts = (
  { staff }: Pick<Company, 'staff'>,
  eventTypes: readonly EventType[],
): readonly StaffSpec[] => {
  const known = new Set(eventTypes.flatMap(({ hosts }) => hosts))
  return staff.filter(({ calcomUserId }) => calcomUserId !== undefined && !known.has(calcomUserId))
}

const mostMatches = 3
const alike = 0.5
/** Names further than this from the nearest one are of something else. */
const nearlyAsAlike = 0.2

/**
 * Event types that may be meant by a service: called alike, those of its length first. At most three, and never more
 * than a suggestion.
 */
export const eventTypesLike = (
  { name, keywords }: Pick<ServiceSpec, 'name' | 'keywords'>,
  minutes: number,
  eventTypes: readonly EventType[],
): readonly EventType[] => {
  const names = [name, ...keywords].map(fold).filter((one) => one !== '')
  const score = ({ title, slug }: EventType): number =>
    Math.max(0, ...[title, slug].map(fold).flatMap((theirs) => names.map((ours) => closeness(ours, theirs))))
  const fits = (one: EventType) => lengthsOf(one).includes(minutes)
  const scored = eventTypes
    .filter(({ team }) => team !== 'parent')
    .map((eventType) => ({ eventType, named: score(eventType), rank: score(eventType) + (fits(eventType) ? 0.5 : 0) }))
  const best = Math.max(alike, ...scored.map(({ named }) => named - nearlyAsAlike))
  return scored
    .filter(({ named }) => named >= best)
    .toSorted((one, other) => other.rank - one.rank || one.eventType.id - other.eventType.id)
    .slice(0, mostMatches)
    .map(({ eventType }) => eventType)
}

/** A name that holds the other as a word of its own counts as nearly the same. */
const closeness = (one: string, other: string): number =>
  other !== '' && (` ${one} `.includes(` ${other} `) || ` ${other} `.includes(` ${one} `)) && one !== other
    ? 0.9
    : likeness(one, other)
