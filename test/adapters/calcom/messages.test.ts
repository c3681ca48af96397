import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calcomMessages } from '../../../src/adapters/calcom/messages.ts'
import { secret } from '../../../src/domain/secret.ts'
import { appointmentId, monday, number, profileAt } from './local-cal.ts'

const sample = (name: string): string =>
  readFileSync(new URL(`../../samples/calcom/${name}.json`, import.meta.url), 'utf8')

const profile = await profileAt('https://cal.example')
const read = (message: object | string) =>
  calcomMessages.read(typeof message === 'string' ? message : JSON.stringify(message), profile)

const at = '2026-11-20T09:00:19.600Z'
const payload = (more: object = {}) => ({
  ...{ uid: 'uid_1', bookingId: 31, eventTypeId: 9001, type: 'herren', title: 'redacted', length: 55 },
  ...{ startTime: '2026-11-23T09:00:00Z', endTime: '2026-11-23T09:55:00+00:00', status: 'ACCEPTED', iCalSequence: 0 },
  organizer: { id: 501, name: 'redacted', email: 'host@calendar.example', timeZone: 'Europe/Berlin' },
  attendees: [{ name: 'Max Muster', email: '491713920001@sms.cal.com', phoneNumber: null, timeZone: 'Europe/Berlin' }],
  responses: {
    name: { label: 'your_name', value: 'Max Muster', isHidden: false },
    attendeePhoneNumber: { label: 'phone_number', value: number, isHidden: false },
    location: { label: 'location', value: { value: 'x', optionValue: '' }, isHidden: false },
    title: { label: 'title', isHidden: true },
  },
  ...{ metadata: { frontdesk_appointment: appointmentId, videoCallUrl: 'https://video.example/1' } },
  ...{ cancellationReason: null, rejectionReason: null, rescheduleUid: null },
  ...more,
})
const message = (triggerEvent: string, more: object = {}) => ({ triggerEvent, createdAt: at, payload: payload(more) })
const bookingIn = (told: object | string) => {
  const { news } = read(told)._unsafeUnwrap()
  if (news.kind !== 'booking') throw new Error(`no booking but ${news.kind}`)
  return news.booking
}

describe('a message of Cal.com', () => {
  const body = Buffer.from('{"triggerEvent":"BOOKING_CREATED"}')
  const key = secret('whsec_test')
  const digest = 'e53de753539388ffa83aa0b92cf8e44a17242430e2e8640e2d72987ed35b8169'

  it('is proven by the digest of its very bytes', () => {
    expect(calcomMessages.isSigned(body, digest, key)).toBe(true)
    expect(calcomMessages.isSigned(Buffer.from(`${body} `), digest, key)).toBe(false)
    expect(calcomMessages.isSigned(body, digest, secret('another'))).toBe(false)
  })

  it('is not proven by a secret that is none', () => {
    const signed = createHmac('sha256', '').update(body).digest('hex')
    expect(calcomMessages.isSigned(body, signed, secret(''))).toBe(false)
  })

  it.each([
    undefined,
    '',
    'no-secret-provided',
    `sha256=${digest}`,
    digest.toUpperCase(),
    `${digest}00`,
    digest.slice(2),
  ])('is not proven by %s', (signature) => expect(calcomMessages.isSigned(body, signature, key)).toBe(false))

  it('tells of a booking with all that is known of it', () => {
    expect(read(message('BOOKING_CREATED'))._unsafeUnwrap()).toMatchObject({
      event: 'BOOKING_CREATED',
      at: Date.parse(at),
      sameAs: 'BOOKING_CREATED/uid_1/0',
      news: { kind: 'booking' },
    })
    expect(bookingIn(message('BOOKING_CREATED'))).toEqual({
      uid: 'uid_1',
      startsAt: monday('10:00'),
      endsAt: monday('10:55'),
      createdAt: Date.parse(at),
      changedAt: Date.parse(at),
      status: 'accepted',
      reference: appointmentId,
      part: undefined,
      eventType: 9001,
      staff: expect.objectContaining({ slug: 'nina' }),
      attendee: { name: 'Max Muster', phone: number, email: undefined },
      replaces: undefined,
      replacedBy: undefined,
      reason: undefined,
      isNoShow: false,
    })
  })

  it.each([
    ['BOOKING_CREATED', 'PENDING', 'pending'],
    ['BOOKING_REQUESTED', 'PENDING', 'pending'],
    ['BOOKING_RESCHEDULED', 'ACCEPTED', 'accepted'],
    ['BOOKING_CANCELLED', 'CANCELLED', 'cancelled'],
    ['BOOKING_CANCELLED', 'ACCEPTED', 'cancelled'],
    ['BOOKING_REJECTED', 'REJECTED', 'rejected'],
    ['BOOKING_REASSIGNED', 'ACCEPTED', 'accepted'],
    ['BOOKING_LOCATION_UPDATED', 'ACCEPTED', 'accepted'],
    ['BOOKING_PAYMENT_INITIATED', 'PENDING', 'pending'],
    ['BOOKING_PAID', undefined, 'accepted'],
  ])('%s with %s means %s', (trigger, status, expected) => {
    expect(bookingIn(message(trigger, { status })).status).toBe(expected)
  })

  it('names the booking that a moved one came from, and why one was cancelled', () => {
    expect(bookingIn(message('BOOKING_RESCHEDULED', { rescheduleUid: 'uid_0' })).replaces).toBe('uid_0')
    expect(bookingIn(message('BOOKING_CANCELLED', { cancellationReason: 'Krank' })).reason).toBe('Krank')
    expect(bookingIn(message('BOOKING_REJECTED', { rejectionReason: 'Voll' })).reason).toBe('Voll')
  })

  it('is the same told by another webhook a moment later, and another for another change', () => {
    const sameAs = (told: object) => read(told)._unsafeUnwrap().sameAs
    const later = { ...message('BOOKING_CREATED'), createdAt: '2026-11-20T09:00:21.000Z' }
    expect(sameAs(later)).toBe(sameAs(message('BOOKING_CREATED')))
    expect(sameAs(message('BOOKING_CANCELLED', { iCalSequence: 1 }))).not.toBe(sameAs(message('BOOKING_CREATED')))
    expect(sameAs(message('BOOKING_CREATED', { uid: 'uid_2' }))).not.toBe(sameAs(message('BOOKING_CREATED')))
    const reassigned = message('BOOKING_REASSIGNED')
    expect(sameAs({ ...reassigned, createdAt: '2026-11-20T10:00:00.000Z' })).not.toBe(sameAs(reassigned))
  })

  it('is read flat as well, as the beginning and end of a meeting are told', () => {
    const { organizer: _, attendees: __, responses: ___, ...flat } = payload({ userId: 502, iCalSequence: undefined })
    expect(bookingIn({ triggerEvent: 'MEETING_ENDED', createdAt: at, ...flat })).toMatchObject({
      uid: 'uid_1',
      startsAt: monday('10:00'),
      staff: { slug: 'udo' },
      attendee: undefined,
      reference: appointmentId,
    })
  })

  it('tells that somebody did not come, and that they did after all', () => {
    const told = JSON.parse(sample('15-webhook-BOOKING_NO_SHOW_UPDATED.docs'))
    const uid = '5vQFqxDFMjdgKGMijqtqRw'
    expect(read(told)._unsafeUnwrap()).toMatchObject({ news: { kind: 'attendance', uid, isNoShow: true } })
    told.payload.attendees[0].noShow = false
    expect(read(told)._unsafeUnwrap()).toMatchObject({ news: { kind: 'attendance', uid, isNoShow: false } })
  })

  it('is understood as documented in its first version', () => {
    expect(bookingIn(sample('14-webhook-BOOKING_CANCELLED.docs-2021-10-20'))).toMatchObject({
      uid: 'unique-booking-identifier',
      startsAt: Date.parse('2024-01-04T10:00:00Z'),
      status: 'cancelled',
      reference: undefined,
      attendee: { name: 'Guest User', email: 'guest@example.com', phone: undefined },
      reason: 'I am no longer able to attend this session.',
    })
  })

  it('does not take one seat that was given up for the whole booking', () => {
    expect(read(sample('12-webhook-BOOKING_CANCELLED-seat.live-2026-07-27'))._unsafeUnwrap().news).toEqual({
      kind: 'ignored',
    })
  })

  it.each(['PING', 'OOO_CREATED', 'RECORDING_READY', 'FORM_SUBMITTED', 'DELEGATION_CREDENTIAL_ERROR'])(
    'of %s does not concern us',
    (triggerEvent) => {
      expect(read({ triggerEvent, createdAt: at, payload: {} })._unsafeUnwrap()).toMatchObject({
        news: { kind: 'ignored' },
        sameAs: undefined,
      })
    },
  )

  it('of a kind that nobody documents is unknown', () => {
    expect(read({ triggerEvent: 'BOOKING_SUNG', createdAt: at, payload: {} })._unsafeUnwrap().news.kind).toBe('unknown')
  })

  it.each([
    ['what is not JSON', 'triggerEvent=BOOKING_CREATED', 'triggerEvent'],
    ['no event', { createdAt: at, payload: payload() }, 'triggerEvent'],
    ['no moment', { triggerEvent: 'BOOKING_CREATED', payload: payload() }, 'createdAt'],
    ['an event that no database keeps', message('BOOKING_\0SUNG'), 'triggerEvent'],
    ['no booking', message('BOOKING_CREATED', { uid: '' }), 'payload.uid'],
    ['a booking of an endless name', message('BOOKING_CREATED', { uid: 'u'.repeat(201) }), 'payload.uid'],
    ['a booking of a name that no database keeps', message('BOOKING_CREATED', { uid: 'uid_\0' }), 'payload.uid'],
    ['a booking whose name leads elsewhere', message('BOOKING_CREATED', { uid: '..' }), 'payload.uid'],
    ['a time without an offset', message('BOOKING_CREATED', { startTime: '2026-11-23T09:00:00' }), 'payload.startTime'],
    [
      'no booking that somebody missed',
      { triggerEvent: 'BOOKING_NO_SHOW_UPDATED', createdAt: at, payload: {} },
      'payload.bookingUid',
    ],
  ])('is refused with %s', (_, told, field) => {
    expect(read(told)._unsafeUnwrapErr()).toMatchObject({ kind: 'malformed-payload', field })
  })

  it('does not fail over what it does not need', () => {
    const odd = {
      organizer: 'nobody',
      attendees: 'none',
      responses: [],
      metadata: 'x',
      length: '55',
      eventTypeId: '9',
      endTime: null,
    }
    expect(bookingIn(message('BOOKING_CREATED', odd))).toMatchObject({
      uid: 'uid_1',
      staff: undefined,
      attendee: undefined,
    })
    for (const uid of [{}, 7, null]) expect(read(message('BOOKING_CREATED', { uid })).isErr()).toBe(true)
  })
})
