import { isObject, type Json, type JsonObject } from '../canonical-json.ts'

/** Why an agent could not have sent these arguments with this tool, or would have sent something else. */
export type SentArgumentFault =
  | { readonly kind: 'not-a-parameter'; readonly name: string }
  | { readonly kind: 'required-missing'; readonly name: string }
  | { readonly kind: 'not-allowed'; readonly name: string; readonly allowed: string }

const typeFits: { readonly [type: string]: (value: Json) => boolean } = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => typeof value === 'number' && Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isObject,
  null: (value) => value === null,
}

/**
 * Holds arguments against a tool's parameters, a JSON Schema, as far as agents' tools use it: names, `required`, `type`,
 * `enum`. What it does not understand it lets pass.
 */
export const sentArgumentFaults = (tool: JsonObject, args: JsonObject): readonly SentArgumentFault[] => {
  const { parameters } = tool
  if (!isObject(parameters)) {
    return Object.keys(args).map((name) => ({ kind: 'not-a-parameter', name }))
  }
  const properties = isObject(parameters.properties) ? parameters.properties : {}
  const required = Array.isArray(parameters.required) ? parameters.required : []
  const isOpen = parameters.additionalProperties === true
  return [
    ...Object.keys(args)
      .filter((name) => !isOpen && !Object.hasOwn(properties, name))
      .map((name) => ({ kind: 'not-a-parameter', name }) as const),
    ...required
      .filter((name): name is string => typeof name === 'string' && !Object.hasOwn(args, name))
      // Retell itself fills in what is constant.
      .filter((name) => !hasConstant(properties, name))
      .map((name) => ({ kind: 'required-missing', name }) as const),
    ...Object.entries(args).flatMap(([name, value]) => unfit(name, value, properties)),
  ]
}

const schemaOf = (properties: JsonObject, name: string): JsonObject => {
  const schema = Object.hasOwn(properties, name) ? properties[name] : undefined
  return isObject(schema) ? schema : {}
}

const hasConstant = (properties: JsonObject, name: string): boolean =>
  Object.hasOwn(schemaOf(properties, name), 'const')

const unfit = (name: string, value: Json, properties: JsonObject): readonly SentArgumentFault[] => {
  const { enum: allowed, type } = schemaOf(properties, name)
  if (Array.isArray(allowed) && !allowed.some((one) => JSON.stringify(one) === JSON.stringify(value)))
    return [{ kind: 'not-allowed', name, allowed: allowed.map(String).join(', ') }]
  const types = (Array.isArray(type) ? type : [type]).filter((one): one is string => typeof one === 'string')
  const known = types.filter((one) => Object.hasOwn(typeFits, one))
  if (known.length === 0 || known.length < types.length || known.some((one) => typeFits[one]?.(value))) return []
  return [{ kind: 'not-allowed', name, allowed: known.join(', ') }]
}

/** The arguments as Retell sends them: what the tool's parameters fix stands as they fix it. */
export const withConstants = (tool: JsonObject, args: JsonObject): JsonObject => {
  const { parameters } = tool
  if (!isObject(parameters) || !isObject(parameters.properties)) return args
  const fixed = Object.entries(parameters.properties).flatMap(([name, schema]): readonly [string, Json][] => {
    const constant = isObject(schema) && Object.hasOwn(schema, 'const') ? schema.const : undefined
    return constant === undefined ? [] : [[name, constant]]
  })
  return { ...args, ...Object.fromEntries(fixed) }
}
