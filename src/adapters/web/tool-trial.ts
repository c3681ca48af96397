import type { CannotTry, ToolTried } from '../../application/agents/try-tool.ts'
import { listIn, objectIn, own, textIn } from '../../domain/agents/json-places.ts'
import type { Json, JsonObject } from '../../domain/canonical-json.ts'
import { wholeText } from './tool-entry.ts'

/** An argument as the console asks for it. */
export interface ArgumentField {
  readonly name: string
  readonly description: string
  readonly kind: 'text' | 'number' | 'switch' | 'json' | 'choice'
  readonly choices: readonly string[]
  readonly isRequired: boolean
}

/** What was filled in, by the names of fields. */
export interface TrialEntry {
  readonly caller: string
  readonly args: { readonly [name: string]: string }
  readonly variables: { readonly [name: string]: string }
}

export interface Trial {
  readonly entry: TrialEntry
  readonly mistakes: { readonly [argument: string]: 'json' | 'number' }
  readonly tried: ToolTried | undefined
  readonly failed: CannotTry['kind'] | undefined
}

export const noTrial: Trial = {
  entry: { caller: '', args: {}, variables: {} },
  mistakes: {},
  tried: undefined,
  failed: undefined,
}

/** What Retell's model would fill in; what is constant it does not. */
export const argumentFields = (document: JsonObject): readonly ArgumentField[] => {
  const parameters = own(document, 'parameters')
  const required = listIn(parameters, 'required')
  return Object.entries(objectIn(parameters, 'properties')).flatMap(([name, schema]) => {
    if (own(schema, 'const') !== undefined) return []
    const choices = listIn(schema, 'enum').map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    return [
      {
        name,
        description: textIn(schema, 'description') ?? '',
        kind: choices.length > 0 ? 'choice' : kindOf(own(schema, 'type')),
        choices,
        isRequired: required.includes(name),
      },
    ]
  })
}

const kindOf = (type: Json | undefined): ArgumentField['kind'] => {
  switch (type) {
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'switch'
    case 'object':
    case 'array':
      return 'json'
    default:
      return 'text'
  }
}

/** The variables that stand in what is sent. */
export const variablesIn = (document: JsonObject): readonly string[] => {
  const sent = JSON.stringify([own(document, 'url'), own(document, 'headers'), own(document, 'query_params')])
  return [...new Set([...sent.matchAll(/\{\{([^{}"\\]*)\}\}/g)].map(([, name = '']) => name.trim()))]
}

export const trialEntryFrom = (body: unknown, document: JsonObject): TrialEntry => ({
  caller: wholeText(body, 'caller').trim().slice(0, 40),
  args: Object.fromEntries(argumentFields(document).map(({ name }) => [name, wholeText(body, `args.${name}`)])),
  variables: Object.fromEntries(
    variablesIn(document).map((name) => [name, wholeText(body, `variables.${name}`).slice(0, 2_000)]),
  ),
})

/** The arguments of what was filled in; empty ones are left out, as a model does that was told nothing. */
export const argumentsOf = (
  document: JsonObject,
  { args }: TrialEntry,
): { readonly args: JsonObject; readonly mistakes: Trial['mistakes'] } => {
  const read = argumentFields(document).flatMap(({ name, kind, choices }) => {
    const text = args[name] ?? ''
    if (text.trim() === '') return []
    const schema = own(objectIn(own(document, 'parameters'), 'properties'), name)
    const chosen = listIn(schema, 'enum')[choices.indexOf(text)]
    return [[name, chosen === undefined ? argumentOf(kind, text) : { value: chosen }] as const]
  })
  return {
    args: Object.fromEntries(read.flatMap(([name, one]) => ('value' in one ? [[name, one.value]] : []))),
    mistakes: Object.fromEntries(read.flatMap(([name, one]) => ('mistake' in one ? [[name, one.mistake]] : []))),
  }
}

const argumentOf = (
  kind: ArgumentField['kind'],
  text: string,
): { readonly value: Json } | { readonly mistake: 'json' | 'number' } => {
  switch (kind) {
    case 'number':
      return Number.isFinite(Number(text)) ? { value: Number(text) } : { mistake: 'number' }
    case 'switch':
      return { value: text === 'true' }
    case 'json':
      return parsed(text)
    case 'text':
    case 'choice':
      return { value: text }
  }
}

const parsed = (text: string): { readonly value: Json } | { readonly mistake: 'json' } => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { mistake: 'json' }
  }
}
