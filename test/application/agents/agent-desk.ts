import { countingIds } from '../../../src/adapters/memory/ambient.ts'
import { memoryPorts } from '../../../src/adapters/memory/ports.ts'
import { type UnrulyVoiceAccount, unrulyVoiceAccount } from '../../../src/adapters/memory/voice-account.ts'
import { retellVoicePlatform } from '../../../src/adapters/retell/voice-platform.ts'
import { plainAgent, plainEngine } from '../../../src/adapters/simulation/retell/plain-agent.ts'
import type { VoiceAccount } from '../../../src/application/ports/voice-accounts.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { parseCountry, parsePhoneNumber } from '../../../src/domain/phone-number.ts'
import { openDesk, platformKey, praxis } from '../desk.ts'

const germany = parseCountry('DE')._unsafeUnwrap()
export const numberOf = (text: string) => parsePhoneNumber(text, germany)._unsafeUnwrap()

const all = { limit: 200, cursor: undefined }

/** A desk whose companies share one account at Retell; the practice has it for itself, as far as anybody can tell. */
export const openAgentDesk = async (
  files: readonly string[] = [praxis],
  slug = 'praxis-mond',
  through: (account: VoiceAccount) => VoiceAccount = (account) => account,
) => {
  let retell: UnrulyVoiceAccount | undefined
  const desk = await openDesk(files, (clock) => {
    const account = unrulyVoiceAccount(clock)
    retell = account
    const voiceAccounts = { of: async () => through(account) }
    return memoryPorts({
      clock,
      ids: countingIds(),
      platformKeys: [platformKey],
      voice: retellVoicePlatform,
      voiceAccounts,
    })
  })
  if (!retell) throw new Error('There is no account.')
  const scope = await desk.scopeOf(slug)
  const there = retell
  const addAgent = (
    id: string,
    { agent, engine }: { readonly agent?: JsonObject; readonly engine?: JsonObject } = {},
  ) =>
    there.addElsewhere(
      { ...plainAgent(`Agent ${id}`), response_engine: { type: 'retell-llm', llm_id: 'llm' }, ...agent },
      { ...plainEngine(2), ...engine },
      { id },
    )
  const work = async () => {
    await desk.app.workJobs(10)
  }
  /** Works until the sync is over. */
  const sync = async () => {
    const { id } = await desk.app.startAgentSync(scope)
    for (let run = 0; run < 100; run += 1) {
      const found = await desk.look((tx) => tx.agentSyncs.find(id), slug)
      if (found && found.state !== 'running') return found
      await work()
    }
    throw new Error('The sync does not end.')
  }
  return {
    ...desk,
    retell: there,
    scope,
    addAgent,
    work,
    sync,
    list: async () => (await desk.app.listAgents(scope, { ...all, withGone: true })).items,
    agent: async (id: string) => {
      const found = await desk.look((tx) => tx.agents.byRetellId(id), slug)
      if (!found) throw new Error(`There is no ${id}.`)
      return found
    },
    alerts: async () =>
      (await desk.look((tx) => tx.alerts.list({ ...all, open: true }), slug)).items.map(({ kind }) => kind),
    events: async () => desk.ports.events.after(scope.company, 0, 10_000),
    history: async (id: string) => {
      const found = await desk.look(async (tx) => {
        const agent = await tx.agents.byRetellId(id)
        return agent ? tx.agents.versions(agent.id, all) : undefined
      }, slug)
      return (found?.items ?? []).toReversed()
    },
  }
}

export type AgentDesk = Awaited<ReturnType<typeof openAgentDesk>>
