import type { EventType } from '../../../domain/booking/event-type.ts'
import type { ServiceMapping } from '../../../domain/booking/event-type-fit.ts'
import type { CompanySpec } from '../../../domain/company.ts'
import type { InputError } from '../../failure.ts'

type Company = Pick<CompanySpec, 'services' | 'staff'>

/** A place in a company file that names an event type. */
export interface NamedEventType {
  /** The same for the same thing in another version of the file. */
  readonly key: string
  /** A JSON pointer. */
  readonly pointer: string
  readonly eventType: number
}

/** Every event type that a company names, retired services included. */
export const namedEventTypes = ({ services, staff }: Company): readonly NamedEventType[] => [
  ...services.flatMap(({ slug, calcomEventTypeId, segments }, at) => [
    ...named(`services/${slug}`, `/services/${at}/calcom_event_type_id`, calcomEventTypeId),
    ...segments.flatMap((segment, nth) =>
      named(
        `services/${slug}/${segment.key}`,
        `/services/${at}/segments/${nth}/calcom_event_type_id`,
        segment.calcomEventTypeId,
      ),
    ),
  ]),
  ...staff.flatMap(({ slug, calcomEventTypes }, at) =>
    Object.entries(calcomEventTypes).flatMap(([service, eventType]) =>
      named(`staff/${slug}/${service}`, `/staff/${at}/calcom_event_types/${service}`, eventType),
    ),
  ),
]

const named = (key: string, pointer: string, eventType: number | undefined): readonly NamedEventType[] =>
  eventType === undefined ? [] : [{ key, pointer, eventType }]

/** What a changed company names that it did not name there before. */
export const newlyNamed = (before: Company, after: Company): readonly NamedEventType[] => {
  const known = new Map(namedEventTypes(before).map(({ key, eventType }) => [key, eventType]))
  return namedEventTypes(after).filter(({ key, eventType }) => known.get(key) !== eventType)
}

/** Those that can never be booked, whatever else is changed: they are not there, or are templates. */
export const neverBookable = (
  wanted: readonly NamedEventType[],
  eventTypes: readonly EventType[],
): readonly InputError[] => {
  const teams = new Map(eventTypes.map(({ id, team }) => [id, team]))
  return wanted.flatMap(({ pointer, eventType }) => {
    const team = teams.get(eventType)
    if (team === undefined)
      return [{ pointer, detail: `The calendar does not know the event type ${eventType}. Name one of its account.` }]
    if (team === 'parent')
      return [
        {
          pointer,
          detail: `The event type ${eventType} is a template of a team and cannot be booked. Name the one of a member.`,
        },
      ]
    return []
  })
}

/** Where in the company file somebody has to look for what a mapping lacks. */
export const pointerOf = ({ services, staff }: Company, { service, part, staff: whose }: ServiceMapping): string => {
  if (whose !== undefined)
    return `/staff/${staff.findIndex(({ slug }) => slug === whose)}/calcom_event_types/${service}`
  const at = services.findIndex(({ slug }) => slug === service)
  const nth = services[at]?.segments.findIndex(({ key }) => key === part) ?? -1
  const segment = nth < 0 ? undefined : services[at]?.segments[nth]
  return segment?.calcomEventTypeId === undefined
    ? `/services/${at}${services[at]?.calcomEventTypeId === undefined ? '' : '/calcom_event_type_id'}`
    : `/services/${at}/segments/${nth}/calcom_event_type_id`
}
