import { describe, expect, it } from 'vitest'
import type { Decision, Disputed } from '../../../src/application/calendar/difference.ts'
import { grantCompany } from '../../../src/application/grant-scope.ts'
import { monday, openHearing, told } from './hearing.ts'

type Hearing = Awaited<ReturnType<typeof openHearing>>

const nina = { kind: 'user', name: 'nina@salon-sonne.example' } as const

const opened = async () => {
  const desk = await openHearing()
  const scope = grantCompany(desk.scope.company, nina)
  return {
    ...desk,
    differences: async () => (await desk.app.calendarDifferences(scope)).differences,
    settle: (about: Disputed, decision: Decision) => desk.app.settleDifference(scope, about, decision),
  }
}

/** An appointment that stands here, and that the calendar has lost. */
const lost = async () => {
  const desk = await opened()
  const { id } = await desk.book()
  await desk.pass(1)
  desk.calendar.forget('uid_1')
  await desk.pass(16)
  return { desk, id }
}

const places = (desk: Pick<Hearing, 'calendar'>) => desk.calendar.asked().filter((one) => one === 'place').length

describe('in what both sides are not of one mind', () => {
  it('is nothing where they say the same', async () => {
    const desk = await opened()
    await desk.book()
    expect(await desk.differences()).toEqual([])
  })

  it('is what the calendar has not heard of, what it says otherwise, and what nobody here knows', async () => {
    const { desk, id } = await lost()
    desk.calendar.misbehave('place', 'down')
    const untold = await desk.book({ time: '14 Uhr' }, { call: 'call_b', from: '+4915550100002' })
    await desk.hear(told('uid_x', '11:00', { eventType: 4711 }))
    const differences = await desk.differences()
    expect(
      differences.map((one) => [one.kind, one.kind === 'unmatched' ? one.booking.uid : one.view.appointment.id]),
    ).toEqual([
      ['disputed', id],
      ['untold', untold.id],
      ['unmatched', 'uid_x'],
    ])
    expect(differences[0]).toMatchObject({ view: { customer: { name: 'Max Muster' } }, bookings: [{ uid: 'uid_1' }] })
    expect(differences.map(({ decisions }) => decisions)).toEqual([
      ['look-again', 'book-there', 'keep-ours', 'cancel-here'],
      ['look-again', 'cancel-here'],
      ['look-again', 'take-over', 'keep-ours', 'cancel-there'],
    ])
  })
})

describe('somebody decides', () => {
  it('to have it booked there again: once, with who decided it', async () => {
    const { desk, id } = await lost()
    const settled = await desk.settle({ appointment: id }, { kind: 'book-there' })
    expect(settled._unsafeUnwrap().left?.kind).toBe('untold')
    await desk.pass(1)
    await desk.pass(16)
    const [now] = await desk.appointments()
    expect(now).toMatchObject({ status: 'confirmed', sync: 'synced', startsAt: monday('10:00') })
    expect(now?.history.at(-1)).toMatchObject({ action: 'placed-again', actor: nina })
    expect(places(desk)).toBe(2)
    expect(desk.calendar.bookings()).toMatchObject([{ reference: id, startsAt: monday('10:00') }])
    expect([await desk.differences(), await desk.openAlerts()]).toEqual([[], []])
    expect((await desk.settle({ appointment: id }, { kind: 'book-there' })).isErr()).toBe(true)
  })

  it('to have it booked there again, which does not book twice what was there after all', async () => {
    const { desk, id } = await lost()
    desk.calendar.bookedThere(told('uid_1', '10:00', { reference: id, createdAt: desk.clock.now() }))
    await desk.settle({ appointment: id }, { kind: 'book-there' })
    await desk.pass(1)
    expect(places(desk)).toBe(1)
    expect(await desk.appointments()).toMatchObject([
      { status: 'confirmed', sync: 'synced', provider: { uid: 'uid_1' } },
    ])
  })

  it('to leave it as it is, and nobody is asked again', async () => {
    const { desk, id } = await lost()
    expect((await desk.settle({ appointment: id }, { kind: 'keep-ours' }))._unsafeUnwrap().left).toBeUndefined()
    await desk.pass(25 * 60)
    const [now] = await desk.appointments()
    expect(now).toMatchObject({ status: 'confirmed', sync: 'synced' })
    expect(now?.history.at(-1)).toMatchObject({ action: 'upheld', actor: nina })
    expect([await desk.differences(), await desk.openAlerts()]).toEqual([[], []])
    expect(
      desk.mailsTo('max@salon-sonne.example').filter(({ subject }) => /verschoben|abgesagt/i.test(subject)),
    ).toEqual([])
  })

  it('to call it off, through the same door as everybody', async () => {
    const { desk, id } = await lost()
    expect((await desk.settle({ appointment: id }, { kind: 'cancel-here' })).isOk()).toBe(true)
    await desk.pass(1)
    const [now] = await desk.appointments()
    expect(now).toMatchObject({ status: 'cancelled', sync: 'synced' })
    expect(now?.history.at(-1)).toMatchObject({ action: 'cancelled', actor: nina })
    expect(await desk.taken('10:00')).toEqual([])
    expect([await desk.differences(), await desk.openAlerts()]).toEqual([[], []])
  })

  it('to look again: what is there after all is believed', async () => {
    const { desk, id } = await lost()
    expect((await desk.settle({ appointment: id }, { kind: 'look-again' }))._unsafeUnwrap().left?.kind).toBe('disputed')
    desk.calendar.bookedThere(told('uid_1', '10:00', { reference: id }))
    expect((await desk.settle({ appointment: id }, { kind: 'look-again' }))._unsafeUnwrap().left).toBeUndefined()
    expect(await desk.appointments()).toMatchObject([{ status: 'confirmed', sync: 'synced' }])
    expect(await desk.openAlerts()).toEqual([])
  })

  it('to look again while the calendar is away, and nothing changes', async () => {
    const { desk, id } = await lost()
    desk.calendar.misbehave('booking', 'down')
    const settled = await desk.settle({ appointment: id }, { kind: 'look-again' })
    expect(settled).toMatchObject({ error: { kind: 'calendar-unreachable' } })
    expect(await desk.differences()).toHaveLength(1)
  })

  it('that the calendar is told at once', async () => {
    const desk = await opened()
    desk.calendar.misbehave('place', 'down')
    const { id } = await desk.book()
    desk.calendar.misbehave('place', undefined)
    await desk.settle({ appointment: id }, { kind: 'look-again' })
    await desk.app.workJobs(100)
    expect(await desk.appointments()).toMatchObject([{ status: 'confirmed', sync: 'synced' }])
  })

  it('to call off there what is cancelled here', async () => {
    const desk = await opened()
    const { id } = await desk.book()
    await desk.pass(1)
    await desk.app.cancelAppointment(desk.scope, desk.profile, id, undefined)
    desk.calendar.bookedThere(told('uid_1', '10:00', { reference: id, changedAt: desk.clock.now() }))
    await desk.pass(16)
    const [difference] = await desk.differences()
    expect(difference?.decisions).toEqual(['look-again', 'cancel-there', 'keep-ours'])
    expect((await desk.settle({ appointment: id }, { kind: 'cancel-there' })).isOk()).toBe(true)
    await desk.pass(1)
    expect(desk.calendar.bookings()).toMatchObject([{ uid: 'uid_1', status: 'cancelled' }])
    expect([await desk.differences(), await desk.openAlerts()]).toEqual([[], []])
  })

  it('to take a booking over as an appointment of a branch and a service', async () => {
    const desk = await opened()
    await desk.hear(told('uid_x', '11:00', { eventType: 4711 }))
    const about = { booking: 'uid_x' }
    const over = { kind: 'take-over', branch: 'mitte', service: 'herrenhaarschnitt', staff: 'udo' } as const
    expect(await desk.settle(about, { ...over, service: 'nonsense' })).toMatchObject({
      error: { kind: 'invalid-input' },
    })
    expect((await desk.settle(about, over))._unsafeUnwrap().left).toBeUndefined()
    const [made] = await desk.appointments()
    expect(made).toMatchObject({
      ...{ source: 'calendar', status: 'confirmed', sync: 'synced', staff: desk.named('udo').id },
      ...{ provider: { uid: 'uid_x' }, history: [{ action: 'booked', actor: nina }] },
    })
    expect(await desk.settle(about, over)).toMatchObject({ error: { kind: 'not-found' } })
    await desk.hear(told('uid_x', '11:00', { eventType: 4711, status: 'cancelled' }))
    expect(await desk.appointments()).toMatchObject([{ status: 'cancelled' }])
  })

  it('that a booking is none of ours, and it is not shown any more', async () => {
    const desk = await opened()
    await desk.hear(told('uid_x', '11:00'))
    expect((await desk.settle({ booking: 'uid_x' }, { kind: 'keep-ours' }))._unsafeUnwrap().left).toBeUndefined()
    await desk.hear(told('uid_x', '11:00', { staff: desk.named('nina') }))
    expect([await desk.differences(), await desk.appointments()]).toEqual([[], []])
  })

  it('to call a booking off there that is no appointment', async () => {
    const desk = await opened()
    const stranger = told('uid_x', '11:00', { eventType: 4711 })
    desk.calendar.bookedThere(stranger)
    await desk.hear(stranger)
    desk.calendar.misbehave('cancel', 'down')
    const failed = await desk.settle({ booking: 'uid_x' }, { kind: 'cancel-there' })
    expect(failed).toMatchObject({ error: { kind: 'calendar-unreachable' } })
    desk.calendar.misbehave('cancel', undefined)
    expect((await desk.settle({ booking: 'uid_x' }, { kind: 'cancel-there' }))._unsafeUnwrap().left).toBeUndefined()
    expect(desk.calendar.bookings()).toMatchObject([{ uid: 'uid_x', status: 'cancelled' }])
    expect([await desk.differences(), await desk.appointments()]).toEqual([[], []])
  })

  it('nothing that does not fit, and nothing about what is no difference', async () => {
    const { desk, id } = await lost()
    expect(await desk.settle({ appointment: id }, { kind: 'cancel-there' })).toMatchObject({
      error: { kind: 'decision-unfit', possible: ['look-again', 'book-there', 'keep-ours', 'cancel-here'] },
    })
    expect(await desk.settle({ booking: 'uid_1' }, { kind: 'keep-ours' })).toMatchObject({
      error: { kind: 'not-found' },
    })
    expect(await desk.settle({ appointment: 'apt_99999999' }, { kind: 'keep-ours' })).toMatchObject({
      error: { kind: 'not-found' },
    })
  })
})
