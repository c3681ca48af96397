import { isObject, type JsonObject } from '../canonical-json.ts'
import { type AgentConfiguration, contentOf } from './configuration.ts'

/** A configuration in two parts: equal contents are one, and each version keeps what Retell said about it. */
export interface SplitConfiguration {
  /** Only what a person can change. */
  readonly content: AgentConfiguration
  /** The rest, place by place. */
  readonly saidAbout: { readonly agent: JsonObject; readonly reference: JsonObject; readonly engine: JsonObject }
}

const rest = (whole: unknown, part: unknown): JsonObject =>
  isObject(whole) && isObject(part)
    ? Object.fromEntries(Object.entries(whole).filter(([name]) => !Object.hasOwn(part, name)))
    : {}

const objectIn = (document: JsonObject, name: string): JsonObject | undefined => {
  const found = document[name]
  return isObject(found) ? found : undefined
}

/** Nothing is lost: `joinConfiguration` gives the whole again. */
export const splitConfiguration = (configuration: AgentConfiguration): SplitConfiguration => {
  const content = contentOf(configuration)
  const agent = objectIn(content, 'agent') ?? {}
  const engine = objectIn(content, 'engine')
  return {
    content: { agent, engine, numbers: configuration.numbers },
    saidAbout: {
      agent: rest(configuration.agent, agent),
      reference: rest(configuration.agent.response_engine, agent.response_engine),
      engine: rest(configuration.engine, engine),
    },
  }
}

export const joinConfiguration = ({ content, saidAbout }: SplitConfiguration): AgentConfiguration => {
  const reference = objectIn(content.agent, 'response_engine')
  return {
    agent: {
      ...content.agent,
      ...saidAbout.agent,
      ...(reference ? { response_engine: { ...reference, ...saidAbout.reference } } : {}),
    },
    engine: content.engine && { ...content.engine, ...saidAbout.engine },
    numbers: content.numbers,
  }
}
