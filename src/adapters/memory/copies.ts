import { ok } from 'neverthrow'
import { application } from '../../application/application.ts'
import { findingsOf } from '../../application/calling/check-promises.ts'
import type { Clock, Ids } from '../../application/ports/ambient.ts'
import type { StoredCall } from '../../application/ports/calls.ts'
import { betweenTools, type CompanyCopy, type CopiedCall, type Copies } from '../../application/ports/copies.ts'
import type { Ports } from '../../application/ports/ports.ts'
import type { CompanyTx, Store } from '../../application/ports/store.ts'
import type { CompanyScope } from '../../application/scope.ts'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { BlockedTime } from '../../domain/booking/blocked-time.ts'
import type { Busy } from '../../domain/booking/resource.ts'
import { type CallReport, callState, unheard } from '../../domain/calling/call.ts'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { type AppointmentId, parseId } from '../../domain/ids.ts'
import { parseCallerNumber } from '../../domain/phone-number.ts'
import { after, DAY, type Instant } from '../../domain/time.ts'
import { countingIds, fixedClock } from './ambient.ts'

/** Everything in the company that can be in the way of an appointment. */
interface Taken {
  readonly appointments: readonly Appointment[]
  readonly blockedTimes: readonly BlockedTime[]
  readonly busy: readonly Busy[]
  readonly customers: readonly Awaited<ReturnType<CompanyTx['customers']['many']>>[number][]
}

/** With what the ports of a copy begin. */
interface Beginning {
  readonly clock: Clock
  readonly ids: Ids
  readonly companies: readonly CompanyProfile[]
}

/** Copies are kept in memory, whatever the company itself is kept in. `open` makes the ports of one. */
export const memoryCopies = (store: Store, open: (begin: Beginning) => Ports): Copies => ({
  of: async (scope, profile, at, callers) => {
    const copied: CompanyProfile = { ...profile, calendar: { kind: 'embedded' } }
    const taken = await store.read(scope, (tx) => takenOf(tx, copied, at, callers))
    const clock = fixedClock(at)
    const ports = open({ clock, ids: countingIds(), companies: [copied] })
    await fill(ports.store, scope, taken, at)
    return {
      ...copyOver(ports, scope, copied, { at, pass: () => clock.advance(betweenTools) }),
      customers: taken.customers.map(({ id }) => id),
    }
  },
})

const takenOf = async (
  tx: CompanyTx,
  { policies, staff, branches, services, company }: CompanyProfile,
  at: Instant,
  callers: readonly string[],
): Promise<Taken> => {
  const from = after(at, -DAY)
  const to = after(at, (policies.maxAdvanceDays + 1) * DAY)
  const resources = [...staff, ...branches, ...services].map(({ id }) => id)
  const appointments: Appointment[] = []
  let cursor: string | undefined
  do {
    const page = await tx.appointments.list({ from, to, limit: 200, cursor })
    appointments.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  const customers = []
  for (const caller of callers) {
    const read = parseCallerNumber(caller, company.country)
    const known = read.kind === 'hidden' ? undefined : await tx.customers.byPhone(read.number)
    if (known) customers.push(known)
  }
  return {
    appointments,
    blockedTimes: await tx.blockedTimes.between(from, to),
    busy: await tx.occupancy.between(resources, from, to, at),
    customers,
  }
}

const fill = async (store: Store, scope: CompanyScope, taken: Taken, at: Instant): Promise<void> => {
  const filled = await store.transact(scope, async (tx) => {
    for (const customer of taken.customers) await tx.customers.add(customer)
    for (const appointment of taken.appointments) await tx.appointments.add(appointment)
    for (const blocked of taken.blockedTimes) await tx.blockedTimes.add(blocked)
    for (const owner of new Set(taken.busy.map((one) => one.owner))) {
      const mine = taken.busy.filter((one) => one.owner === owner)
      const [first] = mine
      if (first) await tx.occupancy.claim(owner, first.resource, mine, undefined, at)
    }
    return ok()
  })
  if (filled.isErr()) throw new Error('The copy of a company could not be filled')
}

const copyOver = (
  ports: Ports,
  scope: CompanyScope,
  profile: CompanyProfile,
  { at, pass }: { readonly at: Instant; readonly pass: () => void },
): Omit<CompanyCopy, 'customers'> => {
  const app = application(ports)
  return {
    ask: async (tool, args, call) => {
      // Nobody asks twice in the same instant.
      pass()
      const branch = profile.branches.find(({ id }) => id === call.branch)
      const number = branch?.phoneNumbers.find(({ active }) => active)?.number
      const parties = { callId: call.id, ourNumber: number, theirNumber: call.caller, agentId: call.agentId }
      return app.answerTool({
        sender: { kind: 'company', company: scope.company, branch: call.branch },
        parties,
        request: { nameAsSent: tool, args, report: reportOf(call, number) },
      })
    },
    conclude: ({ id }, turns) =>
      ports.store.read(scope, async (tx) => {
        const call = (await tx.calls.find(id)) ?? { ...silent, id, firstHeardAt: at }
        const effects = (await tx.toolCalls.list(id)).flatMap(({ status, effect }) => {
          const appointment = appointmentIn(effect)
          return appointment === undefined ? [] : { status, appointment }
        })
        const findings = await findingsOf(tx, call, { ...callState(call.record), startedAt: at, turns })
        return { effects, claims: findings.map(({ detail }) => detail) }
      }),
  }
}

/** A call in which no tool was asked. */
const silent: Omit<StoredCall, 'id' | 'firstHeardAt'> = {
  branch: undefined,
  customer: undefined,
  callerName: undefined,
  outcome: 'none',
  findings: [],
  record: unheard,
}

const appointmentIn = (effect: string | undefined): AppointmentId | undefined =>
  parseId('appointment', effect?.split(/[^\w]/)[0] ?? '').unwrapOr(undefined)

const reportOf = ({ id, caller, agentId }: CopiedCall, number: string | undefined): CallReport => {
  const fields = {
    callType: 'phone_call',
    direction: 'inbound' as const,
    callStatus: 'ongoing',
    fromNumber: caller ?? 'anonymous',
    ...(number === undefined ? {} : { toNumber: number }),
    ...(agentId === undefined ? {} : { agentId }),
  }
  return { event: 'function_call', fields, canonical: canonicalJson({ call_id: id, ...fields }) }
}
