import type { ManagedAgent } from '../../../../application/ports/agents.ts'
import type { CompanyProfile } from '../../../../domain/company.ts'
import { moment } from '../../format.ts'
import { companyPath, type Frame, may, readingOf } from '../../frame.ts'
import type { Words } from '../../words/words.ts'
import { Csrf, Message } from '../fields.tsx'
import { PageHead, Tag, type Tone } from '../parts.tsx'

/** What a page of one agent is about. */
export interface AgentProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly agent: ManagedAgent
}

/** What came of the last form. */
export interface Told {
  readonly said?: string | undefined
  /** In place of what `said` stands for. */
  readonly note?: string | undefined
  readonly wrong?: string | undefined
  readonly status?: number
}

export const agentsPath = (profile: CompanyProfile, rest = ''): string => companyPath(profile, `/agents${rest}`)

export const agentPath = (profile: CompanyProfile, { slug }: Pick<ManagedAgent, 'slug'>, rest = ''): string =>
  agentsPath(profile, `/${encodeURIComponent(slug)}${rest}`)

export const agentName = ({ name, slug }: Pick<ManagedAgent, 'name' | 'slug'>): string => (name === '' ? slug : name)

/** `Version 4 · Retell 2` */
export const versionText = ({ agents }: Words, version: number, atRetell: number | undefined): string =>
  [agents.version(version), atRetell === undefined ? undefined : agents.atRetell(atRetell)].filter(Boolean).join(' · ')

const tones: { readonly [Status in ManagedAgent['syncStatus']]: readonly [tone: Tone, sign: string] } = {
  clean: ['done', '✓'],
  ours_ahead: ['wait', '↑'],
  theirs_ahead: ['now', '↓'],
  diverged: ['wrong', '⇅'],
  unknown: ['plain', '?'],
}

export const SyncTag = ({ frame, agent }: Omit<AgentProps, 'profile'>): JSX.Element => {
  const { agents } = frame.words
  if (agent.isGone) return <Tag tone="wrong" sign="✕" label={agents.gone} />
  const [tone, sign] = tones[agent.syncStatus]
  return <Tag tone={tone} sign={sign} label={agents.status[agent.syncStatus]} />
}

export const readText = ({ frame, agent }: Omit<AgentProps, 'profile'>): string => {
  const { agents } = frame.words
  return agent.syncedAt === undefined
    ? agents.neverRead
    : agents.readAt(moment(agent.syncedAt, frame.now, readingOf(frame)))
}

export type AgentTab = keyof Words['agents']['tabs']
const places: { readonly [Tab in AgentTab]: string } = {
  live: '',
  draft: '/draft',
  publish: '/publish',
  rollout: '/rollout',
  versions: '/versions',
  drift: '/drift',
  functions: '/functions',
  rehearsals: '/rehearsals',
}

const Tabs = ({ frame, profile, agent, here }: AgentProps & { readonly here: AgentTab }) => {
  const { agents } = frame.words
  const tabs = (Object.keys(places) as readonly AgentTab[]).filter((tab) => agents.tabs[tab] !== undefined)
  return (
    <nav class="agent-tabs" aria-label={agents.tabsLabel}>
      {tabs.map((tab) => (
        <a href={agentPath(profile, agent, places[tab])} aria-current={tab === here ? 'page' : undefined} safe>
          {agents.tabs[tab]}
        </a>
      ))}
    </nav>
  )
}

const isSaid = (text: string, said: Words['agents']['said']): text is keyof typeof said => Object.hasOwn(said, text)

/** What is above every page of one agent: its name, its pages, and what came of the last form. */
export const AgentTop = (
  props: AgentProps & Told & { readonly here: AgentTab; readonly title?: string; readonly sentence?: string },
): JSX.Element => {
  const { frame, profile, agent, here, said, note, wrong } = props
  const { agents } = frame.words
  const name = agentName(agent)
  return (
    <>
      <PageHead
        frame={frame}
        title={props.title === undefined ? name : `${name}: ${props.title}`}
        sentence={props.sentence ?? agents.statusHelp[agent.syncStatus]}
        back={{ href: agentsPath(profile), label: agents.back }}
      />
      <Tabs frame={frame} profile={profile} agent={agent} here={here} />
      {wrong === undefined ? (
        <Message
          text={note ?? (said !== undefined && isSaid(said, agents.said) ? agents.said[said] : undefined)}
          tone="done"
        />
      ) : (
        <Message text={wrong} tone="wrong" />
      )}
    </>
  )
}

const deedsForm = 'deeds'

/** The one form of a page that is read anew by itself: its buttons are in that part, the form and its token are not. */
export const DeedsForm = ({ frame }: { readonly frame: Frame }): JSX.Element =>
  may(frame, 'agents.change') ? (
    <form id={deedsForm} method="post" action={frame.address.split('?')[0]}>
      <Csrf frame={frame} />
    </form>
  ) : (
    ''
  )

/** A button of the page's `DeedsForm`. */
export const Deed = (props: {
  readonly action: string
  readonly label: string
  readonly look?: 'primary' | 'danger' | 'quiet'
  readonly name?: string
  readonly value?: string
}): JSX.Element => (
  <button
    class={props.look === undefined ? 'button' : `button ${props.look}`}
    type="submit"
    form={deedsForm}
    formaction={props.action}
    name={props.name}
    value={props.value}
    safe
  >
    {props.label}
  </button>
)
