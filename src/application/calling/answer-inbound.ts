import { parseLineNumber } from '../../domain/calling/line-number.ts'
import { type Destination, route } from '../../domain/calling/routing.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CompanyId } from '../../domain/ids.ts'
import { hoursOn } from '../../domain/opening-hours.ts'
import { parseCallerNumber } from '../../domain/phone-number.ts'
import { spokenHours, weekdayName } from '../../domain/speech/say.ts'
import {
  addDays,
  clockText,
  type Instant,
  type LocalDate,
  localMoment,
  type TimeZone,
  weekdayOf,
} from '../../domain/time.ts'
import { grantCompany } from '../grant-scope.ts'
import type { Ports } from '../ports/ports.ts'
import type { Webhook } from '../ports/voice-platform.ts'
import { greeting } from '../tools/phrases-for.ts'
import { writtenDate } from '../tools/written.ts'
import type { Sender } from './prove-sender.ts'

/** What a ringing call's agent is told. Every variable is text, for Retell refuses anything else. */
export interface InboundAnswer {
  readonly overrideAgentId: string | undefined
  readonly variables: { readonly [name: string]: string }
  readonly metadata: { readonly [name: string]: string }
}

type Inbound = Extract<Webhook, { readonly kind: 'inbound' }>

/** Computed afresh every time; undefined when the company vanished meanwhile. */
export const answerInbound =
  ({ directory, store }: Pick<Ports, 'directory' | 'store'>) =>
  async (
    sender: Extract<Sender, { readonly kind: 'company' }>,
    call: Inbound,
    now: Instant,
  ): Promise<InboundAnswer | undefined> => {
    const profile = await directory.profile(sender.company)
    const branch = profile?.branches.find(({ id }) => id === sender.branch)
    if (!profile || !branch) return undefined
    const caller = await knownCaller(store, sender.company, profile, call.fromNumber)
    const number = parseLineNumber(call.toNumber)
    const override = number && (await directory.overrideOf(sender.company, number, now))
    const destination = route(profile.branches, branch, override, now)
    return {
      overrideAgentId: destination.agentId,
      variables: { ...variablesFor(profile, destination, caller, now), ...routingVariables(destination) },
      metadata: metadataOf(profile, destination),
    }
  }

const knownCaller = async (
  store: Ports['store'],
  company: CompanyId,
  profile: CompanyProfile,
  fromNumber: string | undefined,
): Promise<string | undefined> => {
  const caller = parseCallerNumber(fromNumber, profile.company.country)
  if (caller.kind === 'hidden') return undefined
  const scope = grantCompany(company, { kind: 'voice-agent', name: 'inbound' })
  return (await store.read(scope, (tx) => tx.customers.byPhone(caller.number)))?.name
}

const metadataOf = (
  profile: CompanyProfile,
  { branch, fallback, override }: Destination,
): InboundAnswer['metadata'] => ({
  company: profile.company.slug,
  branch: branch.slug,
  ...(fallback ? { fallback_branch: fallback.slug } : {}),
  ...(override ? { routing_override: override.id } : {}),
})

/** Empty where there is nothing to name, for an unset variable would be read out as it stands in the prompt. */
const routingVariables = ({ fallback, transferTo, override }: Destination): InboundAnswer['variables'] => ({
  fallback_branch: fallback?.name ?? '',
  transfer_number: transferTo ?? '',
  transfer_now: String(override?.to.kind === 'transfer'),
})

const variablesFor = (
  profile: CompanyProfile,
  { branch, isOpen }: Destination,
  customerName: string | undefined,
  now: Instant,
): InboundAnswer['variables'] => {
  const { language, name } = profile.company
  const zone: TimeZone = branch.timeZone
  const { date, minute, weekday } = localMoment(now, zone)
  const written = (of: LocalDate) => writtenDate(language, of)
  return {
    company_name: name,
    branch_name: branch.name,
    language,
    time_zone: zone,
    current_date: written(date),
    current_date_iso: date,
    current_time: clockText(minute),
    current_weekday: weekdayName(language, weekday),
    tomorrow: written(addDays(date, 1)),
    day_after_tomorrow: written(addDays(date, 2)),
    next_monday: written(addDays(date, 8 - weekdayOf(date))),
    is_open: String(isOpen),
    opening_hours_today: spokenHours(language, hoursOn(branch.hours, date)),
    customer_known: String(customerName !== undefined && customerName !== ''),
    customer_name: customerName ?? '',
    services: profile.services
      .filter((service) => service.active && (service.branches?.includes(branch.slug) ?? true))
      .slice(0, 12)
      .map((service) => service.name)
      .join(', '),
    greeting: greeting(language, branch.name),
  }
}
