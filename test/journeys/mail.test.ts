import { afterEach, describe, expect, it } from 'vitest'
import { signatureHeader } from '../../src/adapters/retell/signature.ts'
import { secret } from '../../src/domain/secret.ts'
import { createFrontdesk, FrontdeskError } from '../../src/index.ts'
import { openBrokenServer, openMailServer } from '../adapters/mail/mail-server.ts'
import { salon } from '../application/desk.ts'

const key = 'key_of_platform'

describe('a booking by telephone with a mail server', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0).toReversed()) await close()
  })

  const open = async (smtpUrl: string, background: boolean) => {
    let now = Date.parse('2026-11-20T09:00:00Z')
    const desk = await createFrontdesk({
      ...{ database: 'sqlite::memory:', encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}` },
      ...{ clock: { now: () => now }, publicUrl: 'https://desk.example', retell: { webhookKeys: [key] } },
      ...{ smtpUrl, mailFrom: 'desk@salon.example', logLevel: 'silent', background },
    })
    closings.push(desk.close)
    await desk.apply(salon)
    const token = await desk.createToken({ role: 'company_admin', company: 'salon-sonne' })
    return {
      desk,
      later: (milliseconds: number) => {
        now += milliseconds
      },
      book: async (date: string, time: string) => {
        const call = { call_id: `call_${date}_${time}`, from_number: '+491713920001', to_number: '+493023125101' }
        const args = { service: 'Herrenhaarschnitt', date, time, customer_name: 'Max Muster', staff: 'Nina' }
        const body = JSON.stringify({ name: 'book_appointment', args, call: { ...call, direction: 'inbound' } })
        const headers = {
          'content-type': 'application/json',
          'x-retell-signature': signatureHeader(body, now as never, secret(key)),
        }
        const answer = await desk.http.inject({ method: 'POST', url: '/functions/retell', headers, payload: body })
        return answer.json() as { readonly status: string; readonly confirmation_sent_by?: readonly string[] }
      },
      alerts: async () => {
        const url = '/api/v1/companies/salon-sonne/alerts'
        const answer = await desk.http.inject({ url, headers: { authorization: `Bearer ${token}` } })
        return (answer.json() as { items: { kind: string; resolved_at: string | null }[] }).items
      },
    }
  }

  it('is confirmed once, by the call itself or by what is done afterwards', async () => {
    const server = await openMailServer()
    closings.push(server.close)
    const { desk, book } = await open(server.url, false)
    const booked = await book('24.11.2026', '10:30')
    expect(booked.status).toBe('booked')
    await desk.runDueJobs()
    await desk.runDueJobs()
    const mails = await server.parsed()
    expect(mails.map(({ to }) => to?.[0]?.address)).toEqual(['max@salon-sonne.example'])
    expect(mails[0]?.subject).toBe('Ihr Termin: Herrenhaarschnitt, Dienstag, den 24. November 2026 um 10:30 Uhr')
    expect(mails[0]?.attachments.map(({ filename }) => filename)).toContain('termin.ics')
  })

  it('is confirmed by the workers of a running service', async () => {
    const server = await openMailServer()
    closings.push(server.close)
    const { book } = await open(server.url, true)
    expect((await book('24.11.2026', '10:30')).status).toBe('booked')
    await expect.poll(() => server.raw.length, { timeout: 15_000 }).toBe(1)
  })

  it('stands when the server hangs up, promises nothing, and tells the company', async () => {
    const broken = await openBrokenServer('drops')
    closings.push(broken.close)
    const { desk, book, alerts, later } = await open(broken.url, false)
    const booked = await book('24.11.2026', '10:30')
    expect(booked).toMatchObject({ status: 'booked' })
    expect(booked.confirmation_sent_by ?? []).toEqual([])
    later(60_000)
    await desk.runDueJobs()
    expect(await alerts()).toMatchObject([{ kind: 'mail_failing', resolved_at: null }])
  })

  it.each([
    ['mailFrom', { smtpUrl: 'smtp://127.0.0.1' }],
    ['mailFrom', { smtpUrl: 'smtp://127.0.0.1', mailFrom: 'Salon <desk@salon.example>' }],
    ['smtpUrl', { smtpUrl: 'mail.example:587', mailFrom: 'desk@salon.example' }],
    ['smtpUrl', { smtpUrl: 'https://mail.example', mailFrom: 'desk@salon.example' }],
  ])('is told by name that %s is wrong', async (name, wrong) => {
    const opened = createFrontdesk({ database: 'sqlite::memory:', ...wrong })
    await expect(opened).rejects.toThrow(FrontdeskError)
    await expect(opened).rejects.toThrow(new RegExp(`\\b${name} has to be`))
  })
})
