import { err, ok, type Result } from 'neverthrow'
import { z } from 'zod'
import type { InvalidInput } from '../../../application/failure.ts'
import type { Directory } from '../../../application/ports/directory.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import type { CompanyId } from '../../../domain/ids.ts'
import { parseTimeZone, type TimeZone } from '../../../domain/time.ts'
import type { Doors } from '../authenticate.ts'
import { alertShape, viewOfAlert } from './alerts.ts'
import { auditEntry, auditFilters, auditQueryOf, viewOfAuditEntry } from './audit.ts'
import { delivery, deliveryFilters, deliveryQueryOf, viewOfDelivery } from './deliveries.ts'
import { job, jobStates, viewOfJob } from './jobs.ts'
import { paged } from './listed.ts'
import type { ApiPorts } from './options.ts'
import { type Routing, routesBehind } from './route.ts'
import { companyOf, named, pageOf, pageQuery, slugText } from './schemas.ts'
import { securityEvent, viewOfSecurityEvent } from './security-events.ts'
import { unroutedQuery, unroutedQueryOf, unroutedShape, viewOfUnrouted } from './unrouted-calls.ts'
import { token, user, viewOfToken, viewOfUser } from './users.ts'

const company = named.nullable()

/** The rows of every company and of none, each with its company or null. */
export const platformRoutes = (routing: Routing, doors: Doors, ports: ApiPorts): void => {
  const route = routesBehind(routing)(doors.platform('platform.read'))
  const { directory, alarm, audit, inbox, jobs, unrouted, identities } = ports
  const tag = 'Platform'

  route({
    method: 'GET',
    url: '/unrouted-calls',
    tag,
    summary: 'Calls whose number nobody owns, of every account',
    query: z.strictObject(unroutedQuery),
    answer: pageOf(z.strictObject({ ...unroutedShape, company })),
    handle: async ({ scope }, { query }) => {
      const { items, next } = await unrouted.listAll(scope, unroutedQueryOf(query))
      // What the platform's own account heard may have been meant for any company.
      const all = items.some(({ account }) => account === undefined) ? await directory.companies() : []
      const known = await knownOf(directory, [
        ...items.flatMap(({ account, assignedTo }) => [account, assignedTo?.company]),
        ...all.map(({ id }) => id),
      ])
      const anybodys = all.flatMap(({ id }) => known(id).profile ?? [])
      const views = items.map((one) => {
        const { ref, zone, profile } = known(one.account)
        const companies = one.account === undefined ? anybodys : profile ? [profile] : []
        return { ...viewOfUnrouted(one, companies, zone, (id) => known(id).profile), company: ref }
      })
      return ok({ items: views, next: next ?? null })
    },
  })

  route({
    method: 'GET',
    url: '/deliveries',
    tag,
    summary: 'What reached us, of every company and of none',
    query: z.strictObject({ ...deliveryFilters, company: slugText.optional() }),
    answer: pageOf(delivery),
    handle: async ({ scope }, { query: { company: slug, ...filters } }) => {
      const owner = await companyFilter(directory, slug)
      if (owner.isErr()) return err(owner.error)
      const wanted = owner.value === undefined ? {} : { company: owner.value }
      const { items, next } = await inbox.listAll(scope, { ...deliveryQueryOf(filters), ...wanted })
      const known = await knownOf(
        directory,
        items.map((one) => one.company),
      )
      const views = items.map((one) => viewOfDelivery(one, known(one.company).ref, known(one.company).zone))
      return ok({ items: views, next: next ?? null })
    },
  })

  route({
    method: 'GET',
    url: '/alerts',
    tag,
    summary: 'Alerts of every company and of the platform',
    query: z.strictObject(pageQuery),
    answer: pageOf(z.strictObject({ ...alertShape, company })),
    handle: async ({ scope }, { query: { limit, cursor } }) => {
      const { items, next } = await alarm.alerts(scope, { limit, cursor })
      const known = await knownOf(
        directory,
        items.map((one) => one.company),
      )
      const views = items.map((one) => ({
        ...viewOfAlert(one, known(one.company).zone),
        company: known(one.company).ref,
      }))
      return ok({ items: views, next: next ?? null })
    },
  })

  route({
    method: 'GET',
    url: '/jobs',
    tag,
    summary: 'Work that is done later, of every company and of none, newest first',
    query: z.strictObject({ ...pageQuery, state: z.enum(jobStates).optional() }),
    answer: pageOf(job),
    handle: async ({ scope }, { query: { state, ...request } }) => {
      const page = { limit: request.limit, cursor: request.cursor }
      const { items, next } = await jobs.listAll(scope, state === undefined ? page : { ...page, state })
      const known = await knownOf(
        directory,
        items.map((one) => one.company),
      )
      const views = items.map((one) => viewOfJob(one, known(one.company).ref, known(one.company).zone))
      return ok({ items: views, next: next ?? null })
    },
  })

  route({
    method: 'GET',
    url: '/security-events',
    tag,
    summary: 'What happened at the doors, newest first',
    query: z.strictObject(pageQuery),
    answer: pageOf(securityEvent),
    handle: async ({ scope }, { query: { limit, cursor } }) => {
      const { items, next } = await alarm.securityEvents(scope, { limit, cursor })
      const known = await knownOf(
        directory,
        items.map((one) => one.company),
      )
      const views = items.map((one) => viewOfSecurityEvent(one, known(one.company).ref, known(one.company).zone))
      return ok({ items: views, next: next ?? null })
    },
  })

  route({
    method: 'GET',
    url: '/audit-log',
    tag,
    summary: 'Who looked at whom and who changed what, of every company and of the platform, newest first',
    query: z.strictObject(auditFilters),
    answer: pageOf(auditEntry),
    handle: async ({ scope }, { query }) => {
      const { items, next } = await audit.list(scope, auditQueryOf(query, utc))
      const known = await knownOf(
        directory,
        items.map((one) => one.company),
      )
      const views = items.map((one) => viewOfAuditEntry(one, known(one.company).ref, known(one.company).zone))
      return ok({ items: views, next: next ?? null })
    },
  })

  route({
    method: 'GET',
    url: '/users',
    tag,
    summary: 'Who may log in',
    query: z.strictObject(pageQuery),
    answer: pageOf(user),
    handle: async (_at, { query }) => {
      const { items, next } = paged(await ofEverybody(directory, identities.users), query, ({ id }) => id)
      const known = await knownOf(
        directory,
        items.map((one) => one.company),
      )
      const views = items.map((one) => viewOfUser(one, known(one.company).ref, known(one.company).zone))
      return ok({ items: views, next })
    },
  })

  route({
    method: 'GET',
    url: '/tokens',
    tag,
    summary: 'API tokens, without what they are',
    query: z.strictObject(pageQuery),
    answer: pageOf(token),
    handle: async (_at, { query }) => {
      const { items, next } = paged(await ofEverybody(directory, identities.tokens), query, ({ id }) => id)
      const known = await knownOf(
        directory,
        items.map((one) => one.company),
      )
      const views = items.map((one) => viewOfToken(one, known(one.company).ref, known(one.company).zone))
      return ok({ items: views, next })
    },
  })
}

interface Known {
  readonly ref: z.input<typeof named> | null
  readonly zone: TimeZone
  readonly profile: CompanyProfile | undefined
}

/** The companies of some rows, looked up once each. Without one, times are those of UTC. */
const knownOf = async (
  directory: Directory,
  companies: readonly (CompanyId | undefined)[],
): Promise<(company: CompanyId | undefined) => Known> => {
  const ids = [...new Set(companies.flatMap((id) => id ?? []))]
  const profiles = await Promise.all(ids.map((id) => directory.profile(id)))
  const byId = new Map(profiles.flatMap((profile) => (profile ? [[profile.id, profile] as const] : [])))
  return (id) => {
    const profile = id === undefined ? undefined : byId.get(id)
    return { ref: profile ? companyOf(profile) : null, zone: profile?.company.timeZone ?? utc, profile }
  }
}

const utc = parseTimeZone('UTC').match(
  (zone) => zone,
  () => {
    throw new Error('This runtime does not know UTC')
  },
)

const companyFilter = async (
  directory: Directory,
  slug: string | undefined,
): Promise<Result<CompanyId | undefined, InvalidInput>> => {
  if (slug === undefined) return ok(undefined)
  const id = await directory.companyBySlug(slug)
  const detail = 'There is no company of this slug.'
  return id ? ok(id) : err({ kind: 'invalid-input', errors: [{ pointer: '/company', detail }] })
}

const ofEverybody = async <Row>(
  directory: Directory,
  rowsOf: (company: CompanyId | undefined) => Promise<readonly Row[]>,
): Promise<readonly Row[]> => {
  const companies = [undefined, ...(await directory.companies()).map(({ id }) => id)]
  return (await Promise.all(companies.map(rowsOf))).flat()
}
