import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { placeholders } from './find-secret.ts'
import { below, own, textIn, valueAt } from './json-places.ts'
import type { ToolFault } from './lint/finding.ts'

/** What is wrong with a tool's own document, and where: a pointer into it. */
export interface ToolFinding {
  readonly path: string
  readonly wrong: ToolFault
}

type Found = readonly ToolFinding[]
type Check = (value: Json, path: string) => Found

const wrongAt = (path: string, wrong: ToolFault): Found => [{ path, wrong }]
const unless = (holds: boolean, path: string, wrong: ToolFault): Found => (holds ? [] : wrongAt(path, wrong))

const isText: Check = (value, path) => unless(typeof value === 'string', path, 'not-text')
const isSwitch: Check = (value, path) => unless(typeof value === 'boolean', path, 'not-a-switch')
const areTexts: Check = (value, path) =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, one]) => unless(typeof one === 'string', below(path, name), 'not-texts'))
    : wrongAt(path, 'not-texts')
const isWhole =
  (least: number, most: number, wrong: ToolFault): Check =>
  (value, path) =>
    unless(Number.isInteger(value) && Number(value) >= least && Number(value) <= most, path, wrong)
const isOneOf =
  (allowed: readonly string[], wrong: ToolFault): Check =>
  (value, path) =>
    unless(typeof value === 'string' && allowed.includes(value), path, wrong)

/** The limits are those that Retell documents. */
const fields: { readonly [name: string]: Check } = {
  description: isText,
  tool_id: isText,
  timeout_ms: isWhole(1000, 600_000, 'timeout'),
  max_retry: isWhole(0, 5, 'retries'),
  headers: areTexts,
  query_params: areTexts,
  response_variables: areTexts,
  speak_during_execution: isSwitch,
  speak_after_execution: isSwitch,
  enable_typing_sound: isSwitch,
  args_at_root: isSwitch,
  execution_message_description: isText,
  execution_message_type: isOneOf(['prompt', 'static_text'], 'message-type'),
  method: isOneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], 'method'),
}

/** Fields without which a kind of tool does nothing. */
const needed: { readonly [kind: string]: readonly string[] } = {
  transfer_call: ['/transfer_destination'],
  agent_swap: ['/agent_id'],
  extract_dynamic_variable: ['/variables'],
  send_sms: ['/sms_content'],
  code: ['/code'],
}

/** Every fault of a tool's document. Kinds of tools that are not known are only asked for a name. */
export const checkTool = (tool: Json): Found => {
  if (!isObject(tool)) return wrongAt('', 'not-an-object')
  const kind = own(tool, 'type')
  return [
    ...nameFaults(tool),
    ...unless(typeof kind === 'string' && kind !== '', kind === undefined ? '' : '/type', 'type-missing'),
    ...(kind === 'custom' ? urlFaults(tool) : []),
    ...(typeof kind === 'string' ? neededFaults(tool, kind) : []),
    ...Object.entries(fields).flatMap(([name, check]) => {
      const value = own(tool, name)
      return value === undefined || value === null ? [] : check(value, below('', name))
    }),
    ...(kind === 'custom' ? schemaFaults(tool) : []),
  ]
}

const nameFaults = (tool: JsonObject): Found => {
  const name = own(tool, 'name')
  return unless(
    typeof name === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(name),
    name === undefined ? '' : '/name',
    'name',
  )
}

const urlFaults = (tool: JsonObject): Found => {
  const url = own(tool, 'url')
  if (url === undefined || url === null || url === '') return wrongAt(url === undefined ? '' : '/url', 'url-missing')
  // What stands for a secret is no space in the address.
  const plain = typeof url === 'string' ? url.replace(placeholders, 'secret') : ''
  const isAddress = /^https?:\/\/[^\s/?#]+\S*$/i.test(plain) || /^\{\{[^{}]+\}\}\S*$/.test(plain)
  return unless(isAddress, '/url', 'url')
}

const neededFaults = (tool: JsonObject, kind: string): Found => {
  const paths = Object.hasOwn(needed, kind) ? (needed[kind] ?? []) : []
  const content = own(tool, 'sms_content')
  const [first] = [
    ...paths.filter((path) => isEmpty(valueAt(tool, path))),
    ...(kind === 'send_sms' && textIn(content, 'type') === 'predefined' && isEmpty(own(content, 'text'))
      ? ['/sms_content/text']
      : []),
    ...(kind === 'transfer_call' && textIn(own(tool, 'transfer_destination'), 'number') === ''
      ? ['/transfer_destination/number']
      : []),
  ]
  return first === undefined ? [] : wrongAt(valueAt(tool, first) === undefined ? '' : first, 'field-missing')
}

const isEmpty = (value: Json | undefined): boolean => value === undefined || value === null || value === ''

const schemaFaults = (tool: JsonObject): Found => {
  const schema = own(tool, 'parameters')
  if (schema === undefined || schema === null) return []
  if (!isObject(schema)) return wrongAt('/parameters', 'schema')
  const type = own(schema, 'type')
  return [
    ...unless(type === 'object', type === undefined ? '/parameters' : '/parameters/type', 'schema'),
    ...schemaPartFaults(schema, '/parameters', 0),
  ]
}

const types: ReadonlySet<Json> = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])
const deepest = 40

const schemaPartFaults = (schema: JsonObject, path: string, depth: number): Found => {
  if (depth > deepest) return []
  return [
    ...typeFaults(schema, path),
    ...propertyFaults(schema, path),
    ...choiceFaults(schema, path),
    ...innerFaults(schema, path, depth),
  ]
}

const typeFaults = (schema: JsonObject, path: string): Found => {
  const type = own(schema, 'type')
  if (type === undefined) return []
  const named: readonly Json[] = Array.isArray(type) ? type : [type]
  return unless(named.length > 0 && named.every((one) => types.has(one)), below(path, 'type'), 'schema-type')
}

const propertyFaults = (schema: JsonObject, path: string): Found => {
  const properties = own(schema, 'properties')
  const required = own(schema, 'required')
  const named = isObject(properties) ? properties : {}
  return [
    ...unless(properties === undefined || isObject(properties), below(path, 'properties'), 'schema-properties'),
    ...(Array.isArray(required)
      ? required.flatMap((one, index) =>
          unless(
            typeof one === 'string' && Object.hasOwn(named, one),
            below(path, 'required', index),
            'schema-required-unknown',
          ),
        )
      : unless(required === undefined, below(path, 'required'), 'schema-required')),
  ]
}

const choiceFaults = (schema: JsonObject, path: string): Found => {
  const choices = own(schema, 'enum')
  return unless(
    choices === undefined || (Array.isArray(choices) && choices.length > 0),
    below(path, 'enum'),
    'schema-choices',
  )
}

const innerFaults = (schema: JsonObject, path: string, depth: number): Found => {
  const properties = own(schema, 'properties')
  const items = own(schema, 'items')
  const inside: readonly (readonly [string, Json])[] = [
    ...(isObject(properties)
      ? Object.entries(properties).map(([name, one]) => [below(path, 'properties', name), one] as const)
      : []),
    ...(items === undefined || Array.isArray(items) ? [] : [[below(path, 'items'), items] as const]),
    ...['anyOf', 'oneOf', 'allOf'].flatMap((name) => {
      const parts = own(schema, name)
      return Array.isArray(parts) ? parts.map((one, index) => [below(path, name, index), one] as const) : []
    }),
  ]
  return inside.flatMap(([at, one]) =>
    isObject(one) ? schemaPartFaults(one, at, depth + 1) : unless(typeof one === 'boolean', at, 'schema-properties'),
  )
}
