import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { barriersIn } from './barriers.ts'
import { missingBrowser, openBrowser } from './chromium.ts'
import { type ServedDesk, serveDesk } from './serve-desk.ts'

const company = '/companies/salon-sonne'

describe.skipIf(missingBrowser)('the audit log and the card of a customer in a browser', () => {
  let browser: Browser
  let served: ServedDesk
  let cookie: string
  beforeAll(async () => {
    browser = await openBrowser()
    served = await serveDesk()
    cookie = await served.signIn('company_admin')
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it.each([true, false])(
    'mark a VIP, keep notes and see both written down, script: %s',
    async (javaScriptEnabled) => {
      const one = await served.book(javaScriptEnabled ? '09:00' : '13:00', 'nina', 'Clara Demo')
      const context = await browser.newContext({ locale: 'de-DE', javaScriptEnabled })
      await context.addCookies([{ name: 'frontdesk_session', value: cookie, url: served.url }])
      const page = await context.newPage()
      const card = `${served.url}${company}/customers/${one.customer}`
      await page.goto(card)
      await page.click('.vip-form button')
      expect(await page.textContent('#message')).toBe('Das VIP-Kennzeichen ist geändert.')
      expect(await page.locator('.page-head .tag', { hasText: 'VIP' }).count()).toBe(javaScriptEnabled ? 1 : 0)
      await page.fill('#notes', javaScriptEnabled ? 'Mag Tee' : 'Mag Kaffee')
      await page
        .locator('form', { has: page.locator('#notes') })
        .locator('button')
        .click()
      expect(await page.textContent('#message')).toBe('Die Notizen sind gespeichert.')

      await page.goto(`${served.url}${company}/audit-log`)
      expect(await page.locator('.audit-row', { hasText: 'VIP-Kennzeichen geändert' }).count()).toBeGreaterThan(0)
      await page.selectOption('select[name=kind]', 'customer.changed')
      if (!javaScriptEnabled) await page.click('.filters button.no-script')
      await page.waitForURL(/kind=customer\.changed/)
      expect(await page.locator('#rows > li').count()).toBe(javaScriptEnabled ? 1 : 2)
      if (javaScriptEnabled) {
        for (const path of ['/audit-log', '/audit-log?actor=nobody', `/customers/${one.customer}`]) {
          await page.setViewportSize({ width: 1440, height: 900 })
          await page.goto(served.url + company + path)
          expect(await barriersIn(page), path).toEqual([])
        }
      }
      await context.close()
    },
    90_000,
  )
})
