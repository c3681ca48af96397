import { ok, type Result } from 'neverthrow'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import { eventsAddress } from '../../domain/agents/lint/our-address.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { CompanyProfile, CompanySettings, LanguageCode, Slug } from '../../domain/company.ts'
import { invalid } from '../booking/wanted.ts'
import type { InvalidInput } from '../failure.ts'
import type { ManagedAgent } from '../ports/agents.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { CompanyScope } from '../scope.ts'
import { greeting } from '../tools/phrases-for.ts'
import { addVersion, saveSettled } from './agent-desk.ts'
import { agentUpdated } from './agent-events.ts'
import { freeSlug, isFreeSlug, unseenAgent } from './agent-slugs.ts'
import { currentVersion } from './current-version.ts'
import { endCallDescription, firstPrompt } from './first-prompt.ts'
import { shownOf } from './learn-agent.ts'
import type { NamedAgents } from './named-agents.ts'
import { sealed } from './sealed-configuration.ts'

/** Our tools as Retell wants them, for a prompt in this language. */
export type AgentTools = (language: LanguageCode, company: Pick<CompanySettings, 'booking'>) => readonly JsonObject[]

export interface Creating extends Pick<Ports, 'store' | 'ids' | 'clock'> {
  readonly bringNamed: NamedAgents
  readonly agentTools: AgentTools
  readonly publicUrl: string
}

export interface NewAgent {
  readonly name: string
  /** Made of the name when not given. */
  readonly slug: Slug | undefined
  /** A locale such as `de-DE`; that of the company when not given. */
  readonly language: string | undefined
  /** A voice of Retell; that of the company's other agents when not given. */
  readonly voice: string | undefined
}

const longestName = 100
export const slugs = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/
const locales = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$|^multi$/
/** One that every account of Retell has. */
const usualVoice = '11labs-Adrian'

/**
 * A new agent with the settings of the company: its language, our tools, and where its calls are told. It is a draft on
 * this side until somebody publishes it.
 */
export const createAgent =
  ({ store, ids, clock, bringNamed, agentTools, publicUrl }: Creating) =>
  async (
    scope: CompanyScope,
    profile: CompanyProfile,
    { name: given, slug, language, voice }: NewAgent,
  ): Promise<Result<ManagedAgent, InvalidInput>> => {
    const name = given.trim()
    if (name === '' || name.length > longestName) return invalid('/name', 'A name has 1 to 100 characters.')
    if (slug !== undefined && !slugs.test(slug)) {
      return invalid('/slug', 'A slug has lower-case letters, digits and hyphens, at most 64 of them.')
    }
    if (language !== undefined && !locales.test(language)) {
      return invalid('/language', 'This is no locale such as de-DE.')
    }
    await bringNamed(scope, profile)
    const createdAt = clock.now()
    return store.transact<ManagedAgent, InvalidInput>(scope, async (tx) => {
      const id = ids.next('agent')
      if (slug !== undefined && !(await isFreeSlug(tx, id, slug))) {
        return invalid('/slug', 'Another agent has this slug, or an address needs it.')
      }
      const locale = language ?? localeOf(profile.company)
      const configuration = await sealed(tx, {
        agent: firstAgent(profile, { name, locale, voice: voice ?? (await voiceOfOthers(tx)), publicUrl }),
        engine: firstEngine(profile, speaks(locale, profile.company), agentTools),
        numbers: [],
      })
      const agent = unseenAgent(id, { slug: slug ?? (await freeSlug(tx, id, name)), retellAgentId: undefined, name })
      await tx.agents.save(agent)
      const message = 'Made here with the settings of the company'
      const first = { agent: id, configuration, parents: [], origin: 'created', message, createdAt } as const
      const { number } = await addVersion(tx, scope, first)
      const made = await saveSettled(tx, { ...agent, ...shownOf(configuration.agent, agent), draft: number })
      tx.publish(agentUpdated(made))
      return ok(made)
    })
  }

export const localeOf = ({ language, country }: CompanySettings): string => {
  if (language === 'de') return ['AT', 'CH'].includes(country) ? `de-${country}` : 'de-DE'
  return ['GB', 'AU', 'IN', 'NZ'].includes(country) ? `en-${country}` : 'en-US'
}

/** In which of our languages an agent of this locale is prompted. */
const speaks = (locale: string, { language }: CompanySettings): LanguageCode => {
  if (locale.startsWith('de')) return 'de'
  return locale.startsWith('en') ? 'en' : language
}

/** The agent's own document, with the settings of the company. */
export const firstAgent = (
  { company }: CompanyProfile,
  {
    name,
    locale,
    voice,
    publicUrl,
  }: {
    readonly name: string
    readonly locale: string
    readonly voice: string
    readonly publicUrl: string
  },
): JsonObject => ({
  agent_name: name,
  language: locale,
  voice_id: voice,
  timezone: company.timeZone,
  webhook_url: eventsAddress(publicUrl),
  response_engine: { type: 'retell-llm' },
})

const firstEngine = (
  { company }: CompanyProfile,
  language: LanguageCode,
  tools: AgentTools,
): AgentConfiguration['engine'] => ({
  start_speaker: 'agent',
  begin_message: '{{greeting}}',
  general_prompt: firstPrompt(language, company),
  general_tools: [
    { type: 'end_call', name: 'end_call', description: endCallDescription(language) },
    ...tools(language, company),
  ],
  // Said where the number does not tell us of a call before it is answered.
  default_dynamic_variables: { company_name: company.name, greeting: greeting(language, company.name) },
})

export const voiceOfOthers = async (tx: CompanyTx): Promise<string> => {
  const { items } = await tx.agents.list({ limit: 20, cursor: undefined })
  for (const agent of items) {
    const version = currentVersion(agent)
    const configuration = version === undefined ? undefined : await tx.agents.configuration(agent.id, version)
    const voice = configuration?.agent.voice_id
    if (typeof voice === 'string') return voice
  }
  return usualVoice
}
