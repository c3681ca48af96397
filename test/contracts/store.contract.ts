import { err, ok, type Result } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/application/ports/ports.ts'
import type { CompanyTx } from '../../src/application/ports/store.ts'
import { type AlreadyOver, type Appointment, cancel } from '../../src/domain/booking/appointment.ts'
import {
  aCustomer,
  actor,
  anAlert,
  anAppointment,
  anOffer,
  aToolCall,
  at,
  type Company,
  first,
  mobile,
  newCompany,
  type Open,
  opening,
  pause,
  race,
  span,
  unhurried,
  within,
} from './fixtures.ts'

/** What any unit of work promises: all or nothing, one after another, and never across companies. */
export const storeContract = (name: string, open: Open): void => {
  describe(`the unit of work in ${name}`, unhurried, () => {
    const get = opening(open)

    /** Writes through every repository, with ids that are the same at every call. */
    const writeEverything = async (tx: CompanyTx, ports: Ports, company: Company) => {
      const customer = aCustomer(ports, { phone: mobile(1) })
      const appointment = anAppointment(ports, company)
      const offer = anOffer(ports, company)
      const call = await tx.calls.open('call_a', undefined, at(0))
      await tx.calls.save({ ...call, callerName: 'Änne' })
      await tx.calls.addEvent('call_a', { key: 'k', event: 'e', at: at(0), receivedAt: at(0), delivery: undefined })
      await tx.rings.add({ ...aRing(ports, company) })
      await tx.toolCalls.add(aToolCall(ports))
      await tx.customers.add(customer)
      await tx.appointments.add(appointment)
      await tx.offers.save(offer)
      await tx.occupancy.claim(appointment.id, appointment.resource, [appointment], undefined, at(0))
      await tx.suggestions.replace('call_a', [
        { call: 'call_a', resource: appointment.resource, ...span(0, 30), until: at(9) },
      ])
      await tx.alerts.raise(anAlert(ports))
      tx.publish({ kind: 'call.updated', data: { call_id: 'call_a' } })
      return { customer, appointment, offer }
    }

    const aRing = (ports: Ports, { profile }: Company) => ({
      id: ports.ids.next('ring'),
      branch: first(profile.branches).id,
      fromNumber: mobile(1),
      toNumber: mobile(2),
      at: at(0),
    })

    const nothing = {
      calls: [],
      events: [],
      rings: [],
      tools: [],
      customers: [],
      appointments: [],
      offers: [],
      busy: [],
      suggestions: [],
      alerts: 0,
      published: [],
    }

    const everything = async (ports: Ports, { scope, profile }: Company) =>
      ports.store.read(scope, async (tx) => ({
        calls: (await tx.calls.list({ limit: 200, cursor: undefined })).items,
        events: await tx.calls.events('call_a'),
        rings: await tx.rings.open(at(-1)),
        tools: await tx.toolCalls.list('call_a'),
        customers: (await tx.customers.list({ limit: 200, cursor: undefined })).items,
        appointments: (await tx.appointments.list({ limit: 200, cursor: undefined })).items,
        offers: await tx.offers.openOf('call_a'),
        busy: await tx.occupancy.between([first(profile.staff).id], at(-1000), at(1000), at(0)),
        suggestions: await tx.suggestions.ofOthers('call_z', at(-1000), at(1000), at(0)),
        alerts: await tx.alerts.countOpen(),
        published: await ports.events.after(scope.company, 0, 100),
      }))

    it('commits on Ok and gives what the work gave', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const result = await ports.store.transact(company.scope, async (tx) =>
        ok(await writeEverything(tx, ports, company)),
      )
      const { appointment, customer, offer } = result._unsafeUnwrap()
      const seen = await everything(ports, company)
      expect(seen.calls).toMatchObject([{ id: 'call_a', callerName: 'Änne' }])
      expect(seen.customers).toEqual([customer])
      expect(seen.appointments).toEqual([appointment])
      expect(seen.offers).toEqual([offer])
      expect(seen.busy).toHaveLength(1)
      expect(seen).toMatchObject({ alerts: 1, published: [{ seq: 1, kind: 'call.updated' }] })
      expect([seen.events, seen.rings, seen.tools, seen.suggestions].map((all) => all.length)).toEqual([1, 1, 1, 1])
    })

    it('takes everything back on Err, and gives the Err', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const result = await ports.store.transact(company.scope, async (tx): Promise<Result<void, { kind: 'no' }>> => {
        await writeEverything(tx, ports, company)
        return err({ kind: 'no' })
      })
      expect(result).toEqual(err({ kind: 'no' }))
      expect(await everything(ports, company)).toEqual(nothing)
    })

    it('takes everything back on a rejection, passes it on, and goes on working', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const fault = new Error('the work fell over')
      const work = ports.store.transact(company.scope, async (tx): Promise<Result<void, never>> => {
        await writeEverything(tx, ports, company)
        throw fault
      })
      await expect(work).rejects.toBe(fault)
      expect(await everything(ports, company)).toEqual(nothing)
      await within(ports, company, (tx) => tx.customers.add(aCustomer(ports)))
      expect((await everything(ports, company)).customers).toHaveLength(1)
    })

    it('takes changes and deletions back as well', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const { appointment, customer, offer } = await within(ports, company, (tx) => writeEverything(tx, ports, company))
      const before = await everything(ports, company)
      await ports.store.transact(company.scope, async (tx): Promise<Result<void, 'no'>> => {
        const call = await tx.calls.open('call_a', undefined, at(1))
        await tx.calls.save({ ...call, outcome: 'booked' })
        await tx.customers.save({ ...customer, name: 'Bert' })
        await tx.appointments.change(appointment.id, (one) =>
          cancel(one, { actor, reason: undefined, callId: undefined }, at(1)),
        )
        await tx.offers.save({ ...offer, state: 'released' })
        await tx.occupancy.release(appointment.id)
        await tx.suggestions.replace('call_a', [])
        await tx.alerts.resolve(first((await tx.alerts.list({ limit: 1, cursor: undefined })).items).id, at(1))
        await tx.rings.join(first(await tx.rings.open(at(-1))).id, 'call_a')
        return err('no')
      })
      expect(await everything(ports, company)).toEqual(before)
    })

    it('shows a transaction its own changes', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const customer = aCustomer(ports)
      const seen = await within(ports, company, async (tx) => {
        await tx.customers.add(customer)
        await tx.customers.save({ ...customer, name: 'Bert' })
        return tx.customers.find(customer.id)
      })
      expect(seen).toEqual({ ...customer, name: 'Bert' })
    })

    it('shows nobody what is not committed', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const customer = aCustomer(ports)
      let reading: Promise<unknown> = Promise.resolve('not begun')
      await ports.store.transact(company.scope, async (tx): Promise<Result<void, 'no'>> => {
        await tx.customers.add(customer)
        reading = ports.store.read(company.scope, (other) => other.customers.find(customer.id))
        await Promise.race([reading, pause(500)])
        return err('no')
      })
      expect(await reading).toBeUndefined()
    })

    it('reads one state from beginning to end, whatever is committed meanwhile', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      let writing: Promise<unknown> = Promise.resolve()
      const [before, afterwards] = await ports.store.read(company.scope, async (tx) => {
        const one = await tx.customers.list({ limit: 9, cursor: undefined })
        writing = within(ports, company, (other) => other.customers.add(aCustomer(ports)))
        await Promise.race([writing, pause(500)])
        return [one, await tx.customers.list({ limit: 9, cursor: undefined })]
      })
      expect(afterwards).toEqual(before)
      await writing
    })

    it('lets exactly one of twenty racing changes through', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      const appointment = anAppointment(ports, company)
      await within(ports, company, (tx) => tx.appointments.add(appointment))
      const results = await race(20, (which) =>
        ports.store.transact(company.scope, (tx) =>
          tx.appointments.change(
            appointment.id,
            (one): Result<Appointment, AlreadyOver> =>
              one.status === 'confirmed'
                ? cancel(one, { actor, reason: `racer ${which}`, callId: undefined }, at(1))
                : err({ kind: 'already-over', status: one.status }),
          ),
        ),
      )
      expect(results.filter((one) => one.isOk())).toHaveLength(1)
      const stored = await ports.store.read(company.scope, (tx) => tx.appointments.find(appointment.id))
      const winner = results.findIndex((one) => one.isOk())
      expect(stored?.history.map(({ reason }) => reason)).toEqual([undefined, `racer ${winner}`])
    })

    it('loses none of twenty racing additions to one call', async () => {
      const { ports } = get()
      const company = await newCompany(ports)
      await race(20, (which) =>
        within(ports, company, async (tx) => {
          const call = await tx.calls.open('call_a', undefined, at(0))
          const finding = { kind: 'id-mismatch', at: at(which), detail: `racer ${which}` } as const
          await tx.calls.save({ ...call, findings: [...call.findings, finding] })
        }),
      )
      const call = await ports.store.read(company.scope, (tx) => tx.calls.find('call_a'))
      expect(call?.findings.map(({ at }) => at).toSorted()).toEqual(Array.from({ length: 20 }, (_, n) => at(n)))
    })
  })
}
