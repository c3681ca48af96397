import { afterEach, describe, expect, it } from 'vitest'
import { type Api, openApi } from './api.ts'

let api: Api | undefined
afterEach(async () => {
  await api?.http.close()
})

const book = async (to: Api, as: string, starts_at: string) =>
  to.ask(as, 'POST', '/api/v1/companies/salon-sonne/appointments', {
    branch: 'mitte',
    service: 'damenhaarschnitt',
    starts_at,
    attendee_name: 'Erika Beispiel',
  })

const listen = async (to: Api, as: string, headers: Record<string, string> = {}) => {
  if (!to.http.server.listening) await to.http.listen({ host: '127.0.0.1', port: 0 })
  const address = to.http.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/companies/salon-sonne/events`, {
    headers: { authorization: `Bearer ${as}`, ...headers },
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    response,
    until: async (wanted: string): Promise<string> => {
      while (!text.includes(wanted)) {
        const read = await reader?.read()
        if (!read || read.done) throw new Error(`The stream ended without ${wanted}: ${text}`)
        text += read.value
      }
      return text
    },
    end: async (): Promise<void> => {
      for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) text += read.value
    },
  }
}

describe('the events of a company', () => {
  it('arrive as they happen, resume where one left off, and end with the service', async () => {
    api = await openApi()
    const staff = await api.token('staff')
    const live = await listen(api, staff)
    expect(live.response.headers.get('content-type')).toContain('text/event-stream')
    await live.until('frontdesk')
    await book(api, staff, '2026-11-24T10:00:00+01:00')
    const [, first] = /id: (\d+)\nevent: appointment/.exec(await live.until('event: appointment.updated\ndata: ')) ?? []
    expect(Number(first)).toBeGreaterThan(0)

    await book(api, staff, '2026-11-25T10:00:00+01:00')
    const resumed = await listen(api, staff, { 'last-event-id': first ?? '' })
    const since = await resumed.until('"confirmed"}')
    expect(since).not.toContain(`id: ${first}\n`)
    expect(since).toContain(`id: ${Number(first) + 1}\n`)
    expect(since).toMatch(/data: \{"appointment_id":"apt_\d+","status":"confirmed"\}/)

    const closing = api.http.close()
    await Promise.all([live.end(), resumed.end()])
    await closing
  })

  it('tell a page to read itself anew when what it missed is deleted', async () => {
    api = await openApi()
    const staff = await api.token('staff')
    await book(api, staff, '2026-11-24T10:00:00+01:00')
    const before = await listen(api, staff, { 'last-event-id': '0' })
    expect(await before.until('"confirmed"}')).not.toContain('event: reread')
    await api.desk.ports.housekeeping.clear(api.desk.platform, 'live-events', api.desk.clock.now(), 1_000)
    await book(api, staff, '2026-11-25T10:00:00+01:00')
    const resumed = await listen(api, staff, { 'last-event-id': '0' })
    await resumed.until('event: reread')
  })

  it('are nobody else’s', async () => {
    api = await openApi()
    const stranger = await listen(api, await api.token('company_admin', 'praxis-mond'))
    expect(stranger.response.status).toBe(404)
    expect((await listen(api, 'fd_wrong')).response.status).toBe(401)
  })
})
