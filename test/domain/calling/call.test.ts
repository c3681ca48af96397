import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CallEventName,
  type CallFields,
  type CallRecord,
  type CallReport,
  callState,
  learn,
  unheard,
} from '../../../src/domain/calling/call.ts'
import { instant } from '../../../src/domain/time.ts'

const lifeCycle: readonly (readonly CallEventName[])[] = [
  ['call_inbound'],
  ['call_started'],
  [
    'function_call',
    'transcript_updated',
    'transfer_started',
    'transfer_bridged',
    'transfer_cancelled',
    'transfer_ended',
  ],
  ['call_ended'],
  ['call_analyzed'],
]
const stageOf = (event: CallEventName): number => lifeCycle.findIndex((events) => events.includes(event))

const moment = fc.integer({ min: 0, max: 3 }).map((n) => instant(1_000 * n))
const fields: fc.Arbitrary<CallFields> = fc.record(
  {
    fromNumber: fc.constantFrom('+491713920001', 'anonymous'),
    agentVersion: fc.constantFrom(0, 1),
    callStatus: fc.constantFrom('registered', 'ongoing', 'ended', 'not_connected', 'error'),
    startedAt: moment,
    endedAt: moment,
    transcript: fc.constantFrom('', 'Hallo', 'Hallo du', 'Servus'),
    successful: fc.boolean(),
    disconnectionReason: fc.constantFrom('user_hangup', 'dial_no_answer', 'error_unknown'),
  },
  { requiredKeys: [] },
)
const report: fc.Arbitrary<CallReport> = fc
  .record({ event: fc.constantFrom(...lifeCycle.flat()), fields, extra: fc.integer({ min: 0, max: 2 }) })
  .map(({ event, fields, extra }) => ({ event, fields, canonical: JSON.stringify({ extra, fields }) }))

const learned = (reports: readonly CallReport[]): CallRecord => reports.reduce(learn, unheard)
const said = (event: CallEventName, fields: CallFields, canonical = JSON.stringify(fields)): CallReport => ({
  event,
  fields,
  canonical,
})

describe('what is known of a call', () => {
  it('is one state and one record, in whatever order and however often reports arrive', () => {
    fc.assert(
      fc.property(
        fc
          .array(report, { maxLength: 8 })
          .chain((reports) =>
            fc.tuple(
              fc.constant(reports),
              fc.shuffledSubarray([...reports, ...reports, ...reports], { minLength: reports.length * 3 }),
            ),
          ),
        ([reports, arrived]) => {
          const [one, other] = [learned(reports), learned(arrived)]
          expect(other).toEqual(one)
          expect(callState(other)).toEqual(callState(one))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is in every field the value of the most believed report that has one', () => {
    const believed = (one: CallReport, other: CallReport): number =>
      stageOf(one.event) - stageOf(other.event) ||
      (one.fields.endedAt ?? -1) - (other.fields.endedAt ?? -1) ||
      (one.fields.transcript?.length ?? -1) - (other.fields.transcript?.length ?? -1) ||
      (one.canonical < other.canonical ? -1 : one.canonical > other.canonical ? 1 : 0)
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 8 }), (reports) => {
        const { status, ...known } = callState(learned(reports))
        const expected: Record<string, unknown> = {}
        for (const { fields } of reports.toSorted(believed)) Object.assign(expected, fields)
        const { callStatus, ...rest } = expected
        expect(known).toEqual(rest)
        expect(['ringing', 'ongoing', 'ended', 'failed']).toContain(status)
      }),
      { numRuns: 500 },
    )
  })

  it('never becomes less, and needs no report again that was dropped', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 8 }), report, (reports, next) => {
        const before = learned(reports)
        const names = Object.keys(callState(before))
        expect(Object.keys(callState(learn(before, next)))).toEqual(expect.arrayContaining(names))
        expect(learned(before.reports)).toEqual(before)
        expect(before.reports.length).toBeLessThanOrEqual(9)
      }),
    )
  })

  it('believes the later event in the life cycle, then the later end, the longer transcript, the greater JSON', () => {
    const pairs: readonly (readonly [CallReport, CallReport])[] = [
      [said('call_ended', { summary: 'less' }), said('call_analyzed', { summary: 'more' })],
      [
        said('call_ended', { summary: 'less', endedAt: instant(1) }),
        said('call_ended', { summary: 'more', endedAt: instant(2) }),
      ],
      [
        said('call_ended', { summary: 'less', endedAt: instant(2), transcript: 'long' }),
        said('call_ended', { summary: 'more', endedAt: instant(2), transcript: 'longer' }),
      ],
      [said('call_ended', { summary: 'less' }, '{"a":1}'), said('call_ended', { summary: 'more' }, '{"a":2}')],
    ]
    for (const [less, more] of pairs) {
      expect(callState(learned([more, less])).summary).toBe('more')
      expect(callState(learned([less, more])).summary).toBe('more')
    }
  })

  it('keeps a value that a later event does not have', () => {
    const state = callState(
      learned([said('call_analyzed', { summary: 'Termin gebucht' }), said('call_ended', { durationMs: 61_000 })]),
    )
    expect(state).toEqual({ status: 'ended', summary: 'Termin gebucht', durationMs: 61_000 })
  })
})

describe('the status of a call', () => {
  const status = (...reports: readonly CallReport[]) => callState(learned(reports)).status

  it('is ringing until an event says more', () => {
    expect(status()).toBe('ringing')
    expect(status(said('call_inbound', {}))).toBe('ringing')
    expect(status(said('call_inbound', { callStatus: 'registered' }))).toBe('ringing')
  })

  it('is ongoing from the start to the end, whatever status Retell wrote inside', () => {
    for (const event of lifeCycle.slice(1, 3).flat()) {
      for (const callStatus of ['registered', 'ongoing', 'ended'])
        expect(status(said(event, { callStatus }))).toBe('ongoing')
      expect(status(said(event, {}))).toBe('ongoing')
    }
  })

  it('is ended by the end, also when the status inside is still the one before', () => {
    for (const event of ['call_ended', 'call_analyzed'] as const) {
      for (const callStatus of ['registered', 'ongoing', 'ended'])
        expect(status(said(event, { callStatus }))).toBe('ended')
      expect(status(said(event, {}))).toBe('ended')
    }
  })

  it('is failed when nobody was connected or something broke', () => {
    expect(status(said('call_ended', { callStatus: 'not_connected' }))).toBe('failed')
    expect(status(said('call_ended', { callStatus: 'error' }))).toBe('failed')
    expect(status(said('call_ended', { disconnectionReason: 'dial_no_answer' }))).toBe('failed')
    expect(status(said('call_ended', { disconnectionReason: 'user_hangup' }))).toBe('ended')
  })

  it('does not go back when an earlier event arrives late', () => {
    const late = [said('call_analyzed', {}), said('call_inbound', {}), said('call_started', {})]
    expect(status(...late)).toBe('ended')
    expect(status(...late.toReversed())).toBe('ended')
    expect(status(said('function_call', {}), said('call_inbound', {}))).toBe('ongoing')
  })
})
