import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentWeb, agents, openAgentWeb } from '../adapters/web/agent-web.ts'
import { theAgent } from '../application/agents/release-desk.ts'
import { barriersIn } from './barriers.ts'
import { missingBrowser, openBrowser } from './chromium.ts'
import { accounts } from './fixture.ts'
import { type Served, serveFixture } from './serve-fixture.ts'

const prompt = { engine: { general_prompt: 'Sie sind der neue Empfang der Praxis Mond.\nFragen Sie nach dem Namen.' } }
const states = [
  { name: 'begruessung', state_prompt: 'Begrüßen Sie.\n'.repeat(30), edges: [] },
  { name: 'termin_mit_einem_sehr_langen_namen', state_prompt: 'Finden Sie einen Termin.', edges: [] },
]

describe.skipIf(missingBrowser)('the agents in a browser', () => {
  let browser: Browser
  let web: AgentWeb
  let url: string
  let cookie: string
  const served: { close: () => Promise<unknown> }[] = []

  const serve = async () => {
    const opened = await openAgentWeb()
    await opened.http.listen({ host: '127.0.0.1', port: 0 })
    served.push({ close: () => opened.http.close() })
    const address = opened.http.server.address()
    return {
      opened,
      at: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
      key: await opened.signIn('company_admin'),
    }
  }
  beforeAll(async () => {
    browser = await openBrowser()
    const { opened, at, key } = await serve()
    web = opened
    url = at
    cookie = key
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    for (const { close } of served) await close()
  })

  const visit = async (
    path: string,
    options: BrowserContextOptions = {},
    [at, key]: readonly [string, string] = [url, cookie],
  ): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE', ...options })
    await context.addCookies([{ name: 'frontdesk_session', value: key, url: at }])
    const page = await context.newPage()
    await page.goto(`${at}${agents}${path}`)
    return page
  }
  const close = (page: Page) => page.context().close()
  const shown = async (path: string, text: string) => {
    const page = await visit(path)
    expect(await page.textContent('main')).toContain(text)
    expect([path, await barriersIn(page)]).toEqual([path, []])
    await close(page)
  }

  it('are shown without a barrier, light and dark, and no wider than a phone', async () => {
    const path = `/${web.slug}`
    await shown('', 'Agent agent_mond')
    await shown('/new', 'Entwurf anlegen')
    await shown(path, 'so bei Retell vorgefunden')
    await web.draft({ engine: { ...prompt.engine, states, starting_state: 'begruessung', general_tools: [] } })
    await shown(`${path}/draft`, 'Zustand begruessung')
    await shown(`${path}/publish`, 'Verhindert das Veröffentlichen')
    await shown(`${path}/diff?from=1&to=2`, 'Vergleich')
    await shown(`${path}/versions`, '2 Versionen')
    await shown(`${path}/versions/2`, 'Das ganze Dokument')
  }, 120_000)

  it('are shown while a version is tried, has failed, and came apart from Retell, without a barrier', async () => {
    const { opened, at, key } = await serve()
    const path = `/${opened.slug}`
    const look = async (rest: string, text: string) => {
      const page = await visit(`${path}${rest}`, {}, [at, key])
      expect(await page.textContent('main')).toContain(text)
      expect([rest, await barriersIn(page)]).toEqual([rest, []])
      await close(page)
    }
    await opened.draft(prompt)
    await opened.post(`${path}/publish`, { version: '2', reach: 'nobody' })
    await look('/rollout', 'Erprobung beginnen')
    await opened.post(`${path}/rollout`, { version: '3', percent: '10' })
    await look('/rollout', 'Wie es Anrufern ergeht')
    await look('', 'geht nur von Hand weiter')
    await look('/rollback', 'Zurück zu Version 1')
    opened.retell.misbehave('changeNumber', 'does-nothing')
    await opened.post(`${path}/rollout`, { version: '3', percent: '100' })
    for (let run = 0; run < 4; run += 1) await opened.work()
    const { items } = await opened.releases.listPublications(opened.scope, (await opened.managed()).id, {
      ...{ limit: 1, cursor: undefined },
    })
    await look(`/publications/${items[0]?.id}`, 'Stehen geblieben')
    opened.retell.editElsewhere(theAgent, { agent: { voice_id: 'retell-Anna' } })
    await opened.draft({ agent: { voice_id: 'retell-Udo' } })
    await opened.post(`${path}/refresh`)
    await look('/drift', 'zu entscheiden')
  }, 120_000)

  it.each([true, false])(
    'are edited and published, script: %s',
    async (javaScriptEnabled) => {
      const { opened, at, key } = await serve()
      const page = await visit(`/${opened.slug}`, { javaScriptEnabled }, [at, key])
      await page.getByRole('link', { name: 'Entwurf bearbeiten' }).click()
      const greeting = page.getByLabel(/^Begrüßung/)
      await greeting.fill('\nPraxis Mond, schönen guten Tag.')
      await page
        .getByLabel(/^Warum/)
        .first()
        .fill('Freundlicher')
      await page.getByRole('button', { name: 'Entwurf speichern' }).click()
      expect(await page.textContent('#message')).toContain('Der Entwurf ist gespeichert')
      expect(await page.getByLabel(/^Begrüßung/).inputValue()).toBe('\nPraxis Mond, schönen guten Tag.')
      await page.getByRole('link', { name: 'Weiter zum Veröffentlichen' }).click()
      await page.getByRole('button', { name: 'Veröffentlichen' }).click()
      expect(await page.textContent('main')).toContain('Anrufer erreichen jetzt Version 3')
      const there = await opened.retell.agent(theAgent, 1)
      expect(there.isOk()).toBe(true)
      await close(page)
    },
    60_000,
  )

  it('go by the arrow keys and show by themselves what others do', async () => {
    const { opened, at, key } = await serve()
    const list = await visit('', {}, [at, key])
    await list.locator('a.row').first().focus()
    await list.keyboard.press('ArrowDown')
    expect(await list.evaluate('document.activeElement.closest("li").id')).toBe('agent-agent-mond-west')
    const detail = await visit(`/${opened.slug}`, {}, [at, key])
    const draft = await visit(`/${opened.slug}/draft`, {}, [at, key])
    await detail.locator('#live[data-state="on"]').waitFor()
    await draft.locator('#live[data-state="on"]').waitFor()
    await opened.post(`/${opened.slug}/draft`, { if_version: '1', name: 'Abendempfang' })
    await detail.getByText('Entwurf, Version 2').waitFor()
    await draft.getByText('Jemand hat den Agenten inzwischen geändert').waitFor()
    await list.getByText('Entwurf 2').waitFor()
    await detail.getByRole('button', { name: 'Neu von Retell lesen' }).click()
    expect(await detail.textContent('#message')).toContain('neu gelesen')
    for (const page of [list, detail, draft]) await close(page)
  }, 60_000)

  it('say what to do where a company has no key and no agent', async () => {
    const fixture: Served = await serveFixture()
    served.push(fixture)
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE' })
    const name = 'frontdesk_session'
    await context.addCookies([{ name, value: fixture.world.signIn(accounts.admin), url: fixture.url }])
    const page = await context.newPage()
    await page.goto(`${fixture.url}/companies/salon-sonne/agents`)
    expect(await page.textContent('#list')).toContain('noch keinen Schlüssel von Retell')
    expect(await barriersIn(page)).toEqual([])
    await context.close()
  }, 40_000)
})
