import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UnrulyCalendar } from '../../src/adapters/memory/calendar.ts'
import {
  differOnce,
  eventType,
  eventTypes,
  portsWithCalendar,
  salonWithCalendar,
} from '../application/calendar-set-up.ts'
import { salon } from '../application/desk.ts'
import { barriersIn } from './barriers.ts'
import { missingBrowser, openBrowser } from './chromium.ts'
import { type ServedDesk, serveDesk } from './serve-desk.ts'

const company = '/companies/salon-sonne'
const path = `${company}/calendar-connection`

const serve = async (file: string) => {
  let calendar: UnrulyCalendar | undefined
  const served = await serveDesk(
    [file],
    (clock) => {
      const made = portsWithCalendar(clock)
      calendar = made.calendar
      return made.ports
    },
    { publicUrl: 'https://desk.example', calendarPatienceMs: 100 },
  )
  if (!calendar) throw new Error('no calendar')
  return { ...served, calendar }
}

const everything = [
  eventType(9001, { needsEmail: true, minutes: 45, noticeMinutes: 120, needsConfirmation: true, hosts: [501] }),
  eventType(9003, { title: 'Bartpflege im Salon mit einem langen Namen', slug: 'bart', minutes: 30 }),
  eventType(9004, { title: 'Team', team: 'parent', hosts: [] }),
]

describe.skipIf(missingBrowser)('the connection to a calendar in a browser', () => {
  let browser: Browser
  let served: Awaited<ReturnType<typeof serve>>
  let alone: Awaited<ReturnType<typeof serve>>

  beforeAll(async () => {
    browser = await openBrowser()
    served = await serve(salonWithCalendar)
    alone = await serve(salon)
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await served?.close()
    await alone?.close()
  })

  const cookies = new Map<string, string>()
  const visit = async (desk: ServedDesk, address: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE', ...options })
    const cookie = cookies.get(desk.url) ?? (await desk.signIn('manager'))
    cookies.set(desk.url, cookie)
    await context.addCookies([{ name: 'frontdesk_session', value: cookie, url: desk.url }])
    const page = await context.newPage()
    await page.goto(desk.url + address)
    return page
  }
  const close = (page: Page) => page.context().close()

  it.each<readonly [string, (desk: typeof served) => void, string]>([
    ['in order', ({ calendar }) => calendar.has({ eventTypes }), '2 von 3 am Telefon buchbar'],
    ['with all that does not fit', ({ calendar }) => calendar.has({ eventTypes: everything }), 'nicht buchbar'],
    ['while it is away', ({ calendar }) => calendar.misbehave('account', 'down'), 'antwortet nicht'],
    ['while it refuses us', ({ calendar }) => calendar.misbehave('account', 'wrong-key'), 'lehnt ab'],
  ])(
    'is shown %s without a barrier, light and dark, and no wider than a phone',
    async (_, spoil, text) => {
      spoil(served)
      const page = await visit(served, path)
      expect(await page.textContent('main')).toContain(text)
      expect(await barriersIn(page)).toEqual([])
      await close(page)
      served.calendar.misbehave('account', undefined)
    },
    40_000,
  )

  it('is shown with all that differs, without a barrier', async () => {
    const desk = await serve(salonWithCalendar)
    await differOnce(desk.desk, desk.calendar, desk.scope, desk.profile)
    const page = await visit(desk, path)
    expect(await page.locator('.differences > li').count()).toBe(3)
    expect(await barriersIn(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 800 })
    for (const part of ['.difference-part', '.decisions .button'])
      expect((await page.locator(part).first().boundingBox())?.width, part).toBeGreaterThan(130)
    await page
      .locator('.differences > li', { hasText: 'Frida Fremd' })
      .getByRole('button', { name: /^Gehört nicht/ })
      .click()
    expect(await page.textContent('#message')).toContain('Die Entscheidung gilt')
    await close(page)
    await desk.close()
  }, 60_000)

  it('is shown where there is none, and among the steps of the set-up, without a barrier', async () => {
    for (const address of [path, `${company}/set-up`]) {
      const page = await visit(alone, address)
      expect(await barriersIn(page), address).toEqual([])
      await close(page)
    }
  }, 40_000)

  it.each([true, false])(
    'is made, matched and told to report, script: %s',
    async (javaScriptEnabled) => {
      const desk = await serve(salon)
      const page = await visit(desk, path, { javaScriptEnabled })
      await page.fill('#api_key', 'cal_wrong')
      await page.click('.form-lines button.primary')
      expect(await page.textContent('#api_key-wrong')).toContain('nimmt diesen Schlüssel nicht an')
      expect(await page.inputValue('#api_key')).toBe('')
      if (javaScriptEnabled) expect(await barriersIn(page)).toEqual([])
      await page.fill('#api_key', 'cal_sonne')
      await page.click('.form-lines button.primary')
      expect(await page.textContent('#message')).toBe('Der Kalender ist verbunden.')
      await page.selectOption('#match-bartpflege select', '9003')
      await page.click('#match-bartpflege button')
      expect(await page.textContent('#message')).toBe('Die Zuordnung ist gespeichert.')
      expect(await page.textContent('#match-bartpflege .event-type')).toContain('Bart pflegen')
      await page.getByRole('button', { name: 'Einrichten' }).click()
      expect(await page.textContent('#message')).toContain('von jetzt an hierher')
      await close(page)
      await desk.close()
    },
    60_000,
  )
})
