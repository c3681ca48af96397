import type { Ring } from '../../../application/ports/calls.ts'
import type { CallListing } from '../../../application/reading/calls.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { localMoment } from '../../../domain/time.ts'
import { dayTitle } from '../format.ts'
import { companyPath, type Frame, type View } from '../frame.ts'
import { branchLabel, CallColumns, CallRow, RingRow } from './call-row.tsx'
import { Empty, PageHead, Select, withQuery } from './parts.tsx'

/** A filter as it stands in the address bar; '' stands for none. */
export interface CallFilter {
  readonly status: string
  readonly outcome: string
  readonly branch: string
  readonly day: string
  readonly cursor: string
}

const Filters = (props: { readonly frame: Frame; readonly profile: CompanyProfile; readonly filter: CallFilter }) => {
  const { frame, profile, filter } = props
  const { calls } = frame.words
  const { any } = calls.filter
  const choices = <Name extends string>(names: { readonly [N in Name]: string }) => [
    ['', any] as const,
    ...Object.entries<string>(names).map(([value, label]) => [value, label] as const),
  ]
  const path = companyPath(profile, '/calls')
  const set = filter.status || filter.outcome || filter.branch || filter.day
  return (
    <form
      id="filters"
      class="filters"
      method="get"
      action={path}
      aria-label={calls.filter.label}
      hx-get={path}
      hx-trigger="change"
      hx-target="#list"
      hx-select="#list"
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-indicator="#list"
    >
      <Select name="status" label={calls.filter.status} chosen={filter.status} options={choices(calls.status)} />
      <Select name="outcome" label={calls.filter.outcome} chosen={filter.outcome} options={choices(calls.outcome)} />
      {profile.branches.length > 1 ? (
        <Select
          name="branch"
          label={calls.filter.branch}
          chosen={filter.branch}
          options={[['', any], ...profile.branches.map((one) => [one.slug, branchLabel(one, profile)] as const)]}
        />
      ) : null}
      <label class="field">
        <span safe>{calls.filter.day}</span>
        <input type="date" name="day" value={filter.day} />
      </label>
      <button class="button no-script" type="submit" safe>
        {calls.filter.apply}
      </button>
      <a class="button quiet reset" href={path} hidden={!set} safe>
        {calls.filter.reset}
      </a>
    </form>
  )
}

export const callsPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly filter: CallFilter
  readonly listing: CallListing
  readonly rings: readonly Ring[]
}): View => {
  const { frame, profile, filter, listing, rings } = props
  const { words } = frame
  const path = companyPath(profile, '/calls')
  const filtered = Boolean(filter.status || filter.outcome || filter.branch || filter.day)
  const today = localMoment(frame.now, profile.company.timeZone).date
  const nothing = listing.items.length === 0 && rings.length === 0
  const { cursor: _, ...kept } = filter
  return {
    title: words.calls.title,
    place: 'calls',
    content: (
      <>
        <PageHead frame={frame} title={words.calls.title} sentence={dayTitle(today, today, words.code)} />
        <Filters frame={frame} profile={profile} filter={filter} />
        <section
          id="list"
          class="card list"
          aria-label={words.calls.title}
          data-keyed
          hx-get={frame.address}
          hx-select="#list"
          hx-trigger="sse:call.updated, sse:ring.updated, sse:appointment.updated, reread"
          hx-swap="keyed ignoreTitle:true"
          hx-sync="this:queue last"
          hx-indicator="#live"
        >
          <div id="list-head" class="list-head">
            <p class="count" safe>
              {words.calls.count(listing.items.length + rings.length, listing.next !== undefined)}
            </p>
            {filter.cursor === '' ? null : (
              <a href={withQuery(path, kept)} safe>
                {words.calls.newest}
              </a>
            )}
          </div>
          {nothing ? (
            <div id="list-empty">
              {filtered ? (
                <Empty
                  title={words.calls.noMatch}
                  help={words.calls.noMatchHelp}
                  action={{ href: path, label: words.calls.filter.reset }}
                />
              ) : (
                <Empty
                  title={words.calls.empty}
                  help={words.calls.emptyHelp}
                  command={`npx frontdesk call --to "${firstNumber(profile)}"`}
                />
              )}
            </div>
          ) : (
            <div id="list-table" class="rows" data-keyed>
              <div id="list-columns">
                <CallColumns words={words} />
              </div>
              <ol id="rows" data-keyed data-hold data-rows data-hold-label={words.live.hold}>
                {rings.map((ring) => (
                  <RingRow ring={ring} frame={frame} profile={profile} />
                ))}
                {listing.items.map((call) => (
                  <CallRow call={call} listing={listing} frame={frame} profile={profile} />
                ))}
              </ol>
            </div>
          )}
          {listing.next === undefined ? null : (
            <p id="list-more" class="list-more">
              <a class="button" href={withQuery(path, { ...kept, cursor: listing.next })} safe>
                {words.calls.older}
              </a>
            </p>
          )}
        </section>
      </>
    ),
  }
}

const firstNumber = (profile: CompanyProfile): string =>
  profile.branches.flatMap((one) => one.phoneNumbers).find((one) => one.active)?.number ?? '+49…'
