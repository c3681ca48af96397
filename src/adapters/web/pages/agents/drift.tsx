import { currentVersion } from '../../../../application/agents/current-version.ts'
import type { DriftDetail, MergePreview } from '../../../../application/agents/merge-agent.ts'
import type { AgentVersion } from '../../../../application/ports/agents.ts'
import { pathText } from '../../../../domain/agents/patch.ts'
import { moment } from '../../format.ts'
import { may, readingOf, type View } from '../../frame.ts'
import type { JsonFault } from '../../json-fault.ts'
import type { MergeEntry } from '../../merge-entry.ts'
import { Csrf, TextField } from '../fields.tsx'
import { Empty, Fact, Tag } from '../parts.tsx'
import {
  type AgentProps,
  AgentTop,
  agentName,
  agentPath,
  Deed,
  DeedsForm,
  type Told,
  versionText,
} from './agent-frame.tsx'
import { Conflict } from './conflicts.tsx'
import { DiffSections } from './diff-sections.tsx'
import { summaryText } from './diff-summary.ts'

export interface DriftProps extends AgentProps, Told {
  readonly detail: DriftDetail
  readonly entry: MergeEntry
  /** Of what was written, by path. */
  readonly faults?: ReadonlyMap<string, JsonFault>
  readonly message: string
  /** What the draft would become with these choices. Undefined: nobody asked. */
  readonly preview?: MergePreview | undefined
}

const Side = (
  props: AgentProps & { readonly label: string; readonly version: AgentVersion | undefined; readonly summary?: string },
) => {
  const { frame, profile, agent, label, version } = props
  const { drift } = frame.words
  return (
    <Fact term={label}>
      {version === undefined ? (
        <span class="faint" safe>
          {drift.none}
        </span>
      ) : (
        <>
          <a href={agentPath(profile, agent, `/versions/${version.number}`)} safe>
            {versionText(frame.words, version.number, version.retellVersion)}
          </a>
          <small safe>{moment(version.createdAt, frame.now, readingOf(frame))}</small>
        </>
      )}
      {props.summary === undefined ? null : <span safe>{props.summary}</span>}
    </Fact>
  )
}

const Sides = (props: DriftProps) => {
  const { frame, detail } = props
  const { drift } = frame.words
  const { base, ours, theirs, changes } = detail
  const summary = (side: 'ours' | 'theirs') =>
    changes[side].sections.length === 0 ? drift.nothingChanged : summaryText(changes[side], frame.words)
  return (
    <section class="card side-card" aria-label={drift.title}>
      <dl class="facts drift-sides">
        <Side {...props} label={drift.sides.base} version={base} />
        <Side {...props} label={drift.sides.ours} version={ours} summary={summary('ours')} />
        <Side {...props} label={drift.sides.theirs} version={theirs} summary={summary('theirs')} />
      </dl>
    </section>
  )
}

const Seen = ({ detail }: Pick<DriftProps, 'detail'>) => {
  const { agent, theirs } = detail
  const version = currentVersion(agent)
  return (
    <>
      {version === undefined ? null : <input type="hidden" name="if_version" value={String(version)} />}
      {theirs === undefined ? null : <input type="hidden" name="theirs" value={String(theirs.number)} />}
    </>
  )
}

const Pull = ({ frame, profile, agent, detail }: DriftProps) => {
  const { drift } = frame.words
  const isBothChanged = agent.syncStatus === 'diverged'
  return (
    <form
      method="post"
      action={agentPath(profile, agent, '/pull')}
      class="card side-card next-step"
      aria-labelledby="pull-title"
    >
      <Csrf frame={frame} />
      <Seen detail={detail} />
      <h2 id="pull-title" safe>
        {drift.pull}
      </h2>
      <p class="connection-help" safe>
        {drift.pullHelp}
      </p>
      {isBothChanged ? (
        <label class="check">
          <input type="checkbox" name="overwrite" value="1" required />
          <span safe>{drift.overwrite}</span>
        </label>
      ) : null}
      <div class="form-actions">
        <button class={isBothChanged ? 'button danger' : 'button primary'} type="submit" safe>
          {drift.pull}
        </button>
      </div>
    </form>
  )
}

const Preview = ({ frame, preview }: DriftProps) => {
  const { drift } = frame.words
  return preview === undefined ? null : (
    <section id="preview" class="stack" aria-labelledby="preview-title">
      <h2 id="preview-title" safe>
        {drift.previewTitle}
      </h2>
      {preview.conflicts.length === 0 ? null : (
        <p>
          <Tag tone="wait" sign="?" label={drift.undecided(preview.conflicts.length)} />
        </p>
      )}
      {preview.changes.sections.length === 0 ? (
        <p class="card side-card" safe>
          {drift.previewSame}
        </p>
      ) : (
        <DiffSections frame={frame} changes={preview.changes} />
      )}
    </section>
  )
}

const MergeForm = (props: DriftProps) => {
  const { frame, profile, agent, detail, entry, faults, message } = props
  const { drift } = frame.words
  const { conflicts } = detail
  const canChoose = may(frame, 'agents.change')
  return (
    <form
      method="post"
      action={agentPath(profile, agent, '/merge')}
      class="card merge-form"
      aria-labelledby="merge-title"
    >
      <Csrf frame={frame} />
      <Seen detail={detail} />
      <div class="merge-head">
        <h2 id="merge-title" safe>
          {drift.merge}
        </h2>
        <Tag
          tone={conflicts.length === 0 ? 'done' : 'wait'}
          sign={conflicts.length === 0 ? '✓' : '?'}
          label={conflicts.length === 0 ? drift.noConflicts : drift.conflicts(conflicts.length)}
        />
        <p class="connection-help" safe>
          {drift.mergeHelp}
        </p>
      </div>
      <ol>
        {conflicts.map((one) => (
          <Conflict
            frame={frame}
            one={one}
            entry={entry}
            fault={faults?.get(pathText(one.path))}
            canChoose={canChoose}
          />
        ))}
      </ol>
      {canChoose ? (
        <div class="merge-end">
          <TextField type="text" name="message" label={drift.message} value={message} optional={drift.messageHint} />
          <div class="form-actions">
            <button class="button" type="submit" name="deed" value="preview" safe>
              {drift.preview}
            </button>
            <button class="button primary" type="submit" name="deed" value="merge" safe>
              {drift.submit}
            </button>
          </div>
        </div>
      ) : null}
    </form>
  )
}

const Changes = ({ frame, detail, side }: DriftProps & { readonly side: 'ours' | 'theirs' }) => {
  const { drift } = frame.words
  const changes = detail.changes[side]
  return changes.sections.length === 0 ? null : (
    <section class="stack" aria-label={drift.changed[side]}>
      <h2 safe>{drift.changed[side]}</h2>
      <DiffSections frame={frame} changes={changes} />
    </section>
  )
}

const Nothing = ({ frame, agent }: AgentProps) => {
  const { drift } = frame.words
  const isUnknown = agent.syncStatus === 'unknown'
  return (
    <section class="card">
      <Empty title={isUnknown ? drift.unknown : drift.same} help={isUnknown ? drift.unknownHelp : drift.sameHelp} />
    </section>
  )
}

/** How our side and Retell's came apart, and bringing them together. */
export const driftPage = (props: DriftProps): View => {
  const { frame, profile, agent, detail } = props
  const { drift } = frame.words
  const { syncStatus, retellAgentId } = agent
  const canChange = may(frame, 'agents.change')
  const isApart = syncStatus === 'diverged'
  return {
    title: `${agentName(agent)}: ${drift.title}`,
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <AgentTop {...props} here="drift" title={drift.title} />
        <DeedsForm frame={frame} />
        <div class="stack">
          <Sides {...props} />
          {canChange && retellAgentId !== undefined ? (
            <p class="drift-read">
              <Deed action={agentPath(profile, agent, '/refresh')} name="next" value="drift" label={drift.read} />
            </p>
          ) : null}
          {syncStatus === 'clean' || syncStatus === 'unknown' ? <Nothing {...props} /> : null}
          {isApart ? <MergeForm {...props} /> : null}
          <Preview {...props} />
          {canChange && (isApart || syncStatus === 'theirs_ahead') ? <Pull {...props} /> : null}
          {detail.changes.theirs.sections.length > 0 ? <Changes {...props} side="theirs" /> : null}
          <Changes {...props} side="ours" />
        </div>
      </>
    ),
  }
}
