import { isList } from '../../domain/agents/same-json.ts'
import { isObject, type Json, type JsonObject } from '../../domain/canonical-json.ts'
import { fileNames } from './file-names.ts'
import { yamlOf } from './yaml-text.ts'

/** Files by their path in the folder of an agent, with `/` between the names. */
export type FolderFiles = ReadonlyMap<string, string>

/** In the place of what has a file of its own stands `$file: its path`. */
const marker = '$file'
/** A document's own field of that name gets a second dollar, and so on. */
const markers = /^\$+file$/

const onlyName = (object: JsonObject): string | undefined => {
  const [name, ...others] = Object.keys(object)
  return others.length === 0 ? name : undefined
}

/** Fields of an engine that are texts to be read and reviewed. */
const prompts = new Set(['general_prompt', 'global_prompt', 'begin_message'])
const toolLists = new Set(['general_tools', 'tools'])

/** Can it stand in a text file, and be read as the same text again whatever keeps the file? */
const isPlain = (value: Json | undefined): value is string =>
  typeof value === 'string' && !/[^\P{Cc}\n\t]|\p{Cs}|\uFEFF/u.test(value)

/** An engine whose prompts and tools are in files of their own, and those files. */
export const takenOutside = (engine: JsonObject): { readonly engine: JsonObject; readonly files: FolderFiles } => {
  const files = new Map<string, string>()
  const nameOf = fileNames()
  const outside = (file: string, text: string): JsonObject => {
    files.set(file, text)
    return { [marker]: file }
  }
  const textAt = (file: () => string, value: Json | undefined): Json | undefined =>
    isPlain(value) ? outside(file(), `${value}\n`) : undefined
  const named = (item: JsonObject, ...names: readonly string[]): string =>
    names.map((name) => item[name]).find((name) => typeof name === 'string') ?? ''

  const tool = (item: Json): Json =>
    isObject(item) ? outside(nameOf('tools', named(item, 'name'), 'yaml'), yamlOf(item)) : escaped(item)
  const state = (item: Json): Json => {
    const file = () => nameOf('states', isObject(item) ? named(item, 'name') : '', 'md')
    return within(item, 'state_prompt', (prompt) => textAt(file, prompt))
  }
  const node = (item: Json): Json => {
    const file = () => nameOf('nodes', isObject(item) ? named(item, 'name', 'id') : '', 'md')
    return within(item, 'instruction', (instruction) =>
      isObject(instruction) && isPlain(instruction.text)
        ? within(instruction, 'text', (text) => textAt(file, text))
        : undefined,
    )
  }
  const field = (name: string, value: Json): Json => {
    if (prompts.has(name)) return textAt(() => `${name}.md`, value) ?? escaped(value)
    if (!isList(value)) return escaped(value)
    if (toolLists.has(name)) return value.map(tool)
    if (name === 'states') return value.map(state)
    return name === 'nodes' ? value.map(node) : escaped(value)
  }
  const kept = Object.fromEntries(Object.entries(engine).map(([name, value]) => [name, field(name, value)]))
  return { engine: kept, files }
}

/** With one field of it exchanged, where there is something to exchange it for. */
const within = (item: Json, name: string, change: (value: Json | undefined) => Json | undefined): Json => {
  if (!isObject(item) || !Object.hasOwn(item, name)) return escaped(item)
  const changed = change(item[name])
  if (changed === undefined) return escaped(item)
  return Object.fromEntries(
    Object.entries(item).map(([other, value]) => [other, other === name ? changed : escaped(value)]),
  )
}

const escaped = (value: Json): Json => {
  if (isList(value)) return value.map(escaped)
  if (!isObject(value)) return value
  const only = onlyName(value)
  const dollar = only !== undefined && markers.test(only) ? '$' : ''
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [`${dollar}${name}`, escaped(inner)]))
}

/** What stands in the files in the places that name them. `fileAt` says what a file holds. */
export const broughtInside = (engine: JsonObject, fileAt: (path: string) => Json): JsonObject =>
  Object.fromEntries(Object.entries(engine).map(([name, value]) => [name, inside(value, fileAt)]))

const inside = (value: Json, fileAt: (path: string) => Json): Json => {
  if (isList(value)) return value.map((item) => inside(item, fileAt))
  if (!isObject(value)) return value
  const only = onlyName(value)
  const path = value[marker]
  if (only === marker && typeof path === 'string') return fileAt(path)
  const isEscaped = only !== undefined && markers.test(only) && only !== marker
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [isEscaped ? name.slice(1) : name, inside(inner, fileAt)]),
  )
}
