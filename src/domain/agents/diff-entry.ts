import type { Json } from '../canonical-json.ts'
import type { SectionName } from './document-shape.ts'
import type { Patch, Path } from './patch.ts'
import type { TextDiff } from './text-diff.ts'

/** How something changed; `renamed`: it is the same under another name, `reordered`: the same things in another order. */
export type ChangeKind = 'added' | 'removed' | 'changed' | 'renamed' | 'reordered'

/** One thing that changed. Paths lead into the content of a configuration: `agent`, `engine` or `numbers`. */
export type DiffEntry =
  /** A setting: what stands there as a whole, or one place in it. */
  | {
      readonly kind: 'setting'
      readonly path: Path
      readonly change: 'added' | 'removed' | 'changed'
      readonly before: Json | undefined
      readonly after: Json | undefined
    }
  /** A text, sentence by sentence. */
  | {
      readonly kind: 'text'
      readonly path: Path
      readonly change: 'added' | 'removed' | 'changed'
      readonly before: Json | undefined
      readonly after: Json | undefined
      readonly diff: TextDiff
    }
  /** A tool, state, node, ... Its texts and the things in it are entries of their own. */
  | {
      readonly kind: 'thing'
      readonly path: Path
      /** Empty for what has none. */
      readonly name: string
      /** The name before, when that is what changed or changed as well. */
      readonly previously: string | undefined
      readonly change: Exclude<ChangeKind, 'reordered'>
      readonly before: Json | undefined
      readonly after: Json | undefined
      /** What of it changed, in paths from the top. Empty for what was added or removed. */
      readonly fields: Patch
    }
  /** The things of a list, or its items where they have no names. */
  | {
      readonly kind: 'order'
      readonly path: Path
      readonly change: 'reordered'
      readonly before: readonly string[]
      readonly after: readonly string[]
    }

/** An entry, and the section that it belongs to. */
export interface SectionEntry {
  readonly section: SectionName
  readonly entry: DiffEntry
}
