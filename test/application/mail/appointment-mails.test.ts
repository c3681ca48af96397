import { ok } from 'neverthrow'
import { beforeEach, describe, expect, it } from 'vitest'
import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { type MemoryMailer, memoryMailer } from '../../../src/adapters/memory/mailer.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import { postOffice } from '../../../src/application/mail/post-office.ts'
import type { Mail } from '../../../src/application/ports/mailer.ts'
import { HOUR, type Instant, MINUTE, parseInstant } from '../../../src/domain/time.ts'
import { type Desk, openDesk, platformKey, salon } from '../desk.ts'

const at = (text: string): Instant => parseInstant(`2026-${text}:00+01:00`)._unsafeUnwrap()

const withTeam = salon
  .replace('retell_agent_id: agent_mitte', 'retell_agent_id: agent_mitte\n    staff_email: [mitte@salon.example]')
  .replace('name: Nina Probe,', 'name: Nina Probe, email: nina@salon.example,')
  .replace('name: Udo Beispiel,', 'name: Udo Beispiel, email: udo@salon.example,')
  .concat('notifications: { staff_email: [team@salon.example] }\n')

const down = () => ({ kind: 'mail-server-down', detail: 'The mail server cannot be used.' }) as const

describe('mails about appointments', () => {
  let mailer: MemoryMailer
  let desk: Desk

  const open = async (file: string, withMailer = true): Promise<void> => {
    mailer = memoryMailer('desk@salon.example')
    desk = await openDesk([file], (clock) =>
      memoryPorts({
        ...{ clock, ids: countingIds(), platformKeys: [platformKey], voice: retellVoicePlatform },
        ...(withMailer ? { mailer } : {}),
      }),
    )
  }
  beforeEach(() => open(salon))

  const shop = async () => {
    const scope = await desk.scopeOf()
    const profile = await desk.ports.directory.profile(scope.company)
    if (!profile) throw new Error('There is no salon')
    return { scope, profile }
  }
  const book = async (startsAt: Instant, more: { staff?: string; phone?: string; email?: string } = {}) => {
    const { scope, profile } = await shop()
    const made = await desk.app.createAppointment(scope, profile, {
      ...{ branch: 'mitte', service: 'herrenhaarschnitt', staff: 'nina', startsAt, attendeeName: 'Max Muster' },
      ...{ phone: '0171 3920001', email: undefined, notes: undefined, source: 'dashboard', ...more },
    })
    return made._unsafeUnwrap().appointment
  }
  const move = async (id: `apt_${string}`, to: { startsAt?: Instant; staff?: string }) => {
    const { scope, profile } = await shop()
    const wanted = { startsAt: to.startsAt, staff: to.staff }
    return (await desk.app.moveAppointment(scope, profile, id, wanted))._unsafeUnwrap().appointment
  }
  const cancel = async (id: `apt_${string}`) => {
    const { scope, profile } = await shop()
    return (await desk.app.cancelAppointment(scope, profile, id, 'Krank'))._unsafeUnwrap().appointment
  }
  const work = async () => {
    const { done, postponed, givenUp } = await desk.app.workJobs(100)
    return [done, postponed, givenUp]
  }
  const subjects = (to = 'max@salon-sonne.example') =>
    mailer.taken.filter((mail) => mail.to === to).map(({ subject }) => subject)
  const text = ({ content }: Mail) => JSON.stringify(content)
  const openAlerts = () =>
    desk.look(async (tx) => (await tx.alerts.list({ open: true, limit: 50, cursor: undefined })).items)

  it('confirm a booking once, with all that the customer needs to know and an entry for their calendar', async () => {
    const appointment = await book(at('11-24T10:30'))
    expect(mailer.taken).toEqual([])
    await work()
    await work()
    expect(mailer.taken).toHaveLength(1)
    const [mail] = mailer.taken
    expect(mail).toMatchObject({
      to: 'max@salon-sonne.example',
      sender: 'Salon Sonne Mitte',
      subject: 'Ihr Termin: Herrenhaarschnitt, Dienstag, den 24. November 2026 um 10:30 Uhr',
      invitation: {
        method: 'REQUEST',
        entry: {
          uid: `${appointment.id}@salon.example`,
          sequence: 0,
          startsAt: appointment.startsAt,
          status: 'confirmed',
        },
      },
    })
    for (const part of ['Max Muster', 'Nina Probe', '32 Euro', 'Salon Sonne Mitte', '030\u00a023125101', 'absagen']) {
      expect(mail && text(mail)).toContain(part)
    }
  })

  it('speak the customer’s language', async () => {
    await desk.ports.store.transact(await desk.scopeOf(), async (tx) => {
      const [customer] = (await tx.customers.list({ limit: 1, cursor: undefined })).items
      if (customer) await tx.customers.save({ ...customer, language: 'en' })
      return ok(undefined)
    })
    await book(at('11-24T10:30'))
    await work()
    expect(subjects()).toEqual(['Your appointment: Herrenhaarschnitt, Tuesday, November 24th, 2026 at 10:30 am'])
  })

  it('tell of a move with the time before, and of a cancellation, as the same entry with a higher number', async () => {
    const { id } = await book(at('11-24T10:30'))
    await work()
    await move(id, { startsAt: at('11-25T11:00') })
    await work()
    await cancel(id)
    await work()
    expect(subjects()).toEqual([
      'Ihr Termin: Herrenhaarschnitt, Dienstag, den 24. November 2026 um 10:30 Uhr',
      'Ihr Termin ist verlegt: Herrenhaarschnitt, Mittwoch, den 25. November 2026 um 11:00 Uhr',
      'Ihr Termin ist abgesagt: Herrenhaarschnitt, Mittwoch, den 25. November 2026 um 11:00 Uhr',
    ])
    expect(text(mailer.taken[1] as Mail)).toContain('Dienstag, den 24. November 2026 um 10:30 Uhr')
    expect(mailer.taken.map(({ invitation }) => [invitation?.method, invitation?.entry.sequence])).toEqual([
      ['REQUEST', 0],
      ['REQUEST', 1],
      ['CANCEL', 2],
    ])
    expect(new Set(mailer.taken.map(({ invitation }) => invitation?.entry.uid)).size).toBe(1)
    expect(new Set(mailer.taken.map((mail) => mail.id)).size).toBe(3)
  })

  it('say nothing of what was overtaken before it was sent', async () => {
    const { id } = await book(at('11-24T10:30'))
    await move(id, { startsAt: at('11-25T11:00') })
    await cancel(id)
    await work()
    expect(subjects()).toEqual([expect.stringMatching(/abgesagt/)])
  })

  it('are not queued without a mail server, an address, or when the company does not want them', async () => {
    await book(at('11-24T10:30'), { phone: '0171 3920002' })
    await book(at('11-24T12:30'), { phone: '0171 3920003', email: '00@sms.cal.com' })
    const jobs = () => desk.ports.jobs.listAll(desk.platform, { limit: 50, cursor: undefined })
    expect((await jobs()).items).toEqual([])
    await open(`${salon}notifications: { customer_email: false }\n`)
    await book(at('11-24T10:30'))
    expect((await jobs()).items).toEqual([])
    await open(withTeam, false)
    await book(at('11-24T10:30'))
    expect((await jobs()).items).toEqual([])
  })

  it('tell the team and the colleague, after a move also the one before, each once', async () => {
    await open(withTeam)
    const { id } = await book(at('11-24T10:30'), { phone: '0171 3920002' })
    await work()
    expect(mailer.taken.map(({ to }) => to).toSorted()).toEqual(['mitte@salon.example', 'nina@salon.example'])
    expect(text(mailer.taken[0] as Mail)).toMatch(/Neuer Termin.*Max Muster, 0171 3920002/)
    await move(id, { staff: 'udo' })
    await work()
    expect(
      mailer.taken
        .slice(2)
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(['mitte@salon.example', 'nina@salon.example', 'udo@salon.example'])
    expect(subjects('udo@salon.example')).toEqual([expect.stringMatching(/^Termin verlegt/)])
    expect(text(mailer.taken.at(-1) as Mail)).toContain('["Bisher","Nina Probe"]')
    await cancel(id)
    await work()
    expect(text(mailer.taken.at(-1) as Mail)).toContain('Krank')
  })

  describe('reminders', () => {
    const goTo = async (moment: Instant) => {
      desk.clock.set(moment)
      await work()
    }

    it('come the day before at the same hour, once', async () => {
      await book(at('11-24T10:30'))
      await goTo(at('11-23T10:29'))
      expect(subjects()).toHaveLength(1)
      await goTo(at('11-23T10:30'))
      await goTo(at('11-23T12:00'))
      expect(subjects().slice(1)).toEqual([expect.stringMatching(/^Erinnerung an Ihren Termin: .*Dienstag, den 24\./)])
    })

    it('are not sent for what was booked within 24 hours of it', async () => {
      await book(at('11-21T10:00'))
      for (const hour of ['20T12:00', '20T23:00', '21T09:59']) await goTo(at(`11-${hour}`))
      expect(subjects()).toEqual([expect.stringMatching(/^Ihr Termin:/)])
    })

    it('move with the appointment and go with it', async () => {
      const { id } = await book(at('11-24T10:30'))
      await move(id, { startsAt: at('11-26T15:00') })
      await goTo(at('11-24T12:00'))
      expect(subjects().filter((subject) => subject.startsWith('Erinnerung'))).toEqual([])
      await goTo(at('11-25T15:00'))
      expect(subjects().filter((subject) => subject.startsWith('Erinnerung'))).toHaveLength(1)
      const other = await book(at('12-03T10:00'), { staff: 'udo' })
      await cancel(other.id)
      await goTo(at('12-02T11:00'))
      expect(subjects().filter((subject) => subject.startsWith('Erinnerung'))).toHaveLength(1)
    })
  })

  describe('over a server that fails', () => {
    it('wait and are tried again, with one alert, which is resolved when it works again', async () => {
      mailer.fail(down)
      const { id } = await book(at('11-24T10:30'))
      await book(at('11-24T12:30'), { staff: 'udo' })
      await work()
      expect((await openAlerts()).map(({ kind }) => kind)).toEqual(['mail_failing'])
      expect(await desk.look((tx) => tx.appointments.find(id))).toMatchObject({ status: 'confirmed' })
      desk.clock.advance(MINUTE)
      await work()
      expect(await openAlerts()).toHaveLength(1)
      mailer.fail(undefined)
      for (let minute = 0; minute < 7; minute += 1) {
        desk.clock.advance(MINUTE)
        await work()
      }
      expect(subjects()).toHaveLength(2)
      expect(await openAlerts()).toEqual([])
    })

    const workUntil = async (moment: Instant) => {
      for (; desk.clock.now() < moment; desk.clock.advance(MINUTE)) await work()
    }

    it('are tried less and less often until the appointment, then given up with an alert', async () => {
      const begun = desk.clock.now()
      const attempts: number[] = []
      mailer.fail(() => {
        attempts.push((desk.clock.now() - begun) / MINUTE)
        return down()
      })
      await book(at('11-21T10:00'))
      await workUntil(at('11-21T09:58'))
      expect((await openAlerts()).map(({ kind }) => kind)).toEqual(['mail_failing'])
      await workUntil(at('11-21T10:01'))
      expect(attempts.slice(0, 8)).toEqual([0, 1, 6, 21, 81, 201, 441, 681])
      expect(attempts.at(-1)).toBeGreaterThan(24 * 60 - 3)
      expect(attempts.length).toBeLessThan(20)
      const alerts = await openAlerts()
      expect(alerts.map(({ kind }) => kind).toSorted()).toEqual(['job_given_up', 'mail_failing'])
      expect(JSON.stringify(alerts)).not.toMatch(/max|muster|salon-sonne|171/i)
    })

    it('are out after an outage of half a day, and no page is told of an alert that is not there', async () => {
      mailer.fail(down)
      const { scope } = await shop()
      await book(at('11-24T10:30'))
      await workUntil(at('11-20T22:00'))
      expect(subjects()).toEqual([])
      const told = (await desk.ports.events.after(scope.company, 0, 100)).filter(({ kind }) => kind === 'alert')
      expect(told.map(({ data }) => data)).toEqual([{ alert_id: (await openAlerts())[0]?.id }])
      mailer.fail(undefined)
      await workUntil(at('11-21T02:00'))
      expect(subjects()).toHaveLength(1)
      expect(await openAlerts()).toEqual([])
    })

    it('are given up with an alert when the appointment began while nobody worked', async () => {
      mailer.fail(down)
      await book(at('11-21T10:00'))
      await work()
      desk.clock.set(at('11-21T10:00'))
      expect((await work()).at(-1)).toBe(1)
      expect((await openAlerts()).map(({ kind }) => kind)).toContain('job_given_up')
    })

    it('that a server puts off for more than an hour raise an alert, until it takes them', async () => {
      mailer.fail(() => ({ kind: 'mail-deferred', detail: 'The mail server wants the mail later (451).' }))
      await book(at('11-24T10:30'))
      await workUntil(at('11-20T11:00'))
      expect(await openAlerts()).toEqual([])
      await workUntil(at('11-20T11:30'))
      expect(await openAlerts()).toMatchObject([{ kind: 'mail_failing', severity: 'warning' }])
      mailer.fail(undefined)
      await workUntil(at('11-20T16:00'))
      expect(subjects()).toHaveLength(1)
      expect(await openAlerts()).toEqual([])
    })

    it('say so when the server was taken out of the settings', async () => {
      await book(at('11-24T10:30'))
      const post = postOffice({ ...desk.ports, mailer: undefined })
      const { scope } = await shop()
      const mail = { id: 'm', to: 'max@salon-sonne.example' } as Mail
      expect(await post(scope, mail, { attempt: 0 }, at('11-24T10:30'))).toMatchObject({ kind: 'failed' })
      expect((await openAlerts()).map(({ kind }) => kind)).toEqual(['mail_failing'])
    })

    it('do not all ask it, as long as it failed a moment ago', async () => {
      let attempts = 0
      mailer.fail(() => {
        attempts += 1
        return down()
      })
      const first = await book(at('11-24T10:30'))
      await work()
      await move(first.id, { startsAt: at('11-24T12:30') })
      expect(await work()).toEqual([0, 1, 0])
      expect(attempts).toBe(1)
      desk.clock.advance(MINUTE)
      await work()
      expect(attempts).toBe(2)
    })

    it('try it one at a time after each rest', async () => {
      let attempts = 0
      mailer.fail(() => {
        attempts += 1
        return down()
      })
      for (const day of [24, 25, 26]) await book(at(`11-${day}T10:30`))
      await work()
      expect(attempts).toBe(3)
      desk.clock.advance(MINUTE)
      expect(await work()).toEqual([0, 3, 0])
      expect(attempts).toBe(4)
      mailer.fail(undefined)
      for (let minute = 0; minute < 9; minute += 1) {
        desk.clock.advance(MINUTE)
        await work()
      }
      expect(subjects()).toHaveLength(3)
    })

    it('give up a mail that is refused for its address, without a word about the server', async () => {
      mailer.fail(() => ({ kind: 'mail-refused', detail: 'The mail server refused the mail (550).' }))
      await book(at('11-24T10:30'))
      expect(await work()).toEqual([0, 0, 1])
      expect((await openAlerts()).map(({ kind }) => kind)).toEqual(['job_given_up'])
      desk.clock.advance(HOUR)
      expect(await work()).toEqual([0, 0, 0])
    })
  })

  describe('sent at once', () => {
    it('say that they were sent only when they were', async () => {
      const { scope } = await shop()
      const sent = await book(at('11-24T10:30'))
      expect(await desk.app.sendNow(scope.company, sent, 5_000)).toBe('sent')
      expect(subjects()).toHaveLength(1)
      expect(await work()).toEqual([0, 0, 0])
      mailer.fail(down)
      const failed = await book(at('11-24T12:30'), { staff: 'udo' })
      expect(await desk.app.sendNow(scope.company, failed, 5_000)).toBe('not-sent')
      const nobody = await book(at('11-25T10:30'), { phone: '0171 3920002' })
      expect(await desk.app.sendNow(scope.company, nobody, 5_000)).toBe('not-sent')
    })

    it('wait for whoever of this process took the job before', async () => {
      const { scope } = await shop()
      const appointment = await book(at('11-24T10:30'))
      const [answer] = await Promise.all([desk.app.sendNow(scope.company, appointment, 5_000), work()])
      expect(answer).toBe('sent')
      expect(subjects()).toHaveLength(1)
    })

    it('go on when the time is up, and are sent once', async () => {
      const { scope } = await shop()
      let letGo = () => {}
      const gate = new Promise<void>((resolve) => {
        letGo = resolve
      })
      const slow = { ...mailer, send: (mail: Mail) => gate.then(() => mailer.send(mail)) }
      desk = await openDesk([salon], (clock) => memoryPorts({ clock, ids: countingIds(), mailer: slow }))
      const appointment = await book(at('11-24T10:30'))
      expect(await desk.app.sendNow(scope.company, appointment, 30)).toBe('not-sent')
      expect(await work()).toEqual([0, 0, 0])
      letGo()
      await expect
        .poll(
          async () =>
            (await desk.ports.jobs.listAll(desk.platform, { limit: 9, cursor: undefined, state: 'done' })).items,
        )
        .toHaveLength(1)
      desk.clock.advance(HOUR)
      await work()
      expect(subjects()).toHaveLength(1)
    })
  })
})
