import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import { isMailable } from '../application/mail/mailable.ts'
import { parseTimeZone, type TimeZone } from '../domain/time.ts'

/** Where Retell is. */
export const hostedRetell = 'https://api.retellai.com'

/** Where Cal.com is, for companies that name none. */
export const hostedCalcom = 'https://api.cal.com/v2'

/** The environment, checked. Everything wrong with it is told at once, by name. */
export interface Config {
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
  readonly publicUrl: string
  readonly encryptionKeys: string | undefined
  readonly retellApiKey: string | undefined
  readonly retellWebhookKeys: readonly string[]
  readonly retellBaseUrl: string
  readonly retellRequestsPerSecond: number
  readonly calcomBaseUrl: string
  readonly allowPrivateAddresses: boolean
  readonly poolMin: number
  readonly poolMax: number
  readonly logLevel: string
  readonly trustProxy: boolean
  readonly autoMigrate: boolean
  readonly toolDeadlineMs: number
  readonly platformZone: TimeZone
  readonly redisUrl: string | undefined
  readonly smtpUrl: string | undefined
  readonly mailFrom: string | undefined
}

const utc = 'UTC' as TimeZone

/** That of this machine. */
export const hostZone = (): TimeZone => parseTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone).unwrapOr(utc)

const zoneNamed = (name: string | undefined): TimeZone =>
  name === undefined ? hostZone() : parseTimeZone(name).unwrapOr(utc)

/** In production vendors are asked in public only, unless somebody says otherwise. */
export const mayBePrivate = (nodeEnv: string | undefined): boolean => nodeEnv !== 'production'

export type ConfigProblem = { readonly name: string; readonly message: string }

const flag = z.enum(['true', 'false', '1', '0', '']).transform((text) => text === 'true' || text === '1')
const url = (protocols: RegExp) =>
  z.url({ protocol: protocols, error: 'must be an address such as https://desk.example' })

/** Where a Redis server is. */
export const redisAddress = z.url({
  protocol: /^rediss?$/,
  error: 'must be an address such as redis://cache.example:6379',
})

/** Where a mail server is. */
export const smtpAddress = z.url({
  protocol: /^smtps?$/,
  error: 'must be an address such as smtp://user:password@mail.example:587',
})

/** Where an API of Cal.com is. */
export const calcomAddress = z.url({
  protocol: /^https?$/,
  error: 'must be an address such as https://api.cal.com/v2',
})

/** Where the API of Retell is. */
export const retellAddress = z.url({
  protocol: /^https?$/,
  error: 'must be an address such as https://api.retellai.com',
})

const environmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must be sqlite:FILE or postgres://…')
    .default('sqlite:./data/frontdesk.sqlite'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a number from 0 to 65535' }).int().min(0).max(65535).default(3000),
  PUBLIC_URL: url(/^https?$/).optional(),
  ENCRYPTION_KEYS: z.string().optional(),
  RETELL_API_KEY: z.string().min(1).optional(),
  RETELL_WEBHOOK_KEYS: z.string().optional(),
  RETELL_BASE_URL: z.optional(retellAddress),
  RETELL_REQUESTS_PER_SECOND: z.coerce
    .number({ error: 'must be a number from 1 to 100' })
    .int()
    .min(1)
    .max(100)
    .default(10),
  CALCOM_BASE_URL: z.optional(calcomAddress),
  ALLOW_PRIVATE_ADDRESSES: flag.optional(),
  DATABASE_POOL_MIN: z.coerce.number().int().min(0).max(200).default(5),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).default(20),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: flag.default(false),
  AUTO_MIGRATE: flag.default(true),
  PLATFORM_TIME_ZONE: z
    .string()
    .refine((name) => parseTimeZone(name).isOk(), 'must be a time zone such as Europe/Berlin')
    .optional(),
  TOOL_DEADLINE_MS: z.coerce
    .number({ error: 'must be a number of milliseconds' })
    .int()
    .min(100)
    .max(60_000)
    .default(3_000),
  REDIS_URL: z.optional(redisAddress),
  SMTP_URL: z.optional(smtpAddress),
  MAIL_FROM: z.string().refine(isMailable, 'must be one address such as desk@salon.example').optional(),
})

export const readConfig = (environment: {
  readonly [name: string]: string | undefined
}): Result<Config, readonly ConfigProblem[]> => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success) {
    return err(parsed.error.issues.map((issue) => ({ name: issue.path.join('.'), message: issue.message })))
  }
  const env = parsed.data
  if (env.DATABASE_POOL_MIN > env.DATABASE_POOL_MAX) {
    return err([{ name: 'DATABASE_POOL_MIN', message: 'must not be greater than DATABASE_POOL_MAX' }])
  }
  if (env.SMTP_URL !== undefined && env.MAIL_FROM === undefined) {
    return err([{ name: 'MAIL_FROM', message: 'must be set where SMTP_URL is: the address from which mails come' }])
  }
  const listed = (env.RETELL_WEBHOOK_KEYS ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
  return ok({
    databaseUrl: env.DATABASE_URL,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`,
    encryptionKeys: env.ENCRYPTION_KEYS,
    retellApiKey: env.RETELL_API_KEY,
    retellWebhookKeys: listed.length > 0 ? listed : env.RETELL_API_KEY === undefined ? [] : [env.RETELL_API_KEY],
    retellBaseUrl: env.RETELL_BASE_URL ?? hostedRetell,
    retellRequestsPerSecond: env.RETELL_REQUESTS_PER_SECOND,
    calcomBaseUrl: env.CALCOM_BASE_URL ?? hostedCalcom,
    allowPrivateAddresses: env.ALLOW_PRIVATE_ADDRESSES ?? mayBePrivate(environment.NODE_ENV),
    poolMin: env.DATABASE_POOL_MIN,
    poolMax: env.DATABASE_POOL_MAX,
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY,
    autoMigrate: env.AUTO_MIGRATE,
    toolDeadlineMs: env.TOOL_DEADLINE_MS,
    platformZone: zoneNamed(env.PLATFORM_TIME_ZONE),
    redisUrl: env.REDIS_URL,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
  })
}
