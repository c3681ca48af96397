import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { FileWarning } from '../../../application/calendar/set-up/warn-of-file.ts'
import type { CompanyToApply } from '../../../application/companies/apply-company.ts'
import type { Change } from '../../../application/companies/plan-company.ts'
import type { InvalidInput } from '../../../application/failure.ts'
import type { Directory } from '../../../application/ports/directory.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import type { Doors } from '../authenticate.ts'
import { paged } from './listed.ts'
import type { OnceOnly } from './once-only.ts'
import { type Routing, routesBehind } from './route.ts'
import { pageOf, pageQuery } from './schemas.ts'

/**
 * Reads a company file. It must not look into the environment of the service: whoever may send a file here would read
 * it there.
 */
export type CompanyFileReader = (
  source: string | object,
) => Result<
  CompanyToApply,
  readonly { readonly line: number | undefined; readonly path: string; readonly message: string }[]
>

/** A stored company as its file says it: secrets only as references, without customers. */
export type CompanyFileWriter = (profile: CompanyProfile) => unknown

type Needs = Pick<Application, 'applyCompany' | 'changeCompanyFile' | 'warnOfFile' | 'noteCompanyExport'>

const company = z.strictObject({
  slug: z.string(),
  name: z.string(),
  time_zone: z.string(),
  country: z.string(),
  language: z.string(),
  currency: z.string(),
  booking: z.boolean(),
})

const plan = z.strictObject({
  dry_run: z.boolean(),
  changes: z.array(
    z.strictObject({
      action: z.enum(['create', 'change', 'retire']),
      kind: z.string(),
      slug: z.string(),
      fields: z.array(z.string()),
    }),
  ),
  warnings: z
    .array(z.strictObject({ path: z.string(), message: z.string() }))
    .meta({ description: 'What does not fit in the calendar of a vendor. The file is applied all the same.' }),
})

const file = z
  .union([z.looseObject({}), z.string()])
  .meta({ description: 'A company file, as an object or as YAML text.' })
const flag = z.enum(['true', 'false']).default('false')
const consumes = ['application/json', 'application/yaml']
const largestFile = 2 * 1024 * 1024

export const companyRoutes = async (
  routing: Routing,
  doors: Doors,
  app: Needs,
  needs: {
    readonly directory: Directory
    readonly readCompanyFile: CompanyFileReader
    readonly companyFileOf: CompanyFileWriter
  },
  once: OnceOnly,
): Promise<void> => {
  const { directory } = needs

  routesBehind(routing)(doors.anyone)({
    method: 'GET',
    url: '/companies',
    tag: 'Companies',
    summary: 'The companies one may see: all for the platform, their own for others',
    query: z.strictObject(pageQuery),
    answer: pageOf(company),
    handle: async ({ principal }, { query }) => {
      const all = await directory.companies()
      const seen = principal.role === 'platform_admin' ? all : all.filter(({ id }) => id === principal.company)
      const { items, next } = paged(seen, query, ({ slug }) => slug)
      const profiles = await Promise.all(items.map(({ id }) => directory.profile(id)))
      return ok({ items: profiles.flatMap((profile) => (profile ? [viewOf(profile)] : [])), next })
    },
  })

  routesBehind(routing)(doors.company('calls.read'))({
    method: 'GET',
    url: '/companies/{company}',
    tag: 'Companies',
    summary: 'A company',
    answer: company,
    handle: async ({ profile }) => ok(viewOf(profile)),
  })

  routesBehind(routing)(doors.company('companies.apply'))({
    method: 'GET',
    url: '/companies/{company}/file',
    tag: 'Companies',
    summary: 'The company file, which changes nothing when it is applied; secrets only as `${NAME}`, without customers',
    answer: z.looseObject({}),
    handle: async ({ scope, profile }) => {
      await app.noteCompanyExport(scope)
      return ok(z.looseObject({}).parse(needs.companyFileOf(profile)))
    },
  })

  await routing.http.register(async (http) => {
    http.addContentTypeParser(
      ['application/yaml', 'application/x-yaml', 'text/yaml'],
      { parseAs: 'string', bodyLimit: largestFile },
      (request, body, done) => {
        once.noteBody(request, String(body))
        done(null, String(body))
      },
    )
    const inside: Routing = { ...routing, http }

    routesBehind(inside)(doors.platform('companies.create'))({
      method: 'POST',
      url: '/companies',
      tag: 'Companies',
      summary: 'Create a company from its file',
      query: z.strictObject({ dry_run: flag }),
      body: file,
      consumes,
      answer: plan,
      status: ({ dry_run }) => (dry_run === 'true' ? 200 : 201),
      handle: async ({ scope }, { query, body }) => {
        const read = readFile(needs.readCompanyFile, body)
        if (read.isErr()) return err(read.error)
        const known = await directory.companyBySlug(read.value.spec.company.slug)
        if (known !== undefined) return err({ kind: 'company-exists' })
        const dryRun = query.dry_run === 'true'
        const applied = await app.applyCompany(scope, read.value, { prune: false, dryRun })
        if (applied.isErr()) return err(applied.error)
        const warnings = await app.warnOfFile(read.value)
        return ok(planOf(applied.value.changes, dryRun, warnings))
      },
    })

    routesBehind(inside)(doors.company('companies.apply'))({
      method: 'PUT',
      url: '/companies/{company}/file',
      tag: 'Companies',
      summary: 'Bring a company to its file; `${NAME}` stands for a secret that is stored under that name',
      query: z.strictObject({ dry_run: flag, prune: flag }),
      body: file,
      consumes,
      answer: plan,
      handle: async ({ scope, profile }, { query, body }) => {
        const read = readFile(needs.readCompanyFile, body)
        if (read.isErr()) return err(read.error)
        const dryRun = query.dry_run === 'true'
        const options = { prune: query.prune === 'true', dryRun }
        const applied = await app.changeCompanyFile(scope, profile, read.value, options)
        if (applied.isErr()) return err(applied.error)
        const warnings = await app.warnOfFile(read.value)
        return ok(planOf(applied.value.changes, dryRun, warnings))
      },
    })
  })
}

const viewOf = ({ company: { slug, name, timeZone, country, language, currency, booking } }: CompanyProfile) => ({
  slug,
  name,
  time_zone: timeZone,
  country,
  language,
  currency,
  booking,
})

const planOf = (changes: readonly Change[], dryRun: boolean, warnings: readonly FileWarning[]) => ({
  dry_run: dryRun,
  warnings: warnings.map(({ path, message }) => ({ path, message })),
  changes: changes.map(({ action, kind, slug, fields }) => ({ action, kind, slug, fields: [...fields] })),
})

const readFile = (read: CompanyFileReader, body: string | object): Result<CompanyToApply, InvalidInput> =>
  read(body).mapErr((problems) => ({
    kind: 'invalid-input',
    errors: problems.map(({ line, path, message }) => ({
      pointer: path,
      detail: line === undefined ? message : `Line ${line}: ${message}`,
    })),
  }))
