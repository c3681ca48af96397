import type { LineView } from '../../../application/reading/lines.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { moment, phone } from '../format.ts'
import { companyPath, type Frame, may, readingOf, type View } from '../frame.ts'
import { actorText } from './appointment.tsx'
import { Csrf, Message } from './fields.tsx'
import { NumberTabs } from './number-tabs.tsx'
import { Empty, PageHead, Tag } from './parts.tsx'

interface LineProps {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly line: LineView
}

export const numberPath = (profile: CompanyProfile, number: string, rest = ''): string =>
  companyPath(profile, `/numbers/${encodeURIComponent(number)}${rest}`)

/** As people of the country write it. */
export const numberText = (number: string, profile: CompanyProfile): string =>
  phone(number, profile.company.country) ?? number

/** By its own name, else by the branch that it answers for. */
export const agentText = (profile: CompanyProfile, id: string): string =>
  profile.agents.find(({ retellAgentId }) => retellAgentId === id)?.slug ??
  profile.branches.find(({ retellAgentId }) => retellAgentId === id)?.name ??
  id

/** Who answers, and for whom where that is somebody else. */
const goesTo = ({ frame, profile, line }: LineProps): readonly [who: string, detail: string | undefined] => {
  const { numbers } = frame.words
  const { branch, fallback, override } = line.destination
  if (!line.active) return ['–', numbers.inactiveHelp]
  if (override?.to.kind === 'agent')
    return [numbers.agent(agentText(profile, override.to.agentId)), numbers.forBranch(branch.name)]
  if (override?.to.kind === 'transfer')
    return [numbers.person(numberText(override.to.number, profile)), numbers.forBranch(branch.name)]
  if (fallback) return [fallback.name, numbers.answersFor(branch.name)]
  const next = profile.branches.find(({ slug }) => slug === branch.fallback.whenClosedToBranch)
  return [branch.name, next && numbers.whenClosed(next.name)]
}

const Goes = (props: LineProps) => {
  const { frame, line } = props
  const { numbers } = frame.words
  const [who, detail] = goesTo(props)
  const { override } = line
  return (
    <span class="cell goes">
      <span class="name" safe>
        {who}
      </span>
      {detail === undefined ? null : <small safe>{detail}</small>}
      {override === undefined ? null : (
        <span class="redirected">
          <Tag tone="wait" label={numbers.redirected} />
          <small safe>
            {numbers.redirectedUntil(
              moment(override.endsAt, frame.now, readingOf(frame)),
              actorText(override.createdBy, frame.words),
            )}
          </small>
        </span>
      )}
    </span>
  )
}

const Hours = ({ frame, line }: LineProps) => {
  const { numbers } = frame.words
  const { destination, until, closure } = line
  const time = until && moment(until, frame.now, readingOf(frame, destination.branch.timeZone))
  if (destination.isOpen)
    return (
      <span class="cell hours">
        <Tag tone="done" label={numbers.open} />
        <small safe>{time === undefined ? '' : numbers.openUntil(time)}</small>
      </span>
    )
  const why =
    closure?.kind === 'holiday'
      ? closure.holiday.name[frame.words.code]
      : closure?.kind === 'closed'
        ? numbers.closedToday
        : undefined
  return (
    <span class="cell hours">
      <Tag tone="plain" label={numbers.closed} />
      <small safe>
        {[why, time === undefined ? numbers.neverOpens : numbers.opensAt(time)].filter(Boolean).join(', ')}
      </small>
    </span>
  )
}

const Actions = ({ frame, profile, line }: LineProps) => {
  const { numbers } = frame.words
  const { override } = line
  const about = (
    <span class="sr" safe>
      {numbers.ofNumber(numberText(line.number, profile))}
    </span>
  )
  return (
    <span class="cell line-actions">
      <a class="button" href={numberPath(profile, line.number, '/redirect')}>
        <span safe>{override ? numbers.change : numbers.redirect}</span>
        {about as 'safe'}
      </a>
      {override === undefined ? null : (
        <form method="post" action={numberPath(profile, line.number, '/end')}>
          <Csrf frame={frame} />
          <input type="hidden" name="id" value={override.id} />
          <button class="button danger" type="submit">
            <span safe>{numbers.end}</span>
            {about as 'safe'}
          </button>
        </form>
      )}
    </span>
  )
}

const Line = (props: LineProps) => {
  const { frame, profile, line } = props
  const { numbers } = frame.words
  const { transferTo } = line.destination
  return (
    <li id={`line-${line.number.slice(1)}`}>
      <div class="row line-row">
        <span class="cell who">
          <span class="name" safe>
            {numberText(line.number, profile)}
          </span>
          <small safe>{line.dialled.name}</small>
          {line.active ? null : <Tag tone="plain" label={numbers.inactive} />}
        </span>
        <Goes {...props} />
        {line.active ? <Hours {...props} /> : <span class="cell hours"></span>}
        <span class={`cell transfer${transferTo === undefined ? ' faint' : ''}`}>
          <small class="only-narrow" safe>{`${numbers.columns.transfer} `}</small>
          <span safe>{transferTo === undefined ? numbers.noTransfer : numberText(transferTo, profile)}</span>
        </span>
        {may(frame, 'agents.change') && line.active ? <Actions {...props} /> : <span class="cell line-actions"></span>}
      </div>
    </li>
  )
}

/** Every number of a company and where its calls go right now. */
export const numbersPage = (props: {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly lines: readonly LineView[]
  readonly said: string
}): View => {
  const { frame, profile, lines, said } = props
  const { numbers } = frame.words
  return {
    title: numbers.title,
    place: 'numbers',
    content: (
      <>
        <PageHead frame={frame} title={numbers.title} sentence={numbers.lead} />
        {may(frame, 'agents.read') ? <NumberTabs frame={frame} profile={profile} here="here" /> : null}
        <Message text={said === 'done' || said === 'ended' ? numbers[said] : undefined} tone="done" />
        <section id="list" class="card list" aria-label={numbers.title}>
          {lines.length === 0 ? (
            <Empty title={numbers.empty} help={numbers.emptyHelp} command="npx frontdesk apply company.yaml" />
          ) : (
            <>
              <div class="list-head">
                <p class="count" safe>
                  {numbers.count(lines.length)}
                </p>
              </div>
              <div class="row line-row columns" aria-hidden="true">
                <span safe>{numbers.columns.number}</span>
                <span safe>{numbers.columns.goes}</span>
                <span safe>{numbers.columns.hours}</span>
                <span safe>{numbers.columns.transfer}</span>
                <span></span>
              </div>
              <ol id="rows">
                {lines.map((line) => (
                  <Line frame={frame} profile={profile} line={line} />
                ))}
              </ol>
            </>
          )}
        </section>
      </>
    ),
  }
}
