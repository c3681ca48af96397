import { may, type View } from '../../frame.ts'
import { Csrf } from '../fields.tsx'
import { Empty } from '../parts.tsx'
import { type AgentProps, AgentTop, agentName, agentPath, Deed, DeedsForm } from './agent-frame.tsx'
import { DraftBasics } from './draft-basics.tsx'
import { DraftDocuments } from './draft-documents.tsx'
import type { DraftProps } from './draft-props.ts'
import { DraftTexts } from './draft-texts.tsx'

/** Says so as soon as what is on the page is no longer what stands. */
export const NewerNotice = ({
  frame,
  profile,
  agent,
  version,
  seen,
}: AgentProps & { readonly version: number; readonly seen: number }): JSX.Element => {
  const { drafts } = frame.words
  return (
    <div
      id="newer"
      data-keyed
      role="status"
      hx-get={agentPath(profile, agent, `/draft?seen=${seen}`)}
      hx-select="#newer"
      hx-trigger={`sse:agent.updated#${encodeURIComponent(agent.slug)}, reread`}
      hx-swap="keyed ignoreTitle:true"
      hx-sync="this:queue last"
    >
      {version === seen ? null : (
        <p id="newer-text" class="note">
          <span safe>{drafts.newer(version)}</span>{' '}
          <a href={agentPath(profile, agent, '/draft')} safe>
            {drafts.reload}
          </a>
        </p>
      )}
    </div>
  )
}

const Overtaken = ({ frame, profile, agent, draft, overtaken }: DraftProps) => {
  const { drafts } = frame.words
  return overtaken === undefined ? null : (
    <section class="card side-card overtaken" role="alert" aria-labelledby="overtaken-title">
      <h2 id="overtaken-title" safe>
        {drafts.fasterTitle}
      </h2>
      <p class="connection-help" safe>
        {drafts.fasterHelp}
      </p>
      <a
        href={agentPath(profile, agent, `/diff?from=${overtaken}&to=${draft.version}`)}
        target="_blank"
        safe
        rel="noopener"
      >
        {drafts.fasterSee}
      </a>
    </section>
  )
}

const Discard = ({ frame, profile, agent, draft }: DraftProps) => {
  const { drafts } = frame.words
  const isAll = agent.live === undefined && agent.base === undefined && agent.theirs === undefined
  return !draft.isDraft || isAll ? null : (
    <section class="card side-card next-step" aria-labelledby="discard-title">
      <h2 id="discard-title" safe>
        {drafts.discard}
      </h2>
      <p class="connection-help" safe>
        {drafts.discardHelp}
      </p>
      <div class="form-actions">
        <Deed
          action={agentPath(profile, agent, '/draft/discard')}
          label={drafts.discard}
          look="danger"
          name="if_version"
          value={String(draft.version)}
        />
      </div>
    </section>
  )
}

/** The draft of an agent: what people change most as fields, and everything as documents. */
export const draftPage = (props: DraftProps): View => {
  const { frame, profile, agent, draft } = props
  const { drafts } = frame.words
  const canChange = may(frame, 'agents.change')
  const lead = draft.isDraft ? drafts.leadDraft(draft.version) : drafts.lead(draft.version)
  return {
    title: `${agentName(agent)}: ${drafts.title}`,
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <AgentTop {...props} here="draft" title={drafts.title} sentence={canChange ? lead : drafts.readOnly} />
        <DeedsForm frame={frame} />
        <NewerNotice {...props} version={draft.version} seen={props.seen ?? draft.version} />
        <Overtaken {...props} />
        <form method="post" action={agentPath(profile, agent, '/draft')} class="agent-columns draft-form">
          <Csrf frame={frame} />
          <input type="hidden" name="if_version" value={String(draft.version)} />
          <div class="stack">
            <DraftTexts {...props} />
          </div>
          <div class="stack">
            <DraftBasics {...props} canChange={canChange} />
          </div>
        </form>
        <div class="stack draft-rest">
          <DraftDocuments {...props} canChange={canChange} />
          {canChange ? <Discard {...props} /> : null}
        </div>
      </>
    ),
  }
}

/** Nothing has been read of the agent yet. */
export const noDraftPage = (props: AgentProps): View => {
  const { frame, profile, agent } = props
  const { drafts } = frame.words
  return {
    title: `${agentName(agent)}: ${drafts.title}`,
    place: 'agents',
    content: (
      <>
        <AgentTop {...props} here="draft" title={drafts.title} />
        <section class="card">
          <Empty
            title={drafts.neverSeen}
            help={drafts.neverSeenHelp}
            action={{ href: agentPath(profile, agent), label: drafts.toAgent }}
          />
        </section>
      </>
    ),
  }
}
