import { expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import type { UnrulyCalendar } from '../../../src/adapters/memory/calendar.ts'
import { memoryMailer } from '../../../src/adapters/memory/mailer.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import { behindProxy } from '../../../src/application/calling/refusals.ts'
import { secret } from '../../../src/domain/secret.ts'
import { HOUR, instant, parseInstant } from '../../../src/domain/time.ts'
import { eventTypes, openSetUp } from '../../application/calendar-set-up.ts'
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
  expect(new Set(said).size).toBe(7)
  expect(said.filter((sentence) => saidInGerman(sentence) === sentence)).toEqual([])
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
