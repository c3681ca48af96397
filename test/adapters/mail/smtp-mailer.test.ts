import ICAL from 'ical.js'
import { afterEach, describe, expect, it } from 'vitest'
import { smtpMailer } from '../../../src/adapters/mail/smtp-mailer.ts'
import { realTime } from '../../../src/adapters/timing/real-time.ts'
import type { Mail } from '../../../src/application/ports/mailer.ts'
import { instant } from '../../../src/domain/time.ts'
import { openBrokenServer, openMailServer } from './mail-server.ts'

const aMail = (more: Partial<Mail> = {}): Mail => ({
  id: 'apt_00000001.1.customer',
  to: 'max@muster.example',
  replyTo: 'mitte@salon.example',
  sender: 'Salon Sonne „Mitte“',
  language: 'de',
  subject: 'Ihr Termin: Färben & Föhnen, Mittwoch, den 3. Dezember 2026 um 10:30 Uhr',
  content: [
    'Guten Tag Max <b>Muster</b>,',
    [
      ['Wann', 'Mittwoch'],
      ['Leistung', 'Färben & Föhnen'],
    ],
    'Grüße\nSalon',
  ],
  invitation: {
    method: 'REQUEST',
    entry: {
      ...{ uid: 'apt_00000001@salon.example', sequence: 2, status: 'confirmed' },
      startsAt: instant(Date.parse('2026-12-03T09:30:00Z')),
      endsAt: instant(Date.parse('2026-12-03T10:25:00Z')),
      changedAt: instant(Date.parse('2026-11-20T09:00:00Z')),
      title: 'Färben, Schneiden; Föhnen',
      description: 'Bitte rufen Sie an.\nDanke.',
      location: 'Salon Sonne Mitte',
      organizer: { name: 'Salon Sonne', email: 'desk@salon.example' },
      attendee: { name: 'Max "Maxl" Muster', email: 'max@muster.example' },
    },
  },
  ...more,
})

describe('the SMTP mailer', () => {
  const closings: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })
  const opened = async <Server extends { readonly close: () => Promise<void> }>(server: Promise<Server>) => {
    const open = await server
    closings.push(open.close)
    return open
  }
  const mailerAt = (url: string, silenceMs = 10_000) =>
    smtpMailer({ url, from: 'desk@salon.example', silenceMs }, { realTime })

  it('sends text, HTML and an invitation that calendar programs understand', async () => {
    const server = await opened(openMailServer())
    expect((await mailerAt(server.url).send(aMail())).isOk()).toBe(true)
    const [mail] = await server.parsed()
    expect(mail).toMatchObject({
      messageId: '<apt_00000001.1.customer@salon.example>',
      subject: aMail().subject,
      from: { name: 'Salon Sonne „Mitte“', address: 'desk@salon.example' },
      to: [{ address: 'max@muster.example' }],
      replyTo: [{ address: 'mitte@salon.example' }],
    })
    expect(mail?.text).toContain('Wann: Mittwoch\nLeistung: Färben & Föhnen')
    expect(mail?.html).toContain('Max &lt;b&gt;Muster&lt;/b&gt;')
    expect(mail?.html).toContain('Färben &amp; Föhnen')
    expect(mail?.html).not.toMatch(/<b>|<script/)
    const calendar = mail?.attachments.find(({ filename }) => filename === 'termin.ics')
    expect(calendar).toBeDefined()
    const content =
      typeof calendar?.content === 'string' ? calendar.content : new TextDecoder().decode(calendar?.content)
    const component = new ICAL.Component(ICAL.parse(content))
    const event = new ICAL.Event(component.getFirstSubcomponent('vevent') ?? undefined)
    expect(component.getFirstPropertyValue('method')).toBe('REQUEST')
    expect(event).toMatchObject({
      uid: 'apt_00000001@salon.example',
      sequence: 2,
      summary: 'Färben, Schneiden; Föhnen',
    })
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-12-03T09:30:00.000Z')
    expect(event.endDate.toJSDate().toISOString()).toBe('2026-12-03T10:25:00.000Z')
    expect(event.description).toBe('Bitte rufen Sie an.\nDanke.')
    expect(event.attendees[0]?.getFirstValue()).toMatch(/^mailto:max@muster\.example$/i)
    expect(event.attendees[0]?.getParameter('cn')).toBe('Max ’Maxl’ Muster')
    expect(server.raw[0]).toMatch(/content-type: text\/calendar;[^\n]*(\r?\n\s[^\n]*)*method=REQUEST/i)
  })

  it('lets nothing that people say into a header', async () => {
    const server = await opened(openMailServer())
    const evil = 'Salon\r\nBcc: thief@evil.example\u0000\r\n\r\nBuy now'
    const sent = await mailerAt(server.url).send(
      aMail({ subject: evil, sender: evil, content: ['x'], invitation: undefined }),
    )
    expect(sent.isOk()).toBe(true)
    const [mail] = await server.parsed()
    expect(mail?.bcc).toBeUndefined()
    expect(mail?.subject).toBe('Salon Bcc: thief@evil.example Buy now')
    expect(server.raw[0]?.split(/\r?\n\r?\n/)[0]).not.toMatch(/^(Bcc|Buy)/im)
  })

  it('sends the same mail under the same name', async () => {
    const server = await opened(openMailServer())
    for (const mail of [aMail(), aMail()]) await mailerAt(server.url).send(mail)
    expect(new Set((await server.parsed()).map(({ messageId }) => messageId)).size).toBe(1)
  })

  it('signs in, and takes a wrong password for a trouble of the server', async () => {
    const server = await opened(openMailServer({ users: { desk: 'secret' } }))
    const at = (password: string) => mailerAt(server.url.replace('//', `//desk:${password}@`))
    expect((await at('secret').send(aMail())).isOk()).toBe(true)
    const refused = (await at('wrong').send(aMail()))._unsafeUnwrapErr()
    expect(refused.kind).toBe('mail-server-down')
    expect(refused.detail).not.toContain('wrong')
  })

  it.each([
    ['an address that does not exist', { refuse: (): number => 550 }, 'mail-refused'],
    ['an address that is full at the moment', { refuse: (): number => 450 }, 'mail-deferred'],
    ['a mail that it does not like', { refuseMail: 554 }, 'mail-refused'],
    ['a mail that it does not like now', { refuseMail: 451 }, 'mail-deferred'],
    ['us', { refuseSender: 553 }, 'mail-server-down'],
  ] as const)('tells apart a server that refuses %s', async (_what, options, kind) => {
    const server = await opened(openMailServer(options))
    expect((await mailerAt(server.url).send(aMail()))._unsafeUnwrapErr().kind).toBe(kind)
  })

  it('gives up on a server that says nothing, hangs up or is not there', async () => {
    const [silent, rude] = [await opened(openBrokenServer('hangs')), await opened(openBrokenServer('drops'))]
    for (const url of [silent.url, rude.url, 'smtp://127.0.0.1:1']) {
      expect((await mailerAt(url, 300).send(aMail()))._unsafeUnwrapErr()).toMatchObject({
        kind: 'mail-server-down',
        detail: expect.not.stringContaining('muster'),
      })
    }
  })
})
