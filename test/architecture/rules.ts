/** Where a package may be imported. `everywhere`: in every file of the layer. */
export type Packages = { readonly [name: string]: 'everywhere' | RegExp }

/**
 * What the files of a layer may import. It is an allow-list: what is not named here is forbidden, and what is named
 * and not used is reported as well, so that the list says what is.
 */
export interface Layer {
  readonly name: string
  readonly files: RegExp
  /** `area` is what the first group of `files` caught. */
  readonly may: (area: string) => readonly RegExp[]
  readonly packages: Packages | 'any'
}

const adapter = (name: string, packages: Packages, alsoMay: readonly RegExp[] = []): Layer => ({
  name: `adapters/${name}`,
  files: new RegExp(`^adapters/${name}/`),
  may: () => [/^domain\//, /^application\//, new RegExp(`^adapters/${name}/`), ...alsoMay],
  packages,
})

export const layers: readonly Layer[] = [
  { name: 'the doors', files: /^(index|testing)\.ts$/, may: () => [/./], packages: {} },
  { name: 'the door of the domain', files: /^domain\/index\.ts$/, may: () => [/^domain\//], packages: {} },
  {
    name: 'the kernel of the domain',
    files: /^domain\/(?!index\.ts$)[^/]+$/,
    may: () => [/^domain\/(?!index\.ts$)[^/]+$/],
    packages: {
      neverthrow: 'everywhere',
      'libphonenumber-js': /^domain\/phone-number\.ts$/,
      'temporal-polyfill': /^domain\/time\.ts$/,
    },
  },
  {
    name: 'an area of the domain',
    files: /^domain\/(\w+)\//,
    may: (area) => [/^domain\/(?!index\.ts$)[^/]+$/, new RegExp(`^domain/${area}/`)],
    packages: { neverthrow: 'everywhere' },
  },
  {
    name: 'application',
    files: /^application\//,
    may: () => [/^domain\//, /^application\//],
    packages: { neverthrow: 'everywhere' },
  },
  adapter(
    'memory',
    {
      neverthrow: 'everywhere',
      'node:async_hooks': /\/store\.ts$/,
      'node:crypto': 'everywhere',
      'node:util': 'everywhere',
    },
    [/^adapters\/timing\//, /^adapters\/cache\/in-process\.ts$/],
  ),
  adapter('timing', {}),
  adapter('cache', {
    ioredis: /\/redis\.ts$/,
    'lru-cache': /\/(in-process|unsent)\.ts$/,
    'node:crypto': /\/keys\.ts$/,
  }),
  adapter('sql', {
    neverthrow: 'everywhere',
    kysely: 'everywhere',
    'better-sqlite3': /\/sqlite-connection\.ts$/,
    pg: /\/postgres\.ts$/,
    'lru-cache': /\/directory\.ts$/,
    'node:crypto': 'everywhere',
    'node:fs': /\/database\.ts$/,
    'node:path': /\/database\.ts$/,
    'node:util': 'everywhere',
  }),
  adapter('crypto', {
    neverthrow: 'everywhere',
    '@node-rs/argon2': /\/credentials\.ts$/,
    'node:crypto': 'everywhere',
    'node:fs': /\/find-keys\.ts$/,
    'node:path': /\/find-keys\.ts$/,
  }),
  adapter('retell', { neverthrow: 'everywhere', 'node:crypto': 'everywhere' }, [/^adapters\/vendor\//]),
  adapter('agent-folder', {
    neverthrow: 'everywhere',
    yaml: 'everywhere',
    'node:fs': /\/disk\.ts$/,
    'node:path': /\/disk\.ts$/,
  }),
  adapter('company-file', {
    neverthrow: 'everywhere',
    zod: 'everywhere',
    yaml: 'everywhere',
    'node:buffer': /\/source\.ts$/,
  }),
  adapter(
    'http',
    {
      neverthrow: 'everywhere',
      fastify: 'everywhere',
      '@fastify/cookie': /\/authenticate\.ts$/,
      '@fastify/csrf-protection': /\/authenticate\.ts$/,
      '@fastify/rate-limit': /\/authenticate\.ts$/,
      '@fastify/swagger': /\/api-routes\.ts$/,
      '@fastify/swagger-ui': /\/api-routes\.ts$/,
      'fastify-type-provider-zod': /\/api\//,
      'node:stream': /\/api\/recordings\.ts$/,
      zod: 'everywhere',
      'node:crypto': 'everywhere',
    },
    [/^adapters\/icalendar\//],
  ),
  adapter(
    'web',
    {
      neverthrow: 'everywhere',
      fastify: 'everywhere',
      '@fastify/cookie': /\/web-routes\.ts$/,
      '@fastify/csrf-protection': /\/web-routes\.ts$/,
      '@fastify/formbody': /\/web-routes\.ts$/,
      '@fastify/helmet': /\/web-routes\.ts$/,
      'node:crypto': /\/(assets|once)\.ts$/,
      'node:fs': /\/assets\.ts$/,
      'node:module': /\/assets\.ts$/,
      'node:zlib': /\/assets\.ts$/,
    },
    [/^adapters\/http\//],
  ),
  adapter('icalendar', { 'ical-generator': 'everywhere' }),
  adapter('mail', { neverthrow: 'everywhere', nodemailer: /\/smtp-mailer\.ts$/ }, [/^adapters\/icalendar\//]),
  adapter('holidays', { 'date-holidays': 'everywhere' }),
  adapter('simulation', {
    neverthrow: /\/(calcom|retell)\//,
    'node:crypto': 'everywhere',
    'node:http': /\/(calcom|retell)\/serve\.ts$/,
  }),
  adapter('vendor', {
    neverthrow: 'everywhere',
    undici: 'everywhere',
    cockatiel: /\/json-client\.ts$/,
    'node:crypto': /\/client-pool\.ts$/,
    'node:dns': /\/address-guard\.ts$/,
    'node:net': /\/address-guard\.ts$/,
  }),
  adapter('calcom', { neverthrow: 'everywhere', zod: 'everywhere', 'node:crypto': 'everywhere' }, [
    /^adapters\/vendor\//,
  ]),
  adapter('script', { neverthrow: 'everywhere', yaml: 'everywhere', zod: 'everywhere' }),
  adapter('cli', { 'cli-table3': 'everywhere' }),
  {
    name: 'composition',
    files: /^composition\//,
    may: () => [/^(domain|application|adapters|composition)\//],
    packages: 'any',
  },
]

/** Modules that only the named files may import, each with the reason why. */
export interface Reserved {
  readonly module: RegExp
  readonly reason: string
  readonly for: { readonly [importer: string]: string }
}

export const reserved: readonly Reserved[] = [
  {
    module: /^application\/grant-scope\.ts$/,
    reason: 'the right to the things of a company is granted where the company was proven, and nowhere else',
    for: {
      'application/access/authenticate.ts': 'a session or token was found and its role allows it',
      'application/access/note-act.ts': 'whoever acts has the platform’s scope, and only writes down what was done',
      'application/access/change-company-file.ts': 'the file is of the company whose scope is at hand',
      'application/agents/known-agents.ts':
        'the companies share an account, and are only asked whether they know an agent of it',
      'application/booking/feeds.ts': 'the secret of the address belongs to a feed of the company',
      'application/calendar/hear-calendar.ts': 'the stored delivery names the company that was proven at intake',
      'application/calendar/reconcile-job.ts': 'every company of the directory is reconciled with its calendar',
      'application/calling/answer-inbound.ts': 'the signature matched a key of the owner of the dialled number',
      'application/calling/watching.ts': 'every company of the directory is watched',
      'application/calling/process-delivery.ts': 'the stored delivery names the company that was proven at intake',
      'application/jobs/work-jobs.ts': 'the stored job names the company in whose transaction it was added',
      'application/operation/doctor.ts': "the platform's scope is at hand, and looks at one company after the other",
      'application/tools/answer-tool.ts': 'the signature matched a key of the owner of the number',
      'composition/': 'whoever runs a command or imports the library may do everything',
    },
  },
  {
    module: /^adapters\/sql\/(database|tenant-db)\.ts$/,
    reason: 'a database without a company in front of it stays with the adapter that puts one there',
    for: { 'adapters/sql/': 'it is the adapter', 'composition/': 'it opens the database' },
  },
]

export const forbiddenFolders =
  /(^|\/)(shared|common|utils?|helpers?|services?|interfaces?|types|dtos?|mappers?|misc|lib|core)\//

/** Files that are long because they are lists, or because they are written once and never again. */
export const mayBeLong = /^(domain\/speech\/[\w-]*words\.ts|adapters\/web\/words\/|adapters\/sql\/migrations\/)/

export const limits = { lines: 400, usualLines: 250, usualShare: 0.9, handlerLines: 200 } as const

/** Adapters that may ask the outside world over HTTP. Vendors are asked through `vendor` alone. */
export const mayFetch = /^adapters\/(vendor|simulation)\//

/** Where SQL text is put together, and why nothing in it comes from outside. */
export const mayWriteSql: { readonly [place: string]: string } = {
  'adapters/sql/migrations/': 'the text of a migration is all there is to it',
  'adapters/sql/intake-postgres.ts': 'the columns and their types are lists of ours',
  'adapters/sql/event-stream.ts': 'LISTEN takes no parameter, and the channel is a constant',
}
