import { describe, expect, it } from 'vitest'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { type Desk, openDesk, salon } from '../desk.ts'

type Line = readonly [role: 'agent' | 'user', content: string, second?: number]
const all = { limit: 200, cursor: undefined }
const tuesday = { service: 'Herrenhaarschnitt', date: 'nächste Woche Dienstag', time: 'halb elf' }

const entryOf = ([role, content, second]: Line): JsonObject => ({
  role,
  content,
  words: second === undefined ? [] : [{ word: content, start: second, end: second + 1 }],
})

/** Ends call_a, which began at the desk's present moment less `seconds`, with what was said in it. */
const end = async (desk: Desk, lines: readonly Line[], { event = 'call_ended', began = 0 } = {}) => {
  const transcript = lines.map(([role, content]) => `${role === 'agent' ? 'Agent' : 'User'}: ${content}`).join('\n')
  await desk.send({
    event,
    call: {
      ...desk.callOf({}),
      call_status: 'ended',
      start_timestamp: began,
      end_timestamp: began + 120_000,
      transcript,
      transcript_object: lines.map(entryOf),
    },
  })
  await desk.work()
  return {
    call: await desk.look((tx) => tx.calls.find('call_a')),
    alerts: await desk.look((tx) => tx.alerts.list(all)),
  }
}
const claims = (call: Awaited<ReturnType<typeof end>>['call']) =>
  call?.findings.filter(({ kind }) => kind === 'claim-without-fact') ?? []

describe('what the agent promised, once the call is over', () => {
  it('is a finding and an alert when no tool had said so (I-29, I-35, I-54)', async () => {
    const desk = await openDesk()
    const began = desk.clock.now()
    const { call, alerts } = await end(
      desk,
      [
        ['agent', 'Guten Tag.', 1],
        ['user', 'Einen Termin bitte.', 3],
        ['agent', 'Einen Moment. Ihr Termin am Dienstag ist gebucht.', 6],
      ],
      { began },
    )
    expect(claims(call)).toEqual([
      {
        kind: 'claim-without-fact',
        at: began + 6_000,
        detail: 'The agent said “Ihr Termin am Dienstag ist gebucht.”, and no tool had said so.',
        place: { turn: 2, from: 14, to: 49 },
      },
    ])
    expect(alerts.items).toMatchObject([{ kind: 'claim_without_fact', callId: 'call_a' }])
    expect(JSON.stringify(alerts.items)).not.toContain('Dienstag')
    for (const sentence of [alerts.items[0]?.message ?? '', claims(call)[0]?.detail ?? ''])
      expect(saidInGerman(sentence)).not.toBe(sentence)
  })

  it('is told to open pages at once, and once', async () => {
    const desk = await openDesk()
    const { company } = await desk.scopeOf()
    const lines: readonly Line[] = [['agent', 'Ihr Termin ist gebucht.', 1]]
    const { alerts } = await end(desk, lines)
    const told = async () =>
      (await desk.ports.events.after(company, 0, 100)).filter(({ kind }) => kind === 'alert').map(({ data }) => data)
    expect(await told()).toEqual([{ alert_id: alerts.items[0]?.id }])
    await end(desk, lines, { event: 'call_analyzed' })
    expect(await told()).toHaveLength(1)
  })

  it('raises nothing anew when more was heard and somebody has seen to it, unless more was promised', async () => {
    const desk = await openDesk()
    const lines: readonly Line[] = [['agent', 'Ihr Termin ist gebucht.', 1]]
    const { alerts } = await end(desk, lines)
    await desk.app.resolveAlert(await desk.scopeOf(), alerts.items[0]?.id ?? 'alr_none')
    const open = () => desk.look((tx) => tx.alerts.list({ ...all, open: true }))
    await end(desk, lines, { event: 'call_analyzed' })
    expect((await open()).items).toEqual([])
    await end(desk, [...lines, ['agent', 'Wir rufen Sie zurück.', 4]], { event: 'call_analyzed' })
    expect((await open()).items).toMatchObject([{ kind: 'claim_without_fact' }])
  })

  it('is a call back too, as long as none was noted in the call', async () => {
    const lines: readonly Line[] = [
      ['agent', 'Wir rufen Sie heute noch zurück.', 5],
      ['user', 'Danke.', 9],
    ]
    for (const [tool, kept] of [
      ['initialize_call', false],
      ['request_callback', true],
      ['take_message', true],
    ] as const) {
      const desk = await openDesk()
      const began = desk.clock.now()
      desk.clock.advance(60_000)
      await desk.ask(tool, { reason: 'Preise', message: 'Bitte um Rückruf' })
      expect(claims((await end(desk, lines, { began })).call).length, tool).toBe(kept ? 0 : 1)
    }
  })

  it.each([
    ['Ich habe Sie am Dienstag um 11 Uhr gebucht.', 1],
    ['Ihr Termin ist gebucht, Dienstag um halb zwölf.', 1],
    ['Ich habe Sie am Dienstag um 10 Uhr 30 gebucht.', 0],
    ['Ich habe Sie am Dienstag um halb elf gebucht.', 0],
    ['Your appointment at 10:30 am is booked.', 0],
    ['Ihr Termin ist gebucht, wir haben bis 18 Uhr geöffnet.', 0],
  ])('is held against the hour that was booked: %s', async (sentence, count) => {
    const desk = await openDesk()
    const began = desk.clock.now()
    await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' })
    const { call } = await end(desk, [['agent', sentence, 20]], { began })
    expect(claims(call).map(({ detail }) => detail)).toHaveLength(count)
  })

  it.each([
    ['Ihr Termin ist auf 15 Uhr verschoben.', 0],
    ['Ihr Termin ist von 10 Uhr 30 auf 15 Uhr verschoben.', 0],
    ['Ihr Termin um 10 Uhr 30 ist verschoben.', 0],
    ['Ihr Termin ist auf 16 Uhr verschoben.', 1],
    ['Ihr neuer Termin ist um 15 Uhr eingetragen.', 0],
  ])('is held against the hour to which something was moved: %s', async (sentence, count) => {
    const desk = await openDesk()
    const began = desk.clock.now()
    await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' }, { call: 'call_b' })
    await desk.ask('reschedule_appointment', { new_time: '15 Uhr' })
    expect(await desk.ask('reschedule_appointment', { confirmed: true })).toMatchObject({ status: 'rescheduled' })
    const { call } = await end(desk, [['agent', sentence, 20]], { began })
    expect(claims(call).map(({ detail }) => detail)).toHaveLength(count)
  })

  it('is looked at again when more was heard, and raises one alert', async () => {
    const desk = await openDesk()
    const lines: readonly Line[] = [['agent', '10 Uhr ist noch frei.', 1]]
    expect(claims((await end(desk, lines)).call)).toHaveLength(1)
    const more: readonly Line[] = [...lines, ['user', 'Gut.', 4], ['agent', 'Ich habe Sie eingetragen.', 6]]
    const { call, alerts } = await end(desk, more, { event: 'call_analyzed' })
    expect(claims(call)).toHaveLength(2)
    expect(alerts.items).toHaveLength(1)
  })

  it('raises nothing when the tools had said it', async () => {
    const desk = await openDesk()
    const began = desk.clock.now()
    const offer = await desk.ask('check_availability', tuesday)
    const booked = await desk.ask('book_appointment', { offer_id: String(offer.offer_id), name: 'Jonas Probe' })
    const { call, alerts } = await end(
      desk,
      [
        ['agent', String(offer.message), 5],
        ['user', 'Ja, bitte.', 12],
        ['agent', String(booked.message), 16],
      ],
      { began },
    )
    expect(claims(call)).toEqual([])
    expect(alerts.items).toEqual([])
    expect(call?.outcome).toBe('booked')
  })

  it('is said too early when its tool answers twenty seconds later (I-55)', async () => {
    const desk = await openDesk()
    const began = desk.clock.now()
    const lines: readonly Line[] = [
      ['agent', 'Ihr Termin ist gebucht.', 5],
      ['user', 'Danke.', 8],
      ['agent', 'Gern.', 40],
    ]
    desk.clock.advance(31_000)
    await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' })
    expect(claims((await end(desk, lines, { began })).call)).toHaveLength(1)
  })

  it('gives no alarm for any sentence of our own', async () => {
    const wishes: readonly JsonObject[] = [
      tuesday,
      { ...tuesday, time: '17:30' },
      { ...tuesday, time: '10:20' },
      { ...tuesday, date: 'heute', time: '9 Uhr' },
      { ...tuesday, date: 'heute', time: '10:00' },
      { ...tuesday, time: '' },
      { ...tuesday, time: 'vormittags' },
      { ...tuesday, date: 'Sonntag' },
      { ...tuesday, service: '' },
      { ...tuesday, service: 'Damenhaarschnitt', staff: 'Udo' },
      { ...tuesday, service: 'Bartpflege' },
      { ...tuesday, date: '24.11.2027' },
    ]
    for (const language of ['de', 'en']) {
      const desk = await openDesk([salon.replace('language: de', `language: ${language}`)])
      const lines: Line[] = []
      const say = async (name: string, args: JsonObject) => {
        const { message } = await desk.ask(name, args)
        lines.push(['agent', String(message)])
      }
      await desk.ask('book_appointment', { ...tuesday, staff: 'Nina', name: 'Anna Test' }, { call: 'call_b' })
      await say('book_table', {})
      await say('initialize_call', {})
      await say('check_customer', {})
      for (const wish of wishes) await say('check_availability', wish)
      await say('book_appointment', { ...tuesday, staff: 'Nina', name: 'Jonas Probe', confirmed: true })
      await say('book_appointment', { ...tuesday, time: '15 Uhr' })
      await say('book_appointment', { ...tuesday, time: '15 Uhr', name: 'Jonas Probe' })
      await say('query_appointments', {})
      await say('reschedule_appointment', { old_time: '15 Uhr', new_time: '16 Uhr' })
      await say('reschedule_appointment', { confirmed: true })
      await say('reschedule_appointment', { old_time: '16 Uhr', new_time: '10 Uhr 30' })
      await say('cancel_appointment', { time: '16 Uhr' })
      await say('cancel_appointment', { time: '16 Uhr', confirmed: true })
      await say('request_callback', { reason: 'Preise', customer_name: 'Jonas Probe' })
      await say('take_message', { message: 'Ich komme später.' })
      expect(claims((await end(desk, lines)).call).map(({ detail }) => detail)).toEqual([])
    }
  })
})

describe('the caller’s name', () => {
  const nameAfter = async (desk: Desk, lines: readonly Line[]) => (await end(desk, lines)).call?.callerName

  it('is the one that the caller said, when no tool was told one', async () =>
    expect(await nameAfter(await openDesk(), [['user', 'Guten Tag, mein Name ist Erika Beispiel.']])).toBe(
      'Erika Beispiel',
    ))

  it('is never in the words of the agent, nor its own name repeated (I-132)', async () => {
    const own: Line = ['agent', 'Guten Tag, mein Name ist Clara.']
    expect(await nameAfter(await openDesk(), [own])).toBeUndefined()
    expect(await nameAfter(await openDesk(), [own, ['user', 'Hallo, hier ist Clara.']])).toBeUndefined()
  })

  it('is not a colleague’s', async () =>
    expect(await nameAfter(await openDesk(), [['user', 'Hier ist Nina.']])).toBeUndefined())

  it('as told to a tool outranks what was overheard, also when another person was booked for', async () => {
    const desk = await openDesk()
    await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' })
    expect(await nameAfter(desk, [['user', 'Mein Name ist Jona Brobe.']])).toBe('Jonas Probe')
    const other = await openDesk()
    await other.ask('book_appointment', { ...tuesday, name: 'Anna Test', for_someone_else: true })
    expect(await nameAfter(other, [['user', 'Mein Name ist Erika Beispiel, es geht um Anna Test.']])).toBe(
      'Erika Beispiel',
    )
    expect(await other.look((tx) => tx.appointments.ofCall('call_a'))).toMatchObject([{ attendeeName: 'Anna Test' }])
  })
})

describe('the outcome of a call', () => {
  const outcomeOf = (desk: Desk) => desk.look(async (tx) => (await tx.calls.find('call_a'))?.outcome)

  it('is none until a question of the caller was answered', async () => {
    const desk = await openDesk()
    await desk.ask('initialize_call', {})
    await desk.ask('check_customer', {})
    await desk.ask('check_availability', { date: 'morgen' })
    expect(await outcomeOf(desk)).toBe('none')
    await desk.ask('check_availability', tuesday)
    expect(await outcomeOf(desk)).toBe('information')
  })

  it('is not changed by the voice platform’s own opinion (I-146)', async () => {
    const desk = await openDesk()
    await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' })
    const analysed = { call_summary: 'Nothing was booked.', call_successful: false }
    await desk.send({ event: 'call_analyzed', call: { ...desk.callOf({}), call_analysis: analysed } })
    await desk.work()
    expect(await outcomeOf(desk)).toBe('booked')
  })
})
