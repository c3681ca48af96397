import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '../../src/domain/time.ts'
import { barriersIn } from './barriers.ts'
import { missingBrowser, openBrowser } from './chromium.ts'
import { type ServedDesk, serveDesk, tuesday } from './serve-desk.ts'

const company = '/companies/salon-sonne'

/** A day at the desk with something on every page. */
const liveThrough = async ({ desk, scope, profile, book }: ServedDesk) => {
  await book('10:00', 'nina', 'Anna-Katharina von Langenfeld-Hohenstein')
  await book('10:00', 'udo', 'Clara Demo')
  const ask = (tool: string, args: Parameters<typeof desk.ask>[1], call: string, from = '+491713920004') =>
    desk.ask(tool, args, { call, from })
  await ask('request_callback', { customer_name: 'Erika Beispiel', reason: 'Pflege', priority: 'dringend' }, 'call_1')
  await ask('take_message', { customer_name: 'Jonas Probe', message: 'Ich komme später.' }, 'call_2', 'anonymous')
  await ask('request_callback', { customer_name: 'Greta Probe', reason: 'Gutschein' }, 'call_3')
  await ask('check_availability', { service: 'Herrenhaarschnitt', date: 'Dienstag', time: '10 Uhr' }, 'call_4')
  await ask('check_availability', { service: 'Damenhaarschnitt', date: 'Sonntag', time: 'halb elf' }, 'call_5')
  const waiting = await desk.app.listCallbacks(scope, { limit: 5, cursor: undefined, order: 'due' })
  const done = waiting.items.find(({ customerName }) => customerName === 'Greta Probe')
  if (done) await desk.app.changeCallback(scope, profile, done.id, { state: 'done' })
  await desk.app.blockTime(scope, profile, {
    ...{ branch: undefined, staff: 'nina', reason: 'Fortbildung' },
    ...{ startsAt: tuesday('13:00'), endsAt: tuesday('15:00') },
  })
  await desk.app.setRoutingOverride(scope, profile, {
    ...{ number: '+493023125102', branch: 'mitte', agent: undefined, transferTo: undefined },
    endsAt: tuesday('18:00'),
  })
  await desk.app.createFeed(scope, profile, 'nina')
  desk.clock.advance(3 * HOUR)
}

describe.skipIf(missingBrowser)('the pages of a busy desk in a browser', () => {
  let browser: Browser
  let served: ServedDesk
  let page: Page

  beforeAll(async () => {
    browser = await openBrowser()
    served = await serveDesk()
    await liveThrough(served)
    const context = await browser.newContext({ locale: 'de-DE' })
    const cookie = await served.signIn('company_admin')
    await context.addCookies([{ name: 'frontdesk_session', value: cookie, url: served.url }])
    page = await context.newPage()
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  const visit = async (path: string): Promise<void> => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(served.url + company + path)
  }

  it.each([
    ['numbers, one of them redirected', '/numbers', 'umgeleitet'],
    ['the form that redirects', `/numbers/${encodeURIComponent('+493023125101')}/redirect`, 'Wohin'],
    ['a week', '/appointments/week?date=2026-11-24&branch=mitte', '13:00–15:00'],
    ['the list of appointments', '/appointments/list?date=2026-11-24', '2 Termine'],
    ['a list without appointments', '/appointments/list?date=2026-12-24', 'Kein Termin'],
    ['callbacks, one of them overdue', '/callbacks', 'überfällig'],
    ['messages', '/callbacks?show=messages', 'Ich komme später.'],
    ['what is done', '/callbacks?show=done', 'Greta Probe'],
    ['wishes', '/wishes', 'geschlossen'],
    ['wishes that no filter matches', '/wishes?service=bartpflege', 'Hierzu ist nichts offen geblieben'],
    ['customers', '/customers', 'Max Muster'],
    ['customers that are not known', '/customers?q=nobody@kunde.example', 'Niemand hat diese Nummer'],
    ['colleagues and their feeds', '/staff', 'Kalender-Abo'],
  ])(
    'show %s without a barrier, light and dark, and no wider than a phone',
    async (_name, path, text) => {
      await visit(path)
      expect(await page.textContent('main')).toContain(text)
      expect(await barriersIn(page)).toEqual([])
    },
    40_000,
  )

  it('show the address of a new feed without a barrier', async () => {
    await visit('/staff')
    await page.getByRole('button', { name: /^Abo anlegen/ }).click()
    await page.locator('.new-feed').waitFor()
    expect(await barriersIn(page)).toEqual([])
  }, 40_000)

  it('keep when, who and how it stands beside each other in an appointment on a phone', async () => {
    await visit('/appointments/list?date=2026-11-24')
    await page.setViewportSize({ width: 390, height: 800 })
    const box = (part: string) => page.locator(`#rows > li:first-child .${part}`).boundingBox()
    const [time, outcome, who] = [await box('time'), await box('outcome'), await box('who')]
    expect(time?.height).toBeLessThan(30)
    expect(outcome?.y).toBeLessThan(who?.y ?? 0)
    expect(who?.width).toBeGreaterThan(300)
  }, 20_000)
})
