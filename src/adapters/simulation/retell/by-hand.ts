import { isObject, type JsonObject } from '../../../domain/canonical-json.ts'
import { plainAgent, plainEngine } from './plain-agent.ts'
import { engineNamed, idNames, isEngineName, showAgent, showEngine } from './show.ts'
import {
  type AgentEntry,
  firstVersion,
  newId,
  type RetellAccount,
  type RetellStore,
  versionOf,
  withVersion,
} from './store.ts'
import { addDraft, publishVersion } from './versions.ts'

export interface NewAgentRequest {
  /** The whole document, in place of an example; its `response_engine` needs no more than a type. */
  readonly agent?: JsonObject
  /** The whole document, in place of an example. */
  readonly engine?: JsonObject
  readonly id?: string
  /** Published unless told otherwise. */
  readonly isPublished?: boolean
  readonly channel?: 'voice' | 'chat'
}

/** Both documents of a version, as the API shows them. */
export interface ShownConfiguration {
  readonly agent: JsonObject
  readonly engine: JsonObject | undefined
}

/** What a person does to a workspace on Retell's own pages, which let through what the API does not. */
export interface DashboardEdit {
  readonly addAgent: (wanted?: NewAgentRequest) => string
  /** Changes the newest version, or a new draft of it where that is published. Answers with its number. */
  readonly edit: (id: string, changes: { readonly agent?: JsonObject; readonly engine?: JsonObject }) => number
  /** A new draft of a version; of the newest unless told otherwise. */
  readonly makeDraft: (id: string, base?: number) => number
  /** The newest unless told otherwise. */
  readonly publish: (id: string, version?: number) => number
  readonly removeAgent: (id: string) => void
  readonly setTag: (id: string, tag: string, version: number) => void
  /** A new number, or what there is of one changed. */
  readonly setNumber: (number: string, document?: JsonObject) => void
  readonly removeNumber: (number: string) => void
  readonly addCall: (call: JsonObject) => string
  /** The newest unless told otherwise. */
  readonly show: (id: string, version?: number) => ShownConfiguration
}

const agentOf = (account: RetellAccount, id: string): AgentEntry => {
  const agent = account.agents.get(id)
  if (!agent) throw new Error(`The stand-in has no agent ${id}.`)
  return agent
}

const versionIn = (agent: AgentEntry, version: number | undefined) => {
  const found = versionOf(agent, version)
  if (!found) throw new Error(`The agent ${agent.id} has no such version.`)
  return found
}

export const byHand = (store: RetellStore, account: RetellAccount): DashboardEdit => {
  /** A new engine of the kind that is named, and its id beside that; none for an engine that is not kept here. */
  const onEngine = (named: JsonObject, wanted: JsonObject | undefined): JsonObject => {
    const kind = named.type
    if (!isEngineName(kind)) return named
    const id = newId(kind === 'retell-llm' ? 'llm' : 'conversation_flow')
    const engine = firstVersion(wanted ?? plainEngine(), store.moment())
    account.engines.set(id, { id, kind, versions: [engine] })
    return { ...named, [idNames[kind]]: id }
  }

  const addAgent = (wanted: NewAgentRequest = {}): string => {
    const { agent: given = plainAgent('Empfang'), channel = 'voice', isPublished = true } = wanted
    const named = isObject(given.response_engine) ? given.response_engine : { type: 'retell-llm' }
    const id = wanted.id ?? newId('agent')
    const first = firstVersion({ ...given, response_engine: onEngine(named, wanted.engine) }, store.moment())
    const agent: AgentEntry = { id, channel, tags: {}, versions: [first] }
    account.agents.set(id, agent)
    if (isPublished) publishVersion(account, agent, first, {})
    return id
  }

  return {
    addAgent,
    edit: (id, changes) => {
      const agent = agentOf(account, id)
      const newest = versionIn(agent, undefined)
      const draft = newest.isPublished ? addDraft(account, agent, newest, store.moment()) : newest
      const document = { ...draft.document, ...changes.agent }
      account.agents.set(id, withVersion(agentOf(account, id), { ...draft, document, modifiedAt: store.moment() }))
      const engine = account.engines.get(engineNamed(document.response_engine)?.id ?? '')
      const paired = engine && versionOf(engine, draft.version)
      if (engine && paired && changes.engine) {
        const next = { ...paired, document: { ...paired.document, ...changes.engine }, modifiedAt: store.moment() }
        account.engines.set(engine.id, withVersion(engine, next))
      }
      return draft.version
    },
    makeDraft: (id, base) => {
      const agent = agentOf(account, id)
      return addDraft(account, agent, versionIn(agent, base), store.moment()).version
    },
    publish: (id, version) => {
      const agent = agentOf(account, id)
      const found = versionIn(agent, version)
      publishVersion(account, agent, { ...found, modifiedAt: store.moment() }, {})
      return found.version
    },
    removeAgent: (id) => {
      account.agents.delete(id)
    },
    setTag: (id, tag, version) => {
      const agent = agentOf(account, id)
      account.agents.set(id, { ...agent, tags: { ...agent.tags, [tag]: version } })
    },
    setNumber: (number, document = {}) => {
      account.numbers.set(number, {
        phone_number: number,
        phone_number_type: 'custom',
        inbound_agents: null,
        outbound_agents: null,
        inbound_webhook_url: null,
        ...account.numbers.get(number),
        ...document,
        last_modification_timestamp: store.moment(),
      })
    },
    removeNumber: (number) => {
      account.numbers.delete(number)
    },
    addCall: (call) => {
      const id = String(call.call_id ?? `call_${account.calls.size + 1}`)
      account.calls.set(id, { call_id: id, call_type: 'phone_call', call_status: 'ended', ...call })
      return id
    },
    show: (id, version) => {
      const agent = agentOf(account, id)
      const found = versionIn(agent, version)
      const engine = account.engines.get(engineNamed(found.document.response_engine)?.id ?? '')
      const paired = engine && versionOf(engine, found.version)
      return { agent: showAgent(agent, found), engine: engine && paired && showEngine(engine, paired) }
    },
  }
}
