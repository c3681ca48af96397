import type { CompanyProfile } from '../../../../domain/company.ts'
import type { Frame, View } from '../../frame.ts'
import { Csrf, Message, TextField, Wrong } from '../fields.tsx'
import { PageHead } from '../parts.tsx'
import { agentsPath } from './agent-frame.tsx'

/** As pasted and typed. */
export interface ImportEntry {
  readonly document: string
  readonly name: string
}

/** An agent that comes as the content of a file. */
export const importAgentPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly entry: ImportEntry
  /** What is wrong with the document. */
  readonly fault?: string | undefined
  readonly wrong?: string | undefined
  readonly status?: number
}): View => {
  const { frame, profile, entry, fault, wrong, status } = props
  const { exchange, agents } = frame.words
  return {
    title: exchange.title,
    place: 'agents',
    status: status ?? 200,
    content: (
      <>
        <PageHead
          frame={frame}
          title={exchange.title}
          sentence={exchange.lead}
          back={{ href: agentsPath(profile), label: agents.back }}
        />
        <Message text={wrong} tone="wrong" />
        <form method="post" action={agentsPath(profile, '/import')} class="card form-card form-lines">
          <Csrf frame={frame} />
          <label class="field">
            <span class="field-label">
              <span safe>{exchange.document}</span>
              <small safe>{exchange.documentHint}</small>
            </span>
            <textarea
              id="document"
              class="mono-text"
              name="document"
              rows="18"
              spellcheck="false"
              required
              aria-invalid={fault === undefined ? undefined : 'true'}
              aria-describedby={fault === undefined ? undefined : 'document-wrong'}
              safe
            >
              {`\n${entry.document}`}
            </textarea>
            <Wrong name="document" text={fault} />
          </label>
          <TextField type="text" name="name" label={exchange.name} value={entry.name} optional={exchange.nameHint} />
          <div class="form-actions">
            <button class="button primary" type="submit" safe>
              {exchange.take}
            </button>
          </div>
        </form>
      </>
    ),
  }
}
