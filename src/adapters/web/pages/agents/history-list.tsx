import type { Page } from '../../../../application/ports/page.ts'
import type { View } from '../../frame.ts'
import { Pager } from '../parts.tsx'
import { type AgentProps, AgentTop, agentName, agentPath } from './agent-frame.tsx'

interface RowsProps<Item> {
  readonly items: readonly Item[]
  /** Said where there is none yet. */
  readonly none: string
  /** Each line is a link, which the arrow keys lead through. */
  readonly isWalked?: boolean
  readonly row: (one: Item) => JSX.Element
}

/** What happened to an agent, a line each. */
export const HistoryRows = <Item,>({ items, none, isWalked = false, row }: RowsProps<Item>): JSX.Element =>
  items.length === 0 ? (
    <p class="cure-line" safe>
      {none}
    </p>
  ) : (
    <ol class="plain-rows" data-rows={isWalked}>
      {items.map(row)}
    </ol>
  )

/** Props of a page of such a list, newest first. */
export type HistoryProps<Item> = AgentProps & { readonly page: Page<Item>; readonly cursor: string }

export const historyPage = <Item,>(
  props: HistoryProps<Item>,
  { title, path, rows }: { readonly title: string; readonly path: string; readonly rows: JSX.Element },
): View => {
  const { frame, profile, agent, page, cursor } = props
  const { releases } = frame.words
  return {
    title: `${agentName(agent)}: ${title}`,
    place: 'agents',
    content: (
      <>
        <AgentTop {...props} here="live" title={title} />
        <section class="card list" aria-label={title}>
          {rows as 'safe'}
          <Pager
            path={agentPath(profile, agent, path)}
            query={{}}
            cursor={cursor}
            next={page.next}
            first={releases.newest}
            more={releases.older}
          />
        </section>
      </>
    ),
  }
}
