/** Why a text is no JSON document: what is missing or too much at this place. */
export type JsonFaultKind = 'value' | 'name' | 'colon' | 'comma' | 'text' | 'rest' | 'twice' | 'deep'

export interface JsonFault {
  readonly kind: JsonFaultKind
  /** Counted from 1. */
  readonly line: number
}

const deepest = 100
const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const words = /(?:true|false|null)(?![A-Za-z0-9_])/y
const escapes = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const spaces = /[ \t\r\n]*/y

/** The first fault of a text that is to be JSON, with its line, for parsers do not say it. A name that is given twice is one. */
export const jsonFault = (text: string): JsonFault | undefined => {
  let at = 0
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const [found] = pattern.exec(text) ?? []
    at += found?.length ?? 0
    return found
  }
  const here = (kind: JsonFaultKind, place = at): JsonFault => ({ kind, line: text.slice(0, place).split('\n').length })
  const next = (): string => {
    match(spaces)
    return text.charAt(at)
  }

  const string = (): JsonFault | undefined => {
    const from = at
    for (at += 1; at < text.length; ) {
      const sign = text.charAt(at)
      if (sign === '"') {
        at += 1
        return undefined
      }
      if (sign < ' ') return here('text', from)
      if (sign !== '\\') at += 1
      else if (match(escapes) === undefined) return here('text')
    }
    return here('text', from)
  }

  const value = (depth: number): JsonFault | undefined => {
    const sign = next()
    if (depth > deepest) return here('deep')
    if (sign === '"') return string()
    if (sign === '{') return members(depth, '}', new Set())
    if (sign === '[') return members(depth, ']', undefined)
    return (match(words) ?? match(numbers)) ? undefined : here('value')
  }

  const name = (names: Set<unknown>): JsonFault | undefined => {
    if (next() !== '"') return here('name')
    const from = at
    const fault = string()
    if (fault) return fault
    const found: unknown = JSON.parse(text.slice(from, at))
    if (names.has(found)) return here('twice', from)
    names.add(found)
    if (next() !== ':') return here('colon')
    at += 1
    return undefined
  }

  const members = (depth: number, end: string, names: Set<unknown> | undefined): JsonFault | undefined => {
    at += 1
    if (next() === end) {
      at += 1
      return undefined
    }
    for (;;) {
      const fault = (names && name(names)) ?? value(depth + 1)
      if (fault) return fault
      const sign = next()
      at += 1
      if (sign === end) return undefined
      if (sign !== ',') return here('comma', at - 1)
    }
  }

  const fault = value(0)
  if (fault) return fault
  return next() === '' ? undefined : here('rest')
}
