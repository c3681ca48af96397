import { describe, expect, it } from 'vitest'
import type { Callback } from '../../../src/domain/reception/callback.ts'
import { type Desk, openDesk, praxis, salon } from '../desk.ts'

const page = { limit: 50, cursor: undefined }
const callbacks = (desk: Desk): Promise<readonly Callback[]> =>
  desk.look(async (tx) => (await tx.callbacks.list(page)).items)
const wishes = (desk: Desk) => desk.look(async (tx) => (await tx.wishes.list(page)).items)
const hidden = { from: 'anonymous' }
const erika = { customer_name: 'Erika Beispiel', reason: 'Frage zur Färbung' }

describe('request_callback', () => {
  it('promises a call by a moment that is said with its weekday, on the number that is seen', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('request_callback', {
      ...erika,
      priority: 'dringend',
      preferred_time_window: 'ab 11',
    })
    expect(answer).toMatchObject({
      success: true,
      status: 'callback_created',
      message:
        'Gern, wir rufen Sie spätestens am Freitag, den 20. November um 12 Uhr zurück, unter der Nummer, mit der Sie gerade telefonieren. Ihre Wunschzeit habe ich dazu notiert.',
      due_by: '2026-11-20T12:00:00+01:00',
      date: '20.11.2026',
      time: '12:00',
      weekday: 'Freitag',
      spoken: 'Freitag, den 20. November um 12 Uhr',
      priority: 'urgent',
      branch_slug: 'mitte',
    })
    const [kept] = await callbacks(desk)
    expect(kept).toMatchObject({
      ...{ id: answer.callback_id, kind: 'callback', state: 'open', priority: 'urgent', callId: 'call_a' },
      ...{ customerName: 'Erika Beispiel', phoneNumber: '+4915550100001', reason: 'Frage zur Färbung' },
      preferredTimeWindow: 'ab 11',
    })
    const call = await desk.look((tx) => tx.calls.find('call_a'))
    expect(call).toMatchObject({ outcome: 'callback', callerName: 'Erika Beispiel' })
  })

  it.each([
    ['normal', undefined, '2026-11-21T10:00:00+01:00'],
    ['high', 'hoch', '2026-11-20T14:00:00+01:00'],
    ['urgent', 'Urgent', '2026-11-20T12:00:00+01:00'],
    ['normal', 'nicht dringend', '2026-11-21T10:00:00+01:00'],
  ])('understands how pressing it is: %s for %s', async (priority, said, due) => {
    const desk = await openDesk()
    const answer = await desk.ask('request_callback', { ...erika, ...(said === undefined ? {} : { prioritaet: said }) })
    expect(answer).toMatchObject({ priority, due_by: due })
  })

  it.each(['0171 39', 'null eins sieben eins', '+49 171 39200011 22 33 44'])(
    'asks again about a number that it misheard (%s), and takes the visible one only when it is told so',
    async (phone_number) => {
      const desk = await openDesk()
      for (const tool of ['request_callback', 'take_message']) {
        const asked = await desk.ask(tool, { ...erika, phone_number, message: 'Bitte um Rückruf' })
        expect(asked, tool).toMatchObject({ status: 'needs_phone', not_understood: true })
        expect(asked.message).toContain('oder dürfen wir die Nummer nehmen, mit der Sie gerade telefonieren?')
        expect(await callbacks(desk)).toEqual([])
      }
      expect(await desk.ask('request_callback', erika)).toMatchObject({ status: 'callback_created' })
      expect(await callbacks(desk)).toMatchObject([{ phoneNumber: '+4915550100001' }])
    },
  )

  it.each(['diese hier', 'unter dieser Nummer', 'anonymous', ''])(
    'takes the visible number where none was said: %j',
    async (phone_number) => {
      const desk = await openDesk()
      expect(await desk.ask('request_callback', { ...erika, phone_number })).toMatchObject({
        status: 'callback_created',
      })
      expect(await callbacks(desk)).toMatchObject([{ phoneNumber: '+4915550100001' }])
    },
  )

  it('I-136 asks a hidden caller for a number first, and promises nothing without one', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('request_callback', erika, hidden)
    expect(answer).toMatchObject({
      success: true,
      status: 'needs_phone',
      message: 'Unter welcher Nummer dürfen wir Sie zurückrufen?',
    })
    expect(answer).not.toHaveProperty('due_by')
    expect(await callbacks(desk)).toEqual([])
  })

  it.each(['anonymous_1763631234', 'Anonymous', '00000000', 'unterdrückt', '{{phone}}', 'unknown', ''])(
    'I-135 asks for a number where "%s" stands for one, and nothing fails',
    async (phone) => {
      const desk = await openDesk()
      const answer = await desk.ask('request_callback', { ...erika, phone_number: phone }, hidden)
      expect(answer).toMatchObject({ success: true, status: 'needs_phone' })
      expect(await callbacks(desk)).toEqual([])
      const seen = await desk.ask('request_callback', { ...erika, phone_number: phone }, { call: 'call_b' })
      expect(seen.status).toBe('callback_created')
      expect((await callbacks(desk))[0]?.phoneNumber).toBe('+4915550100001')
    },
  )

  it('asks again for a number that was misheard', async () => {
    const desk = await openDesk()
    const answer = await desk.ask('request_callback', { ...erika, phone_number: '0171' }, hidden)
    expect(answer).toMatchObject({ status: 'needs_phone', message: expect.stringContaining('Ziffer für Ziffer') })
  })

  it.each([
    ['0171 3920001', '+491713920001'],
    ['null eins sieben eins, drei neun zwei, null null null eins', '+491713920001'],
    ['meine Nummer ist die 0171 392 00 01 bitte', '+491713920001'],
    [1713920001, '+491713920001'],
  ])('takes the number that was said, %s', async (said, number) => {
    const desk = await openDesk()
    const answer = await desk.ask('request_callback', { ...erika, telefonnummer: said })
    expect(answer).toMatchObject({
      status: 'callback_created',
      message: expect.stringContaining('unter der Nummer, die Sie genannt haben'),
    })
    expect((await callbacks(desk))[0]?.phoneNumber).toBe(number)
  })

  it('I-137 tells nobody a digit of a number, and takes what was said for no proof of anything', async () => {
    const desk = await openDesk()
    // The number of a customer, said by a stranger who hides theirs.
    const answer = await desk.ask('request_callback', { phone_number: '0171 3920001' }, hidden)
    expect(answer.status).toBe('callback_created')
    expect(JSON.stringify(answer)).not.toMatch(/3920001|Muster/)
    const [kept] = await callbacks(desk)
    expect(kept?.customerName).toBeUndefined()
    expect((await desk.look((tx) => tx.calls.find('call_a')))?.customer).toBeUndefined()
  })

  it('I-134 leaves a hidden caller who wants to cancel with a call back instead of a change', async () => {
    const desk = await openDesk()
    const when = { service: 'Herrenhaarschnitt', date: 'nächste Woche Dienstag', time: '10:30' }
    const booked = await desk.ask(
      'book_appointment',
      { ...when, customer_name: 'Max Muster' },
      { from: '+491713920001' },
    )
    const cancel = { appointment_id: booked.appointment_id ?? null, name: 'Max Muster', confirmed: true }
    const stranger = { ...hidden, call: 'call_b' }
    expect(await desk.ask('cancel_appointment', cancel, stranger)).toMatchObject({ status: 'verification_needed' })
    const back = { customer_name: 'Max Muster', phone_number: '0171 3920001', reason: 'Termin absagen' }
    expect(await desk.ask('request_callback', back, stranger)).toMatchObject({ status: 'callback_created' })
    const [appointment] = await desk.look((tx) => tx.appointments.ofCall('call_a'))
    expect(appointment?.status).toBe('confirmed')
    expect((await desk.look((tx) => tx.calls.find('call_b')))?.outcome).toBe('callback')
  })

  it('I-140 keeps the name of a hidden caller while they are still there', async () => {
    const desk = await openDesk()
    await desk.ask(
      'request_callback',
      { ...erika, customer_name: 'Mein Name ist Erika Beispiel', phone_number: '0171 3920009' },
      hidden,
    )
    expect((await callbacks(desk))[0]?.customerName).toBe('Erika Beispiel')
    expect((await desk.look((tx) => tx.calls.find('call_a')))?.callerName).toBe('Erika Beispiel')
  })

  it.each(['mir nicht', 'Unbekannt', 'Nina Probe'])(
    'keeps no name out of "%s", and the call back all the same',
    async (name) => {
      const desk = await openDesk()
      expect(await desk.ask('request_callback', { customer_name: name })).toMatchObject({ status: 'callback_created' })
      expect((await callbacks(desk))[0]?.customerName).toBeUndefined()
      const known = { call: 'call_b', from: '+491713920001' }
      await desk.ask('request_callback', { customer_name: name }, known)
      expect((await callbacks(desk)).map(({ customerName }) => customerName)).toContain('Max Muster')
    },
  )

  it('I-91 is of the branch that was called, whose hours count', async () => {
    const desk = await openDesk()
    const west = { to: '+493023125102' }
    const answer = await desk.ask('request_callback', { ...erika, service: 'Bartpflege', priority: 'high' }, west)
    // West opens on Monday at ten.
    expect(answer).toMatchObject({ branch_slug: 'west', due_by: '2026-11-23T14:00:00+01:00' })
    const [kept] = await callbacks(desk)
    const profile = await desk.ports.directory.profile((await desk.scopeOf()).company)
    expect(kept?.branch).toBe(profile?.branches.find(({ slug }) => slug === 'west')?.id)
    expect(kept?.service).toBe(profile?.services.find(({ slug }) => slug === 'bartpflege')?.id)
  })

  it('is of the only branch of a company in a web call', async () => {
    const web = { from: '', to: '', extra: { call_type: 'web_call', agent_id: 'agent_mitte' } }
    const alone = salon.replace(/ {2}- slug: west[\s\S]*?(?=services:)/, '').replace(/^.*bartpflege.*\n/m, '')
    const desk = await openDesk([alone])
    await desk.ask('request_callback', { ...erika, phone_number: '0171 3920009' }, web)
    expect((await callbacks(desk))[0]?.branch).toBeDefined()
  })

  it('gives the stored answer to the same request, and only one entry to work on', async () => {
    const desk = await openDesk()
    const first = await desk.ask('request_callback', erika)
    desk.clock.advance(60_000)
    expect(await desk.ask('request_callback', erika)).toEqual(first)
    expect(await callbacks(desk)).toHaveLength(1)
  })

  it('is one entry when the agent asks again in other words, the more pressing of both', async () => {
    const desk = await openDesk()
    const first = await desk.ask('request_callback', erika)
    desk.clock.advance(60_000)
    const more = { reason: 'Eilt, wegen morgen', priority: 'urgent', preferred_time_window: 'mittags' }
    const again = await desk.ask('request_callback', more)
    expect(again).toMatchObject({ callback_id: first.callback_id, due_by: '2026-11-20T12:01:00+01:00' })
    expect(await callbacks(desk)).toMatchObject([
      {
        customerName: 'Erika Beispiel',
        reason: 'Frage zur Färbung\nEilt, wegen morgen',
        preferredTimeWindow: 'mittags',
      },
    ])
  })

  it('is a new one after the first was done', async () => {
    const desk = await openDesk()
    const first = await desk.ask('request_callback', erika)
    const [kept] = await callbacks(desk)
    if (!kept) throw new Error('none')
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('none')
    await desk.app.changeCallback(scope, profile, kept.id, { state: 'done' })
    const again = await desk.ask('request_callback', erika)
    expect(again.status).toBe('callback_created')
    expect(again.callback_id).not.toBe(first.callback_id)
  })

  it('works in companies without booking, in English, and for the company that was called alone', async () => {
    const desk = await openDesk([
      salon,
      praxis.replace('booking: true', 'booking: false').replace('language: de', 'language: en'),
    ])
    const answer = await desk.ask('request_callback', erika, { to: '+493023125111' })
    expect(answer).toMatchObject({
      status: 'callback_created',
      message:
        'Certainly, we will call you back by Saturday, November 21st at 10 am at the latest, on the number you are on now.',
    })
    expect(await callbacks(desk)).toEqual([])
    expect(await desk.look(async (tx) => (await tx.callbacks.tally(desk.clock.now())).standing, 'praxis-mond')).toBe(1)
  })

  it('does not hide that something was booked in the same call', async () => {
    const desk = await openDesk()
    const when = { service: 'Herrenhaarschnitt', date: 'nächste Woche Dienstag', time: '10:30' }
    await desk.ask('book_appointment', { ...when, customer_name: 'Erika Beispiel' })
    await desk.ask('request_callback', erika)
    expect((await desk.look((tx) => tx.calls.find('call_a')))?.outcome).toBe('booked')
  })
})

describe('take_message', () => {
  it('takes a message, with a number or without, and promises no call', async () => {
    const desk = await openDesk()
    const args = { customer_name: 'Erika Beispiel', message: 'Ich komme zehn Minuten später.' }
    const answer = await desk.ask('take_message', args, hidden)
    expect(answer).toMatchObject({
      success: true,
      status: 'message_taken',
      message: 'Ich habe Ihre Nachricht aufgenommen und gebe sie weiter.',
    })
    const seen = await desk.ask('take_message', args, { call: 'call_b' })
    expect(seen.message).toBe('Ich habe Ihre Nachricht mit Ihrer Nummer aufgenommen und gebe sie weiter.')
    const kept = await callbacks(desk)
    expect(kept).toMatchObject([
      { kind: 'message', message: args.message },
      { kind: 'message', message: args.message, customerName: 'Erika Beispiel' },
    ])
    expect(new Set(kept.map(({ phoneNumber }) => phoneNumber))).toEqual(new Set([undefined, '+4915550100001']))
    expect((await desk.look((tx) => tx.calls.find('call_a')))?.outcome).toBe('callback')
  })

  it('asks for the message when there is none, and takes the same one once', async () => {
    const desk = await openDesk()
    expect(await desk.ask('take_message', { message: ' ' })).toMatchObject({ status: 'needs_message' })
    const first = await desk.ask('take_message', { nachricht: 'Bitte anrufen' })
    expect(await desk.ask('take_message', { nachricht: 'Bitte anrufen' })).toEqual(first)
    expect(await callbacks(desk)).toHaveLength(1)
  })

  it('works in companies without booking', async () => {
    const desk = await openDesk([salon.replace('booking: true', 'booking: false')])
    expect(await desk.ask('take_message', { message: 'Hallo' })).toMatchObject({ status: 'message_taken' })
  })
})

describe('1.10 wishes', () => {
  const taken = { service: 'Damenhaarschnitt', date: 'nächste Woche Dienstag', time: '10 Uhr' }
  const full = async () => {
    const desk = await openDesk()
    await desk.ask('book_appointment', { ...taken, customer_name: 'Max Muster' }, { call: 'call_z' })
    return desk
  }

  it('keep what was wanted in vain, why, and what was told instead', async () => {
    const desk = await full()
    const answer = await desk.ask('check_availability', taken)
    expect(answer.status).toBe('unavailable')
    const [wish] = await wishes(desk)
    expect(wish).toMatchObject({
      ...{ callId: 'call_a', reason: 'unavailable' },
      wanted: { date: '2026-11-24', time: 600, window: undefined },
    })
    expect(wish?.alternatives).toHaveLength((answer.alternatives as readonly unknown[]).length)
    const profile = await desk.ports.directory.profile((await desk.scopeOf()).company)
    expect(wish?.service).toBe(profile?.services.find(({ slug }) => slug === 'damenhaarschnitt')?.id)
  })

  it('are one for a call, a service and a time, however often it is asked', async () => {
    const desk = await full()
    await desk.ask('check_availability', taken)
    await desk.ask('check_availability', { ...taken, time: 'um 10' })
    expect(await wishes(desk)).toHaveLength(1)
    await desk.ask('check_availability', { ...taken, time: '10:10' })
    expect(await wishes(desk)).toHaveLength(2)
    await desk.ask('check_availability', taken, { call: 'call_b' })
    expect(await wishes(desk)).toHaveLength(3)
  })

  it('are forgotten when the call books the service after all, and only those of that service', async () => {
    const desk = await full()
    await desk.ask('check_availability', taken)
    await desk.ask('check_availability', { service: 'Bartpflege', date: 'Dienstag', time: '10 Uhr' })
    expect((await wishes(desk)).map(({ reason }) => reason).toSorted()).toEqual(['not_offered_here', 'unavailable'])
    const booked = await desk.ask('book_appointment', {
      ...taken,
      time: '14 Uhr',
      customer_name: 'Erika Beispiel',
      confirmed: true,
    })
    expect(booked.status).toBe('booked')
    expect((await wishes(desk)).map(({ reason }) => reason)).toEqual(['not_offered_here'])
  })

  it.each([
    ['closed', { service: 'Damenhaarschnitt', date: 'Sonntag', time: '10 Uhr' }, { date: '2026-11-22', time: 600 }],
    [
      'notice_too_short',
      { service: 'Damenhaarschnitt', date: 'heute', time: '10:00' },
      { date: '2026-11-20', time: 600 },
    ],
    ['beyond_booking_window', { service: 'Damenhaarschnitt', date: '20.11.2027' }, { date: '2027-11-20' }],
    [
      'not_offered_here',
      { service: 'Bartpflege', date: 'Dienstag', time: 'vormittags' },
      { date: '2026-11-24', window: { from: 540, to: 720 } },
    ],
  ])('are kept with a no of the kind %s', async (reason, args, wanted) => {
    const desk = await openDesk()
    expect(await desk.ask('check_availability', args)).toMatchObject({ status: reason })
    expect(await wishes(desk)).toMatchObject([{ reason, wanted }])
  })

  it('are not kept for questions and for what is free', async () => {
    const desk = await openDesk()
    await desk.ask('check_availability', { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr' })
    await desk.ask('check_availability', { service: 'Damenhaarschnitt' })
    await desk.ask('check_availability', {})
    expect(await wishes(desk)).toEqual([])
  })
})
