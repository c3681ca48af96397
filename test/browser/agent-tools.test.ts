import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numberOf } from '../application/agents/agent-desk.ts'
import { barriersIn } from './barriers.ts'
import { missingBrowser, openBrowser } from './chromium.ts'
import { type ServedAgent, serveAgent, tools } from './serve-agent.ts'

const company = '/companies/salon-sonne'
const functions = `${company}/agents/empfang/functions`
const at = (name: string) =>
  encodeURIComponent(`/response_engine/general_tools/${tools.findIndex((one) => one.name === name)}`)
const failing = `
steps:
  - user: Morgen bitte.
  - tool: check_availability
    args: { service: Herrenhaarschnitt, date: morgen, mood: good }
    expect: { status: booked }
  - tool: weather
  - agent: Ihr Termin ist gebucht.
expect: { booked: 1 }
`

describe.skipIf(missingBrowser)('functions, rehearsals and numbers of agents in a browser', () => {
  let browser: Browser
  let served: ServedAgent
  let cookie = ''

  beforeAll(async () => {
    browser = await openBrowser()
    served = await serveAgent()
    const { desk, scope, retell } = served
    cookie = await served.signIn('manager')
    retell.bindElsewhere(numberOf('030 23125101'), {
      inbound_agents: [{ agent_id: 'agent_mitte', agent_version: 'latest', weight: 1 }],
    })
    await desk.app.watchNumbers(scope)
    await desk.ask('check_availability', { service: 'Herrenhaarschnitt', date: 'morgen' }, { call: 'call_a' })
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  const visit = async (address: string, options: BrowserContextOptions = {}, desk = served): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE', ...options })
    const value = desk === served ? cookie : await desk.signIn('manager')
    await context.addCookies([{ name: 'frontdesk_session', value, url: desk.url }])
    const page = await context.newPage()
    await page.goto(desk.url + address)
    return page
  }
  const close = (page: Page) => page.context().close()
  const open = (page: Page) =>
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")

  it.each([
    ['the list', functions],
    ['what a new one begins as', `${functions}/new`],
    ['one of ours', `${functions}/edit?at=${at('book_appointment')}`],
    ['one of others', `${functions}/edit?at=${at('weather')}`],
    ['one that Retell does', `${functions}/edit?at=${at('end_call')}`],
    ['one with faults', `${functions}/edit?at=${at('half done')}`],
    ['the question before one is removed', `${functions}/remove?at=${at('weather')}`],
    ['the log', `${functions}/log?at=${at('check_availability')}`],
    ['a log that others have', `${functions}/log?at=${at('weather')}`],
    ['rehearsals before the first', `${company}/agents/empfang/rehearsals`],
    ['scripts before the first', `${company}/rehearsal-scripts`],
    ['a new script', `${company}/rehearsal-scripts/new`],
    ['numbers at Retell', `${company}/numbers/at-retell`],
    ['numbers here', `${company}/numbers`],
  ])(
    'show %s without a barrier, light and dark, and no wider than a phone',
    async (_, address) => {
      const page = await visit(address)
      await open(page)
      expect(await barriersIn(page)).toEqual([])
      await close(page)
    },
    40_000,
  )

  it('show what came of a try and of a rehearsal without a barrier', async () => {
    const desk = await serveAgent()
    const { app } = desk.desk
    const page = await visit(`${functions}/edit?at=${at('check_availability')}`, {}, desk)
    await page.fill('[id="args.service"]', 'Herrenhaarschnitt')
    await page.fill('[id="args.date"]', 'morgen')
    await page.getByRole('button', { name: 'Jetzt fragen' }).click()
    expect(await page.textContent('#trial-answer')).toContain('Es wurde nichts gebucht')
    expect(await page.inputValue('[id="args.date"]')).toBe('morgen')
    expect(await barriersIn(page)).toEqual([])
    await app.saveScript(desk.scope, { name: 'Ohne Termin', source: failing })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${desk.url}${company}/agents/empfang/rehearsals`)
    await page.getByRole('button', { name: 'Jetzt spielen' }).click()
    expect(await page.locator('.claim:not(.aside)').count()).toBeGreaterThan(1)
    await open(page)
    expect(await barriersIn(page)).toEqual([])
    await page.goto(`${desk.url}${company}/agents/empfang/rehearsals`)
    expect(await barriersIn(page)).toEqual([])
    await close(page)
    await desk.close()
  }, 60_000)

  it('say while it is written in which line a document is no JSON', async () => {
    const page = await visit(`${functions}/edit?at=${at('weather')}`)
    await page.getByText('Das ganze Dokument').click()
    await page.fill('#document', '{\n  "type": "custom",\n  "name" "x"\n}')
    await page.waitForSelector('#document-wrong')
    expect(await page.textContent('#document-state')).toContain('Zeile 3: Nach dem Namen fehlt ein Doppelpunkt.')
    await page.fill('#document', '{ "type": "custom" }')
    await page.waitForSelector('.document-fits')
    await close(page)
  }, 30_000)

  it.each([true, false])(
    'are added, filled in, tried and removed by keyboard alone, script: %s',
    async (javaScriptEnabled) => {
      const desk = await serveAgent([])
      const page = await visit(functions, { javaScriptEnabled }, desk)
      const press = async (name: string, role: 'link' | 'button' = 'button') => {
        await page.getByRole(role, { name }).first().focus()
        await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
      }
      await press('Neue Funktion', 'link')
      await page.getByLabel('Womit sie beginnt').selectOption('template:custom-post')
      await press('Anlegen')
      expect(await page.textContent('#message')).toContain('Füllen Sie aus, was noch fehlt.')
      expect(await page.textContent('.tool-faults')).toContain('Die Funktion hat keine Adresse.')
      await page.locator('#url').focus()
      await page.keyboard.type('https://weather.example/today')
      await page.locator('[name="headers.0.name"]').focus()
      await page.keyboard.type('authorization')
      await page.keyboard.press('Tab')
      await page.keyboard.type('Bearer 6f1ed002ab5595859014ebf0951522d9')
      await page.locator('[name="parameters.0.name"]').focus()
      await page.keyboard.type('city')
      await page.locator('[name="parameters.0.required"]').focus()
      await page.keyboard.press('Space')
      await press('Speichern')
      expect(await page.textContent('#message')).toContain('Gespeichert.')
      expect(await page.content()).not.toContain('6f1ed002')
      expect(await page.getAttribute('[name="headers.0.value"]', 'placeholder')).toBe('versiegelt, bleibt so')
      await page.locator('[id="args.city"]').focus()
      await page.keyboard.type('Köln')
      await press('Jetzt fragen')
      expect(await page.textContent('#trial-answer')).toContain('sunny')
      await press('Alle Funktionen', 'link')
      await press('Entfernen', 'link')
      await press('Entfernen')
      expect(await page.textContent('main')).toContain('Noch keine Funktion')
      await close(page)
      await desk.close()
    },
    60_000,
  )

  it.each([1440, 390])(
    'keep scripts and rehearse at %d px',
    async (width) => {
      const desk = await serveAgent()
      const page = await visit(`${company}/rehearsal-scripts/new`, { viewport: { width, height: 900 } }, desk)
      await page.fill('#name', 'Beispiel')
      await page.fill('#source', 'steps:\n  - sing: la')
      await page.getByRole('button', { name: 'Speichern' }).click()
      expect(await page.textContent('#source-wrong')).toContain('Schritt 1')
      expect(await barriersIn(page)).toEqual([])
      await page.setViewportSize({ width, height: 900 })
      await page.fill('#source', 'steps:\n  - user: Guten Tag.\n  - tool: initialize_call\n  - say: answer')
      await page.getByRole('button', { name: 'Speichern' }).click()
      expect(await page.textContent('#message')).toBe('Das Skript ist gespeichert.')
      await page.goto(`${desk.url}${company}/agents/empfang/rehearsals`)
      await page.getByRole('button', { name: 'Jetzt spielen' }).click()
      expect(await page.textContent('.rehearsal-script')).toContain('Guten Tag.')
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      await close(page)
      await desk.close()
    },
    40_000,
  )
})
