import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { type MemoryMailer, memoryMailer } from '../../../src/adapters/memory/mailer.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import { HOUR } from '../../../src/domain/time.ts'
import { openDesk, platformKey, salon } from '../desk.ts'

const openWith = async (language: string, withServer = true) => {
  const mailer = withServer ? memoryMailer() : undefined
  const company = salon
    .replace('language: de', `language: ${language}`)
    .concat('notifications: { staff_email: [team@salon-sonne.example, chefin@salon-sonne.example] }\n')
  const desk = await openDesk([company], (clock) =>
    memoryPorts({
      clock,
      ids: countingIds(),
      platformKeys: [platformKey],
      voice: retellVoicePlatform,
      ...(mailer && { mailer }),
    }),
  )
  return {
    desk,
    taken: () => (mailer?.taken ?? []).filter(({ id }) => id.startsWith('cbk_')),
    fail: (how: Parameters<MemoryMailer['fail']>[0]) => mailer?.fail(how),
  }
}
const erika = { customer_name: 'Erika Beispiel', phone_number: '0171 3920009', priority: 'urgent', reason: 'Färbung' }

describe('the mail about an overdue callback', () => {
  it('goes to everybody of the team, once, with what is needed to ring back', async () => {
    const { desk, taken } = await openWith('de')
    await desk.ask('request_callback', { ...erika, service: 'Damenhaarschnitt', preferred_time_window: 'nach elf' })
    await desk.app.workJobs(50)
    expect(taken()).toEqual([])
    desk.clock.advance(2 * HOUR)
    for (let round = 0; round < 3; round += 1) await desk.app.workJobs(50)
    expect(taken().map(({ to }) => to)).toEqual(['team@salon-sonne.example', 'chefin@salon-sonne.example'])
    expect(taken()[0]).toMatchObject({
      language: 'de',
      subject: 'Überfälliger Rückruf: Erika Beispiel',
      content: [
        'Dieser Rückruf ist versprochen, und noch hat ihn niemand erledigt. Bitte rufen Sie jetzt zurück.',
        [
          ['Name', 'Erika Beispiel'],
          ['Nummer', '0171 3920009'],
          ['Worum es geht', 'Färbung'],
          ['Leistung', 'Damenhaarschnitt'],
          ['Am liebsten', 'nach elf'],
          ['Filiale', 'Salon Sonne Mitte'],
          ['Zugesagt bis', 'Freitag, den 20. November 2026 um 12:00 Uhr'],
        ],
      ],
    })
    desk.clock.advance(HOUR)
    await desk.app.workJobs(50)
    expect(taken()).toHaveLength(2)
  })

  it('speaks of a message as one, in the language of the company', async () => {
    const { desk, taken } = await openWith('en')
    await desk.ask('take_message', { message: 'I will be late.' }, { from: 'anonymous' })
    desk.clock.advance(24 * HOUR)
    for (let round = 0; round < 3; round += 1) await desk.app.workJobs(50)
    expect(taken()[0]).toMatchObject({
      subject: 'Message not seen to: no name',
      content: [
        'Nobody has seen to this message yet. Please see to it now.',
        expect.arrayContaining([['Message', 'I will be late.']]),
      ],
    })
  })

  it('is out after the mail server was away for half a day', async () => {
    const { desk, taken, fail } = await openWith('de')
    await desk.ask('request_callback', erika)
    fail(() => ({ kind: 'mail-server-down', detail: 'The mail server cannot be used.' }))
    for (let hour = 0; hour < 20; hour += 1) {
      if (hour === 14) fail(undefined)
      desk.clock.advance(HOUR)
      await desk.app.workJobs(50)
    }
    expect(taken()).toHaveLength(2)
  })

  it('is not sent for what was done while it waited for the mail server', async () => {
    const { desk, taken, fail } = await openWith('de')
    await desk.ask('request_callback', erika)
    desk.clock.advance(2 * HOUR)
    fail(() => ({ kind: 'mail-server-down', detail: 'The mail server cannot be used.' }))
    for (let round = 0; round < 2; round += 1) await desk.app.workJobs(50)
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    const [one] = (await desk.app.listCallbacks(scope, { limit: 1, cursor: undefined, order: 'due' })).items
    if (profile && one) await desk.app.changeCallback(scope, profile, one.id, { state: 'done' })
    fail(undefined)
    desk.clock.advance(HOUR)
    expect(await desk.app.workJobs(50)).toMatchObject({ done: 2 })
    expect(taken()).toEqual([])
  })

  it('is not sent for what was done, and not waited for where there is no mail server', async () => {
    const { desk, taken } = await openWith('de')
    await desk.ask('request_callback', erika)
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    const [one] = (await desk.app.listCallbacks(scope, { limit: 1, cursor: undefined, order: 'due' })).items
    if (profile && one) await desk.app.changeCallback(scope, profile, one.id, { state: 'done' })
    desk.clock.advance(3 * HOUR)
    for (let round = 0; round < 3; round += 1) await desk.app.workJobs(50)
    expect(taken()).toEqual([])

    const silent = await openWith('de', false)
    await silent.desk.ask('request_callback', erika)
    silent.desk.clock.advance(3 * HOUR)
    for (let round = 0; round < 8; round += 1) {
      await silent.desk.app.workJobs(50)
      silent.desk.clock.advance(2 * HOUR)
    }
    const alerts = await silent.desk.look(async (tx) => (await tx.alerts.list({ limit: 9, cursor: undefined })).items)
    // The call in which it was promised is never hung up.
    expect(alerts.map(({ kind }) => kind).filter((kind) => kind !== 'call_without_end')).toEqual(['callback_overdue'])
  })
})
