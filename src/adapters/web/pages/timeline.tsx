import type { Json, JsonObject, ToolCall } from '../../../application/ports/tool-calls.ts'
import type { CallDetail, TimelineEntry } from '../../../application/reading/calls.ts'
import { failureStatuses } from '../../../application/tools/tool-failures.ts'
import type { CompanyProfile } from '../../../domain/company.ts'
import { parseId } from '../../../domain/ids.ts'
import type { TimeZone } from '../../../domain/time.ts'
import { clockSeconds, milliseconds, phone } from '../format.ts'
import { type Frame, readingOf } from '../frame.ts'
import type { Words } from '../words/words.ts'
import { branchOf } from './call-row.tsx'
import type { Tone } from './parts.tsx'

/** What a tool's status means for the person who reads it. */
const statusTones: { readonly [status: string]: Tone } = {
  ...Object.fromEntries(
    'available booked reserved rescheduled cancelled callback_created message_taken found ready ok released pending'
      .split(' ')
      .map((status) => [status, 'done']),
  ),
  ...Object.fromEntries('new_customer anonymous none'.split(' ').map((status) => [status, 'plain'])),
  ...Object.fromEntries([...failureStatuses, 'unknown_call', 'not_booked'].map((status) => [status, 'wrong'])),
}

export const toolTone = (tool: Pick<ToolCall, 'status' | 'output'>): Tone =>
  tool.output.success === false ? 'wrong' : (statusTones[tool.status] ?? 'wait')

export const toolStatusWord = (status: string, words: Words): string =>
  words.call.toolStatus[status] ?? (status.startsWith('needs_') ? words.call.question : status.replaceAll('_', ' '))

const isOurId = (text: string) => parseId('offer', text).isOk() || parseId('appointment', text).isOk()

/** Values of an object as a person would say them; nested ones and ids are left to the details. */
const spoken = (object: JsonObject): string =>
  Object.values(object)
    .filter((value): value is string | number => typeof value === 'string' || typeof value === 'number')
    .map(String)
    .filter((text) => text !== '' && !isOurId(text))
    .join(', ')

const messageOf = (output: JsonObject): string | undefined =>
  typeof output.message === 'string' && output.message !== '' ? output.message : undefined

const pretty = (value: Json): string => JSON.stringify(value, undefined, 2)

const Document = ({ title, value }: { readonly title: string; readonly value: JsonObject }) => (
  <div class="document">
    <h3 safe>{title}</h3>
    <pre tabindex="0" safe>
      {pretty(value)}
    </pre>
  </div>
)

/** A tool call on one line, and everything of it once opened. */
export const ToolEntry = ({ tool, frame }: { readonly tool: ToolCall; readonly frame: Frame }): JSX.Element => {
  const { words } = frame
  const { language } = { language: words.code }
  const asked = spoken(tool.input)
  const answered = messageOf(tool.output)
  return (
    <details class="tool" id={`tool-${tool.id}`}>
      <summary>
        <span class="tool-head">
          <b class="tool-name" safe>
            {tool.name}
          </b>
          <span class={`tool-status ${toolTone(tool)}`} safe>
            {`${toolStatusWord(tool.status, words)} · ${milliseconds(tool.ms, language)}`}
          </span>
        </span>
        {asked === '' && answered === undefined ? null : (
          <span class="tool-line" safe>
            {[asked, answered].filter(Boolean).join(' → ')}
          </span>
        )}
      </summary>
      <div class="tool-body">
        {tool.nameAsSent === tool.name ? null : (
          <p class="faint" safe>
            {words.call.tool.sentAs(tool.nameAsSent)}
          </p>
        )}
        <Document title={words.call.tool.input} value={tool.input} />
        <Document title={words.call.tool.understood} value={tool.resolved} />
        <Document title={words.call.tool.output} value={tool.output} />
        {tool.vendorCalls.length === 0 ? null : (
          <div class="document">
            <h3 safe>{words.call.tool.vendors}</h3>
            <ul class="vendors">
              {tool.vendorCalls.map((one) => (
                <li safe>{`${one.vendor} ${one.operation}: ${one.status}, ${milliseconds(one.ms, language)}`}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </details>
  )
}

const EventEntry = (props: {
  readonly event: string
  readonly first: boolean
  readonly detail: CallDetail
  readonly frame: Frame
  readonly profile: CompanyProfile
}) => {
  const { event, first, detail, frame, profile } = props
  const { words } = frame
  if (!first)
    return (
      <p class="event" safe>
        {words.call.events[event] ?? event}
      </p>
    )
  const ours = detail.state.direction === 'outbound' ? detail.state.fromNumber : detail.state.toNumber
  const number = phone(ours, profile.company.country)
  const branch = branchOf(profile, detail.call.branch)
  const version = detail.state.agentVersion
  return (
    <p class="event first">
      <b safe>{words.call.started}</b>
      {number === undefined ? null : <span safe>{` ${words.call.onNumber(number)}`}</span>}
      {branch ? <span safe>{` ${words.call.toBranch(branch.name)}`}</span> : null}
      {version === undefined ? null : <span safe>{` · ${words.call.agent} v${version}`}</span>}
    </p>
  )
}

const dotTone = (entry: TimelineEntry, first: boolean): Tone | 'agent' => {
  if (entry.kind === 'tool') return toolTone(entry.toolCall)
  if (entry.kind === 'event') return first ? 'now' : 'plain'
  return 'plain'
}

/** Ids by which an entry is known again when the page re-reads itself. */
const keyOf = (entry: TimelineEntry): string => {
  if (entry.kind === 'event') return `entry-event-${entry.entry.key}`
  if (entry.kind === 'tool') return `entry-tool-${entry.toolCall.id}`
  return `entry-said-${entry.place}`
}

/** What was claimed in this very turn; another one of the same moment says something else. */
const claimsIn = (entry: TimelineEntry, findings: CallDetail['call']['findings'], words: Words): readonly string[] => {
  if (entry.kind !== 'said' || entry.turn.role !== 'agent') return []
  const claims = findings.filter(({ kind, place }) => kind === 'claim-without-fact' && place?.turn === entry.place)
  return claims.map(({ detail }) => words.said(detail))
}

const Finding = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <p class="claim">
    <b safe>{`! ${label}`}</b>
    <span safe>{text}</span>
  </p>
)

/** Everything that was heard, asked, answered, held, booked and sent, in one line of time. */
export const Timeline = (props: {
  readonly detail: CallDetail
  readonly frame: Frame
  readonly profile: CompanyProfile
  readonly zone: TimeZone | undefined
}): JSX.Element => {
  const { detail, frame, profile, zone } = props
  const { words } = frame
  const reading = readingOf(frame, zone)
  const firstEvent = detail.timeline.find((one) => one.kind === 'event')
  return (
    <ol id="timeline" class="timeline" data-keyed>
      {detail.timeline.map((entry) => {
        const first = entry === firstEvent
        const claims = claimsIn(entry, detail.call.findings, words)
        const isWrong = claims.length > 0
        return (
          <li id={keyOf(entry)} class={`entry of-${entry.kind}`}>
            <time datetime={new Date(entry.at).toISOString()} safe>
              {clockSeconds(entry.at, reading)}
            </time>
            <span class={`bullet ${isWrong ? 'wrong' : dotTone(entry, first)}`} aria-hidden="true"></span>
            <div class="entry-body">
              {entry.kind === 'tool' ? (
                <ToolEntry tool={entry.toolCall} frame={frame} />
              ) : entry.kind === 'event' ? (
                <EventEntry event={entry.entry.event} first={first} detail={detail} frame={frame} profile={profile} />
              ) : (
                <>
                  <p class={`said ${entry.turn.role}${isWrong ? ' wrong' : ''}`}>
                    <span class="sr" safe>{`${words.call.speakers[entry.turn.role]}: `}</span>
                    <span safe>{words.code === 'de' ? `„${entry.turn.content}“` : `“${entry.turn.content}”`}</span>
                  </p>
                  {claims.map((claim) => (
                    <Finding text={claim} label={words.calls.finding['claim-without-fact']} />
                  ))}
                </>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
