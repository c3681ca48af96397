import { linesMeant } from '../../../application/calling/lines-meant.ts'
import type { UnroutedCall } from '../../../application/ports/inbox.ts'
import type { Page } from '../../../application/ports/page.ts'
import type { Branch, CompanyProfile } from '../../../domain/company.ts'
import type { Country } from '../../../domain/phone-number.ts'
import { moment, phone, recently } from '../format.ts'
import { type Frame, readingOf, type View } from '../frame.ts'
import { Csrf, Message } from './fields.tsx'
import { Empty, PageHead, withQuery } from './parts.tsx'

/** No company, so no country: numbers are read as they would be in Germany and shown with `+` where they are not. */
const country = 'DE' as Country

const choices = 'branches'
const lineName = (profile: CompanyProfile, branch: Branch): string => `${profile.company.slug}/${branch.slug}`

/** The field comes before the suggestions: who presses Enter in it means what is written there. */
const Assign = (props: {
  readonly frame: Frame
  readonly one: UnroutedCall
  readonly companies: readonly CompanyProfile[]
}) => {
  const { frame, one } = props
  const { unrouted } = frame.words
  const companies = props.companies.filter(({ id }) => one.account === undefined || one.account === id)
  const meant = linesMeant(one.toNumber, companies)
  return (
    <form method="post" action={`/unrouted-calls/${encodeURIComponent(one.id)}/assign`} class="unrouted-assign">
      <Csrf frame={frame} />
      <label>
        <span class="sr" safe>
          {unrouted.assignTo}
        </span>
        <input name="other" list={choices} placeholder={unrouted.assignTo} autocomplete="off" maxlength="200" />
      </label>
      <button class="button" type="submit">
        <span safe>{unrouted.assign}</span>
        <span class="sr" safe>
          {unrouted.ofCall(phone(one.toNumber, country) ?? one.toNumber ?? unrouted.noNumber)}
        </span>
      </button>
      {meant.length === 0 ? null : (
        <div class="meant">
          <span class="meant-label" safe>
            {unrouted.meant}
          </span>
          {meant.map(({ line: { number, profile, branch }, distance }) => (
            <button class="button" type="submit" name="to" value={lineName(profile, branch)}>
              <span safe>{branch.name}</span>
              <small safe>{`${phone(number, country) ?? number}, ${unrouted.differs(distance)}`}</small>
            </button>
          ))}
        </div>
      )}
    </form>
  )
}

const isSaid = (text: string, said: Frame['words']['unrouted']['said']): text is keyof typeof said => text in said

export const unroutedPage = (props: {
  readonly frame: Frame
  readonly page: Page<UnroutedCall>
  readonly companies: readonly CompanyProfile[]
  readonly said: string
}): View => {
  const { frame, page, companies, said } = props
  const { unrouted, calls } = frame.words
  const reading = readingOf(frame)
  return {
    title: unrouted.title,
    place: 'unrouted',
    content: (
      <>
        <PageHead frame={frame} title={unrouted.title} sentence={unrouted.lead} />
        <Message
          text={isSaid(said, unrouted.said) ? unrouted.said[said] : undefined}
          tone={said === 'assigned' ? 'done' : 'wrong'}
        />
        <datalist id={choices}>
          {companies.flatMap((profile) =>
            profile.branches.map((branch) => (
              <option value={lineName(profile, branch)} safe>
                {`${profile.company.name}, ${branch.name}`}
              </option>
            )),
          )}
        </datalist>
        <section id="list" class="card list" aria-label={unrouted.title}>
          <div class="list-head">
            <p class="count" safe>
              {unrouted.count(page.items.length, page.next !== undefined)}
            </p>
          </div>
          {page.items.length === 0 ? (
            <Empty title={unrouted.empty} help={unrouted.emptyHelp} />
          ) : (
            <div class="rows">
              <p class="cure-line">
                <span safe>{`${unrouted.cure} `}</span>
                <code>npx frontdesk apply company.yaml</code>
              </p>
              <div class="row unrouted-row columns" aria-hidden="true">
                <span safe>{unrouted.columns.time}</span>
                <span safe>{unrouted.columns.called}</span>
                <span safe>{unrouted.columns.caller}</span>
                <span safe>{unrouted.columns.events}</span>
              </div>
              <ol id="rows">
                {page.items.map((one) => (
                  <li id={one.id}>
                    <div class="row unrouted-row">
                      <span class="cell time">
                        <time datetime={new Date(one.receivedAt).toISOString()} safe>
                          {moment(one.receivedAt, frame.now, reading)}
                        </time>
                        <small class="ago" safe>
                          {recently(one.receivedAt, frame.now, frame.words.code) ?? ''}
                        </small>
                      </span>
                      <span class="cell who">
                        <span class="name" safe>
                          {phone(one.toNumber, country) ?? one.toNumber ?? unrouted.noNumber}
                        </span>
                        {one.agentId === undefined ? null : (
                          <small class="mono" safe>
                            {one.agentId}
                          </small>
                        )}
                      </span>
                      <span class="cell branch" safe>
                        {phone(one.fromNumber, country) ?? calls.hidden}
                      </span>
                      <span class="cell outcome">
                        {one.events.map((event) => (
                          <code class="event-name" safe>
                            {event}
                          </code>
                        ))}
                      </span>
                    </div>
                    <Assign frame={frame} one={one} companies={companies} />
                  </li>
                ))}
              </ol>
            </div>
          )}
          {page.next === undefined ? null : (
            <p class="list-more">
              <a class="button" href={withQuery('/unrouted-calls', { cursor: page.next })} safe>
                {unrouted.older}
              </a>
            </p>
          )}
        </section>
      </>
    ),
  }
}
