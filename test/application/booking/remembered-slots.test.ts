import fc from 'fast-check'
import { ok, type Result } from 'neverthrow'
import { describe, expect, it } from 'vitest'
import { inProcessCache } from '../../../src/adapters/cache/in-process.ts'
import { countingIds, fixedClock } from '../../../src/adapters/memory/ambient.ts'
import { unrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import { forgetSlots, rememberedSlots } from '../../../src/application/booking/remembered-slots.ts'
import type {
  Calendar,
  CalendarFailure,
  CalendarSlot,
  Placing,
  SlotQuery,
} from '../../../src/application/ports/calendar.ts'
import type { CompanyProfile } from '../../../src/domain/company.ts'
import { mintId } from '../../../src/domain/ids.ts'
import { addDays, after, type Instant, instant, type LocalDate, MINUTE, SECOND } from '../../../src/domain/time.ts'
import { newCompany } from '../../contracts/fixtures.ts'

const monday = '2026-11-23' as LocalDate
const start = instant(Date.parse('2026-11-22T23:00:00Z'))
const mondayAt = (hour: number) => instant(Date.parse('2026-11-23T09:00:00Z') + (hour - 10) * 60 * MINUTE)

/** Two companies whose calendars are remembered, with a look behind the scenes. */
const openMemory = async () => {
  const clock = fixedClock(start)
  const ports = memoryPorts({ clock, ids: countingIds() })
  const profiles = [(await newCompany(ports)).profile, (await newCompany(ports)).profile]
  const vendors = profiles.map(({ id }) => unrulyCalendar(clock, (company) => company.id === id))
  const asked: SlotQuery[] = []
  let whileChanging = async () => undefined as unknown
  /** Answers that were given and wait to be delivered. */
  const held: (() => void)[] = []
  let isHolding = false
  const open = (company: CompanyProfile): Calendar | undefined => {
    const calendar = vendors[profiles.findIndex(({ id }) => id === company.id)]?.of(company)
    return (
      calendar && {
        ...calendar,
        slots: async (query) => {
          asked.push(query)
          const answer = await calendar.slots(query)
          if (isHolding) await new Promise<void>((resolve) => held.push(resolve))
          return answer
        },
        cancel: async (...told) => {
          await whileChanging()
          return calendar.cancel(...told)
        },
      }
    )
  }
  const needs = {
    calendars: { of: open, trying: () => undefined },
    cache: inProcessCache({ realTime }),
    clock,
    credentials: { ...ports.credentials, randomText: () => Math.random().toString(36) },
  }
  const remembered = rememberedSlots(needs)
  const of = (index: number) => {
    const profile = profiles[index]
    const calendar = profile && remembered.of(profile)
    const [branch] = profile?.branches ?? []
    const [service] = profile?.services ?? []
    const vendor = vendors[index]
    if (!profile || !calendar || !branch || !service || !vendor) throw new Error('no such company')
    const query = (purpose: SlotQuery['purpose'], more: Partial<SlotQuery> = {}): SlotQuery => ({
      branch,
      service,
      staff: undefined,
      moving: undefined,
      ...{ from: monday, to: addDays(monday, 6) },
      purpose,
      ...more,
    })
    return { profile, calendar, vendor, query, branch, service }
  }
  return {
    clock,
    needs,
    remembered,
    of,
    asked: () => asked.length,
    questions: () => asked,
    whileChanging: (work: () => Promise<unknown>) => {
      whileChanging = work
    },
    hold: () => {
      isHolding = true
    },
    deliver: async () => {
      isHolding = false
      for (const go of held.splice(0)) go()
      await settle()
    },
  }
}

const settle = async () => {
  for (let n = 0; n < 20; n++) await Promise.resolve()
}

const startsOf = (answer: Result<readonly CalendarSlot[], CalendarFailure>): readonly Instant[] =>
  answer._unsafeUnwrap().map(({ startsAt }) => startsAt)

/** What cancels nothing, but is a change all the same. */
const nothingToCancel = {} as Placing

describe('remembered free times', () => {
  it('are asked for once a minute where somebody is told that a time is free, else once in 15 minutes', async () => {
    const memory = await openMemory()
    const { calendar, query, vendor } = memory.of(0)
    const before = startsOf(await calendar.slots(query('promise')))
    expect(before).toContain(mondayAt(10))
    vendor.take(mondayAt(10))
    memory.clock.advance(60 * SECOND)
    expect(startsOf(await calendar.slots(query('promise')))).toEqual(before)
    memory.clock.advance(1)
    expect(startsOf(await calendar.slots(query('suggest')))).toEqual(before)
    expect(memory.asked()).toBe(1)
    expect(startsOf(await calendar.slots(query('promise')))).not.toContain(mondayAt(10))
    expect(startsOf(await calendar.slots(query('suggest')))).not.toContain(mondayAt(10))
    expect(memory.asked()).toBe(2)
    memory.clock.advance(15 * MINUTE)
    await calendar.slots(query('suggest'))
    expect(memory.asked()).toBe(2)
    memory.clock.advance(1)
    await calendar.slots(query('suggest'))
    expect(memory.asked()).toBe(3)
    expect(memory.remembered.counts()).toEqual({ hits: 4, misses: 3, joined: 0 })
  })

  it('are asked for by the week, whatever days of it are wanted', async () => {
    const memory = await openMemory()
    const { calendar, query } = memory.of(0)
    const day = startsOf(await calendar.slots(query('promise', { from: monday, to: monday })))
    expect(day.length).toBeGreaterThan(0)
    expect(day.every((moment) => Math.abs(moment - mondayAt(12)) < 12 * 60 * MINUTE)).toBe(true)
    const twoWeeks = startsOf(await calendar.slots(query('promise', { from: monday, to: addDays(monday, 7) })))
    expect(memory.questions().map(({ from, to }) => [from, to])).toEqual([
      [monday, addDays(monday, 6)],
      [addDays(monday, 7), addDays(monday, 13)],
    ])
    expect(twoWeeks.slice(0, day.length)).toEqual(day)
    expect(twoWeeks.toSorted()).toEqual(twoWeeks)
  })

  it('are one question when several ask at once, whether or not anything was known before', async () => {
    const memory = await openMemory()
    const { calendar, query } = memory.of(0)
    for (let round = 0; round < 2; round++) {
      const before = memory.asked()
      memory.hold()
      const all = Promise.all(Array.from({ length: 20 }, () => calendar.slots(query('promise'))))
      await settle()
      await memory.deliver()
      expect(new Set((await all).map((answer) => startsOf(answer).length)).size).toBe(1)
      expect(memory.asked() - before).toBe(1)
      memory.clock.advance(2 * MINUTE)
    }
    expect(memory.remembered.counts()).toMatchObject({ misses: 2, joined: 38 })
  })

  it('are never those of a question that was asked too long ago', async () => {
    const memory = await openMemory()
    const { calendar, query } = memory.of(0)
    memory.hold()
    const first = calendar.slots(query('promise'))
    await settle()
    memory.clock.advance(61 * SECOND)
    const second = calendar.slots(query('promise'))
    await settle()
    expect(memory.asked()).toBe(2)
    await memory.deliver()
    await Promise.all([first, second])
  })

  it('are not those of a question that was under way when something changed', async () => {
    const memory = await openMemory()
    const { calendar, query, vendor, profile } = memory.of(0)
    memory.hold()
    const before = calendar.slots(query('promise'))
    await settle()
    vendor.take(mondayAt(10))
    await forgetSlots(memory.needs)(profile.id)
    const after = calendar.slots(query('promise'))
    await settle()
    await memory.deliver()
    expect(startsOf(await before)).toContain(mondayAt(10))
    expect(startsOf(await after)).not.toContain(mondayAt(10))
    expect(startsOf(await calendar.slots(query('suggest')))).not.toContain(mondayAt(10))
  })

  it('are not those from before or during a change of ours, however it ended', async () => {
    const memory = await openMemory()
    const { calendar, query, vendor } = memory.of(0)
    await calendar.slots(query('suggest'))
    memory.whileChanging(async () => {
      vendor.take(mondayAt(10))
      expect(startsOf(await calendar.slots(query('suggest')))).not.toContain(mondayAt(10))
      vendor.take(mondayAt(12))
      throw new Error('It broke off.')
    })
    await expect(calendar.cancel('nothing', nothingToCancel, undefined)).rejects.toThrow('It broke off.')
    expect(startsOf(await calendar.slots(query('suggest')))).not.toContain(mondayAt(12))
  })

  it('are not remembered when the calendar failed', async () => {
    const memory = await openMemory()
    const { calendar, query, vendor } = memory.of(0)
    vendor.misbehave('slots', 'down')
    expect((await calendar.slots(query('suggest'))).isErr()).toBe(true)
    vendor.misbehave('slots', undefined)
    expect((await calendar.slots(query('suggest'))).isOk()).toBe(true)
    vendor.misbehave('slots', 'down')
    expect((await calendar.slots(query('suggest'))).isOk()).toBe(true)
  })

  it('name colleagues as they are now, and nothing that names one who is gone', async () => {
    const memory = await openMemory()
    const { profile, query } = memory.of(0)
    const [colleague] = profile.staff
    if (!colleague) throw new Error('no staff')
    const startsAt = mondayAt(10)
    let count = 0
    const named = rememberedSlots({
      ...memory.needs,
      calendars: {
        trying: () => undefined,
        of: (company) => {
          const calendar = memory.needs.calendars.of(company)
          const slots = async () => {
            count += 1
            return ok([{ startsAt, staff: colleague }])
          }
          return calendar && { ...calendar, slots }
        },
      },
    })
    const married = { ...profile, staff: [{ ...colleague, name: 'Erika Neu' }] }
    await named.of(profile)?.slots(query('promise'))
    const later = await named.of(married)?.slots(query('promise'))
    expect(later?._unsafeUnwrap()).toEqual([{ startsAt, staff: { ...colleague, name: 'Erika Neu' } }])
    expect(count).toBe(1)
    await named.of({ ...profile, staff: [] })?.slots(query('promise'))
    expect(count).toBe(2)
  })

  it('are those of the company as its file is now', async () => {
    const memory = await openMemory()
    const { profile, calendar, query } = memory.of(0)
    await calendar.slots(query('promise'))
    await memory.remembered.of({ ...profile, version: profile.version + 1 })?.slots(query('promise'))
    expect(memory.asked()).toBe(2)
  })

  it('law: are never older than allowed, never of another company, and never from before a change', async () => {
    const companies = [0, 1] as const
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 3 * MINUTE }) }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('take' as const),
          of: fc.constantFrom(...companies),
          slot: fc.nat({ max: 15 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('change' as const),
          of: fc.constantFrom(...companies),
          tells: fc.boolean(),
        }),
      },
      {
        weight: 12,
        arbitrary: fc.record({
          kind: fc.constant('ask' as const),
          of: fc.constantFrom(...companies),
          purpose: fc.constantFrom('promise' as const, 'suggest' as const),
          slow: fc.boolean(),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('deliver' as const) }) },
    )
    const seen = { hits: 0, joined: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const memory = await openMemory()
        const free = (index: number) =>
          memory.of(index).vendor.of(memory.of(index).profile)?.slots(memory.of(index).query('promise'))
        const changedAt: number[] = [0, 0]
        /** Each moment has a number of its own, for the clock may stand still. */
        let moment = 0
        const numbered: { moment: number; index: number; at: Instant; starts: string }[] = []
        const mark = async (index: number) => {
          const answer = await free(index)
          moment += 1
          if (answer) numbered.push({ moment, index, at: memory.clock.now(), starts: JSON.stringify(startsOf(answer)) })
        }
        for (const index of companies) await mark(index)
        const pending: Promise<void>[] = []
        for (const one of steps) {
          if (one.kind === 'wait') {
            memory.clock.advance(one.ms)
            for (const index of companies) await mark(index)
          } else if (one.kind === 'take') {
            memory.of(one.of).vendor.take(after(mondayAt(8), one.slot * 30 * MINUTE))
            await mark(one.of)
          } else if (one.kind === 'change') {
            if (one.tells) await forgetSlots(memory.needs)(memory.of(one.of).profile.id)
            else await memory.of(one.of).calendar.cancel('nothing', nothingToCancel, undefined)
            await mark(one.of)
            changedAt[one.of] = moment
          } else if (one.kind === 'deliver') {
            await memory.deliver()
          } else {
            if (one.slow) memory.hold()
            const { calendar, query } = memory.of(one.of)
            const askedAt = memory.clock.now()
            const [fromMoment, most] = [changedAt[one.of] ?? 0, one.purpose === 'promise' ? MINUTE : 15 * MINUTE]
            const asking = calendar.slots(query(one.purpose)).then((answer) => {
              const starts = JSON.stringify(startsOf(answer))
              // What was true at some time that is young enough and after the last change before the question.
              const possible = numbered.filter(({ index, moment: at }, place) => {
                if (index !== one.of || at < fromMoment) return false
                const next = numbered.slice(place + 1).find((later) => later.index === index)
                return (next?.at ?? memory.clock.now()) >= askedAt - most
              })
              expect(possible.map((truth) => truth.starts)).toContain(starts)
            })
            pending.push(asking)
            asking.catch(() => undefined)
            await settle()
          }
        }
        await memory.deliver()
        await Promise.all(pending)
        const { hits, joined } = memory.remembered.counts()
        seen.hits += hits
        seen.joined += joined
      }),
      { numRuns: 150 },
    )
    expect(seen.hits).toBeGreaterThan(40)
    expect(seen.joined).toBeGreaterThan(5)
  })

  it('law: keep questions apart that differ in anything that decides the answer', async () => {
    const memory = await openMemory()
    const { calendar, query, branch, service, profile } = memory.of(0)
    const [colleague] = profile.staff
    const variants: Partial<SlotQuery>[] = [
      {},
      { branch: { ...branch, id: mintId('branch', 'other') } },
      { service: { ...service, id: mintId('service', 'other') } },
      { service: { ...service, calcomEventTypeId: 77 } },
      { service: { ...service, slug: `${service.slug}/A`, durationMinutes: 5 } },
      { staff: colleague },
      { moving: 'uid_1' },
      { from: addDays(monday, 7), to: addDays(monday, 13) },
    ]
    for (const variant of variants) await calendar.slots(query('promise', variant))
    expect(memory.asked()).toBe(variants.length)
    for (const variant of variants) await calendar.slots(query('suggest', variant))
    expect(memory.asked()).toBe(variants.length)
  })
})
