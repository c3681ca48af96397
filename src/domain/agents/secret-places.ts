import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { own } from './json-places.ts'
import { isList } from './same-json.ts'
import { isHarmlessHeader, namesSecret, parameterNamesSecret } from './secret-names.ts'

/**
 * What the place of a value says about texts in it. `secret`: each is one; `private`: each is treated as one, for nobody
 * knows; `open`: only what looks like one; `settled`: the same, whatever names are in it. The others hold some of them.
 */
export type SecretPlace =
  | 'open'
  | 'settled'
  | 'secret'
  | 'private'
  | 'headers'
  | 'header'
  | 'parameters'
  | 'schemas'
  | 'schema of a secret'

const holders: ReadonlyMap<string, SecretPlace> = new Map<string, SecretPlace>([
  ['headers', 'headers'],
  ['custom_headers', 'headers'],
  ['http_headers', 'headers'],
  ['query_params', 'parameters'],
  ['response_variables', 'settled'],
  ['properties', 'schemas'],
])
/** What says of a secret what it is. */
const aboutSecret = /^(?:type|kind|name|description|id)$/
const valueInSchema = /^(?:const|default|enum|example|examples)$/

const placeOfHeader = (name: Json | undefined): SecretPlace => {
  if (typeof name === 'string' && isHarmlessHeader(name)) return 'settled'
  return typeof name === 'string' && namesSecret(name) ? 'secret' : 'private'
}

/** The place of a value that has this name in an object that stands in `place`. */
export const placeUnder = (place: SecretPlace, name: string, value: Json, object: JsonObject): SecretPlace => {
  switch (place) {
    case 'headers':
      return placeOfHeader(name)
    case 'header':
      return name === 'value' ? placeOfHeader(own(object, 'name') ?? own(object, 'key')) : 'settled'
    case 'parameters':
      return parameterNamesSecret(name) ? 'secret' : 'settled'
    case 'schemas':
      return namesSecret(name) ? 'schema of a secret' : 'open'
    case 'schema of a secret':
      return valueInSchema.test(name) ? 'secret' : 'open'
    case 'secret':
    case 'private':
      return aboutSecret.test(name) ? 'settled' : place
    case 'settled':
      return 'settled'
    case 'open': {
      const holder = isObject(value) || isList(value) ? holders.get(name) : undefined
      return holder ?? (namesSecret(name) ? 'secret' : 'open')
    }
  }
}

/** The place of the items of a list. Headers may be pairs of name and value. */
export const placeInList = (place: SecretPlace): SecretPlace => (place === 'headers' ? 'header' : place)
