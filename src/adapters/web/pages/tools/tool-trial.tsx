import type { ToolTried } from '../../../../application/agents/try-tool.ts'
import { milliseconds } from '../../format.ts'
import type { Frame } from '../../frame.ts'
import { type ArgumentField, argumentFields, type Trial, variablesIn } from '../../tool-trial.ts'
import { Csrf, Message, Wrong } from '../fields.tsx'
import { Tag, type Tone } from '../parts.tsx'
import { type ToolPageProps, type ToolShown, toolPath } from './tool-parts.tsx'

export interface TrialProps extends ToolPageProps {
  readonly tool: ToolShown
  readonly trial: Trial
}

const ArgumentInput = ({ frame, trial, field }: TrialProps & { readonly field: ArgumentField }) => {
  const { trial: words, fields, wrong } = { ...frame.words.tools, wrong: frame.words.tools.trial.wrong }
  const { name, kind, choices, description, isRequired } = field
  const value = trial.entry.args[name] ?? ''
  const mistake = trial.mistakes[name]
  const id = `args.${name}`
  const described = [
    ...(description === '' ? [] : [`${id}-help`]),
    ...(mistake === undefined ? [] : [`${id}-wrong`]),
  ].join(' ')
  const common = {
    id,
    name: id,
    'aria-invalid': mistake === undefined ? undefined : ('true' as const),
    'aria-describedby': described === '' ? undefined : described,
  }
  const options: readonly (readonly [string, string])[] =
    kind === 'switch'
      ? [
          ['true', fields.yes],
          ['false', fields.no],
        ]
      : choices.map((one) => [one, one])
  return (
    <div class="field">
      <label class="field-label" for={id}>
        <code safe>{name}</code>
        <small safe>
          {[isRequired ? frame.words.tools.parameter.required : '', kind === 'json' ? words.json : '']
            .filter(Boolean)
            .join(', ')}
        </small>
      </label>
      {options.length > 0 ? (
        <select {...common}>
          <option value="" safe>
            {words.omitted}
          </option>
          {options.map(([one, label]) => (
            <option value={one} selected={one === value} safe>
              {label}
            </option>
          ))}
        </select>
      ) : kind === 'json' ? (
        <textarea {...common} rows="3" class="mono" spellcheck="false" safe>
          {`\n${value}`}
        </textarea>
      ) : (
        <input {...common} value={value} autocomplete="off" inputmode={kind === 'number' ? 'decimal' : undefined} />
      )}
      {description === '' ? null : (
        <small id={`${id}-help`} class="argument-help" safe>
          {description}
        </small>
      )}
      <Wrong name={id} text={mistake === undefined ? undefined : wrong[mistake]} />
    </div>
  )
}

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

const Block = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <div class="document">
    <h3 safe>{title}</h3>
    <pre tabindex="0" safe>
      {text}
    </pre>
  </div>
)

const statusTone = (status: number): Tone => (status >= 200 && status < 300 ? 'done' : status >= 500 ? 'wrong' : 'wait')

const Answered = ({ frame, tried }: { readonly frame: Frame; readonly tried: ToolTried }) => {
  const { trial } = frame.words.tools
  const { request, answer, where } = tried
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
  return (
    <div id="trial-answer" class="trial-answer" role="status">
      <p class={`trial-where ${where}`} safe>
        {trial[where]}
      </p>
      <div class="trial-head">
        <h3 safe>{trial.answer}</h3>
        {'failure' in answer ? (
          <Tag tone="wrong" label={trial[answer.failure]} />
        ) : (
          <>
            <Tag tone={statusTone(answer.status)} sign="" label={`HTTP ${answer.status}`} />
            <span class="mono faint" safe>
              {milliseconds(answer.ms, frame.words.code)}
            </span>
          </>
        )}
      </div>
      {'failure' in answer ? (
        answer.detail === undefined ? null : (
          <p class="tool-help" safe>
            {frame.words.said(answer.detail)}
          </p>
        )
      ) : (
        <>
          {answer.isCut ? (
            <p class="tool-help" safe>
              {trial.cut}
            </p>
          ) : null}
          {answer.body === '' ? (
            <p class="calm" safe>
              {trial.empty}
            </p>
          ) : (
            <Block title={trial.body} text={pretty(answer.body)} />
          )}
        </>
      )}
      <h3 safe>{trial.request}</h3>
      <Block title={`${request.method} ${request.url}`} text={headers.join('\n')} />
      {request.body === undefined ? (
        <p class="calm" safe>
          {trial.noBody}
        </p>
      ) : (
        <Block title={trial.body} text={pretty(request.body)} />
      )}
    </div>
  )
}

/** Asks a function as Retell would, and shows what comes back. */
export const ToolTrial = (props: TrialProps): JSX.Element => {
  const { frame, profile, draft, tool, trial } = props
  const { trial: words } = frame.words.tools
  const fields = argumentFields(tool.document)
  const variables = variablesIn(tool.document)
  return (
    <section id="trial" class="card side-card tool-trial" aria-labelledby="trial-title">
      <h2 id="trial-title" safe>
        {words.title}
      </h2>
      {tool.kind === 'custom' ? (
        <>
          <p class="tool-help" safe>
            {words.help}
          </p>
          <Message text={trial.failed === undefined ? undefined : words.failed[trial.failed]} tone="wrong" />
          <form method="post" action={`${toolPath({ profile, draft }, '/try')}#trial`} class="form-lines">
            <Csrf frame={frame} />
            <input type="hidden" name="at" value={tool.path} />
            <input type="hidden" name="version" value={String(draft.version)} />
            {fields.map((field) => (
              <ArgumentInput {...props} field={field} />
            ))}
            <label class="field">
              <span class="field-label">
                <span safe>{words.caller}</span>
                <small safe>{words.callerHint}</small>
              </span>
              <input type="tel" name="caller" value={trial.entry.caller} autocomplete="off" />
            </label>
            {variables.map((name) => (
              <label class="field">
                <span class="field-label">
                  <code safe>{`{{${name}}}`}</code>
                  <small safe>{words.variablesHint}</small>
                </span>
                <input name={`variables.${name}`} value={trial.entry.variables[name] ?? ''} autocomplete="off" />
              </label>
            ))}
            <button class="button" type="submit" safe>
              {words.run}
            </button>
          </form>
          {trial.tried === undefined ? null : <Answered frame={frame} tried={trial.tried} />}
        </>
      ) : (
        <p class="tool-help" safe>
          {words.byRetell}
        </p>
      )}
    </section>
  )
}
