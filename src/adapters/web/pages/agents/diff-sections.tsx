import type { ChangeKind, DiffEntry } from '../../../../domain/agents/diff-entry.ts'
import type { DiffSection, SemanticDiff } from '../../../../domain/agents/semantic-diff.ts'
import type { Frame } from '../../frame.ts'
import type { Words } from '../../words/words.ts'
import { Tag, type Tone } from '../parts.tsx'
import { fieldLabel, pathLabel, TextRows, ValueRow } from './diff-parts.tsx'
import { summaryText } from './diff-summary.ts'

interface EntryProps {
  readonly frame: Frame
  readonly entry: DiffEntry
}

const tones: { readonly [Kind in ChangeKind]: readonly [tone: Tone, sign: string] } = {
  added: ['done', '+'],
  removed: ['wrong', '−'],
  changed: ['wait', '~'],
  renamed: ['now', '→'],
  reordered: ['plain', '⇅'],
}

const titleOf = (entry: DiffEntry, words: Words): string =>
  entry.kind === 'thing' && entry.name !== '' ? entry.name : fieldLabel(entry.path, words)

const Fields = ({ frame, entry }: EntryProps & { readonly entry: Extract<DiffEntry, { kind: 'thing' }> }) => {
  if (entry.fields.length === 0) {
    const isNumber = entry.path[0] === 'numbers'
    return isNumber || (entry.before === undefined && entry.after === undefined) ? null : (
      <details class="diff-document">
        <summary safe>{frame.words.history.document}</summary>
        <ValueRow frame={frame} before={entry.before} after={entry.after} />
      </details>
    )
  }
  return (
    <>
      {entry.fields.map((field) => (
        <div class="diff-field">
          <code safe>{pathLabel(field.path.slice(entry.path.length))}</code>
          <ValueRow frame={frame} before={field.before} after={field.after} />
        </div>
      ))}
    </>
  )
}

const Body = ({ frame, entry }: EntryProps) => {
  switch (entry.kind) {
    case 'text':
      return <TextRows frame={frame} diff={entry.diff} />
    case 'thing':
      return <Fields frame={frame} entry={entry} />
    case 'setting':
      return <ValueRow frame={frame} before={entry.before} after={entry.after} />
    case 'order':
      return (
        <ValueRow
          frame={frame}
          before={entry.before.map((one) => pathLabel([one])).join('\n')}
          after={entry.after.map((one) => pathLabel([one])).join('\n')}
        />
      )
  }
}

const Entry = ({ frame, entry }: EntryProps) => {
  const { history } = frame.words
  const [tone, sign] = tones[entry.change]
  const [title, path] = [titleOf(entry, frame.words), pathLabel(entry.path)]
  const was = entry.kind === 'thing' ? entry.previously : undefined
  return (
    <li class="diff-entry">
      <div class="diff-entry-head">
        <h3 safe>{title || history.unnamed}</h3>
        {path === title || entry.kind === 'thing' ? null : <code safe>{path}</code>}
        <Tag tone={tone} sign={sign} label={history.change[entry.change]} />
        {was === undefined ? null : <small safe>{history.was(was)}</small>}
      </div>
      <Body frame={frame} entry={entry} />
    </li>
  )
}

const Section = ({ frame, one }: { readonly frame: Frame; readonly one: DiffSection }) => (
  <div class="card diff-section">
    <h2 safe>{frame.words.history.sections[one.section]}</h2>
    <ol>
      {one.entries.map((entry) => (
        <Entry frame={frame} entry={entry} />
      ))}
    </ol>
  </div>
)

/** Everything in which two versions differ, with a line on top that says it in short. */
export const DiffSections = ({
  frame,
  changes,
}: {
  readonly frame: Frame
  readonly changes: SemanticDiff
}): JSX.Element => (
  <div class="stack diff">
    <p class="card side-card diff-summary" safe>
      {summaryText(changes, frame.words)}
    </p>
    {changes.sections.map((one) => (
      <Section frame={frame} one={one} />
    ))}
  </div>
)
