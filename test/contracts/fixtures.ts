import type { Result } from 'neverthrow'
import { ok } from 'neverthrow'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { grantCompany, grantPlatform } from '../../src/application/grant-scope.ts'
import type { NewAlert } from '../../src/application/ports/alarm.ts'
import type { CompanyWrite } from '../../src/application/ports/companies.ts'
import type { Customer } from '../../src/application/ports/customers.ts'
import type { NewDelivery } from '../../src/application/ports/inbox.ts'
import type { Page, PageRequest } from '../../src/application/ports/page.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { CompanyTx } from '../../src/application/ports/store.ts'
import type { ToolCall } from '../../src/application/ports/tool-calls.ts'
import type { CompanyScope } from '../../src/application/scope.ts'
import type { Confirmed } from '../../src/domain/booking/appointment.ts'
import type { Offer } from '../../src/domain/booking/offer.ts'
import {
  type BranchSpec,
  type CompanyProfile,
  type CompanySpec,
  defaultNotifications,
  defaultPolicies,
  defaultRetention,
  type ServiceSpec,
  type StaffSpec,
} from '../../src/domain/company.ts'
import { type PhoneNumber, parseCountry, parsePhoneNumber } from '../../src/domain/phone-number.ts'
import type { Secret } from '../../src/domain/secret.ts'
import { after, type Instant, MINUTE, parseInstant, parseTimeZone } from '../../src/domain/time.ts'

/** An implementation under test. `platformKeys`: the webhook keys its platform account was opened with. */
export interface Opened {
  readonly ports: Ports
  readonly close: () => Promise<void>
  readonly platformKeys?: readonly Secret[]
}
export type Open = () => Promise<Opened>

/** Databases on busy machines take their time. */
export const unhurried = { timeout: 60_000 }

/** Opens one implementation for all tests of a `describe`. */
export const opening = (open: Open): (() => Opened) => {
  let current: Opened | undefined
  beforeAll(async () => {
    current = await open()
  }, 120_000)
  afterAll(async () => {
    await current?.close()
  }, 60_000)
  return () => {
    if (!current) throw new Error('Nothing is open yet')
    return current
  }
}

export const platform = grantPlatform({ kind: 'token', name: 'contract' })
export const actor = { kind: 'user', name: 'contract' } as const
export const berlin = parseTimeZone('Europe/Berlin')._unsafeUnwrap()
export const germany = parseCountry('DE')._unsafeUnwrap()

const start = parseInstant('2026-12-01T08:00:00Z')._unsafeUnwrap()
/** Minutes after the moment at which every contract begins. */
export const at = (minutes: number): Instant => after(start, minutes * MINUTE)
export const span = (from: number, to: number) => ({ startsAt: at(from), endsAt: at(to) })

let [lastNumber, numberedFile] = [0, '']
/** A reserved number that no test of this file had before; the same ones in each run, whichever files went before. */
export const newNumber = (): PhoneNumber => {
  const file = expect.getState().testPath ?? ''
  lastNumber = file === numberedFile ? lastNumber + 1 : 1
  numberedFile = file
  return parsePhoneNumber(`030 23125${String(lastNumber % 1000).padStart(3, '0')}`, germany)._unsafeUnwrap()
}
/** A caller's number, one of a hundred. */
export const mobile = (which: number): PhoneNumber =>
  parsePhoneNumber(`0171 39200${String(which).padStart(2, '0')}`, germany)._unsafeUnwrap()

export const branchSpec = (slug: string, more: Partial<BranchSpec> = {}): BranchSpec => ({
  slug,
  name: `Salon ${slug}`,
  timeZone: berlin,
  phoneNumbers: [],
  retellAgentId: undefined,
  hours: {
    weekly: { 1: [{ opens: 540, closes: 1080 }], 6: [{ opens: 540, closes: 840 }] },
    special: { '2026-12-20': [{ opens: 720, closes: 1080 }] },
    closed: [],
  },
  publicHolidays: 'DE-BE',
  fallback: { whenClosedToBranch: undefined, transferTo: undefined },
  staffEmail: ['team@salon.example'],
  ...more,
})

export const serviceSpec = (slug: string, more: Partial<ServiceSpec> = {}): ServiceSpec => ({
  slug,
  name: `Leistung ${slug}`,
  keywords: ['Männerhaarschnitt', "d'Schnitt"],
  category: 'Schnitt',
  durationMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 5,
  price: 3200,
  segments: [],
  branches: undefined,
  active: true,
  calcomEventTypeId: undefined,
  ...more,
})

export const staffSpec = (slug: string, more: Partial<StaffSpec> = {}): StaffSpec => ({
  slug,
  name: `${slug} Probe`,
  email: `${slug}@salon.example`,
  branches: ['mitte'],
  services: ['schnitt'],
  hours: undefined,
  absences: [],
  calcomUserId: undefined,
  calcomEventTypes: {},
  ...more,
})

/** A small, valid company: two branches with a number each, two services, two colleagues, one agent. */
export const companySpec = (slug: string, more: Partial<CompanySpec> = {}): CompanySpec => ({
  company: {
    slug,
    name: `Salon „${slug}“`,
    timeZone: berlin,
    country: germany,
    language: 'de',
    currency: 'EUR',
    booking: true,
  },
  retell: undefined,
  calendar: { kind: 'embedded' },
  policies: defaultPolicies,
  retention: defaultRetention,
  notifications: defaultNotifications,
  branches: [
    branchSpec('mitte', { phoneNumbers: [{ number: newNumber(), active: true }], retellAgentId: `agent_${slug}` }),
    branchSpec('west', { phoneNumbers: [{ number: newNumber(), active: true }] }),
  ],
  services: [
    serviceSpec('schnitt'),
    serviceSpec('dauerwelle', {
      durationMinutes: 75,
      segments: [
        { key: 'A', staffMinutes: 20, waitAfterMinutes: 30, calcomEventTypeId: undefined },
        { key: 'B', staffMinutes: 25, waitAfterMinutes: 0, calcomEventTypeId: 9001 },
      ],
      branches: ['mitte'],
    }),
  ],
  staff: [
    staffSpec('nina', {
      absences: [{ kind: 'hours', from: at(0), to: at(60) }],
      hours: { 2: [{ opens: 600, closes: 900 }] },
    }),
    staffSpec('tom', { branches: ['mitte', 'west'], services: ['schnitt', 'dauerwelle'] }),
  ],
  agents: [{ slug: 'empfang', retellAgentId: `agent_${slug}`, branches: ['mitte'] }],
  ...more,
})

export const newSlug = (ports: Ports): string => `salon-${ports.ids.next('company').slice(4)}`

export const writing = (spec: CompanySpec, more: Partial<CompanyWrite> = {}): CompanyWrite => ({
  spec,
  secrets: [],
  customers: [],
  prune: false,
  ...more,
})

export interface Company {
  readonly scope: CompanyScope
  readonly profile: CompanyProfile
}

/** Writes a company that is nobody else's. */
export const newCompany = async (ports: Ports, more: Partial<CompanySpec> = {}): Promise<Company> => {
  const written = await ports.companies.write(platform, writing(companySpec(newSlug(ports), more)), at(0))
  const profile = written._unsafeUnwrap()
  return { profile, scope: grantCompany(profile.id, actor) }
}

/** Commits `work` and gives what it gave. */
export const within = async <T>(ports: Ports, { scope }: Company, work: (tx: CompanyTx) => Promise<T>): Promise<T> => {
  const done = await ports.store.transact(scope, async (tx): Promise<Result<T, never>> => ok(await work(tx)))
  return done._unsafeUnwrap()
}

export const first = <T>(items: readonly T[]): T => {
  const [item] = items
  if (item === undefined) throw new Error('There is none')
  return item
}

export const aCustomer = (ports: Ports, more: Partial<Customer> = {}): Customer => ({
  id: ports.ids.next('customer'),
  name: 'Änne O’Probe',
  phone: undefined,
  email: undefined,
  language: undefined,
  notes: undefined,
  firstSeenAt: at(0),
  ...more,
})

export const anAppointment = (ports: Ports, { profile }: Company, more: Partial<Confirmed> = {}): Confirmed => {
  const staff = first(profile.staff)
  const startsAt = more.startsAt ?? at(0)
  const endsAt = more.endsAt ?? after(startsAt, 30 * MINUTE)
  return {
    id: ports.ids.next('appointment'),
    branch: first(profile.branches).id,
    service: first(profile.services).id,
    staff: staff.id,
    resource: staff.id,
    customer: undefined,
    attendeeName: 'Änne O’Probe',
    segments: [{ key: 'A', startsAt, endsAt }],
    source: 'phone',
    callId: undefined,
    notes: undefined,
    createdAt: at(0),
    history: [
      { at: at(0), actor, action: 'booked', from: undefined, to: startsAt, reason: undefined, callId: undefined },
    ],
    provider: { kind: 'embedded', uid: undefined },
    sync: 'synced',
    series: undefined,
    moving: undefined,
    status: 'confirmed',
    startsAt,
    endsAt,
    ...more,
  }
}

export const anOffer = (ports: Ports, { profile }: Company, more: Partial<Offer> = {}): Offer => {
  const staff = first(profile.staff)
  return {
    id: ports.ids.next('offer'),
    call: 'call_a',
    attendee: '',
    branch: first(profile.branches).id,
    service: first(profile.services).id,
    staff: staff.id,
    resource: staff.id,
    ...span(60, 90),
    until: at(5),
    state: 'open',
    ...more,
  }
}

export const aToolCall = (ports: Ports, more: Partial<ToolCall> = {}): ToolCall => ({
  id: ports.ids.next('toolCall'),
  call: 'call_a',
  at: at(0),
  name: 'book_appointment',
  nameAsSent: 'book_appointment_v17',
  fingerprint: 'f1',
  input: { customer_name: 'Änne', deep: { list: [1, null, 'ü'] } },
  resolved: {},
  output: { status: 'booked', success: true },
  status: 'booked',
  ms: 12,
  effect: undefined,
  vendorCalls: [{ vendor: 'calcom', operation: 'reserve', ms: 8, status: '201' }],
  ...more,
})

export const anAlert = (ports: Ports, more: Partial<NewAlert> = {}): NewAlert => ({
  id: ports.ids.next('alert'),
  key: 'k1',
  kind: 'looping_agent',
  severity: 'warning',
  message: 'The agent asks the same again and again.',
  callId: undefined,
  appointmentId: undefined,
  createdAt: at(0),
  ...more,
})

export const aDelivery = (ports: Pick<Ports, 'ids'>, more: Partial<NewDelivery> = {}): NewDelivery => ({
  id: ports.ids.next('delivery'),
  source: 'retell',
  event: 'call_started',
  callId: 'call_a',
  company: undefined,
  account: undefined,
  receivedAt: at(0),
  address: '192.0.2.7',
  outcome: 'accepted',
  stages: [{ name: 'received', at: at(0), ok: true, detail: '12 bytes arrived.' }],
  dedupeKey: undefined,
  body: '{"event":"call_started","name":"Änne"}',
  dueAt: undefined,
  ...more,
})

/** A whole list, page by page. */
export const walk = async <Item>(
  list: (request: PageRequest) => Promise<Page<Item>>,
  limit: number,
  between: () => Promise<unknown> = async () => undefined,
): Promise<readonly Item[]> => {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await list({ limit, cursor })
    if (page.items.length > limit) throw new Error('A page is longer than was asked for')
    items.push(...page.items)
    if (items.length > 5_000) throw new Error('The list does not end')
    cursor = page.next
    await between()
  } while (cursor !== undefined)
  return items
}

/** For what is promised within seconds only. */
export const eventually = <T>(look: () => Promise<T> | T): Promise<T> =>
  vi.waitFor(look, { timeout: 8_000, interval: 20 })

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Twenty at once, or so. */
export const race = <T>(count: number, run: (which: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, which) => run(which)))

export const ids = <Item extends { readonly id: string }>(items: readonly Item[]): readonly string[] =>
  items.map(({ id }) => id)

/** One after another, for a transaction has one connection. */
export const inTurn = async <Item, T>(items: readonly Item[], run: (item: Item) => Promise<T>): Promise<T[]> => {
  const results: T[] = []
  for (const item of items) results.push(await run(item))
  return results
}
