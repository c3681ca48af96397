import { listIn, objectIn, own, textIn } from '../../domain/agents/json-places.ts'
import { sealedIds } from '../../domain/agents/sealed-values.ts'
import type { Json, JsonObject } from '../../domain/canonical-json.ts'

export const textFields = [
  'name',
  'description',
  'url',
  'method',
  'timeout_ms',
  'max_retry',
  'speak_during_execution',
  'speak_after_execution',
  'execution_message_type',
  'execution_message_description',
] as const
export type TextField = (typeof textFields)[number]
export const pairFields = ['headers', 'query_params', 'response_variables'] as const
export type PairField = (typeof pairFields)[number]

/** A row of two fields. `was`: what it is called in the document; empty for a new one. */
export interface PairEntry {
  readonly was: string
  readonly name: string
  /** Empty where a secret is kept, which is never shown. */
  readonly value: string
  readonly isSealed: boolean
}

export interface ParameterEntry {
  readonly was: string
  readonly name: string
  /** Empty: none of those that the form knows. */
  readonly type: string
  readonly description: string
  readonly isRequired: boolean
  /** One on each line. */
  readonly choices: string
}

/** A tool as its form shows it, or as somebody filled the form in. */
export interface ToolEntry {
  readonly texts: { readonly [Field in TextField]: string }
  readonly pairs: { readonly [Field in PairField]: readonly PairEntry[] }
  readonly parameters: readonly ParameterEntry[]
  readonly document: string
}

export const parameterTypes = ['string', 'number', 'integer', 'boolean', 'object', 'array'] as const

/** What a browser gives back of a text that was not touched. */
export const asTyped = (text: string): string => text.replace(/[\0\p{Cs}]/gu, '\uFFFD').replace(/\r\n?/g, '\n')
const onOneLine = (text: string): string => asTyped(text).replaceAll('\n', '')

const shown = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

export const documentText = (document: JsonObject): string => asTyped(JSON.stringify(document, null, 2))

export const isSealed = (value: Json | undefined): boolean => value !== undefined && sealedIds({ value }).size > 0

const severalLines: readonly string[] = ['description', 'execution_message_description']

const textsOf = (document: JsonObject): ToolEntry['texts'] => {
  const text = (name: TextField) => (severalLines.includes(name) ? asTyped : onOneLine)(shown(own(document, name)))
  return {
    name: text('name'),
    description: text('description'),
    url: text('url'),
    method: text('method'),
    timeout_ms: text('timeout_ms'),
    max_retry: text('max_retry'),
    speak_during_execution: text('speak_during_execution'),
    speak_after_execution: text('speak_after_execution'),
    execution_message_type: text('execution_message_type'),
    execution_message_description: text('execution_message_description'),
  }
}

/**
 * Names of an object as its rows show them, with what they are in the document. A name that no field can show apart from
 * another one has no row, and stays as it is.
 */
export const rowKeys = (object: JsonObject): ReadonlyMap<string, string> => {
  const rows = Object.keys(object).map((key) => [onOneLine(key).trim(), key] as const)
  return new Map(rows.filter(([was]) => was !== '' && rows.filter(([other]) => other === was).length === 1))
}

const pairsOf = (document: JsonObject, field: PairField): readonly PairEntry[] =>
  [...rowKeys(objectIn(document, field))].map(([was, key]) => {
    const value = objectIn(document, field)[key]
    return { was, name: was, value: isSealed(value) ? '' : onOneLine(shown(value)), isSealed: isSealed(value) }
  })

const parametersOf = (document: JsonObject): readonly ParameterEntry[] => {
  const parameters = own(document, 'parameters')
  const required = listIn(parameters, 'required')
  const properties = objectIn(parameters, 'properties')
  return [...rowKeys(properties)].map(([was, key]) => {
    const schema = properties[key]
    return {
      was,
      name: was,
      type: parameterTypes.find((one) => one === textIn(schema, 'type')) ?? '',
      description: asTyped(shown(own(schema, 'description'))),
      isRequired: required.includes(key),
      choices: asTyped(
        listIn(schema, 'enum')
          .map((one) => shown(one))
          .join('\n'),
      ),
    }
  })
}

/** What the form shows of a tool's document. */
export const toolEntryOf = (document: JsonObject): ToolEntry => ({
  texts: textsOf(document),
  pairs: {
    headers: pairsOf(document, 'headers'),
    query_params: pairsOf(document, 'query_params'),
    response_variables: pairsOf(document, 'response_variables'),
  },
  parameters: parametersOf(document),
  document: documentText(document),
})

/** A field of a form, as long as it is. */
export const wholeText = (body: unknown, name: string): string => {
  const value = typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? Reflect.get(body, name) : ''
  return typeof value === 'string' ? asTyped(value) : ''
}

const hasField = (body: unknown, name: string): boolean =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, name)

/** Undefined: the form has no rows of this field, not even an empty one. */
const rowsOf = <Row>(
  body: unknown,
  field: string,
  read: (at: (part: string) => string) => Row,
): readonly Row[] | undefined => {
  const rows: Row[] = []
  while (hasField(body, `${field}.${rows.length}.name`)) {
    const row = rows.length
    rows.push(read((part) => wholeText(body, `${field}.${row}.${part}`)))
  }
  return rows.length === 0 ? undefined : rows
}

/** What somebody filled in, for a tool of which this is known. Rows without anything are left out. */
export const toolEntryFrom = (body: unknown, shownBefore: ToolEntry): ToolEntry => {
  const pairs = (field: PairField) =>
    rowsOf(
      body,
      field,
      (at): PairEntry => ({
        was: at('was'),
        name: at('name').trim(),
        value: at('value'),
        isSealed: shownBefore.pairs[field].some((one) => one.was === at('was') && one.isSealed),
      }),
    )?.filter(({ name, value }) => name !== '' || value !== '') ?? shownBefore.pairs[field]
  const text = (field: TextField) => (hasField(body, field) ? wholeText(body, field) : shownBefore.texts[field])
  return {
    texts: {
      name: text('name').trim(),
      description: text('description'),
      url: text('url').trim(),
      method: text('method'),
      timeout_ms: text('timeout_ms').trim(),
      max_retry: text('max_retry').trim(),
      speak_during_execution: text('speak_during_execution'),
      speak_after_execution: text('speak_after_execution'),
      execution_message_type: text('execution_message_type'),
      execution_message_description: text('execution_message_description'),
    },
    pairs: {
      headers: pairs('headers'),
      query_params: pairs('query_params'),
      response_variables: pairs('response_variables'),
    },
    parameters:
      rowsOf(
        body,
        'parameters',
        (at): ParameterEntry => ({
          was: at('was'),
          name: at('name').trim(),
          type: at('type'),
          description: at('description'),
          isRequired: at('required') !== '',
          choices: at('choices'),
        }),
      )?.filter(({ name }) => name !== '') ?? shownBefore.parameters,
    document: hasField(body, 'document') ? wholeText(body, 'document') : shownBefore.document,
  }
}
