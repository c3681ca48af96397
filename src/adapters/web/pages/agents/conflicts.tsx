import type { MergeDifference } from '../../../../domain/agents/merge.ts'
import { pathText } from '../../../../domain/agents/patch.ts'
import { textDiff } from '../../../../domain/agents/text-diff.ts'
import type { Frame } from '../../frame.ts'
import { Tag } from '../parts.tsx'
import { fieldLabel, TextRuns, valueText } from './diff-parts.tsx'

/** Which side somebody takes, by the path of the conflict. */
export type Choices = ReadonlyMap<string, 'ours' | 'theirs'>

export const choicePrefix = 'decide:'

interface Props {
  readonly frame: Frame
  readonly one: MergeDifference
  readonly chosen: 'ours' | 'theirs' | undefined
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

const Choice = ({ frame, one, chosen, side }: Props & { readonly side: 'ours' | 'theirs' }) => (
  <label class="check">
    <input type="radio" name={`${choicePrefix}${pathText(one.path)}`} value={side} checked={chosen === side} />
    <span safe>{frame.words.drift.keep[side]}</span>
  </label>
)

/** What both sides changed, in its three versions, and which of them shall stay. */
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
          <div class="conflict-choices">
            <Choice {...props} side="ours" />
            <Choice {...props} side="theirs" />
          </div>
        ) : null}
      </fieldset>
    </li>
  )
}
