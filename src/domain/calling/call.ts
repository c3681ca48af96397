import type { Instant } from '../time.ts'

/** What one event or tool request said about a call. Fields it did not carry are absent. */
export interface CallFields {
  readonly callType?: string
  readonly direction?: 'inbound' | 'outbound'
  /** As sent: a number in any spelling, or a word for a hidden one. */
  readonly fromNumber?: string
  readonly toNumber?: string
  readonly agentId?: string
  readonly agentVersion?: number
  readonly agentName?: string
  readonly callStatus?: string
  readonly startedAt?: Instant
  readonly endedAt?: Instant
  readonly durationMs?: number
  readonly disconnectionReason?: string
  readonly transcript?: string
  readonly turns?: readonly Turn[]
  readonly summary?: string
  readonly sentiment?: string
  readonly successful?: boolean
  readonly inVoicemail?: boolean
  readonly recordingUrl?: string
  readonly transferDestination?: string
  /** Millionths of the major unit, as billed. */
  readonly cost?: { readonly amountMicros: number; readonly currency: string }
}

/** One piece of what was said or done in a call, in order. `atMs` counts from the start of the call. */
export type Turn =
  | { readonly role: 'agent' | 'user' | 'transfer_target'; readonly content: string; readonly atMs: number | undefined }
  | { readonly role: 'tool'; readonly content: string; readonly atMs: number | undefined }

/** Where an event stands in a call's life, whatever the order of arrival. */
export type CallEventName =
  | 'call_inbound'
  | 'call_started'
  | 'function_call'
  | 'transcript_updated'
  | 'transfer_started'
  | 'transfer_bridged'
  | 'transfer_cancelled'
  | 'transfer_ended'
  | 'call_ended'
  | 'call_analyzed'

const stage: { readonly [Name in CallEventName]: number } = {
  call_inbound: 0,
  call_started: 1,
  function_call: 2,
  transcript_updated: 2,
  transfer_started: 2,
  transfer_bridged: 2,
  transfer_cancelled: 2,
  transfer_ended: 2,
  call_ended: 3,
  call_analyzed: 4,
}

/** One event's word. `canonical` is its payload as canonical JSON, the last judge between two equals. */
export interface CallReport {
  readonly event: CallEventName
  readonly fields: CallFields
  readonly canonical: string
}

/** All that is needed to know a call: the reports of which at least one field still counts, in canonical order. */
export interface CallRecord {
  readonly reports: readonly CallReport[]
}

export const unheard: CallRecord = { reports: [] }

export type CallStatus = 'ringing' | 'ongoing' | 'ended' | 'failed'

export interface CallState extends Omit<CallFields, 'callStatus'> {
  readonly status: CallStatus
}

/** Orders by who is believed: later stage, later end, longer transcript, greater canonical JSON. */
const compareReports = (one: CallReport, other: CallReport): number =>
  stage[one.event] - stage[other.event] ||
  (one.fields.endedAt ?? -1) - (other.fields.endedAt ?? -1) ||
  (one.fields.transcript?.length ?? -1) - (other.fields.transcript?.length ?? -1) ||
  compareText(one.canonical, other.canonical) ||
  compareText(one.event, other.event)

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const fieldNames = (report: CallReport) => Object.keys(report.fields) as (keyof CallFields)[]

/**
 * Adds a report. The result depends on the set of reports alone, not on their order or repetition:
 * field by field a value beats none, and of two values the one of the more believed report counts.
 * A report that no longer decides any field is dropped, except the furthest one, which decides the status.
 */
export const learn = (record: CallRecord, report: CallReport): CallRecord => {
  const known = record.reports.some((one) => compareReports(one, report) === 0)
  const sorted = known ? record.reports : [...record.reports, report].sort(compareReports).reverse()
  const seen = new Set<keyof CallFields>()
  return {
    reports: sorted.filter((one, position) => {
      const decides = fieldNames(one).filter((name) => one.fields[name] !== undefined && !seen.has(name))
      for (const name of decides) seen.add(name)
      return decides.length > 0 || position === 0
    }),
  }
}

/** What is known of a call now. */
export const callState = (record: CallRecord): CallState => {
  const fields: { -readonly [Name in keyof CallFields]: CallFields[Name] } = {}
  for (const report of [...record.reports].reverse()) {
    for (const name of fieldNames(report)) {
      if (report.fields[name] !== undefined) Object.assign(fields, { [name]: report.fields[name] })
    }
  }
  const { callStatus, ...known } = fields
  return { ...known, status: statusOf(record.reports[0]?.event, callStatus, fields.disconnectionReason) }
}

const failedStatuses = new Set(['not_connected', 'error'])

/** An event beats the status that Retell wrote inside it, for the status is often the one before. */
const statusOf = (
  event: CallEventName | undefined,
  callStatus: string | undefined,
  reason: string | undefined,
): CallStatus => {
  if (event === undefined || event === 'call_inbound') return 'ringing'
  if (stage[event] < stage.call_ended) return 'ongoing'
  if (callStatus !== undefined && failedStatuses.has(callStatus)) return 'failed'
  return callStatus === undefined && /^(error_|dial_)/.test(reason ?? '') ? 'failed' : 'ended'
}
