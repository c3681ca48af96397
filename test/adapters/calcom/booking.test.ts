import { describe, expect, it } from 'vitest'
import {
  appointmentId,
  called,
  eventType,
  eventTypesAnswer,
  monday,
  number,
  openCalendar,
  refusal,
  success,
  wireBooking,
} from './local-cal.ts'

const uid = 'eS6BZvpsXtP1LKMbr1esZM'
const created = { ...success(wireBooking()), status: 201 }

describe('booking at Cal.com', () => {
  it('sends a moment with its offset, whose it is, and nothing that Cal.com refuses', async () => {
    const { calendar, placing, asked } = await openCalendar({ ...eventTypesAnswer(), 'POST /v2/bookings': created })
    const booked = (await calendar.place(placing()))._unsafeUnwrap()
    expect(booked).toMatchObject({
      uid,
      startsAt: monday('10:00'),
      endsAt: monday('10:55'),
      status: 'accepted',
      reference: appointmentId,
      staff: { slug: 'nina' },
      attendee: { name: 'Max Muster', phone: number, email: undefined },
    })
    const sent = asked.at(-1)
    expect(sent?.headers).toMatchObject({
      'cal-api-version': '2024-08-13',
      authorization: 'Bearer cal_key_of_salon',
    })
    expect(sent?.body).toEqual({
      eventTypeId: 9001,
      start: '2026-11-23T09:00:00.000Z',
      attendee: { name: 'Max Muster', timeZone: 'Europe/Berlin', language: 'de', phoneNumber: number },
      metadata: { frontdesk_appointment: appointmentId },
    })
  })

  it('finds, moves and cancels', async () => {
    const { calendar, placing } = await openCalendar({
      ...eventTypesAnswer(),
      [`GET /v2/bookings/${uid}`]: success(wireBooking()),
      [`POST /v2/bookings/${uid}/reschedule`]: {
        ...success(wireBooking({ uid: 'next', start: '2026-11-23T11:00:00Z', rescheduledFromUid: uid })),
        status: 201,
      },
      [`POST /v2/bookings/${uid}/cancel`]: success(wireBooking({ status: 'cancelled' })),
    })
    const there = placing({}, { provider: { kind: 'calcom', uid } })
    expect((await calendar.find(there))._unsafeUnwrap()).toMatchObject({ uid })
    expect((await calendar.move(uid, there))._unsafeUnwrap()).toMatchObject({ uid: 'next', replaces: uid })
    expect((await calendar.cancel(uid, there, undefined)).isOk()).toBe(true)
  })

  it('shows the free times of the days asked', async () => {
    const { calendar, profile, asked } = await openCalendar({
      ...eventTypesAnswer(),
      'GET /v2/slots': success({ '2026-11-23': [{ start: '2026-11-23T10:00:00.000+01:00' }] }),
    })
    const [branch] = profile.branches
    const [service] = profile.services
    if (!branch || !service) throw new Error('no branch')
    const from = '2026-11-23' as never
    const slots = await calendar.slots({
      branch,
      service,
      staff: undefined,
      moving: undefined,
      from,
      to: from,
      purpose: 'promise',
    })
    expect(slots._unsafeUnwrap()).toEqual([{ startsAt: monday('10:00'), staff: undefined }])
    expect(asked.at(-1)?.query).toMatchObject({ start: '2026-11-22T23:00:00.000Z', end: '2026-11-23T23:00:00.000Z' })
  })
})
void [called, eventType, refusal]
