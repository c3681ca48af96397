import { contradictions, fieldPatches } from '../../domain/agents/field-patches.ts'
import { listIn, objectIn, own } from '../../domain/agents/json-places.ts'
import type { FieldPatch } from '../../domain/agents/tool-editing.ts'
import { isObject, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import { type JsonFault, jsonFault } from './json-fault.ts'
import {
  asTyped,
  type PairEntry,
  type PairField,
  type ParameterEntry,
  pairFields,
  rowKeys,
  type TextField,
  type ToolEntry,
  textFields,
  toolEntryOf,
} from './tool-entry.ts'

/** By field: `timeout_ms`, `headers.0`, `parameters.2`, `document`. */
export interface ToolMistakes {
  readonly [field: string]: ToolMistake | undefined
}
export type ToolMistake =
  | { readonly kind: 'whole' | 'twice' | 'nameless' | 'object' | 'taken' | 'secrets' }
  | { readonly kind: 'both'; readonly path: string }
  | { readonly kind: 'json'; readonly fault: JsonFault }

export type ToolChanges =
  | { readonly kind: 'changes'; readonly fields: readonly FieldPatch[] }
  | { readonly kind: 'mistakes'; readonly mistakes: ToolMistakes }

/** What somebody changed in the form of a tool, and nothing else: what they left alone is not named, understood or not. */
export const toolChanges = (document: JsonObject, entry: ToolEntry): ToolChanges => {
  const before = toolEntryOf(document)
  const mistakes: ToolMistakes = { ...wholeMistakes(before, entry), ...rowMistakes(entry) }
  const written = writtenDocument(document, before, entry)
  const all = 'mistake' in written ? { ...mistakes, document: written.mistake } : mistakes
  if ('mistake' in written || Object.keys(all).length > 0) return { kind: 'mistakes', mistakes: all }
  const inFields = fieldPatches(document, withEntry(document, before, entry))
  const inDocument = fieldPatches(document, written.document)
  const [path] = contradictions(inFields, inDocument)
  if (path !== undefined) return { kind: 'mistakes', mistakes: { document: { kind: 'both', path } } }
  const fields = [...inFields, ...inDocument.filter((one) => inFields.every((other) => other.path !== one.path))]
  return { kind: 'changes', fields }
}

const wholes: readonly TextField[] = ['timeout_ms', 'max_retry']
const switches: readonly TextField[] = ['speak_during_execution', 'speak_after_execution']

const isUntouched = (shown: string, typed: string): boolean => typed === shown || typed === shown.trim()

const wholeMistakes = (before: ToolEntry, entry: ToolEntry): ToolMistakes =>
  Object.fromEntries(
    wholes
      .filter((field) => !isUntouched(before.texts[field], entry.texts[field]) && !/^\d{0,9}$/.test(entry.texts[field]))
      .map((field) => [field, { kind: 'whole' }]),
  )

const rowMistakes = ({ pairs, parameters }: ToolEntry): ToolMistakes => {
  const lists: readonly (readonly [field: string, names: readonly string[]])[] = [
    ...pairFields.map((field) => [field, pairs[field].map(({ name }) => name)] as const),
    ['parameters', parameters.map(({ name }) => name)],
  ]
  return Object.fromEntries(
    lists.flatMap(([field, names]) =>
      names.flatMap((name, index): readonly (readonly [string, ToolMistake])[] => {
        if (name === '') return [[`${field}.${index}`, { kind: 'nameless' }]]
        return names.indexOf(name) < index ? [[`${field}.${index}`, { kind: 'twice' }]] : []
      }),
    ),
  )
}

const writtenDocument = (
  document: JsonObject,
  before: ToolEntry,
  { document: text }: ToolEntry,
): { readonly document: JsonObject } | { readonly mistake: ToolMistake } => {
  if (text.trim() === before.document.trim()) return { document }
  const fault = jsonFault(text)
  if (fault) return { mistake: { kind: 'json', fault } }
  const parsed: unknown = JSON.parse(text)
  return isObject(parsed) ? { document: parsed } : { mistake: { kind: 'object' } }
}

/** The document with what was changed in fields. */
const withEntry = (document: JsonObject, before: ToolEntry, entry: ToolEntry): JsonObject => {
  const texts = textFields
    .filter((field) => !isUntouched(before.texts[field], entry.texts[field]))
    .map((field) => [field, writtenValue(field, entry.texts[field])] as const)
  const pairs = pairFields
    .filter((field) => !isSame(before.pairs[field], entry.pairs[field]))
    .map((field) => [field, objectOf(document, field, entry.pairs[field])] as const)
  const parameters = isSame(before.parameters, entry.parameters)
    ? []
    : [['parameters', schemaOf(document, before.parameters, entry.parameters)] as const]
  const changed = new Map<string, Json | undefined>([...texts, ...pairs, ...parameters])
  return Object.fromEntries(
    [...new Set([...Object.keys(document), ...changed.keys()])].flatMap((name) => {
      const value = changed.has(name) ? changed.get(name) : document[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

const isSame = (before: readonly unknown[], after: readonly unknown[]): boolean =>
  JSON.stringify(before) === JSON.stringify(after)

/** Undefined: nothing is said about it any more. */
const writtenValue = (field: TextField, text: string): Json | undefined => {
  if (field === 'name') return text
  if (text === '') return undefined
  if (wholes.includes(field)) return Number(text)
  if (switches.includes(field) && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/** Those that have no row. */
const hidden = (object: JsonObject, keys: ReadonlyMap<string, string>): readonly (readonly [string, Json])[] => {
  const shown = new Set(keys.values())
  return Object.entries(object).filter(([key]) => !shown.has(key))
}

const objectOf = (document: JsonObject, field: PairField, rows: readonly PairEntry[]): JsonObject => {
  const old = objectIn(document, field)
  const keys = rowKeys(old)
  return Object.fromEntries([
    ...hidden(old, keys),
    ...rows.map(({ was, name, value, isSealed }): [string, Json] => {
      const key = keys.get(was)
      const kept = key === undefined ? undefined : old[key]
      const isKept = kept !== undefined && (isSealed ? value === '' : isUntouchedValue(kept, value))
      return [key !== undefined && name === was ? key : name, isKept ? kept : value]
    }),
  ])
}

const isUntouchedValue = (kept: Json, value: string): boolean =>
  asTyped(typeof kept === 'string' ? kept : JSON.stringify(kept)).replaceAll('\n', '') === value

const schemaOf = (
  document: JsonObject,
  before: readonly ParameterEntry[],
  rows: readonly ParameterEntry[],
): JsonObject => {
  const known = own(document, 'parameters')
  const schema: JsonObject = isObject(known) ? known : { type: 'object' }
  const old = objectIn(schema, 'properties')
  const keys = rowKeys(old)
  const named = rows.map((row) => {
    const key = keys.get(row.was)
    return { row, key, name: key !== undefined && row.name === row.was ? key : row.name }
  })
  const properties = Object.fromEntries([
    ...hidden(old, keys),
    ...named.map(({ row, key, name }): [string, Json] => [
      name,
      propertyOf(
        key === undefined ? undefined : old[key],
        before.find(({ was }) => was === row.was),
        row,
      ),
    ]),
  ])
  const [stillThere, wanted] = [
    new Map(named.flatMap(({ key, name }) => (key === undefined ? [] : [[key, name] as const]))),
    new Set(named.flatMap(({ row, name }) => (row.isRequired ? [name] : []))),
  ]
  const kept = listIn(schema, 'required').flatMap((one): readonly Json[] => {
    if (typeof one !== 'string' || ![...keys.values()].includes(one)) return [one]
    const name = stillThere.get(one)
    return name !== undefined && wanted.has(name) ? [name] : []
  })
  const required = [...kept, ...[...wanted].filter((name) => !kept.includes(name))]
  const isNamed = Object.hasOwn(schema, 'required') || required.length > 0
  return { ...schema, properties, ...(isNamed ? { required } : {}) }
}

/** One parameter with what was changed of it. */
const propertyOf = (kept: Json | undefined, before: ParameterEntry | undefined, row: ParameterEntry): Json => {
  const isTouched =
    before === undefined ||
    before.type !== row.type ||
    before.description !== row.description ||
    before.choices.trim() !== row.choices.trim()
  if (kept !== undefined && !isTouched) return kept
  const old: JsonObject = isObject(kept) ? kept : {}
  const choices = row.choices
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  const changed = new Map<string, Json | undefined>()
  if (before?.type !== row.type && row.type !== '') changed.set('type', row.type)
  if ((before?.description ?? '') !== row.description) changed.set('description', row.description || undefined)
  if ((before?.choices ?? '').trim() !== row.choices.trim())
    changed.set('enum', choices.length === 0 ? undefined : choices.map((one) => choiceOf(one, row.type)))
  return Object.fromEntries(
    [...new Set([...Object.keys(old), ...changed.keys()])].flatMap((name) => {
      const value = changed.has(name) ? changed.get(name) : old[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

const choiceOf = (text: string, type: string): Json =>
  (type === 'number' || type === 'integer') && Number.isFinite(Number(text)) ? Number(text) : text
