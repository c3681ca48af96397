import type { TestProject } from 'vitest/node'
import { migrateUp } from '../../src/adapters/sql/migrate.ts'
import { openPostgres } from '../../src/adapters/sql/postgres.ts'
import { instant } from '../../src/domain/time.ts'
import { asAdmin, freePort, startServer } from './embedded-server.ts'

export { asAdmin } from './embedded-server.ts'

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

  const started = port === undefined ? Promise.resolve(async () => undefined) : startServer(port, adminUrl, false)
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
