import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', process.env.CHROMIUM ?? '']
const executablePath = places.find((path) => path !== '' && existsSync(path))

/** Why the browser tests cannot run here; undefined: they can, or they must. */
export const missingBrowser: string | undefined =
  executablePath === undefined && process.env.REQUIRE_ALL !== 'true' ? 'no chromium is installed' : undefined

export const openBrowser = (): Promise<Browser> => {
  if (executablePath === undefined) throw new Error('No chromium is installed, and REQUIRE_ALL asks for it.')
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
