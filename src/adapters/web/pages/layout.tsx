import { allows } from '../../../domain/access/role.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { companyPath, type Frame, may, type Place, type View } from '../frame.ts'
import { WaitingCount } from './callbacks.tsx'
import { Icon, type IconName } from './icon.tsx'

interface NavEntry {
  readonly place: Place
  readonly href: string
  readonly label: string
  readonly icon: IconName
}

const htmxSettings = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  defaultSettleDelay: 0,
})

const companyEntries = (frame: Frame, profile: CompanyProfile): readonly NavEntry[] => {
  const { nav } = frame.words
  const entries: NavEntry[] = [
    { place: 'overview', href: companyPath(profile), label: nav.overview, icon: 'overview' },
    { place: 'calls', href: companyPath(profile, '/calls'), label: nav.calls, icon: 'calls' },
    {
      ...{ place: 'callbacks', label: frame.words.callbacks.title, icon: 'callbacks' },
      href: companyPath(profile, '/callbacks'),
    },
  ]
  if (profile.company.booking)
    entries.push({
      place: 'calendar',
      href: companyPath(profile, '/appointments'),
      label: nav.calendar,
      icon: 'calendar',
    })
  if (may(frame, 'customers.read'))
    entries.push({
      place: 'customers',
      href: companyPath(profile, '/customers'),
      label: nav.customers,
      icon: 'customers',
    })
  if (profile.company.booking)
    entries.push({
      place: 'wishes',
      href: companyPath(profile, '/wishes'),
      label: frame.words.wishes.title,
      icon: 'wishes',
    })
  return entries
}

const agentEntries = (frame: Frame, profile: CompanyProfile | undefined): readonly NavEntry[] =>
  profile
    ? [
        { place: 'agents', href: companyPath(profile, '/agents'), label: frame.words.agents.title, icon: 'agent' },
        { place: 'numbers', href: companyPath(profile, '/numbers'), label: frame.words.numbers.title, icon: 'numbers' },
      ]
    : []

const operationEntries = (frame: Frame, profile: CompanyProfile | undefined): readonly NavEntry[] => {
  const { nav } = frame.words
  const entries: NavEntry[] = []
  if (profile && may(frame, 'companies.configure'))
    entries.push({ place: 'staff', href: companyPath(profile, '/staff'), label: frame.words.staff.title, icon: 'team' })
  if (profile && may(frame, 'companies.configure')) {
    const { connection, setUp } = frame.words
    if (profile.company.booking)
      entries.push({
        ...{ place: 'calendar-connection', label: connection.title, icon: 'connection' },
        href: companyPath(profile, '/calendar-connection'),
      })
    entries.push({ place: 'set-up', href: companyPath(profile, '/set-up'), label: setUp.title, icon: 'steps' })
  }
  if (profile && may(frame, 'deliveries.read'))
    entries.push({
      place: 'deliveries',
      href: companyPath(profile, '/deliveries'),
      label: nav.deliveries,
      icon: 'inbox',
    })
  if (profile && may(frame, 'audit.read'))
    entries.push({
      place: 'audit',
      href: companyPath(profile, '/audit-log'),
      label: frame.words.audit.title,
      icon: 'audit',
    })
  if (may(frame, 'platform.read')) {
    entries.push({ place: 'unrouted', href: '/unrouted-calls', label: nav.unrouted, icon: 'unrouted' })
    if (!profile)
      entries.push(
        { place: 'all-deliveries', href: '/deliveries', label: nav.deliveries, icon: 'inbox' },
        { place: 'all-audit', href: '/audit-log', label: frame.words.audit.title, icon: 'audit' },
        { place: 'flags', href: '/flags', label: frame.words.flags.title, icon: 'flags' },
      )
  }
  return entries
}

/** Kept true by the live stream, on every page. */
const Waiting = ({ frame }: { readonly frame: Frame }) =>
  frame.company ? (
    <b
      class="waiting"
      hx-get={companyPath(frame.company.profile, '/callbacks/waiting')}
      hx-trigger="sse:callback.updated, reread"
      hx-swap="innerHTML"
      hx-sync="this:queue last"
    >
      <WaitingCount frame={frame} tally={frame.company.waiting} />
    </b>
  ) : null

interface NavLinkProps {
  readonly frame: Frame
  readonly entry: NavEntry
  readonly current: Place
}

const NavLink = ({ frame, entry, current }: NavLinkProps) => (
  <a href={entry.href} class="nav-link" aria-current={entry.place === current ? 'page' : undefined}>
    <Icon name={entry.icon} />
    <span safe>{entry.label}</span>
    {entry.place === 'callbacks' ? <Waiting frame={frame} /> : null}
  </a>
)

const CompanyCard = ({ frame }: { readonly frame: Frame }) => {
  const { nav } = frame.words
  const profile = frame.company?.profile
  const everywhere = frame.session !== undefined && allows(frame.session.role, 'platform.read')
  if (!profile)
    return (
      <a class="company-card" href="/">
        <b safe>{nav.platform}</b>
        <small safe>{nav.companies}</small>
      </a>
    )
  const numbers = profile.branches.flatMap((one) => one.phoneNumbers).length
  return (
    <a class="company-card" href={everywhere ? '/' : companyPath(profile)}>
      <b safe>{profile.company.name}</b>
      <small safe>{`${nav.branches(profile.branches.length)} · ${nav.numbers(numbers)}`}</small>
      {everywhere ? (
        <small class="switch" safe>
          {nav.switchCompany}
        </small>
      ) : null}
    </a>
  )
}

/** One form with a button for each choice: works without any script. */
const Choice = (props: {
  readonly frame: Frame
  readonly name: 'theme' | 'language'
  readonly label: string
  readonly chosen: string
  readonly options: readonly (readonly [value: string, label: string])[]
}) => (
  <form class="choice" method="post" action="/preferences" aria-label={props.label}>
    <input type="hidden" name="_csrf" value={props.frame.csrf} />
    <input type="hidden" name="next" value={props.frame.address} />
    {props.options.map(([value, label]) => (
      <button
        type="submit"
        name={props.name}
        value={value}
        aria-pressed={value === props.chosen ? 'true' : 'false'}
        lang={props.name === 'language' ? value : undefined}
        safe
      >
        {label}
      </button>
    ))}
  </form>
)

const Preferences = ({ frame }: { readonly frame: Frame }) => {
  const { nav } = frame.words
  return (
    <div class="preferences">
      <Choice
        frame={frame}
        name="theme"
        label={nav.theme}
        chosen={frame.theme}
        options={[
          ['auto', nav.themes.auto],
          ['light', nav.themes.light],
          ['dark', nav.themes.dark],
        ]}
      />
      <Choice
        frame={frame}
        name="language"
        label={nav.language}
        chosen={frame.words.code}
        options={[
          ['de', nav.languages.de],
          ['en', nav.languages.en],
        ]}
      />
      {frame.session ? (
        <form class="log-out" method="post" action="/logout">
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <span class="who" safe>
            {frame.session.user.email}
          </span>
          <button type="submit" class="quiet" safe>
            {nav.logOut}
          </button>
        </form>
      ) : null}
    </div>
  )
}

const SideBar = ({ frame, place }: { readonly frame: Frame; readonly place: Place }) => {
  const { words } = frame
  const profile = frame.company?.profile
  const main = profile
    ? companyEntries(frame, profile)
    : [{ place: 'companies', href: '/', label: words.nav.companies, icon: 'overview' } as const]
  const groups = [
    [words.agents.group, agentEntries(frame, profile)],
    [words.nav.operation, operationEntries(frame, profile)],
  ] as const
  return (
    <aside class="side">
      <a class="brand" href="/">
        <Icon name="brand" />
        <span safe>{words.product}</span>
      </a>
      <CompanyCard frame={frame} />
      <nav aria-label={words.nav.main}>
        {main.map((entry) => (
          <NavLink frame={frame} entry={entry} current={place} />
        ))}
        {groups
          .filter(([, entries]) => entries.length > 0)
          .map(([name, entries]) => (
            <>
              <p class="nav-group" safe>
                {name}
              </p>
              {entries.map((entry) => (
                <NavLink frame={frame} entry={entry} current={place} />
              ))}
            </>
          ))}
      </nav>
      <Preferences frame={frame} />
    </aside>
  )
}

/** On a phone: four places and everything else. */
const BottomBar = ({ frame, place }: { readonly frame: Frame; readonly place: Place }) => {
  const { nav } = frame.words
  const profile = frame.company?.profile
  const operation = operationEntries(frame, profile)
  const main: readonly NavEntry[] = profile
    ? companyEntries(frame, profile)
    : [{ place: 'companies', href: '/', label: nav.companies, icon: 'overview' }]
  const all = [...main, ...agentEntries(frame, profile), ...operation]
  const rest = all.slice(4)
  return (
    <nav class="bottom" aria-label={nav.main}>
      {all.slice(0, 4).map((entry) => (
        <NavLink frame={frame} entry={entry} current={place} />
      ))}
      <details class="more">
        <summary class="nav-link">
          <Icon name="more" />
          <span safe>{nav.more}</span>
        </summary>
        <div class="sheet">
          <CompanyCard frame={frame} />
          {rest.map((entry) => (
            <NavLink frame={frame} entry={entry} current={place} />
          ))}
          <Preferences frame={frame} />
        </div>
      </details>
    </nav>
  )
}

const Head = ({ frame, title }: { readonly frame: Frame; readonly title: string }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="htmx-config" content={htmxSettings} />
    <meta name="color-scheme" content={frame.theme === 'auto' ? 'light dark' : frame.theme} />
    <meta name="referrer" content="same-origin" />
    <meta name="robots" content="noindex, nofollow" />
    <title safe>{`${title} · ${frame.company?.profile.company.name ?? frame.words.product}`}</title>
    <link rel="icon" href={frame.assets.icon} type="image/svg+xml" />
    <link rel="preload" href={frame.assets.font} as="font" type="font/woff2" crossorigin="anonymous" />
    {frame.assets.styles.map((href) => (
      <link rel="stylesheet" href={href} />
    ))}
    {frame.assets.scripts.map((src) => (
      <script src={src} defer></script>
    ))}
  </head>
)

const Notes = ({ frame }: { readonly frame: Frame }) => {
  const { words } = frame
  return (
    <>
      <noscript>
        <p class="note" safe>
          {words.noScript}
        </p>
      </noscript>
      <p class="note" id="old-browser" hidden safe>
        {words.oldBrowser}
      </p>
    </>
  )
}

/** A page of the dashboard, complete. */
export const Document = ({ frame, view }: { readonly frame: Frame; readonly view: View }): JSX.Element => {
  const { words, company } = frame
  const live = company ? `${companyPath(company.profile, '/live')}?since=${company.seq}` : undefined
  return (
    <html lang={words.code} class={frame.theme === 'auto' ? undefined : frame.theme} data-now={String(frame.now)}>
      <Head frame={frame} title={view.title} />
      <body hx-ext={live ? 'sse,keyed' : 'keyed'} sse-connect={live} hx-history="false">
        <a class="skip" href="#main" safe>
          {words.skip}
        </a>
        <div class="frame">
          <SideBar frame={frame} place={view.place} />
          <main id="main" tabindex="-1">
            <Notes frame={frame} />
            {view.content as 'safe'}
          </main>
          <BottomBar frame={frame} place={view.place} />
        </div>
        {company ? (
          <ul
            id="pulse"
            hidden
            data-keyed
            hx-get={`${companyPath(company.profile, '/pulse')}?since=${frame.now}`}
            hx-select="#pulse"
            hx-trigger="sse:call.updated, sse:appointment.updated, reread"
            hx-swap="keyed"
            hx-sync="this:queue last"
          ></ul>
        ) : null}
        <div
          id="toasts"
          role="status"
          aria-live="polite"
          aria-label={words.live.notices}
          data-close={words.live.close}
          data-failed={words.live.failed}
        ></div>
      </body>
    </html>
  )
}

/** A page for somebody who is not logged in. */
export const DoorDocument = ({ frame, view }: { readonly frame: Frame; readonly view: View }): JSX.Element => (
  <>
    <html lang={frame.words.code} class={frame.theme === 'auto' ? undefined : frame.theme}>
      <Head frame={frame} title={view.title} />
      <body class="door">
        <main id="main">
          <a class="brand" href="/">
            <Icon name="brand" />
            <span safe>{frame.words.product}</span>
          </a>
          {view.content as 'safe'}
          <Preferences frame={frame} />
        </main>
      </body>
    </html>
  </>
)
