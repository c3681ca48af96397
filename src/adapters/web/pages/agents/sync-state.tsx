import type { AgentList } from '../../../../application/agents/list-agents.ts'
import type { AgentSync } from '../../../../application/ports/agent-syncs.ts'
import type { CompanyProfile } from '../../../../domain/company.ts'
import { moment } from '../../format.ts'
import { type Frame, may, readingOf } from '../../frame.ts'
import { Tag } from '../parts.tsx'
import { agentsPath } from './agent-frame.tsx'

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly sync: AgentSync | undefined
  readonly hasAccount: boolean
  readonly found: AgentList
}

const Running = ({ frame, sync }: { readonly frame: Frame; readonly sync: AgentSync }) => {
  const { agents } = frame.words
  const text = sync.isListed ? agents.syncProgress(sync.read, sync.total) : agents.syncCounting
  return (
    <>
      <Tag tone="now" label={agents.syncing} />
      <span class="sync-text" safe>
        {text}
      </span>
      {sync.isListed ? (
        <progress
          max={String(Math.max(1, sync.total))}
          value={String(sync.read)}
          aria-label={agents.syncing}
        ></progress>
      ) : null}
    </>
  )
}

const Ended = ({ frame, sync }: { readonly frame: Frame; readonly sync: AgentSync }) => {
  const { agents, said } = frame.words
  const when = moment(sync.endedAt ?? sync.startedAt, frame.now, readingOf(frame))
  if (sync.state === 'failed')
    return (
      <>
        <Tag tone="wrong" label={agents.syncFailed} />
        <span class="sync-text" safe>
          {[
            sync.error === undefined ? undefined : said(sync.error),
            may(frame, 'agents.change') ? agents.syncAgain : undefined,
          ]
            .filter(Boolean)
            .join(' ')}
        </span>
      </>
    )
  return (
    <span class="sync-text faint" safe>
      {[agents.syncDone(when, sync.read, sync.changed), sync.failed > 0 ? agents.syncPart(sync.failed) : undefined]
        .filter(Boolean)
        .join(' ')}
    </span>
  )
}

const Missing = ({ frame }: { readonly frame: Frame }) => {
  const { agents } = frame.words
  return (
    <>
      <strong safe>{agents.noKey}</strong>
      <span class="sync-text" safe>
        {agents.noKeyHelp}
      </span>
    </>
  )
}

/** How far the reading of all agents is, or how the last one ended. It keeps itself true. */
export const SyncState = ({ frame, profile, sync, hasAccount, found }: Props): JSX.Element => (
  <p
    id="sync"
    class="sync-state"
    data-keyed
    hx-get={agentsPath(profile)}
    hx-select="#sync"
    hx-trigger="sse:job.progress, reread"
    hx-swap="keyed ignoreTitle:true"
    hx-sync="this:queue last"
  >
    <span id="sync-now" class="sync-now">
      {hasAccount && sync?.state === 'running' ? <Running frame={frame} sync={sync} /> : null}
      {hasAccount && sync !== undefined && sync.state !== 'running' ? <Ended frame={frame} sync={sync} /> : null}
      {hasAccount || found.items.length === 0 ? null : <Missing frame={frame} />}
    </span>
  </p>
)
