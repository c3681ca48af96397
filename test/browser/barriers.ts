import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[]
}

/** Only what is wrong is gathered, which takes half as long as everything that is right. */
const rules = (type: 'rule' | 'tag', ...values: readonly string[]) => ({
  runOnly: { type, values },
  resultTypes: ['violations'],
  preload: false,
  iframes: false,
})

const everyRule = rules('tag', 'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice')

/**
 * What axe finds in an open page: by every rule in light, by its colours in dark, by its targets on a phone. It leaves
 * the page as narrow as a phone.
 */
export const barriersIn = async (page: Page): Promise<readonly string[]> => {
  const world = await page.context().newCDPSession(page)
  const find = async (by: object): Promise<readonly string[]> => {
    const { result } = await world.send('Runtime.evaluate', {
      expression: `axe.run(document, ${JSON.stringify(by)}).then(({ violations }) => JSON.stringify(violations))`,
      awaitPromise: true,
    })
    const violations = JSON.parse(String(result.value)) as readonly Violation[]
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((one) => `${id}: ${one.target.join(' ')} ${one.failureSummary}`),
    )
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await world.send('Runtime.evaluate', { expression: axe })
  const light = await find(everyRule)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await page.evaluate('new Promise((settled) => setTimeout(settled, 50))')
  const dark = await find(rules('rule', 'color-contrast'))
  await page.setViewportSize({ width: 360, height: 740 })
  const narrow = await find(rules('rule', 'target-size', 'scrollable-region-focusable'))
  const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  await world.detach()
  return [...light, ...dark, ...narrow, ...(width > 360 ? [`${width} px wide on a phone of 360 px`] : [])]
}
