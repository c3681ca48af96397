import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CalcomFault } from '../../src/adapters/simulation/calcom/faults.ts'
import type { Appointment } from '../../src/domain/booking/appointment.ts'
import { type CalcomDesk, monday, openCalcomDesk } from './calcom-desk.ts'
import { ninaAtCalcom } from './calcom-salon.ts'

const undone = ['down-503', 'down-524', 'breaks-off', 'limited', 'empty-undone', 'refuses', 'not-found'] as const
const done = ['down-after', 'breaks-off-after', 'empty-after', 'no-although-done', 'not-found-although-done'] as const
const untrue = ['other-time', 'other-time-and-breaks-off', 'old-booking'] as const
const changing = fc.option(fc.constantFrom<CalcomFault>(...undone, ...done, ...untrue), { nil: undefined, freq: 4 })
const looking = fc.option(fc.constantFrom<CalcomFault>('down-503', 'wrong-key', 'unfiltered'), {
  nil: undefined,
  freq: 1,
})

type Step =
  | { readonly does: 'book' | 'move'; readonly who: number; readonly hour: number; readonly fault: Faults }
  | { readonly does: 'cancel'; readonly who: number; readonly fault: Faults }
  | { readonly does: 'wait'; readonly minutes: number; readonly killed: boolean }
interface Faults {
  readonly change: CalcomFault | undefined
  readonly look: CalcomFault | undefined
  /** The first request that changes something goes well, and only the next one ends like this. */
  readonly isLate: boolean
}

const who = fc.integer({ min: 0, max: 1 })
const hour = fc.integer({ min: 9, max: 16 })
const fault = fc.record({ change: changing, look: looking, isLate: fc.boolean() })
const wait = fc.record({
  does: fc.constant('wait' as const),
  minutes: fc.integer({ min: 1, max: 12 }),
  killed: fc.boolean(),
})
const steps: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.record({ does: fc.constant('book' as const), who, hour, fault }),
    fc.array(
      fc.oneof(
        fc.record({ does: fc.constantFrom('book' as const, 'move' as const, 'move' as const), who, hour, fault }),
        fc.record({ does: fc.constant('cancel' as const), who, fault }),
        wait,
      ),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([first, rest]) => [first, ...rest])

const wave = `
  - { slug: dauerwelle, name: Dauerwelle, segments: [{ key: A, staff_minutes: 30, wait_after_minutes: 30, calcom_event_type_id: 9201 }, { key: B, staff_minutes: 30, wait_after_minutes: 0, calcom_event_type_id: 9202 }], branches: [mitte] }
staff:`

interface Booked {
  readonly service: string
  readonly open: () => Promise<CalcomDesk>
  /** The minutes after its beginning at which Cal.com should have its bookings, by their parts. */
  readonly parts: readonly (readonly [part: string | undefined, minutes: number])[]
}

const simple: Booked = { service: 'Herrenhaarschnitt', open: () => openCalcomDesk(), parts: [[undefined, 0]] }
const composite: Booked = {
  service: 'Dauerwelle',
  open: () =>
    openCalcomDesk(
      (calcom) => {
        for (const id of [9201, 9202]) calcom.addEventType({ id, minutes: 30, hosts: [ninaAtCalcom], slotInterval: 30 })
      },
      (file) => file.replace('\nstaff:', wave).replace('damenhaarschnitt],', 'damenhaarschnitt, dauerwelle],'),
    ),
  parts: [
    ['A', 0],
    ['B', 60],
  ],
}

const perform = async (desk: CalcomDesk, service: string, step: Step): Promise<void> => {
  desk.clock.advance(5_000)
  if (step.does === 'wait') {
    desk.calcom.recover()
    await desk.later(step.minutes, step.killed ? await desk.startAnother() : desk.app)
    return
  }
  const { change, look, isLate } = step.fault
  for (const endpoint of ['book', 'reschedule', 'cancel'] as const) {
    desk.calcom.misbehave(endpoint, isLate ? [undefined, change] : [change])
  }
  for (const endpoint of ['bookings', 'booking'] as const) desk.calcom.misbehave(endpoint, look)
  const caller = { call: `call_${step.who}`, from: `+491555010000${step.who}` }
  if (step.does === 'book') {
    const wish = { service, date: 'Montag', time: `${step.hour} Uhr`, customer_name: 'Max Muster' }
    await desk.ask('book_appointment', wish, caller)
    return
  }
  const [mine] = await desk.look((tx) => tx.appointments.ofCall(caller.call))
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  if (!mine || !profile) return
  if (step.does === 'cancel') {
    await desk.app.cancelAppointment(scope, profile, mine.id, 'Krank')
    return
  }
  const startsAt = monday(`${String(step.hour).padStart(2, '0')}:00`)
  await desk.app.moveAppointment(scope, profile, mine.id, { startsAt, staff: undefined })
}

/** What Cal.com has of an appointment, and what it should have. */
const check = (desk: CalcomDesk, { parts }: Booked, appointment: Appointment): void => {
  const live = desk.calcom.live().filter(({ metadata }) => metadata.frontdesk_appointment === appointment.id)
  expect(live.length).toBeLessThanOrEqual(parts.length)
  if (appointment.sync === 'review') return
  expect(appointment).toMatchObject({ sync: 'synced', moving: undefined })
  expect(['confirmed', 'cancelled']).toContain(appointment.status)
  const wanted = parts.map(([part, minutes]) => [part, appointment.startsAt + minutes * 60_000])
  const there = live.map(({ start, metadata }) => [metadata.frontdesk_part, start])
  expect(there.toSorted()).toEqual(appointment.status === 'cancelled' ? [] : wanted)
  if (appointment.status !== 'cancelled') expect(live.map(({ uid }) => uid)).toContain(appointment.provider.uid)
}

it.each([
  ['one booking for each appointment', simple, 15],
  ['one booking for each part of an appointment', composite, 8],
] as const)(
  'ends with %s, at its time, or none, whatever Cal.com does and whoever is killed (I-96, I-98, I-111, I-112)',
  { timeout: 180_000 },
  async (_, booked, runs) => {
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const desk = await booked.open()
        try {
          for (const step of plan) await perform(desk, booked.service, step)
          desk.calcom.recover()
          await desk.later(45, await desk.startAnother())
          const asked = new Set(plan.flatMap((step) => ('hour' in step ? [step.hour] : [])))
          const wished = [...asked].map((one) => monday(`${String(one).padStart(2, '0')}:00`))
          for (const appointment of await desk.appointments()) {
            expect(wished).toContain(appointment.startsAt)
            check(desk, booked, appointment)
          }
          const references = new Set((await desk.appointments()).map(({ id }) => id))
          for (const { metadata } of desk.calcom.live()) {
            expect([...references]).toContain(metadata.frontdesk_appointment)
          }
        } finally {
          await desk.close()
        }
      }),
      { numRuns: Number(process.env.FAULT_RUNS ?? runs) },
    )
  },
)
