import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { CompanyTx } from '../../src/application/ports/store.ts'
import { cancel } from '../../src/domain/booking/appointment.ts'
import type { CallId, CompanyId } from '../../src/domain/ids.ts'
import { anAuditEntry } from './audit.contract.ts'
import { aBlockedTime } from './blocked-times.contract.ts'
import {
  aCustomer,
  actor,
  aDelivery,
  anAlert,
  anAppointment,
  anOffer,
  aToolCall,
  at,
  type Company,
  first,
  inTurn,
  mobile,
  newCompany,
  type Open,
  opening,
  span,
  unhurried,
  within,
} from './fixtures.ts'
import { aCallback, aWish } from './reception.contract.ts'

/** A company lives as if it were alone: what others do, even under the same ids, changes nothing it can see. */
export const tenancyContract = (name: string, open: Open): void => {
  describe(`companies beside each other in ${name}`, unhurried, () => {
    const get = opening(open)

    it('hides one company from another, even under the same ids', async () => {
      const { ports } = get()
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), action), { minLength: 1, maxLength: 14 }), async (script) => {
          const [one, other, alone] = [await newCompany(ports), await newCompany(ports), await newCompany(ports)]
          for (const [mine, step] of script) await perform(ports, mine ? one : other, step)
          for (const [mine, step] of script) if (mine) await perform(ports, alone, step)
          expect(await survey(ports, one)).toEqual(await survey(ports, alone))
        }),
        { numRuns: 15 },
      )
    })
  })
}

const verbs = [
  'open-call',
  'name-caller',
  'add-event',
  'add-ring',
  'join-ring',
  'add-tool-call',
  'add-customer',
  'save-customer',
  'add-appointment',
  'cancel-appointment',
  'save-offer',
  'take-offer',
  'claim',
  'release',
  'suggest',
  'block',
  'unblock',
  'add-callback',
  'do-callback',
  'wish',
  'grant-wish',
  'raise',
  'resolve',
  'publish',
  'audit',
  'mark-vip',
  'deliver',
] as const

/** One change under one of three numbers, which name the same ids in every company. */
const action = fc.record({ verb: fc.constantFrom(...verbs), which: fc.integer({ min: 0, max: 2 }) })
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

const named = [0, 1, 2] as const
const calls: readonly CallId[] = ['call_0', 'call_1', 'call_2']
const fixed = (which: number) => `0000000${which}`
const sharedResource = 'stf_00000000'

const perform = async (ports: Ports, company: Company, { verb, which }: Action): Promise<void> => {
  const call = `call_${which}`
  const id = fixed(which)
  const branch = first(company.profile.branches).id
  await within(ports, company, async (tx) => {
    switch (verb) {
      case 'open-call':
        return void (await tx.calls.open(call, branch, at(which)))
      case 'name-caller':
        return tx.calls.save({ ...(await tx.calls.open(call, undefined, at(which))), callerName: `Caller ${which}` })
      case 'add-event': {
        await tx.calls.open(call, undefined, at(which))
        const entry = { key: 'k', event: 'e', at: at(which), receivedAt: at(which), delivery: undefined }
        return void (await tx.calls.addEvent(call, entry))
      }
      case 'add-ring': {
        const known = (await tx.rings.open(at(-1))).some((ring) => ring.id === `rng_${id}`)
        const ring = { id: `rng_${id}` as const, branch, fromNumber: mobile(1), toNumber: mobile(2), at: at(which) }
        return known || (await joined(tx, company, which)) ? undefined : tx.rings.add(ring)
      }
      case 'join-ring':
        await tx.calls.open(call, undefined, at(which))
        await tx.calls.addEvent(call, { ...entryOfJoin, key: `join ${which}` })
        return tx.rings.join(`rng_${id}`, call)
      case 'add-tool-call': {
        await tx.calls.open(call, undefined, at(which))
        const known = await tx.toolCalls.count(call, 'f1')
        return known > 0 ? undefined : tx.toolCalls.add(aToolCall(ports, { id: `tcl_${id}`, call, effect: 'apt_1' }))
      }
      case 'add-customer':
        if (await tx.customers.find(`cus_${id}`)) return
        await tx.customers.add(aCustomer(ports, { id: `cus_${id}`, phone: mobile(which), email: 'a@b.example' }))
        return
      case 'save-customer': {
        const customer = await tx.customers.find(`cus_${id}`)
        return customer && tx.customers.save({ ...customer, name: 'Bert' })
      }
      case 'add-appointment':
        if (await tx.appointments.find(`apt_${id}`)) return
        await tx.calls.open(call, undefined, at(which))
        return tx.appointments.add(
          anAppointment(ports, company, { id: `apt_${id}`, callId: call, startsAt: at(which) }),
        )
      case 'cancel-appointment':
        await tx.appointments.change(`apt_${id}`, (one) =>
          cancel(one, { actor, reason: undefined, callId: undefined }, at(1)),
        )
        return
      case 'save-offer':
      case 'take-offer':
        await tx.calls.open(call, undefined, at(which))
        return tx.offers.save(
          anOffer(ports, company, { id: `off_${id}`, call, state: verb === 'save-offer' ? 'open' : 'taken' }),
        )
      case 'claim':
        await tx.occupancy.claim(`apt_${id}`, sharedResource, [span(0, 20 + which)], undefined, at(0))
        return
      case 'release':
        return tx.occupancy.release(`apt_${id}`)
      case 'suggest':
        await tx.calls.open(call, undefined, at(which))
        return tx.suggestions.replace(call, [{ call, resource: sharedResource, ...span(0, 10 + which), until: at(9) }])
      case 'block':
        if (await tx.blockedTimes.find(`blk_${id}`)) return
        return tx.blockedTimes.add(aBlockedTime(ports, company, { id: `blk_${id}` }, which === 0))
      case 'unblock':
        return void (await tx.blockedTimes.remove(`blk_${id}`))
      case 'add-callback':
        if (await tx.callbacks.find(`cbk_${id}`)) return
        return tx.callbacks.add(aCallback(ports, company, { id: `cbk_${id}`, dueBy: at(which) }))
      case 'do-callback': {
        const callback = await tx.callbacks.open(`cbk_${id}`)
        return callback && tx.callbacks.save({ ...callback, state: 'done' })
      }
      case 'wish':
        return tx.wishes.put(aWish(ports, company, { id: `wsh_${id}`, createdAt: at(which) }))
      case 'grant-wish':
        return tx.wishes.remove(`wsh_${id}`)
      case 'raise': {
        const known = (await tx.alerts.list({ limit: 200, cursor: undefined })).items.some((a) => a.id === `alr_${id}`)
        return known ? undefined : tx.alerts.raise(anAlert(ports, { id: `alr_${id}`, key: `k${which % 2}` }))
      }
      case 'resolve':
        await tx.alerts.resolve(`alr_${id}`, at(3))
        return
      case 'publish':
        return tx.publish({ kind: 'call.updated', data: { call_id: call } })
      case 'audit':
        return void (await tx.audit.append(anAuditEntry(ports, { id: `aud_${id}`, at: at(which) })))
      case 'mark-vip':
        return void (await tx.customers.setVip(`cus_${id}`, { by: actor, at: at(which) }))
      case 'deliver':
        return
    }
  })
  if (verb === 'deliver') {
    const dedupeKey = `${company.profile.id}:${which}`
    await ports.inbox.store(
      aDelivery(ports, { company: company.profile.id, callId: call, event: `e${which}`, dedupeKey }),
    )
  }
}

const entryOfJoin = { event: 'joined', at: at(0), receivedAt: at(0), delivery: undefined }
const joined = async (tx: CompanyTx, _company: Company, which: number): Promise<boolean> =>
  (await tx.calls.events(`call_${which}`)).some(({ key }) => key === `join ${which}`)

/** Everything a company can see, in words that do not name its own branches. */
const survey = async (ports: Ports, { scope, profile }: Company) => {
  const page = { limit: 200, cursor: undefined }
  const seen = await ports.store.read(scope, async (tx) => ({
    calls: (await tx.calls.list(page)).items,
    callsFound: await inTurn(calls, (id) => tx.calls.find(id)),
    callEvents: await inTurn(calls, (id) => tx.calls.events(id)),
    tally: await tx.calls.tally(at(-10), at(100)),
    rings: await tx.rings.open(at(-1)),
    ringsBetween: await tx.rings.between(mobile(1), mobile(2), at(-1), at(9)),
    tools: await inTurn(calls, (id) => tx.toolCalls.list(id)),
    effects: await inTurn(calls, (id) => tx.toolCalls.lastEffect(id, 'f1', at(-1))),
    lasts: await inTurn(calls, (id) => tx.toolCalls.last(id, 'f1')),
    counts: await inTurn(calls, (id) => tx.toolCalls.count(id, 'f1')),
    p95: await tx.toolCalls.p95(at(-1), at(9)),
    customers: (await tx.customers.list(page)).items,
    many: await tx.customers.many(named.map((which) => `cus_${fixed(which)}` as const)),
    byPhone: await inTurn(named, (which) => tx.customers.byPhone(mobile(which))),
    byEmail: await tx.customers.byEmail('a@b.example'),
    appointments: (await tx.appointments.list(page)).items,
    appointmentsFound: await inTurn(named, (which) => tx.appointments.find(`apt_${fixed(which)}`)),
    ofCalls: await tx.appointments.ofCalls(calls),
    ofCall: await inTurn(calls, (id) => tx.appointments.ofCall(id)),
    offers: await inTurn(named, (which) => tx.offers.find(`off_${fixed(which)}`)),
    openOffers: await inTurn(calls, (id) => tx.offers.openOf(id)),
    live: await tx.offers.live(at(0)),
    suggestions: await tx.suggestions.ofOthers('call_z', at(-9), at(99), at(0)),
    busy: await tx.occupancy.between([sharedResource], at(-9), at(99), at(0)),
    blocked: (await tx.blockedTimes.list(page)).items,
    blockedBetween: await tx.blockedTimes.between(at(-9), at(99)),
    callbacks: (await tx.callbacks.list(page)).items,
    callbacksByDue: (await tx.callbacks.listByDue(page)).items,
    callbackTally: await tx.callbacks.tally(at(1)),
    wishes: (await tx.wishes.list(page)).items,
    wishTally: await tx.wishes.tally(at(-9)),
    alerts: (await tx.alerts.list(page)).items,
    alertsOpen: await tx.alerts.countOpen(),
    audit: (await tx.audit.list(page)).items.map(({ hash: _hash, ...entry }) => entry),
    auditBroken: await tx.audit.firstBroken(),
    vips: [...(await tx.customers.vipMarks(named.map((which) => `cus_${fixed(which)}` as const)))],
  }))
  const inbox = ports.inbox.of(scope)
  const deliveries = (await inbox.list(page)).items.map(({ event, outcome }) => [event, outcome]).toSorted()
  const deliveriesOfCalls = (await inTurn(calls, (id) => inbox.ofCall(id))).map((all) => all.length)
  const published = (await ports.events.after(scope.company, 0, 100)).map(({ seq, kind, data }) => ({
    seq,
    kind,
    data,
  }))
  const latest = await ports.events.latest(scope.company)
  const known = await inTurn(calls, (id) => ports.directory.companyOfCall(id, [scope.company]))
  const text = JSON.stringify({
    ...sorted({ ...seen, deliveries, deliveriesOfCalls }),
    published,
    latest,
    known: known.map((id: CompanyId | undefined) => id),
  })
  const own = [profile, ...profile.branches, ...profile.services, ...profile.staff].map(({ id }) => id)
  return JSON.parse(own.reduce((all, id, position) => all.replaceAll(id, `own ${position}`), text)) as unknown
}

/** Lists whose order among equals nobody promised are compared as sets. */
const sorted = (seen: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(seen).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => JSON.stringify(one) ?? 'none').toSorted() : value,
    ]),
  )
