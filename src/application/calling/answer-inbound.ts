import { callerKey, choosesCandidate } from '../../domain/agents/rollout.ts'
import { parseLineNumber } from '../../domain/calling/line-number.ts'
import { type Destination, overrideAt, route } from '../../domain/calling/routing.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { RolloutId } from '../../domain/ids.ts'
import { hoursOn } from '../../domain/opening-hours.ts'
import { type CallerNumber, parseCallerNumber } from '../../domain/phone-number.ts'
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
import type { CompanyScope } from '../scope.ts'
import { greeting } from '../tools/phrases-for.ts'
import { writtenDate } from '../tools/written.ts'
import type { Sender } from './prove-sender.ts'
import type { ReachedVersion, ReachedVersions } from './reached-versions.ts'

/** What a ringing call's agent is told. Every variable is text, for Retell refuses anything else. */
export interface InboundAnswer {
  /** Undefined: whichever agent and version the number is bound to. */
  readonly override: { readonly agentId: string; readonly version: number | 'latest_published' } | undefined
  readonly variables: { readonly [name: string]: string }
  readonly metadata: { readonly [name: string]: string }
}

type Inbound = Extract<Webhook, { readonly kind: 'inbound' }>

/** Computed afresh every time; undefined when the company vanished meanwhile. */
export const answerInbound =
  ({ directory, store }: Pick<Ports, 'directory' | 'store'>, reached: ReachedVersions['of']) =>
  async (
    sender: Extract<Sender, { readonly kind: 'company' }>,
    call: Inbound,
    now: Instant,
  ): Promise<InboundAnswer | undefined> => {
    const profile = await directory.profile(sender.company)
    const branch = profile?.branches.find(({ id }) => id === sender.branch)
    if (!profile || !branch) return undefined
    const number = parseLineNumber(call.toNumber)
    const line = number && (await directory.lineOf(number))
    const override = line?.company === sender.company ? overrideAt(line.overrides, now) : undefined
    const destination = route(profile.branches, branch, override, now)
    const caller = parseCallerNumber(call.fromNumber, profile.company.country)
    const scope = grantCompany(sender.company, { kind: 'voice-agent', name: 'inbound' })
    const agentId = destination.agentId ?? call.agentId
    const [name, versions] = await Promise.all([
      knownCaller(store, scope, caller),
      agentId === undefined ? undefined : reached(scope, agentId, number),
    ])
    const chosen = chooseVersion(versions, callerKey(caller, call.callId), destination.agentId !== undefined)
    return {
      override: agentId === undefined || chosen === undefined ? undefined : { agentId, version: chosen.version },
      variables: { ...variablesFor(profile, destination, name, now), ...routingVariables(destination) },
      metadata: { ...metadataOf(profile, destination), ...versionMetadata(chosen) },
    }
  }

interface ChosenVersion {
  readonly version: number | 'latest_published'
  readonly rollout: RolloutId | undefined
}

/**
 * A version is always named with an agent, for without one Retell takes the newest, drafts included. What the number is
 * bound to stays when nothing better is known of that agent, or when it has nothing that Retell could take.
 */
const chooseVersion = (
  versions: ReachedVersion | undefined,
  key: string | undefined,
  isRouted: boolean,
): ChosenVersion | undefined => {
  const { live, rollout, isPublished = true } = versions ?? {}
  if (rollout && choosesCandidate({ salt: rollout.id, percent: rollout.percent }, key)) {
    return { version: rollout.candidateAtRetell, rollout: rollout.id }
  }
  if (live !== undefined) return { version: live, rollout: rollout?.id }
  return isRouted && isPublished ? { version: 'latest_published', rollout: undefined } : undefined
}

/** What the call keeps of it. */
const versionMetadata = (chosen: ChosenVersion | undefined): InboundAnswer['metadata'] => ({
  ...(typeof chosen?.version === 'number' ? { agent_version: String(chosen.version) } : {}),
  ...(chosen?.rollout ? { rollout: chosen.rollout } : {}),
})

const knownCaller = async (
  store: Ports['store'],
  scope: CompanyScope,
  caller: CallerNumber,
): Promise<string | undefined> =>
  caller.kind === 'hidden' ? undefined : (await store.read(scope, (tx) => tx.customers.byPhone(caller.number)))?.name

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
