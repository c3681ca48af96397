import type { Path } from '../../../../domain/agents/patch.ts'
import type { TextDiff, TextRun } from '../../../../domain/agents/text-diff.ts'
import { isObject, type Json } from '../../../../domain/canonical-json.ts'
import type { Frame } from '../../frame.ts'
import type { Words } from '../../words/words.ts'

/** Where something stands, as people read it: things by their names. */
export const pathLabel = (path: Path): string =>
  path
    .slice(path.length > 1 && (path[0] === 'agent' || path[0] === 'engine') ? 1 : 0)
    .map((token) => /^\w+=(.+)$/s.exec(token)?.[1] ?? token)
    .join(' › ')

/** The same, with a word of people for a field that is well known. */
export const fieldLabel = (path: Path, { history }: Words): string => {
  const [, name] = path.length === 2 ? path : []
  return Object.entries(history.fields).find(([one]) => one === name)?.[1] ?? pathLabel(path)
}

const most = 4_000

/** A value as text: what is long is cut, for the whole of it stands in the documents. */
export const valueText = (value: Json | undefined, nothing: string): string => {
  if (value === undefined) return nothing
  const text =
    typeof value === 'string' ? value : JSON.stringify(value, null, isObject(value) || Array.isArray(value) ? 2 : 0)
  return text.length > most ? `${text.slice(0, most)} …` : text
}

const edge = 220

/** Of a long stretch that stayed the same, its ends. */
const keptText = (text: string): string =>
  text.length <= 2 * edge + 80 ? text : `${text.slice(0, edge)} […] ${text.slice(-edge)}`

/** Kept stretches, and what was removed with what stands there instead. */
interface TextRow {
  readonly kept?: string
  readonly removed?: string
  readonly added?: string
}

const rowsOf = (runs: readonly TextRun[]): readonly TextRow[] => {
  const rows: TextRow[] = []
  for (const { kind, text } of runs) {
    const last = rows.at(-1)
    if (kind === 'kept') rows.push({ kept: keptText(text) })
    else if (kind === 'added' && last?.removed !== undefined && last.added === undefined)
      rows[rows.length - 1] = { ...last, added: text }
    else rows.push({ [kind]: text })
  }
  return rows
}

const Removed = ({ frame, text }: { readonly frame: Frame; readonly text: string }) => (
  <del class="diff-cell removed">
    <span class="sr" safe>{`${frame.words.history.removed} `}</span>
    <span safe>{text}</span>
  </del>
)

const Added = ({ frame, text }: { readonly frame: Frame; readonly text: string }) => (
  <ins class="diff-cell added">
    <span class="sr" safe>{`${frame.words.history.added} `}</span>
    <span safe>{text}</span>
  </ins>
)

/** A text by sentence: side by side where there is room, else one below the other. */
export const TextRows = ({ frame, diff }: { readonly frame: Frame; readonly diff: TextDiff }): JSX.Element => (
  <div class="diff-rows">
    {rowsOf(diff.runs).map(({ kept, removed, added }) =>
      kept === undefined ? (
        <div class="diff-row">
          {removed === undefined ? <span class="diff-cell"></span> : <Removed frame={frame} text={removed} />}
          {added === undefined ? <span class="diff-cell"></span> : <Added frame={frame} text={added} />}
        </div>
      ) : (
        <div class="diff-row kept">
          <span class="diff-cell" safe>
            {kept}
          </span>
          <span class="diff-cell again" aria-hidden="true" safe>
            {kept}
          </span>
        </div>
      ),
    )}
  </div>
)

/** One text with what was taken out and put in, in one column. */
export const TextRuns = ({ frame, diff }: { readonly frame: Frame; readonly diff: TextDiff }): JSX.Element => (
  <div class="diff-runs">
    {diff.runs.map(({ kind, text }) =>
      kind === 'kept' ? (
        <span safe>{keptText(text)}</span>
      ) : kind === 'added' ? (
        <Added frame={frame} text={text} />
      ) : (
        <Removed frame={frame} text={text} />
      ),
    )}
  </div>
)

/** A value before and after. */
export const ValueRow = (props: {
  readonly frame: Frame
  readonly before: Json | undefined
  readonly after: Json | undefined
}): JSX.Element => {
  const { frame, before, after } = props
  const { nothing } = frame.words.history
  return (
    <div class="diff-rows">
      <div class="diff-row value">
        {before === undefined ? (
          <span class="diff-cell faint" safe>
            {nothing}
          </span>
        ) : (
          <Removed frame={frame} text={valueText(before, nothing)} />
        )}
        {after === undefined ? (
          <span class="diff-cell faint" safe>
            {nothing}
          </span>
        ) : (
          <Added frame={frame} text={valueText(after, nothing)} />
        )}
      </div>
    </div>
  )
}
