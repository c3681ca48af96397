import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { barriersIn } from './barriers.ts'
import { missingBrowser, openBrowser } from './chromium.ts'
import { accounts, fixturePassword } from './fixture.ts'
import { type Served, serveFixture } from './serve-fixture.ts'

const company = '/companies/salon-sonne'

const pages: { readonly [name: string]: readonly [keyof typeof accounts | undefined, string] } = {
  'the log-in page': [undefined, '/login'],
  'the page to set a password': [undefined, '/set-password/good'],
  'the overview': ['admin', company],
  'the calls': ['admin', `${company}/calls`],
  'calls that no filter matches': ['admin', `${company}/calls?status=ringing`],
  'a call': ['admin', `${company}/calls/call_booked`],
  'a call with a finding': ['admin', `${company}/calls/call_claim`],
  'the calendar': ['admin', `${company}/appointments`],
  'a closed day': ['admin', `${company}/appointments?date=2025-12-07`],
  'the deliveries': ['admin', `${company}/deliveries`],
  'a refused delivery': ['admin', `${company}/deliveries/dlv_00000006`],
  'the companies': ['platform', '/'],
  'all deliveries': ['platform', '/deliveries'],
  'the unrouted calls': ['platform', '/unrouted-calls'],
  'a company on its first day': ['platform', '/companies/praxis-nord'],
  'a page that does not exist': ['admin', '/nowhere'],
}

/** What the browser found to say against a page: errors, warnings, refusals of the security policy. */
const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

describe.skipIf(missingBrowser)('the dashboard in a browser', () => {
  let browser: Browser
  let served: Served
  const contexts: BrowserContext[] = []

  beforeAll(async () => {
    browser = await openBrowser()
    served = await serveFixture()
  }, 30_000)
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    await served?.close()
  })

  const visit = async (
    who: keyof typeof accounts | undefined,
    options: BrowserContextOptions = {},
  ): Promise<{ readonly context: BrowserContext; readonly page: Page; readonly complaints: string[] }> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE', ...options })
    contexts.push(context)
    if (who)
      await context.addCookies([
        { name: 'frontdesk_session', value: served.world.signIn(accounts[who]), url: served.url },
      ])
    const page = await context.newPage()
    return { context, page, complaints: complaintsOf(page) }
  }

  const shown = new Map<string, Awaited<ReturnType<typeof visit>>>()
  /** One tab for all pages that somebody only looks at: a browser needs most of its time for opening another. */
  const tabOf = async (who: keyof typeof accounts | undefined) => {
    const tab = shown.get(String(who)) ?? (await visit(who))
    shown.set(String(who), tab)
    tab.complaints.length = 0
    await tab.page.setViewportSize({ width: 1440, height: 900 })
    return tab
  }

  const live = (page: Page) => page.locator('#live[data-state="on"]').waitFor({ timeout: 5_000 })

  it.each(Object.entries(pages))(
    'shows %s without a barrier, light and dark, and no wider than a phone',
    async (_name, [who, path]) => {
      const { page, complaints } = await tabOf(who)
      await page.goto(served.url + path)
      await page.evaluate('for (const closed of document.querySelectorAll("details:not(.more)")) closed.open = true')
      expect(await barriersIn(page)).toEqual([])
      expect(complaints.filter((one) => !(path === '/nowhere' && one.includes('404')))).toEqual([])
    },
    40_000,
  )

  it('lets people in, set their theme and leave without any script', async () => {
    const { page } = await visit(undefined, { javaScriptEnabled: false })
    await page.goto(`${served.url}${company}/calls?status=ended`)
    expect(new URL(page.url()).pathname).toBe('/login')
    await page.fill('input[name=email]', accounts.admin.email)
    await page.fill('input[name=password]', 'falsch')
    await page.click('button.primary')
    expect(await page.textContent('#message')).toMatch(/^E-Mail oder Passwort stimmt nicht\./)
    expect(await page.inputValue('input[name=email]')).toBe(accounts.admin.email)
    await page.fill('input[name=password]', fixturePassword)
    await page.click('button.primary')
    expect(page.url()).toBe(`${served.url}${company}/calls?status=ended`)
    await page.selectOption('select[name=outcome]', 'booked')
    await page.click('#filters button[type=submit]', { force: true })
    expect(new URL(page.url()).searchParams.get('outcome')).toBe('booked')
    await page.click('.side button[value=dark]')
    expect(await page.getAttribute('html', 'class')).toBe('dark')
    await page.click('.side button[value=en]')
    expect(await page.textContent('h1')).toBe('Calls')
    await page.click('.side .log-out button')
    expect(await page.textContent('#message')).toBe('You are logged out.')
    await page.goto(`${served.url}${company}`)
    expect(new URL(page.url()).pathname).toBe('/login')
  }, 20_000)

  it('walks the list by arrow keys and opens a call by Enter', async () => {
    const { context, page } = await visit('admin')
    await page.goto(`${served.url}${company}/calls`)
    await page.locator('#rows a.row').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    const second = await page.locator('#rows a.row').nth(1).getAttribute('href')
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe(second)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${second}`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Zum Inhalt')
    await context.close()
  }, 20_000)

  it('filters without reloading and keeps the filter in the address', async () => {
    const { context, page } = await visit('admin')
    await page.goto(`${served.url}${company}/calls`)
    await page.selectOption('select[name=outcome]', 'callback')
    await page.waitForURL('**/calls?outcome=callback')
    await page.waitForFunction('document.querySelectorAll("#rows > li").length < 10')
    await live(page)
    served.world.call('call_filtered', 'Filter Probe')
    await page.waitForTimeout(600)
    expect(await page.locator('#call-call_filtered').count()).toBe(0)
    await context.close()
  }, 20_000)

  it('shows a ring, a call and a booking within a second, with a notice', async () => {
    const { context, page, complaints } = await visit('admin')
    await page.goto(`${served.url}${company}/calls`)
    await live(page)
    served.world.pass(1_000)
    served.world.ring('00000001', '+491713920044')
    await page.locator('#ring-rng_00000001').waitFor({ timeout: 1_000 })
    served.world.pass(1_000)
    served.world.call('call_live_1', 'Lotte Probe')
    await page.locator('#call-call_live_1').waitFor({ timeout: 1_000 })
    expect(await page.locator('#rows > li').first().getAttribute('id')).toBe('call-call_live_1')
    expect(await page.locator('#ring-rng_00000001').count()).toBe(0)
    await page.locator('.toast', { hasText: 'Neuer Anruf: Lotte Probe' }).waitFor({ timeout: 1_000 })
    served.world.pass(1_000)
    served.world.book('call_live_1', '0000live1', 960)
    await page.locator('#call-call_live_1', { hasText: 'Herrenhaarschnitt' }).waitFor({ timeout: 1_000 })
    await page.locator('.toast', { hasText: 'Gebucht: Lotte Probe' }).waitFor({ timeout: 1_000 })
    expect(complaints).toEqual([])
    await context.close()
  }, 20_000)

  it('moves nothing under the pointer and shows what is new once it leaves', async () => {
    const { context, page } = await visit('admin')
    await page.goto(`${served.url}${company}/calls`)
    await live(page)
    const row = page.locator('#rows > li').nth(2)
    await row.hover()
    const id = await row.getAttribute('id')
    const before = await row.boundingBox()
    served.world.call('call_live_2', 'Hanna Probe')
    await page.locator('.hold-pill').waitFor({ timeout: 1_000 })
    expect(await page.locator('#call-call_live_2').count()).toBe(0)
    expect((await page.locator(`[id="${id}"]`).boundingBox())?.y).toBe(before?.y)
    await page.mouse.move(5, 5)
    await page.locator('#call-call_live_2').waitFor({ timeout: 1_500 })
    await context.close()
  }, 20_000)

  it('keeps an opened tool open and the focus in place while a call goes on', async () => {
    const { context, page } = await visit('admin')
    await page.goto(`${served.url}${company}/calls/call_now`)
    await live(page)
    await page.locator('details.tool summary').first().click()
    served.world.say('call_now', 'Ist es bei Lena?')
    await page.getByText('Ist es bei Lena?').waitFor({ timeout: 1_000 })
    expect(await page.locator('details.tool').first().getAttribute('open')).not.toBeNull()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY')
    await context.close()
  }, 20_000)

  it('says that the stream is lost, and misses nothing of what happened meanwhile', async () => {
    const { context, page } = await visit('admin')
    await page.goto(`${served.url}${company}/calls`)
    await live(page)
    const port = Number(new URL(served.url).port)
    await served.interrupt()
    await page.locator('#live[data-state="lost"]').waitFor({ timeout: 3_000 })
    expect(await page.textContent('#live-text')).toMatch(/^unterbrochen seit \d\d:\d\d$/)
    served.world.call('call_live_3', 'Greta Probe')
    await served.resume(port)
    await page.locator('#call-call_live_3').waitFor({ timeout: 8_000 })
    await live(page)
    await context.close()
  }, 30_000)

  it('opens one stream for all tabs of a browser, and another tab takes over', async () => {
    const { context, page } = await visit('admin')
    const before = served.world.watchers()
    await page.goto(`${served.url}${company}/calls`)
    await live(page)
    const other = await context.newPage()
    await other.goto(`${served.url}${company}/calls`)
    await live(other)
    expect(served.world.watchers() - before).toBe(1)
    served.world.call('call_live_4', 'Ida Probe')
    await other.locator('#call-call_live_4').waitFor({ timeout: 1_000 })
    await page.close()
    await live(other)
    served.world.call('call_live_5', 'Juna Probe')
    await other.locator('#call-call_live_5').waitFor({ timeout: 3_000 })
    await context.close()
  }, 20_000)
})
