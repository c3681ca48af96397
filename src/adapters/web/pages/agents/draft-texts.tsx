import type { AgentText } from '../../../../domain/agents/agent-texts.ts'
import { documentOf } from '../../../../domain/agents/configuration.ts'
import { textIn, valueAt } from '../../../../domain/agents/json-places.ts'
import type { Json } from '../../../../domain/canonical-json.ts'
import { editableTexts } from '../../draft-entries.ts'
import type { Words } from '../../words/words.ts'
import type { DraftProps } from './draft-props.ts'

const widthOfLine = 92

/** As high as its text, within reason. */
export const rowsFor = (text: string, least: number): number => {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / widthOfLine)), 0)
  return Math.min(28, Math.max(least, lines + 1))
}

const nameAt = (document: Json, path: string): string => {
  const thing = valueAt(document, path)
  return textIn(thing, 'name') ?? textIn(thing, 'id') ?? path
}

/** What a text belongs to, by the name that people gave it. */
const labelOf = (document: Json, { path }: AgentText, { drafts, history }: Words): string => {
  const last = path.split('/').at(-1) ?? ''
  const state = /^\/response_engine\/states\/\d+/.exec(path)?.[0]
  if (state !== undefined) return drafts.state(nameAt(document, state))
  const component = /^\/response_engine\/components\/\d+/.exec(path)?.[0]
  const node = /^.*\/nodes\/\d+/.exec(path)?.[0]
  const parts = [
    component === undefined ? undefined : drafts.component(nameAt(document, component)),
    node === undefined ? undefined : drafts.node(nameAt(document, node)),
  ].filter((one) => one !== undefined)
  if (parts.length > 0) return parts.join(' · ')
  return Object.entries(history.fields).find(([name]) => name === last)?.[1] ?? last
}

const Text = (
  props: Pick<DraftProps, 'frame' | 'entry'> & {
    readonly one: AgentText
    readonly label: string
    readonly least: number
  },
) => {
  const { frame, entry, one, label, least } = props
  const text = entry.texts.get(one.path) ?? one.text
  return (
    <label class="field draft-text">
      <span class="field-label">
        <span safe>{label}</span>
        <small safe>{frame.words.drafts[one.kind]}</small>
      </span>
      {/* A browser leaves out the first line break of a text area. */}
      <textarea name={`text:${one.path}`} rows={String(rowsFor(text, least))} spellcheck="true" safe>
        {`\n${text}`}
      </textarea>
    </label>
  )
}

const isWhole = ({ path }: AgentText): boolean => !/\/(?:nodes|states)\/\d/.test(path)

/** What the agent says and does: the whole call first, then state by state and node by node. */
export const DraftTexts = (props: DraftProps): JSX.Element => {
  const { frame, draft, entry } = props
  const { drafts } = frame.words
  const texts = editableTexts(draft.configuration)
  const document = documentOf(draft.configuration)
  const parts = texts.filter((one) => !isWhole(one))
  return (
    <section class="card form-card form-lines" aria-labelledby="texts-title">
      <h2 id="texts-title" safe>
        {drafts.texts}
      </h2>
      {texts.length === 0 ? (
        <p class="faint" safe>
          {drafts.noTexts}
        </p>
      ) : null}
      {texts.filter(isWhole).map((one) => (
        <Text
          frame={frame}
          entry={entry}
          one={one}
          label={labelOf(document, one, frame.words)}
          least={one.kind === 'prompt' ? 8 : 2}
        />
      ))}
      {parts.map((one) => (
        <Text frame={frame} entry={entry} one={one} label={labelOf(document, one, frame.words)} least={3} />
      ))}
    </section>
  )
}
