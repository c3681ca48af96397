import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publicHolidays } from '../../src/adapters/holidays/public-holidays.ts'
import { countingIds } from '../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../src/adapters/memory/ports.ts'
import type { Role } from '../../src/domain/access/role.ts'
import { instant } from '../../src/domain/time.ts'
import { salon } from '../application/desk.ts'
import { missingBrowser, openBrowser } from './chromium.ts'
import { type ServedDesk, serveDesk } from './serve-desk.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const numbers = '/companies/salon-sonne/numbers'
const everyRule = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }

/** Mitte keeps holidays and has West answer when it is closed; a third number is switched off. */
const file = salon
  .replace(
    'phone_numbers: ["030 23125101"]',
    'phone_numbers: ["030 23125101", { number: "030 23125103", active: false }]',
  )
  .replace('    retell_agent_id: agent_mitte\n', (line) =>
    line.concat(
      '    public_holidays: DE-BE\n',
      '    fallback: { when_closed: { to_branch: west }, transfer_to: "0171 3920009" }\n',
    ),
  )
  .concat('agents:\n  - { slug: nachtdienst, retell_agent_id: agent_night, branches: [mitte] }\n')

describe.skipIf(missingBrowser)('the numbers in a browser', () => {
  let browser: Browser
  let served: ServedDesk

  beforeAll(async () => {
    browser = await openBrowser()
    served = await serveDesk([file], (clock) => memoryPorts({ clock, ids: countingIds(), holidays: publicHolidays() }))
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  const cookies = new Map<Role, string>()
  const visit = async (role: Role, options: BrowserContextOptions = {}): Promise<Page> => {
    const cookie = cookies.get(role) ?? (await served.signIn(role))
    cookies.set(role, cookie)
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE', ...options })
    await context.addCookies([{ name: 'frontdesk_session', value: cookie, url: served.url }])
    return context.newPage()
  }
  const goTo = (page: Page, at: string, path = numbers) => {
    served.desk.clock.set(instant(Date.parse(at)))
    return page.goto(served.url + path)
  }
  const row = async (page: Page, number: string) =>
    ((await page.textContent(`#line-${number}`)) ?? '').replace(/\s+/g, ' ').trim()
  const mitte = '493023125101'

  it('say where calls go: open, closed with who answers, on a holiday, switched off', async () => {
    const page = await visit('viewer')
    await goTo(page, '2026-11-23T11:00:00+01:00')
    expect(await row(page, mitte)).toMatch(/030 23125101.*Salon Sonne Mitte.*geöffnet.*bis 18:00.*0171 3920009/)
    expect(await row(page, '493023125103')).toContain('abgeschaltet')
    expect(await page.locator('.line-actions a, .line-actions button').count()).toBe(0)
    await goTo(page, '2026-11-23T18:30:00+01:00')
    expect(await row(page, mitte)).toMatch(
      /Salon Sonne West.*nimmt für Salon Sonne Mitte an.*geschlossen.*öffnet Di 24\.11\. 09:00/,
    )
    await goTo(page, '2026-12-25T11:00:00+01:00')
    expect(await row(page, mitte)).toMatch(/geschlossen.*Erster Weihnachtstag, öffnet Mo 28\.12\. 09:00/)
    await page.context().close()
  })

  it.each([true, false])('are sent elsewhere until an end and back, script: %s', async (javaScriptEnabled) => {
    const page = await visit('manager', { javaScriptEnabled })
    await goTo(page, '2026-11-23T11:00:00+01:00')
    await page.click(`#line-${mitte} a.button`)
    expect(await page.textContent('h1')).toBe('030 23125101 umleiten')
    await page.selectOption('#where', 'person')
    await page.fill('#transfer_to', '030 23125102')
    await page.click('button.primary')
    expect(await page.textContent('#transfer_to-wrong')).toContain('gültige Telefonnummer')
    expect(await page.inputValue('#transfer_to')).toBe('030 23125102')
    await page.selectOption('#where', 'branch:west')
    await page.fill('#date', '2026-11-22')
    await page.click('button.primary')
    expect(await page.textContent('#ends_at-wrong')).toContain('noch nicht vorbei')
    await page.fill('#date', '2026-11-23')
    await page.fill('#time', '15:00')
    await page.click('button.primary')
    expect(await page.textContent('#message')).toBe('Die Anrufe sind umgeleitet.')
    expect(await row(page, mitte)).toMatch(/Salon Sonne West.*umgeleitet.*bis 15:00, von manager@salon-sonne\.example/)
    await page.click(`#line-${mitte} a.button`)
    await page.selectOption('#where', 'agent:agent_night')
    await page.click('button.primary')
    expect(await row(page, mitte)).toMatch(/Agent nachtdienst.*für Salon Sonne Mitte.*umgeleitet/)
    await page.click(`#line-${mitte} .danger`)
    expect(await page.textContent('#message')).toBe('Die Umleitung ist beendet.')
    expect(await row(page, mitte)).not.toContain('umgeleitet')
    await page.context().close()
  })

  it.each(['', `/%2B${mitte}/redirect`])('have no barrier at %s, and are no wider than a phone', async (path) => {
    const page = await visit('manager', { reducedMotion: 'reduce' })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await goTo(page, '2026-11-23T18:30:00+01:00', numbers + path)
      const world = await page.context().newCDPSession(page)
      await world.send('Runtime.evaluate', { expression: axe })
      const { result } = await world.send('Runtime.evaluate', {
        expression: `axe.run(document, ${JSON.stringify(everyRule)}).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ target }) => target)).join())`,
        awaitPromise: true,
      })
      expect(result.value).toBe('')
    }
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    await page.context().close()
  })

  it('show only people who may that there is a form, and strangers nothing', async () => {
    const page = await visit('staff')
    const answer = await goTo(page, '2026-11-23T11:00:00+01:00', `${numbers}/%2B${mitte}/redirect`)
    expect(answer?.status()).toBe(403)
    const manager = await visit('manager')
    for (const number of ['%2B493023125103', '%2B493023125999', 'x'])
      expect((await goTo(manager, '2026-11-23T11:00:00+01:00', `${numbers}/${number}/redirect`))?.status()).toBe(404)
    await page.context().close()
    await manager.context().close()
  })
})
