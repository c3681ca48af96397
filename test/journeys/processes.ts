import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { signatureHeader } from '../../src/adapters/retell/signature.ts'
import type { JsonObject } from '../../src/domain/canonical-json.ts'
import { secret } from '../../src/domain/secret.ts'

/** The command as users run it: compiled, in a process of its own. `npm test` builds it first. */
const cli = fileURLToPath(new URL('../../dist/cli/frontdesk.js', import.meta.url))

export const webhookKey = secret('key_journey')
export const encryptionKeys = `k1:${Buffer.alloc(32, 9).toString('base64')}`

const environment = (databaseUrl: string, more: { readonly [name: string]: string } = {}) => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  NODE_ENV: 'test',
  LOG_LEVEL: 'error',
  DATABASE_URL: databaseUrl,
  ENCRYPTION_KEYS: encryptionKeys,
  RETELL_WEBHOOK_KEYS: 'key_journey',
  ...more,
})

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export const frontdesk = (
  databaseUrl: string,
  args: readonly string[],
  more: { readonly [name: string]: string } = {},
  cwd?: string,
): Ran => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    env: environment(databaseUrl, more),
    encoding: 'utf8',
    timeout: 60_000,
    ...(cwd === undefined ? {} : { cwd }),
  })
  return { code: status, stdout, stderr }
}

export interface Served {
  readonly url: string
  /** SIGKILL, and nothing else. */
  readonly kill: () => Promise<void>
  /** SIGTERM; gives the exit code. */
  readonly stop: () => Promise<number | null>
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

export const serve = async (
  databaseUrl: string,
  role: 'all' | 'web' | 'worker' = 'all',
  more: { readonly [name: string]: string } = {},
): Promise<Served> => {
  const port = await freePort()
  const child: ChildProcess = spawn(process.execPath, [cli, 'serve', '--port', String(port), '--role', role], {
    env: environment(databaseUrl, more),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk)
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  const until = performance.now() + 20_000
  for (;;) {
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) break
    if (child.exitCode !== null || performance.now() > until) throw new Error(`it does not serve: ${errors}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Posts as Retell does. Undefined: the connection broke before an answer came. */
export const post = async (
  url: string,
  path: string,
  payload: JsonObject,
): Promise<{ readonly status: number; readonly body: JsonObject } | undefined> => {
  const body = JSON.stringify(payload)
  try {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-retell-signature': signatureHeader(body, Date.now(), webhookKey),
      },
      body,
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  } catch {
    return undefined
  }
}
