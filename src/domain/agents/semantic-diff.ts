import { type AgentConfiguration, contentOf } from './configuration.ts'
import type { ChangeKind, DiffEntry, SectionEntry } from './diff-entry.ts'
import { documentDiff } from './document-diff.ts'
import { agentShape, engineShape, type SectionName, sectionNames } from './document-shape.ts'
import { own } from './json-places.ts'

export type DiffCount = { readonly [Kind in ChangeKind]: number }

export interface DiffSection {
  readonly section: SectionName
  readonly count: DiffCount
  readonly entries: readonly DiffEntry[]
}

/** What a person reads of how two configurations differ. Only sections in which something changed are there. */
export interface SemanticDiff {
  readonly summary: {
    readonly sections: readonly { readonly section: SectionName; readonly count: DiffCount }[]
    readonly sentencesAdded: number
    readonly sentencesRemoved: number
  }
  readonly sections: readonly DiffSection[]
}

/**
 * Everything in which two configurations differ, and nothing for equal contents: what Retell only says about them is not
 * compared. Swapping them swaps what was added and removed.
 */
export const semanticDiff = (before: AgentConfiguration, after: AgentConfiguration): SemanticDiff => {
  const [one, other] = [contentOf(before), contentOf(after)]
  const found = [
    ...documentDiff('engine', engineShape, ['engine'], own(one, 'engine'), own(other, 'engine')),
    ...documentDiff('agent', agentShape, ['agent'], own(one, 'agent'), own(other, 'agent')),
    ...numberDiff(before.numbers, after.numbers),
  ]
  const sections = sectionNames.flatMap((section): readonly DiffSection[] => {
    const entries = found.filter((one) => one.section === section).map(({ entry }) => entry)
    return entries.length === 0 ? [] : [{ section, count: countOf(entries), entries }]
  })
  const texts = found.flatMap(({ entry }) => (entry.kind === 'text' ? [entry.diff] : []))
  return {
    summary: {
      sections: sections.map(({ section, count }) => ({ section, count })),
      sentencesAdded: texts.reduce((sum, { sentencesAdded }) => sum + sentencesAdded, 0),
      sentencesRemoved: texts.reduce((sum, { sentencesRemoved }) => sum + sentencesRemoved, 0),
    },
    sections,
  }
}

const countOf = (entries: readonly DiffEntry[]): DiffCount => {
  const of = (kind: ChangeKind) => entries.filter(({ change }) => change === kind).length
  return {
    added: of('added'),
    removed: of('removed'),
    changed: of('changed'),
    renamed: of('renamed'),
    reordered: of('reordered'),
  }
}

const numberDiff = (before: readonly string[], after: readonly string[]): readonly SectionEntry[] =>
  [...new Set([...before, ...after])]
    .toSorted()
    .filter((number) => before.includes(number) !== after.includes(number))
    .map((name): SectionEntry => {
      const isNew = after.includes(name)
      const sides = { before: isNew ? undefined : name, after: isNew ? name : undefined }
      const change = isNew ? 'added' : 'removed'
      return {
        section: 'numbers',
        entry: { kind: 'thing', path: ['numbers', name], name, previously: undefined, change, ...sides, fields: [] },
      }
    })
