import { err, ok, type Result } from 'neverthrow'
import type { Clock } from '../../application/ports/ambient.ts'
import type {
  RetellVersion,
  VoiceAccount,
  VoiceAccounts,
  VoiceCall,
  VoiceFailure,
} from '../../application/ports/voice-accounts.ts'
import { contentOf, engineOf } from '../../domain/agents/configuration.ts'
import type { CallReport } from '../../domain/calling/call.ts'
import { isObject, type JsonObject } from '../../domain/canonical-json.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import { type Instant, instant } from '../../domain/time.ts'
import {
  agentDocument,
  bindingFault,
  engineDocument,
  type KeptAgent,
  type KeptVersion,
  meantBy,
  newestOf,
  voiceNumber,
  withoutTools,
} from './retell-content.ts'

type Operation = Exclude<keyof VoiceAccount, 'name'>

/**
 * How an account misbehaves: it never answers, is down, knows our key no more, refuses, breaks off after doing what it was
 * told, says yes and does nothing, or loses the tools of a draft it makes or changes.
 */
export type VoiceFault =
  | 'silent'
  | 'down'
  | 'wrong-key'
  | 'refuses'
  | 'breaks-off-after'
  | 'does-nothing'
  | 'loses-tools'

export interface UnrulyVoiceAccount extends VoiceAccount {
  /** From now on every `operation` ends like this; undefined: as it should. Of a list the next ones take one each. */
  readonly misbehave: (
    operation: Operation,
    fault: VoiceFault | undefined | readonly (VoiceFault | undefined)[],
  ) => void
  /** As if somebody did it on Retell's own pages; the agent is published unless told otherwise. */
  readonly addElsewhere: (
    agent: JsonObject,
    engine?: JsonObject,
    how?: { readonly id?: string; readonly isPublished?: boolean },
  ) => string
  /** Changes the draft there is, or makes one. Answers with its version. */
  readonly editElsewhere: (
    retellAgentId: string,
    changes: { readonly agent?: JsonObject; readonly engine?: JsonObject },
  ) => number
  readonly publishElsewhere: (retellAgentId: string) => number
  readonly removeElsewhere: (retellAgentId: string) => void
  /** From now on the account has this number, or has it like this. */
  readonly bindElsewhere: (number: PhoneNumber, document: JsonObject) => void
  readonly addCall: (call: VoiceCall, report: CallReport) => void
  readonly asked: () => readonly Operation[]
}

/** An account of Retell that can be slow, down and untrue. */
export const unrulyVoiceAccount = (clock: Clock, name = 'unruly'): UnrulyVoiceAccount => {
  const agents = new Map<string, KeptAgent>()
  const numbers = new Map<PhoneNumber, JsonObject>()
  const calls = new Map<string, { readonly call: VoiceCall; readonly report: CallReport }>()
  const faults = new Map<Operation, VoiceFault | (VoiceFault | undefined)[]>()
  const asked: Operation[] = []
  let made = 0
  let lastMoment = 0

  /** Every change has a moment of its own. */
  const moment = (): Instant => {
    lastMoment = Math.max(clock.now(), lastMoment + 1)
    return instant(lastMoment)
  }
  const faultOf = (operation: Operation): VoiceFault | undefined => {
    const known = faults.get(operation)
    return Array.isArray(known) ? known.shift() : known
  }

  /** Does what it is told, or what its fault makes of it. */
  const attempt = async <T>(
    operation: Operation,
    act: (fault: VoiceFault | undefined) => Result<T, VoiceFailure>,
  ): Promise<Result<T, VoiceFailure>> => {
    asked.push(operation)
    const fault = faultOf(operation)
    if (fault === 'silent') return new Promise(() => {})
    if (fault === 'down') return err({ kind: 'unreachable', detail: 'Retell cannot answer now (503).' })
    if (fault === 'wrong-key')
      return err({ kind: 'misconfigured', detail: 'Retell does not accept the API key (401).' })
    if (fault === 'refuses') return refused('Retell refused the request. (400)')
    const before = [new Map(agents), new Map(numbers)] as const
    const done = act(fault)
    if (fault === 'breaks-off-after') return err({ kind: 'unreachable', detail: 'Retell: The connection broke off.' })
    if (fault === 'does-nothing') {
      restore(agents, before[0])
      restore(numbers, before[1])
    }
    return done
  }

  const add = (agent: JsonObject, engine: JsonObject | undefined, id: string, isPublished: boolean): KeptAgent => {
    const content = contentOf({ agent, engine, numbers: [] })
    const first: KeptVersion = {
      version: 0,
      isPublished,
      baseVersion: undefined,
      title: undefined,
      modifiedAt: moment(),
      agent: isObject(content.agent) ? content.agent : {},
      engine: isObject(content.engine) ? content.engine : undefined,
    }
    const kept = { id, engineId: first.engine ? `engine_of_${id}` : undefined, versions: [first] }
    agents.set(id, kept)
    return kept
  }
  const put = (agent: KeptAgent, version: KeptVersion): KeptVersion => {
    const next = { ...version, modifiedAt: moment() }
    const others = agent.versions.filter((one) => one.version !== version.version)
    agents.set(agent.id, { ...agent, versions: [...others, next] })
    return next
  }
  const draftFrom = (agent: KeptAgent, base: KeptVersion): KeptVersion => {
    const version = (newestOf(agent)?.version ?? -1) + 1
    return put(agent, { ...base, version, isPublished: false, baseVersion: base.version, title: undefined })
  }
  const draftOf = (id: string, version: number): Result<readonly [KeptAgent, KeptVersion], VoiceFailure> => {
    const agent = agents.get(id)
    const kept = agent && meantBy(agent, version)
    if (!kept) return refused('There is no such agent, version, engine or number in this account. (422)')
    return kept.isPublished ? refused('The version is published and cannot be changed. (422)') : ok([agent, kept])
  }
  const named = (id: string): KeptAgent => {
    const agent = agents.get(id)
    if (!agent) throw new Error(`The account has no agent ${id}.`)
    return agent
  }
  const isNamed = (id: string, version: number) =>
    [...numbers].some(([number, document]) => {
      const { inbound, outbound } = voiceNumber(number, document)
      return [...inbound, ...outbound].some((one) => one.retellAgentId === id && one.version === version)
    })

  return {
    name,
    check: () => attempt('check', () => ok({ name })),
    agents: ({ cursor, limit = 1_000 }) =>
      attempt('agents', () => {
        const all = [...agents.values()]
        const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1
        const items = all.slice(from, from + limit)
        const listed = items.map((agent) => {
          const newest = newestOf(agent)
          const called = newest?.agent.agent_name
          return {
            retellAgentId: agent.id,
            name: typeof called === 'string' ? called : undefined,
            channel: 'voice',
            modifiedAt: newest?.modifiedAt,
          }
        })
        return ok({ items: listed, next: from + limit < all.length ? items.at(-1)?.id : undefined })
      }),
    versions: (id) =>
      attempt('versions', () => {
        const agent = agents.get(id)
        const newestFirst = agent?.versions.toSorted((one, other) => other.version - one.version)
        return ok(newestFirst?.map(({ agent: _, engine: __, ...version }): RetellVersion => version))
      }),
    agent: (id, version) =>
      attempt('agent', () => {
        const agent = agents.get(id)
        const kept = agent && meantBy(agent, version)
        return ok(kept && agentDocument(agent, kept))
      }),
    engine: ({ id, version }) =>
      attempt('engine', () => {
        const agent = [...agents.values()].find(({ engineId }) => engineId !== undefined && engineId === id)
        const kept = agent && meantBy(agent, version ?? 'latest')
        return ok(kept && engineDocument(agent, kept))
      }),
    createAgent: (agent, engine) =>
      attempt('createAgent', (fault) => {
        const isKept = ['retell-llm', 'conversation-flow'].includes(engineOf(agent)?.kind ?? '')
        if (isKept && !engine) return refused('An agent of this kind needs the document of its engine.')
        made += 1
        const content = fault === 'loses-tools' ? withoutTools(engine) : engine
        const kept = add(agent, content, `agent_made_${made}`, false)
        const first = newestOf(kept)
        if (!first) return refused('Retell refused the request. (400)')
        return ok({ agent: agentDocument(kept, first), engine: engineDocument(kept, first) })
      }),
    createVersion: (id, base) =>
      attempt('createVersion', (fault) => {
        const agent = agents.get(id)
        const from = agent && meantBy(agent, base)
        if (!from) return refused('There is no such agent, version, engine or number in this account. (422)')
        const draft = draftFrom(agent, fault === 'loses-tools' ? { ...from, engine: withoutTools(from.engine) } : from)
        return ok(agentDocument(agent, draft))
      }),
    changeAgent: (id, version, changes) =>
      attempt('changeAgent', () =>
        draftOf(id, version).map(([agent, kept]) =>
          agentDocument(agent, put(agent, { ...kept, agent: { ...kept.agent, ...changes } })),
        ),
      ),
    changeEngine: ({ id, version }, changes) =>
      attempt('changeEngine', (fault) => {
        const agent = [...agents.values()].find(({ engineId }) => engineId !== undefined && engineId === id)
        if (!agent || version === undefined)
          return refused('The engine is not kept at Retell, or named without its version.')
        return draftOf(agent.id, version).map(([, kept]) => {
          const changed = { ...kept.engine, ...changes }
          const engine = fault === 'loses-tools' ? withoutTools(changed) : changed
          return engineDocument(agent, put(agent, { ...kept, engine })) ?? {}
        })
      }),
    publish: (id, version, { title }) =>
      attempt('publish', () =>
        draftOf(id, version).map(([agent, kept]) => {
          put(agent, { ...kept, isPublished: true, title: title ?? kept.title })
          return undefined
        }),
      ),
    deleteVersion: (id, version) =>
      attempt('deleteVersion', () => {
        if (isNamed(id, version)) return refused('It is still in use. Take it from its numbers and agents first. (400)')
        const agent = agents.get(id)
        if (agent) agents.set(id, { ...agent, versions: agent.versions.filter((one) => one.version !== version) })
        return ok(undefined)
      }),
    deleteAgent: (id) =>
      attempt('deleteAgent', () => {
        agents.delete(id)
        return ok(undefined)
      }),
    numbers: () =>
      attempt('numbers', () =>
        ok({ items: [...numbers].map(([number, document]) => voiceNumber(number, document)), next: undefined }),
      ),
    number: (number) =>
      attempt('number', () => {
        const document = numbers.get(number)
        return ok(document && voiceNumber(number, document))
      }),
    changeNumber: (number, changes) =>
      attempt('changeNumber', () => {
        const document = numbers.get(number)
        if (!document) return refused('There is no such agent, version, engine or number in this account. (422)')
        const fault = bindingFault(changes.inbound_agents) ?? bindingFault(changes.outbound_agents)
        if (fault !== undefined) return refused(`${fault} (400)`)
        const next = { ...document, ...changes }
        numbers.set(number, next)
        return ok(voiceNumber(number, next))
      }),
    calls: ({ from, to, agents: among, cursor, limit = 1_000 }) =>
      attempt('calls', () => {
        const all = [...calls.values()]
          .map(({ call }) => call)
          .filter(({ startedAt }) => startedAt !== undefined && from <= startedAt && startedAt <= to)
          .filter(({ agentId }) => among === undefined || (agentId !== undefined && among.includes(agentId)))
          .toSorted((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0))
        const start = cursor === undefined ? 0 : all.findIndex(({ callId }) => callId === cursor) + 1
        const items = all.slice(start, start + limit)
        return ok({ items, next: start + limit < all.length ? items.at(-1)?.callId : undefined })
      }),
    call: (callId) => attempt('call', () => ok(calls.get(callId))),
    misbehave: (operation, fault) => {
      if (fault === undefined) faults.delete(operation)
      else faults.set(operation, typeof fault === 'string' ? fault : [...fault])
    },
    addElsewhere: (agent, engine, { id, isPublished = true } = {}) => {
      made += 1
      return add(agent, engine, id ?? `agent_there_${made}`, isPublished).id
    },
    editElsewhere: (id, changes) => {
      const agent = named(id)
      const newest = newestOf(agent)
      if (!newest) throw new Error(`The agent ${id} has no version.`)
      const draft = newest.isPublished ? draftFrom(agent, newest) : newest
      const engine = draft.engine && { ...draft.engine, ...changes.engine }
      return put(named(id), { ...draft, agent: { ...draft.agent, ...changes.agent }, engine }).version
    },
    publishElsewhere: (id) => {
      const newest = newestOf(named(id))
      if (!newest) throw new Error(`The agent ${id} has no version.`)
      return put(named(id), { ...newest, isPublished: true }).version
    },
    removeElsewhere: (id) => {
      agents.delete(id)
    },
    bindElsewhere: (number, document) => {
      numbers.set(number, { ...numbers.get(number), phone_number: number, ...document })
    },
    addCall: (call, report) => {
      calls.set(call.callId, { call, report })
    },
    asked: () => [...asked],
  }
}

/** The same account for every company. */
export const sharedAccount = (account: VoiceAccount): VoiceAccounts => ({ of: async () => account })

const refused = (detail: string) => err<never, VoiceFailure>({ kind: 'refused', detail })

const restore = <Key, Value>(into: Map<Key, Value>, before: ReadonlyMap<Key, Value>): void => {
  into.clear()
  for (const [key, value] of before) into.set(key, value)
}
