import { Csrf, Wrong } from '../fields.tsx'
import { agentPath } from './agent-frame.tsx'
import type { DraftProps } from './draft-props.ts'

const Document = (props: {
  readonly name: 'agent' | 'engine'
  readonly label: string
  readonly hint?: string
  readonly text: string
  readonly wrong: string | undefined
  readonly readOnly: boolean
}) => {
  const id = `${props.name}_document`
  return (
    <label class="field">
      <span class="field-label">
        <span safe>{props.label}</span>
        {props.hint === undefined ? null : <small safe>{props.hint}</small>}
      </span>
      <textarea
        id={id}
        class="mono-text"
        name={id}
        rows="22"
        spellcheck="false"
        wrap="off"
        readonly={props.readOnly}
        aria-invalid={props.wrong === undefined ? undefined : 'true'}
        aria-describedby={props.wrong === undefined ? undefined : `${id}-wrong`}
        safe
      >
        {`\n${props.text}`}
      </textarea>
      <Wrong name={id} text={props.wrong} />
    </label>
  )
}

/** The whole documents, for what no field stands for. */
export const DraftDocuments = (props: DraftProps & { readonly canChange: boolean }): JSX.Element => {
  const { frame, profile, agent, draft, documents, canChange } = props
  const { drafts } = frame.words
  return (
    <details id="everything" class="card side-card reconnect" open={documents.isOpen}>
      <summary safe>{drafts.everything}</summary>
      <p class="connection-help" safe>
        {drafts.everythingHelp}
      </p>
      <form method="post" action={agentPath(profile, agent, '/draft/documents')} class="form-lines document-form">
        <Csrf frame={frame} />
        <input type="hidden" name="if_version" value={String(draft.version)} />
        <div class="document-pair">
          <Document
            name="agent"
            label={drafts.agentDocument}
            text={documents.agent}
            wrong={documents.wrong.agent}
            readOnly={!canChange}
          />
          <Document
            name="engine"
            label={drafts.engineDocument}
            hint={drafts.engineNone}
            text={documents.engine}
            wrong={documents.wrong.engine}
            readOnly={!canChange}
          />
        </div>
        {canChange ? (
          <div class="document-end">
            <label class="field grow">
              <span class="field-label">
                <span safe>{drafts.message}</span>
                <small safe>{drafts.messageHint}</small>
              </span>
              <input type="text" name="message" value={documents.message} maxlength="500" autocomplete="off" />
            </label>
            <button class="button primary" type="submit" safe>
              {drafts.saveEverything}
            </button>
          </div>
        ) : null}
      </form>
    </details>
  )
}
