import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { Application } from '../../../application/application.ts'
import type { InvalidInput } from '../../../application/failure.ts'
import type { Directory } from '../../../application/ports/directory.ts'
import type { Flag } from '../../../domain/access/flag.ts'
import { roles } from '../../../domain/access/role.ts'
import type { CompanyId } from '../../../domain/ids.ts'
import { isoUtc } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { type Routing, routesBehind } from './route.ts'
import { instantText, pageOf, slugText } from './schemas.ts'

const role = z.enum(roles as [(typeof roles)[number], ...(typeof roles)[number][]])

const rules = z
  .strictObject({
    everybody: z.boolean().default(false),
    roles: z.array(role).max(10).default([]),
    users: z.array(z.string().min(1).max(60)).max(1000).default([]).meta({ description: 'Ids of users or tokens.' }),
    companies: z.array(slugText).max(1000).default([]).meta({ description: 'Slugs.' }),
    percent: z.number().int().min(0).max(100).default(0).meta({
      description: 'Of a hundred companies, always the same ones for a share, and more with a greater one.',
    }),
  })
  .meta({ description: 'Whoever one of them names has it.' })

const flag = z
  .strictObject({ name: z.string(), description: z.string(), rules, changed_at: instantText.nullable() })
  .meta({ id: 'Flag' })

const effective = z.strictObject({ name: z.string(), description: z.string(), enabled: z.boolean() })

type Needs = Pick<Application, 'listFlags' | 'setFlag' | 'effectiveFlags'>

/** Features that are on for some and not yet for others. */
export const flagRoutes = (routing: Routing, doors: Doors, app: Needs, directory: Directory): void => {
  const platform = routesBehind(routing)(doors.platform('platform.read'))
  const tag = 'Flags'

  platform({
    method: 'GET',
    url: '/flags',
    tag,
    summary: 'Features and for whom they are on',
    answer: pageOf(flag),
    handle: async ({ scope }) => {
      const slugOf = await slugs(directory)
      const items = await app.listFlags(scope)
      return ok({ items: items.map((one) => viewOf(one, slugOf)), next: null })
    },
  })

  platform({
    method: 'PUT',
    url: '/flags',
    tag,
    summary: 'Say for whom a feature is on, in place of what was said before',
    body: z.strictObject({ name: z.string().min(1).max(100), rules }),
    answer: flag,
    handle: async ({ scope }, { body }) => {
      const companies = await idsOf(directory, body.rules.companies)
      if (companies.isErr()) return err(companies.error)
      const set = await app.setFlag(scope, body.name, { ...body.rules, companies: companies.value })
      const slugOf = await slugs(directory)
      return set.map((one) => viewOf(one, slugOf))
    },
  })

  routesBehind(routing)(doors.company('calls.read'))({
    method: 'GET',
    url: '/companies/{company}/flags',
    tag,
    summary: 'Which features are on for whoever asks',
    answer: pageOf(effective),
    handle: async ({ scope }) => {
      const items = await app.effectiveFlags(scope)
      const views = items.map(({ flag: { name, description }, isOn }) => ({ name, description, enabled: isOn }))
      return ok({ items: views, next: null })
    },
  })
}

type SlugOf = (id: string) => string

const slugs = async (directory: Directory): Promise<SlugOf> => {
  const known = new Map<string, string>((await directory.companies()).map(({ id, slug }) => [id, slug]))
  return (id) => known.get(id) ?? id
}

const idsOf = async (
  directory: Directory,
  wanted: readonly string[],
): Promise<Result<readonly CompanyId[], InvalidInput>> => {
  const ids = await Promise.all(wanted.map((slug) => directory.companyBySlug(slug)))
  const errors = ids.flatMap((id, index) =>
    id === undefined ? [{ pointer: `/rules/companies/${index}`, detail: 'There is no company of this slug.' }] : [],
  )
  return errors.length > 0 ? err({ kind: 'invalid-input', errors }) : ok(ids.flatMap((id) => id ?? []))
}

const viewOf = ({ name, description, rules: { everybody, percent, ...named }, changedAt }: Flag, slugOf: SlugOf) => ({
  ...{ name, description },
  rules: {
    everybody,
    percent,
    roles: [...named.roles],
    users: [...named.users],
    companies: named.companies.map(slugOf),
  },
  changed_at: changedAt === undefined ? null : isoUtc(changedAt),
})
