import { describe, expect, it } from 'vitest'
import { HOUR, instant } from '../../../src/domain/time.ts'
import { openDesk, salon } from '../desk.ts'
import { agreed, book, find, max, maxBooking, tuesday } from './changes.ts'

describe('reschedule_appointment', () => {
  const wednesday = { new_date: 'Mittwoch', new_time: '11 Uhr' }

  it('checks, asks with both times, moves after the yes and says both whole (I-38)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const asked = await desk.ask('reschedule_appointment', { old_datum: 'Dienstag', ...wednesday }, max)
    const places = {
      old: {
        date: '24.11.2026',
        time: '10:30',
        weekday: 'Dienstag',
        starts_at: '2026-11-24T10:30:00+01:00',
        staff_slug: 'nina',
      },
      new: {
        date: '25.11.2026',
        time: '11:00',
        weekday: 'Mittwoch',
        starts_at: '2026-11-25T11:00:00+01:00',
        staff_slug: 'nina',
      },
    }
    expect(asked).toMatchObject({ status: 'needs_confirmation', appointment_id: id, fee: 0, ...places })
    expect(asked.message).toBe(
      'Ich würde Ihren Termin für Herrenhaarschnitt auf Mittwoch, den 25. November um 11 Uhr bei Nina Probe verschieben, bisher war es Dienstag, den 24. November um 10 Uhr 30. Ist das richtig so?',
    )
    const done = await desk.ask('reschedule_appointment', { confirm_reschedule: 'true' }, max)
    expect(done).toMatchObject({ status: 'rescheduled', appointment_id: id, time: '11:00', ...places })
    expect(done.message).toBe(
      'Ihr Termin für Herrenhaarschnitt ist verschoben: Mittwoch, den 25. November um 11 Uhr bei Nina Probe, statt Dienstag, den 24. November um 10 Uhr 30.',
    )
    expect((await desk.look((tx) => tx.calls.find('call_later')))?.outcome).toBe('rescheduled')
    expect(await desk.look((tx) => tx.offers.live(desk.clock.now()))).toEqual([])
    expect(await desk.ask('check_availability', tuesday, { call: 'call_b' })).toMatchObject({ status: 'available' })
  })

  it('writes down who moved it when, why and between whom (I-148)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    await agreed(desk, 'reschedule_appointment', { ...wednesday, staff: 'Udo', reason: 'Urlaub' })
    const appointment = await find(desk, id)
    const { staff } = (await desk.ports.directory.profile((await desk.scopeOf()).company)) ?? { staff: [] }
    const idOf = (slug: string) => staff.find((one) => one.slug === slug)?.id
    expect(appointment?.history.at(-1)).toMatchObject({
      action: 'moved',
      actor: { kind: 'voice-agent' },
      from: Date.parse('2026-11-24T09:30:00Z'),
      to: Date.parse('2026-11-25T10:00:00Z'),
      fromStaff: idOf('nina'),
      toStaff: idOf('udo'),
      reason: 'Urlaub',
      callId: 'call_later',
      withinPolicy: true,
    })
  })

  it('holds the checked time while it waits for the yes', async () => {
    const desk = await openDesk()
    await book(desk)
    expect((await desk.ask('reschedule_appointment', wednesday, max)).status).toBe('needs_confirmation')
    const rival = { ...tuesday, date: '25.11.2026', time: '11 Uhr' }
    expect((await desk.ask('check_availability', rival, { call: 'call_b' })).status).toBe('unavailable')
    desk.clock.advance(301_000)
    expect((await desk.ask('book_appointment', { ...rival, name: 'Anna Test' }, { call: 'call_c' })).status).toBe(
      'booked',
    )
    expect((await desk.ask('reschedule_appointment', { ...wednesday, confirmed: true }, max)).status).toBe(
      'unavailable',
    )
  })

  it('is not booked besides by an agent that confirms with the wrong tool (I-40)', async () => {
    const desk = await openDesk()
    await book(desk)
    await desk.ask('reschedule_appointment', wednesday, max)
    expect((await desk.ask('book_appointment', { confirmed: true }, max)).status).toBe('needs_service')
    expect(await desk.look((tx) => tx.appointments.ofCall('call_later'))).toEqual([])
    const both = { service: 'Herrenhaarschnitt', date: '25.11.2026', time: '11 Uhr' }
    expect((await desk.ask('book_appointment', both, max)).status).toBe('booked')
  })

  it('never takes a repetition for a yes, nor a yes to another time (I-40)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const at = async () => (await find(desk, id))?.startsAt
    const before = await at()
    for (const confirmed of [false, false, false]) {
      expect((await desk.ask('reschedule_appointment', { ...wednesday, confirmed }, max)).status).toBe(
        'needs_confirmation',
      )
    }
    const other = { new_date: 'Donnerstag', new_time: '11 Uhr', confirmed: true }
    expect((await desk.ask('reschedule_appointment', other, max)).status).toBe('needs_confirmation')
    expect(await at()).toBe(before)
    const fresh = { ...max, call: 'call_fresh' }
    expect((await desk.ask('reschedule_appointment', { ...wednesday, confirmed: true }, fresh)).status).not.toBe(
      'rescheduled',
    )
    expect(await at()).toBe(before)
  })

  it('asks for the new time with free ones, and takes a time alone as one of the same day', async () => {
    const desk = await openDesk()
    await book(desk)
    const none = await desk.ask('reschedule_appointment', {}, max)
    expect(none.status).toBe('needs_new_time')
    expect(none.message).toContain('Auf wann möchten Sie Ihren Termin für Herrenhaarschnitt am Dienstag')
    expect(none.alternatives).toHaveLength(3)
    const day = await desk.ask('reschedule_appointment', { new_date: 'Donnerstag' }, max)
    expect(day).toMatchObject({ status: 'needs_new_time' })
    expect(JSON.stringify(day.alternatives)).toContain('"2026-11-26T10:30:00+01:00"')
    expect(
      await desk.ask('reschedule_appointment', { new_date: 'Montag, den 26. November', new_time: '9 Uhr' }, max),
    ).toMatchObject({
      status: 'needs_new_time',
      reason_code: 'ambiguous',
    })
    expect(await desk.ask('reschedule_appointment', { neue_uhrzeit: 'halb vier' }, max)).toMatchObject({
      status: 'needs_confirmation',
      new: { date: '24.11.2026', time: '15:30' },
    })
    expect(await desk.ask('reschedule_appointment', { new_time: '10:30' }, max)).toMatchObject({
      status: 'needs_new_time',
    })
  })

  it('looks for time of its own service, not of the first one (I-92)', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, service: 'Damenhaarschnitt', name: 'Lena Muster', for_someone_else: true })
    const late = await desk.ask('reschedule_appointment', { new_time: '17:00' }, max)
    expect(late).toMatchObject({ status: 'needs_confirmation', new: { ends_at: '2026-11-24T18:00:00+01:00' } })
    const tooLate = await desk.ask('reschedule_appointment', { new_time: '17:15' }, max)
    expect(tooLate).toMatchObject({ status: 'unavailable', reason_code: 'closed' })
  })

  it('is not in its own way, half an hour later with the same colleague (I-123)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const moved = await agreed(desk, 'reschedule_appointment', { new_time: '11:00' })
    expect(moved).toMatchObject({ status: 'rescheduled', new: { time: '11:00', staff_slug: 'nina' } })
    const profile = await desk.ports.directory.profile((await desk.scopeOf()).company)
    const nina = profile?.staff.find(({ slug }) => slug === 'nina')?.id
    const taken = await desk.look((tx) =>
      tx.occupancy.between(nina ? [nina] : [], instant(0), instant(9e15), desk.clock.now()),
    )
    expect(taken).toMatchObject([{ owner: id, startsAt: Date.parse('2026-11-24T10:00:00Z') }])
  })

  it('is in the way of another one that its own caller wants besides (I-123)', async () => {
    const desk = await openDesk()
    await book(desk)
    expect((await desk.ask('check_availability', { ...tuesday, time: '11:00' }, max)).status).toBe('unavailable')
    const more = await desk.ask('book_appointment', { ...tuesday, time: '11:00', name: 'Lena Muster' }, max)
    expect(more.status).toBe('slot_taken')
  })

  it('minds everybody else, also for a caller without any other appointment then (I-124)', async () => {
    const desk = await openDesk()
    await book(desk)
    await book(desk, { ...tuesday, time: '15 Uhr', name: 'Anna Test' }, { call: 'call_b' })
    const busy = await desk.ask('reschedule_appointment', { new_time: '15 Uhr', confirmed: true }, max)
    expect(busy).toMatchObject({ status: 'unavailable', reason_code: 'taken' })
    expect(busy.alternatives).toHaveLength(3)
  })

  it('says what blocks a time in the trace, for people, and not to the caller (I-122)', async () => {
    const desk = await openDesk()
    await book(desk)
    const blocking = await book(desk, { ...tuesday, time: '15 Uhr', name: 'Anna Test' }, { call: 'call_b' })
    const busy = await desk.ask('reschedule_appointment', { new_time: '15 Uhr' }, max)
    expect(JSON.stringify(busy)).not.toContain(blocking)
    const [trace] = await desk.look((tx) => tx.toolCalls.list('call_later'))
    expect(trace?.resolved).toMatchObject({ blocked_by: [blocking] })
  })

  it('says that the colleague is busy and who else could, and replaces nobody in silence (I-89)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    await book(desk, { ...tuesday, time: '15 Uhr', name: 'Anna Test' }, { call: 'call_b' })
    const busy = await desk.ask('reschedule_appointment', { new_time: '15 Uhr' }, max)
    expect(busy).toMatchObject({ status: 'unavailable', other_staff: [{ name: 'Udo Beispiel', slug: 'udo' }] })
    expect(busy.message).toBe(
      'Nina Probe hat Dienstag, den 24. November um 15 Uhr leider keine Zeit, möglich wäre es dann bei Udo Beispiel. Bei Nina Probe ginge 13 Uhr 45 oder 14 Uhr; was ist Ihnen lieber?',
    )
    const udo = { new_time: '15 Uhr', staff: 'Udo' }
    expect(await desk.ask('reschedule_appointment', udo, max)).toMatchObject({
      status: 'needs_confirmation',
      new: { staff_slug: 'udo' },
      old: { staff_slug: 'nina' },
    })
    expect(await desk.ask('reschedule_appointment', { new_time: '15 Uhr', confirmed: true }, max)).toMatchObject({
      status: 'rescheduled',
      appointment: { id, staff_slug: 'udo' },
    })
  })

  it('names no hour of a day gone by that nobody said', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const answer = await desk.ask('reschedule_appointment', { new_date: 'gestern' }, max)
    expect(answer).toMatchObject({ status: 'unavailable', reason_code: 'past', appointment_id: id, other_staff: [] })
    expect(answer.requested).toBeUndefined()
    expect(answer.message).toContain('schon vorbei')
    expect(answer.alternatives).toHaveLength(3)
    const hour = await desk.ask('reschedule_appointment', { new_date: 'heute', new_time: '9:15' }, max)
    expect(hour).toMatchObject({
      status: 'unavailable',
      reason_code: 'past',
      requested: '2026-11-20T09:15:00+01:00',
    })
  })

  it('explains a wished colleague who does not do it', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, service: 'Damenhaarschnitt' })
    expect(await desk.ask('reschedule_appointment', { new_time: '15 Uhr', staff: 'Udo' }, max)).toMatchObject({
      status: 'staff_cannot_provide_service',
    })
  })

  it('looks for the time before it asks the policies (I-144)', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, date: '21.11.2026', time: '9 Uhr' })
    desk.clock.advance(2 * HOUR)
    expect((await desk.ask('reschedule_appointment', { new_date: 'Sonntag', new_time: '9 Uhr' }, max)).status).toBe(
      'unavailable',
    )
    const denied = await desk.ask('reschedule_appointment', { new_date: 'Montag', new_time: '9 Uhr' }, max)
    expect(denied).toMatchObject({ status: 'denied', reason_code: 'deadline_missed', fee: 0, callback_offered: true })
    expect(denied.message).toBe(
      'Verschieben kann ich Termine nur bis 24 Stunden vorher, und es sind nur noch 21 Stunden. Sollen wir Sie zurückrufen?',
    )
  })

  it('moves what was booked a moment ago in this call, however near it is (I-144, grace)', async () => {
    const desk = await openDesk()
    await book(desk, { ...tuesday, date: 'heute', time: '15 Uhr' }, max)
    expect((await agreed(desk, 'reschedule_appointment', { new_time: '16 Uhr' })).status).toBe('rescheduled')
    expect((await desk.look((tx) => tx.calls.find('call_later')))?.outcome).toBe('booked')
  })

  it('moves an appointment no more often than allowed', async () => {
    const desk = await openDesk()
    await book(desk)
    await agreed(desk, 'reschedule_appointment', { new_time: '12 Uhr' })
    await agreed(desk, 'reschedule_appointment', { new_time: '13 Uhr' }, { ...max, call: 'call_c' })
    const third = await desk.ask('reschedule_appointment', { new_time: '14 Uhr' }, { ...max, call: 'call_d' })
    expect(third).toMatchObject({ status: 'denied', reason_code: 'quota_exceeded' })
    expect(third.message).toContain('schon 2 Mal verschoben')
  })

  it('takes the new time and colleague from an offer of this call, and from no other one', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const wish = { service: 'Herrenhaarschnitt', date: '26.11.2026', time: '14 Uhr', staff: 'Udo' }
    const foreign = await desk.ask('check_availability', wish, { call: 'call_b' })
    expect(await desk.ask('reschedule_appointment', { offer_id: String(foreign.offer_id) }, max)).toMatchObject({
      status: 'needs_new_time',
    })
    const own = await desk.ask('check_availability', { ...wish, time: '16 Uhr' }, max)
    expect(
      await agreed(desk, 'reschedule_appointment', { appointment_id: id, offer_id: String(own.offer_id) }),
    ).toMatchObject({
      status: 'rescheduled',
      new: { date: '26.11.2026', time: '16:00', staff_slug: 'udo' },
    })
  })

  it('moves all parts of a composite service together', async () => {
    const perm =
      '  - { slug: dauerwelle, name: Dauerwelle, segments: [{ key: A, staff_minutes: 50, wait_after_minutes: 15 }, { key: B, staff_minutes: 30, wait_after_minutes: 0 }], branches: [mitte] }\nstaff:'
    const desk = await openDesk([
      salon
        .replace('staff:', perm)
        .replace('services: [herrenhaarschnitt, damenhaarschnitt]', 'services: [herrenhaarschnitt, dauerwelle]'),
    ])
    const id = await book(desk, { ...tuesday, service: 'Dauerwelle' })
    await agreed(desk, 'reschedule_appointment', { new_time: '11:00' })
    expect((await find(desk, id))?.segments.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual([
      [Date.parse('2026-11-24T10:00:00Z'), Date.parse('2026-11-24T10:50:00Z')],
      [Date.parse('2026-11-24T11:05:00Z'), Date.parse('2026-11-24T11:35:00Z')],
    ])
    expect((await agreed(desk, 'cancel_appointment', {})).status).toBe('cancelled')
  })

  it('gives the same answer to the same request as long as it stands there', async () => {
    const desk = await openDesk([salon.concat('policies: { reschedule: { max_per_appointment: 9 } }\n')])
    const id = await book(desk)
    const args = { appointment_id: id, ...wednesday }
    const done = await agreed(desk, 'reschedule_appointment', args)
    expect(await desk.ask('reschedule_appointment', { ...args, confirmed: true }, max)).toEqual(done)
    const inOtherWords = { appointment_id: id, new_datum: '25.11.2026', new_uhrzeit: '11:00', bestaetigung: true }
    expect(await desk.ask('reschedule_appointment', inOtherWords, max)).toEqual(done)
    expect((await find(desk, id))?.history.filter(({ action }) => action === 'moved')).toHaveLength(1)
    await agreed(desk, 'reschedule_appointment', { appointment_id: id, new_time: '15 Uhr' }, { ...max, call: 'call_b' })
    expect((await desk.ask('reschedule_appointment', { ...args, confirmed: true }, max)).status).toBe(
      'needs_confirmation',
    )
  })

  it('is asked again when somebody gave it to the other colleague in the meantime', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    const toUdo = { appointment_id: id, new_time: '10:30', staff: 'Udo' }
    const done = await agreed(desk, 'reschedule_appointment', toUdo)
    expect(done).toMatchObject({ status: 'rescheduled', old: { staff_slug: 'nina' }, new: { staff_slug: 'udo' } })
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('no salon')
    await desk.app.moveAppointment(scope, profile, id as `apt_${string}`, { startsAt: undefined, staff: 'nina' })
    expect(await desk.ask('reschedule_appointment', { ...toUdo, confirmed: true }, max)).not.toEqual(done)
  })

  it('takes the new time of one appointment for no other one', async () => {
    const desk = await openDesk()
    const one = await book(desk)
    const other = await book(desk, { ...tuesday, date: '26.11.2026' }, { ...maxBooking, call: 'call_b' })
    await desk.ask('reschedule_appointment', { appointment_id: one, ...wednesday }, max)
    expect(await desk.ask('reschedule_appointment', { appointment_id: other, confirmed: true }, max)).toMatchObject({
      status: 'needs_new_time',
    })
  })

  it('needs more than an id or a name of somebody else (I-134, I-138)', async () => {
    const desk = await openDesk()
    const id = await book(desk)
    for (const args of [{ appointment_id: id }, { name: 'Max Muster' }, {}]) {
      const wish = { ...args, ...wednesday, confirmed: true }
      expect((await desk.ask('reschedule_appointment', wish, { call: 'call_x' })).status).toBe('not_found')
      expect((await desk.ask('reschedule_appointment', wish, { call: 'call_h', from: 'anonymous' })).status).toBe(
        'verification_needed',
      )
    }
    expect((await find(desk, id))?.history).toHaveLength(1)
  })
})
