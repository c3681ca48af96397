import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLineNumber } from '../../../src/domain/calling/line-number.ts'
import { branchOfCall, type RoutingOverride, route, stands } from '../../../src/domain/calling/routing.ts'
import type { Branch } from '../../../src/domain/company.ts'
import { isOpenAt } from '../../../src/domain/opening-hours.ts'
import type { PhoneNumber } from '../../../src/domain/phone-number.ts'
import { HOUR, type Instant, instant, after as later, MINUTE, type TimeZone } from '../../../src/domain/time.ts'
import { companySpec, stored } from '../../arbitraries/company.ts'

const moment = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((at) => instant(at - (at % 60_000)))

const always = [{ opens: 0, closes: 1440 }]
const everyDay = { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always }
const noon = instant(Date.UTC(2026, 10, 20, 12))
const [line, mobile] = ['+493023125101', '+491713920001'] as [PhoneNumber, PhoneNumber]

/** Open around the clock or never. */
const branch = (slug: string, isOpen: boolean, more: Partial<Branch> = {}): Branch => ({
  id: `brn_${slug}`,
  slug,
  name: slug,
  timeZone: 'Europe/Berlin' as TimeZone,
  phoneNumbers: [],
  retellAgentId: `agent_${slug}`,
  hours: { weekly: isOpen ? everyDay : {}, special: {}, closed: [] },
  publicHolidays: undefined,
  fallback: { whenClosedToBranch: undefined, transferTo: undefined },
  staffEmail: [],
  ...more,
})
const to = (slug: string, transferTo?: PhoneNumber): Pick<Branch, 'fallback'> => ({
  fallback: { whenClosedToBranch: slug, transferTo },
})
const overrideTo = (
  where: RoutingOverride['to'],
  from = later(noon, -HOUR),
  until = later(noon, HOUR),
): RoutingOverride => ({
  id: 'ovr_00000001',
  number: line,
  to: where,
  createdAt: from,
  endsAt: until,
})

/** Some branches, open or not, each with a fallback to any of them (itself included) or to none or to one that is gone. */
const branches = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc
    .array(
      fc.record({
        isOpen: fc.boolean(),
        next: fc.option(fc.integer({ min: 0, max: count })),
        agent: fc.boolean(),
        transfer: fc.boolean(),
      }),
      { minLength: count, maxLength: count },
    )
    .map((specs) =>
      specs.map(({ isOpen, next, agent, transfer }, at) =>
        branch(`b${at}`, isOpen, {
          retellAgentId: agent ? `agent_b${at}` : undefined,
          fallback: {
            whenClosedToBranch: next === null ? undefined : `b${next}`,
            transferTo: transfer ? mobile : undefined,
          },
        }),
      ),
    ),
)
const override: fc.Arbitrary<RoutingOverride | undefined> = fc.option(
  fc
    .tuple(
      fc.oneof(
        fc.integer({ min: 0, max: 7 }).map((at) => ({ kind: 'branch', branch: `brn_b${at}` }) as const),
        fc.constant({ kind: 'agent', agentId: 'agent_night' } as const),
        fc.constant({ kind: 'transfer', number: mobile } as const),
      ),
      fc.integer({ min: -90, max: 30 }),
      fc.integer({ min: 0, max: 90 }),
    )
    .map(([where, from, length]) =>
      overrideTo(where, later(noon, from * MINUTE), later(noon, (from + length) * MINUTE)),
    ),
  { nil: undefined },
)

describe('routing', () => {
  it('gives every call a destination, whatever the company, and the branch itself without fallback and override', () => {
    fc.assert(
      fc.property(companySpec, moment, (spec, now) => {
        const { branches: all } = stored(spec)
        for (const dialled of all) {
          const destination = route(all, dialled, undefined, now)
          expect(destination.branch).toBe(dialled)
          expect(destination.isOpen).toBe(isOpenAt(dialled.hours, now, dialled.timeZone))
          if (!destination.fallback) expect(destination.agentId).toBe(dialled.retellAgentId)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('always ends with a branch that exists, however fallbacks and overrides lead', () => {
    fc.assert(
      fc.property(branches, override, fc.nat(), (all, given, pick) => {
        const dialled = all[pick % all.length] as Branch
        const found = route(all, dialled, given, noon)
        expect(all).toContain(found.branch)
        expect(found.branch).toBe(branchOfCall(all, dialled, found.override))
        expect(found.override).toBe(given && stands(given, noon) ? given : undefined)
        if (!found.fallback) return
        expect(all).toContain(found.fallback)
        expect(found.isOpen).toBe(false)
        expect(isOpenAt(found.fallback.hours, noon, found.fallback.timeZone)).toBe(true)
        expect(found.fallback).not.toBe(found.branch)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves a closed branch without fallback only when no branch along its fallbacks is open', () => {
    fc.assert(
      fc.property(branches, fc.nat(), (all, pick) => {
        const dialled = all[pick % all.length] as Branch
        const found = route(all, dialled, undefined, noon)
        if (found.isOpen || found.fallback) return
        let next: Branch | undefined = dialled
        for (const _ of all) {
          next = all.find(({ slug }) => slug === next?.fallback.whenClosedToBranch)
          expect(next === undefined || !isOpenAt(next.hours, noon, next.timeZone)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('has the next open branch answer for a closed one, past others that are closed too', () => {
    const mitte = branch('mitte', false, to('west'))
    const [west, ost] = [branch('west', false, to('ost')), branch('ost', true)]
    expect(route([mitte, west, ost], mitte, undefined, noon)).toMatchObject({
      branch: mitte,
      isOpen: false,
      fallback: ost,
      agentId: 'agent_ost',
    })
  })

  it('ends where fallbacks lead in a circle: the closed branch answers itself', () => {
    const all = [branch('a', false, to('b')), branch('b', false, to('c')), branch('c', false, to('b'))]
    const [a] = all as [Branch]
    expect(route(all, a, undefined, noon)).toMatchObject({ branch: a, fallback: undefined, agentId: 'agent_a' })
  })

  it('keeps the own agent where the branch that answers names none, and the own transfer number where there is one', () => {
    const west = branch('west', true, {
      retellAgentId: undefined,
      fallback: { whenClosedToBranch: undefined, transferTo: line },
    })
    const [mitte, ost] = [branch('mitte', false, to('west', mobile)), branch('ost', false, to('west'))]
    expect(route([mitte, west], mitte, undefined, noon)).toMatchObject({ agentId: 'agent_mitte', transferTo: mobile })
    expect(route([ost, west], ost, undefined, noon)).toMatchObject({ agentId: 'agent_ost', transferTo: line })
  })
})

describe('a routing override', () => {
  const [mitte, west] = [branch('mitte', true, to('west', line)), branch('west', true)]
  const all = [mitte, west]
  const at = (given: RoutingOverride, now: Instant = noon) => route(all, mitte, given, now)

  it('to a branch makes the call that branch’s, with its agent, hours and fallbacks', () => {
    expect(at(overrideTo({ kind: 'branch', branch: west.id }))).toMatchObject({ branch: west, agentId: 'agent_west' })
    const closed = branch('west', false, to('mitte'))
    expect(route([mitte, closed], mitte, overrideTo({ kind: 'branch', branch: closed.id }), noon)).toMatchObject({
      branch: closed,
      isOpen: false,
      fallback: mitte,
      agentId: 'agent_mitte',
    })
  })

  it('to a branch that is gone counts nothing', () => {
    expect(at(overrideTo({ kind: 'branch', branch: 'brn_gone' }))).toMatchObject({
      branch: mitte,
      agentId: 'agent_mitte',
    })
  })

  it('to an agent has that agent answer, and leaves the call with its branch', () => {
    const closed = branch('mitte', false, to('west'))
    const given = overrideTo({ kind: 'agent', agentId: 'agent_night' })
    expect(at(given)).toMatchObject({ branch: mitte, agentId: 'agent_night' })
    expect(route([closed, west], closed, given, noon)).toMatchObject({ agentId: 'agent_night', fallback: undefined })
  })

  it('to a transfer names the number in place of the branch’s own', () => {
    expect(at(overrideTo({ kind: 'transfer', number: mobile }))).toMatchObject({
      branch: mitte,
      agentId: 'agent_mitte',
      transferTo: mobile,
    })
  })

  it('counts from its beginning until its end, the end not included', () => {
    const given = overrideTo({ kind: 'branch', branch: west.id })
    const branchAt = (now: Instant) => at(given, now).branch.slug
    expect([later(given.createdAt, -1), given.createdAt, later(given.endsAt, -1), given.endsAt].map(branchAt)).toEqual([
      'mitte',
      'west',
      'west',
      'mitte',
    ])
  })
})

describe('the number of a line', () => {
  it.each([
    ['+493023125101', '+493023125101'],
    ['+49 (30) 23125-101', '+493023125101'],
    ['0049 30 23125101', '+493023125101'],
    ['493023125101', '+493023125101'],
    ['030 23125101', undefined],
    ['anonymous', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j, and guesses no country', (text, number) => {
    expect(parseLineNumber(text)).toBe(number)
  })
})
