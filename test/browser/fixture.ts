import { err, ok } from 'neverthrow'
import { countingIds } from '../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../src/adapters/memory/ports.ts'
import { plainVoice } from '../../src/adapters/memory/voice-platform.ts'
import type { WebApplication, WebDependencies, WebSession } from '../../src/adapters/web/application.ts'
import { application as applicationOver } from '../../src/application/application.ts'
import { grantCompany, grantPlatform } from '../../src/application/grant-scope.ts'
import type { Alert } from '../../src/application/ports/alarm.ts'
import type { CallCard, CallEventEntry, Ring } from '../../src/application/ports/calls.ts'
import type { Customer } from '../../src/application/ports/customers.ts'
import type { LiveEvent, NewLiveEvent } from '../../src/application/ports/events.ts'
import type { Delivery, UnroutedCall } from '../../src/application/ports/inbox.ts'
import type { ToolCall } from '../../src/application/ports/tool-calls.ts'
import type { CallDetail, TimelineEntry } from '../../src/application/reading/calls.ts'
import type { Role } from '../../src/domain/access/role.ts'
import type { Appointment } from '../../src/domain/booking/appointment.ts'
import { workingOn } from '../../src/domain/booking/availability.ts'
import type { Offer } from '../../src/domain/booking/offer.ts'
import type { CallReport, Turn } from '../../src/domain/calling/call.ts'
import type { CompanyId } from '../../src/domain/ids.ts'
import { hoursOn } from '../../src/domain/opening-hours.ts'
import {
  after,
  type Instant,
  instant,
  instantAt,
  type LocalDate,
  MINUTE,
  SECOND,
  type TimeZone,
} from '../../src/domain/time.ts'
import { ids, otherProfile, profile, zone } from './fixture-company.ts'

/** Wednesday, 3 December 2025, 14:32:41 in Berlin. */
export const fixtureNow = instant(Date.UTC(2025, 11, 3, 13, 32, 41))
const day = '2025-12-03' as LocalDate
const at = (minute: number, second = 0, on: string = day): Instant =>
  after(instantAt(on as LocalDate, minute, zone), second * SECOND)

const customer = (body: string, name: string, phone: string): Customer => ({
  id: `cus_${body}`,
  name,
  phone: phone as Customer['phone'],
  email: undefined,
  language: 'de',
  notes: undefined,
  firstSeenAt: at(600, 0, '2025-03-11'),
})

const people = [
  'Max Muster',
  'Erika Beispiel',
  'Jonas Probe',
  'Anna Test',
  'Miriam Vorlage',
  'Lukas Muster',
  'Sara Exempel',
  'Peter Probst',
  'Clara Demo',
  'Tim Beispiel',
  'Ayşe Örnek',
  'Björn Muster',
]
const customers = people.map((name, index) => customer(`000000000${index}`, name, `+4917139200${10 + index}`))

type Outcome = CallCard['outcome']
const outcomes: readonly Outcome[] = [
  'booked',
  'information',
  'booked',
  'booked',
  'callback',
  'booked',
  'cancelled',
  'booked',
  'rescheduled',
  'booked',
  'information',
  'booked',
  'booked',
  'none',
]

/** Calls of a believable Wednesday, newest first, hand-made in front and regular behind. */
const earlier = (): CallCard[] =>
  Array.from({ length: 42 }, (_, index): CallCard => {
    const startedAt = at(816 - Math.round(index * 7.4) - (index % 5))
    const durationMs = (34 + ((index * 37) % 140)) * SECOND
    const who = customers[(index * 5) % customers.length]
    const outcome = outcomes[index % outcomes.length] ?? 'none'
    return {
      id: `call_earlier_${String(index).padStart(3, '0')}`,
      branch: index % 3 === 0 ? ids.west : ids.mitte,
      customer: index % 4 === 3 ? undefined : who?.id,
      callerName: undefined,
      outcome,
      at: startedAt,
      findings: [],
      status: index === 17 ? 'failed' : 'ended',
      direction: 'inbound',
      fromNumber: index % 4 === 3 ? 'anonymous' : `+4917139200${10 + ((index * 5) % customers.length)}`,
      toNumber: index % 3 === 0 ? '+493023125102' : '+493023125101',
      startedAt,
      endedAt: after(startedAt, durationMs),
      durationMs,
      cost: { amountMicros: Math.round((durationMs / 60_000) * 131_000), currency: 'USD' },
    }
  })

const front = (): CallCard[] => [
  {
    id: 'call_now',
    branch: ids.mitte,
    customer: customers[0]?.id,
    callerName: undefined,
    outcome: 'none',
    at: at(872),
    findings: [],
    status: 'ongoing',
    direction: 'inbound',
    fromNumber: '+491713920010',
    toNumber: '+493023125101',
    startedAt: at(872),
    agentId: 'agent_nord_mitte',
    agentVersion: 42,
  },
  {
    id: 'call_booked',
    branch: ids.mitte,
    customer: customers[1]?.id,
    callerName: 'Erika Beispiel',
    outcome: 'booked',
    at: at(866, 2),
    findings: [],
    status: 'ended',
    direction: 'inbound',
    fromNumber: '+491713920011',
    toNumber: '+493023125101',
    startedAt: at(866, 2),
    endedAt: at(868),
    durationMs: 118_000,
    sentiment: 'Positive',
    agentId: 'agent_nord_mitte',
    agentVersion: 42,
    disconnectionReason: 'user_hangup',
    summary: 'Frau Beispiel hat für Freitag um 10:30 Uhr einen Damenhaarschnitt bei Nina gebucht.',
    cost: { amountMicros: 260_000, currency: 'USD' },
  },
  {
    id: 'call_callback',
    branch: ids.west,
    customer: undefined,
    callerName: undefined,
    outcome: 'callback',
    at: at(851),
    findings: [],
    status: 'ended',
    direction: 'inbound',
    fromNumber: 'anonymous',
    toNumber: '+493023125102',
    startedAt: at(851),
    endedAt: at(851, 52),
    durationMs: 52_000,
    summary: 'dringend, bis 16:11',
    cost: { amountMicros: 110_000, currency: 'USD' },
  },
  {
    id: 'call_claim',
    branch: ids.west,
    customer: customers[2]?.id,
    callerName: undefined,
    outcome: 'none',
    at: at(838),
    findings: [
      {
        kind: 'claim-without-fact',
        at: at(838, 96),
        detail: '„ist gebucht“ ohne Buchung',
        place: { turn: 2, from: 0, to: 22 },
      },
    ],
    status: 'ended',
    direction: 'inbound',
    fromNumber: '+491713920012',
    toNumber: '+493023125102',
    startedAt: at(838),
    endedAt: at(840, 20),
    durationMs: 140_000,
    cost: { amountMicros: 310_000, currency: 'USD' },
  },
  {
    id: 'call_"><script>',
    branch: ids.mitte,
    customer: undefined,
    callerName: '<img src=x onerror=alert(1)>',
    outcome: 'information',
    at: at(820),
    findings: [],
    status: 'ended',
    direction: 'inbound',
    fromNumber: '+491713920013',
    toNumber: '+493023125101',
    startedAt: at(820),
    endedAt: at(820, 33),
    durationMs: 33_000,
    cost: { amountMicros: 70_000, currency: 'USD' },
  },
]

const appointment = (
  body: string,
  staff: 0 | 1 | 2,
  service: 0 | 1 | 2,
  start: Instant,
  minutes: number,
  who: number,
  extra: Partial<Appointment> = {},
): Appointment => {
  const staffId = ids.staff[staff]
  return {
    id: `apt_${body}`,
    branch: staff === 2 ? ids.west : ids.mitte,
    service: ids.services[service],
    staff: staffId,
    resource: staffId,
    customer: customers[who]?.id,
    attendeeName: people[who] ?? 'Max Muster',
    startsAt: start,
    endsAt: after(start, minutes * MINUTE),
    segments: [{ key: 'A', startsAt: start, endsAt: after(start, minutes * MINUTE) }],
    source: 'phone',
    callId: undefined,
    notes: undefined,
    createdAt: at(540),
    history: [],
    status: 'confirmed',
    ...extra,
  } as Appointment
}

const initialAppointments = (): Appointment[] => [
  appointment('00000001', 0, 1, at(630, 0, '2025-12-05'), 60, 1, { callId: 'call_booked', createdAt: at(867) }),
  appointment('00000002', 0, 0, at(545), 55, 3, { status: 'completed' } as Partial<Appointment>),
  appointment('00000003', 0, 1, at(615), 60, 4, { status: 'completed' } as Partial<Appointment>),
  appointment('00000004', 0, 0, at(720), 55, 6),
  appointment('00000005', 0, 2, at(840), 135, 8),
  appointment('00000006', 0, 0, at(1005), 55, 10),
  appointment('00000007', 1, 0, at(570), 55, 5, { status: 'no_show' } as Partial<Appointment>),
  appointment('00000008', 1, 1, at(660), 60, 7),
  appointment('00000009', 1, 0, at(780), 30, 9),
  appointment('00000010', 1, 1, at(885), 60, 11),
  appointment('00000011', 1, 0, at(960), 55, 0),
  appointment('00000012', 2, 1, at(900), 60, 2),
  appointment('00000013', 1, 0, at(1020), 55, 2, { status: 'cancelled', cancelledAt: at(800) } as Partial<Appointment>),
]

const offers = (): Offer[] => [
  {
    id: 'off_00000001',
    call: 'call_now',
    attendee: '',
    branch: ids.mitte,
    service: ids.services[0],
    staff: ids.staff[1],
    resource: ids.staff[1],
    startsAt: at(1020),
    endsAt: at(1075),
    until: at(877, 20),
    state: 'open',
  },
]

const said = (role: 'agent' | 'user', content: string, atMs: number): Turn => ({ role, content, atMs })
const spoken: { readonly [call: string]: readonly Turn[] } = {
  call_now: [
    said('agent', 'Salon Sonne Mitte, guten Tag. Was kann ich für Sie tun?', 1_000),
    said('user', 'Hallo, ich hätte gern heute noch einen Herrenhaarschnitt, geht das um fünf?', 9_000),
    said('agent', 'Einen Moment bitte, ich prüfe das.', 14_000),
  ],
  call_booked: [
    said('agent', 'Salon Sonne Mitte, guten Tag. Was kann ich für Sie tun?', 2_000),
    said('user', 'Ich bräuchte am Freitag gegen halb elf einen Damenhaarschnitt, am liebsten bei Nina.', 7_000),
    said('agent', 'Freitag, der 5. Dezember um 10 Uhr 30 bei Nina ist frei. Soll ich das für Sie buchen?', 12_000),
    said('user', 'Ja, sehr gern.', 34_000),
    said('agent', 'Ihr Termin ist gebucht. Auf Wiederhören!', 44_000),
  ],
  call_claim: [
    said('agent', 'Salon Sonne West, guten Tag.', 2_000),
    said('user', 'Ich möchte morgen um zehn kommen.', 20_000),
    said('agent', 'Gern, das ist gebucht.', 96_000),
  ],
}

const tool = (
  call: string,
  body: string,
  name: string,
  when: Instant,
  ms: number,
  status: string,
  input: ToolCall['input'],
  message: string,
  extra: Partial<ToolCall> = {},
): ToolCall => ({
  id: `tcl_${body}`,
  call,
  at: when,
  name,
  nameAsSent: name,
  fingerprint: body,
  input,
  resolved: { date_iso: '2025-12-05', time: '10:30', staff: 'nina' },
  output: { success: true, status, message },
  status,
  ms,
  effect: undefined,
  vendorCalls: [],
  ...extra,
})
const tools: { readonly [call: string]: readonly ToolCall[] } = {
  call_now: [
    tool(
      'call_now',
      '00000009',
      'check_availability',
      at(872, 15),
      27,
      'available',
      { service: 'Herrenhaarschnitt', date: 'heute', time: '17 Uhr' },
      'Heute um 17 Uhr ist bei Lena frei.',
    ),
  ],
  call_booked: [
    tool(
      'call_booked',
      '00000001',
      'check_availability',
      at(866, 10),
      31,
      'available',
      { service: 'Damenhaarschnitt', date: 'Freitag', time: 'halb elf', staff: 'Nina' },
      'Freitag, der 5. Dezember um 10 Uhr 30 bei Nina ist frei.',
      { nameAsSent: 'check_availability_v17' },
    ),
    tool(
      'call_booked',
      '00000002',
      'book_appointment',
      at(866, 41),
      468,
      'booked',
      { option: 'off_00000007', name: 'Erika Beispiel' },
      'Ihr Termin am Freitag um 10 Uhr 30 ist gebucht.',
      {
        effect: 'apt_00000001',
        vendorCalls: [{ vendor: 'Cal.com', operation: 'create booking', ms: 410, status: '201' }],
      },
    ),
  ],
  call_claim: [
    tool(
      'call_claim',
      '00000003',
      'check_availability',
      at(838, 30),
      44,
      'unavailable',
      { date: 'morgen', time: 'zehn' },
      'Um 10 Uhr ist leider belegt.',
    ),
  ],
}

const stagesOf = (when: Instant, wrong?: string): Delivery['stages'] => [
  { name: 'received', at: when, ok: true, detail: '4,2 KB from 203.0.113.7.' },
  ...(wrong
    ? [{ name: 'signature' as const, at: when, ok: false, detail: wrong }]
    : [
        { name: 'signature' as const, at: when, ok: true, detail: 'The key of the platform account matches.' },
        { name: 'routed' as const, at: when, ok: true, detail: 'The number belongs to the branch mitte.' },
        { name: 'stored' as const, at: when, ok: true, detail: 'Kept before it was acknowledged.' },
        { name: 'processed' as const, at: after(when, 240), ok: true, detail: 'The call is up to date.' },
      ]),
]
const delivery = (
  body: string,
  event: string,
  callId: string | undefined,
  when: Instant,
  outcome: Delivery['outcome'],
  wrong?: string,
): Delivery => ({
  id: `dlv_${body}`,
  source: 'retell',
  event,
  callId,
  company: outcome === 'refused' ? undefined : ids.company,
  account: undefined,
  receivedAt: when,
  address: '203.0.113.7',
  outcome,
  stages: stagesOf(when, wrong),
  attempt: 1,
})
const deliveries: readonly Delivery[] = [
  delivery('00000001', 'call_started', 'call_now', at(872), 'accepted'),
  delivery('00000002', 'call_analyzed', 'call_booked', at(868, 20), 'accepted'),
  delivery('00000003', 'call_ended', 'call_booked', at(868, 2), 'duplicate'),
  delivery('00000004', 'call_ended', 'call_booked', at(868), 'accepted'),
  delivery('00000005', 'call_started', 'call_booked', at(866, 2), 'accepted'),
  delivery(
    '00000006',
    'call_started',
    undefined,
    at(850),
    'refused',
    'The signature does not match any key of this account. Check that the webhook key in the company file is the one that Retell shows, then send the test again.',
  ),
  ...Array.from({ length: 14 }, (_, index) =>
    delivery(
      `0000010${index}`.slice(-8),
      index % 2 ? 'call_ended' : 'call_analyzed',
      `call_earlier_${String(index).padStart(3, '0')}`,
      at(810 - index * 8),
      index === 6 ? 'failed' : 'accepted',
    ),
  ),
]

const alerts: readonly Alert[] = [
  {
    id: 'alr_00000001',
    kind: 'claim_without_fact',
    severity: 'critical',
    message: 'The agent said “is booked”, but no booking was made. Listen to the call and phone the customer back.',
    callId: 'call_claim',
    appointmentId: undefined,
    createdAt: at(840, 30),
    resolvedAt: undefined,
  },
  {
    id: 'alr_00000002',
    kind: 'unknown_tool',
    severity: 'warning',
    message:
      'The agent asked for the tool transfer_to_human, which does not exist. Remove it from the agent or publish a known tool.',
    callId: undefined,
    appointmentId: undefined,
    createdAt: at(700),
    resolvedAt: undefined,
  },
]
const unrouted: readonly UnroutedCall[] = [
  {
    id: 'unr_00000001',
    assignedTo: undefined,
    callId: 'call_lost',
    account: undefined,
    fromNumber: '+491713920031',
    toNumber: '+493023125109',
    agentId: 'agent_nord_mitte',
    receivedAt: at(861),
    events: ['call_started', 'call_ended'],
  },
  {
    id: 'unr_00000002',
    assignedTo: undefined,
    callId: undefined,
    account: undefined,
    fromNumber: undefined,
    toNumber: '+493023125190',
    agentId: undefined,
    receivedAt: at(640),
    events: ['call_inbound'],
  },
]

interface Account {
  readonly email: string
  readonly role: Role
  readonly company: CompanyId | undefined
}
export const accounts = {
  admin: { email: 'leitung@salon-sonne.example', role: 'company_admin', company: ids.company },
  viewer: { email: 'tresen@salon-sonne.example', role: 'viewer', company: ids.company },
  platform: { email: 'betrieb@frontdesk.example', role: 'platform_admin', company: undefined },
} satisfies { readonly [name: string]: Account }
export const fixturePassword = 'ein Satz mit fünf Wörtern'

const eventsOf = (call: CallCard): readonly CallEventEntry[] => {
  const start = call.startedAt ?? call.at
  const one = (event: string, when: Instant): CallEventEntry => ({
    key: event,
    event,
    at: when,
    receivedAt: when,
    delivery: undefined,
  })
  return [
    one('call_started', start),
    ...(call.endedAt ? [one('call_ended', call.endedAt), one('call_analyzed', after(call.endedAt, 20_000))] : []),
  ]
}

/** A dashboard's world in memory, and the hands that move it. */
export const fixture = () => {
  let now: Instant = fixtureNow
  const calls = [...front(), ...earlier()]
  const rings: Ring[] = []
  const appointments = initialAppointments()
  const holds = offers()
  const sessions = new Map<string, Account>()
  const log: LiveEvent[] = []
  const watchers = new Set<() => void>()
  const failures = new Map<string, number>()
  let cookies = 0
  const turns = new Map(Object.entries(spoken))

  const publish = (event: NewLiveEvent): void => {
    log.push({ ...event, seq: log.length + 1, at: now })
    for (const look of watchers) look()
  }
  const names = new Map<string, Customer>(customers.map((one) => [one.id, one]))
  const byCall = (): Map<string, Appointment[]> => {
    const found = new Map<string, Appointment[]>()
    for (const one of appointments) if (one.callId) found.set(one.callId, [...(found.get(one.callId) ?? []), one])
    return found
  }

  const detailOf = (call: CallCard): CallDetail => {
    const start = call.startedAt ?? call.at
    const saidTurns = turns.get(call.id) ?? []
    const timeline: TimelineEntry[] = [
      ...eventsOf(call).map((entry): TimelineEntry => ({ kind: 'event', at: entry.at, entry })),
      ...saidTurns
        .filter((turn) => turn.role !== 'tool')
        .map((turn, place): TimelineEntry => ({ kind: 'said', at: after(start, turn.atMs ?? 0), turn, place })),
      ...(tools[call.id] ?? []).map((toolCall): TimelineEntry => ({ kind: 'tool', at: toolCall.at, toolCall })),
    ].toSorted((one, other) => one.at - other.at)
    const { id, branch, customer: whose, callerName, outcome, at: heard, findings, ...state } = call
    const reports: readonly CallReport[] = []
    return {
      call: { id, branch, customer: whose, callerName, outcome, firstHeardAt: heard, findings, record: { reports } },
      state,
      timeline,
      tools: tools[call.id] ?? [],
      appointments: byCall().get(call.id) ?? [],
      customer: whose && names.get(whose),
      customers: names,
      deliveries: deliveries.filter((one) => one.callId === call.id),
      vip: undefined,
    }
  }

  const clock = { now: () => now }
  const desk = memoryPorts({ clock, ids: countingIds(), platformKeys: [], voice: plainVoice })
  const application: WebApplication = {
    ...applicationOver(desk),
    idempotency: desk.idempotency,
    hasVoiceAccount: async () => false,
    logIn: async (email, password, _address) => {
      const tries = failures.get(email) ?? 0
      if (tries >= 3) return err({ kind: 'too-many-attempts', until: after(now, 15 * MINUTE) })
      const account = Object.values(accounts).find((one) => one.email === email)
      if (!account || password !== fixturePassword) {
        failures.set(email, tries + 1)
        return err({ kind: 'wrong-credentials' })
      }
      const cookie = `cookie-${++cookies}`
      sessions.set(cookie, account)
      return ok({ cookie, expiresAt: after(now, 14 * 86_400_000) })
    },
    logOut: async (cookie) => void sessions.delete(cookie),
    whoIs: async (cookie) => {
      const account = sessions.get(cookie)
      if (!account) return undefined
      const actor = { kind: 'user', name: account.email } as const
      const session: WebSession = {
        user: { id: 'usr_00000001', email: account.email },
        role: account.role,
        seesVip: false,
        company: account.company,
        scope: (company) =>
          account.company === undefined || account.company === company ? grantCompany(company, actor) : undefined,
        platform: account.role === 'platform_admin' ? grantPlatform(actor) : undefined,
      }
      return session
    },
    setPassword: async (token, password) => {
      if (password.length < 12) return err({ kind: 'password-too-short', minimum: 12 })
      return token === 'good' ? ok() : err({ kind: 'password-link-over' })
    },
    companyBySlug: async (slug) =>
      slug === profile.company.slug ? ids.company : slug === otherProfile.company.slug ? ids.other : undefined,
    profile: async (id) => (id === ids.company ? profile : id === ids.other ? otherProfile : undefined),
    platformUser: async () => undefined,
    companies: async () => [
      { id: ids.other, slug: otherProfile.company.slug, name: otherProfile.company.name },
      { id: ids.company, slug: profile.company.slug, name: profile.company.name },
    ],
    overview: async (scope) => {
      const mine = scope.company === ids.company ? calls : []
      const hour = (call: CallCard) => Math.floor((call.at - at(0)) / (60 * MINUTE))
      const count = (some: readonly CallCard[]) =>
        Array.from({ length: 24 }, (_, one) => some.filter((call) => hour(call) === one).length)
      const booked = mine.filter((one) => one.outcome === 'booked')
      return {
        date: day,
        calls: mine.length,
        answered: mine.length,
        booked: booked.length,
        byHour: count(mine),
        bookedByHour: count(booked),
        conversion: mine.length === 0 ? undefined : booked.length / mine.length,
        callbacksOpen: mine.length === 0 ? 0 : 3,
        toolP95Ms: mine.length === 0 ? undefined : 38,
        alertsOpen: mine.length === 0 ? 0 : alerts.length,
        weekBefore: { calls: 42, booked: 20 },
      }
    },
    listCalls: async (scope, query) => {
      const start = query.cursor === undefined ? 0 : Number(query.cursor)
      const all = (scope.company === ids.company ? calls : []).filter(
        (one) =>
          (query.status === undefined || one.status === query.status) &&
          (query.outcome === undefined || one.outcome === query.outcome) &&
          (query.branch === undefined || one.branch === query.branch) &&
          (query.from === undefined || one.at >= query.from) &&
          (query.to === undefined || one.at < query.to),
      )
      const limit = Math.min(query.limit, 30)
      const items = all.slice(start, start + limit)
      return {
        items,
        next: start + limit < all.length ? String(start + limit) : undefined,
        appointments: byCall(),
        customers: names,
      }
    },
    openRings: async (scope) => (scope.company === ids.company ? [...rings] : []),
    callDetail: async (scope, id) => {
      const call = scope.company === ids.company ? calls.find((one) => one.id === id) : undefined
      return call && detailOf(call)
    },
    dayOf: async (_scope, of, branch, date) => {
      const from = instantAt(date, 0, branch.timeZone)
      const to = instantAt(date, 1440, branch.timeZone)
      const here = appointments.filter((one) => one.branch === branch.id && one.startsAt < to && from < one.endsAt)
      const held = holds.filter((one) => one.branch === branch.id && one.startsAt < to && from < one.endsAt)
      return {
        date,
        branch,
        opening: hoursOn(branch.hours, date),
        customers: names,
        columns: of.staff
          .filter((one) => one.branches.includes(branch.slug))
          .map((staff) => ({
            staff,
            working: workingOn(staff, branch, date),
            off: undefined,
            appointments: here.filter((one) => one.staff === staff.id),
            offers: held.filter((one) => one.staff === staff.id),
            blocked: [],
          })),
      }
    },
    nextAppointments: async (scope, limit) => ({
      appointments: (scope.company === ids.company ? appointments : [])
        .filter((one) => one.status === 'confirmed' && one.endsAt > now)
        .toSorted((one, other) => one.startsAt - other.startsAt)
        .slice(0, limit),
      customers: names,
    }),
    openAlerts: async (scope) => (scope.company === ids.company ? alerts : []),
    deliveries: async (scope, query) => ({
      items: (scope.company === ids.company ? deliveries : []).filter(
        (one) => query.outcome === undefined || one.outcome === query.outcome,
      ),
      next: undefined,
    }),
    delivery: async (scope, id) =>
      scope.company === ids.company ? deliveries.find((one) => one.id === id) : undefined,
    allDeliveries: async (_scope, query) => ({
      items: deliveries.filter((one) => query.outcome === undefined || one.outcome === query.outcome),
      next: undefined,
    }),
    anyDelivery: async (_scope, id) => deliveries.find((one) => one.id === id),
    unroutedCalls: async () => ({ items: unrouted, next: undefined }),
    events: {
      after: async (company, seq, limit) => (company === ids.company ? log.slice(seq, seq + limit) : []),
      latest: async (company) => (company === ids.company ? log.length : 0),
      watch: (_company, look) => {
        watchers.add(look)
        return () => watchers.delete(look)
      },
    },
  }

  return {
    dependencies: {
      application,
      secureCookies: false,
      platformZone: 'Europe/Berlin' as TimeZone,
      publicUrl: 'https://desk.example',
      clock,
    } satisfies WebDependencies,
    watchers: () => watchers.size,
    signIn: (account: Account): string => {
      const cookie = `cookie-${++cookies}`
      sessions.set(cookie, account)
      return cookie
    },
    pass: (milliseconds: number) => {
      now = after(now, milliseconds)
    },
    publish,
    ring: (body: string, number: string) => {
      rings.unshift({ id: `rng_${body}`, branch: ids.mitte, fromNumber: number, toNumber: '+493023125101', at: now })
      publish({ kind: 'ring.updated', data: { ring_id: `rng_${body}` } })
    },
    call: (id: string, callerName: string) => {
      rings.length = 0
      calls.unshift({
        id,
        branch: ids.mitte,
        customer: undefined,
        callerName,
        outcome: 'none',
        at: now,
        findings: [],
        status: 'ongoing',
        direction: 'inbound',
        fromNumber: '+491713920044',
        toNumber: '+493023125101',
        startedAt: now,
      })
      publish({ kind: 'call.updated', data: { call_id: id } })
    },
    say: (id: string, content: string) => {
      turns.set(id, [...(turns.get(id) ?? []), said('user', content, 40_000 + (turns.get(id)?.length ?? 0) * 1000)])
      publish({ kind: 'call.updated', data: { call_id: id } })
    },
    book: (id: string, body: string, minute: number) => {
      const index = calls.findIndex((one) => one.id === id)
      const call = calls[index]
      if (!call) return
      calls[index] = { ...call, outcome: 'booked' }
      appointments.push(
        appointment(body, 0, 0, at(minute), 55, 3, {
          callId: id,
          createdAt: now,
          attendeeName: call.callerName ?? 'Max Muster',
        }),
      )
      publish({ kind: 'appointment.updated', data: { appointment_id: `apt_${body}`, call_id: id } })
      publish({ kind: 'call.updated', data: { call_id: id } })
    },
  }
}

export type Fixture = ReturnType<typeof fixture>
