import type { JsonObject } from '../../canonical-json.ts'
import { allTexts } from '../agent-texts.ts'
import { type AgentConfiguration, engineOf } from '../configuration.ts'
import { below, listIn, numberIn, own, textIn } from '../json-places.ts'
import type { LintFinding } from './finding.ts'
import type { LintContext } from './lint-context.ts'
import { eventsAddress, hostOf } from './our-address.ts'

/** What is set wrongly or oddly for an agent that answers this company's calls. */
export const settingsRules = (configuration: AgentConfiguration, context: LintContext): readonly LintFinding[] => [
  ...engineRules(configuration),
  ...webhookRules(configuration, context),
  ...languageRules(configuration, context),
  ...rangeRules(configuration),
  ...secretRules(configuration, context),
  ...(listIn(configuration.agent, 'post_call_analysis_data').length === 0
    ? [{ code: 'no-analysis', path: '/agent' } as const]
    : []),
]

const keptAtRetell: ReadonlySet<string> = new Set(['retell-llm', 'conversation-flow'])

const engineRules = ({ agent, engine }: AgentConfiguration): readonly LintFinding[] => {
  if (engine === undefined) {
    return keptAtRetell.has(engineOf(agent)?.kind ?? 'retell-llm') ? [{ code: 'engine-missing', path: '' }] : []
  }
  const both = [own(engine, 'model'), own(engine, 's2s_model')].every((model) => (model ?? null) !== null)
  return both ? [{ code: 'two-models', path: '/response_engine/s2s_model' }] : []
}

const neededEvents = ['call_ended', 'call_analyzed'] as const

const webhookRules = ({ agent }: AgentConfiguration, { publicUrl, live }: LintContext): readonly LintFinding[] => {
  const url = (textIn(agent, 'webhook_url') ?? '').trim()
  if (url === '') {
    const had = (textIn(live?.agent, 'webhook_url') ?? '').trim() !== ''
    return [{ code: had ? 'webhook-lost' : 'webhook-missing', path: '/agent' }]
  }
  const isOurs = url.replace(/\/+$/, '') === eventsAddress(publicUrl)
  const named = own(agent, 'webhook_events')
  const missing = Array.isArray(named) ? neededEvents.filter((event) => !named.includes(event)) : []
  return [
    ...(isOurs ? [] : [{ code: 'webhook-foreign', path: '/agent/webhook_url', host: hostOf(url) ?? url } as const]),
    ...(missing.length === 0 ? [] : [{ code: 'webhook-events', path: '/agent/webhook_events', missing } as const]),
  ]
}

/** Retell speaks American English where no language is set. */
const languageRules = ({ agent }: AgentConfiguration, { company }: LintContext): readonly LintFinding[] => {
  const { language, timeZone } = company.company
  const set = own(agent, 'language') ?? 'en-US'
  const spoken = (Array.isArray(set) ? set : [set]).filter((one) => typeof one === 'string')
  const fits = spoken.some((one) => one === 'multi' || one.toLowerCase().split('-')[0] === language)
  const zone = textIn(agent, 'timezone')
  const at = (name: string) => (Object.hasOwn(agent, name) ? below('/agent', name) : '/agent')
  return [
    ...(fits
      ? []
      : [{ code: 'language', path: at('language'), spoken: spoken.join(', '), company: language } as const]),
    ...(zone === timeZone
      ? []
      : [{ code: 'time-zone', path: at('timezone'), zone: zone ?? 'America/Los_Angeles', company: timeZone } as const]),
  ]
}

/** As Retell documents them. */
const ranges: { readonly [field: string]: readonly [least: number, most: number] } = {
  voice_temperature: [0, 2],
  voice_speed: [0.5, 2],
  volume: [0, 2],
  responsiveness: [0, 1],
  interruption_sensitivity: [0, 1],
  backchannel_frequency: [0, 1],
  ambient_sound_volume: [0, 2],
  begin_message_delay_ms: [0, 5000],
  ring_duration_ms: [5000, 300_000],
  end_call_after_silence_ms: [10_000, Number.MAX_SAFE_INTEGER],
  max_call_duration_ms: [60_000, 7_200_000],
  data_storage_retention_days: [1, 730],
}

/** What is allowed and leads to calls that end early or to an agent that cannot be interrupted. */
const usual: { readonly [field: string]: readonly [least: number, most: number] } = {
  interruption_sensitivity: [0.3, 1],
  responsiveness: [0.3, 1],
  max_call_duration_ms: [180_000, 7_200_000],
  end_call_after_silence_ms: [15_000, 900_000],
  reminder_trigger_ms: [3000, 60_000],
  webhook_timeout_ms: [3000, 60_000],
}

const rangeRules = ({ agent, engine }: AgentConfiguration): readonly LintFinding[] => [
  ...Object.entries(ranges).flatMap(([field, range]) => outside(agent, field, below('/agent', field), range)),
  ...(engine === undefined ? [] : outside(engine, 'model_temperature', '/response_engine/model_temperature', [0, 1])),
  ...Object.entries(usual).flatMap(([field, [least, most]]): readonly LintFinding[] => {
    const value = numberIn(agent, field)
    const allowed = ranges[field]
    const isAllowed = value !== undefined && (!allowed || (value >= allowed[0] && value <= allowed[1]))
    return isAllowed && (value < least || value > most)
      ? [{ code: 'odd-value', path: below('/agent', field), field }]
      : []
  }),
]

const outside = (
  document: JsonObject,
  field: string,
  path: string,
  [least, most]: readonly [number, number],
): readonly LintFinding[] => {
  const value = numberIn(document, field)
  return value !== undefined && (value < least || value > most)
    ? [{ code: 'out-of-range', path, field, least, most }]
    : []
}

const secretRules = (configuration: AgentConfiguration, { missingSecrets }: LintContext): readonly LintFinding[] =>
  allTexts(configuration).flatMap(({ path, text }) =>
    missingSecrets(text).map((secret): LintFinding => ({ code: 'secret-missing', path, secret })),
  )
