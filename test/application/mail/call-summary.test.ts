import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryMailer } from '../../../src/adapters/memory/mailer.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { MINUTE } from '../../../src/domain/time.ts'
import { type Desk, openDesk, platformKey, salon } from '../desk.ts'

const tuesday = { service: 'Herrenhaarschnitt', date: 'nächste Woche Dienstag', time: 'halb elf', staff: 'Nina' }
const visible = { from: '+491713920005' }

const openWith = async (notifications: string, language = 'de') => {
  const mailer = memoryMailer()
  const company = salon
    .replace('language: de', `language: ${language}`)
    .concat(`notifications: { customer_email: true, ${notifications} }\n`)
  const desk = await openDesk(
    [company],
    (clock) =>
      memoryPorts({ clock, ids: countingIds(), platformKeys: [platformKey], voice: retellVoicePlatform, mailer }),
    { callLink: ({ company }, call) => `https://desk.example/companies/${company.slug}/calls/${call}` },
  )
  return { desk, mailer, summaries: () => mailer.taken.filter(({ id }) => id.startsWith('summary.')) }
}

const hear = async (desk: Desk, event: string, more: JsonObject = {}) => {
  const times = { start_timestamp: desk.clock.now() - 125_000, end_timestamp: desk.clock.now(), duration_ms: 125_000 }
  await desk.send({ event, call: { ...desk.callOf(visible), ...times, call_status: 'ended', ...more } })
  await desk.work()
  await desk.app.workJobs(100)
}
const analysis = { call_analysis: { call_summary: 'The caller booked & said <b>thanks</b>.' } }
const staff = 'staff_email: [team@salon-sonne.example]'

describe('the summary of a call', () => {
  it('says who called, when, how long and what came of it, once the analysis is there', async () => {
    const { desk, summaries } = await openWith(`call_summary: all, ${staff}`)
    await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' }, visible)
    const said = [{ role: 'agent', content: 'Gern. Sie erhalten eine Bestätigung per SMS.' }]
    await hear(desk, 'call_ended', { transcript_object: said })
    expect(summaries()).toEqual([])
    await hear(desk, 'call_analyzed', { transcript_object: said, ...analysis })
    expect(summaries()).toEqual([
      {
        id: 'summary.call_a.0',
        to: 'team@salon-sonne.example',
        replyTo: undefined,
        sender: 'Salon Sonne',
        language: 'de',
        subject: 'Anruf von Jonas Probe: Termin gebucht',
        content: [
          'Termin gebucht',
          [
            ['Anrufer', 'Jonas Probe'],
            ['Nummer', '0171 3920005'],
            ['Filiale', 'Salon Sonne Mitte'],
            ['Wann', 'Freitag, den 20. November 2026 um 09:57 Uhr'],
            ['Dauer', '2:05 min'],
            [
              'Gebucht',
              'Dienstag, den 24. November 2026 um 10:30 Uhr: Herrenhaarschnitt bei Nina Probe für Jonas Probe',
            ],
            ['Vom Agenten ohne Beleg gesagt', 'Sie erhalten eine Bestätigung per SMS.'],
          ],
          'The caller booked & said <b>thanks</b>.',
          'Der ganze Anruf: https://desk.example/companies/salon-sonne/calls/call_a',
        ],
        invitation: undefined,
      },
    ])
  })

  it('is sent five minutes after the end when no analysis comes, and only once whatever comes later', async () => {
    const { desk, summaries } = await openWith(`call_summary: all, ${staff}`)
    await hear(desk, 'call_ended')
    desk.clock.advance(5 * MINUTE - 1)
    await desk.app.workJobs(100)
    expect(summaries()).toEqual([])
    desk.clock.advance(1)
    await desk.app.workJobs(100)
    expect(summaries().map(({ subject }) => subject)).toEqual(['Anruf von 0171 3920005: ohne Ergebnis'])
    await hear(desk, 'call_analyzed', analysis)
    await hear(desk, 'call_ended', { late: true })
    desk.clock.advance(10 * MINUTE)
    await desk.app.workJobs(100)
    expect(summaries()).toHaveLength(1)
    expect((await desk.look((tx) => tx.calls.events('call_a'))).map(({ event }) => event)).toContain('call_summary')
  })

  it('tells of what was moved, cancelled and promised, in English', async () => {
    const { desk, summaries } = await openWith(`call_summary: bookings, ${staff}`, 'en')
    await desk.ask('book_appointment', { ...tuesday, name: 'Jonas Probe' }, { ...visible, call: 'call_old' })
    await desk.ask('cancel_appointment', {}, visible)
    await desk.ask('cancel_appointment', { confirmed: true }, visible)
    await desk.ask('request_callback', { customer_name: 'Jonas Probe', reason: 'colour' }, visible)
    await hear(desk, 'call_analyzed')
    const [mail] = summaries()
    expect(mail?.subject).toBe('Call from Jonas Probe: appointment cancelled')
    const rows = new Map(mail?.content.flatMap((one) => (typeof one === 'string' ? [] : one)))
    expect(rows.get('Cancelled')).toBe(
      'Tuesday, November 24th, 2026 at 10:30 am: Herrenhaarschnitt with Nina Probe for Jonas Probe',
    )
    expect(rows.get('Callback')).toMatch(/^Jonas Probe, 0171 3920005, colour, by /)
  })

  it.each([
    ['all', 'information', 1],
    ['bookings', 'information', 0],
    ['bookings', 'callback', 1],
    ['none', 'callback', 0],
  ])('with %s of a call with %s is sent %i times', async (setting, outcome, count) => {
    const { desk, summaries } = await openWith(`call_summary: ${setting}, ${staff}`)
    await desk.ask('check_availability', tuesday, visible)
    if (outcome === 'callback') await desk.ask('request_callback', { customer_name: 'Anna Test' }, visible)
    await hear(desk, 'call_analyzed')
    expect((await desk.look((tx) => tx.calls.find('call_a')))?.outcome).toBe(outcome)
    expect(summaries()).toHaveLength(count)
  })

  it('goes to everybody of the branch, else of the company, and to nobody without an address', async () => {
    const several = await openWith('call_summary: all, staff_email: [a@salon-sonne.example, b@salon-sonne.example]')
    await hear(several.desk, 'call_analyzed')
    expect(several.summaries().map(({ to }) => to)).toEqual(['a@salon-sonne.example', 'b@salon-sonne.example'])
    const nobody = await openWith('call_summary: all')
    await hear(nobody.desk, 'call_analyzed')
    expect(nobody.summaries()).toEqual([])
  })

  it('waits for a mail server that is down, and undoes nothing', async () => {
    const { desk, mailer, summaries } = await openWith(`call_summary: all, ${staff}`)
    mailer.fail(() => ({ kind: 'mail-server-down', detail: 'No answer.' }))
    await hear(desk, 'call_analyzed')
    expect((await desk.look((tx) => tx.calls.find('call_a')))?.record.reports).toHaveLength(1)
    mailer.fail(undefined)
    desk.clock.advance(MINUTE)
    await desk.app.workJobs(100)
    expect(summaries()).toHaveLength(1)
  })

  it.each([
    [20, 1, []],
    [25, 0, ['job_given_up']],
  ])('of a server that is down for %i hours comes %i times', async (hours, times, alerts) => {
    const { desk, mailer, summaries } = await openWith(`call_summary: all, ${staff}`)
    mailer.fail(() => ({ kind: 'mail-server-down', detail: 'No answer.' }))
    await hear(desk, 'call_analyzed')
    for (let minute = 0; minute < 29 * 60; minute += 1) {
      if (minute === hours * 60) mailer.fail(undefined)
      desk.clock.advance(MINUTE)
      await desk.app.workJobs(100)
    }
    expect(summaries()).toHaveLength(times)
    const open = await desk.look((tx) => tx.alerts.list({ open: true, limit: 9, cursor: undefined }))
    expect(open.items.map(({ kind }) => kind).filter((kind) => kind === 'job_given_up')).toEqual(alerts)
  })
})
