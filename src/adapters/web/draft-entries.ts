import { err, ok, type Result } from 'neverthrow'
import { type AgentText, textsOf } from '../../domain/agents/agent-texts.ts'
import { type AgentConfiguration, documentOf, engineOf } from '../../domain/agents/configuration.ts'
import { textIn, valueAt, withValue } from '../../domain/agents/json-places.ts'
import { isObject, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import { longTextOf, valuesOf } from './agent-answers.ts'
import { textOf } from './door-routes.ts'
import { type JsonFault, jsonFault } from './json-fault.ts'

/** A draft as the form has it. Texts go by their pointers. */
export interface DraftEntry {
  readonly name: string
  readonly language: string
  readonly voice: string
  readonly texts: ReadonlyMap<string, string>
  readonly numbers: readonly string[]
}

const basics = { name: '/agent/agent_name', language: '/agent/language', voice: '/agent/voice_id' } as const
type Basic = keyof typeof basics
const basicNames: readonly Basic[] = ['name', 'language', 'voice']
const functionsAt = /\/(?:general_tools|tools|mcps|pre_session_tools|post_session_tools)\/\d/

/** What a kind of engine always has, even where nothing is written yet. */
const usualTexts: { readonly [kind: string]: readonly (readonly [name: string, kind: AgentText['kind']])[] } = {
  'retell-llm': [
    ['general_prompt', 'prompt'],
    ['begin_message', 'spoken'],
  ],
  'conversation-flow': [['global_prompt', 'prompt']],
}

/** Prompts and what is said, those of the whole call first. Functions and conditions are edited elsewhere. */
export const editableTexts = (configuration: AgentConfiguration): readonly AgentText[] => {
  const found = textsOf(configuration).filter(({ kind, path }) => kind !== 'condition' && !functionsAt.test(path))
  const { engine } = configuration
  const usual = engine === undefined ? [] : (usualTexts[engineOf(configuration.agent)?.kind ?? ''] ?? [])
  const missing = usual
    .map(([name, kind]): AgentText => ({ path: `/response_engine/${name}`, text: '', kind, of: undefined }))
    .filter(({ path }) => !found.some((one) => one.path === path))
  const isWhole = ({ path }: AgentText) => /^\/response_engine\/[^/]+$/.test(path)
  return [...missing, ...found].toSorted((one, other) => Number(isWhole(other)) - Number(isWhole(one)))
}

/** Whether the field is a plain text that a form can have. */
export const isPlain = ({ agent }: AgentConfiguration, field: Basic): boolean => {
  const value = valueAt(agent, basics[field].slice('/agent'.length))
  return value === undefined || value === null || typeof value === 'string'
}

const normal = (text: string): string => text.replaceAll('\r\n', '\n')

export const entryFrom = (configuration: AgentConfiguration): DraftEntry => {
  const { agent, numbers } = configuration
  const basic = (name: string) => textIn(agent, name) ?? ''
  return {
    name: basic('agent_name'),
    language: basic('language'),
    voice: basic('voice_id'),
    texts: new Map(editableTexts(configuration).map(({ path, text }) => [path, normal(text)])),
    numbers,
  }
}

/** What was sent of it; a field that was not sent is as it was. */
export const typedEntry = (body: unknown, before: DraftEntry): DraftEntry => ({
  name: longTextOf(body, 'name')?.trim() ?? before.name,
  language: longTextOf(body, 'language')?.trim() ?? before.language,
  voice: longTextOf(body, 'voice')?.trim() ?? before.voice,
  texts: new Map([...before.texts].map(([path, text]) => [path, longTextOf(body, `text:${path}`) ?? text])),
  numbers: textOf(body, 'with_numbers') === '' ? before.numbers : valuesOf(body, 'number'),
})

/** What somebody changed on a page that showed `seen`, on top of what stands now. */
export const rebased = (typed: DraftEntry, seen: DraftEntry, now: DraftEntry): DraftEntry => {
  const field = (name: Basic) => (typed[name] === seen[name] ? now[name] : typed[name])
  return {
    name: field('name'),
    language: field('language'),
    voice: field('voice'),
    texts: new Map(
      [...now.texts].map(([path, text]) => {
        const mine = typed.texts.get(path)
        const isMine = mine !== undefined && mine !== seen.texts.get(path)
        return [path, isMine ? mine : text]
      }),
    ),
    numbers: typed.numbers.join() === seen.numbers.join() ? now.numbers : typed.numbers,
  }
}

/** As when a form is sent twice: all of it stands already. */
export const isSame = (one: DraftEntry, other: DraftEntry): boolean =>
  basicNames.every((name) => one[name] === other[name]) &&
  one.numbers.join() === other.numbers.join() &&
  [...one.texts].every(([path, text]) => other.texts.get(path) === text)

/** The documents with what differs in them, and everything else as it was. */
export const withEntry = (
  configuration: AgentConfiguration,
  entry: DraftEntry,
): { readonly agent: JsonObject; readonly engine: JsonObject | undefined } => {
  const before = entryFrom(configuration)
  let document: Json = documentOf(configuration)
  for (const name of basicNames) {
    if (isPlain(configuration, name) && entry[name] !== before[name])
      document = withValue(document, basics[name], entry[name])
  }
  for (const [path, text] of entry.texts)
    if (text !== before.texts.get(path)) document = withValue(document, path, text)
  const at = (name: string) => {
    const part = valueAt(document, `/${name}`)
    return isObject(part) ? part : undefined
  }
  return { agent: at('agent') ?? configuration.agent, engine: at('response_engine') }
}

/** Undefined: a document that is none. */
type NotDocument = JsonFault | undefined

/** A document as typed. Nothing typed is no document. */
export const documentIn = (text: string): Result<JsonObject | undefined, NotDocument> => {
  if (text.trim() === '') return ok(undefined)
  const fault = jsonFault(text)
  if (fault) return err(fault)
  const value: unknown = JSON.parse(text)
  return isObject(value) ? ok(value) : err(undefined)
}
