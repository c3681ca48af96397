import type { CalendarSetUp, MappingView } from '../../../application/calendar/set-up/calendar-set-up.ts'
import type { EventType } from '../../../domain/booking/event-type.ts'
import {
  blocks,
  type FindingSeverity,
  type MappingFinding,
  severityOf,
} from '../../../domain/booking/event-type-fit.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { companyPath, type Frame } from '../frame.ts'
import { Csrf } from './fields.tsx'
import { Empty, Tag, type Tone } from './parts.tsx'

interface Props {
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly setUp: Exclude<CalendarSetUp, { readonly state: 'embedded' }>
}

interface RowProps extends Props {
  readonly mapping: MappingView
}

const tones: { readonly [Severity in FindingSeverity]: Tone } = { blocks: 'wrong', limits: 'wait', note: 'plain' }

const nameOf = ({ named, part, whose }: MappingView, { connection }: Frame['words']): string =>
  [named.name, part && connection.part(part), whose && connection.own(whose.name)].filter(Boolean).join(', ')

const eventTypeText = ({ title, minutes, id }: EventType, { connection }: Frame['words']): string =>
  connection.eventType(title, minutes, id)

const Finding = ({ frame, finding }: { readonly frame: Frame; readonly finding: MappingFinding }) => {
  const { connection } = frame.words
  const severity = severityOf(finding)
  const { found, cure } = connection.finding(finding)
  return (
    <li class="fit">
      <Tag tone={tones[severity]} label={connection.severities[severity]} />
      <p>
        <span safe>{found}</span>{' '}
        <span class="cure" safe>
          {cure}
        </span>
      </p>
    </li>
  )
}

/** Worst first; nothing to find is said as well. */
const Findings = ({ frame, setUp, mapping }: RowProps) => {
  const { connection } = frame.words
  const order: readonly FindingSeverity[] = ['blocks', 'limits', 'note']
  const findings = mapping.findings.toSorted((a, b) => order.indexOf(severityOf(a)) - order.indexOf(severityOf(b)))
  if (findings.length > 0)
    return (
      <ul class="fits">
        {findings.map((finding) => (
          <Finding frame={frame} finding={finding} />
        ))}
      </ul>
    )
  return setUp.state === 'connected' ? (
    <Tag tone="done" label={connection.fits} />
  ) : (
    <Tag tone="plain" label={connection.unchecked} />
  )
}

const Choice = ({ frame, setUp, mapping }: RowProps) => {
  const { connection } = frame.words
  const label = connection.choose(nameOf(mapping, frame.words))
  const chosen = mapping.eventTypeId
  if (setUp.state !== 'connected')
    return (
      <label class="field">
        <span class="sr" safe>
          {label}
        </span>
        <input
          type="text"
          inputmode="numeric"
          pattern="\d*"
          name="event_type"
          value={chosen === undefined ? '' : String(chosen)}
          placeholder={connection.number}
          autocomplete="off"
        />
      </label>
    )
  const bookable = setUp.eventTypes.filter(
    ({ team, id }) => team !== 'parent' && !mapping.matches.some((one) => one.id === id),
  )
  const Option = ({ eventType }: { readonly eventType: EventType }) => (
    <option value={String(eventType.id)} selected={eventType.id === chosen} safe>
      {eventTypeText(eventType, frame.words)}
    </option>
  )
  return (
    <label class="field">
      <span class="sr" safe>
        {label}
      </span>
      <select name="event_type">
        <option value="" selected={chosen === undefined} safe>
          {connection.none}
        </option>
        {chosen === undefined || mapping.eventType ? null : (
          <option value={String(chosen)} selected safe>
            {connection.unknownEventType(chosen)}
          </option>
        )}
        {mapping.matches.length === 0 ? null : (
          <optgroup label={connection.suggested}>
            {mapping.matches.map((eventType) => (
              <Option eventType={eventType} />
            ))}
          </optgroup>
        )}
        <optgroup label={connection.all}>
          {bookable.map((eventType) => (
            <Option eventType={eventType} />
          ))}
        </optgroup>
      </select>
    </label>
  )
}

const Row = (props: RowProps) => {
  const { frame, profile, mapping } = props
  const { connection } = frame.words
  const { named, part, whose, minutes, eventType, eventTypeId } = mapping
  const id = ['match', mapping.service, part, mapping.staff].filter((one) => one !== undefined).join('-')
  const detail = [part && connection.part(part), whose && connection.own(whose.name), connection.minutes(minutes)]
  return (
    <li id={id}>
      <div class="row match-row">
        <span class="cell who">
          <span class="name" safe>
            {named.name}
          </span>
          <small safe>{detail.filter(Boolean).join(' · ')}</small>
        </span>
        <span class={`cell event-type${eventTypeId === undefined ? ' faint' : ''}`}>
          <span safe>
            {eventType
              ? eventType.title
              : eventTypeId === undefined
                ? connection.noEventType
                : connection.unknownEventType(eventTypeId)}
          </span>
          {eventType ? <small safe>{`${connection.minutes(eventType.minutes)} · ${eventType.id}`}</small> : null}
        </span>
        <div class="cell">
          <Findings {...props} />
        </div>
        <form class="match-form" method="post" action={companyPath(profile, '/calendar-connection/match')}>
          <Csrf frame={frame} />
          <input type="hidden" name="service" value={mapping.service} />
          <input type="hidden" name="part" value={part ?? ''} />
          <input type="hidden" name="staff" value={mapping.staff ?? ''} />
          <Choice {...props} />
          <button class="button" type="submit">
            <span safe>{connection.save}</span>
            <span class="sr" safe>
              {connection.saveFor(nameOf(mapping, frame.words))}
            </span>
          </button>
        </form>
      </div>
    </li>
  )
}

/** Every service with what stands for it in the calendar, why that does not fit, and a form to match it. */
export const EventTypeMatches = (props: Props): JSX.Element => {
  const { frame, setUp } = props
  const { connection } = frame.words
  const { mappings } = setUp
  const bookable = mappings.filter(({ findings }) => !blocks(findings)).length
  return (
    <section id="list" class="card list" aria-label={connection.matches}>
      {mappings.length === 0 ? (
        <Empty title={connection.empty} help={connection.emptyHelp} command="npx frontdesk apply company.yaml" />
      ) : (
        <>
          <div class="list-head">
            <p class="count" safe>
              {setUp.state === 'connected' ? connection.count(bookable, mappings.length) : connection.matches}
            </p>
          </div>
          {setUp.state === 'connected' && setUp.unknownHosts.length > 0 ? (
            <p class="cure-line" safe>
              {connection.unknownHosts(setUp.unknownHosts.map(({ name }) => name).join(', '))}
            </p>
          ) : null}
          {setUp.state === 'connected' && setUp.schedules.isOk()
            ? setUp.schedules.value.map(connection.schedule).map(({ found, cure }) => (
                <p class="cure-line" safe>
                  {`${found} ${cure}`}
                </p>
              ))
            : null}
          <div class="row match-row columns" aria-hidden="true">
            <span safe>{connection.columns.service}</span>
            <span safe>{connection.columns.eventType}</span>
            <span safe>{connection.columns.findings}</span>
            <span safe>{connection.columns.match}</span>
          </div>
          <ol id="rows">
            {mappings.map((mapping) => (
              <Row {...props} mapping={mapping} />
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
