import { describe, expect, it } from 'vitest'
import { importsOf } from './imports.ts'
import { type Files, filesUnder } from './project-files.ts'
import { mayFetch } from './rules.ts'

/** What opens a connection outwards, and the only places where it may be. Composition is no exception. */
const openers: { readonly [opener: string]: RegExp } = {
  undici: mayFetch,
  axios: mayFetch,
  got: mayFetch,
  'node:http': mayFetch,
  'node:https': mayFetch,
  'node:http2': mayFetch,
  // The demonstration looks for a free port and connects nowhere.
  'node:net': new RegExp(`${mayFetch.source}|^composition/commands/demo\\.ts$`),
  'node:tls': mayFetch,
  'node:dgram': mayFetch,
  'node:child_process': /^never$/,
  nodemailer: /^adapters\/mail\/smtp-mailer\.ts$/,
  ioredis: /^adapters\/cache\//,
  pg: /^adapters\/sql\/postgres\.ts$/,
}

const egressFaults = (files: Files): readonly string[] =>
  [...files].flatMap(([path, text]) =>
    importsOf(path, text).flatMap((one) => {
      const name = one.package ?? ''
      const place = Object.hasOwn(openers, name) ? openers[name] : undefined
      return place && !place.test(path) ? [`${path} opens connections with ${name}`] : []
    }),
  )

describe('I-142 the world outside', () => {
  it('is asked in the few places that guard where a request goes', () => {
    expect(egressFaults(filesUnder('src', /\.tsx?$/))).toEqual([])
  })

  it.each([
    ['composition/commands/x.ts', "import { request } from 'undici'"],
    ['adapters/http/x.ts', "import http from 'node:https'"],
    ['application/x.ts', "const { connect } = await import('node:net')"],
    ['adapters/vendor/x.ts', "import { exec } from 'node:child_process'"],
    ['adapters/web/x.ts', "import { createTransport } from 'nodemailer'"],
  ])('is not asked in %s by %s', (path, text) => expect(egressFaults(new Map([[path, text]]))).toHaveLength(1))

  it('is asked where vendors are', () => {
    expect(egressFaults(new Map([['adapters/vendor/client.ts', "import { Agent } from 'undici'"]]))).toEqual([])
  })
})
