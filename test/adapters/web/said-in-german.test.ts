import { expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import type { UnrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { memoryMailer } from '../../../src/adapters/memory/mailer.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import { behindProxy } from '../../../src/application/calling/refusals.ts'
import { secret } from '../../../src/domain/secret.ts'
import { HOUR, instant, parseInstant } from '../../../src/domain/time.ts'
import { openHearing, told } from '../../application/calendar/hearing.ts'
import { eventTypes, openSetUp, salonWithCalendar } from '../../application/calendar-set-up.ts'
import { openDesk, openDeskWithCalendar, praxis, praxisKey, salon } from '../../application/desk.ts'

const all = { limit: 200, cursor: undefined }

it('says in German whatever deliveries and alerts have to say', async () => {
  const desk = await openDesk([salon, praxis])
  const call = desk.callOf({})
  await desk.send({ event: 'call_started', call })
  await desk.send({ event: 'call_started', call: { ...call, agent_name: 'Empfang' } })
  await desk.send({ event: 'call_inbound', call_inbound: { from_number: 'anonymous', to_number: '+493023125101' } })
  await desk.send({ event: 'call_started', call: desk.callOf({ call: 'call_x', to: '+493023125999' }) })
  await desk.send({ event: 'call_teleported', call: {} })
  await desk.send({ event: 'call_started', call }, { key: praxisKey })
  await desk.send({ event: 'call_started', call }, { key: secret('nobody') })
  for (const signature of [undefined, 'x', `v=1,d=${'a'.repeat(64)}`]) {
    await desk.app.acceptWebhook({ body: Buffer.from('{}'), signature, address: '192.0.2.3' })
  }
  await desk.ask('book_table', {})
  for (let time = 0; time < 10; time += 1) await desk.ask('check_availability', { service: 'Ölwechsel' })
  await desk.work()

  const deliveries = (await desk.ports.inbox.listAll(desk.platform, all)).items
  const alerts = (await desk.ports.alarm.alerts(desk.platform, all)).items
  const said = new Set([
    ...deliveries.flatMap(({ stages }) => stages.map(({ detail }) => detail)),
    ...alerts.map(({ message }) => message),
  ])
  expect(said.size).toBeGreaterThan(12)
  expect([...said].filter((sentence) => saidInGerman(sentence) === sentence)).toEqual([])
})

it('says in German what a calendar of a vendor did, and that a proxy is not trusted', async () => {
  const said: string[] = []
  const play = async (misbehave: (calendar: UnrulyCalendar) => void, later: (calendar: UnrulyCalendar) => void) => {
    const { calendar, ...desk } = await openDeskWithCalendar()
    calendar.take(instant(Date.parse('2026-11-23T15:00:00+01:00')))
    misbehave(calendar)
    const wish = { service: 'Herrenhaarschnitt', date: 'Montag', time: '10 Uhr', customer_name: 'Max Muster' }
    await desk.ask('book_appointment', wish)
    later(calendar)
    desk.clock.advance(HOUR)
    await desk.app.workJobs(100)
    await desk.app.acceptWebhook({ body: Buffer.from('{}'), signature: undefined, address: behindProxy })
    said.push(...(await desk.ports.alarm.alerts(desk.platform, all)).items.map(({ message }) => message))
  }
  await play(
    (calendar) => calendar.misbehave('place', 'old-booking'),
    () => undefined,
  )
  await play(
    (calendar) => {
      calendar.misbehave('place', 'other-time')
      calendar.misbehave('cancel', 'down')
    },
    () => undefined,
  )
  await play(
    (calendar) => calendar.misbehave('place', 'down'),
    () => undefined,
  )
  await play(
    (calendar) => calendar.misbehave('place', 'down'),
    (calendar) => {
      calendar.misbehave('place', undefined)
      calendar.take(instant(Date.parse('2026-11-23T10:00:00+01:00')))
    },
  )
  await play(
    (calendar) => calendar.misbehave('place', 'wrong-key'),
    () => undefined,
  )
  expect(new Set(said).size).toBe(10)
  expect(said.filter((sentence) => saidInGerman(sentence) === sentence)).toEqual([])
})

it('says in German what a calendar of a vendor told, and what it did of its own accord', async () => {
  const composite = salonWithCalendar.replace(
    'services:\n',
    `services:
  - { slug: dauerwelle, name: Dauerwelle, branches: [mitte], segments: [
      { key: A, staff_minutes: 60, wait_after_minutes: 30, calcom_event_type_id: 9011 },
      { key: B, staff_minutes: 30, wait_after_minutes: 0, calcom_event_type_id: 9012 } ] }
  - { slug: rasur, name: Rasur, duration_minutes: 60, calcom_event_type_id: 9002 }
`,
  )
  const desk = await openHearing(composite)
  const nina = desk.named('nina')
  desk.calendar.giveTo(nina)
  const { id } = await desk.book()
  desk.calendar.misbehave('place', 'down')
  const noted = await desk.book({ time: '16 Uhr' }, { call: 'call_b', from: '+4915550100002' })
  await desk.hear(told('uid_1', '10:00', { staff: nina }))
  await desk.hear(told('uid_n', '16:00', { reference: noted.id }))
  await desk.hear(told('uid_2', '10:30', { staff: nina }))
  await desk.hear(told('uid_3', '15:00', { reference: id, staff: nina }))
  for (const [uid, eventType] of [
    ['uid_4', 4711],
    ['uid_5', 9002],
    ['uid_6', 9012],
    ['uid_7', 9001],
    ['uid_8', undefined],
  ] as const) {
    await desk.hear(told(uid, '12:00', { eventType }))
  }
  for (const [event, kind] of [
    ['BOOKING_TELEPORTED', 'unknown'],
    ['PING', 'ignored'],
  ] as const) {
    await desk.tell({ event, at: desk.clock.now(), sameAs: undefined, news: { kind } })
  }
  for (const signature of [undefined, 'no-secret-provided', 'f'.repeat(64)]) {
    await desk.app.acceptCalendar('salon-sonne', { body: Buffer.from('{}'), signature, address: '192.0.2.3' })
  }
  await desk.app.acceptCalendar('nobody', { body: Buffer.from('{}'), signature: undefined, address: '192.0.2.3' })
  desk.calendar.misbehave('place', undefined)
  await desk.pass(16)
  desk.calendar.misbehave('bookings', 'wrong-key')
  await desk.pass(16)
  const deliveries = (await desk.ports.inbox.listAll(desk.platform, all)).items
  const alerts = (await desk.ports.alarm.alerts(desk.platform, all)).items
  const said = new Set([
    ...deliveries.flatMap(({ stages }) => stages.map(({ detail }) => detail)),
    ...alerts.map(({ message }) => message),
  ])
  expect(said.size).toBeGreaterThan(20)
  expect([...said].filter((sentence) => saidInGerman(sentence) === sentence)).toEqual([])
})

it('says in German that mails cannot be sent and that work is given up', async () => {
  const mailer = memoryMailer()
  mailer.fail(() => ({ kind: 'mail-deferred', detail: 'Later.' }))
  const desk = await openDesk([salon], (clock) => memoryPorts({ clock, ids: countingIds(), mailer }))
  const scope = await desk.scopeOf()
  const profile = await desk.ports.directory.profile(scope.company)
  if (!profile) throw new Error('There is no salon')
  await desk.app.createAppointment(scope, profile, {
    ...{ branch: 'mitte', service: 'herrenhaarschnitt', staff: 'nina', attendeeName: 'Max Muster', source: 'api' },
    ...{ startsAt: parseInstant('2026-11-21T09:30:00+01:00')._unsafeUnwrap(), phone: '0171 3920001' },
    ...{ email: undefined, notes: undefined },
  })
  for (let hour = 0; hour < 25; hour += 1) {
    if (hour === 12) mailer.fail(() => ({ kind: 'mail-server-down', detail: 'No.' }))
    await desk.app.workJobs(10)
    desk.clock.advance(HOUR)
  }
  const alerts = (await desk.ports.alarm.alerts(desk.platform, all)).items
  expect(alerts.map(({ kind }) => kind).toSorted()).toEqual(['job_given_up', 'mail_failing', 'mail_failing'])
  expect(alerts.filter(({ message }) => saidInGerman(message) === message)).toEqual([])
})

it('says in German what is wrong with the event types of a calendar', async () => {
  const desk = await openSetUp()
  const check = async () => {
    await desk.app.connectCalendar(desk.scope, await desk.profile(), {
      ...{ baseUrl: '', apiKey: undefined, webhookSecret: undefined },
    })
    await desk.app.workJobs(10)
  }
  desk.calendar.has({ eventTypes: eventTypes.slice(1) })
  await check()
  desk.calendar.misbehave('eventTypes', 'wrong-key')
  await check()
  const alerts = (await desk.ports.alarm.alerts(desk.platform, all)).items
  expect(alerts.map(({ kind }) => kind).toSorted()).toEqual(['calendar_down', 'foreign_event_type', 'unmapped_service'])
  expect(alerts.filter(({ message }) => saidInGerman(message) === message)).toEqual([])
})

it('says in German what Retell complains of', () => {
  const complaints = [
    'The tools of Retell for Cal.com are gone. Use the tools of frontdesk instead. (400)',
    'The agent names another version of its engine than its own. (400)',
    'The version is published already. (400)',
    'Retell refused the request. (400)',
    'Retell refused the request. (400).',
  ]
  expect(complaints.filter((sentence) => saidInGerman(sentence) === sentence)).toEqual([])
})
