import { afterEach, describe, expect, it } from 'vitest'
import { saidInGerman } from '../../../src/adapters/web/words/said-in-german.ts'
import { numberOf } from '../../application/agents/agent-desk.ts'
import { publicUrl } from '../../browser/serve-agent.ts'
import { company, openAgentPages } from './agent-pages.ts'

const path = `${company}/numbers/at-retell`
const [mitte, west] = [numberOf('030 23125101'), numberOf('030 23125102')]
const address = `${publicUrl}/webhooks/retell`
const bound = (agent: string, version: number | string = 0) => ({
  inbound_agents: [{ agent_id: agent, agent_version: version, weight: 1 }],
})

describe('the numbers at Retell', () => {
  const closings: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closings.splice(0)) await close()
  })
  const open = async (...given: Parameters<typeof openAgentPages>) => {
    const pages = await openAgentPages(...given)
    closings.push(pages.close)
    pages.retell.bindElsewhere(mitte, bound('agent_mitte', 'latest'))
    return pages
  }

  it('are shown as they were seen, with what is wrong and what cures it, and were never asked for before', async () => {
    const { get, send, retell } = await open()
    expect((await get(`${company}/numbers`)).body).toContain(path)
    expect((await get(path)).body).toContain('noch nie gefragt')
    const looked = await send(path, `${path}/look`)
    expect(looked.headers.location).toBe(`${path}?said=looked`)
    const german = (await get(`${path}?said=looked`)).body
    for (const text of [
      'Retell wurde gerade gefragt.',
      'neueste Version, auch Entwürfe',
      'Veröffentlichen Sie den Agenten noch einmal für diese Nummer.',
      'Richten Sie die Webhooks mit der Schaltfläche oben ein.',
      'Das Retell-Konto hat diese Nummer nicht.',
      `${company}/agents/agent_mitte`,
    ])
      expect(german).toContain(text)
    expect((await get(path, 'en')).body).toContain('Register the webhooks with the button above.')
    retell.bindElsewhere(mitte, { ...bound('agent_west', 3), inbound_webhook_url: 'https://else.example/<i>' })
    await send(path, `${path}/look`)
    const other = (await get(path)).body
    expect(other).toContain('Hier antwortet ein anderer Agent')
    expect(other).toContain('https://else.example/&lt;i>')
    expect(other).toContain('Retell 3')
  })

  it('are registered with us, with the result of each that could not be', async () => {
    const { get, send, retell } = await open()
    const some = await send(path, `${path}/register`)
    expect(some.statusCode).toBe(502)
    for (const text of ['Nicht jede Nummer ließ sich einrichten.', 'nicht gelungen', 'eingerichtet'])
      expect(some.body).toContain(text)
    expect(some.body.match(/Das Retell-Konto hat diese Nummer nicht\./g)?.length).toBeGreaterThan(0)
    retell.bindElsewhere(west, bound('agent_west'))
    const all = await send(path, `${path}/register`)
    expect(all.headers.location).toBe(`${path}?said=registered`)
    const page = (await get(`${path}?said=registered`)).body
    expect(page).toContain('Alle Nummern fragen uns jetzt.')
    expect(page.split(address).length - 1).toBe(2)
  })

  it('say when Retell cannot be asked, and are not changed by those who only look', async () => {
    const { send, retell } = await open()
    retell.misbehave('numbers', 'down')
    const away = await send(path, `${path}/look`)
    expect([away.statusCode, away.body.includes('Retell antwortet gerade nicht.')]).toEqual([503, true])
    const { get } = await open(undefined, 'viewer')
    const page = await get(path)
    expect([page.statusCode, page.body.includes('/register')]).toEqual([200, false])
  })

  it('has German for why a number was not registered', () => {
    for (const sentence of [
      'The Retell account does not have this number.',
      'Retell still names another address. Look at the number there.',
    ])
      expect(saidInGerman(sentence)).not.toBe(sentence)
  })
})
