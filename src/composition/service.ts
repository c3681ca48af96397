import type { FastifyInstance } from 'fastify'
import { err, ok, type Result } from 'neverthrow'
import { destination, pino } from 'pino'
import { grantPlatform } from '../application/grant-scope.ts'
import { platformWarnings } from '../application/operation/doctor.ts'
import { assemble } from './assemble.ts'
import { startBackground } from './background.ts'
import type { Config } from './config.ts'
import { type Desk, type OpenFailure, openDesk } from './desk.ts'

export type ServiceFailure = OpenFailure | { readonly kind: 'role-needs-postgres'; readonly role: string }

export interface Service extends Omit<Desk, 'close'> {
  readonly http: FastifyInstance
  readonly close: () => Promise<void>
}

/** A desk with its door and its workers, not yet listening. */
export const openService = async (
  config: Config & { readonly role: 'all' | 'web' | 'worker' },
): Promise<Result<Service, ServiceFailure>> => {
  if (config.role !== 'all' && config.databaseUrl.startsWith('sqlite:')) {
    return err({ kind: 'role-needs-postgres', role: config.role })
  }
  const desk = await openDesk(config)
  if (desk.isErr()) return err(desk.error)
  // Logs go to stderr, so that stdout belongs to results, and never carry bodies, headers or addresses of people.
  const logger = pino({ level: config.logLevel }, destination(2))
  const { app, http, onWork } = await assemble(desk.value.ports, {
    publicUrl: config.publicUrl,
    logger,
    trustProxy: config.trustProxy,
    toolDeadlineMs: config.toolDeadlineMs,
    platformZone: config.platformZone,
    vitals: desk.value.vitals,
  })
  const background = config.role === 'web' ? undefined : startBackground(app, logger)
  if (background) onWork(background.wake)
  const withoutKeys = await companiesWithoutKeys(desk.value)
  const warnings = await platformWarnings(desk.value.ports, atStart)
  return ok({
    ...desk.value,
    notices: [
      ...desk.value.notices,
      ...warnings,
      ...withoutKeys.map(
        (slug) =>
          `${slug} has no Retell key, so every call to it is refused. Set RETELL_API_KEY, or name its keys in the company file.`,
      ),
    ],
    app,
    http,
    close: async () => {
      await http.close()
      await background?.stop()
      await desk.value.close()
    },
  })
}

const atStart = grantPlatform({ kind: 'job', name: 'start' })

const companiesWithoutKeys = async ({ ports }: Desk): Promise<readonly string[]> => {
  const lacking: string[] = []
  for (const { id, slug } of await ports.directory.companies()) {
    if ((await ports.directory.accountOf(id)).keys.length === 0) lacking.push(slug)
  }
  return lacking
}
