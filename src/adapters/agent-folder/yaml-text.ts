import { err, ok, type Result } from 'neverthrow'
import { Document, parseDocument } from 'yaml'
import { sameJson } from '../../domain/agents/same-json.ts'
import { isObject, type Json } from '../../domain/canonical-json.ts'

/** JSON as YAML that a person reads and changes. Read again, it is the same. */
export const yamlOf = (value: Json): string => {
  const document = new Document(value, { schema: 'core', aliasDuplicateObjects: false })
  const text = document.toString({ lineWidth: 0, blockQuote: 'literal' })
  const read = jsonOf(text)
  // Every JSON is YAML, which has a few texts that no block can hold.
  return read.isOk() && sameJson(read.value, value) ? text : `${JSON.stringify(value, null, 2)}\n`
}

/** What YAML 1.2 says, as far as JSON can say it. The error is a sentence with the line. */
export const jsonOf = (text: string): Result<Json, string> => {
  try {
    const document = parseDocument(text, { schema: 'core', prettyErrors: true })
    const [fault] = [...document.errors, ...document.warnings]
    if (fault) return err(fault.message.split('\n')[0] ?? 'This is no YAML.')
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    return isJson(value) ? ok(value) : err('This holds something that JSON has no word for.')
  } catch {
    return err('This cannot be read as YAML.')
  }
}

const isJson = (value: unknown): value is Json => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  return Array.isArray(value) ? value.every(isJson) : isObject(value) && Object.values(value).every(isJson)
}
