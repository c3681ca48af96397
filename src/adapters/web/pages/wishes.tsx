import type { Page } from '../../../application/ports/page.ts'
import type { WishTally } from '../../../application/ports/wishes.ts'
import type { CompanyProfile, Slug } from '../../../domain/company.ts'
import type { Wish } from '../../../domain/reception/wish.ts'
import { clockText, instantAt } from '../../../domain/time.ts'
import { clockTime, dayAndTime, moment, type Reading, shortDay } from '../format.ts'
import { companyPath, type Frame, readingOf, type View } from '../frame.ts'
import { branchLabel, branchOf } from './call-row.tsx'
import { Empty, PageHead, Pager, Rows, Select, Tag, withQuery } from './parts.tsx'

interface RowProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly wish: Wish
}

const serviceName = (profile: CompanyProfile, id: Wish['service'], frame: Frame): string =>
  profile.services.find((one) => one.id === id)?.name ?? frame.words.wishes.anything

/** `Sa 5.12. 10:30`, `Sa 5.12. 09:00 bis 12:00`, as much as was said. */
const wantedText = ({ frame, profile, wish }: RowProps): string => {
  const { wishes } = frame.words
  const { date, time, window } = wish.wanted
  const zone = branchOf(profile, wish.branch)?.timeZone ?? profile.company.timeZone
  const day = date && shortDay(instantAt(date, 720, zone), readingOf(frame, zone))
  const clock =
    time === undefined ? window && wishes.between(clockText(window.from), clockText(window.to)) : clockText(time)
  return [day, clock].filter(Boolean).join(' ') || wishes.anytime
}

/** `Mo 23.11. 10:15`, and `10:30` after it where it is of the same day. */
const toldTexts = ({ alternatives }: Wish, reading: Reading): readonly string[] =>
  alternatives.map(({ startsAt }, n) => {
    const before = alternatives[n - 1]
    const isSameDay = before && shortDay(before.startsAt, reading) === shortDay(startsAt, reading)
    return isSameDay ? clockTime(startsAt, reading) : dayAndTime(startsAt, reading)
  })

const WishRow = (props: RowProps) => {
  const { frame, profile, wish } = props
  const { wishes } = frame.words
  const branch = branchOf(profile, wish.branch)
  const reading = readingOf(frame, branch?.timeZone)
  const told = toldTexts(wish, reading)
  const cells = (
    <>
      <span class="cell time">
        <time datetime={new Date(wish.createdAt).toISOString()} safe>
          {moment(wish.createdAt, frame.now, reading)}
        </time>
        {branch && profile.branches.length > 1 ? <small safe>{branchLabel(branch, profile)}</small> : null}
      </span>
      <span class="cell who">
        <span class="name" safe>
          {serviceName(profile, wish.service, frame)}
        </span>
        <span safe>{wantedText(props)}</span>
      </span>
      <span class="cell outcome">
        <Tag tone="wait" sign="" label={wishes.reason[wish.reason]} />
      </span>
      <span class="cell offered">
        <small class="only-narrow" safe>{`${wishes.columns.offered}: `}</small>
        <span safe>{told.length === 0 ? wishes.nothing : told.join(', ')}</span>
      </span>
    </>
  )
  return (
    <li id={wish.id}>
      {wish.callId === undefined ? (
        <div class="row wish-row">{cells as 'safe'}</div>
      ) : (
        <a class="row wish-row" href={companyPath(profile, `/calls/${encodeURIComponent(wish.callId)}`)}>
          {cells as 'safe'}
        </a>
      )}
    </li>
  )
}

/** Where capacity is missing: how often each service was wanted in vain, drawn against the most wanted. */
const Demand = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly demand: readonly WishTally[]
}) => {
  const { frame, profile, demand } = props
  const { wishes } = frame.words
  const most = String(demand[0]?.count ?? 1)
  return (
    <section id="demand" class="card side-card" aria-labelledby="demand-title">
      <h2 id="demand-title" safe>
        {wishes.demand}
      </h2>
      {demand.length === 0 ? (
        <p class="calm" safe>
          {wishes.noDemand}
        </p>
      ) : (
        <ol class="demand">
          {demand.slice(0, 8).map(({ service, count }) => {
            const known = profile.services.find(({ id }) => id === service)
            const name = serviceName(profile, service, frame)
            return (
              <li>
                {known ? (
                  <a href={withQuery(companyPath(profile, '/wishes'), { service: known.slug })} safe>
                    {name}
                  </a>
                ) : (
                  <span safe>{name}</span>
                )}
                <b safe>{wishes.times(count)}</b>
                <progress max={most} value={String(count)} aria-hidden="true"></progress>
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}

interface WishFilter {
  readonly branch: Slug
  readonly service: Slug
}

const Filters = ({ frame, profile, filter }: Pick<RowProps, 'frame' | 'profile'> & { readonly filter: WishFilter }) => {
  const { wishes, calls } = frame.words
  const path = companyPath(profile, '/wishes')
  return (
    <form class="filters" method="get" action={path} aria-label={wishes.filter} data-submit-on-change>
      <Select
        name="service"
        label={wishes.service}
        chosen={filter.service}
        options={[['', wishes.all], ...profile.services.map((one) => [one.slug, one.name] as const)]}
      />
      {profile.branches.length > 1 ? (
        <Select
          name="branch"
          label={wishes.branch}
          chosen={filter.branch}
          options={[['', wishes.all], ...profile.branches.map((one) => [one.slug, branchLabel(one, profile)] as const)]}
        />
      ) : null}
      <button class="button no-script" type="submit" safe>
        {wishes.apply}
      </button>
      <a class="button quiet reset" href={path} hidden={filter.branch === '' && filter.service === ''} safe>
        {calls.filter.reset}
      </a>
    </form>
  )
}

/** What callers wanted and could not get: the single wishes, and what is wanted most. */
export const wishesPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly filter: WishFilter
  readonly cursor: string
  readonly page: Page<Wish>
  readonly demand: readonly WishTally[]
}): View => {
  const { frame, profile, filter, cursor, page, demand } = props
  const { wishes } = frame.words
  const { columns } = wishes
  const path = companyPath(profile, '/wishes')
  const isFiltered = filter.branch !== '' || filter.service !== ''
  return {
    title: wishes.title,
    place: 'wishes',
    content: (
      <>
        <PageHead frame={frame} title={wishes.title} sentence={wishes.lead} />
        {page.items.length === 0 && !isFiltered ? null : <Filters frame={frame} profile={profile} filter={filter} />}
        <div class="wish-columns">
          <section id="list" class="card list" aria-label={wishes.title}>
            {page.items.length === 0 ? (
              isFiltered ? (
                <Empty title={wishes.noMatch} help={wishes.noMatchHelp} action={{ href: path, label: wishes.all }} />
              ) : (
                <Empty title={wishes.empty} help={wishes.emptyHelp} />
              )
            ) : (
              <>
                <div class="list-head">
                  <p class="count" safe>
                    {wishes.count(page.items.length, page.next !== undefined || cursor !== '')}
                  </p>
                </div>
                <Rows row="wish-row" columns={[columns.said, columns.what, columns.why, columns.offered]}>
                  {page.items.map((wish) => (
                    <WishRow frame={frame} profile={profile} wish={wish} />
                  ))}
                </Rows>
              </>
            )}
            <Pager
              path={path}
              query={{ ...filter }}
              cursor={cursor}
              next={page.next}
              first={wishes.first}
              more={wishes.older}
            />
          </section>
          {page.items.length === 0 && !isFiltered ? null : <Demand frame={frame} profile={profile} demand={demand} />}
        </div>
      </>
    ),
  }
}
