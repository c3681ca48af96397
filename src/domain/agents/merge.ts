import { err, ok, type Result } from 'neverthrow'
import { isObject, type Json, type JsonObject } from '../canonical-json.ts'
import { type AgentConfiguration, contentOf, engineOf } from './configuration.ts'
import { agentShape, type DocumentShape, engineShape } from './document-shape.ts'
import { own } from './json-places.ts'
import { mergeOrder } from './merge-order.ts'
import { mergeText } from './merge-text.ts'
import { hasRenamed, identityField, itemsByName, itemToken, nowClashes } from './named-lists.ts'
import { type Path, pathText } from './patch.ts'
import { allNames, isList, sameJson } from './same-json.ts'

type Value = Json | undefined

/** One thing in its three versions; undefined where a version has it not. */
interface Sides<Of = Value> {
  readonly base: Of
  readonly ours: Of
  readonly theirs: Of
}

/**
 * What both sides changed, each in its own way: a value, or the order of a list (each side as the names of its things).
 * Until it is decided, the merge has what stood in the base.
 */
export interface MergeDifference extends Sides {
  readonly kind: 'value' | 'order'
  readonly path: Path
}

/** Which side is right, or what is right instead; undefined: nothing is. An order is the names in their order. */
export type MergeDecision = 'ours' | 'theirs' | { readonly value: Value }

/** By the text of the path (`pathText`) of a difference. */
type Decisions = ReadonlyMap<string, MergeDecision>

export interface Merge {
  /** The contents of both; what Retell only says about an agent is not in it. */
  readonly merged: AgentConfiguration
  /** What is left to be decided. */
  readonly conflicts: readonly MergeDifference[]
  readonly sides: Sides<AgentConfiguration>
  readonly decisions: Decisions
}

/** There is nothing to decide at these paths. */
export type NotDisputed = { readonly kind: 'not-disputed'; readonly paths: readonly string[] }

/** One way through three documents. */
interface Way {
  readonly decisions: Decisions
  readonly conflicts: MergeDifference[]
}

/**
 * Both sides' changes since the base. Fields of documents are merged one by one; lists of tools, states, nodes and other
 * named things by their names; maps such as headers by entry; prompts by sentence where the sentences that changed do not
 * touch; numbers as sets. Everything else is one value. Every change of either side is in the merge or in a conflict.
 */
export const merge = (base: AgentConfiguration, ours: AgentConfiguration, theirs: AgentConfiguration): Merge =>
  mergedWith({ base, ours, theirs }, new Map())

/** The same merge with these decisions, besides those that were taken already. */
export const resolve = (
  { sides, decisions: taken, conflicts }: Merge,
  decisions: Decisions,
): Result<Merge, NotDisputed> => {
  const asked = new Set([...conflicts.map(({ path }) => pathText(path)), ...taken.keys()])
  const paths = [...decisions.keys()].filter((path) => !asked.has(path))
  if (paths.length > 0) return err({ kind: 'not-disputed', paths })
  return ok(mergedWith(sides, new Map([...taken, ...decisions])))
}

const mergedWith = (sides: Sides<AgentConfiguration>, decisions: Decisions): Merge => {
  const way: Way = { decisions, conflicts: [] }
  const contents = each(sides, contentOf)
  const agent = mergeDocument(way, agentShape, ['agent'], each(fieldIn(contents, 'agent'), objectOf))
  const engines = fieldIn(contents, 'engine')
  const engine = canBeMerged(
    each(sides, (side) => engineOf(side.agent)?.kind),
    engines,
  )
    ? mergeDocument(way, engineShape, ['engine'], each(engines, objectOf))
    : mergeValue(way, ['engine'], engines)
  return {
    merged: { agent, engine: isObject(engine) ? engine : undefined, numbers: mergeNumbers(sides) },
    conflicts: way.conflicts,
    sides,
    decisions,
  }
}

const each = <One, Other>({ base, ours, theirs }: Sides<One>, make: (one: One) => Other): Sides<Other> => ({
  base: make(base),
  ours: make(ours),
  theirs: make(theirs),
})

const all = <Of>({ base, ours, theirs }: Sides<Of>): readonly Of[] => [base, ours, theirs]

const objectOf = (value: Value): JsonObject => (isObject(value) ? value : {})

const fieldIn = (sides: Sides<JsonObject>, name: string): Sides => each(sides, (side) => own(side, name))

/** Objects of one kind: fields of a language model make no sense in a conversation flow. */
const canBeMerged = (kinds: Sides, values: Sides): boolean =>
  all(values).every(isObject) && sameJson(kinds.base, kinds.ours) && sameJson(kinds.base, kinds.theirs)

const mergeNumbers = ({ base, ours, theirs }: Sides<AgentConfiguration>): AgentConfiguration['numbers'] => {
  const [before, mine, others] = [base, ours, theirs].map(({ numbers }) => new Set(numbers))
  return [...new Set([...ours.numbers, ...theirs.numbers])]
    .filter((number) => (mine?.has(number) && others?.has(number)) || !before?.has(number))
    .toSorted()
}

/** What the sides agree on, or one of them alone changed. Undefined: they do not. */
const agreed = ({ base, ours, theirs }: Sides): { readonly value: Value } | undefined => {
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return { value: ours }
  return sameJson(base, ours) ? { value: theirs } : undefined
}

const mergeValue = (way: Way, path: Path, sides: Sides): Value => {
  const value = agreed(sides)
  return value === undefined ? disputed(way, 'value', path, sides) : value.value
}

const disputed = (way: Way, kind: MergeDifference['kind'], path: Path, sides: Sides): Value => {
  const decision = way.decisions.get(pathText(path))
  if (decision !== undefined) return typeof decision === 'string' ? sides[decision] : decision.value
  way.conflicts.push({ kind, path, ...sides })
  return sides.base
}

const mergeDocument = (way: Way, shape: DocumentShape, path: Path, sides: Sides<JsonObject>): JsonObject =>
  Object.fromEntries(
    allNames(...all(sides)).flatMap((name): [string, Json][] => {
      const value = mergeField(way, shape, name, [...path, name], fieldIn(sides, name))
      return value === undefined ? [] : [[name, value]]
    }),
  )

const mergeField = (way: Way, shape: DocumentShape, name: string, path: Path, sides: Sides): Value => {
  if (agreed(sides) !== undefined) return mergeValue(way, path, sides)
  const { base, ours, theirs } = sides
  const item = shape.lists.get(name)?.item
  if (item !== undefined && isList(ours) && isList(theirs)) {
    const lists = { base: isList(base) ? base : [], ours, theirs }
    const field = identityField(name, all(lists))
    if (field !== undefined) return mergeList(way, item, path, lists, field)
  }
  if (shape.texts.has(name) && typeof base === 'string' && typeof ours === 'string' && typeof theirs === 'string') {
    return mergeText(base, ours, theirs) ?? disputed(way, 'value', path, sides)
  }
  if (shape.maps.has(name) && isObject(ours) && isObject(theirs)) {
    return mergeDocument(way, entriesOnly, path, { base: objectOf(base), ours, theirs })
  }
  const part = shape.parts.get(name)
  return part === undefined ? disputed(way, 'value', path, sides) : mergeWhole(way, part, path, sides)
}

const entriesOnly: DocumentShape = { lists: new Map(), texts: new Set(), maps: new Set(), parts: new Map() }

/** Field by field where all three are of one kind. */
const mergeWhole = (way: Way, shape: DocumentShape, path: Path, sides: Sides): Value => {
  const isAgreed = agreed(sides) !== undefined
  return !isAgreed &&
    canBeMerged(
      each(sides, (side) => own(side, 'type')),
      sides,
    )
    ? mergeDocument(way, shape, path, each(sides, objectOf))
    : mergeValue(way, path, sides)
}

/**
 * What both added under different names may have the same id, and what one of them renamed may be gone from the other;
 * then the list is a matter of dispute as a whole.
 */
const mergeList = (way: Way, shape: DocumentShape, path: Path, lists: Sides<readonly Json[]>, field: string): Value => {
  const name = path.at(-1) ?? ''
  if (hasRenamed(name, all(lists), field)) return disputed(way, 'value', path, lists)
  const before = way.conflicts.length
  const merged = mergeThings(way, shape, path, lists, field)
  if (!nowClashes(name, all(lists), merged)) return merged
  way.conflicts.length = before
  return disputed(way, 'value', path, lists)
}

const mergeThings = (
  way: Way,
  shape: DocumentShape,
  path: Path,
  lists: Sides<readonly Json[]>,
  field: string,
): readonly Json[] => {
  const byName = each(lists, (items) => itemsByName(items, field))
  const names = [...new Set(all(byName).flatMap((items) => [...items.keys()]))]
  const left = new Map(
    names.flatMap((name): [string, Json][] => {
      const sides = each(byName, (items) => items.get(name))
      const value = mergeWhole(way, shape, [...path, itemToken(field, name)], sides)
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const orders = each(byName, (items) => [...items.keys()])
  const { order, isDisputed } = mergeOrder(orders, [...left.keys()])
  const inOrder = isDisputed ? mergeOrder(orders, [...left.keys()], decidedOrder(way, path, orders)).order : order
  return inOrder.flatMap((name) => {
    const item = left.get(name)
    return item === undefined ? [] : [item]
  })
}

const decidedOrder = (way: Way, path: Path, orders: Sides<readonly string[]>): readonly string[] => {
  const value = disputed(way, 'order', path, orders)
  return isList(value) ? value.filter((name) => typeof name === 'string') : orders.base
}
