import type { StaffFeed } from '../../../application/booking/feeds.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { moment } from '../format.ts'
import { companyPath, type Frame, readingOf, type View } from '../frame.ts'
import { branchLabel } from './call-row.tsx'
import { Csrf, Message } from './fields.tsx'
import { Empty, PageHead, Tag } from './parts.tsx'

interface RowProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly feed: StaffFeed
}

const FeedButton = (props: RowProps & { readonly deed: 'feed' | 'revoke'; readonly label: string }) => {
  const { frame, profile, feed, deed, label } = props
  return (
    <form method="post" action={companyPath(profile, `/staff/${encodeURIComponent(feed.staff.slug)}/${deed}`)}>
      <Csrf frame={frame} />
      <button class={deed === 'revoke' ? 'button danger' : 'button'} type="submit">
        <span safe>{label}</span>
        <span class="sr" safe>
          {frame.words.staff.of(feed.staff.name)}
        </span>
      </button>
    </form>
  )
}

const Row = (props: RowProps) => {
  const { frame, profile, feed } = props
  const { staff: words } = frame.words
  const { staff, createdAt } = feed
  const branches = profile.branches.filter(({ slug }) => staff.branches.includes(slug))
  return (
    <li id={`staff-${staff.slug}`}>
      <div class="row feed-row">
        <span class="cell who">
          <span class="name" safe>
            {staff.name}
          </span>
          <small safe>{branches.map((one) => branchLabel(one, profile)).join(', ')}</small>
        </span>
        <span class="cell">
          {createdAt === undefined ? (
            <Tag tone="plain" label={words.noFeed} />
          ) : (
            <Tag tone="done" label={words.feedSince(moment(createdAt, frame.now, readingOf(frame)))} />
          )}
        </span>
        <span class="cell line-actions">
          <FeedButton {...props} deed="feed" label={createdAt === undefined ? words.make : words.renew} />
          {createdAt === undefined ? null : <FeedButton {...props} deed="revoke" label={words.revoke} />}
        </span>
      </div>
    </li>
  )
}

/** Told once: only the digest is kept. */
const NewAddress = (props: { readonly frame: Frame; readonly name: string; readonly address: string }) => {
  const { staff } = props.frame.words
  return (
    <section class="card side-card new-feed" aria-labelledby="new-address-title">
      <h2 id="new-address-title" safe>
        {staff.made(props.name)}
      </h2>
      <p safe>{staff.copy}</p>
      <label class="field">
        <span safe>{staff.address}</span>
        <input id="feed-address" type="text" readonly value={props.address} />
      </label>
    </section>
  )
}

/** The colleagues of a company and their calendar feeds. */
export const staffPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly feeds: readonly StaffFeed[]
  readonly said: string
  readonly made?: { readonly name: string; readonly address: string }
}): View => {
  const { frame, profile, feeds, said, made } = props
  const { staff } = frame.words
  return {
    title: staff.title,
    place: 'staff',
    content: (
      <>
        <PageHead frame={frame} title={staff.title} sentence={staff.lead} />
        <Message text={said === 'revoked' ? staff.revoked : undefined} tone="done" />
        {made ? <NewAddress frame={frame} name={made.name} address={made.address} /> : null}
        <section id="list" class="card list" aria-label={staff.title}>
          {feeds.length === 0 ? (
            <Empty title={staff.empty} help={staff.emptyHelp} command="npx frontdesk apply company.yaml" />
          ) : (
            <>
              <div class="list-head">
                <p class="count" safe>
                  {staff.count(feeds.length)}
                </p>
              </div>
              <div class="row feed-row columns" aria-hidden="true">
                <span safe>{staff.columns.who}</span>
                <span safe>{staff.columns.feed}</span>
                <span></span>
              </div>
              <ol id="rows">
                {feeds.map((feed) => (
                  <Row frame={frame} profile={profile} feed={feed} />
                ))}
              </ol>
            </>
          )}
        </section>
      </>
    ),
  }
}
