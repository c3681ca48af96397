import type { CompanyProfile } from '../../../domain/company.ts'
import { companyPath, type Frame, type View } from '../frame.ts'
import { Csrf, Message, TextField, Wrong } from './fields.tsx'
import { agentText, numberPath, numberText } from './numbers.tsx'
import { PageHead } from './parts.tsx'

/** As typed. `where` is `branch:<slug>`, `agent:<Retell's id>` or `person`. */
export interface RedirectEntry {
  readonly where: string
  readonly transferTo: string
  readonly date: string
  readonly time: string
}

export type RedirectMistakes = { readonly [Field in 'where' | 'transfer_to' | 'ends_at' | 'all']?: string }

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly number: string
  readonly entry: RedirectEntry
  readonly wrong: RedirectMistakes
}

const Where = ({ frame, profile, entry, wrong }: Props) => {
  const { numbers } = frame.words
  const agents = new Set([...profile.agents, ...profile.branches].flatMap(({ retellAgentId }) => retellAgentId ?? []))
  const Option = ({ value, label }: { readonly value: string; readonly label: string }) => (
    <option value={value} selected={entry.where === value} safe>
      {label}
    </option>
  )
  return (
    <label class="field">
      <span safe>{numbers.where}</span>
      <select id="where" name="where" aria-describedby={wrong.where === undefined ? undefined : 'where-wrong'}>
        <optgroup label={numbers.branches}>
          {profile.branches.map((branch) => (
            <Option value={`branch:${branch.slug}`} label={branch.name} />
          ))}
        </optgroup>
        {agents.size === 0 ? null : (
          <optgroup label={numbers.agents}>
            {[...agents].map((agent) => (
              <Option value={`agent:${agent}`} label={agentText(profile, agent)} />
            ))}
          </optgroup>
        )}
        <optgroup label={numbers.people}>
          <Option value="person" label={numbers.toPerson} />
        </optgroup>
      </select>
      <Wrong name="where" text={wrong.where} />
    </label>
  )
}

/** The form that sends the calls of one number elsewhere until an end. */
export const redirectNumberPage = (props: Props & { readonly status: number }): View => {
  const { frame, profile, number, entry, wrong, status } = props
  const { numbers } = frame.words
  const title = numbers.formTitle(numberText(number, profile))
  return {
    title,
    place: 'numbers',
    status,
    content: (
      <>
        <PageHead
          frame={frame}
          title={title}
          sentence={numbers.formLead}
          back={{ href: companyPath(profile, '/numbers'), label: numbers.back }}
        />
        <Message text={wrong.all} tone="wrong" />
        <section class="card form-card narrow" aria-label={title}>
          <form method="post" action={numberPath(profile, number, '/redirect')} class="form-lines">
            <Csrf frame={frame} />
            <Where {...props} />
            <TextField
              type="tel"
              name="transfer_to"
              label={numbers.phone}
              value={entry.transferTo}
              wrong={wrong.transfer_to}
              optional={numbers.phoneHint}
            />
            <fieldset class="moment" aria-describedby={wrong.ends_at === undefined ? undefined : 'ends_at-wrong'}>
              <legend safe>{numbers.until}</legend>
              <TextField type="date" name="date" label={numbers.date} value={entry.date} />
              <TextField type="time" name="time" label={numbers.time} value={entry.time} />
              <Wrong name="ends_at" text={wrong.ends_at} />
            </fieldset>
            <div class="form-actions">
              <button class="button primary" type="submit" safe>
                {numbers.submit}
              </button>
            </div>
          </form>
        </section>
      </>
    ),
  }
}
