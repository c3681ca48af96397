import type { CompanyProfile } from '../../../../domain/company.ts'
import type { Frame, View } from '../../frame.ts'
import { Csrf, Message, TextField } from '../fields.tsx'
import { PageHead } from '../parts.tsx'
import { agentsPath } from './agent-frame.tsx'

/** As typed. */
export interface NewAgentEntry {
  readonly name: string
  readonly slug: string
  readonly language: string
  readonly voice: string
}

export type NewAgentMistakes = { readonly [Field in 'name' | 'slug' | 'language' | 'all']?: string }

export const newAgentPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly entry: NewAgentEntry
  readonly wrong: NewAgentMistakes
  readonly status: number
}): View => {
  const { frame, profile, entry, wrong, status } = props
  const { agents } = frame.words
  const isWrong = Object.keys(wrong).length > 0
  return {
    title: agents.newTitle,
    place: 'agents',
    status,
    content: (
      <>
        <PageHead
          frame={frame}
          title={agents.newTitle}
          sentence={agents.newLead}
          back={{ href: agentsPath(profile), label: agents.back }}
        >
          <a class="button" href={agentsPath(profile, '/import')} safe>
            {frame.words.exchange.fromFile}
          </a>
        </PageHead>
        <Message text={isWrong ? (wrong.all ?? agents.wrong.summary) : undefined} tone="wrong" />
        <form method="post" action={agentsPath(profile, '/new')} class="card form-card narrow form-lines">
          <Csrf frame={frame} />
          <TextField type="text" name="name" label={agents.name} value={entry.name} wrong={wrong.name} />
          <TextField
            type="text"
            name="language"
            label={agents.language}
            value={entry.language}
            wrong={wrong.language}
            optional={agents.languageHint}
          />
          <TextField type="text" name="voice" label={agents.voice} value={entry.voice} optional={agents.voiceHint} />
          <TextField
            type="text"
            name="slug"
            label={agents.slug}
            value={entry.slug}
            wrong={wrong.slug}
            optional={agents.slugHint}
          />
          <button class="button primary" type="submit" safe>
            {agents.createIt}
          </button>
        </form>
      </>
    ),
  }
}
