import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import type { Ids } from '../../../src/application/ports/ambient.ts'
import { secret } from '../../../src/domain/secret.ts'
import { instant } from '../../../src/domain/time.ts'
import { race } from '../../contracts/fixtures.ts'
import { openPorts } from '../../databases/open-ports.ts'
import { testDatabases } from '../../databases/test-databases.ts'
import { type Desk, openDesk, salon } from '../desk.ts'

const key = secret('key_platform')
const max = { key, from: '+491713920001' }
const anna = { key, from: '+4915550100007' }
const wish = { service: 'Herrenhaarschnitt', date: '24.11.2026', time: '10:30', staff: 'Nina' }

const whole = async (desk: Desk, id: string) => {
  const appointment = await desk.look((tx) => tx.appointments.find(id as `apt_${string}`))
  if (!appointment) throw new Error('It is gone')
  const profile = await desk.ports.directory.profile((await desk.scopeOf()).company)
  const everybody = (profile?.staff ?? []).map((one) => one.id)
  const taken = await desk.look((tx) =>
    tx.occupancy.between(everybody, instant(0), instant(Date.parse('2027-01-01')), desk.clock.now()),
  )
  return { appointment, taken: taken.filter(({ owner }) => !owner.startsWith('off_')) }
}

describe.each(testDatabases)('two callers and one appointment on $name', { timeout: 120_000 }, ({ make }) => {
  const withDesk = async (work: (desk: Desk) => Promise<void>) => {
    const database = await make()
    const ids: Ids = countingIds()
    let close = async () => {}
    const desk = await openDesk(
      [salon.concat('policies: { cancel: { max_per_30_days: 99 }, reschedule: { max_per_appointment: 99 } }\n')],
      async (clock) => {
        const opened = await openPorts(database, { clock, ids })
        close = opened.close
        return { ...opened.ports, voice: retellVoicePlatform }
      },
    )
    try {
      await work(desk)
    } finally {
      await close()
      await database.drop()
    }
  }
  const book = async (desk: Desk, round: number) => {
    const booked = await desk.ask('book_appointment', wish, { ...max, call: `call_book_${round}` })
    expect(booked.status).toBe('booked')
    return String(booked.appointment_id)
  }

  it('who move and cancel it at once end in one state, with no time left behind (I-127)', () =>
    withDesk(async (desk) => {
      for (let round = 0; round < 6; round += 1) {
        // What was held in the round before is held no more.
        desk.clock.advance(301_000)
        const id = await book(desk, round)
        const mover = { ...max, call: `call_move_${round}` }
        const canceller = { ...max, call: `call_cancel_${round}` }
        const there = { appointment_id: id, new_time: round % 2 === 0 ? '11:00' : '15:00' }
        await desk.ask('reschedule_appointment', there, mover)
        await desk.ask('cancel_appointment', { appointment_id: id }, canceller)
        const move = () => desk.ask('reschedule_appointment', { ...there, confirmed: true }, mover)
        const cancel = () => desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, canceller)
        const movesFirst = round % 3 !== 0
        const started = movesFirst ? [move(), cancel()] : [cancel(), move()]
        const [first, second] = await Promise.all(started)
        const [moved, cancelled] = movesFirst ? [first, second] : [second, first]
        if (!moved || !cancelled) throw new Error('Not both were answered')
        const { appointment, taken } = await whole(desk, id)
        const wasMoved = moved.status === 'rescheduled'
        expect(wasMoved || moved.status === 'denied', String(moved.status)).toBe(true)
        if (wasMoved) {
          expect(cancelled).toMatchObject({ status: 'needs_confirmation', appointment: { time: there.new_time } })
          expect(appointment).toMatchObject({ status: 'confirmed' })
          expect(taken).toMatchObject([{ owner: id, startsAt: appointment.startsAt }])
          await desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, canceller)
        } else {
          expect(cancelled.status).toBe('cancelled')
        }
        const end = await whole(desk, id)
        expect(end.appointment.status).toBe('cancelled')
        expect(end.taken).toEqual([])
        expect(end.appointment.history.filter(({ action }) => action === 'cancelled')).toHaveLength(1)
      }
    }))

  it('of whom ten cancel it at once cancel it once', () =>
    withDesk(async (desk) => {
      const id = await book(desk, 0)
      await race(10, (which) =>
        desk.ask('cancel_appointment', { appointment_id: id }, { ...max, call: `call_${which}` }),
      )
      const answers = await race(10, (which) =>
        desk.ask('cancel_appointment', { appointment_id: id, confirmed: true }, { ...max, call: `call_${which}` }),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['cancelled']))
      const { appointment, taken } = await whole(desk, id)
      expect(appointment.history.filter(({ action }) => action === 'cancelled')).toHaveLength(1)
      expect(taken).toEqual([])
    }))

  it('of whom ten move two appointments onto one time have one winner, and the other stays where it was', () =>
    withDesk(async (desk) => {
      const ids = [await book(desk, 0)]
      const other = await desk.ask(
        'book_appointment',
        { ...wish, time: '12:30', name: 'Anna Test' },
        { ...anna, call: 'call_book_other' },
      )
      ids.push(String(other.appointment_id))
      const goal = { new_time: '16:00' }
      const callers = [
        { ...max, call: 'call_m' },
        { ...anna, call: 'call_a' },
      ]
      for (const caller of callers) await desk.ask('reschedule_appointment', goal, caller)
      desk.clock.advance(301_000)
      const answers = await race(10, (which) =>
        desk.ask('reschedule_appointment', { ...goal, confirmed: true }, callers[which % 2]),
      )
      const winners = new Set(answers.filter(({ status }) => status === 'rescheduled').map((one) => one.appointment_id))
      const states = await Promise.all(ids.map((id) => whole(desk, id)))
      const there = states.filter(({ appointment }) => appointment.startsAt === Date.parse('2026-11-24T15:00:00Z'))
      expect(there.length).toBeLessThanOrEqual(1)
      expect(winners.size).toBe(there.length)
      expect(states[0]?.taken).toHaveLength(2)
      for (const { appointment, taken } of states) {
        expect(taken.find(({ owner }) => owner === appointment.id)?.startsAt).toBe(appointment.startsAt)
      }
    }))
})
