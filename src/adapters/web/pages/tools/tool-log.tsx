import type { Page } from '../../../../application/ports/page.ts'
import type { ToolCall } from '../../../../application/ports/tool-calls.ts'
import { clockSeconds, moment } from '../../format.ts'
import { companyPath, readingOf, type View } from '../../frame.ts'
import { Empty, PageHead, Pager } from '../parts.tsx'
import { ToolEntry } from '../timeline.tsx'
import { type ToolPageProps, type ToolShown, toolName, toolPath } from './tool-parts.tsx'

interface Props extends ToolPageProps {
  readonly tool: ToolShown
  /** Undefined: somebody else answers it, and we hear nothing of that. */
  readonly page: Page<ToolCall> | undefined
  readonly cursor: string
}

const Entry = ({ frame, profile, one }: Omit<Props, 'page'> & { readonly one: ToolCall }) => {
  const { tools } = frame.words
  const reading = readingOf(frame)
  return (
    <li class="log-row">
      <div class="log-when">
        <time datetime={new Date(one.at).toISOString()} title={clockSeconds(one.at, reading)} safe>
          {moment(one.at, frame.now, reading)}
        </time>
        <a href={companyPath(profile, `/calls/${encodeURIComponent(one.call)}`)}>
          <span safe>{tools.call}</span>
          <span class="sr" safe>
            {tools.callAt(moment(one.at, frame.now, reading))}
          </span>
        </a>
      </div>
      <ToolEntry tool={one} frame={frame} />
    </li>
  )
}

/** What a function was lately asked in calls, and what it answered. */
export const toolLogPage = (props: Props): View => {
  const { frame, profile, draft, tool, page, cursor } = props
  const { tools } = frame.words
  const title = tools.logTitle(toolName(tool, frame.words))
  const edit = toolPath({ profile, draft }, '/edit', tool.path)
  return {
    title,
    place: 'agents',
    content: (
      <>
        <PageHead
          frame={frame}
          title={title}
          sentence={tools.logLead}
          back={{ href: edit, label: toolName(tool, frame.words) }}
        />
        <section class="card list" aria-labelledby="log-title">
          <h2 id="log-title" class="sr" safe>
            {title}
          </h2>
          {page === undefined ? (
            <Empty
              title={tools.logElsewhere}
              help={tools.logElsewhereHelp}
              action={{ href: `${edit}#trial`, label: tools.trial.title }}
            />
          ) : page.items.length === 0 ? (
            <Empty title={tools.logEmpty} help={tools.logEmptyHelp} />
          ) : (
            <ol class="log-rows">
              {page.items.map((one) => (
                <Entry {...props} one={one} />
              ))}
            </ol>
          )}
          <Pager
            path={toolPath({ profile, draft }, '/log')}
            query={{ at: tool.path }}
            cursor={cursor}
            next={page?.next}
            first={tools.newest}
            more={tools.older}
          />
        </section>
      </>
    ),
  }
}
