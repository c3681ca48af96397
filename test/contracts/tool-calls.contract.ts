import { describe, expect, it } from 'vitest'
import type { ToolCall } from '../../src/application/ports/tool-calls.ts'
import type { Instant } from '../../src/domain/time.ts'
import {
  aToolCall,
  at,
  type Company,
  ids,
  newCompany,
  type Open,
  type Opened,
  opening,
  unhurried,
  within,
} from './fixtures.ts'

/** What is promised of the record of the voice agent's requests. */
export const toolCallsContract = (name: string, open: Open): void => {
  describe(`tool calls in ${name}`, unhurried, () => {
    const get = opening(open)

    const added = async ({ ports }: Opened, ...all: readonly Partial<ToolCall>[]) => {
      const company = await newCompany(ports)
      const toolCalls = all.map((more) => aToolCall(ports, more))
      await within(ports, company, async (tx) => {
        for (const call of ['call_a', 'call_b']) await tx.calls.open(call, undefined, at(0))
        for (const one of toolCalls) await tx.toolCalls.add(one)
      })
      return { company, toolCalls, ports }
    }
    const lastEffect = ({ ports, company }: Pick<Opened, 'ports'> & { company: Company }, since: Instant) =>
      ports.store.read(company.scope, (tx) => tx.toolCalls.lastEffect('call_a', 'f1', since))

    it('gives a tool call back as kept', async () => {
      const { ports, company, toolCalls } = await added(get(), { effect: 'apt_00000001', ms: 0, vendorCalls: [] })
      expect(await ports.store.read(company.scope, (tx) => tx.toolCalls.list('call_a'))).toEqual(toolCalls)
    })

    it('keeps the answer that came once more was known, and what was asked', async () => {
      const { ports, company, toolCalls } = await added(get(), { effect: 'apt_00000001@1' })
      const [one] = toolCalls
      if (!one) throw new Error('none')
      const answered = {
        output: { status: 'booked' },
        resolved: { service: 'schnitt' },
        status: 'booked',
        ms: 812,
        effect: 'apt_00000001@2',
        vendorCalls: [{ vendor: 'calcom', operation: 'place', ms: 700, status: 'ok' }],
      }
      await within(ports, company, async (tx) => tx.toolCalls.revise(one.id, answered))
      const [kept] = await ports.store.read(company.scope, (tx) => tx.toolCalls.list('call_a'))
      expect(kept).toEqual({ ...one, ...answered })
    })

    it('lists those of a tool, of whatever call, newest first and page by page', async () => {
      const { ports, company, toolCalls } = await added(
        get(),
        { name: 'check_availability', at: at(1) },
        { name: 'check_availability', at: at(3), call: 'call_b' },
        { name: 'book_appointment', at: at(4) },
        { name: 'check_availability', at: at(2) },
      )
      const page = (cursor: string | undefined) =>
        ports.store.read(company.scope, (tx) => tx.toolCalls.recent('check_availability', { limit: 2, cursor }))
      const first = await page(undefined)
      const second = await page(first.next)
      expect([...first.items, ...second.items]).toEqual([toolCalls[1], toolCalls[3], toolCalls[0]])
      expect(second.next).toBeUndefined()
    })

    it('lists a call’s own, oldest first', async () => {
      const { ports, company, toolCalls } = await added(
        get(),
        { at: at(2) },
        { at: at(1) },
        { at: at(3) },
        { call: 'call_b' },
      )
      const [second, first, third] = ids(toolCalls)
      expect(ids(await ports.store.read(company.scope, (tx) => tx.toolCalls.list('call_a')))).toEqual([
        first,
        second,
        third,
      ])
      expect(await ports.store.read(company.scope, (tx) => tx.toolCalls.list('call_z'))).toEqual([])
    })

    it('counts a fingerprint within its call, and knows its last', async () => {
      const { ports, company, toolCalls } = await added(
        get(),
        { at: at(1) },
        { at: at(2) },
        { at: at(3), fingerprint: 'f2' },
        { at: at(4), call: 'call_b' },
      )
      await ports.store.read(company.scope, async (tx) => {
        expect(await tx.toolCalls.count('call_a', 'f1')).toBe(2)
        expect(await tx.toolCalls.count('call_a', 'f3')).toBe(0)
        expect(await tx.toolCalls.last('call_a', 'f1')).toEqual(toolCalls[1])
        expect(await tx.toolCalls.last('call_b', 'f2')).toBeUndefined()
      })
    })

    it('finds the newest that had an effect, back to and including `since`', async () => {
      const opened = await added(
        get(),
        { at: at(1), effect: 'apt_00000001' },
        { at: at(5), effect: 'apt_00000002' },
        { at: at(6) },
        { at: at(7), effect: 'apt_00000003', fingerprint: 'f2' },
        { at: at(8), effect: 'apt_00000004', call: 'call_b' },
      )
      const newest = opened.toolCalls[1]
      expect(await lastEffect(opened, at(0))).toEqual(newest)
      expect(await lastEffect(opened, at(5))).toEqual(newest)
      expect(await lastEffect(opened, (at(5) + 1) as Instant)).toBeUndefined()
    })

    it('finds no effect where there was none', async () => {
      expect(await lastEffect(await added(get(), { at: at(1) }), at(0))).toBeUndefined()
    })

    it('knows how slow the slowest twentieth of a time was', async () => {
      const inside = Array.from({ length: 100 }, (_, n) => ({ ms: ((n * 37) % 100) + 1, at: at(n / 100) }))
      const { ports, company } = await added(get(), ...inside, { ms: 9000, at: at(-1) }, { ms: 9000, at: at(1) })
      await ports.store.read(company.scope, async (tx) => {
        const p95 = await tx.toolCalls.p95(at(0), at(1))
        expect(p95).toBeGreaterThanOrEqual(95)
        expect(p95).toBeLessThanOrEqual(96)
        expect(await tx.toolCalls.p95(at(1), at(2))).toBe(9000)
        expect(await tx.toolCalls.p95(at(2), at(3))).toBeUndefined()
      })
    })
  })
}
