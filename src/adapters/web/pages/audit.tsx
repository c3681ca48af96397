import type { Page } from '../../../application/ports/page.ts'
import type { PlatformAuditEntry } from '../../../application/reading/audit.ts'
import {
  type AuditActor,
  type AuditEntry,
  type AuditFacts,
  type AuditSubject,
  auditKinds,
} from '../../../domain/access/audit-entry.ts'
import { isRole } from '../../../domain/access/role.ts'
import { dayAndTime } from '../format.ts'
import { type Frame, readingOf, type View } from '../frame.ts'
import type { Words } from '../words/words.ts'
import { flagTitle } from './flag-title.ts'
import { Empty, PageHead, Pager, Rows, Select } from './parts.tsx'

/** A filter as it stands in the address bar; '' stands for none. */
export interface AuditFilter {
  readonly kind: string
  readonly actor: string
  readonly from: string
  readonly to: string
}

/** Whose log it is: a company's own, or everybody's. */
export interface AuditAt {
  readonly path: string
  /** The company of which it is; undefined: of all. */
  readonly own: NamedCompany | undefined
  /** By id, for the platform's page. */
  readonly companies: ReadonlyMap<string, NamedCompany> | undefined
}

interface NamedCompany {
  readonly slug: string
  readonly name: string
}

type ShownEntry = AuditEntry & Partial<Pick<PlatformAuditEntry, 'company'>>

interface EntryProps {
  readonly frame: Frame
  readonly at: AuditAt
  readonly entry: ShownEntry
}

const companyOf = ({ own, companies }: AuditAt, { company }: ShownEntry): NamedCompany | undefined =>
  own ?? (company === undefined ? undefined : companies?.get(company))

/** What people call it, where they do not call it by its id. */
const nameOf = ({ kind, id }: AuditSubject, { own, companies }: AuditAt, { words }: Frame): string => {
  if (kind === 'company') return (own ?? companies?.get(id))?.name ?? id
  return kind === 'flag' ? flagTitle(words, id) : id
}

const rowClass = ({ companies }: AuditAt): string => (companies ? 'row audit-row with-company' : 'row audit-row')

const Filters = (props: { readonly frame: Frame; readonly path: string; readonly filter: AuditFilter }) => {
  const { frame, path, filter } = props
  const { audit } = frame.words
  const kinds = auditKinds.map((kind) => [kind, audit.kinds[kind]] as const)
  return (
    <form class="filters" method="get" action={path} aria-label={audit.filter} data-submit-on-change>
      <Select name="kind" label={audit.kind} chosen={filter.kind} options={[['', audit.any], ...kinds]} />
      <label class="field">
        <span safe>{audit.actor}</span>
        <input type="text" name="actor" value={filter.actor} maxlength="254" autocomplete="off" />
      </label>
      {(['from', 'to'] as const).map((name) => (
        <label class="field">
          <span safe>{audit[name]}</span>
          <input type="date" name={name} value={filter[name]} />
        </label>
      ))}
      <button class="button no-script" type="submit" safe>
        {audit.apply}
      </button>
      <a class="button quiet reset" href={path} hidden={Object.values(filter).every((text) => text === '')} safe>
        {audit.reset}
      </a>
    </form>
  )
}

/** Where what an entry is about is shown, in the pages of its company. */
const pathOf = (slug: string, { kind, id }: AuditSubject, agent: string | undefined): string | undefined => {
  const at = (place: string, name: string) =>
    `/companies/${encodeURIComponent(slug)}/${place}/${encodeURIComponent(name)}`
  switch (kind) {
    case 'customer':
      return at('customers', id)
    case 'call':
      return at('calls', id)
    case 'appointment':
      return at('appointments', id)
    case 'agent':
      return agent === undefined ? undefined : at('agents', agent)
    default:
      return undefined
  }
}

const wordIn = (words: { readonly [name: string]: string }, name: string): string =>
  Object.hasOwn(words, name) ? (words[name] ?? name) : name.replaceAll('_', ' ')

/** What is so or not, where others were set or taken away. */
const yesOrNo: ReadonlySet<string> = new Set(['everybody', 'sees_vip', 'prune'])

const rolesText = (text: string, { flags, audit }: Words): string =>
  text
    .split(' ')
    .map((role) => (isRole(role) ? flags.roleNames[role] : wordIn(audit.flag, role)))
    .join(' · ')

const factsText = (all: AuditFacts, words: Words): string =>
  Object.entries(all)
    .map(([name, value]) => {
      const { facts, values, flag } = words.audit
      const text = String(value)
      if (name === 'role' || name === 'roles') return `${wordIn(facts, name)} ${rolesText(text, words)}`
      const said = yesOrNo.has(name) ? flag : values
      return `${wordIn(facts, name)} ${typeof value === 'number' ? value : wordIn(said, text)}`
    })
    .join(', ')

const About = ({ frame, at, entry }: EntryProps) => {
  const { subject, facts } = entry
  const { agent, ...rest } = facts
  const name = subject && `${frame.words.audit.subjects[subject.kind]} ${String(agent ?? nameOf(subject, at, frame))}`
  const slug = companyOf(at, entry)?.slug
  const path =
    subject && slug !== undefined ? pathOf(slug, subject, typeof agent === 'string' ? agent : undefined) : undefined
  return (
    <span class="cell about">
      {name === undefined ? null : path === undefined ? (
        <span safe>{name}</span>
      ) : (
        <a href={path} safe>
          {name}
        </a>
      )}
      <small safe>{factsText(rest, frame.words)}</small>
    </span>
  )
}

const kindOfActor = ({ kind }: AuditActor, actors: Frame['words']['audit']['actors']): string =>
  Object.hasOwn(actors, kind) ? actors[kind as keyof typeof actors] : kind

const Company = ({ frame, at, entry }: EntryProps) => {
  const company = companyOf(at, entry)
  return (
    <span class="cell company">
      {company === undefined ? (
        <span class="faint" safe>
          {frame.words.nav.platform}
        </span>
      ) : (
        <a href={`/companies/${encodeURIComponent(company.slug)}/audit-log`} safe>
          {company.name}
        </a>
      )}
    </span>
  )
}

const Entry = (props: EntryProps) => {
  const { frame, at, entry } = props
  const { audit } = frame.words
  return (
    <li>
      <div class={rowClass(at)}>
        <span class="cell time mono">
          <time datetime={new Date(entry.at).toISOString()} safe>
            {dayAndTime(entry.at, readingOf(frame))}
          </time>
        </span>
        {at.companies ? <Company {...props} /> : null}
        <span class="cell who">
          <span class="name" safe>
            {entry.actor.name}
          </span>
          <small safe>{[kindOfActor(entry.actor, audit.actors), entry.address].filter(Boolean).join(' · ')}</small>
        </span>
        <span class="cell" safe>
          {audit.kinds[entry.kind]}
        </span>
        <About {...props} />
      </div>
    </li>
  )
}

/** Who looked at what and who changed what, newest first. */
export const auditPage = (props: {
  readonly frame: Frame
  readonly at: AuditAt
  readonly filter: AuditFilter
  readonly cursor: string
  readonly page: Page<ShownEntry>
}): View => {
  const { frame, at, filter, cursor, page } = props
  const { audit } = frame.words
  const { path } = at
  const { at: when, company, who, what, about } = audit.columns
  const isFiltered = Object.values(filter).some((text) => text !== '')
  return {
    title: audit.title,
    place: at.companies ? 'all-audit' : 'audit',
    content: (
      <>
        <PageHead frame={frame} title={audit.title} sentence={at.companies ? audit.allLead : audit.lead} />
        <Filters frame={frame} path={path} filter={filter} />
        <section id="list" class="card list" aria-label={audit.title}>
          {page.items.length === 0 ? (
            isFiltered ? (
              <Empty title={audit.noMatch} help={audit.noMatchHelp} action={{ href: path, label: audit.reset }} />
            ) : (
              <Empty title={audit.empty} help={audit.emptyHelp} />
            )
          ) : (
            <>
              <div class="list-head">
                <p class="count" safe>
                  {audit.count(page.items.length, page.next !== undefined || cursor !== '')}
                </p>
              </div>
              <Rows
                row={at.companies ? 'audit-row with-company' : 'audit-row'}
                columns={at.companies ? [when, company, who, what, about] : [when, who, what, about]}
              >
                {page.items.map((entry) => (
                  <Entry frame={frame} at={at} entry={entry} />
                ))}
              </Rows>
            </>
          )}
          <Pager
            path={path}
            query={{ ...filter }}
            cursor={cursor}
            next={page.next}
            first={audit.newest}
            more={audit.older}
          />
        </section>
      </>
    ),
  }
}
