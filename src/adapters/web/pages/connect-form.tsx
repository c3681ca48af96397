import type { CompanyProfile } from '../../../domain/company.ts'
import { companyPath, type Frame } from '../frame.ts'
import { Csrf, TextField, Wrong } from './fields.tsx'

/** As typed. Keys are never given back. */
export interface ConnectEntry {
  readonly baseUrl: string
}

export type ConnectMistakes = { readonly [Field in 'base_url' | 'api_key' | 'all']?: string }

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly entry: ConnectEntry
  readonly wrong: ConnectMistakes
}

const KeyField = ({ frame, profile, wrong }: Props) => {
  const { connection } = frame.words
  const kept = profile.calendar.kind === 'calcom'
  return (
    <label class="field">
      <span class="field-label">
        <span safe>{connection.apiKey}</span>
        {kept ? <small safe>{connection.apiKeyKeep}</small> : null}
      </span>
      <input
        id="api_key"
        type="password"
        name="api_key"
        autocomplete="off"
        required={!kept}
        aria-invalid={wrong.api_key === undefined ? undefined : 'true'}
        aria-describedby={wrong.api_key === undefined ? 'api_key-help' : 'api_key-wrong api_key-help'}
      />
      <Wrong name="api_key" text={wrong.api_key} />
      <small id="api_key-help" safe>
        {connection.apiKeyHelp}
      </small>
    </label>
  )
}

/** The key of a calendar, tried before it is kept. */
export const ConnectForm = (props: Props): JSX.Element => {
  const { frame, profile, entry, wrong } = props
  const { connection } = frame.words
  return (
    <form method="post" action={companyPath(profile, '/calendar-connection/connect')} class="form-lines">
      <Csrf frame={frame} />
      <KeyField {...props} />
      <TextField
        type="text"
        name="base_url"
        label={connection.baseUrl}
        value={entry.baseUrl}
        wrong={wrong.base_url}
        optional={connection.baseUrlHint}
      />
      <label class="field">
        <span class="field-label">
          <span safe>{connection.webhookSecret}</span>
          <small safe>{connection.webhookSecretHint}</small>
        </span>
        <input id="webhook_secret" type="password" name="webhook_secret" autocomplete="off" />
      </label>
      <button class="button primary" type="submit" safe>
        {connection.submit}
      </button>
    </form>
  )
}
