import type { CallState } from '../../domain/calling/call.ts'
import { isObject } from '../../domain/canonical-json.ts'
import {
  type SaidTurn,
  type SpokenFact,
  type UnkeptPromise,
  unkeptPromises,
} from '../../domain/speech/unkept-promises.ts'
import { type Instant, instant, type MinuteOfDay } from '../../domain/time.ts'
import type { CallFinding, StoredCall } from '../ports/calls.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { Json, ToolCall } from '../ports/tool-calls.ts'

/**
 * The findings of a call with what its agent promised and no tool had said; older ones of that kind give way. It reads
 * the tool calls only when the agent promised something, which makes it cheap enough for the transaction of a delivery.
 */
export const findingsOf = async (
  tx: CompanyTx,
  call: StoredCall,
  state: CallState,
): Promise<readonly CallFinding[]> => {
  const others = call.findings.filter(({ kind }) => kind !== 'claim-without-fact')
  const said = saidByAgent(state, state.startedAt ?? call.firstHeardAt)
  if (unkeptPromises(said, []).length === 0) return others
  const facts = (await tx.toolCalls.list(call.id)).flatMap(factsIn)
  return [...others, ...unkeptPromises(said, facts).map((promise) => findingOf(promise, said[promise.turn], call))]
}

interface Said extends SaidTurn {
  readonly at: Instant
  /** Its place among the things said, from 0. */
  readonly turn: number
}

/** The agent's turns on our clock; a turn without a time stays beside its predecessor. */
const saidByAgent = (state: CallState, start: Instant): readonly Said[] => {
  const { turns } = state
  if (turns === undefined) return linesOfAgent(state.transcript ?? '', state.endedAt ?? start)
  const spoken = turns.filter(({ role }) => role !== 'tool')
  let last = start
  return spoken.flatMap(({ role, content, atMs }, turn): readonly Said[] => {
    last = atMs === undefined ? last : instant(start + atMs)
    if (role !== 'agent') return []
    const next = spoken.slice(turn + 1).find((later) => later.atMs !== undefined)?.atMs
    const until = atMs === undefined || next === undefined ? undefined : start + next
    return [{ text: content, until, at: last, turn }]
  })
}

const linesOfAgent = (transcript: string, at: Instant): readonly Said[] =>
  transcript.split('\n').flatMap((line, turn): readonly Said[] => {
    const text = /^agent:\s*(.+)$/i.exec(line.trim())?.[1]
    return text === undefined ? [] : [{ text, until: undefined, at, turn }]
  })

const findingOf = ({ text, from, to }: UnkeptPromise, said: Said | undefined, call: StoredCall): CallFinding => ({
  kind: 'claim-without-fact',
  at: said?.at ?? call.firstHeardAt,
  detail: `The agent said “${text}”, and no tool had said so.`,
  place: { turn: said?.turn ?? 0, from, to },
})

const byStatus: { readonly [status: string]: readonly SpokenFact['kind'][] } = {
  booked: ['booked', 'searched'],
  reserved: ['booked', 'free', 'searched'],
  rescheduled: ['moved', 'searched'],
  cancelled: ['cancelled'],
  available: ['free', 'searched'],
  found: ['known'],
  multiple_found: ['known'],
  already_booked: ['known', 'searched'],
  needs_confirmation: ['known', 'searched'],
  callback_created: ['called-back'],
  message_taken: ['called-back'],
}
const searching =
  /^(?:unavailable|slot_taken|closed|past_time|notice_too_short|beyond_booking_window|alternatives|needs_time|needs_new_time|no_availability|staff_cannot_provide_service|pending)$/

const factsIn = ({ at, status, output }: ToolCall): readonly SpokenFact[] => {
  const { alternatives, customer, old, ...done } = output
  const free = isFilled(alternatives) ? [{ kind: 'free', at, times: timesIn(alternatives) } as const] : []
  const upcoming = upcomingOf(customer)
  const known = isFilled(upcoming) ? [{ kind: 'known', at, times: timesIn(upcoming) } as const] : []
  const kinds: readonly SpokenFact['kind'][] = [
    ...(byStatus[status] ?? []),
    ...(searching.test(status) ? (['searched'] as const) : []),
    ...sentBy(output.confirmation_sent_by),
  ]
  const asked = kinds.map((kind): SpokenFact => {
    // Where something was before is known, and is not where it was put.
    const times = kind === 'known' ? [...timesIn(done), ...timesIn(old)] : timesIn(done)
    return times.length === 0 ? { kind, at } : { kind, at, times }
  })
  return [...asked, ...free, ...known]
}

/** The clock times that an answer names, as the clock of the branch showed them: beginnings and ends. */
const timesIn = (said: Json | undefined): readonly MinuteOfDay[] => {
  if (Array.isArray(said)) return said.flatMap(timesIn)
  if (!isObject(said)) return []
  return Object.entries(said).flatMap(([name, value]) =>
    name === 'starts_at' || name === 'ends_at' ? wallClockOf(value) : timesIn(value),
  )
}

const wallClockOf = (text: Json | undefined): readonly MinuteOfDay[] => {
  const [, hour, minute] = /T(\d{2}):(\d{2})/.exec(String(text)) ?? []
  return hour === undefined || minute === undefined ? [] : [Number(hour) * 60 + Number(minute)]
}

const isFilled = (list: Json | undefined): boolean => Array.isArray(list) && list.length > 0

const upcomingOf = (customer: Json | undefined): Json | undefined =>
  isObject(customer) ? customer.upcoming : undefined

const sentBy = (channels: Json | undefined): readonly SpokenFact['kind'][] => {
  const has = (channel: string) => Array.isArray(channels) && channels.includes(channel)
  return [...(has('email') ? (['mailed'] as const) : []), ...(has('sms') ? (['texted'] as const) : [])]
}
