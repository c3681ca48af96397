import type { BrokenLink } from '../../domain/access/audit-entry.ts'
import { canDo, isOfferedAt } from '../../domain/booking/catalogue.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { type Instant, isoUtc } from '../../domain/time.ts'
import { grantCompany } from '../grant-scope.ts'
import type { Delivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import { verifyAuditLog } from '../reading/audit.ts'
import type { PlatformScope } from '../scope.ts'
import { broken, type Check, fine, warning } from './check.ts'
import { type AgentDoctor, agentChecks } from './doctor-agents.ts'
import { type CalendarDoctor, calendarChecks } from './doctor-calendar.ts'

type Needs = Pick<Ports, 'inbox' | 'unrouted' | 'identities' | 'alarm' | 'audit' | 'store'> &
  AgentDoctor &
  CalendarDoctor

/** Looks at every link, of one company or of all, and answers "why did my call not show up?". Changes nothing. */
export const doctor =
  (ports: Needs) =>
  async (scope: PlatformScope, only: CompanyId | undefined): Promise<readonly Check[]> => {
    const companies = (await ports.directory.companies()).filter(({ id }) => only === undefined || id === only)
    const checks: Check[] = []
    if (companies.length === 0) {
      checks.push(
        broken(
          undefined,
          'company',
          'There is no company yet.',
          'Write a company file and apply it: frontdesk apply FILE',
        ),
      )
    }
    for (const { id } of companies) {
      const profile = await ports.directory.profile(id)
      if (profile) checks.push(...(await ofCompany(ports, profile)))
    }
    return [...checks, ...(await ofPlatform(ports, scope))]
  }

const ofCompany = async (ports: Needs, profile: CompanyProfile): Promise<readonly Check[]> => {
  const { slug } = profile.company
  const { keys } = await ports.directory.accountOf(profile.id)
  const scope = grantCompany(profile.id, { kind: 'job', name: 'doctor' })
  return [
    keys.length > 0
      ? fine(slug, 'signature', `${keys.length} ${keys.length === 1 ? 'key' : 'keys'} to check signatures with.`)
      : broken(
          slug,
          'signature',
          'No Retell key, so every call is refused.',
          'Set RETELL_API_KEY or RETELL_WEBHOOK_KEYS, or name the keys under retell: in the company file.',
        ),
    ...(await numbers(ports, profile)),
    ...hours(profile),
    ...services(profile),
    ...(await calendarChecks(ports, scope, profile)),
    ...(await agentChecks(ports, scope, profile)),
    await recent(ports, profile),
    await dashboardUsers(ports, profile),
    auditCheck(slug, await verifyAuditLog(ports)(scope)),
  ]
}

const numbers = async ({ directory }: Needs, profile: CompanyProfile): Promise<readonly Check[]> => {
  const { slug } = profile.company
  const checks: Check[] = []
  for (const branch of profile.branches) {
    const active = branch.phoneNumbers.filter((one) => one.active)
    if (active.length === 0 && branch.retellAgentId === undefined) {
      checks.push(
        warning(
          slug,
          'number',
          `${branch.name} has neither a number nor an agent.`,
          'Add phone_numbers or retell_agent_id to the branch.',
        ),
      )
    }
    for (const { number } of active) {
      const line = await directory.lineOf(number)
      checks.push(
        line?.company === profile.id && line.branch === branch.id
          ? fine(slug, 'number', `${number} rings at ${branch.name}.`)
          : broken(slug, 'number', `${number} does not ring at ${branch.name}.`, 'Apply the company file again.'),
      )
    }
  }
  return checks
}

const hours = ({ company, branches }: CompanyProfile): readonly Check[] =>
  branches
    .filter(
      ({ hours: { weekly, special } }) =>
        Object.values(weekly).every((day) => (day ?? []).length === 0) && Object.keys(special).length === 0,
    )
    .map(({ name }) =>
      warning(company.slug, 'hours', `${name} is never open, so nothing can be booked.`, 'Add hours to the branch.'),
    )

const services = (profile: CompanyProfile): readonly Check[] => {
  const { slug, booking } = profile.company
  if (!booking) return [fine(slug, 'services', 'This company takes no bookings.')]
  const idle = profile.branches.flatMap((branch) => {
    const staffed = profile.staff.some((one) => one.branches.includes(branch.slug))
    return profile.services
      .filter(
        (service) =>
          staffed && isOfferedAt(service, branch) && !profile.staff.some((one) => canDo(one, service, branch)),
      )
      .map((service) => `${service.name} (${branch.name})`)
  })
  if (idle.length > 0) {
    return [
      warning(
        slug,
        'services',
        `Nobody can do ${idle.slice(0, 5).join(', ')}.`,
        'Name the service under services: of a colleague, or of other branches.',
      ),
    ]
  }
  const active = profile.services.filter((one) => one.active).length
  return active > 0
    ? [fine(slug, 'services', `${active} services, each with somebody who can do it.`)]
    : [
        warning(
          slug,
          'services',
          'There is no active service, so nothing can be booked.',
          'Add services to the company file.',
        ),
      ]
}

const recent = async ({ inbox }: Needs, profile: CompanyProfile): Promise<Check> => {
  const { slug } = profile.company
  const scope = grantCompany(profile.id, { kind: 'job', name: 'doctor' })
  const { items } = await inbox.of(scope).list({ limit: 50, cursor: undefined })
  const [last] = items
  if (!last) {
    return warning(
      slug,
      'deliveries',
      'Nothing has arrived from Retell yet.',
      'Set the webhook_url of the agent and the inbound webhook of the number to PUBLIC_URL/webhooks/retell, or try: frontdesk call --to NUMBER',
    )
  }
  const bad = items.filter(({ outcome }) => outcome === 'refused' || outcome === 'dead')
  const [worst] = bad
  if (worst)
    return warning(
      slug,
      'deliveries',
      `${bad.length} of the last ${items.length} deliveries went wrong; the last: ${reasonOf(worst)}`,
      'Open the delivery on the dashboard; its stages name the cure.',
    )
  return fine(slug, 'deliveries', `The last one, ${last.event}, arrived at ${isoUtc(last.receivedAt)}.`)
}

const reasonOf = ({ stages }: Delivery): string => stages.findLast(({ ok }) => !ok)?.detail ?? 'unknown'

const dashboardUsers = async ({ identities }: Needs, profile: CompanyProfile): Promise<Check> => {
  const users = (await identities.users(profile.id)).filter(({ disabled }) => !disabled)
  const { slug } = profile.company
  return users.length > 0
    ? fine(slug, 'dashboard', `${users.length} ${users.length === 1 ? 'person' : 'people'} can log in.`)
    : warning(
        slug,
        'dashboard',
        'Nobody of this company can log in.',
        `frontdesk user create --email E --role company_admin --company ${slug}`,
      )
}

const auditCheck = (slug: string | undefined, found: BrokenLink | undefined): Check =>
  found === undefined
    ? fine(slug, 'audit log', 'Every entry of the audit log is as it was written.')
    : broken(
        slug,
        'audit log',
        found.reason === 'missing'
          ? `Entry ${found.seq} of the audit log was taken out.`
          : `Entry ${found.seq} of the audit log is not what was written.`,
        'Somebody changed the database past the service. Keep it as it is, and compare it with a backup.',
      )

/** What the platform as a whole was warned of and nobody has resolved. */
export const platformWarnings = async (
  { alarm }: Pick<Ports, 'alarm'>,
  scope: PlatformScope,
): Promise<readonly string[]> => {
  const { items } = await alarm.alerts(scope, { limit: 200, cursor: undefined })
  return items
    .filter(({ company, kind, resolvedAt }) => company === undefined && kind === 'security' && resolvedAt === undefined)
    .map(({ message }) => message)
}

const ofPlatform = async (ports: Needs, scope: PlatformScope): Promise<readonly Check[]> => {
  const { inbox, unrouted, clock } = ports
  const warnings = await platformWarnings(ports, scope)
  const waiting = await inbox.nextDue()
  const now: Instant = clock.now()
  const late = waiting !== undefined && now - waiting > 60_000
  const dead = await inbox.listAll(scope, { outcome: 'dead', limit: 50, cursor: undefined })
  const lost = await unrouted.listAll(scope, { limit: 50, cursor: undefined })
  return [
    auditCheck(undefined, await ports.audit.firstBroken(scope)),
    late
      ? warning(
          undefined,
          'worker',
          `Work has been waiting since ${isoUtc(waiting)}.`,
          'Is the service running with a worker? frontdesk serve',
        )
      : fine(undefined, 'worker', 'Nothing waits longer than it should.'),
    ...warnings.map((message) => warning(undefined, 'security', message, 'Resolve the alert once it is mended.')),
    dead.items.length > 0
      ? warning(
          undefined,
          'dead letters',
          `${dead.items.length} deliveries were given up.`,
          'Look at their stages on the dashboard, mend the cause, replay them.',
        )
      : fine(undefined, 'dead letters', 'None.'),
    lost.items.length > 0
      ? warning(
          undefined,
          'unrouted calls',
          `${lost.items.length} calls reached numbers that nobody owns, the last ${lost.items[0]?.toNumber ?? 'without a number'}.`,
          'Add the number to phone_numbers of a branch and apply the file.',
        )
      : fine(undefined, 'unrouted calls', 'None.'),
  ]
}
