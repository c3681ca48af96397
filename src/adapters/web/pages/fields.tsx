import type { Frame } from '../frame.ts'

export const Message = (props: { readonly text: string | undefined; readonly tone: 'wrong' | 'done' }): JSX.Element =>
  props.text === undefined ? (
    ''
  ) : (
    <p id="message" class={`message ${props.tone}`} role={props.tone === 'wrong' ? 'alert' : 'status'} safe>
      {props.text}
    </p>
  )

/** What is wrong with one field, read out with it. */
export const Wrong = (props: { readonly name: string; readonly text: string | undefined }): JSX.Element =>
  props.text === undefined ? (
    ''
  ) : (
    <span id={`${props.name}-wrong`} class="field-wrong" safe>
      {props.text}
    </span>
  )

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly wrong?: string | undefined
  /** Says beside the label that it may stay empty. */
  readonly optional?: string
}

const Label = ({ label, optional }: Pick<FieldProps, 'label' | 'optional'>) => (
  <span class="field-label">
    <span safe>{label}</span>
    {optional === undefined ? null : <small safe>{optional}</small>}
  </span>
)

const described = ({ name, wrong }: FieldProps) =>
  wrong === undefined ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': `${name}-wrong` }

/** One line. The browser helps where it can; the server decides. */
export const TextField = (
  props: FieldProps & { readonly type: 'text' | 'tel' | 'email' | 'date' | 'time' },
): JSX.Element => (
  <label class="field">
    <Label label={props.label} {...(props.optional === undefined ? {} : { optional: props.optional })} />
    <input
      id={props.name}
      type={props.type === 'email' ? 'text' : props.type}
      inputmode={props.type === 'email' ? 'email' : undefined}
      name={props.name}
      value={props.value}
      autocomplete="off"
      required={props.optional === undefined}
      {...described(props)}
    />
    <Wrong name={props.name} text={props.wrong} />
  </label>
)

/** Several lines. */
export const NotesField = (props: FieldProps): JSX.Element => (
  <label class="field">
    <Label label={props.label} {...(props.optional === undefined ? {} : { optional: props.optional })} />
    <textarea id={props.name} name={props.name} rows="3" {...described(props)} safe>
      {props.value}
    </textarea>
    <Wrong name={props.name} text={props.wrong} />
  </label>
)

export const Csrf = ({ frame }: { readonly frame: Frame }): JSX.Element => (
  <input type="hidden" name="_csrf" value={frame.csrf} />
)
