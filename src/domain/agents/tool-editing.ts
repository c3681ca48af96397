import { err, ok, type Result } from 'neverthrow'
import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { textsOf } from './agent-texts.ts'
import { type AgentTool, isCalled, toolPlaces, toolsOf } from './agent-tools.ts'
import { type AgentConfiguration, documentOf } from './configuration.ts'
import { flowsOf } from './flow-graph.ts'
import { below, listIn, namesOf, textIn, valueAt, withValue } from './json-places.ts'

/** There is no tool under this pointer. */
export type UnknownTool = { readonly kind: 'unknown-tool'; readonly path: string }
/** This configuration keeps no tools under this pointer. */
export type UnknownToolPlace = { readonly kind: 'unknown-tool-place'; readonly path: string }
/** Whoever may use the tool has another one of this name. */
export type ToolNameTaken = { readonly kind: 'tool-name-taken'; readonly name: string }

/** A configuration after one of its tools was changed, and where that tool is now. */
export interface EditedTool {
  readonly configuration: AgentConfiguration
  readonly path: string
}

/** One value inside a tool: a pointer into its document. Undefined: it is taken away. */
export interface FieldPatch {
  readonly path: string
  readonly value: Json | undefined
}

/** Where a configuration speaks of a tool: a node or state that asks it, or a text that names it. */
export interface ToolReference {
  readonly kind: 'node' | 'text'
  /** A pointer into the configuration's document. */
  readonly path: string
}

export const findTool = (configuration: AgentConfiguration, path: string): AgentTool | undefined =>
  toolsOf(configuration).find((tool) => tool.path === path)

/** Adds a tool at the end of a place (`toolPlaces`). In a flow it gets an id if it has none, for nodes ask it by that. */
export const addTool = (
  configuration: AgentConfiguration,
  place: string,
  tool: JsonObject,
): Result<EditedTool, UnknownToolPlace | ToolNameTaken> => {
  const known = toolPlaces(configuration).find(({ path }) => path === place)
  if (!known) return err({ kind: 'unknown-tool-place', path: place })
  const name = textIn(tool, 'name')
  if (name !== undefined && isTaken(configuration, place, name)) return err({ kind: 'tool-name-taken', name })
  const list = listAt(configuration, place)
  const isAsked = place === '/response_engine/tools' || known.owner.kind === 'component'
  const added =
    isAsked && textIn(tool, 'tool_id') === undefined
      ? { ...tool, tool_id: freeId(configuration, `tool-${name ?? ''}`) }
      : tool
  return ok({ configuration: edited(configuration, place, [...list, added]), path: below(place, list.length) })
}

/** Changes values inside a tool, in their order. Everything else of it stays as it is, understood or not. */
export const changeTool = (
  configuration: AgentConfiguration,
  path: string,
  patches: readonly FieldPatch[],
): Result<EditedTool, UnknownTool | ToolNameTaken> => {
  const tool = findTool(configuration, path)
  if (!tool) return err({ kind: 'unknown-tool', path })
  const changed = patches.reduce<Json>((so, patch) => withValue(so, patch.path, patch.value), tool.document)
  const name = textIn(changed, 'name')
  if (name !== undefined && name !== tool.name && isTaken(configuration, placeOf(path), name)) {
    return err({ kind: 'tool-name-taken', name })
  }
  return ok({ configuration: edited(configuration, path, isObject(changed) ? changed : tool.document), path })
}

/** A copy right behind the tool, or at the end of another place, under a name and an id that are free. */
export const copyTool = (
  configuration: AgentConfiguration,
  path: string,
  { name, to = placeOf(path) }: { readonly name?: string; readonly to?: string } = {},
): Result<EditedTool, UnknownTool | UnknownToolPlace | ToolNameTaken> => {
  const tool = findTool(configuration, path)
  if (!tool) return err({ kind: 'unknown-tool', path })
  if (!toolPlaces(configuration).some((place) => place.path === to))
    return err({ kind: 'unknown-tool-place', path: to })
  const isThere = (one: string) => isTaken(configuration, to, one)
  if (name !== undefined && isThere(name)) return err({ kind: 'tool-name-taken', name })
  const original = tool.name ?? 'tool'
  const free = name ?? (isThere(original) ? freeName(original, isThere) : original)
  const id = tool.toolId === undefined ? {} : { tool_id: freeId(configuration, tool.toolId) }
  const list = listAt(configuration, to)
  const at = to === placeOf(path) ? Number(namesOf(path).at(-1)) + 1 : list.length
  const copied = list.toSpliced(at, 0, { ...tool.document, name: free, ...id })
  return ok({ configuration: edited(configuration, to, copied), path: below(to, at) })
}

/** Takes a tool away. What still speaks of it is named, and left as it is. */
export const removeTool = (
  configuration: AgentConfiguration,
  path: string,
): Result<
  { readonly configuration: AgentConfiguration; readonly references: readonly ToolReference[] },
  UnknownTool
> => {
  const tool = findTool(configuration, path)
  if (!tool) return err({ kind: 'unknown-tool', path })
  const removed = edited(configuration, path, undefined)
  return ok({ configuration: removed, references: referencesTo(removed, tool) })
}

/** Gives a tool another name, also where nodes ask it by its name. Texts that name it are named, and left as they are. */
export const renameTool = (
  configuration: AgentConfiguration,
  path: string,
  name: string,
): Result<EditedTool & { readonly references: readonly ToolReference[] }, UnknownTool | ToolNameTaken> => {
  const tool = findTool(configuration, path)
  if (!tool) return err({ kind: 'unknown-tool', path })
  const references = referencesTo(configuration, tool)
  return changeTool(configuration, path, [{ path: '/name', value: name }]).map((changed) => ({
    path,
    configuration:
      tool.toolId === undefined
        ? references
            .filter(({ kind }) => kind === 'node')
            .reduce((so, reference) => edited(so, reference.path, name), changed.configuration)
        : changed.configuration,
    references: references.filter(({ kind }) => kind === 'text'),
  }))
}

/** Everything outside of the tool that speaks of it, in the order of the document. */
export const referencesTo = (configuration: AgentConfiguration, tool: AgentTool): readonly ToolReference[] => {
  const { engine } = configuration
  const nodes = engine === undefined ? [] : flowsOf(engine, '/response_engine').flatMap((flow) => flow.nodes)
  const named = tool.name === undefined ? undefined : wordOf(tool.name)
  return [
    ...nodes.flatMap(({ document, path }): readonly ToolReference[] => [
      ...(isCalled(tool, textIn(document, 'tool_id') ?? '')
        ? [{ kind: 'node', path: below(path, 'tool_id') } as const]
        : []),
      ...listIn(document, 'tool_ids').flatMap((called, index): readonly ToolReference[] =>
        typeof called === 'string' && isCalled(tool, called)
          ? [{ kind: 'node', path: below(path, 'tool_ids', index) }]
          : [],
      ),
    ]),
    ...textsOf(configuration).flatMap(({ text, path, of }): readonly ToolReference[] =>
      of !== tool.path && named?.test(text) ? [{ kind: 'text', path }] : [],
    ),
  ]
}

const wordOf = (name: string): RegExp =>
  new RegExp(`(?<![\\w-])${name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}(?![\\w-])`)

const placeOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

const listAt = (configuration: AgentConfiguration, place: string): readonly Json[] => {
  const list = valueAt(documentOf(configuration), place)
  return Array.isArray(list) ? list : []
}

/** Nodes and states see the tools of the whole agent beside their own. */
const isTaken = (configuration: AgentConfiguration, place: string, name: string): boolean =>
  toolsOf(configuration).some(
    (tool) => tool.name === name && (placeOf(tool.path) === place || tool.owner.kind === 'agent'),
  )

const longestName = 64

const freeName = (name: string, isThere: (name: string) => boolean): string => {
  for (let count = 1; ; count += 1) {
    const ending = count === 1 ? '_copy' : `_copy${count}`
    const free = `${name.slice(0, longestName - ending.length)}${ending}`
    if (!isThere(free)) return free
  }
}

const freeId = (configuration: AgentConfiguration, id: string): string => {
  const taken = new Set(toolsOf(configuration).map(({ toolId }) => toolId))
  if (!taken.has(id)) return id
  for (let count = 2; ; count += 1) if (!taken.has(`${id}-${count}`)) return `${id}-${count}`
}

const edited = (configuration: AgentConfiguration, path: string, value: Json | undefined): AgentConfiguration => {
  const document = withValue(documentOf(configuration), path, value)
  const [agent, engine] = [valueAt(document, '/agent'), valueAt(document, '/response_engine')]
  return {
    agent: isObject(agent) ? agent : configuration.agent,
    engine: isObject(engine) ? engine : configuration.engine,
    numbers: configuration.numbers,
  }
}
