import { currentVersion } from '../../../../application/agents/current-version.ts'
import type { VersionDetail, VersionDiff } from '../../../../application/agents/history.ts'
import type { AgentVersion } from '../../../../application/ports/agents.ts'
import type { JsonObject } from '../../../../domain/canonical-json.ts'
import { moment } from '../../format.ts'
import { may, readingOf, type View } from '../../frame.ts'
import { actorText } from '../appointment.tsx'
import { Csrf, TextField } from '../fields.tsx'
import { numberText } from '../numbers.tsx'
import { Fact } from '../parts.tsx'
import { type AgentProps, AgentTop, agentName, agentPath, type Told, versionText } from './agent-frame.tsx'
import { DiffSections } from './diff-sections.tsx'
import { CompareForm, Marks } from './versions.tsx'

interface Props extends AgentProps, Told {
  readonly detail: VersionDetail
  /** Against what it was made from. Undefined: it was made from nothing. */
  readonly diff: VersionDiff | undefined
}

const Facts = ({ frame, profile, agent, detail }: Props) => {
  const { history, said, releases } = frame.words
  const { version, configuration } = detail
  return (
    <section class="card side-card" aria-label={versionText(frame.words, version.number, version.retellVersion)}>
      <dl class="facts">
        <Fact term={history.columns.origin}>
          <span safe>{history.origins[version.origin]}</span>
          <span class="marks">
            <Marks frame={frame} agent={agent} version={version.number} />
          </span>
        </Fact>
        {version.message === '' ? null : (
          <Fact term={releases.message}>
            <span safe>{said(version.message)}</span>
          </Fact>
        )}
        <Fact term={history.columns.who}>
          <span safe>{actorText(version.author, frame.words)}</span>
        </Fact>
        <Fact term={history.columns.when}>
          <span safe>{moment(version.createdAt, frame.now, readingOf(frame))}</span>
        </Fact>
        <Fact term={history.madeFrom}>
          {version.parents.length === 0 ? (
            <span class="faint" safe>
              {history.noParent}
            </span>
          ) : (
            version.parents.map((parent) => (
              <a href={agentPath(profile, agent, `/versions/${parent}`)} safe>
                {frame.words.agents.version(parent)}
              </a>
            ))
          )}
        </Fact>
        <Fact term={history.numbers}>
          <span safe>{configuration.numbers.map((one) => numberText(one, profile)).join(', ') || history.nothing}</span>
        </Fact>
        <Fact term={frame.words.exchange.file}>
          <a href={agentPath(profile, agent, `/versions/${version.number}/file`)} safe>
            {frame.words.exchange.asFile}
          </a>
          <small safe>{frame.words.exchange.asFileHelp}</small>
        </Fact>
      </dl>
    </section>
  )
}

const Restore = ({ frame, profile, agent, detail }: Props) => {
  const { history } = frame.words
  const { number } = detail.version
  if (agent.draft === number) return null
  const now = currentVersion(agent)
  return (
    <form
      method="post"
      action={agentPath(profile, agent, `/versions/${number}/restore`)}
      class="card side-card form-lines"
      aria-labelledby="restore-title"
    >
      <Csrf frame={frame} />
      {now === undefined ? null : <input type="hidden" name="if_version" value={String(now)} />}
      <div>
        <h2 id="restore-title" safe>
          {history.restore}
        </h2>
        <p class="connection-help" safe>
          {history.restoreHelp}
        </p>
      </div>
      <TextField type="text" name="message" label={history.message} value="" optional={history.messageHint} />
      <button class="button" type="submit" safe>
        {history.restore}
      </button>
    </form>
  )
}

const Whole = (props: { readonly label: string; readonly document: JsonObject | undefined }) =>
  props.document === undefined ? null : (
    <details class="card side-card whole-document">
      <summary safe>{props.label}</summary>
      <section class="document-scroll" tabindex="0" aria-label={props.label}>
        <pre safe>{JSON.stringify(props.document, null, 2)}</pre>
      </section>
    </details>
  )

/** One version: why it came to be, what it changed, and all of it. */
export const versionPage = (props: Props): View => {
  const { frame, agent, detail, diff } = props
  const { history } = frame.words
  const { version, configuration } = detail
  const title = versionText(frame.words, version.number, version.retellVersion)
  return {
    title: `${agentName(agent)}: ${title}`,
    place: 'agents',
    status: props.status ?? 200,
    content: (
      <>
        <AgentTop {...props} here="versions" title={title} sentence={history.origins[version.origin]} />
        <div class="agent-columns">
          <div class="stack">
            {diff === undefined ? null : (
              <>
                <h2 safe>{history.changesSince(frame.words.agents.version(diff.from.number))}</h2>
                <DiffSections frame={frame} changes={diff.changes} />
              </>
            )}
            <Whole label={`${history.document}: ${history.agentDocument}`} document={configuration.agent} />
            <Whole label={`${history.document}: ${history.engineDocument}`} document={configuration.engine} />
          </div>
          <div class="stack">
            <Facts {...props} />
            {may(frame, 'agents.change') ? <Restore {...props} /> : null}
          </div>
        </div>
      </>
    ),
  }
}

/** How one version became another. */
export const diffPage = (
  props: AgentProps & { readonly diff: VersionDiff; readonly versions: readonly AgentVersion[] },
): View => {
  const { frame, agent, diff, versions } = props
  const { history } = frame.words
  const { from, to, changes } = diff
  const named = (one: AgentVersion) => versionText(frame.words, one.number, one.retellVersion)
  const all = [...new Map([...versions, from, to].map((one) => [one.number, one])).values()].toSorted(
    (one, other) => other.number - one.number,
  )
  return {
    title: `${agentName(agent)}: ${history.diffTitle}`,
    place: 'agents',
    content: (
      <>
        <AgentTop
          {...props}
          here="versions"
          title={history.diffTitle}
          sentence={history.diffOf(named(from), named(to))}
        />
        <CompareForm {...props} versions={all} from={String(from.number)} to={String(to.number)} />
        <DiffSections frame={frame} changes={changes} />
      </>
    ),
  }
}
