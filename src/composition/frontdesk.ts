import type { FastifyInstance } from 'fastify'
import { destination, pino } from 'pino'
import type { CompanyFileProblem } from '../adapters/company-file/read-company-file.ts'
import type { InboxWork } from '../application/calling/work-inbox.ts'
import { sayMissing } from '../application/companies/apply-company.ts'
import type { Change } from '../application/companies/plan-company.ts'
import { grantPlatform } from '../application/grant-scope.ts'
import type { JobWork } from '../application/jobs/work-jobs.ts'
import { isMailable } from '../application/mail/mailable.ts'
import { isRole, type Role, roles } from '../domain/access/role.ts'
import { instant } from '../domain/time.ts'
import { assemble } from './assemble.ts'
import { startBackground } from './background.ts'
import { calcomAddress, hostZone, mayBePrivate, redisAddress, retellAddress, smtpAddress } from './config.ts'
import { openDesk } from './desk.ts'
import { explain } from './explain.ts'
import { readCompany } from './read-company.ts'

export interface FrontdeskOptions {
  /** `sqlite::memory:`, `sqlite:FILE` or `postgres://…`. */
  readonly database: string
  /** `id:base64(32 bytes)[,…]`; as the setting ENCRYPTION_KEYS. */
  readonly encryptionKeys?: string
  /** Epoch milliseconds. Every time in the system comes from here, the signature window included. */
  readonly clock?: { readonly now: () => number }
  readonly publicUrl?: string
  readonly retell?: {
    readonly apiKey?: string
    readonly webhookKeys?: readonly string[]
    readonly baseUrl?: string
    /** At most so many with one key; 10 unless told otherwise, for Retell says nothing of its limit. */
    readonly requestsPerSecond?: number
  }
  /** Where Cal.com is, for companies that name none; hosted Cal.com unless told otherwise. */
  readonly calcom?: { readonly baseUrl?: string }
  /** Whether vendors may be in private networks; unless told otherwise, not where NODE_ENV is `production`. */
  readonly allowPrivateAddresses?: boolean
  /** `redis://…` or `rediss://…`: where several processes keep and count together. */
  readonly redisUrl?: string
  /** `smtp://…` or `smtps://…`. Without it no mail is sent or promised. */
  readonly smtpUrl?: string
  /** The address from which mails come; needed with `smtpUrl`. */
  readonly mailFrom?: string
  readonly logLevel?: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  readonly trustProxy?: boolean
  /** Real milliseconds in which the voice agent gets an answer, whatever a calendar does; 3,000 unless told otherwise. */
  readonly toolDeadlineMs?: number
  /** False (the default): nothing runs by itself; call `runDueJobs`. */
  readonly background?: boolean
}

export interface AppliedCompanyFile {
  readonly created: readonly Change[]
  readonly changed: readonly Change[]
  readonly retired: readonly Change[]
}

export interface Frontdesk {
  /** Brings a company to what its file says; throws `CompanyFileError` with every problem, and then changes nothing. */
  readonly apply: (
    file: string | object,
    options?: { readonly prune?: boolean; readonly dryRun?: boolean },
  ) => Promise<AppliedCompanyFile>
  /** Gives a token once. Throws `FrontdeskError` for a role that does not fit the company. */
  readonly createToken: (wanted: {
    readonly role: Role
    readonly company?: string
    readonly expiresAt?: number
  }) => Promise<string>
  /** Gives the address of a one-time page to set a password. */
  readonly createUser: (wanted: {
    readonly email: string
    readonly role: Role
    readonly company?: string
  }) => Promise<string>
  /** The Fastify instance: `inject()` or `listen()`. */
  readonly http: FastifyInstance
  /** Does everything that is due at `clock.now()` and says what it did. */
  readonly runDueJobs: () => Promise<DueWork>
  readonly close: () => Promise<void>
}

/** What `runDueJobs` did: with the deliveries that reached us, and with jobs. */
export interface DueWork extends InboxWork {
  readonly jobs: JobWork
}

/** A request that cannot be carried out; `lines` are plain sentences with the cure. */
export class FrontdeskError extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines.join(' '))
    this.name = 'FrontdeskError'
    this.lines = lines
  }
}

export class CompanyFileError extends Error {
  readonly problems: readonly CompanyFileProblem[]
  constructor(problems: readonly CompanyFileProblem[]) {
    super(
      problems.map(({ line, path, message }) => `${line === undefined ? path : `line ${line}`}: ${message}`).join('\n'),
    )
    this.name = 'CompanyFileError'
    this.problems = problems
  }
}

/** Who imports this without types may name any text. */
const checkRole = (role: string): void => {
  if (!isRole(role)) throw new FrontdeskError([`There is no role ${role}. Choose one of ${roles.join(', ')}.`])
}

const importer = grantPlatform({ kind: 'user', name: 'library' })

/** Opens the database, makes everything, listens nowhere yet. Throws `FrontdeskError` when it cannot. */
export const createFrontdesk = async (options: FrontdeskOptions): Promise<Frontdesk> => {
  const given = options.clock
  const publicUrl = options.publicUrl ?? 'http://127.0.0.1:3000'
  const { apiKey, webhookKeys } = options.retell ?? {}
  const { redisUrl, smtpUrl, mailFrom } = options
  if (redisUrl !== undefined && !redisAddress.safeParse(redisUrl).success) {
    throw new FrontdeskError(['redisUrl has to be an address such as redis://cache.example:6379.'])
  }
  if (smtpUrl !== undefined && !smtpAddress.safeParse(smtpUrl).success) {
    throw new FrontdeskError(['smtpUrl has to be an address such as smtp://user:password@mail.example:587.'])
  }
  if (smtpUrl !== undefined && !isMailable(mailFrom)) {
    throw new FrontdeskError(['Where smtpUrl is given, mailFrom has to be one address from which mails come.'])
  }
  const { baseUrl } = options.calcom ?? {}
  if (baseUrl !== undefined && !calcomAddress.safeParse(baseUrl).success) {
    throw new FrontdeskError(['calcom.baseUrl has to be an address such as https://api.cal.com/v2.'])
  }
  if (options.retell?.baseUrl !== undefined && !retellAddress.safeParse(options.retell.baseUrl).success) {
    throw new FrontdeskError(['retell.baseUrl has to be an address such as https://api.retellai.com.'])
  }
  const opened = await openDesk({
    databaseUrl: options.database,
    encryptionKeys: options.encryptionKeys,
    publicUrl,
    retellWebhookKeys: webhookKeys ?? (apiKey === undefined ? [] : [apiKey]),
    retellApiKey: apiKey,
    retellBaseUrl: options.retell?.baseUrl,
    retellRequestsPerSecond: options.retell?.requestsPerSecond,
    poolMin: 0,
    poolMax: 20,
    autoMigrate: true,
    redisUrl,
    smtpUrl,
    mailFrom,
    calcomBaseUrl: baseUrl,
    allowPrivateAddresses: options.allowPrivateAddresses ?? mayBePrivate(process.env.NODE_ENV),
    ...(given ? { clock: { now: () => instant(given.now()) } } : {}),
  })
  if (opened.isErr()) throw new FrontdeskError(explain(opened.error))
  const desk = opened.value
  const logger = pino({ level: options.logLevel ?? 'warn' }, destination(2))
  const { app, http, onWork } = await assemble(desk.ports, {
    publicUrl,
    logger,
    trustProxy: options.trustProxy ?? false,
    toolDeadlineMs: options.toolDeadlineMs ?? 3_000,
    platformZone: hostZone(),
    vitals: desk.vitals,
  })
  const background = options.background ? startBackground(app, logger) : undefined
  if (background) onWork(background.wake)

  const companyOf = async (slug: string | undefined) => {
    if (slug === undefined) return undefined
    const company = await desk.ports.directory.companyBySlug(slug)
    if (company === undefined) throw new FrontdeskError([`There is no company ${slug}. Apply its file first.`])
    return company
  }

  return {
    http,
    apply: async (source, { prune = false, dryRun = false } = {}) => {
      const file = readCompany(source, process.env)
      if (file.isErr()) throw new CompanyFileError(file.error)
      const applied = await app.applyCompany(importer, file.value, { prune, dryRun })
      if (applied.isErr()) {
        const { secretsMissing, numbersTaken } = applied.error
        throw new CompanyFileError([
          ...secretsMissing.map((missing) => ({
            line: missing.line,
            path: missing.path,
            message: `${sayMissing(missing)} Set it in the environment.`,
          })),
          ...numbersTaken.map((number) => ({
            line: undefined,
            path: '/branches',
            message: `${number} belongs to another company. A number has one owner.`,
          })),
        ])
      }
      const by = (action: Change['action']) => applied.value.changes.filter((change) => change.action === action)
      return { created: by('create'), changed: by('change'), retired: by('retire') }
    },
    createToken: async ({ role, company, expiresAt }) => {
      checkRole(role)
      const wanted = {
        role,
        company: await companyOf(company),
        expiresAt: expiresAt === undefined ? undefined : instant(expiresAt),
      }
      const made = await app.createToken(importer, wanted)
      if (made.isErr())
        throw new FrontdeskError([
          `The role ${role} ${made.error.kind === 'role-needs-company' ? 'needs a company' : 'belongs to no company'}.`,
        ])
      return made.value.token
    },
    createUser: async ({ email, role, company }) => {
      checkRole(role)
      const made = await app.createUser(importer, { email, role, company: await companyOf(company) })
      if (made.isErr())
        throw new FrontdeskError([`The user cannot be created: ${made.error.kind.replaceAll('-', ' ')}.`])
      return new URL(`/set-password/${made.value.token}`, publicUrl).href
    },
    runDueJobs: async () => {
      const total = { processed: 0, postponed: 0, dead: 0, jobs: { done: 0, postponed: 0, givenUp: 0 } }
      for (;;) {
        const { processed, postponed, dead } = await app.workInbox(100)
        const jobs = await app.workJobs(20)
        total.processed += processed
        total.postponed += postponed
        total.dead += dead
        total.jobs.done += jobs.done
        total.jobs.postponed += jobs.postponed
        total.jobs.givenUp += jobs.givenUp
        if (processed + postponed + dead + jobs.done + jobs.postponed + jobs.givenUp === 0) return total
      }
    },
    close: async () => {
      await http.close()
      await background?.stop()
      await desk.close()
    },
  }
}
