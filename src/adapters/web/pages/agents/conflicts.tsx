import type { MergeDifference } from '../../../../domain/agents/merge.ts'
import { pathText } from '../../../../domain/agents/patch.ts'
import { textDiff } from '../../../../domain/agents/text-diff.ts'
import type { Frame } from '../../frame.ts'
import type { JsonFault } from '../../json-fault.ts'
import { beginningOf, type Choice, choiceField, type MergeEntry, writingOf, writtenField } from '../../merge-entry.ts'
import { Wrong } from '../fields.tsx'
import { Tag } from '../parts.tsx'
import { fieldLabel, TextRuns, valueText } from './diff-parts.tsx'
import { rowsFor } from './draft-texts.tsx'

interface Props {
  readonly frame: Frame
  readonly one: MergeDifference
  readonly entry: MergeEntry
  /** What is wrong with what was written. */
  readonly fault: JsonFault | undefined
  /** Can it be decided here, or only looked at? */
  readonly canChoose: boolean
}

const Side = ({ frame, one, side }: Props & { readonly side: 'base' | 'ours' | 'theirs' }) => {
  const { drift } = frame.words
  const { base } = one
  const value = one[side]
  const isText = side !== 'base' && typeof base === 'string' && typeof value === 'string'
  return (
    <div class="conflict-side">
      <h3 safe>{drift.sides[side]}</h3>
      {isText ? (
        <TextRuns frame={frame} diff={textDiff(base, value)} />
      ) : (
        <p class={value === undefined ? 'faint conflict-value' : 'conflict-value'} safe>
          {valueText(value, drift.nothing)}
        </p>
      )}
    </div>
  )
}

const Choose = ({ frame, one, entry, choice }: Props & { readonly choice: Choice }) => {
  const path = pathText(one.path)
  return (
    <label class="check">
      <input type="radio" name={choiceField(path)} value={choice} checked={entry.choices.get(path) === choice} />
      <span safe>{frame.words.drift.keep[choice]}</span>
    </label>
  )
}

/** What stands instead of both sides, as somebody writes it. */
const Own = ({ frame, one, entry, fault }: Props) => {
  const { drift, tools } = frame.words
  const path = pathText(one.path)
  const as = writingOf(one)
  const text = entry.written.get(path)?.text ?? beginningOf(one)
  const id = `own:${path}`
  return (
    <label class="field draft-text conflict-own">
      <span class="field-label">
        <span safe>{drift.own}</span>
        <small safe>{drift.ownAs[as]}</small>
      </span>
      <textarea
        id={id}
        class={as === 'text' ? undefined : 'mono-text'}
        name={writtenField(as, path)}
        rows={String(rowsFor(text, 3))}
        spellcheck={as === 'text' ? 'true' : 'false'}
        aria-invalid={fault === undefined ? undefined : 'true'}
        aria-describedby={fault === undefined ? undefined : `${id}-wrong`}
        safe
      >
        {`\n${text}`}
      </textarea>
      <Wrong name={id} text={fault && tools.lineOf(fault.line, tools.jsonFaults[fault.kind])} />
    </label>
  )
}

/** What both sides changed, in its three versions, and which of them shall stay, or what else. */
export const Conflict = (props: Props): JSX.Element => {
  const { frame, one, canChoose } = props
  const { drift } = frame.words
  return (
    <li class="conflict">
      <fieldset class="checks">
        <legend>
          <span safe>{fieldLabel(one.path, frame.words)}</span>{' '}
          {one.kind === 'order' ? <Tag tone="plain" sign="⇅" label={drift.order} /> : null}
        </legend>
        <div class="conflict-sides">
          <Side {...props} side="base" />
          <Side {...props} side="ours" />
          <Side {...props} side="theirs" />
        </div>
        {canChoose ? (
          <>
            <div class="conflict-choices">
              <Choose {...props} choice="ours" />
              <Choose {...props} choice="theirs" />
              <Choose {...props} choice="own" />
            </div>
            <Own {...props} />
          </>
        ) : null}
      </fieldset>
    </li>
  )
}
