import { err, ok } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { CallCard, CallFinding, CallQuery } from '../../../application/ports/calls.ts'
import type { Customer } from '../../../application/ports/customers.ts'
import type { CallDetail, TimelineEntry } from '../../../application/reading/calls.ts'
import type { Appointment } from '../../../domain/booking/appointment.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { parsePhoneNumber } from '../../../domain/phone-number.ts'
import type { TimeZone } from '../../../domain/time.ts'
import type { AtCompany, Doors } from '../authenticate.ts'
import { appointment, viewOfAppointment } from './appointment-view.ts'
import { branchNamed, momentFilter, momentOf } from './filters.ts'
import { costOf, money } from './money.ts'
import { type Routing, routesBehind } from './route.ts'
import {
  companyOf,
  instantText,
  json,
  named,
  namedIn,
  pageOf,
  pageQuery,
  slugText,
  written,
  writtenOrNull,
  zoneOf,
} from './schemas.ts'

const statuses = ['ringing', 'ongoing', 'ended', 'failed'] as const
const outcomes = ['booked', 'rescheduled', 'cancelled', 'callback', 'information', 'none'] as const

const finding = z.strictObject({
  kind: z.string(),
  at: instantText,
  detail: z.string(),
  place: z
    .strictObject({ turn: z.int(), from: z.int(), to: z.int() })
    .nullable()
    .meta({ description: 'The sentence it is about: which of the things said, from 0, and its characters.' }),
})

const card = {
  call_id: z.string(),
  company: named,
  branch: named.nullable(),
  direction: z.enum(['inbound', 'outbound']).nullable(),
  from_number: z.string().nullable(),
  to_number: z.string().nullable(),
  caller_name: z.string().nullable(),
  language: z.string(),
  summary: z.string().nullable(),
  disconnection_reason: z.string().nullable(),
  recording: z.strictObject({ available: z.boolean(), expires_at: instantText.nullable() }),
  status: z.enum(statuses),
  started_at: instantText.nullable(),
  ended_at: instantText.nullable(),
  duration_ms: z.number().nullable(),
  outcome: z.enum(outcomes),
  sentiment: z.string().nullable(),
  cost: money.nullable(),
  agent: z.strictObject({ id: z.string(), version: z.number().nullable() }).nullable(),
  customer: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
}
export const callCard = z.strictObject(card)
const call = z.strictObject({ ...card, appointments: z.array(appointment) }).meta({ id: 'Call' })

const timelineEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    at: instantText,
    kind: z.literal('event'),
    event: z.string(),
    received_at: instantText,
    delivery_id: z.string().nullable(),
  }),
  z.strictObject({
    at: instantText,
    kind: z.literal('said'),
    role: z.enum(['agent', 'user', 'transfer_target']),
    text: z.string(),
  }),
  z.strictObject({
    at: instantText,
    kind: z.literal('tool'),
    tool_call_id: z.string(),
    name: z.string(),
    status: z.string(),
    ms: z.number(),
  }),
])

const tool = z.strictObject({
  at: instantText,
  name: z.string(),
  name_as_sent: z.string(),
  input: json,
  resolved: json,
  output: json,
  status: z.string(),
  ms: z.number(),
  vendor_calls: z.array(
    z.strictObject({ vendor: z.string(), operation: z.string(), ms: z.number(), status: z.string() }),
  ),
})

const detail = z
  .strictObject({
    ...card,
    appointments: z.array(appointment),
    transcript: z.string().nullable(),
    timeline: z.array(timelineEntry),
    tools: z.array(tool),
    findings: z.array(finding),
  })
  .meta({ id: 'CallDetail' })

type Needs = Pick<Application, 'listCalls' | 'callDetail'>

export const callRoutes = (routing: Routing, doors: Doors, app: Needs): void => {
  const route = routesBehind(routing)(doors.company('calls.read'))

  route({
    method: 'GET',
    url: '/companies/{company}/calls',
    tag: 'Calls',
    summary: 'Calls, newest first',
    query: z.strictObject({
      ...pageQuery,
      status: z.enum(statuses).optional(),
      outcome: z.enum(outcomes).optional(),
      branch: slugText.optional(),
      from: momentFilter.optional(),
      to: momentFilter.optional(),
      caller: z.string().max(60).optional().meta({ description: 'The number of who called, in any spelling.' }),
    }),
    answer: pageOf(call),
    handle: async ({ scope, profile }, { query }) => {
      const asked = queryOf(profile, query)
      if (!asked) return ok({ items: [], next: null })
      const { items, next, appointments, customers } = await app.listCalls(scope, asked)
      return ok({
        items: items.map((one) => viewOfCall(profile, one, appointments.get(one.id) ?? [], customers)),
        next: next ?? null,
      })
    },
  })

  route({
    method: 'GET',
    url: '/companies/{company}/calls/{call_id}',
    tag: 'Calls',
    summary: 'A call with everything that was said and done in it',
    answer: detail,
    handle: async ({ scope, profile }: AtCompany, { params }) => {
      const found = await app.callDetail(scope, params.call_id)
      return found ? ok(viewOfDetail(profile, found)) : err({ kind: 'not-found' })
    },
  })
}

interface Filters {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly status?: (typeof statuses)[number] | undefined
  readonly outcome?: (typeof outcomes)[number] | undefined
  readonly branch?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly caller?: string | undefined
}

/** Undefined: nothing can fit, for there is no such branch or number. */
const queryOf = (profile: CompanyProfile, filters: Filters): CallQuery | undefined => {
  const { limit, cursor, status, outcome, from, to, caller } = filters
  const branch = branchNamed(profile, filters.branch)
  const number = caller === undefined ? undefined : parsePhoneNumber(caller, profile.company.country)
  if (branch === 'unknown' || number?.isErr()) return undefined
  const zone = branch?.timeZone ?? profile.company.timeZone
  return {
    limit,
    cursor,
    ...(status === undefined ? {} : { status }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(branch === undefined ? {} : { branch: branch.id }),
    ...(number?.isOk() ? { caller: number.value } : {}),
    ...(from === undefined ? {} : { from: momentOf(from, zone, 'from') }),
    ...(to === undefined ? {} : { to: momentOf(to, zone, 'to') }),
  }
}

type Known = Omit<CallCard, 'at' | 'findings'>

export const viewOfCard = (profile: CompanyProfile, one: Known, customers: ReadonlyMap<string, Customer>) => {
  const zone = zoneOf(profile, one.branch)
  const customer = one.customer && customers.get(one.customer)
  return {
    call_id: one.id,
    company: companyOf(profile),
    branch: namedIn(profile, 'branches', one.branch),
    direction: one.direction ?? null,
    from_number: one.fromNumber ?? null,
    to_number: one.toNumber ?? null,
    caller_name: one.callerName ?? null,
    language: profile.company.language,
    summary: one.summary ?? null,
    disconnection_reason: one.disconnectionReason ?? null,
    recording: { available: one.recordingUrl !== undefined, expires_at: null },
    status: one.status,
    started_at: writtenOrNull(one.startedAt, zone),
    ended_at: writtenOrNull(one.endedAt, zone),
    duration_ms: one.durationMs ?? null,
    outcome: one.outcome,
    sentiment: one.sentiment ?? null,
    cost: one.cost ? costOf(one.cost) : null,
    agent: one.agentId === undefined ? null : { id: one.agentId, version: one.agentVersion ?? null },
    customer: customer ? { id: customer.id, name: customer.name } : null,
  }
}

const viewOfCall = (
  profile: CompanyProfile,
  one: Known,
  appointments: readonly Appointment[],
  customers: ReadonlyMap<string, Customer>,
) => ({
  ...viewOfCard(profile, one, customers),
  appointments: appointments.map((each) =>
    viewOfAppointment(profile, { appointment: each, customer: each.customer && customers.get(each.customer) }),
  ),
})

const viewOfDetail = (profile: CompanyProfile, { call, state, ...found }: CallDetail) => {
  const { transcript, turns, ...known } = state
  const { record, firstHeardAt, ...stored } = call
  const zone = zoneOf(profile, call.branch)
  return {
    ...viewOfCall(profile, { ...known, ...stored }, found.appointments, found.customers),
    transcript: transcript ?? null,
    timeline: found.timeline.map((entry) => viewOfEntry(entry, zone)),
    tools: found.tools.map((one) => ({
      at: written(one.at, zone),
      name: one.name,
      name_as_sent: one.nameAsSent,
      input: one.input,
      resolved: one.resolved,
      output: one.output,
      status: one.status,
      ms: one.ms,
      vendor_calls: [...one.vendorCalls],
    })),
    findings: call.findings.map((one) => viewOfFinding(one, zone)),
  }
}

const viewOfEntry = (line: TimelineEntry, zone: TimeZone): z.input<typeof timelineEntry> => {
  const at = written(line.at, zone)
  switch (line.kind) {
    case 'event':
      return {
        at,
        kind: 'event',
        event: line.entry.event,
        received_at: written(line.entry.receivedAt, zone),
        delivery_id: line.entry.delivery ?? null,
      }
    case 'said':
      return { at, kind: 'said', role: line.turn.role, text: line.turn.content }
    case 'tool': {
      const { id, name, status, ms } = line.toolCall
      return { at, kind: 'tool', tool_call_id: id, name, status, ms }
    }
  }
}

const viewOfFinding = ({ kind, at, detail: text, place }: CallFinding, zone: TimeZone) => ({
  kind: kind.replaceAll('-', '_'),
  at: written(at, zone),
  detail: text,
  place: place ?? null,
})
