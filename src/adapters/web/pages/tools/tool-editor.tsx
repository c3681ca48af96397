import { may, type View } from '../../frame.ts'
import { agentName } from '../agents/agent-frame.tsx'
import { Csrf, Message, Wrong } from '../fields.tsx'
import { PageHead } from '../parts.tsx'
import {
  AreaField,
  ChoiceField,
  LineField,
  mistakeText,
  PairRows,
  ParameterRows,
  type ToolFieldsProps,
} from './tool-fields.tsx'
import { draftText, type ToolPageProps, type ToolShown, toolName, toolPath, typeText } from './tool-parts.tsx'
import { ToolTrial, type TrialProps } from './tool-trial.tsx'

export interface EditorProps extends ToolPageProps, ToolFieldsProps, Pick<TrialProps, 'trial'> {
  readonly tool: ToolShown
  /** The version that what is filled in was made of. */
  readonly version: string
  readonly said: string
  readonly status: number
  readonly wrong: string | undefined
  /** Whether what was filled in has to be made anew. */
  readonly isStale: boolean
}

const Group = (props: { readonly title: string; readonly children: JSX.Element | readonly JSX.Element[] }) => (
  <fieldset class="tool-fields">
    <legend safe>{props.title}</legend>
    {props.children as 'safe'}
  </fieldset>
)

const Basics = (props: EditorProps) => {
  const { tools } = props.frame.words
  return (
    <Group title={tools.what}>
      <LineField {...props} field="name" mono hint={tools.fields.nameHint} />
      <AreaField {...props} field="description" hint={tools.fields.descriptionHint} />
    </Group>
  )
}

const methods = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'].map((one) => [one, one] as const)

const Asking = (props: EditorProps) => {
  const { tools } = props.frame.words
  return (
    <Group title={tools.asking}>
      <LineField {...props} field="url" mono />
      <div class="tool-three">
        <ChoiceField {...props} field="method" options={[['', tools.fields.usual], ...methods]} />
        <LineField {...props} field="timeout_ms" numeric />
        <LineField {...props} field="max_retry" numeric />
      </div>
      <PairRows {...props} field="headers" />
      <PairRows {...props} field="query_params" />
      <PairRows {...props} field="response_variables" />
    </Group>
  )
}

const Speaking = (props: EditorProps) => {
  const { tools } = props.frame.words
  const { usual, yes, no, prompt, static_text } = tools.fields
  const whether = [
    ['', usual],
    ['true', yes],
    ['false', no],
  ] as const
  return (
    <Group title={tools.speaking}>
      <div class="tool-three">
        <ChoiceField {...props} field="speak_during_execution" options={whether} />
        <ChoiceField
          {...props}
          field="execution_message_type"
          options={[
            ['', usual],
            ['prompt', prompt],
            ['static_text', static_text],
          ]}
        />
        <ChoiceField {...props} field="speak_after_execution" options={whether} />
      </div>
      <AreaField {...props} field="execution_message_description" />
    </Group>
  )
}

/** What is said of a document while it is written. */
export const DocumentState = ({ frame, mistakes }: Pick<EditorProps, 'frame' | 'mistakes'>): JSX.Element => {
  const text = mistakeText(mistakes.document, frame)
  return text === undefined ? (
    <span class="document-fits" safe>
      {frame.words.tools.documentFits}
    </span>
  ) : (
    <Wrong name="document" text={text} />
  )
}

const Document = (props: EditorProps) => {
  const { frame, profile, draft, tool, entry, mistakes } = props
  const { tools } = frame.words
  const isWrong = mistakes.document !== undefined
  return (
    <details class="tool-document" open={isWrong || tool.kind !== 'custom'}>
      <summary safe>{tools.document}</summary>
      <p id="document-help" class="tool-help" safe>
        {tools.documentHelp}
      </p>
      <textarea
        id="document"
        name="document"
        rows="22"
        class="mono"
        spellcheck="false"
        aria-label={tools.document}
        aria-describedby="document-help document-state"
        aria-invalid={isWrong ? 'true' : undefined}
        hx-post={toolPath({ profile, draft }, '/check')}
        hx-trigger="input changed delay:400ms"
        hx-target="#document-state"
        hx-swap="innerHTML"
        hx-sync="this:replace"
        safe
      >
        {`\n${entry.document}`}
      </textarea>
      <p id="document-state" aria-live="polite">
        {isWrong ? <DocumentState frame={frame} mistakes={mistakes} /> : null}
      </p>
    </details>
  )
}

const Findings = ({ frame, tool }: EditorProps) => {
  if (tool.findings.length === 0) return ''
  const { tools } = frame.words
  return (
    <ul class="tool-faults card side-card" aria-label={tools.columns.findings}>
      {tool.findings.map(({ path, wrong }) => {
        const { found, cure } = tools.fault(wrong)
        return (
          <li>
            <b safe>{`! ${found}`}</b>
            <span safe>{` ${cure}`}</span>
            {path === '' ? null : <code safe>{path.slice(1)}</code>}
          </li>
        )
      })}
    </ul>
  )
}

/** One function: what the form knows in fields, all of it in its document, and a console to try it. */
export const toolEditorPage = (props: EditorProps): View => {
  const { frame, profile, draft, tool, said, status, wrong, isStale, version } = props
  const { tools } = frame.words
  const name = toolName(tool, frame.words)
  const mayChange = may(frame, 'agents.change')
  const at = { profile, draft }
  const isAsked = tool.kind === 'custom'
  return {
    title: `${name}: ${agentName(draft.agent)}`,
    place: 'agents',
    status,
    content: (
      <>
        <PageHead
          frame={frame}
          title={name}
          sentence={[agentName(draft.agent), draftText(draft, frame.words), typeText(tool, frame.words)].join(' · ')}
          back={{ href: toolPath(at), label: tools.back }}
        >
          {isAsked && may(frame, 'calls.read') ? (
            <a class="button" href={toolPath(at, '/log', tool.path)} safe>
              {tools.log}
            </a>
          ) : null}
        </PageHead>
        {wrong === undefined ? (
          <Message text={Object.entries(tools.done).find(([key]) => key === said)?.[1]} tone="done" />
        ) : (
          <Message text={wrong} tone="wrong" />
        )}
        {isStale ? (
          <p class="tool-reopen">
            <a class="button" href={toolPath(at, '/edit', tool.path)} safe>
              {tools.wrong.reopen}
            </a>
          </p>
        ) : null}
        <Findings {...props} />
        <div class="tool-columns">
          <section class="card form-card" aria-label={name}>
            <form method="post" action={toolPath(at, '/edit')} class="form-lines">
              <Csrf frame={frame} />
              <input type="hidden" name="at" value={tool.path} />
              <input type="hidden" name="version" value={version} />
              <fieldset class="tool-form" disabled={!mayChange}>
                <Basics {...props} />
                {isAsked ? <Asking {...props} /> : null}
                {isAsked ? <ParameterRows {...props} /> : null}
                <Speaking {...props} />
                <Document {...props} />
                {mayChange ? (
                  <div class="form-actions">
                    <button class="button primary" type="submit" safe>
                      {tools.save}
                    </button>
                    {isAsked ? (
                      <button class="button" type="submit" name="more" value="1" safe>
                        {tools.more}
                      </button>
                    ) : null}
                  </div>
                ) : null}
              </fieldset>
            </form>
          </section>
          {mayChange ? <ToolTrial {...props} /> : null}
        </div>
      </>
    ),
  }
}
