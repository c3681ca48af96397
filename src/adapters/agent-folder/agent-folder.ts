import { err, ok, type Result } from 'neverthrow'
import type { AgentConfiguration } from '../../domain/agents/configuration.ts'
import {
  joinConfiguration,
  type SplitConfiguration,
  splitConfiguration,
} from '../../domain/agents/split-configuration.ts'
import { isObject, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import type { PhoneNumber } from '../../domain/phone-number.ts'
import { broughtInside, type FolderFiles, takenOutside } from './outside-parts.ts'
import { jsonOf, yamlOf } from './yaml-text.ts'

/** What the folder was written from: nothing else is overwritten when it is pushed. */
export interface FolderOrigin {
  /** Ours. */
  readonly version: number
  readonly hash: string
}

export interface AgentFolder {
  readonly configuration: AgentConfiguration
  /** Undefined: it was not written by us. */
  readonly origin: FolderOrigin | undefined
}

export interface FolderProblem {
  readonly file: string
  readonly message: string
}

const originFile = '.frontdesk.json'
const agentFile = 'agent.yaml'
const engineFile = 'engine.yaml'
const numbersFile = 'numbers.yaml'

/** Is it one of the files that a folder of an agent is made of? Others are left alone. */
export const isFolderFile = (path: string): boolean =>
  [originFile, agentFile, engineFile, numbersFile].includes(path) ||
  /^(?:(?:general_prompt|global_prompt|begin_message)\.md|(?:states|nodes|tools)\/[^/]+\.(?:md|yaml))$/.test(path)

/**
 * An agent as files that can be reviewed like code: its document, its engine, each prompt as Markdown and each tool as
 * YAML, its numbers, and what it was written from. What Retell only says about the agent stands beside the latter, so that
 * it makes no difference to read. Read again, it is the same configuration.
 */
export const writeAgentFolder = (configuration: AgentConfiguration, { version, hash }: FolderOrigin): FolderFiles => {
  const { content, saidAbout } = splitConfiguration(configuration)
  const outside = content.engine && takenOutside(content.engine)
  return new Map([
    [agentFile, yamlOf(content.agent)],
    ...(outside ? [[engineFile, yamlOf(outside.engine)] as const, ...outside.files] : []),
    [numbersFile, yamlOf(content.numbers)],
    [originFile, `${JSON.stringify({ version, hash, said_about: saidAbout }, null, 2)}\n`],
  ])
}

/** Everything that is wrong with the files is told together. */
export const readAgentFolder = (files: FolderFiles): Result<AgentFolder, readonly FolderProblem[]> => {
  const problems: FolderProblem[] = []
  const wrong = (file: string, message: string): undefined => {
    problems.push({ file, message })
  }
  const named = new Set<string>()
  const plain = (file: string): string | undefined => files.get(file)?.replaceAll('\r\n', '\n')
  const yamlAt = (file: string): Json | undefined =>
    jsonOf(plain(file) ?? '').match(
      (value) => value,
      (message) => wrong(file, message),
    )
  const fileAt = (path: string): Json => {
    named.add(path)
    const text = plain(path)
    if (text === undefined || !/\.(?:md|yaml)$/.test(path)) {
      return wrong(engineFile, `It names ${path}, which is not there.`) ?? null
    }
    return path.endsWith('.md') ? text.replace(/\n$/, '') : (yamlAt(path) ?? null)
  }

  const agent = yamlAt(agentFile)
  if (agent !== undefined && !isObject(agent)) wrong(agentFile, 'It has to hold the settings of the agent.')
  const written = files.has(engineFile) ? yamlAt(engineFile) : undefined
  const engine = isObject(written) ? broughtInside(written, fileAt) : undefined
  if (written !== undefined && !isObject(written)) wrong(engineFile, 'It has to hold the settings of the engine.')
  const numbers = yamlAt(numbersFile) ?? []
  if (!isNumberList(numbers)) wrong(numbersFile, 'It has to be a list of phone numbers, each in quotes.')
  for (const file of files.keys()) {
    if (file.includes('/') && !named.has(file)) {
      wrong(file, `Nothing in ${engineFile} names it. Write "$file: ${file}" where it belongs, or remove it.`)
    }
  }
  const { origin, saidAbout } = originOf(files.get(originFile))
  if (problems.length > 0 || !isObject(agent) || !isNumberList(numbers)) return err(problems)
  const content = { agent, engine, numbers }
  return ok({ configuration: joinConfiguration({ content, saidAbout }), origin })
}

const isNumberList = (value: Json): value is readonly PhoneNumber[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

const nothingSaid: SplitConfiguration['saidAbout'] = { agent: {}, reference: {}, engine: {} }

const originOf = (
  text: string | undefined,
): { readonly origin: FolderOrigin | undefined; readonly saidAbout: SplitConfiguration['saidAbout'] } => {
  const found = text === undefined ? null : jsonOf(text).unwrapOr(null)
  if (!isObject(found)) return { origin: undefined, saidAbout: nothingSaid }
  const { version, hash, said_about: said } = found
  const part = (name: string): JsonObject => {
    const one = isObject(said) ? said[name] : undefined
    return isObject(one) ? one : {}
  }
  return {
    origin: typeof version === 'number' && typeof hash === 'string' ? { version, hash } : undefined,
    saidAbout: { agent: part('agent'), reference: part('reference'), engine: part('engine') },
  }
}
