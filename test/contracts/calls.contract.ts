import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredCall } from '../../src/application/ports/calls.ts'
import type { Ports } from '../../src/application/ports/ports.ts'
import { type CallEventName, type CallFields, learn, unheard } from '../../src/domain/calling/call.ts'
import { HOUR, type Instant } from '../../src/domain/time.ts'
import {
  aCustomer,
  at,
  type Company,
  first,
  ids,
  mobile,
  newCompany,
  type Open,
  opening,
  race,
  unhurried,
  walk,
  within,
} from './fixtures.ts'

const reported = (event: CallEventName, fields: CallFields) => learn(unheard, { event, fields, canonical: event })

/** What is promised of calls, their timeline, and of ringing. */
export const callsContract = (name: string, open: Open): void => {
  describe(`calls and ringing in ${name}`, unhurried, () => {
    const get = opening(open)

    const stored = (ports: Ports, company: Company, id: string, more: Partial<StoredCall> = {}) =>
      within(ports, company, async (tx) => {
        const call = { ...(await tx.calls.open(id, undefined, more.firstHeardAt ?? at(0))), ...more }
        await tx.calls.save(call)
        return call
      })

    describe('calls', () => {
      it('makes a call at its first mention, and finds it at every later one', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const branch = first(company.profile.branches).id
        const made = await within(ports, company, (tx) => tx.calls.open('call_a', branch, at(1)))
        expect(made).toEqual({
          id: 'call_a',
          branch,
          customer: undefined,
          callerName: undefined,
          outcome: 'none',
          firstHeardAt: at(1),
          findings: [],
          record: unheard,
        })
        expect(await within(ports, company, (tx) => tx.calls.open('call_a', undefined, at(5)))).toEqual(made)
        await ports.store.read(company.scope, async (tx) => {
          expect(await tx.calls.find('call_a')).toEqual(made)
          expect(await tx.calls.find('call_b')).toBeUndefined()
          expect((await tx.calls.list({ limit: 9, cursor: undefined })).items).toHaveLength(1)
        })
      })

      it('makes one call out of twenty racing mentions', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const calls = await race(20, (which) =>
          within(ports, company, (tx) => tx.calls.open('call_race', undefined, at(which))),
        )
        expect(new Set(calls.map(({ firstHeardAt }) => firstHeardAt)).size).toBe(1)
      })

      it('gives a call back as it was saved', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const customer = aCustomer(ports)
        await within(ports, company, (tx) => tx.customers.add(customer))
        const record = reported('call_analyzed', {
          callType: 'phone_call',
          direction: 'inbound',
          fromNumber: mobile(1),
          toNumber: '+493023125101',
          agentId: 'agent_x',
          agentVersion: 0,
          startedAt: at(1),
          endedAt: at(3),
          durationMs: 120_000,
          transcript: 'Agent: Grüß Gott\nUser: „Ja“; \'"\\%_',
          turns: [
            { role: 'agent', content: 'Grüß Gott', atMs: 0 },
            { role: 'user', content: '', atMs: undefined },
          ],
          successful: false,
          cost: { amountMicros: 123_456, currency: 'USD' },
        })
        const call = await stored(ports, company, 'call_ä/ö ü', {
          branch: first(company.profile.branches).id,
          customer: customer.id,
          callerName: 'Änne O’Probe',
          outcome: 'booked',
          findings: [{ kind: 'claim-without-fact', at: at(2), detail: 'It said “booked”.' }],
          record,
        })
        await ports.store.read(company.scope, async (tx) => {
          expect(await tx.calls.find('call_ä/ö ü')).toEqual(call)
          const { reports: _reports, ...rest } = { ...call, ...call.record }
          const { record: _record, firstHeardAt: _heard, ...shown } = rest
          const card = first((await tx.calls.list({ limit: 9, cursor: undefined })).items)
          const { transcript: _transcript, turns: _turns, ...fields } = first(record.reports).fields
          expect(card).toEqual({ ...fields, ...shown, status: 'ended', at: at(1) })
        })
      })

      it('orders by the beginning, by the first mention as long as no beginning is known', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        await stored(ports, company, 'call_late', {
          firstHeardAt: at(9),
          record: reported('call_ended', { startedAt: at(1) }),
        })
        await stored(ports, company, 'call_ringing', { firstHeardAt: at(5) })
        await stored(ports, company, 'call_first', { firstHeardAt: at(0) })
        const { items } = await ports.store.read(company.scope, (tx) => tx.calls.list({ limit: 9, cursor: undefined }))
        expect(items.map(({ id, at }) => [id, at])).toEqual([
          ['call_ringing', at(5)],
          ['call_late', at(1)],
          ['call_first', at(0)],
        ])
      })

      it('filters by what was asked for', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const [mitte, west] = company.profile.branches
        const customer = aCustomer(ports)
        await within(ports, company, (tx) => tx.customers.add(customer))
        await stored(ports, company, 'call_in', {
          branch: mitte?.id,
          customer: customer.id,
          outcome: 'booked',
          record: reported('call_started', {
            direction: 'inbound',
            fromNumber: mobile(1),
            toNumber: '+493023125101',
            startedAt: at(10),
          }),
        })
        await stored(ports, company, 'call_out', {
          branch: west?.id,
          outcome: 'information',
          record: reported('call_ended', {
            direction: 'outbound',
            fromNumber: '+493023125101',
            toNumber: mobile(1),
            startedAt: at(20),
          }),
        })
        await stored(ports, company, 'call_hidden', {
          record: reported('call_ended', { fromNumber: 'anonymous', callStatus: 'error', startedAt: at(30) }),
        })
        const list = (query: object) =>
          ports.store.read(company.scope, async (tx) =>
            ids((await tx.calls.list({ limit: 9, cursor: undefined, ...query })).items),
          )
        expect(await list({})).toEqual(['call_hidden', 'call_out', 'call_in'])
        expect(await list({ branch: mitte?.id })).toEqual(['call_in'])
        expect(await list({ status: 'ongoing' })).toEqual(['call_in'])
        expect(await list({ status: 'failed' })).toEqual(['call_hidden'])
        expect(await list({ status: 'ended' })).toEqual(['call_out'])
        expect(await list({ outcome: 'booked' })).toEqual(['call_in'])
        expect(await list({ customer: customer.id })).toEqual(['call_in'])
        expect(await list({ caller: mobile(1) })).toEqual(['call_out', 'call_in'])
        expect(await list({ caller: mobile(2) })).toEqual([])
        expect(await list({ from: at(10), to: at(20) })).toEqual(['call_in'])
        expect(await list({ from: at(11) })).toEqual(['call_hidden', 'call_out'])
        expect(await list({ to: at(30) })).toEqual(['call_out', 'call_in'])
      })

      it('finds a saved call by what it is now, no longer by what it was', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        await stored(ports, company, 'call_a', {
          outcome: 'information',
          record: reported('call_started', { fromNumber: mobile(1), startedAt: at(1) }),
        })
        await stored(ports, company, 'call_a', {
          outcome: 'booked',
          record: reported('call_ended', { fromNumber: mobile(2), startedAt: at(2) }),
        })
        const list = (query: object) =>
          ports.store.read(company.scope, async (tx) =>
            ids((await tx.calls.list({ limit: 9, cursor: undefined, ...query })).items),
          )
        expect(await list({ outcome: 'information' })).toEqual([])
        expect(await list({ caller: mobile(1) })).toEqual([])
        expect(await list({ status: 'ongoing' })).toEqual([])
        expect(await list({ outcome: 'booked', caller: mobile(2), status: 'ended', from: at(2) })).toEqual(['call_a'])
      })

      it('pages newest first without loss or repetition, while newer calls come in', async () => {
        const { ports } = get()
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 }),
            fc.integer({ min: 1, max: 5 }),
            async (starts, limit) => {
              const company = await newCompany(ports)
              await within(ports, company, async (tx) => {
                for (const [n, start] of starts.entries()) await tx.calls.open(`call_${n}`, undefined, at(start))
              })
              let newer = 0
              const seen = await walk(
                (request) => ports.store.read(company.scope, (tx) => tx.calls.list(request)),
                limit,
                async () => {
                  newer += 1
                  await within(ports, company, (tx) => tx.calls.open(`call_new_${newer}`, undefined, at(100 + newer)))
                },
              )
              expect(ids(seen).toSorted()).toEqual(starts.map((_, n) => `call_${n}`).toSorted())
              const times = seen.map(({ at }) => at)
              expect(times).toEqual(times.toSorted((one, other) => other - one))
            },
          ),
          { numRuns: 12 },
        )
      })

      it('adds a line to the timeline once per key and call', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const entry = { key: 'call_started', event: 'call_started', at: at(2), receivedAt: at(3), delivery: undefined }
        const later = {
          key: 'call_ended',
          event: 'call_ended',
          at: at(9),
          receivedAt: at(4),
          delivery: ports.ids.next('delivery'),
        }
        const added = await within(ports, company, async (tx) => {
          for (const call of ['call_a', 'call_b']) await tx.calls.open(call, undefined, at(0))
          return [
            await tx.calls.addEvent('call_a', later),
            await tx.calls.addEvent('call_a', entry),
            await tx.calls.addEvent('call_a', { ...entry, event: 'again', at: at(7) }),
            await tx.calls.addEvent('call_b', entry),
          ]
        })
        expect(added).toEqual([true, true, false, true])
        expect(await within(ports, company, (tx) => tx.calls.addEvent('call_a', entry))).toBe(false)
        await ports.store.read(company.scope, async (tx) => {
          expect(await tx.calls.events('call_a')).toEqual([entry, later])
          expect(await tx.calls.events('call_z')).toEqual([])
        })
      })

      it('lets one of twenty racing additions of one line through', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const added = await race(20, (which) =>
          within(ports, company, async (tx) => {
            await tx.calls.open('call_a', undefined, at(0))
            const entry = { key: 'k', event: `racer ${which}`, at: at(0), receivedAt: at(0), delivery: undefined }
            return tx.calls.addEvent('call_a', entry)
          }),
        )
        expect(added.filter((one) => one)).toHaveLength(1)
        expect(await ports.store.read(company.scope, (tx) => tx.calls.events('call_a'))).toHaveLength(1)
      })

      it('counts the calls of a time, and by hours from its beginning', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const midnight = at(0)
        const hour = (hours: number) => (midnight + hours * HOUR) as Instant
        const add = (id: string, startedAt: Instant, outcome: StoredCall['outcome'], callStatus: string) =>
          stored(ports, company, id, { outcome, record: reported('call_ended', { startedAt, callStatus }) })
        await add('call_0', hour(0), 'booked', 'ended')
        await add('call_1', (hour(1) - 1) as Instant, 'none', 'ended')
        await add('call_2', hour(1), 'booked', 'ended')
        await add('call_3', hour(23.5), 'callback', 'ended')
        await add('call_4', hour(12), 'none', 'not_connected')
        await add('call_5', hour(24), 'booked', 'ended')
        await add('call_6', hour(-0.1), 'booked', 'ended')
        const tally = await ports.store.read(company.scope, (tx) => tx.calls.tally(midnight, hour(24)))
        const hours = (counts: Record<number, number>) => Array.from({ length: 24 }, (_, n) => counts[n] ?? 0)
        expect(tally).toEqual({
          calls: 5,
          answered: 4,
          booked: 2,
          byHour: hours({ 0: 2, 1: 1, 12: 1, 23: 1 }),
          bookedByHour: hours({ 0: 1, 1: 1 }),
        })
      })

      it('counts nothing where nothing was', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const none = Array.from({ length: 24 }, () => 0)
        expect(await ports.store.read(company.scope, (tx) => tx.calls.tally(at(0), at(1440)))).toEqual({
          calls: 0,
          answered: 0,
          booked: 0,
          byHour: none,
          bookedByHour: none,
        })
      })
    })

    describe('ringing', () => {
      const aRing = (ports: Ports, { profile }: Company, minute: number, fromNumber: string | undefined) => ({
        id: ports.ids.next('ring'),
        branch: first(profile.branches).id,
        fromNumber,
        toNumber: '+493023125101',
        at: at(minute),
      })

      it('shows what rings since a moment, until it is joined to a call', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const [old, ring, hidden] = [
          aRing(ports, company, 0, mobile(1)),
          aRing(ports, company, 5, mobile(1)),
          aRing(ports, company, 6, undefined),
        ]
        await within(ports, company, async (tx) => {
          for (const one of [old, ring, hidden]) await tx.rings.add(one)
          await tx.calls.open('call_a', undefined, at(7))
        })
        const open = (since: number) => ports.store.read(company.scope, (tx) => tx.rings.open(at(since)))
        expect((await open(0)).toSorted((a, b) => a.at - b.at)).toEqual([old, ring, hidden])
        expect(ids(await open(5)).toSorted()).toEqual([ring.id, hidden.id].toSorted())
        await within(ports, company, (tx) => tx.rings.join(ring.id, 'call_a'))
        expect(ids(await open(5))).toEqual([hidden.id])
      })

      it('finds open rings of two numbers between two moments, both included', async () => {
        const { ports } = get()
        const company = await newCompany(ports)
        const [one, other, hidden] = [
          aRing(ports, company, 5, mobile(1)),
          aRing(ports, company, 6, mobile(2)),
          aRing(ports, company, 7, undefined),
        ]
        await within(ports, company, async (tx) => {
          for (const ring of [one, other, hidden]) await tx.rings.add(ring)
          await tx.calls.open('call_a', undefined, at(7))
        })
        const between = (from: string | undefined, to: string, start: number, end: number) =>
          ports.store.read(company.scope, async (tx) => ids(await tx.rings.between(from, to, at(start), at(end))))
        expect(await between(mobile(1), '+493023125101', 5, 5)).toEqual([one.id])
        expect(await between(mobile(1), '+493023125101', 6, 9)).toEqual([])
        expect(await between(mobile(1), '+493023125102', 0, 9)).toEqual([])
        expect(await between(undefined, '+493023125101', 0, 9)).toEqual([hidden.id])
        await within(ports, company, (tx) => tx.rings.join(one.id, 'call_a'))
        expect(await between(mobile(1), '+493023125101', 5, 5)).toEqual([])
      })
    })
  })
}
