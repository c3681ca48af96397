import { amber, bold, faint, green, inert, red } from '../../../adapters/cli/terminal.ts'
import type { DiffEntry } from '../../../domain/agents/diff-entry.ts'
import { pathText } from '../../../domain/agents/patch.ts'
import type { SemanticDiff } from '../../../domain/agents/semantic-diff.ts'

const longest = 160

/** A value in one line. */
export const short = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return inert(text.length > longest ? `${text.slice(0, longest)}…` : text)
}

const signs = {
  added: green('+'),
  removed: red('-'),
  changed: amber('~'),
  renamed: amber('~'),
  reordered: amber('~'),
} as const

const lines = (text: string): readonly string[] =>
  inert(text)
    .split('\n')
    .filter((line) => line.trim() !== '')

const headOf = (entry: DiffEntry): string => {
  const { change, path } = entry
  const name = entry.kind === 'thing' && entry.name !== '' ? inert(entry.name) : inert(pathText(path))
  const previously = entry.kind === 'thing' && entry.previously !== undefined ? ` (was ${inert(entry.previously)})` : ''
  return `  ${signs[change]} ${change} ${bold(name)}${previously}`
}

const bodyOf = (entry: DiffEntry): readonly string[] => {
  switch (entry.kind) {
    case 'setting':
      return [`${short(entry.before)} → ${short(entry.after)}`]
    case 'text':
      return entry.diff.runs.flatMap(({ kind, text }) => {
        if (kind === 'kept') return []
        return lines(text).map((line) => (kind === 'added' ? green(`+ ${line}`) : red(`- ${line}`)))
      })
    case 'thing':
      return entry.fields.map((field) =>
        field.kind === 'order'
          ? `${inert(pathText(field.path))}: ${inert(field.before.join(', '))} → ${inert(field.after.join(', '))}`
          : `${inert(pathText(field.path))}: ${short(field.before)} → ${short(field.after)}`,
      )
    case 'order':
      return [`${inert(entry.before.join(', '))} → ${inert(entry.after.join(', '))}`]
  }
}

/** What a person reads of a difference: sections, what changed in them, texts by sentence. */
export const diffLines = ({ sections }: SemanticDiff): readonly string[] =>
  sections.flatMap(({ section, entries }) => [
    faint(section),
    ...entries.flatMap((entry) => [headOf(entry), ...bodyOf(entry).map((line) => `      ${line}`)]),
  ])
