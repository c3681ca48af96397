import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyPluginAsync } from 'fastify'

/** A file as the browser gets it. Its name carries a digest of its content, so it may be kept for ever. */
interface Asset {
  readonly type: string
  readonly plain: Buffer
  readonly brotli: Buffer | undefined
  readonly gzip: Buffer | undefined
}

export interface Assets {
  readonly styles: readonly string[]
  readonly scripts: readonly string[]
  readonly icon: string
  readonly font: string
  readonly files: ReadonlyMap<string, Asset>
}

const require = createRequire(import.meta.url)
const own = (name: string): Buffer => readFileSync(new URL(`./assets/${name}`, import.meta.url))
const packaged = (path: string): Buffer => readFileSync(require.resolve(path))

/** In the order in which one may overrule the other. */
const sheets = [
  'paper',
  'frame',
  'controls',
  'lists',
  'overview',
  'call',
  'calendar',
  'blocked-times',
  'week',
  'forms',
  'times',
  'appointment',
  'customers',
  'audit',
  'flags',
  'connection',
  'reception',
  'agents',
  'agent-changes',
  'tools',
  'rehearsals',
  'doors',
  'notices',
  'narrow',
]

let loaded: Assets | undefined

/** Every asset; they are read and packed once in a process. */
export const loadAssets = (): Assets => {
  loaded ??= readAssets()
  return loaded
}

const readAssets = (): Assets => {
  const files = new Map<string, Asset>()
  const add = (name: string, type: string, plain: Buffer): string => {
    const digest = createHash('sha256').update(plain).digest('hex').slice(0, 12)
    const dot = name.lastIndexOf('.')
    const hashed = `${name.slice(0, dot)}.${digest}${name.slice(dot)}`
    const text = type !== 'font/woff2'
    files.set(hashed, {
      type,
      plain,
      brotli: text ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) : undefined,
      gzip: text ? gzipSync(plain) : undefined,
    })
    return `/assets/${hashed}`
  }
  const script = 'text/javascript; charset=utf-8'
  const style = 'text/css; charset=utf-8'
  const inter = '@fontsource-variable/inter/files/inter'
  const font = add('inter-latin.woff2', 'font/woff2', packaged(`${inter}-latin-wght-normal.woff2`))
  const fontExtended = add('inter-latin-ext.woff2', 'font/woff2', packaged(`${inter}-latin-ext-wght-normal.woff2`))
  const css = sheets
    .map((name) => own(`${name}.css`).toString('utf8'))
    .join('\n')
    .replace(/url\(.inter-latin\.woff2.\)/, `url(${font})`)
    .replace(/url\(.inter-latin-ext\.woff2.\)/, `url(${fontExtended})`)
  return {
    styles: [add('app.css', style, Buffer.from(css)), add('places.css', style, Buffer.from(calendarClasses()))],
    scripts: [
      add('htmx.js', script, packaged('htmx.org/dist/htmx.min.js')),
      add('app.js', script, own('app.js')),
      add('sse.js', script, packaged('htmx-ext-sse/dist/sse.js')),
    ],
    icon: add('icon.svg', 'image/svg+xml', own('icon.svg')),
    font,
    files,
  }
}

/** Rows of the calendar, five minutes each. */
export const CALENDAR_STEP_MINUTES = 5
const ROWS = 1440 / CALENDAR_STEP_MINUTES

/** A strict content security policy allows no style attributes, so every place in a day has a class. */
const calendarClasses = (): string => {
  const numbers = Array.from({ length: ROWS }, (_, index) => index + 1)
  return [
    ...numbers.map((row) => `.at-${row}{grid-row-start:${row}}`),
    ...numbers.map((rows) => `.for-${rows}{grid-row-end:span ${rows}}`),
    ...numbers.map((rows) => `.day-${rows}{grid-template-rows:repeat(${rows},var(--five-minutes))}`),
  ].join('\n')
}

export const assetRoutes =
  (assets: Assets): FastifyPluginAsync =>
  async (http) => {
    http.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
      const asset = assets.files.get(request.params.name)
      if (!asset) return reply.callNotFound()
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .type(asset.type)
      const accepted = request.headers['accept-encoding'] ?? ''
      if (asset.brotli && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(asset.brotli)
      if (asset.gzip && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(asset.gzip)
      return reply.send(asset.plain)
    })
  }
