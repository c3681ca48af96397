import { randomBytes } from 'node:crypto'
import type { JsonObject } from '../../../domain/canonical-json.ts'
import type { WeeklyHours } from '../../../domain/opening-hours.ts'
import { after, type Instant, instant, MINUTE } from '../../../domain/time.ts'
import { cancelBooking, confirmBooking, declineBooking, markAbsent } from './change-bookings.ts'
import type { CalcomFault, EndpointName } from './faults.ts'
import { hostsFor } from './free-times.ts'
import { moveBooking, newBooking } from './place-bookings.ts'
import { type SeenRequest, serveCalcom } from './serve.ts'
import {
  type BookingEntry,
  type CalcomAccount,
  type CalcomEventType,
  type CalcomStore,
  type CalcomUser,
  changed,
  isLive,
} from './store.ts'
import { readZone } from './times.ts'
import { type CalcomDelivery, deliveriesOf } from './webhooks.ts'

export interface CalcomSettings {
  /** Milliseconds since the epoch; everything there happens at this time. */
  readonly now: () => number
  readonly host?: string
  /** 0 or nothing: any free one. */
  readonly port?: number
  /** Knows only the versions of the open source. */
  readonly selfHosted?: boolean
  /** 120 unless said otherwise, as for a key of the real one. */
  readonly requestsPerMinute?: number
  /** Webhooks are sent as soon as something happens, instead of when `deliver` is called. */
  readonly deliversAtOnce?: boolean
}

/** A booking that somebody makes on the web page. */
export interface ForeignBookingRequest {
  readonly eventType: number
  /** Milliseconds since the epoch. */
  readonly start: number
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly host?: number
  readonly metadata?: JsonObject
  /** Whether or not somebody is booked there already. */
  readonly anyway?: boolean
}

export interface CalcomDeliveryOutcome {
  readonly delivery: CalcomDelivery
  /** Undefined: nobody answered. */
  readonly status: number | undefined
}

/** A Cal.com of its own, over real HTTP, with levers. */
export interface StandInCalendar {
  /** Where its API begins, as a company file names it. */
  readonly url: string
  /** The key of the account that is there from the beginning. */
  readonly key: string
  readonly account: CalcomAccount
  readonly addAccount: () => CalcomAccount
  /** By default of the first account, at work from nine to six, Monday to Saturday, in Berlin. */
  readonly addUser: (user?: Partial<CalcomUser>) => CalcomUser
  /** By default of the owner of the first account, without a wish for an e-mail address and without notice. */
  readonly addEventType: (eventType: Partial<CalcomEventType> & { readonly minutes: number }) => CalcomEventType
  readonly changeEventType: (id: number, change: Partial<CalcomEventType>) => void
  /**
   * From now on every request ends like this; undefined: as it should. Of a list the next requests take one each,
   * and after that all is well.
   */
  readonly misbehave: (
    endpoint: EndpointName,
    fault: CalcomFault | undefined | readonly (CalcomFault | undefined)[],
  ) => void
  /** Everything as it should. */
  readonly recover: () => void
  /** As if a person did it on the web page. */
  readonly bookElsewhere: (booking: ForeignBookingRequest) => BookingEntry
  readonly moveElsewhere: (uid: string, start: number) => BookingEntry
  readonly cancelElsewhere: (uid: string, reason?: string) => BookingEntry
  readonly confirmElsewhere: (uid: string) => BookingEntry
  readonly rejectElsewhere: (uid: string, reason?: string) => BookingEntry
  readonly missElsewhere: (uid: string) => BookingEntry
  /** Every request that came, in order. */
  readonly seen: (endpoint?: EndpointName) => readonly SeenRequest[]
  /** Everything that was ever booked, in order. */
  readonly bookings: () => readonly BookingEntry[]
  /** What stands: accepted, or waiting for its host. */
  readonly live: () => readonly BookingEntry[]
  readonly store: CalcomStore
  /** What has not been sent to the webhooks yet. */
  readonly undelivered: () => readonly CalcomDelivery[]
  /** Sends it, or what `pick` makes of it: later, twice, in another order, nothing. Each is sent once, as Cal.com does. */
  readonly deliver: (
    pick?: (deliveries: readonly CalcomDelivery[]) => readonly CalcomDelivery[],
  ) => Promise<readonly CalcomDeliveryOutcome[]>
  readonly close: () => Promise<void>
}

type FaultsInTurn = readonly (CalcomFault | undefined)[]
const inTurn = (fault: CalcomFault | FaultsInTurn): fault is FaultsInTurn => Array.isArray(fault)

const nineToSix = [{ opens: 9 * 60, closes: 18 * 60 }]
const week: WeeklyHours = { 1: nineToSix, 2: nineToSix, 3: nineToSix, 4: nineToSix, 5: nineToSix, 6: nineToSix }

const send = async (delivery: CalcomDelivery): Promise<CalcomDeliveryOutcome> => {
  const { url, headers, body } = delivery
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' })
    return { delivery, status: response.status }
  } catch {
    return { delivery, status: undefined }
  }
}

/** Starts one on this machine. It forgets everything when it is closed. */
export const startCalcom = async (settings: CalcomSettings): Promise<StandInCalendar> => {
  let lastId = 900_000
  const nextId = () => {
    lastId += 1
    return lastId
  }
  const waiting: CalcomDelivery[] = []
  const store: CalcomStore = {
    now: () => instant(settings.now()),
    accounts: [],
    users: new Map(),
    eventTypes: new Map(),
    bookings: new Map(),
    reservations: new Map(),
    webhooks: new Map(),
    nextId,
    tell: (trigger, booking, more) => {
      waiting.push(...deliveriesOf(store, trigger, booking, more))
      if (settings.deliversAtOnce) void Promise.all(waiting.splice(0).map(send))
    },
  }

  const addUser = (user: Partial<CalcomUser> = {}): CalcomUser => {
    const id = user.id ?? nextId()
    const made: CalcomUser = {
      account: store.accounts[0]?.id ?? 0,
      name: `User ${id}`,
      email: `user-${id}@cal.example`,
      username: `user-${id}`,
      timeZone: berlin(),
      hours: week,
      ...user,
      id,
    }
    store.users.set(id, made)
    return made
  }
  const addAccount = (): CalcomAccount => {
    const id = nextId()
    const owner = addUser({ account: id })
    const account = { id, key: `cal_live_${randomBytes(16).toString('hex')}`, owner: owner.id }
    store.accounts.push(account)
    return account
  }
  const account = addAccount()

  const faults = new Map<EndpointName, CalcomFault | (CalcomFault | undefined)[]>()
  const faultOf = (endpoint: EndpointName): CalcomFault | undefined => {
    const known = faults.get(endpoint)
    return Array.isArray(known) ? known.shift() : known
  }
  const theBooking = (uid: string): BookingEntry => {
    const found = store.bookings.get(uid)
    if (!found) throw new Error(`The stand-in has no booking ${uid}.`)
    return found
  }

  const server = await serveCalcom({
    store,
    faultOf,
    host: settings.host ?? '127.0.0.1',
    port: settings.port ?? 0,
    selfHosted: settings.selfHosted ?? false,
    requestsPerMinute: settings.requestsPerMinute ?? 120,
  })

  return {
    url: server.url,
    key: account.key,
    account,
    addAccount,
    addUser,
    addEventType: (eventType) => {
      const id = eventType.id ?? nextId()
      const of = store.accounts.find((one) => one.id === eventType.account) ?? account
      const made = { ...plainEventType, hosts: [of.owner], ...eventType, id, account: of.id }
      const named = { ...made, title: eventType.title ?? `Event ${id}`, slug: eventType.slug ?? `event-${id}` }
      store.eventTypes.set(id, named)
      return named
    },
    changeEventType: (id, change) => {
      const known = store.eventTypes.get(id)
      if (known) store.eventTypes.set(id, { ...known, ...change })
    },
    misbehave: (endpoint, fault) => {
      if (fault === undefined) faults.delete(endpoint)
      else faults.set(endpoint, inTurn(fault) ? [...fault] : fault)
    },
    recover: () => faults.clear(),
    bookElsewhere: (request) => foreignBooking(store, request),
    moveElsewhere: (uid, start) => {
      const body = { start: new Date(start).toISOString() }
      return moveBooking(store, theBooking(uid), body)._unsafeUnwrap()
    },
    cancelElsewhere: (uid, reason = '') =>
      cancelBooking(store, theBooking(uid), { cancellationReason: reason })._unsafeUnwrap(),
    confirmElsewhere: (uid) => confirmBooking(store, theBooking(uid))._unsafeUnwrap(),
    rejectElsewhere: (uid, reason = '') => {
      const waits = changed(store, theBooking(uid), { status: 'pending' })
      return declineBooking(store, waits, { reason })._unsafeUnwrap()
    },
    missElsewhere: (uid) => {
      const { email } = theBooking(uid).attendee
      return markAbsent(store, theBooking(uid), { attendees: [{ email, absent: true }] })._unsafeUnwrap()
    },
    seen: (endpoint) => server.seen.filter((one) => endpoint === undefined || one.endpoint === endpoint),
    bookings: () => [...store.bookings.values()],
    live: () => [...store.bookings.values()].filter(isLive),
    store,
    undelivered: () => [...waiting],
    deliver: async (pick = (all) => all) => {
      const outcomes: CalcomDeliveryOutcome[] = []
      for (const delivery of pick(waiting.splice(0))) outcomes.push(await send(delivery))
      return outcomes
    },
    close: server.close,
  }
}

const berlin = () => {
  const zone = readZone('Europe/Berlin')
  if (!zone) throw new Error('This runtime knows no Berlin.')
  return zone
}

const plainEventType = {
  lengths: [],
  team: 'none',
  locations: [{ type: 'address', address: 'Musterstraße 1, Berlin', public: true }],
  email: 'optional',
  phone: 'optional',
  questions: [],
  noticeMinutes: 0,
  slotInterval: undefined,
  bufferBefore: 0,
  bufferAfter: 0,
  needsConfirmation: false,
  needsVerifiedEmail: false,
  needsLogin: false,
  seats: undefined,
  isRecurring: false,
  isHidden: false,
} as const

const foreignBooking = (store: CalcomStore, request: ForeignBookingRequest): BookingEntry => {
  const { name = 'Frau Andere', phone, email, host, metadata = {}, anyway = false } = request
  const type = store.eventTypes.get(request.eventType)
  if (!type) throw new Error(`The stand-in has no event type ${request.eventType}.`)
  const start: Instant = instant(request.start)
  const times = [start, after(start, type.minutes * MINUTE)] as const
  const hosts = host === undefined ? hostsFor(store, type, times) : [host]
  if (hosts.length === 0 && !anyway) throw new Error('Nobody is free then.')
  const booking = newBooking(store, type, times, hosts.length > 0 ? hosts : type.hosts.slice(0, 1), {
    metadata,
    attendee: { name, phone, email: email ?? 'andere@kunden.example', timeZone: 'Europe/Berlin', language: 'de' },
    guests: [],
    location: String(type.locations[0]?.address ?? type.locations[0]?.type ?? ''),
    responses: {},
  })
  store.tell(booking.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_CREATED', booking)
  return booking
}
