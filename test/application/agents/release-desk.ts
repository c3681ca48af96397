import { ok } from 'neverthrow'
import type { PublishRequest } from '../../../src/application/agents/publish-agent.ts'
import { publishing } from '../../../src/application/agents/publishing.ts'
import type { ManagedAgent } from '../../../src/application/ports/agents.ts'
import type { Publication } from '../../../src/application/ports/releases.ts'
import type { VoiceAccount } from '../../../src/application/ports/voice-accounts.ts'
import type { AgentConfiguration } from '../../../src/domain/agents/configuration.ts'
import type { JsonObject } from '../../../src/domain/canonical-json.ts'
import { noCountry, parsePhoneNumber } from '../../../src/domain/phone-number.ts'
import { after, MINUTE } from '../../../src/domain/time.ts'
import { openAgentDesk } from './agent-desk.ts'

export const line = (text: string) => parsePhoneNumber(text, noCountry)._unsafeUnwrap()
export const mitte = line('+493023125111')
export const west = line('+493023125112')
export const theAgent = 'agent_mond'
export const ourUrl = 'http://127.0.0.1:3000'
const company = 'praxis-mond'

/** A practice whose agent answers both of its numbers, read in, with a way to make drafts and to publish them. */
export const openReleaseDesk = async (
  through: (account: VoiceAccount) => VoiceAccount = (account) => account,
  engine: JsonObject = {},
) => {
  const desk = await openAgentDesk(undefined, company, through)
  desk.addAgent(theAgent, { engine })
  for (const number of [mitte, west]) {
    desk.retell.bindElsewhere(number, {
      inbound_agents: [{ agent_id: theAgent, agent_version: 0, weight: 1 }],
      nickname: 'Praxis',
    })
  }
  await desk.sync()
  const worker = {
    workNow: async () => {
      await desk.work()
      return undefined
    },
  }
  const releases = publishing(
    {
      ...desk.ports,
      publicUrl: ourUrl,
      gate: async (_scope, _agent, { version }) => ({ version, findings: [], isClosed: false }),
    },
    worker,
  )
  const agent = () => desk.agent(theAgent)
  const configuration = async (number: number) => {
    const { id } = await agent()
    const found = await desk.look((tx) => tx.agents.configuration(id, number), company)
    if (!found) throw new Error(`There is no version ${number}.`)
    return found
  }
  /** A draft with these fields changed. */
  const draft = async (changes: {
    readonly agent?: JsonObject
    readonly engine?: JsonObject
  }): Promise<ManagedAgent> => {
    const known = await agent()
    const from = known.draft ?? known.base ?? 1
    const before = await configuration(from)
    const next: AgentConfiguration = {
      ...before,
      agent: { ...before.agent, ...changes.agent },
      engine: before.engine && { ...before.engine, ...changes.engine },
    }
    const kept = await desk.ports.store.transact(desk.scope, async (tx) => {
      const version = await tx.agents.append({
        ...{ agent: known.id, configuration: next, parents: [from], origin: 'edited', message: 'Anders' },
        ...{ author: desk.scope.actor, createdAt: desk.clock.now() },
      })
      const drafted: ManagedAgent = { ...known, draft: version.number, syncStatus: 'ours_ahead' }
      await tx.agents.save(drafted)
      return ok(drafted)
    })
    return kept._unsafeUnwrap()
  }
  /** An agent that was made here, of the content of the first version, and that Retell knows nothing of. */
  const madeHere = async (): Promise<ManagedAgent['id']> => {
    const [template, known, id] = [await configuration(1), await agent(), desk.ports.ids.next('agent')]
    await desk.ports.store.transact(desk.scope, async (tx) => {
      const made = { ...known, id, slug: 'neu', retellAgentId: undefined, name: 'Neu', draft: 1, numbers: [] }
      const nothing = { base: undefined, theirs: undefined, live: undefined, liveAtRetell: undefined, seen: undefined }
      await tx.agents.save({ ...made, ...nothing, syncStatus: 'unknown' })
      await tx.agents.append({
        ...{ agent: id, parents: [], origin: 'created', message: '', createdAt: desk.clock.now() },
        author: desk.scope.actor,
        configuration: { ...template, agent: { ...template.agent, agent_name: 'Neu' }, numbers: [] },
      })
      return ok(undefined)
    })
    return id
  }
  const publication = async (id: Publication['id']): Promise<Publication> => {
    const found = await releases.findPublication(desk.scope, id)
    if (!found) throw new Error('There is no such publication.')
    return found
  }
  /** Whatever crashed on the way is taken up again. */
  const toItsEnd = async ({ id }: Publication): Promise<Publication> => {
    for (let run = 0; run < 10; run += 1) {
      const now = await publication(id)
      if (now.state !== 'running') return now
      await desk.work()
      desk.clock.set(after(desk.clock.now(), 10 * MINUTE))
    }
    return publication(id)
  }
  const publish = async (request: PublishRequest = {}): Promise<Publication> => {
    const started = await releases.startPublish(desk.scope, (await agent()).id, request)
    return toItsEnd(started._unsafeUnwrap())
  }
  /** How the numbers ring the agent now. */
  const pins = async () =>
    Promise.all(
      [mitte, west].map(async (number) => (await desk.retell.number(number))._unsafeUnwrap()?.document.inbound_agents),
    )
  return { ...desk, releases, managed: agent, configuration, draft, madeHere, publication, toItsEnd, publish, pins }
}

export type ReleaseDesk = Awaited<ReturnType<typeof openReleaseDesk>>

/** What a version at Retell says. */
export const engineAt = async ({ retell }: ReleaseDesk, version: number): Promise<JsonObject | undefined> => {
  const document = (await retell.agent(theAgent, version))._unsafeUnwrap()
  const named = document?.response_engine
  const id = typeof named === 'object' && named !== null && 'llm_id' in named ? named.llm_id : undefined
  return (await retell.engine({ kind: 'retell-llm', id: String(id), version }))._unsafeUnwrap()
}
