import { describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryMailer } from '../../../src/adapters/memory/mailer.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import type { Mailer } from '../../../src/application/ports/mailer.ts'
import { openDesk, platformKey, salon } from '../desk.ts'

const max = { call: 'call_max', from: '+491713920001' }
const wish = { service: 'Damenhaarschnitt', date: 'Dienstag', time: '10 Uhr', customer_name: 'Max Muster' }

const open = (mailer: Mailer | undefined) =>
  openDesk(
    [salon],
    (clock) =>
      memoryPorts({
        clock,
        ids: countingIds(),
        platformKeys: [platformKey],
        voice: retellVoicePlatform,
        ...(mailer && { mailer }),
      }),
    { toolDeadlineMs: 100 },
  )

describe('a confirmation that is spoken of in the call', () => {
  it('was really sent, once', async () => {
    const mailer = memoryMailer()
    const desk = await open(mailer)
    const answer = await desk.ask('book_appointment', wish, max)
    expect(answer).toMatchObject({ status: 'booked', confirmation_sent_by: ['email'] })
    expect(answer.message).toMatch(/Die Bestätigung haben wir Ihnen per E-Mail geschickt\.$/)
    await desk.app.workJobs(100)
    expect(mailer.taken.map(({ to }) => to)).toEqual(['max@salon-sonne.example'])
    expect(await desk.ask('book_appointment', wish, max)).toEqual(answer)
  })

  it.each([
    [
      'the mail server is down',
      (mailer: ReturnType<typeof memoryMailer>): Mailer => {
        mailer.fail(() => ({ kind: 'mail-server-down', detail: 'It is down.' }))
        return mailer
      },
    ],
    [
      'the mail server never answers',
      (mailer: ReturnType<typeof memoryMailer>): Mailer => ({
        ...mailer,
        send: () => new Promise<never>(() => {}),
      }),
    ],
  ])('is not spoken of when %s, and the booking stands', async (_why, unfit) => {
    const desk = await open(unfit(memoryMailer()))
    const answer = await desk.ask('book_appointment', wish, max)
    expect(answer).toMatchObject({ status: 'booked', confirmation_sent_by: [] })
    expect(answer.message).not.toMatch(/Mail/)
    expect(await desk.look((tx) => tx.appointments.ofCall('call_max'))).toMatchObject([{ status: 'confirmed' }])
  })

  it('is not spoken of without a mail server or without an address', async () => {
    const without = await open(undefined)
    expect(await without.ask('book_appointment', wish, max)).toMatchObject({ confirmation_sent_by: [] })
    const unknown = await open(memoryMailer())
    expect(await unknown.ask('book_appointment', wish)).toMatchObject({ confirmation_sent_by: [] })
  })
})
