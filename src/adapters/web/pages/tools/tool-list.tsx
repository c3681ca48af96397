import type { EditableTools } from '../../../../application/agents/edit-tools.ts'
import { may, type View } from '../../frame.ts'
import { AgentTop, agentName } from '../agents/agent-frame.tsx'
import { Csrf, Message } from '../fields.tsx'
import { Empty, Tag } from '../parts.tsx'
import {
  answererOf,
  draftText,
  ownerText,
  type ToolPageProps,
  type ToolShown,
  toolName,
  toolPath,
  typeText,
} from './tool-parts.tsx'

interface Props extends Omit<ToolPageProps, 'draft'> {
  readonly editable: EditableTools
  readonly publicUrl: string
  readonly said: string
  readonly status?: number
  readonly wrong?: string | undefined
}

type RowProps = Props & { readonly tool: ToolShown }

const Answerer = ({ frame, tool, publicUrl }: RowProps) => {
  const { tools } = frame.words
  const answerer = answererOf(tool, publicUrl)
  return (
    <span class="cell">
      {answerer === 'ours' ? (
        <Tag tone="done" label={tools.ours} />
      ) : answerer === 'retell' ? (
        <span class="faint" safe>
          {tools.byRetell}
        </span>
      ) : (
        <span safe>{answerer.host ?? tools.noAddress}</span>
      )}
    </span>
  )
}

const Findings = ({ frame, tool }: RowProps) => {
  const { tools } = frame.words
  if (tool.findings.length === 0)
    return (
      <span class="cell">
        <Tag tone="done" label={tools.fits} />
      </span>
    )
  return (
    <ul class="cell tool-faults">
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

const Actions = ({ frame, profile, editable: { draft }, tool }: RowProps) => {
  const { tools } = frame.words
  const about = (
    <span class="sr" safe>
      {tools.of(toolName(tool, frame.words))}
    </span>
  )
  const at = { profile, draft }
  const mayChange = may(frame, 'agents.change')
  return (
    <span class="cell tool-actions">
      <a class="button" href={toolPath(at, '/edit', tool.path)}>
        <span safe>{mayChange ? tools.edit : tools.look}</span>
        {about as 'safe'}
      </a>
      {mayChange ? (
        <>
          <form method="post" action={toolPath(at, '/copy')}>
            <Csrf frame={frame} />
            <input type="hidden" name="at" value={tool.path} />
            <input type="hidden" name="version" value={String(draft.version)} />
            <button class="button quiet" type="submit">
              <span safe>{tools.copy}</span>
              {about as 'safe'}
            </button>
          </form>
          <a class="button quiet" href={toolPath(at, '/remove', tool.path)}>
            <span safe>{tools.remove}</span>
            {about as 'safe'}
          </a>
        </>
      ) : null}
    </span>
  )
}

const Row = (props: RowProps) => {
  const { frame, tool } = props
  return (
    <li class="row tool-row">
      <span class="cell who">
        <span class="name mono" safe>
          {toolName(tool, frame.words)}
        </span>
        <small safe>{typeText(tool, frame.words)}</small>
      </span>
      <Answerer {...props} />
      <Findings {...props} />
      <Actions {...props} />
    </li>
  )
}

/** One list for each owner that has any, in the order of the document. */
const Owners = (props: Props) => {
  const { frame, editable } = props
  const { tools } = frame.words
  const owned = editable.places
    .map(({ path, owner }) => ({
      owner,
      tools: editable.tools.filter((one) => one.path.slice(0, one.path.lastIndexOf('/')) === path),
    }))
    .filter((one) => one.tools.length > 0)
  return (
    <>
      {owned.map((group) => (
        <section class="card list tool-group" aria-label={ownerText(group.owner, frame.words)}>
          <div class="card-head">
            <h2 safe>{ownerText(group.owner, frame.words)}</h2>
            <p class="count" safe>
              {tools.count(group.tools.length)}
            </p>
          </div>
          <div class="row tool-row columns" aria-hidden="true">
            <span safe>{tools.columns.name}</span>
            <span safe>{tools.columns.address}</span>
            <span safe>{tools.columns.findings}</span>
            <span></span>
          </div>
          <ol>
            {group.tools.map((tool) => (
              <Row {...props} tool={tool} />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

/** The functions of an agent's draft, wherever they stand. */
export const toolListPage = (props: Props): View => {
  const { frame, profile, editable, said, wrong } = props
  const { draft } = editable
  const { tools } = frame.words
  const mayChange = may(frame, 'agents.change')
  const add = toolPath({ profile, draft }, '/new')
  const done = Object.entries(tools.done).find(([key]) => key === said)?.[1]
  return {
    title: `${tools.title}: ${agentName(draft.agent)}`,
    place: 'agents',
    ...(props.status === undefined ? {} : { status: props.status }),
    content: (
      <>
        <AgentTop
          frame={frame}
          profile={profile}
          agent={draft.agent}
          here="functions"
          title={tools.title}
          sentence={`${draftText(draft, frame.words)} · ${tools.lead}`}
        />
        {wrong === undefined ? <Message text={done} tone="done" /> : <Message text={wrong} tone="wrong" />}
        {mayChange && !draft.isDraft ? (
          <p class="note plain" safe>
            {tools.noDraft}
          </p>
        ) : null}
        {mayChange && editable.tools.length > 0 ? (
          <p class="tool-add">
            <a class="button primary" href={add} safe>
              {tools.add}
            </a>
          </p>
        ) : null}
        {editable.tools.length === 0 ? (
          <section class="card list" aria-label={tools.title}>
            <Empty
              title={tools.empty}
              help={mayChange ? tools.emptyHelp : tools.emptyHelpViewer}
              {...(mayChange ? { action: { href: add, label: tools.add } } : {})}
            />
          </section>
        ) : (
          <Owners {...props} />
        )}
      </>
    ),
  }
}
