import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { type StandInCalendar, startCalcom } from '../../../src/adapters/simulation/calcom/start-calcom.ts'
import { isObject, type JsonObject } from '../../../src/domain/canonical-json.ts'

const versions = { bookings: '2024-08-13', slots: '2024-09-04', types: '2024-06-14', schedules: '2024-06-11' } as const
let clock = Date.parse('2026-11-20T09:00:00Z')
let calcom: StandInCalendar | undefined
afterEach(() => calcom?.close())

const begin = async (more: Partial<Parameters<typeof startCalcom>[0]> = {}) => {
  clock = Date.parse('2026-11-20T09:00:00Z')
  const made = await startCalcom({ now: () => clock, ...more })
  calcom = made
  const cut = made.addEventType({ minutes: 60, title: 'Schnitt', slug: 'schnitt' })
  const ask = async (
    method: string,
    path: string,
    { body, key = made.key, version }: { body?: JsonObject; key?: string | null; version?: string } = {},
  ) => {
    const usual = path.includes('slots')
      ? versions.slots
      : path.includes('event-types')
        ? versions.types
        : path.includes('schedules')
          ? versions.schedules
          : versions.bookings
    const response = await fetch(`${made.url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(version === '' ? {} : { 'cal-api-version': version ?? usual }),
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    let parsed: unknown = text
    try {
      parsed = JSON.parse(text)
    } catch {}
    const json: JsonObject = isObject(parsed) ? parsed : {}
    return {
      status: response.status,
      headers: response.headers,
      json,
      data: isObject(json.data) ? json.data : {},
      text,
    }
  }
  const attendee = { name: 'Max Muster', timeZone: 'Europe/Berlin', phoneNumber: '+4915550100001' }
  const book = (start: string, more: JsonObject = {}) =>
    ask('POST', '/bookings', { body: { eventTypeId: cut.id, start, attendee, ...more } })
  const message = ({ json }: { json: JsonObject }) => (isObject(json.error) ? json.error.message : undefined)
  return { calcom: made, cut, ask, book, attendee, message }
}

const monday = '2026-11-23T09:00:00Z'

describe('the stand-in for Cal.com, asked for slots', () => {
  it('shows them by day of UTC or of a zone, as objects, with the offset of the zone', async () => {
    const { ask, cut } = await begin()
    const path = `/slots?eventTypeId=${cut.id}&start=2026-11-23&end=2026-11-24`
    const { data } = await ask('GET', path)
    expect(Object.keys(data)).toEqual(['2026-11-23', '2026-11-24'])
    expect(data['2026-11-23']).toContainEqual({ start: '2026-11-23T08:00:00.000Z' })
    const local = await ask('GET', `${path}&timeZone=Europe/Berlin&format=range`)
    expect(local.data['2026-11-23']).toContainEqual({
      start: '2026-11-23T09:00:00.000+01:00',
      end: '2026-11-23T10:00:00.000+01:00',
    })
  })

  it('hides what is booked or held, except from who moves it, and leaves out what is too soon', async () => {
    const { ask, book, cut, calcom } = await begin()
    const { data } = await book(monday)
    const starts = async (more = '') =>
      JSON.stringify((await ask('GET', `/slots?eventTypeId=${cut.id}&start=2026-11-23&end=2026-11-23${more}`)).data)
    expect(await starts()).not.toContain('T09:00')
    expect(await starts(`&bookingUidToReschedule=${data.uid}`)).toContain('T09:00')
    const held = await ask('POST', '/slots/reservations', {
      body: { eventTypeId: cut.id, slotStart: '2026-11-23T10:00:00Z', reservationDuration: 5 },
    })
    expect(held).toMatchObject({ status: 201, data: { slotEnd: '2026-11-23T11:00:00.000Z', reservationDuration: 5 } })
    expect(await starts()).not.toContain('T10:00')
    expect(
      await ask('POST', '/slots/reservations', { body: { eventTypeId: cut.id, slotStart: '2026-11-23T10:00:00Z' } }),
    ).toMatchObject({ status: 422 })
    expect(await book('2026-11-23T10:00:00Z')).toMatchObject({ status: 201 })
    expect(await ask('DELETE', `/slots/reservations/${held.data.reservationUid}`)).toMatchObject({ status: 200 })
    expect((await ask('GET', `/slots/reservations/${held.data.reservationUid}`)).json).toEqual({
      status: 'success',
      data: null,
    })
    calcom.changeEventType(cut.id, { noticeMinutes: 4 * 24 * 60 })
    expect(await starts()).toBe('{}')
  })

  it('knows nothing in another version, and wants both ends', async () => {
    const { ask, cut } = await begin()
    const path = `/slots?eventTypeId=${cut.id}&start=2026-11-23`
    expect(await ask('GET', `${path}&end=2026-11-23`, { version: '' })).toMatchObject({ status: 404 })
    expect(await ask('GET', `${path}&end=2026-11-23`, { version: '"2024-09-04"' })).toMatchObject({ status: 404 })
    expect(await ask('GET', path)).toMatchObject({ status: 400 })
  })
})

describe('the stand-in for Cal.com, booked at', () => {
  it('books, shows, lists, moves and cancels as was seen live', async () => {
    const { ask, book, calcom, attendee } = await begin()
    const made = await book(monday, { metadata: { frontdesk_appointment: 'apt_1' } })
    expect(made).toMatchObject({
      status: 201,
      data: {
        status: 'accepted',
        start: '2026-11-23T09:00:00.000Z',
        end: '2026-11-23T10:00:00.000Z',
        duration: 60,
        cancellationReason: '',
        metadata: { frontdesk_appointment: 'apt_1' },
        attendees: [{ email: '4915550100001@sms.cal.com', phoneNumber: attendee.phoneNumber, absent: false }],
      },
    })
    const uid = String(made.data.uid)
    expect((await ask('GET', `/bookings/${uid}`, { key: null })).data.uid).toBe(uid)
    clock += 60_000
    const moved = await ask('POST', `/bookings/${uid}/reschedule`, { body: { start: '2026-11-23T13:00:00+01:00' } })
    expect(moved).toMatchObject({
      status: 201,
      data: {
        rescheduledFromUid: uid,
        start: '2026-11-23T12:00:00.000Z',
        metadata: { frontdesk_appointment: 'apt_1' },
      },
    })
    const next = String(moved.data.uid)
    expect(next).not.toBe(uid)
    expect((await ask('GET', `/bookings/${uid}`)).data).toMatchObject({ status: 'cancelled', rescheduledToUid: next })
    expect(await ask('POST', `/bookings/${uid}/reschedule`, { body: { start: monday } })).toMatchObject({
      status: 400,
      text: expect.stringContaining(next),
    })
    const list = await ask('GET', '/bookings?status=upcoming,unconfirmed&afterStart=2026-11-23&take=1')
    expect(list.json).toMatchObject({ data: [{ uid: next }], pagination: { totalItems: 1, hasNextPage: false } })
    const cursor = await ask('GET', '/bookings?limit=1&sortUpdatedAt=asc', { version: '2026-05-01' })
    expect(cursor.json).toMatchObject({ pagination: { hasMore: true, nextCursor: expect.any(String) } })
    const cancel = () => ask('POST', `/bookings/${next}/cancel`, { body: { cancellationReason: 'Krank' } })
    expect(await cancel()).toMatchObject({ status: 200, data: { status: 'cancelled', cancellationReason: 'Krank' } })
    expect(await cancel()).toMatchObject({ status: 400, text: expect.stringContaining('cancelled already') })
    expect(calcom.live()).toEqual([])
  })

  it.each<[string, JsonObject, number, string]>([
    ['a taken time', { start: monday }, 400, 'User either already has booking at this time'],
    ['a past time', { start: '2026-11-20T08:00:00Z' }, 400, 'in the past'],
    ['outside of working hours', { start: '2026-11-23T03:00:00Z' }, 400, 'User either already has booking'],
    ['a length', { lengthInMinutes: 60 }, 400, "Can't specify 'lengthInMinutes'"],
    ['a place it does not have', { location: { type: 'attendeePhone', phone: '+4915550100001' } }, 400, 'location'],
    ['no way to reach', { attendee: { name: 'Max', timeZone: 'Europe/Berlin' } }, 400, 'At least one contact method'],
    [
      'a national number',
      { attendee: { name: 'Max', timeZone: 'Europe/Berlin', phoneNumber: '0171 3920001' } },
      400,
      'phoneNumber',
    ],
    ['metadata that is no text', { metadata: { company: 7 } }, 400, 'Metadata'],
    ['an event type nobody has', { eventTypeId: 1 }, 404, 'not found'],
    ['no start', { start: null }, 400, 'start'],
  ])('refuses %s', async (_what, body, status, text) => {
    const { book, calcom } = await begin()
    await book(monday)
    const answer = await book('2026-11-23T11:00:00Z', body)
    expect(answer).toMatchObject({ status, json: { status: 'error', path: '/v2/bookings' } })
    expect(answer.text).toContain(text)
    expect(calcom.bookings()).toHaveLength(1)
  })

  it.each<[string, JsonObject, string]>([
    ['a time without an offset is one of UTC', { start: '2026-11-23T10:00:00' }, '2026-11-23T11:00:00.000Z'],
    [
      'an end is not looked at',
      { start: '2026-11-23T10:00:00Z', end: '2026-11-23T10:05:00Z' },
      '2026-11-23T11:00:00.000Z',
    ],
    ['an offset counts', { start: '2026-11-23T10:00:00+01:00' }, '2026-11-23T10:00:00.000Z'],
  ])('says nothing where %s', async (_what, body, end) => {
    const { book } = await begin()
    expect(await book('', body)).toMatchObject({ status: 201, data: { end } })
  })

  it('wants what its event type wants', async () => {
    const { book, calcom, cut, attendee } = await begin()
    calcom.changeEventType(cut.id, { email: 'required' })
    expect((await book(monday)).text).toContain('{email}')
    calcom.changeEventType(cut.id, { email: 'hidden', questions: ['haarlaenge'] })
    const body = { attendee: { ...attendee, email: 'max@kunden.example' } }
    expect((await book(monday, body)).text).toContain('Missing required booking field response: haarlaenge')
    const made = await book(monday, { ...body, bookingFieldsResponses: { haarlaenge: 'kurz' } })
    expect(made.data.attendees).toMatchObject([{ email: '4915550100001@sms.cal.com' }])
    calcom.changeEventType(cut.id, { team: 'managed' })
    expect((await book(monday)).text).toContain("parent managed event type that can't be booked")
  })

  it('waits for its host where it has to, who says yes or no, and is nobody’s obstacle until then', async () => {
    const { ask, book, calcom, cut } = await begin()
    calcom.changeEventType(cut.id, { needsConfirmation: true })
    const one = (await book(monday)).data
    const other = (await book(monday)).data
    expect([one.status, other.status]).toEqual(['pending', 'pending'])
    expect((await ask('POST', `/bookings/${one.uid}/confirm`)).data).toMatchObject({ status: 'accepted' })
    expect(await ask('POST', `/bookings/${other.uid}/confirm`)).toMatchObject({ status: 400 })
    expect((await ask('POST', `/bookings/${other.uid}/decline`, { body: { reason: 'Voll' } })).data).toMatchObject({
      status: 'rejected',
    })
    expect(await ask('POST', `/bookings/${one.uid}/mark-absent`, { body: { host: false } })).toMatchObject({
      status: 400,
      json: { error: { code: 'BadRequestException' } },
    })
  })

  it('asks for older bodies where the version is missing, quoted or unknown to the open source', async () => {
    const { ask, cut, attendee } = await begin({ selfHosted: true })
    const body = { eventTypeId: cut.id, start: monday, attendee }
    for (const version of ['', '"2024-08-13"', '2026-02-25']) {
      expect((await ask('POST', '/bookings', { body, version })).text).toContain('responses should not be empty')
    }
    expect(await ask('POST', '/bookings', { body })).toMatchObject({ status: 201 })
  })
})

describe('the stand-in for Cal.com, and who asks', () => {
  it('shows accounts nothing of each other', async () => {
    const { ask, book, calcom, cut } = await begin()
    await book(monday)
    const { key } = calcom.addAccount()
    expect((await ask('GET', '/bookings', { key })).json.data).toEqual([])
    expect((await ask('GET', '/event-types', { key })).json.data).toEqual([])
    expect((await ask('GET', '/event-types')).json.data).toMatchObject([{ id: cut.id, lengthInMinutes: 60 }])
    expect(await ask('GET', `/event-types/${cut.id}`, { key })).toMatchObject({ status: 404 })
    expect(await ask('GET', '/me', { key: 'cal_wrong' })).toMatchObject({ status: 401 })
    expect(await ask('GET', '/bookings', { key: null })).toMatchObject({ status: 401 })
    expect((await ask('GET', '/schedules/default')).data).toMatchObject({ timeZone: 'Europe/Berlin' })
    expect(JSON.stringify(calcom.seen())).not.toContain(calcom.key)
  })

  it('counts, and shuts out whoever asks too much for a minute', async () => {
    const { ask } = await begin({ requestsPerMinute: 2 })
    const first = await ask('GET', '/me')
    expect(first.headers.get('x-ratelimit-remaining-default')).toBe('1')
    await ask('GET', '/me')
    expect(await ask('GET', '/me')).toMatchObject({ status: 429, json: { error: { code: 'ThrottlerException' } } })
    clock += 61_000
    expect(await ask('GET', '/me')).toMatchObject({ status: 200 })
  })

  it('misbehaves as told: before doing it, after doing it, or by doing something else', async () => {
    const { book, calcom, ask } = await begin()
    calcom.misbehave('book', [
      'down-503',
      'no-although-done',
      'empty-after',
      'breaks-off-after',
      'other-time',
      'old-booking',
    ])
    expect(await book('2026-11-23T08:00:00Z')).toMatchObject({ status: 503 })
    expect(calcom.bookings()).toHaveLength(0)
    expect(await book('2026-11-23T08:00:00Z')).toMatchObject({ status: 400 })
    expect(await book('2026-11-23T09:00:00Z')).toMatchObject({ status: 201, text: '' })
    await expect(book('2026-11-23T10:00:00Z')).rejects.toThrow()
    expect((await book('2026-11-23T11:00:00Z')).data.start).toBe('2026-11-23T11:30:00.000Z')
    expect((await book('2026-11-23T14:00:00Z')).data.start).toBe('2026-11-23T08:00:00.000Z')
    expect(calcom.bookings()).toHaveLength(4)
    expect(await book('2026-11-23T14:00:00Z')).toMatchObject({ status: 201 })
    calcom.misbehave('me', 'limited')
    expect(await ask('GET', '/me')).toMatchObject({ status: 429 })
  })
})

describe('the webhooks of the stand-in for Cal.com', () => {
  const listen = async () => {
    const heard: { readonly body: string; readonly signature: string }[] = []
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      heard.push({ body, signature: String(request.headers['x-cal-signature-256']) })
      response.writeHead(204).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    return { heard, url: `http://127.0.0.1:${port}/hook`, close: () => server.close() }
  }

  it('are signed over their bytes, or not at all, and can be sent late, twice, in another order or never', async () => {
    const { ask, book, calcom } = await begin()
    const ear = await listen()
    const triggers = ['BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED']
    const body = { active: true, subscriberUrl: ear.url, triggers, secret: 'whsec_test' }
    const made = await ask('POST', '/webhooks', { body })
    expect(made).toMatchObject({ status: 201, data: { subscriberUrl: ear.url, active: true } })
    expect(await ask('POST', '/webhooks', { body })).toMatchObject({ status: 409 })
    const { data } = await book(monday)
    await ask('POST', `/bookings/${data.uid}/reschedule`, { body: { start: '2026-11-23T12:00:00Z' } })
    expect(ear.heard).toEqual([])
    await calcom.deliver((all) => [...all.toReversed(), ...all.slice(0, 1)])
    const told = ear.heard.map((one) => JSON.parse(one.body))
    expect(told.map(({ triggerEvent }) => triggerEvent)).toEqual([
      'BOOKING_RESCHEDULED',
      'BOOKING_CREATED',
      'BOOKING_CREATED',
    ])
    expect(told[0].payload).toMatchObject({
      rescheduleUid: data.uid,
      status: 'ACCEPTED',
      startTime: '2026-11-23T12:00:00Z',
    })
    for (const { body: bytes, signature } of ear.heard) {
      expect(signature).toBe(createHmac('sha256', 'whsec_test').update(bytes).digest('hex'))
    }
    expect(await calcom.deliver()).toEqual([])
    await ask('PATCH', `/webhooks/${made.data.id}`, { body: { active: false } })
    await book('2026-11-24T09:00:00Z')
    expect(calcom.undelivered()).toEqual([])
    await ask('DELETE', `/webhooks/${made.data.id}`)
    await ask('POST', '/webhooks', { body: { ...body, secret: null } })
    await book('2026-11-25T09:00:00Z')
    await calcom.deliver()
    expect(ear.heard.at(-1)?.signature).toBe('no-secret-provided')
    ear.close()
  })
})
