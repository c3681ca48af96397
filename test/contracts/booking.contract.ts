import fc from 'fast-check'
import { err, ok, type Result } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import type { Ports } from '../../src/application/ports/ports.ts'
import { cancel } from '../../src/domain/booking/appointment.ts'
import { type Interval, overlaps } from '../../src/domain/booking/interval.ts'
import type { Busy, Owner, ResourceId } from '../../src/domain/booking/resource.ts'
import type { Instant } from '../../src/domain/time.ts'
import {
  aCustomer,
  actor,
  anAppointment,
  anOffer,
  at,
  type Company,
  first,
  ids,
  newCompany,
  type Open,
  opening,
  race,
  span,
  unhurried,
  walk,
  within,
} from './fixtures.ts'

/** What is promised of everybody's time, and of offers, suggestions and appointments. */
export const bookingContract = (name: string, open: Open): void => {
  describe(`booking in ${name}`, unhurried, () => {
    const get = opening(open)
    const forever = undefined

    const claim = (
      ports: Ports,
      company: Company,
      owner: Owner,
      resource: ResourceId,
      intervals: readonly Interval[],
      until: Instant | undefined = forever,
      now: Instant = at(0),
    ) => ports.store.transact(company.scope, (tx) => tx.occupancy.claim(owner, resource, intervals, until, now))

    const busy = (
      ports: Ports,
      company: Company,
      resources: readonly ResourceId[],
      now = at(0),
      from = at(-1000),
      to = at(9000),
    ) => ports.store.read(company.scope, (tx) => tx.occupancy.between(resources, from, to, now))

    const shown = (all: readonly Busy[]) =>
      all
        .map(({ owner, resource, startsAt, endsAt }) => ({ owner, resource, startsAt, endsAt }))
        .toSorted((a, b) => a.startsAt - b.startsAt || (a.owner < b.owner ? -1 : 1))

    describe('everybody’s time', () => {
      it('lets one of fifty racers have a time', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const resource = ports.ids.next('staff')
        const results = await race(50, () =>
          claim(ports, company, ports.ids.next('appointment'), resource, [span(0, 30)]),
        )
        expect(results.filter((one) => one.isOk())).toHaveLength(1)
        expect(results.filter((one) => one.isErr()).map((one) => one._unsafeUnwrapErr().kind)).toEqual(
          Array.from({ length: 49 }, () => 'time-taken'),
        )
        expect(await busy(ports, company, [resource])).toHaveLength(1)
      })

      it('gives racers of overlapping times disjoint ones', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const resource = ports.ids.next('staff')
        await race(30, (which) => {
          const from = (which * 7) % 50
          const parts = which % 2 === 0 ? [span(from, from + 9), span(from + 20, from + 30)] : [span(from, from + 15)]
          return claim(ports, company, ports.ids.next('offer'), resource, parts, at(60))
        })
        const taken = await busy(ports, company, [resource])
        expect(taken.length).toBeGreaterThan(0)
        for (const one of taken) for (const other of taken) expect(one === other || !overlaps(one, other)).toBe(true)
      })

      it('ends every race of owners who want the times of each other', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const resource = ports.ids.next('staff')
        const [one, other] = [ports.ids.next('appointment'), ports.ids.next('appointment')]
        for (let round = 0; round < 6; round += 1) {
          await Promise.all([
            claim(ports, company, one, resource, [span(0, 10), span(50, 60)]),
            claim(ports, company, other, resource, [span(50, 60), span(0, 10)]),
          ])
          const taken = await busy(ports, company, [resource])
          expect(new Set(taken.map(({ owner }) => owner)).size).toBe(1)
          expect(taken).toHaveLength(2)
          await within(ports, company, async (tx) => {
            await tx.occupancy.release(one)
            await tx.occupancy.release(other)
          })
        }
      })

      it('refuses an overlap of a minute and allows what touches', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const resource = ports.ids.next('staff')
        const next = () => ports.ids.next('appointment')
        expect((await claim(ports, company, next(), resource, [span(10, 20)])).isOk()).toBe(true)
        expect(await claim(ports, company, next(), resource, [span(19, 30)])).toEqual(err({ kind: 'time-taken' }))
        expect(await claim(ports, company, next(), resource, [span(0, 11)])).toEqual(err({ kind: 'time-taken' }))
        expect(await claim(ports, company, next(), resource, [span(12, 13)])).toEqual(err({ kind: 'time-taken' }))
        expect((await claim(ports, company, next(), resource, [span(0, 10)])).isOk()).toBe(true)
        expect((await claim(ports, company, next(), resource, [span(20, 30)])).isOk()).toBe(true)
      })

      it('keeps what an owner had when a claim is refused, and the transaction goes on', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const resource = ports.ids.next('staff')
        const [mine, theirs] = [ports.ids.next('appointment'), ports.ids.next('appointment')]
        const customer = aCustomer(ports)
        await claim(ports, company, mine, resource, [span(0, 10)])
        await claim(ports, company, theirs, resource, [span(50, 60)])
        const refused = await within(ports, company, async (tx) => {
          const result = await tx.occupancy.claim(mine, resource, [span(20, 30), span(55, 65)], forever, at(0))
          await tx.customers.add(customer)
          return result
        })
        expect(refused).toEqual(err({ kind: 'time-taken' }))
        expect(shown(await busy(ports, company, [resource]))).toEqual([
          { owner: mine, resource, ...span(0, 10) },
          { owner: theirs, resource, ...span(50, 60) },
        ])
        expect(await ports.store.read(company.scope, (tx) => tx.customers.find(customer.id))).toEqual(customer)
      })

      it('takes new time in place of the old, also where they overlap and at another resource', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const [here, there] = [ports.ids.next('staff'), ports.ids.next('branch')]
        const owner = ports.ids.next('appointment')
        await claim(ports, company, owner, here, [span(0, 30), span(40, 50)])
        expect((await claim(ports, company, owner, here, [span(15, 45)])).isOk()).toBe(true)
        expect(shown(await busy(ports, company, [here, there]))).toEqual([{ owner, resource: here, ...span(15, 45) }])
        expect((await claim(ports, company, owner, there, [span(15, 45)])).isOk()).toBe(true)
        expect(shown(await busy(ports, company, [here, there]))).toEqual([{ owner, resource: there, ...span(15, 45) }])
      })

      it('gives the time of an ended hold away, to the millisecond', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const resource = ports.ids.next('staff')
        const [held, booked] = [ports.ids.next('offer'), ports.ids.next('appointment')]
        const lastMoment = (at(5) - 1) as Instant
        await claim(ports, company, held, resource, [span(10, 20)], at(5))
        expect(await busy(ports, company, [resource], lastMoment)).toHaveLength(1)
        expect(await busy(ports, company, [resource], at(5))).toEqual([])
        expect((await claim(ports, company, booked, resource, [span(15, 25)], forever, lastMoment)).isErr()).toBe(true)
        expect((await claim(ports, company, booked, resource, [span(15, 25)], forever, at(5))).isOk()).toBe(true)
        expect(shown(await busy(ports, company, [resource], at(5)))).toEqual([
          { owner: booked, resource, ...span(15, 25) },
        ])
      })

      it('turns the time of a hold into an appointment’s within one transaction', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const resource = ports.ids.next('staff')
        const [held, booked] = [ports.ids.next('offer'), ports.ids.next('appointment')]
        await claim(ports, company, held, resource, [span(10, 20)], at(5))
        const result = await ports.store.transact(company.scope, async (tx) => {
          await tx.occupancy.release(held)
          return tx.occupancy.claim(booked, resource, [span(10, 20)], forever, at(1))
        })
        expect(result.isOk()).toBe(true)
        expect(shown(await busy(ports, company, [resource], at(99)))).toEqual([
          { owner: booked, resource, ...span(10, 20) },
        ])
      })

      it('names what touches the window, of the resources asked for', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const [one, other] = [ports.ids.next('staff'), ports.ids.next('staff')]
        const owner = ports.ids.next('appointment')
        await claim(ports, company, owner, one, [span(0, 10), span(10, 20), span(20, 30), span(30, 40)])
        await claim(ports, company, ports.ids.next('appointment'), other, [span(0, 40)])
        const seen = await busy(ports, company, [one], at(0), at(10), at(30))
        expect(shown(seen)).toEqual([
          { owner, resource: one, ...span(10, 20) },
          { owner, resource: one, ...span(20, 30) },
        ])
        expect(await busy(ports, company, [one], at(0), at(9), at(31))).toHaveLength(4)
        expect(await busy(ports, company, [], at(0))).toEqual([])
      })

      it('never gives two owners the same time, whatever they claim and release', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const grid = fc.integer({ min: 0, max: 23 })
        const parts = fc
          .uniqueArray(grid, { minLength: 2, maxLength: 6 })
          .map((cuts) => cuts.toSorted((a, b) => a - b))
          .map((cuts) => cuts.flatMap((cut, n) => (n % 2 === 1 ? [{ from: cuts[n - 1] ?? 0, to: cut }] : [])))
        const step = fc.record({
          who: fc.integer({ min: 0, max: 4 }),
          where: fc.integer({ min: 0, max: 1 }),
          parts,
          pause: fc.constantFrom(0, 0, 1, 3),
          release: fc.constantFrom(false, false, false, true),
        })
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 16 }), async (script) => {
            const resources = [ports.ids.next('staff'), ports.ids.next('staff')] as const
            const owners = Array.from({ length: 5 }, (_, n) => ports.ids.next(n < 2 ? 'appointment' : 'offer'))
            const model = new Map<
              Owner,
              { readonly where: ResourceId; readonly times: readonly Interval[]; until: number }
            >()
            let now = 0
            for (const { who, where, parts, pause, release } of script) {
              now += pause
              const [owner, resource] = [owners[who] ?? 'apt_none', resources[where] ?? resources[0]]
              for (const [other, { until }] of model) if (until <= now) model.delete(other)
              if (release) {
                await within(ports, company, (tx) => tx.occupancy.release(owner))
                model.delete(owner)
              } else {
                const times = parts.map(({ from, to }) => span(from, to))
                const others = [...model].filter(([other, kept]) => other !== owner && kept.where === resource)
                const isFree = !others.some(([, kept]) => kept.times.some((a) => times.some((b) => overlaps(a, b))))
                const until = who < 2 ? undefined : at(now + 4)
                const result = await claim(ports, company, owner, resource, times, until, at(now))
                expect(result.isOk()).toBe(isFree)
                if (isFree) model.set(owner, { where: resource, times, until: who < 2 ? Infinity : now + 4 })
              }
              const expected = [...model].flatMap(([owner, { where, times }]) =>
                times.map((time): Busy => ({ owner, resource: where, ...time })),
              )
              expect(shown(await busy(ports, company, resources, at(now)))).toEqual(shown(expected))
            }
          }),
          { numRuns: 30 },
        )
      })
    })

    describe('offers and suggestions', () => {
      it('gives an offer back as it was kept, and as it was kept last', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const offer = anOffer(ports, company, { attendee: 'Zoë', staff: undefined })
        await withCall(ports, company, (tx) => tx.offers.save(offer))
        expect(await ports.store.read(company.scope, (tx) => tx.offers.find(offer.id))).toEqual(offer)
        await within(ports, company, (tx) => tx.offers.save({ ...offer, state: 'taken' }))
        expect(await ports.store.read(company.scope, (tx) => tx.offers.find(offer.id))).toEqual({
          ...offer,
          state: 'taken',
        })
        expect(await ports.store.read(company.scope, (tx) => tx.offers.find(ports.ids.next('offer')))).toBeUndefined()
      })

      it('lists a call’s open offers newest first, ended holds included, and live ones without them', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const early = anOffer(ports, company, { attendee: 'A', until: at(5) })
        const late = anOffer(ports, company, { attendee: 'B', until: at(9) })
        const taken = anOffer(ports, company, { attendee: 'C', until: at(9), state: 'taken' })
        const released = anOffer(ports, company, { attendee: 'D', until: at(9), state: 'released' })
        const other = anOffer(ports, company, { call: 'call_b', until: at(10) })
        await withCall(ports, company, async (tx) => {
          for (const offer of [early, late, taken, released, other]) await tx.offers.save(offer)
        })
        const [open, atOnce, later, tooLate] = await ports.store.read(company.scope, async (tx) => [
          await tx.offers.openOf('call_a'),
          await tx.offers.live(at(0)),
          await tx.offers.live(at(5)),
          await tx.offers.live(at(10)),
        ])
        expect(ids(open)).toEqual([late.id, early.id])
        expect(ids(atOnce).toSorted()).toEqual([early.id, late.id, other.id].toSorted())
        expect(ids(later).toSorted()).toEqual([late.id, other.id].toSorted())
        expect(tooLate).toEqual([])
      })

      it('keeps suggestions from others, not from the call that was told them', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const resource = first(company.profile.staff).id
        const told = (call: string, from: number, until: number) => ({
          call,
          resource,
          ...span(from, from + 10),
          until: at(until),
        })
        await withCall(ports, company, async (tx) => {
          await tx.suggestions.replace('call_a', [told('call_a', 0, 2), told('call_a', 30, 2)])
          await tx.suggestions.replace('call_b', [told('call_b', 60, 4)])
        })
        const others = (call: string, from: number, to: number, now: number) =>
          ports.store.read(company.scope, (tx) => tx.suggestions.ofOthers(call, at(from), at(to), at(now)))
        expect(await others('call_b', 0, 100, 0)).toHaveLength(2)
        expect(await others('call_a', 0, 100, 0)).toEqual([told('call_b', 60, 4)])
        expect(await others('call_b', 10, 30, 0)).toEqual([])
        expect(await others('call_b', 9, 30, 0)).toEqual([told('call_a', 0, 2)])
        expect(await others('call_z', 0, 100, 2)).toEqual([told('call_b', 60, 4)])
        await within(ports, company, (tx) => tx.suggestions.replace('call_a', [told('call_a', 80, 9)]))
        expect(await others('call_b', 0, 100, 0)).toEqual([told('call_a', 80, 9)])
        await within(ports, company, (tx) => tx.suggestions.replace('call_a', []))
        expect(await others('call_b', 0, 100, 0)).toEqual([])
      })
    })

    describe('appointments', () => {
      it('gives an appointment back as it was kept', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const customer = aCustomer(ports)
        const full = anAppointment(ports, company, {
          customer: customer.id,
          callId: 'call_a',
          notes: 'bitte „leise“; O’Hara\n2. Zeile',
          segments: [
            { key: 'A', ...span(0, 20) },
            { key: 'B', ...span(50, 75) },
          ],
          source: 'dashboard',
        })
        const bare = anAppointment(ports, company, { staff: undefined, segments: [], history: [] })
        await withCall(ports, company, async (tx) => {
          await tx.customers.add(customer)
          await tx.appointments.add(full)
          await tx.appointments.add(bare)
        })
        await ports.store.read(company.scope, async (tx) => {
          expect(await tx.appointments.find(full.id)).toEqual(full)
          expect(await tx.appointments.find(bare.id)).toEqual(bare)
          expect(await tx.appointments.find(ports.ids.next('appointment'))).toBeUndefined()
        })
      })

      it('stores what a change returns, and nothing of a refused or broken one', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const appointment = anAppointment(ports, company)
        await within(ports, company, (tx) => tx.appointments.add(appointment))
        const find = () => ports.store.read(company.scope, (tx) => tx.appointments.find(appointment.id))

        const refused = await within(ports, company, (tx) =>
          tx.appointments.change(appointment.id, (): Result<never, { kind: 'no' }> => err({ kind: 'no' })),
        )
        expect(refused).toEqual(err({ kind: 'no' }))
        const broken = within(ports, company, (tx) =>
          tx.appointments.change(appointment.id, () => {
            throw new Error('the step fell over')
          }),
        )
        await expect(broken).rejects.toThrow('the step fell over')
        expect(await find()).toEqual(appointment)

        const done = await within(ports, company, (tx) =>
          tx.appointments.change(appointment.id, (one) =>
            cancel(one, { actor, reason: 'verreist', callId: 'call_a' }, at(3)),
          ),
        )
        expect(done.isOk()).toBe(true)
        expect(await find()).toEqual(done._unsafeUnwrap())
        expect(await find()).toMatchObject({ status: 'cancelled', cancelledAt: at(3) })

        const missing = await within(ports, company, (tx) =>
          tx.appointments.change(ports.ids.next('appointment'), (one) => ok(one)),
        )
        expect(missing).toEqual(err({ kind: 'appointment-missing' }))
      })

      it('changes times, colleague and status, and finds it by the new ones', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const [nina, tom] = company.profile.staff
        const appointment = anAppointment(ports, company)
        await within(ports, company, (tx) => tx.appointments.add(appointment))
        const moved = { ...appointment, staff: tom?.id, resource: tom?.id ?? appointment.resource, ...span(500, 530) }
        await within(ports, company, (tx) => tx.appointments.change(appointment.id, () => ok(moved)))
        const query = { limit: 9, cursor: undefined }
        await ports.store.read(company.scope, async (tx) => {
          expect((await tx.appointments.list({ ...query, from: at(490), to: at(540) })).items).toEqual([moved])
          expect((await tx.appointments.list({ ...query, from: at(-10), to: at(40) })).items).toEqual([])
          expect((await tx.appointments.list({ ...query, staff: nina?.id ?? 'stf_x' })).items).toEqual([])
        })
      })

      it('filters by what was asked for, oldest start first', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const [nina, tom] = company.profile.staff
        const [mitte, west] = company.profile.branches
        const customer = aCustomer(ports)
        if (!nina || !tom || !mitte || !west) throw new Error('The company is too small')
        const b = anAppointment(ports, company, { ...span(60, 90), staff: tom.id, customer: customer.id })
        const a = anAppointment(ports, company, { ...span(0, 30), branch: west.id })
        const c = anAppointment(ports, company, { ...span(90, 120) })
        await within(ports, company, async (tx) => {
          await tx.customers.add(customer)
          for (const one of [b, a, c]) await tx.appointments.add(one)
          await tx.appointments.change(c.id, (one) =>
            cancel(one, { actor, reason: undefined, callId: undefined }, at(1)),
          )
        })
        const list = (query: object) =>
          ports.store.read(company.scope, async (tx) =>
            ids((await tx.appointments.list({ limit: 9, cursor: undefined, ...query })).items),
          )
        expect(await list({})).toEqual([a.id, b.id, c.id])
        expect(await list({ staff: tom.id })).toEqual([b.id])
        expect(await list({ branch: west.id })).toEqual([a.id])
        expect(await list({ branch: mitte.id })).toEqual([b.id, c.id])
        expect(await list({ customer: customer.id })).toEqual([b.id])
        expect(await list({ status: 'cancelled' })).toEqual([c.id])
        expect(await list({ status: 'confirmed' })).toEqual([a.id, b.id])
        expect(await list({ from: at(30), to: at(90) })).toEqual([b.id])
        expect(await list({ from: at(29), to: at(91) })).toEqual([a.id, b.id, c.id])
        expect(await list({ from: at(90) })).toEqual([c.id])
        expect(await list({ to: at(60) })).toEqual([a.id])
      })

      it('pages without loss or repetition, also over equal starts', async () => {
        const { ports } = get()
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 }),
            fc.integer({ min: 1, max: 5 }),
            async (starts, limit) => {
              const company = await newCompany(ports)
              const all = starts.map((start) => anAppointment(ports, company, span(start, start + 30)))
              await within(ports, company, async (tx) => {
                for (const one of all) await tx.appointments.add(one)
              })
              const seen = await walk(
                (request) => ports.store.read(company.scope, (tx) => tx.appointments.list(request)),
                limit,
              )
              expect(ids(seen).toSorted()).toEqual(ids(all).toSorted())
              expect(seen.map(({ startsAt }) => startsAt)).toEqual(
                all.map(({ startsAt }) => startsAt).toSorted((one, other) => one - other),
              )
            },
          ),
          { numRuns: 12 },
        )
      })

      it('knows what was booked in a call, and in several', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const one = anAppointment(ports, company, { callId: 'call_a' })
        const other = anAppointment(ports, company, { callId: 'call_b', ...span(30, 60) })
        const none = anAppointment(ports, company, span(60, 90))
        await withCall(ports, company, async (tx) => {
          for (const each of [one, other, none]) await tx.appointments.add(each)
        })
        await ports.store.read(company.scope, async (tx) => {
          expect(ids(await tx.appointments.ofCall('call_a'))).toEqual([one.id])
          expect(await tx.appointments.ofCall('call_z')).toEqual([])
          expect(ids(await tx.appointments.ofCalls(['call_a', 'call_b', 'call_z'])).toSorted()).toEqual(
            [one.id, other.id].toSorted(),
          )
          expect(await tx.appointments.ofCalls([])).toEqual([])
        })
      })

      it('tells a customer’s coming and past appointments apart, twenty at most, without cancelled ones', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const [customer, somebody] = [aCustomer(ports), aCustomer(ports)]
        const coming = Array.from({ length: 22 }, (_, n) =>
          anAppointment(ports, company, { customer: customer.id, ...span(1000 + n * 30, 1030 + n * 30) }),
        )
        const past = Array.from({ length: 22 }, (_, n) =>
          anAppointment(ports, company, { customer: customer.id, ...span(-n * 30 - 30, -n * 30) }),
        )
        const running = anAppointment(ports, company, { customer: customer.id, ...span(495, 505) })
        const gone = anAppointment(ports, company, { customer: customer.id, ...span(600, 630) })
        const goneBefore = anAppointment(ports, company, { customer: customer.id, ...span(100, 130) })
        const foreign = anAppointment(ports, company, { customer: somebody.id, ...span(600, 630) })
        await within(ports, company, async (tx) => {
          await tx.customers.add(customer)
          await tx.customers.add(somebody)
          for (const one of [...coming.toReversed(), ...past, running, gone, goneBefore, foreign]) {
            await tx.appointments.add(one)
          }
          for (const { id } of [gone, goneBefore]) {
            await tx.appointments.change(id, (one) =>
              cancel(one, { actor, reason: undefined, callId: undefined }, at(1)),
            )
          }
        })
        await ports.store.read(company.scope, async (tx) => {
          expect(ids(await tx.appointments.upcomingOf(customer.id, at(500)))).toEqual([
            running.id,
            ...ids(coming.slice(0, 19)),
          ])
          expect(ids(await tx.appointments.upcomingOf(customer.id, at(505)))).toEqual(ids(coming.slice(0, 20)))
          expect(ids(await tx.appointments.pastOf(customer.id, at(504)))).toEqual(ids(past.slice(0, 20)))
          expect(ids(await tx.appointments.pastOf(customer.id, at(505)))).toEqual([
            running.id,
            ...ids(past.slice(0, 19)),
          ])
          expect(ids(await tx.appointments.pastOf(customer.id, at(0)))[0]).toBe(past[0]?.id)
        })
      })
    })

    const withCall = <T>(ports: Ports, company: Company, work: Parameters<typeof within<T>>[2]) =>
      within(ports, company, async (tx) => {
        for (const call of ['call_a', 'call_b', 'call_z']) await tx.calls.open(call, undefined, at(0))
        return work(tx)
      })
  })
}
