import { spawn, spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { freePort } from './embedded-server.ts'

const isInstalled = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0

/** Why the tests on Redis cannot run here; undefined: they can, or they must. */
export const missingRedis: string | undefined =
  isInstalled || process.env.REQUIRE_ALL === 'true' ? undefined : 'no redis-server is installed'

export interface RedisServer {
  readonly url: string
  /** It keeps its connections and says nothing more, until it is woken. */
  readonly freeze: () => void
  readonly wake: () => void
  /** Gone, with everything it kept. */
  readonly stop: () => Promise<void>
  /** Another one in its place, empty. */
  readonly start: () => Promise<void>
}

/** A server of one's own, which ends with this process. */
export const startRedis = async (): Promise<RedisServer> => {
  if (!isInstalled) throw new Error('No redis-server is installed, and REQUIRE_ALL asks for it.')
  const port = await freePort()
  let running = await begin(port)
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => running.signal('STOP'),
    wake: () => running.signal('CONT'),
    stop: () => running.stop(),
    start: async () => {
      running = await begin(port)
    },
  }
}

interface Running {
  readonly signal: (name: 'STOP' | 'CONT') => void
  readonly stop: () => Promise<void>
}

const begin = async (port: number): Promise<Running> => {
  const settings = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--loglevel',
    'warning',
  ]
  // The shell ends the server when its input closes, which it does however this process ends.
  const keeper = '"$@" <&- & server=$!; echo $server; read -r _; kill -CONT $server; kill -KILL $server; wait $server'
  const shell = spawn('/bin/sh', ['-c', keeper, 'keeper', 'redis-server', ...settings], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()))
  const id = await new Promise<number>((resolve) => {
    shell.stdout.setEncoding('utf8').once('data', (text: string) => resolve(Number.parseInt(text, 10)))
  })
  await listening(port)
  return {
    signal: (name) => {
      process.kill(id, `SIG${name}`)
    },
    stop: async () => {
      shell.stdin.end()
      await ended
    },
  }
}

const listening = async (port: number): Promise<void> => {
  const end = performance.now() + 20_000
  for (;;) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (isUp) return
    if (performance.now() > end) throw new Error('The redis-server does not listen.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
