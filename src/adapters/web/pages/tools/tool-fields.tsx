import type { Frame } from '../../frame.ts'
import type { ToolMistake, ToolMistakes } from '../../tool-changes.ts'
import {
  type PairField,
  type ParameterEntry,
  parameterTypes,
  type TextField,
  type ToolEntry,
} from '../../tool-entry.ts'
import { Wrong } from '../fields.tsx'

export interface ToolFieldsProps {
  readonly frame: Frame
  readonly entry: ToolEntry
  readonly mistakes: ToolMistakes
  /** Empty rows at the end of each list. */
  readonly spare: number
}

export const mistakeText = (mistake: ToolMistake | undefined, { words }: Frame): string | undefined => {
  if (mistake === undefined) return undefined
  const { wrong, jsonFaults, lineOf } = words.tools
  switch (mistake.kind) {
    case 'both':
      return wrong.both(mistake.path)
    case 'json':
      return lineOf(mistake.fault.line, jsonFaults[mistake.fault.kind])
    default:
      return wrong[mistake.kind]
  }
}

const describedBy = (name: string, text: string | undefined) =>
  text === undefined ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': `${name}-wrong` }

type OneProps = ToolFieldsProps & { readonly field: TextField; readonly hint?: string }

const Label = ({ frame, field, hint }: OneProps) => (
  <span class="field-label">
    <span safe>{frame.words.tools.fields[field]}</span>
    {hint === undefined ? null : <small safe>{hint}</small>}
  </span>
)

export const LineField = (props: OneProps & { readonly numeric?: boolean; readonly mono?: boolean }): JSX.Element => {
  const { frame, entry, mistakes, field } = props
  const text = mistakeText(mistakes[field], frame)
  return (
    <label class="field">
      <Label {...props} />
      <input
        id={field}
        type="text"
        name={field}
        value={entry.texts[field]}
        class={props.mono ? 'mono' : undefined}
        inputmode={props.numeric ? 'numeric' : undefined}
        autocomplete="off"
        spellcheck="false"
        {...describedBy(field, text)}
      />
      <Wrong name={field} text={text} />
    </label>
  )
}

/** A line break first, for a browser drops the first of a text area. */
export const AreaField = (props: OneProps): JSX.Element => (
  <label class="field">
    <Label {...props} />
    <textarea id={props.field} name={props.field} rows="4" safe>
      {`\n${props.entry.texts[props.field]}`}
    </textarea>
  </label>
)

/** What the document has and the choices do not name is a choice of its own, so that it stays. */
export const ChoiceField = (
  props: OneProps & { readonly options: readonly (readonly [value: string, label: string])[] },
): JSX.Element => {
  const { entry, field, options } = props
  const chosen = entry.texts[field]
  const all = options.some(([value]) => value === chosen) ? options : [...options, [chosen, chosen] as const]
  return (
    <label class="field">
      <Label {...props} />
      <select id={field} name={field}>
        {all.map(([value, label]) => (
          <option value={value} selected={value === chosen} safe>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

const spareRows = (spare: number): readonly undefined[] => Array.from({ length: spare }, () => undefined)

/** Rows of a name and a value. */
export const PairRows = (props: ToolFieldsProps & { readonly field: PairField }): JSX.Element => {
  const { frame, entry, mistakes, spare, field } = props
  const { lists, listHelp, row, sealed } = frame.words.tools
  return (
    <fieldset class="tool-rows" aria-describedby={`${field}-help`}>
      <legend safe>{lists[field]}</legend>
      <p id={`${field}-help`} class="tool-help" safe>
        {listHelp[field]}
      </p>
      {[...entry.pairs[field], ...spareRows(Math.ceil(spare / 2))].map((pair, index) => {
        const name = `${field}.${index}`
        const text = mistakeText(mistakes[name], frame)
        return (
          <div class="pair-row">
            <input type="hidden" name={`${name}.was`} value={pair?.was ?? ''} />
            <input
              name={`${name}.name`}
              value={pair?.name ?? ''}
              class="mono"
              aria-label={`${row.name}, ${row.nth(index + 1)}`}
              placeholder={row.name}
              autocomplete="off"
              spellcheck="false"
              {...describedBy(name, text)}
            />
            <input
              name={`${name}.value`}
              value={pair?.value ?? ''}
              aria-label={`${row.value}, ${row.nth(index + 1)}`}
              placeholder={pair?.isSealed ? sealed : row.value}
              class={pair?.isSealed ? 'mono sealed' : 'mono'}
              autocomplete="off"
              spellcheck="false"
            />
            <Wrong name={name} text={text} />
          </div>
        )
      })}
    </fieldset>
  )
}

const ParameterRow = (
  props: ToolFieldsProps & { readonly parameter: ParameterEntry | undefined; readonly index: number },
) => {
  const { frame, mistakes, parameter, index } = props
  const { parameter: labels, parameterTypes: types, row } = frame.words.tools
  const name = `parameters.${index}`
  const text = mistakeText(mistakes[name], frame)
  const nth = row.nth(index + 1)
  const type = parameter?.type ?? 'string'
  return (
    <li class="parameter-row">
      <input type="hidden" name={`${name}.was`} value={parameter?.was ?? ''} />
      <label class="field">
        <span class="column-label" safe>
          {labels.name}
        </span>
        <input
          name={`${name}.name`}
          value={parameter?.name ?? ''}
          class="mono"
          aria-label={`${labels.name}, ${nth}`}
          autocomplete="off"
          spellcheck="false"
          {...describedBy(name, text)}
        />
        <Wrong name={name} text={text} />
      </label>
      <label class="field">
        <span class="column-label" safe>
          {labels.type}
        </span>
        <select name={`${name}.type`} aria-label={`${labels.type}, ${nth}`}>
          {[...(parameter?.type === '' ? ([''] as const) : []), ...parameterTypes].map((one) => (
            <option value={one} selected={one === type} safe>
              {types[one]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="column-label" safe>
          {labels.description}
        </span>
        <textarea name={`${name}.description`} rows="1" aria-label={`${labels.description}, ${nth}`} safe>
          {`\n${parameter?.description ?? ''}`}
        </textarea>
      </label>
      <label class="field">
        <span class="column-label" safe>
          {labels.choices}
        </span>
        <textarea name={`${name}.choices`} rows="1" aria-label={`${labels.choices}, ${nth}`} safe>
          {`\n${parameter?.choices ?? ''}`}
        </textarea>
      </label>
      <label class="parameter-required">
        <input
          type="checkbox"
          name={`${name}.required`}
          value="1"
          checked={parameter?.isRequired ?? false}
          aria-label={`${labels.required}, ${nth}`}
        />
        <span safe>{labels.required}</span>
      </label>
    </li>
  )
}

/** What the agent sends along, one row for each. */
export const ParameterRows = (props: ToolFieldsProps): JSX.Element => {
  const { frame, entry, spare } = props
  const { tools } = frame.words
  return (
    <fieldset class="tool-rows" aria-describedby="parameters-help">
      <legend safe>{tools.parameters}</legend>
      <p id="parameters-help" class="tool-help" safe>
        {tools.parametersHelp}
      </p>
      <ol class="parameter-rows">
        {[...entry.parameters, ...spareRows(spare)].map((parameter, index) => (
          <ParameterRow {...props} parameter={parameter} index={index} />
        ))}
      </ol>
    </fieldset>
  )
}
