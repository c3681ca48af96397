import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import type { Ids } from '../../../src/application/ports/ambient.ts'
import { concerns } from '../../../src/domain/booking/blocked-time.ts'
import { overlaps } from '../../../src/domain/booking/interval.ts'
import {
  DAY,
  type Instant,
  instant,
  isoUtc,
  after as later,
  MINUTE,
  parseInstant,
  parseLocalDate,
} from '../../../src/domain/time.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { testDatabases } from '../../databases/test-databases.ts'
import { type Desk, openDesk, salon } from '../desk.ts'

const date = parseLocalDate('2026-11-24')._unsafeUnwrap()
const at = (clock: string, on: string = date): Instant => parseInstant(`${on}T${clock}:00+01:00`)._unsafeUnwrap()

const atSalon = async (desk: Desk) => {
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  if (!profile) throw new Error('There is no salon')
  const branch = profile.branches.find(({ slug }) => slug === 'mitte')
  if (!branch) throw new Error('There is no branch')
  return {
    scope,
    profile,
    branch,
    block: (from: Instant, to: Instant, whose: { branch?: string; staff?: string }, reason?: string) =>
      desk.app.blockTime(scope, profile, {
        ...{ branch: whose.branch, staff: whose.staff, startsAt: from, endsAt: to, reason },
      }),
    free: async (staff?: string) => {
      const asked = { branch: 'mitte', service: 'herrenhaarschnitt', staff, date }
      return (await desk.app.freeTimes(scope, profile, asked))._unsafeUnwrap().slots
    },
    book: (startsAt: Instant, staff?: string, where = 'mitte') =>
      desk.app.createAppointment(scope, profile, {
        ...{ branch: where, service: 'herrenhaarschnitt', staff, startsAt, attendeeName: 'Erika Beispiel' },
        ...{ phone: undefined, email: undefined, notes: undefined, source: 'dashboard' },
      }),
    move: (id: `apt_${string}`, startsAt: Instant) =>
      desk.app.moveAppointment(scope, profile, id, { startsAt, staff: undefined }),
    cancel: (id: `apt_${string}`) => desk.app.cancelAppointment(scope, profile, id, undefined),
    /** As if somebody had looked before and comes late: only the database is asked. */
    claim: async (slug: string, startsAt: Instant) => {
      const resource = profile.staff.find((one) => one.slug === slug)?.id ?? branch.id
      const part = { startsAt, endsAt: later(startsAt, 60 * MINUTE) }
      return desk.ports.store.transact(scope, (tx) =>
        tx.occupancy.claim(desk.ports.ids.next('appointment'), resource, [part], undefined, desk.clock.now()),
      )
    },
  }
}

describe('blocked times', () => {
  it('have no free time in them, whatever was booked before and whoever is asked for', async () => {
    const whose = fc.constantFrom<{ branch?: string; staff?: string }>(
      ...[{ branch: 'mitte' }, { staff: 'nina' }, { staff: 'udo' }, { branch: 'west' }],
    )
    const block = fc.record({
      whose,
      from: fc.integer({ min: 480, max: 1140 }),
      long: fc.integer({ min: 1, max: 300 }),
    })
    const staff = fc.constantFrom(undefined, 'nina', 'udo')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(40), { maxLength: 4 }),
        fc.array(block, { minLength: 1, maxLength: 4 }),
        staff,
        async (picks, blocks, wished) => {
          const desk = await openDesk()
          const here = await atSalon(desk)
          for (const pick of picks) {
            const slots = await here.free()
            const slot = slots[pick % Math.max(1, slots.length)]
            if (slot) expect((await here.book(slot.startsAt)).isOk()).toBe(true)
          }
          for (const { whose, from, long } of blocks) {
            const startsAt = later(at('00:00'), from * MINUTE)
            expect((await here.block(startsAt, later(startsAt, long * MINUTE), whose)).isOk()).toBe(true)
          }
          const { items } = await desk.app.listBlockedTimes(here.scope, { limit: 200, cursor: undefined })
          for (const slot of await here.free(wished)) {
            const closing = items.filter((one) => concerns(one, here.branch.id, slot.staff?.id))
            expect(closing.filter((one) => overlaps(one, slot))).toEqual([])
            expect((await here.book(slot.startsAt, slot.staff?.slug)).isOk()).toBe(true)
            return
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of a branch close it for everybody there and nowhere else; of a colleague only theirs', async () => {
    const desk = await openDesk()
    const here = await atSalon(desk)
    const monday = (clock: string) => at(clock, '2026-11-23')
    await here.block(at('12:00'), at('15:00'), { staff: 'udo' })
    expect((await here.free('udo')).some(({ startsAt }) => startsAt === at('13:00'))).toBe(false)
    expect((await here.free('nina')).some(({ startsAt }) => startsAt === at('13:00'))).toBe(true)
    await here.block(at('00:00'), at('23:00'), { branch: 'mitte' }, 'Rohrbruch')
    expect(await here.free()).toEqual([])
    expect((await here.book(at('11:00'), undefined, 'west')).isOk()).toBe(true)
    await here.block(monday('10:00'), monday('19:00'), { branch: 'west' })
    const refused = await here.book(monday('11:00'), undefined, 'west')
    expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'slot-taken' })
  })

  it('leave the work of a colleague in another branch alone', async () => {
    const both = salon.replace('name: Nina Probe, branches: [mitte]', 'name: Nina Probe, branches: [mitte, west]')
    const desk = await openDesk([both])
    const here = await atSalon(desk)
    await here.block(at('09:00'), at('19:00'), { branch: 'mitte' })
    expect(await here.free('nina')).toEqual([])
    expect((await here.book(at('11:00'), 'nina', 'west')).isOk()).toBe(true)
    const { block, book } = here
    await block(at('13:00'), at('14:00'), { staff: 'nina' })
    expect((await book(at('13:00'), 'nina', 'west')).isErr()).toBe(true)
  })

  it('take nobody’s appointment away, name those inside, and let them be moved out but not about', async () => {
    const desk = await openDesk()
    const here = await atSalon(desk)
    const inside = (await here.book(at('10:00'), 'nina'))._unsafeUnwrap().appointment
    const gone = (await here.book(at('12:00'), 'nina'))._unsafeUnwrap().appointment
    await here.cancel(gone.id)
    await here.book(at('10:00'), 'udo')
    const { blocked, appointments } = (
      await here.block(at('09:00'), at('14:00'), { staff: 'nina' }, 'Arzt')
    )._unsafeUnwrap()
    expect(appointments.map(({ appointment }) => appointment.id)).toEqual([inside.id])
    expect(blocked).toMatchObject({ reason: 'Arzt', createdBy: { kind: 'job', name: 'test' } })
    expect((await desk.app.appointmentDetail(here.scope, inside.id))?.appointment.status).toBe('confirmed')
    expect((await here.move(inside.id, at('10:15')))._unsafeUnwrapErr()).toMatchObject({ kind: 'slot-taken' })
    expect((await here.move(inside.id, at('15:00'))).isOk()).toBe(true)
    expect((await here.free('nina')).some(({ startsAt }) => startsAt < at('14:00'))).toBe(false)
    expect((await here.move(inside.id, at('10:00')))._unsafeUnwrapErr()).toMatchObject({ kind: 'slot-taken' })
  })

  it('close over what is moved out or cancelled inside them, in the database as well', async () => {
    const desk = await openDesk()
    const here = await atSalon(desk)
    const [one, other] = [await here.book(at('10:00'), 'nina'), await here.book(at('12:00'), 'nina')]
    await here.block(at('09:00'), at('14:00'), { branch: 'mitte' })
    await here.move(one._unsafeUnwrap().appointment.id, at('15:00'))
    await desk.app.cancelAppointment(here.scope, here.profile, other._unsafeUnwrap().appointment.id, undefined)
    for (const clock of ['10:00', '12:00']) expect((await here.claim('nina', at(clock))).isErr()).toBe(true)
    expect((await here.claim('nina', at('16:00'))).isOk()).toBe(true)
  })

  it('let a call have what it was held before', async () => {
    const desk = await openDesk()
    const here = await atSalon(desk)
    const args = { service: 'Damenhaarschnitt', date: '2026-11-24', time: '10:00', customer_name: 'Lotte Probe' }
    expect(await desk.ask('check_availability', args)).toMatchObject({ status: 'available' })
    await here.block(at('09:00'), at('12:00'), { branch: 'mitte' })
    expect(await desk.ask('check_availability', args, { call: 'call_b' })).not.toMatchObject({ status: 'available' })
    expect(await desk.ask('book_appointment', args)).toMatchObject({ status: 'booked' })
  })

  it('tell open pages when they come and go', async () => {
    const desk = await openDesk()
    const here = await atSalon(desk)
    const before = await desk.ports.events.latest(here.scope.company)
    const { blocked } = (await here.block(at('09:00'), at('12:00'), { staff: 'nina' }))._unsafeUnwrap()
    await desk.app.unblockTime(here.scope, blocked.id)
    const told = await desk.ports.events.after(here.scope.company, before, 9)
    expect(told.map(({ kind, data }) => [kind, data])).toEqual(
      Array(2).fill(['blocked_time.updated', { blocked_time_id: blocked.id }]),
    )
  })

  it.each([
    ['/staff', {}, '10:00', '11:00'],
    ['/branch', { staff: 'nina', branch: 'mitte' }, '10:00', '11:00'],
    ['/staff', { staff: 'niemand' }, '10:00', '11:00'],
    ['/branch', { branch: 'nirgends' }, '10:00', '11:00'],
    ['/to', { staff: 'nina' }, '10:00', '10:00'],
    ['/to', { staff: 'nina' }, '11:00', '10:00'],
  ])('refuse at %s what %j from %s to %s cannot mean', async (pointer, whose, from, to) => {
    const here = await atSalon(await openDesk())
    const refused = await here.block(at(from), at(to), whose)
    expect(refused._unsafeUnwrapErr()).toMatchObject({ kind: 'invalid-input', errors: [{ pointer }] })
  })

  it('are neither over already nor longer than a year and a day', async () => {
    const here = await atSalon(await openDesk())
    const early = at('09:00', '2026-11-19')
    for (const [from, to] of [
      [early, later(early, 60 * MINUTE)] as const,
      [at('09:00'), later(at('09:01'), 366 * DAY)] as const,
    ]) {
      expect((await here.block(from, to, { staff: 'nina' }))._unsafeUnwrapErr()).toMatchObject({
        errors: [{ pointer: '/to' }],
      })
    }
  })
})

describe.each(testDatabases)('blocked times in $name', { timeout: 60_000 }, ({ make }) => {
  it('are refused by the database itself, over months, until they are given back', async () => {
    const database = await make()
    let close = async () => {}
    const ids: Ids = countingIds()
    const desk = await openDesk([salon], async (clock) => {
      const opened = await openPorts(database, { clock, ids })
      close = opened.close
      return opened.ports
    })
    try {
      const here = await atSalon(desk)
      const appointment = (await here.book(at('10:00'), 'nina'))._unsafeUnwrap().appointment
      const end = later(at('09:00'), 70 * DAY)
      const first = (await here.block(at('09:00'), end, { branch: 'mitte' }))._unsafeUnwrap()
      const second = (await here.block(at('11:00'), at('13:00'), { staff: 'nina' }))._unsafeUnwrap()
      const late = later(at('11:00'), 50 * DAY)
      for (const moment of [at('11:00'), late]) {
        for (const who of ['nina', 'udo']) {
          expect((await here.claim(who, moment)).isErr(), `${who} ${isoUtc(moment)}`).toBe(true)
        }
      }
      expect((await here.claim('nina', instant(end))).isOk()).toBe(true)
      await desk.app.unblockTime(here.scope, first.blocked.id)
      expect((await here.claim('nina', at('11:00'))).isErr()).toBe(true)
      expect((await here.claim('udo', at('11:00'))).isOk()).toBe(true)
      expect((await here.claim('nina', late)).isOk()).toBe(true)
      await desk.app.unblockTime(here.scope, second.blocked.id)
      expect((await desk.app.unblockTime(here.scope, second.blocked.id))._unsafeUnwrapErr()).toEqual({
        kind: 'not-found',
      })
      expect((await here.claim('nina', at('11:00'))).isOk()).toBe(true)
      expect((await desk.app.appointmentDetail(here.scope, appointment.id))?.appointment).toEqual(appointment)
    } finally {
      await close()
      await database.drop()
    }
  })

  it('and bookings race for the same hour: both stand, and never in each other’s time', async () => {
    const database = await make()
    let close = async () => {}
    const desk = await openDesk([salon], async (clock) => {
      const opened = await openPorts(database, { clock })
      close = opened.close
      return opened.ports
    })
    try {
      const here = await atSalon(desk)
      const hours = ['09:00', '10:00', '11:00', '13:00', '15:00']
      const [blockedTimes, booked] = await Promise.all([
        Promise.all([
          here.block(at('09:00'), at('18:00'), { branch: 'mitte' }),
          here.block(at('10:00'), at('12:00'), { staff: 'nina' }),
        ]),
        Promise.all(hours.map((hour) => here.book(at(hour), 'nina'))),
      ])
      expect(blockedTimes.every((one) => one.isOk())).toBe(true)
      const nina = blockedTimes[1]?._unsafeUnwrap().blocked.resources[0]
      const busy = await desk.look((tx) =>
        tx.occupancy.between(nina ? [nina] : [], at('00:00'), at('23:00'), desk.clock.now()),
      )
      const total = busy.reduce((sum, one) => sum + (one.endsAt - one.startsAt), 0)
      expect(total).toBe(9 * 60 * MINUTE)
      expect(busy.filter(({ owner }) => owner.startsWith('apt_'))).toHaveLength(
        booked.filter((one) => one.isOk()).length,
      )
      expect(await here.free()).toEqual([])
    } finally {
      await close()
      await database.drop()
    }
  })
})
