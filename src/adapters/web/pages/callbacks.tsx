import type { CallbackTally } from '../../../application/ports/callbacks.ts'
import type { Page } from '../../../application/ports/page.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { type Callback, isOverdue, isStanding } from '../../../domain/reception/callback.ts'
import { DAY, HOUR, MINUTE } from '../../../domain/time.ts'
import { moment, phone } from '../format.ts'
import { companyPath, type Frame, may, readingOf, type View } from '../frame.ts'
import { branchLabel, branchOf } from './call-row.tsx'
import { Csrf, Message } from './fields.tsx'
import { Empty, PageHead, Pager, Tag, withQuery } from './parts.tsx'

export const callbackViews = ['open', 'messages', 'done'] as const
export type CallbackView = (typeof callbackViews)[number]

/** The one form of the page; it stays while the list is read anew, and the buttons in the list send it. */
const formId = 'callback-form'

interface RowProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly callback: Callback
}

/** `12 Min.`, `3 Std.`, `2 Tagen`: as much as one needs to know. */
const spanText = (milliseconds: number, { words }: Frame): string => {
  const { minutes, hours, days } = words.callbacks
  if (milliseconds < HOUR) return minutes(Math.max(1, Math.floor(milliseconds / MINUTE)))
  return milliseconds < DAY ? hours(Math.floor(milliseconds / HOUR)) : days(Math.round(milliseconds / DAY))
}

const Due = ({ frame, profile, callback }: RowProps) => {
  const { callbacks } = frame.words
  const reading = readingOf(frame, branchOf(profile, callback.branch)?.timeZone)
  const left = callback.dueBy - frame.now
  const isClosed = !isStanding(callback)
  const label = left > 0 ? callbacks.dueIn(spanText(left, frame)) : callbacks.overdue(spanText(-left, frame))
  const tone = isOverdue(callback, frame.now) ? 'wrong' : left < HOUR ? 'now' : 'plain'
  return (
    <span class="cell due">
      {isClosed ? (
        <Tag tone={callback.state === 'done' ? 'done' : 'plain'} label={callbacks.state[callback.state]} />
      ) : (
        <Tag tone={tone} label={label} />
      )}
      <time datetime={new Date(callback.dueBy).toISOString()} safe>
        {moment(callback.dueBy, frame.now, reading)}
      </time>
    </span>
  )
}

const Who = ({ frame, profile, callback }: RowProps) => {
  const { callbacks } = frame.words
  const number = phone(callback.phoneNumber, profile.company.country)
  const name = callback.customerName ?? callbacks.unknownName
  return (
    <span class="cell who">
      <span class="name" safe>
        {name}
      </span>
      {callback.phoneNumber === undefined || number === undefined ? (
        <small safe>{callbacks.noNumber}</small>
      ) : (
        <a class="tel" href={`tel:${callback.phoneNumber}`} aria-label={`${callbacks.call(name)}, ${number}`} safe>
          {number}
        </a>
      )}
    </span>
  )
}

const What = ({ frame, profile, callback }: RowProps) => {
  const { callbacks } = frame.words
  const branch = branchOf(profile, callback.branch)
  const service = profile.services.find(({ id }) => id === callback.service)?.name
  const taken = moment(callback.createdAt, frame.now, readingOf(frame, branch?.timeZone))
  const details = [
    service,
    callback.preferredTimeWindow === undefined ? undefined : callbacks.prefers(callback.preferredTimeWindow),
    branch && profile.branches.length > 1 ? branchLabel(branch, profile) : undefined,
    callbacks.since(taken),
  ]
  const text = callback.message ?? callback.reason
  return (
    <span class="cell what">
      <span class="marks">
        {callback.kind === 'message' ? <Tag tone="plain" sign="✉" label={callbacks.kind.message} /> : null}
        {callback.priority === 'normal' || !isStanding(callback) ? null : (
          <Tag tone="wait" sign="↑" label={callbacks.priority[callback.priority]} />
        )}
        <Owner frame={frame} callback={callback} />
      </span>
      <span class={text === undefined ? 'reason faint' : 'reason'} safe>
        {text ?? callbacks.noReason}
      </span>
      <small>
        <span safe>{details.filter(Boolean).join(' · ')}</span>
        {callback.callId === undefined ? null : (
          <>
            {' · '}
            <a href={companyPath(profile, `/calls/${encodeURIComponent(callback.callId)}`)} safe>
              {callbacks.toCall}
            </a>
          </>
        )}
      </small>
    </span>
  )
}

const Owner = ({ frame, callback }: Omit<RowProps, 'profile'>) => {
  const { callbacks } = frame.words
  const { assignedTo } = callback
  if (!assignedTo) return null
  const isMine = assignedTo.user === frame.session?.user.id
  return <Tag tone="done" sign="→" label={isMine ? callbacks.takenByMe : callbacks.takenBy(assignedTo.name)} />
}

type Deed = 'take' | 'done' | 'give-back' | 'reopen'

/** What can be done, and what should be done next, if anything should. */
const deedsFor = ({
  frame,
  callback,
}: Omit<RowProps, 'profile'>): { readonly deeds: readonly Deed[]; readonly next?: Deed } => {
  if (!isStanding(callback)) return { deeds: ['reopen'] }
  if (callback.assignedTo?.user === frame.session?.user.id) return { deeds: ['give-back', 'done'], next: 'done' }
  return { deeds: ['take', 'done'], ...(isOverdue(callback, frame.now) ? { next: 'take' } : {}) }
}

const Actions = ({ frame, profile, callback }: RowProps) => {
  const { callbacks } = frame.words
  const labels: { readonly [D in Deed]: string } = {
    take: callbacks.take,
    done: callbacks.done,
    'give-back': callbacks.giveBack,
    reopen: callbacks.reopen,
  }
  const { deeds, next } = deedsFor({ frame, callback })
  return (
    <span class="cell deeds">
      {deeds.map((deed) => (
        <button
          class={deed === next ? 'button primary' : 'button'}
          type="submit"
          form={formId}
          formaction={companyPath(profile, `/callbacks/${callback.id}/${deed}`)}
        >
          <span safe>{labels[deed]}</span>
          <span class="sr" safe>
            {callbacks.about(callback.customerName ?? callbacks.unknownName)}
          </span>
        </button>
      ))}
    </span>
  )
}

const Row = (props: RowProps) => (
  <li id={props.callback.id}>
    <div class={`row callback-row${isOverdue(props.callback, props.frame.now) ? ' late' : ''}`}>
      <Due {...props} />
      <Who {...props} />
      <What {...props} />
      {may(props.frame, 'callbacks.change') ? <Actions {...props} /> : <span class="cell deeds"></span>}
    </div>
  </li>
)

const Views = ({
  frame,
  path,
  view,
}: {
  readonly frame: Frame
  readonly path: string
  readonly view: CallbackView
}) => (
  <nav class="segments" aria-label={frame.words.callbacks.view}>
    {callbackViews.map((one) => (
      <a
        href={withQuery(path, { show: one === 'open' ? '' : one })}
        aria-current={one === view ? 'page' : undefined}
        safe
      >
        {frame.words.callbacks.views[one]}
      </a>
    ))}
  </nav>
)

/** Who waits for a call or left a message: what is most pressing first, with what can be done about it. */
export const callbacksPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly view: CallbackView
  readonly said: string
  readonly cursor: string
  readonly page: Page<Callback>
  readonly tally: CallbackTally
}): View => {
  const { frame, profile, view, said, cursor, page, tally } = props
  const { callbacks } = frame.words
  const path = companyPath(profile, '/callbacks')
  const here = { show: view === 'open' ? '' : view }
  const isSaid = (text: string): text is keyof typeof callbacks.said => Object.hasOwn(callbacks.said, text)
  return {
    title: callbacks.title,
    place: 'callbacks',
    content: (
      <>
        <PageHead frame={frame} title={callbacks.title} sentence={callbacks.sentence} />
        <Message text={isSaid(said) ? callbacks.said[said] : undefined} tone={said === 'gone' ? 'wrong' : 'done'} />
        <div class="filters">
          <Views frame={frame} path={path} view={view} />
        </div>
        <form id={formId} method="post" action={path}>
          <Csrf frame={frame} />
          <input type="hidden" name="show" value={view} />
        </form>
        <section
          id="list"
          class="card list"
          aria-label={callbacks.title}
          data-keyed
          hx-get={withQuery(path, { ...here, cursor })}
          hx-select="#list"
          hx-trigger="sse:callback.updated, reread"
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          <div id="list-head" class="list-head callback-head" hidden={page.items.length === 0}>
            <p class="count" safe>
              {view === 'open'
                ? callbacks.lead(tally.standing, tally.overdue)
                : callbacks.count(page.items.length, page.next !== undefined || cursor !== '')}
            </p>
          </div>
          {page.items.length === 0 ? (
            <div id="list-empty">
              <Empty title={callbacks.empty[view]} help={callbacks.emptyHelp[view]} />
            </div>
          ) : (
            <div id="list-table" class="rows" data-keyed>
              <div id="list-columns" class="row callback-row columns" aria-hidden="true">
                <span safe>{callbacks.columns.due}</span>
                <span safe>{callbacks.columns.who}</span>
                <span safe>{callbacks.columns.what}</span>
                <span></span>
              </div>
              <ol id="rows" data-keyed data-rows>
                {page.items.map((callback) => (
                  <Row frame={frame} profile={profile} callback={callback} />
                ))}
              </ol>
            </div>
          )}
          <Pager
            path={path}
            query={here}
            cursor={cursor}
            next={page.next}
            first={callbacks.first}
            more={callbacks.more}
          />
        </section>
      </>
    ),
  }
}

/** How many wait, for the navigation; empty when nobody does. */
export const WaitingCount = ({
  frame,
  tally,
}: {
  readonly frame: Frame
  readonly tally: CallbackTally
}): JSX.Element =>
  tally.standing === 0 ? (
    ''
  ) : (
    <>
      <span class={tally.overdue > 0 ? 'late' : ''} safe>
        {String(tally.standing)}
      </span>
      <span class="sr" safe>
        {` ${frame.words.callbacks.waiting}`}
      </span>
    </>
  )
