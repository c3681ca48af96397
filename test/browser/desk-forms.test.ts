import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { barriersIn } from './barriers.ts'
import { missingBrowser, openBrowser } from './chromium.ts'
import { type ServedDesk, serveDesk, tuesday } from './serve-desk.ts'

const company = '/companies/salon-sonne'

describe.skipIf(missingBrowser)('the forms at the desk in a browser', () => {
  let browser: Browser
  let served: ServedDesk
  let cookie: string

  beforeAll(async () => {
    browser = await openBrowser()
    served = await serveDesk()
    cookie = await served.signIn('staff')
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  const visit = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE', ...options })
    await context.addCookies([{ name: 'frontdesk_session', value: cookie, url: served.url }])
    return { context, page: await context.newPage() }
  }
  const time = (page: Page, clock: string) => page.locator('.time-choice', { hasText: clock })

  it.each([true, false])(
    'book, move and cancel, script: %s',
    async (javaScriptEnabled) => {
      const { context, page } = await visit({ javaScriptEnabled })
      const name = javaScriptEnabled ? 'Erika Beispiel' : 'Jonas Probe'
      await page.goto(`${served.url}${company}/appointments?date=2026-11-24&branch=mitte`)
      await page.click('.page-head .button.primary')
      await page.fill('#name', name)
      await page.selectOption('#choice-service', 'damenhaarschnitt')
      if (!javaScriptEnabled) await page.click('.day-field .no-script')
      await page.locator('#what select#choice-service option[value=damenhaarschnitt][selected]').waitFor({
        state: 'attached',
      })
      if (javaScriptEnabled) expect(await page.inputValue('#name')).toBe(name)
      else await page.fill('#name', name)
      await time(page, '11:00').click()
      await page.click('#book button.primary')
      expect(await page.textContent('#message')).toBe('Der Termin ist gebucht.')
      expect(await page.textContent('h1')).toBe(name)

      await page.click('.page-head .button.primary')
      await time(page, '15:00').click()
      await page.fill('#reason', 'Kundin rief an')
      await page.click('#move button.primary')
      expect(await page.textContent('#message')).toBe('Der Termin ist verschoben.')
      expect(await page.textContent('#history')).toContain('Kundin rief an')

      await page.locator('.page-head a.button', { hasText: 'Absagen' }).click()
      await page.click('button.danger')
      expect(await page.textContent('#message')).toBe('Der Termin ist abgesagt.')
      expect(await page.locator('.page-head a.button').count()).toBe(0)
      await context.close()
    },
    30_000,
  )

  it('take one of the times that are free instead by a press of its button', async () => {
    const { context, page } = await visit()
    await page.goto(`${served.url}${company}/appointments/new?branch=mitte&date=2026-11-25&staff=nina`)
    await page.fill('#name', 'Lotte Probe')
    await time(page, '10:00').click()
    const { scope, profile, desk } = served
    const startsAt = tuesday('10:00')
    await desk.app.createAppointment(scope, profile, {
      ...{ branch: 'mitte', service: 'herrenhaarschnitt', staff: 'nina', attendeeName: 'Schneller', source: 'phone' },
      ...{ startsAt: (startsAt + 86_400_000) as typeof startsAt, phone: undefined, email: undefined, notes: undefined },
    })
    await page.click('#book button.primary')
    expect(await page.textContent('#at-wrong')).toBe('Diese Zeit ist inzwischen vergeben.')
    expect(await page.inputValue('#name')).toBe('Lotte Probe')
    await page.locator('.instead button').first().click()
    expect(await page.textContent('#message')).toBe('Der Termin ist gebucht.')
    await context.close()
  }, 20_000)

  it('show blocked time in an open day within a second', async () => {
    const { context, page } = await visit()
    await page.goto(`${served.url}${company}/appointments?date=2026-11-26&branch=mitte`)
    await page.locator('#live[data-state="on"]').waitFor({ timeout: 5_000 })
    const startsAt = tuesday('12:00')
    const [from, to] = [48, 50].map((hours) => (startsAt + hours * 3_600_000) as typeof startsAt)
    if (from === undefined || to === undefined) throw new Error('No times')
    await served.desk.app.blockTime(served.scope, served.profile, {
      ...{ branch: undefined, staff: 'nina', startsAt: from, endsAt: to, reason: 'Fortbildung' },
    })
    await page.locator('.block.blocked', { hasText: 'Fortbildung' }).waitFor({ timeout: 1_000 })
    await context.close()
  }, 20_000)

  it('are without a barrier, light and dark, and no wider than a phone', async () => {
    const one = await served.book('09:00', 'nina', 'Clara Demo')
    const { blocked } = (
      await served.desk.app.blockTime(served.scope, served.profile, {
        ...{ branch: 'mitte', staff: undefined, startsAt: tuesday('08:00'), endsAt: tuesday('12:00'), reason: 'Kurs' },
      })
    )._unsafeUnwrap()
    const { context, page } = await visit()
    for (const path of [
      '/appointments?date=2026-11-24',
      '/appointments/new?date=2026-11-24',
      '/blocked-times/new?date=2026-11-24',
      `/blocked-times/${blocked.id}`,
      `/appointments/${one.id}`,
      `/appointments/${one.id}/move`,
      `/appointments/${one.id}/cancel`,
      '/customers',
      '/customers?q=nobody',
      `/customers/${one.customer}`,
    ]) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto(served.url + company + path)
      expect(await barriersIn(page), path).toEqual([])
    }
    await context.close()
  }, 120_000)
})
