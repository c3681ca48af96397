import type { Page } from '../../../application/ports/page.ts'
import {
  type AuditActor,
  type AuditEntry,
  type AuditFacts,
  type AuditSubject,
  auditKinds,
} from '../../../domain/access/audit-entry.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { dayAndTime } from '../format.ts'
import { companyPath, type Frame, readingOf, type View } from '../frame.ts'
import { Empty, PageHead, Pager, Rows, Select } from './parts.tsx'

/** A filter as it stands in the address bar; '' stands for none. */
export interface AuditFilter {
  readonly kind: string
  readonly actor: string
  readonly from: string
  readonly to: string
}

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

const pathOf = (profile: CompanyProfile, { kind, id }: AuditSubject): string | undefined => {
  if (kind === 'customer') return companyPath(profile, `/customers/${encodeURIComponent(id)}`)
  if (kind === 'call') return companyPath(profile, `/calls/${encodeURIComponent(id)}`)
  return kind === 'appointment' ? companyPath(profile, `/appointments/${encodeURIComponent(id)}`) : undefined
}

const wordIn = (words: { readonly [name: string]: string }, name: string): string =>
  Object.hasOwn(words, name) ? (words[name] ?? name) : name.replaceAll('_', ' ')

const factsText = (all: AuditFacts, { facts, values }: Frame['words']['audit']): string =>
  Object.entries(all)
    .map(
      ([name, value]) => `${wordIn(facts, name)} ${typeof value === 'number' ? value : wordIn(values, String(value))}`,
    )
    .join(', ')

const About = (props: { readonly frame: Frame; readonly profile: CompanyProfile; readonly entry: AuditEntry }) => {
  const { frame, profile, entry } = props
  const { subject, facts } = entry
  const { agent, ...rest } = facts
  const name = subject && `${frame.words.audit.subjects[subject.kind]} ${String(agent ?? subject.id)}`
  const path = subject && pathOf(profile, subject)
  return (
    <span class="cell about">
      {name === undefined ? null : path === undefined ? (
        <span safe>{name}</span>
      ) : (
        <a href={path} safe>
          {name}
        </a>
      )}
      <small safe>{factsText(rest, frame.words.audit)}</small>
    </span>
  )
}

const kindOfActor = ({ kind }: AuditActor, actors: Frame['words']['audit']['actors']): string =>
  Object.hasOwn(actors, kind) ? actors[kind as keyof typeof actors] : kind

const Entry = (props: { readonly frame: Frame; readonly profile: CompanyProfile; readonly entry: AuditEntry }) => {
  const { frame, profile, entry } = props
  const { audit } = frame.words
  return (
    <li>
      <div class="row audit-row">
        <span class="cell time mono">
          <time datetime={new Date(entry.at).toISOString()} safe>
            {dayAndTime(entry.at, readingOf(frame))}
          </time>
        </span>
        <span class="cell who">
          <span class="name" safe>
            {entry.actor.name}
          </span>
          <small safe>{[kindOfActor(entry.actor, audit.actors), entry.address].filter(Boolean).join(' · ')}</small>
        </span>
        <span class="cell" safe>
          {audit.kinds[entry.kind]}
        </span>
        <About frame={frame} profile={profile} entry={entry} />
      </div>
    </li>
  )
}

/** Who looked at what and who changed what at a company, newest first. */
export const auditPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly filter: AuditFilter
  readonly cursor: string
  readonly page: Page<AuditEntry>
}): View => {
  const { frame, profile, filter, cursor, page } = props
  const { audit } = frame.words
  const path = companyPath(profile, '/audit-log')
  const isFiltered = Object.values(filter).some((text) => text !== '')
  return {
    title: audit.title,
    place: 'audit',
    content: (
      <>
        <PageHead frame={frame} title={audit.title} sentence={audit.lead} />
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
                row="audit-row"
                columns={[audit.columns.at, audit.columns.who, audit.columns.what, audit.columns.about]}
              >
                {page.items.map((entry) => (
                  <Entry frame={frame} profile={profile} entry={entry} />
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
