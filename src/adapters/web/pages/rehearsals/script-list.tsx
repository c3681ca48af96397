import type { StoredScript } from '../../../../application/ports/rehearsals.ts'
import type { CompanyProfile } from '../../../../domain/company.ts'
import { moment } from '../../format.ts'
import { companyPath, type Frame, may, readingOf, type View } from '../../frame.ts'
import { agentsPath } from '../agents/agent-frame.tsx'
import { Message } from '../fields.tsx'
import { Empty, PageHead } from '../parts.tsx'

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly scripts: readonly StoredScript[]
  readonly said: string
}

export const scriptsPath = (profile: CompanyProfile, rest = ''): string =>
  companyPath(profile, `/rehearsal-scripts${rest}`)

/** The scripted calls that a company keeps, by name. */
export const scriptListPage = ({ frame, profile, scripts, said }: Props): View => {
  const { scripts: words } = frame.words
  const mayChange = may(frame, 'agents.change')
  const add = scriptsPath(profile, '/new')
  return {
    title: words.title,
    place: 'agents',
    content: (
      <>
        <PageHead
          frame={frame}
          title={words.title}
          sentence={words.lead}
          back={{ href: agentsPath(profile), label: words.agents }}
        >
          {mayChange ? (
            <a class="button primary" href={add} safe>
              {words.add}
            </a>
          ) : null}
        </PageHead>
        <Message text={Object.entries(words.done).find(([key]) => key === said)?.[1]} tone="done" />
        <section class="card list" aria-label={words.title}>
          {scripts.length === 0 ? (
            <Empty
              title={words.empty}
              help={mayChange ? words.emptyHelp : words.emptyHelpViewer}
              {...(mayChange ? { action: { href: add, label: words.add } } : {})}
            />
          ) : (
            <>
              <div class="list-head">
                <p class="count" safe>
                  {words.count(scripts.length)}
                </p>
              </div>
              <ol id="rows" data-rows>
                {scripts.map(({ id, name, changedAt }) => (
                  <li>
                    <a class="row script-row" href={scriptsPath(profile, `/${encodeURIComponent(id)}`)}>
                      <span class="cell name" safe>
                        {name}
                      </span>
                      <small class="cell" safe>
                        {words.changed(moment(changedAt, frame.now, readingOf(frame)))}
                      </small>
                    </a>
                  </li>
                ))}
              </ol>
            </>
          )}
        </section>
      </>
    ),
  }
}
