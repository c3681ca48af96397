import { err, ok } from 'neverthrow'
import { type CalcomRequest, done, no, noSuchPath } from './answers.ts'
import { bookingEndpoints } from './booking-endpoints.ts'
import type { EndpointAnswer, EndpointEntry, EndpointRequest } from './endpoint.ts'
import type { CalcomFault, EndpointName } from './faults.ts'
import { showEventType, showMe, showSchedule } from './show.ts'
import type { CalcomStore } from './store.ts'
import { webhooksAt } from './webhook-endpoints.ts'

const eventTypes = ['2024-06-14', '2026-06-12']
const own = ({ store, account }: EndpointRequest) => store.accounts.find(({ id }) => id === account)

const typesOf = (asked: EndpointRequest, isOfTeam: boolean) =>
  [...asked.store.eventTypes.values()]
    .filter((type) => type.account === asked.account && (type.team !== 'none') === isOfTeam)
    .filter((type) => isOfTeam || type.hosts[0] === own(asked)?.owner)
    .map((type) => showEventType(asked.store, type, asked.version))

const oneType = (asked: EndpointRequest, id: string | undefined): EndpointAnswer => {
  const type = asked.store.eventTypes.get(Number(id))
  return type && type.account === asked.account
    ? ok(done(showEventType(asked.store, type, asked.version)))
    : err(no(404, `Event type with id ${id} not found`))
}

const owner = (asked: EndpointRequest) => asked.store.users.get(own(asked)?.owner ?? 0)
const scheduleOfOwner = (asked: EndpointRequest): EndpointAnswer => {
  const user = owner(asked)
  return user ? ok(done(showSchedule(user))) : err(no(404, 'No schedule'))
}

const endpoints: readonly EndpointEntry[] = [
  ...bookingEndpoints,
  {
    name: 'event-types',
    method: 'GET',
    path: /^\/v2\/event-types$/,
    versions: eventTypes,
    needsKey: true,
    act: (asked) => ok(done(typesOf(asked, false))),
    old: (asked) => ok(done({ eventTypeGroups: [{ eventTypes: typesOf(asked, false) }], profiles: [] })),
  },
  {
    name: 'event-types',
    method: 'GET',
    path: /^\/v2\/event-types\/(\d+)$/,
    versions: eventTypes,
    needsKey: true,
    act: (asked) => oneType(asked, asked.caught[0]),
  },
  {
    name: 'event-types',
    method: 'GET',
    path: /^\/v2\/teams\/(\d+)\/event-types$/,
    versions: eventTypes,
    needsKey: true,
    act: (asked) =>
      Number(asked.caught[0]) === asked.account
        ? ok(done(typesOf(asked, true)))
        : err(no(403, 'You are not a member of this team')),
  },
  {
    name: 'event-types',
    method: 'GET',
    path: /^\/v2\/teams\/(\d+)\/event-types\/(\d+)$/,
    versions: eventTypes,
    needsKey: true,
    act: (asked) => oneType(asked, asked.caught[1]),
  },
  {
    name: 'teams',
    method: 'GET',
    path: /^\/v2\/teams$/,
    needsKey: true,
    act: (asked) => {
      const hasTeam = [...asked.store.eventTypes.values()].some(
        (one) => one.account === asked.account && one.team !== 'none',
      )
      const { account = 0 } = asked
      const team = { id: account, name: `Team ${account}`, slug: `team-${account}`, isOrganization: false }
      return ok(done(hasTeam ? [team] : []))
    },
  },
  {
    name: 'schedules',
    method: 'GET',
    path: /^\/v2\/schedules$/,
    versions: ['2024-06-11'],
    needsKey: true,
    act: (asked) =>
      scheduleOfOwner(asked).map(({ status, body }) => ({
        status,
        body: typeof body === 'string' ? body : { status: 'success', data: [body.data ?? null] },
      })),
  },
  {
    name: 'schedules',
    method: 'GET',
    path: /^\/v2\/schedules\/default$/,
    versions: ['2024-06-11'],
    needsKey: true,
    act: scheduleOfOwner,
  },
  {
    name: 'schedules',
    method: 'GET',
    path: /^\/v2\/schedules\/(\d+)$/,
    versions: ['2024-06-11'],
    needsKey: true,
    act: (asked) => {
      const user = asked.store.users.get(Number(asked.caught[0]))
      return user && user.account === asked.account
        ? ok(done(showSchedule(user)))
        : err(no(404, `Schedule with ID=${asked.caught[0]} does not exist.`))
    },
  },
  {
    name: 'schedules',
    method: 'GET',
    path: /^\/v2\/teams\/(\d+)\/schedules$/,
    versions: ['2024-06-11'],
    needsKey: true,
    act: (asked) =>
      Number(asked.caught[0]) === asked.account
        ? ok(done([...asked.store.users.values()].filter((one) => one.account === asked.account).map(showSchedule)))
        : err(no(403, 'You are not a member of this team')),
  },
  {
    name: 'me',
    method: 'GET',
    path: /^\/v2\/me$/,
    needsKey: true,
    act: (asked) => {
      const user = owner(asked)
      return user ? ok(done(showMe(user))) : err(no(401, 'No user'))
    },
  },
  ...webhooksAt('/v2/webhooks', () => undefined),
  ...webhooksAt('/v2/event-types/(\\d+)/webhooks', ({ caught }) => Number(caught[0])),
]

export interface EndpointMatch {
  readonly name: EndpointName
  readonly needsKey: boolean
  readonly act: (store: CalcomStore, request: CalcomRequest, fault: CalcomFault | undefined) => EndpointAnswer
}

/** What serves a path; undefined if nothing does in any version. */
export const endpointFor = (method: string, path: string): EndpointMatch | undefined => {
  for (const one of endpoints) {
    const caught = one.method === method ? one.path.exec(path)?.slice(1) : undefined
    if (!caught) continue
    return {
      name: one.name,
      needsKey: one.needsKey,
      act: (store, request, fault) => {
        const asked = { ...request, store, caught, fault }
        if (one.versions === undefined || one.versions.includes(request.version)) return one.act(asked)
        return one.old?.(asked) ?? err(noSuchPath(request))
      },
    }
  }
  return undefined
}
