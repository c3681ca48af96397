import { toolJson } from '../adapters/retell/tool-json.ts'
import { type StandInVoicePlatform, startRetell } from '../adapters/simulation/retell/start-retell.ts'
import { endCallDescription, firstPrompt } from '../application/agents/first-prompt.ts'
import { eventsAddress } from '../domain/agents/lint/our-address.ts'
import type { CompanyProfile } from '../domain/company.ts'

export interface DemoRetell {
  readonly retell: StandInVoicePlatform
  /** An agent for each branch of a company that names one, published, and rung by the numbers of the branch. */
  readonly furnish: (profile: CompanyProfile, publicUrl: string) => void
}

const locales = { de: 'de-DE', en: 'en-GB' } as const

/** A Retell on this machine, whose account has this key. */
export const startDemoRetell = async (now: () => number, key: string): Promise<DemoRetell> => {
  const retell = await startRetell({ now, key })
  return {
    retell,
    furnish: ({ company, branches }, publicUrl) => {
      for (const branch of branches) {
        const { retellAgentId: id } = branch
        if (id === undefined) continue
        const tools = toolJson(company.language, publicUrl, company)
        retell.addAgent({
          id,
          agent: {
            agent_name: branch.name,
            language: locales[company.language],
            voice_id: 'retell-Cimo',
            timezone: branch.timeZone,
            webhook_url: eventsAddress(publicUrl),
            response_engine: { type: 'retell-llm' },
          },
          engine: {
            model: 'gpt-4.1-mini',
            model_temperature: 0.3,
            start_speaker: 'agent',
            begin_message: '{{greeting}}',
            general_prompt: firstPrompt(company.language, company),
            general_tools: [
              ...tools,
              { type: 'end_call', name: 'end_call', description: endCallDescription(company.language) },
            ],
          },
        })
        for (const { number } of branch.phoneNumbers) {
          retell.setNumber(number, {
            inbound_agents: [{ agent_id: id, agent_version: 0, weight: 1 }],
            inbound_webhook_url: eventsAddress(publicUrl),
          })
        }
      }
    },
  }
}
