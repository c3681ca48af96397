import type { CallState } from '../../domain/calling/call.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { introducedName } from '../../domain/speech/said-names.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import { summaryReaders, wantsSummary } from '../mail/call-summary.ts'
import type { CallFinding, StoredCall } from '../ports/calls.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import { findingsOf } from './check-promises.ts'
import { nameContextOf } from './name-context.ts'

interface Desk extends Pick<Ports, 'ids'> {
  readonly profile: CompanyProfile | undefined
  /** Is there anything to write mails with? */
  readonly canMail: boolean
}

/** So long after its end the analysis of a call is waited for before its summary is sent without it. */
const analysisWithin = 5 * MINUTE

/** A call that is over, with what its transcript tells: a name nobody told a tool, and promises that nothing bears. */
export const conclude = async (
  desk: Desk,
  tx: CompanyTx,
  call: StoredCall,
  state: CallState,
  now: Instant,
): Promise<StoredCall> => {
  const { ids, profile } = desk
  const findings = await findingsOf(tx, call, state)
  if (findings.some((finding) => isNews(finding, call.findings))) await raiseClaim(ids, tx, call, now)
  if (profile && desk.canMail) await queueSummaries(tx, ids, profile, call, now)
  return { ...call, findings, callerName: call.callerName ?? (profile && nameOf(state, profile)) }
}

/** A finding that was there before has raised its alert, which somebody may have seen to meanwhile. */
const isNews = ({ kind, detail, place }: CallFinding, before: readonly CallFinding[]): boolean =>
  kind === 'claim-without-fact' &&
  !before.some((one) => one.kind === kind && one.detail === detail && one.place?.turn === place?.turn)

const raiseClaim = async (ids: Ports['ids'], tx: CompanyTx, call: StoredCall, now: Instant): Promise<void> => {
  const id = ids.next('alert')
  const isRaised = await tx.alerts.raise({
    id,
    key: `claim_without_fact:${call.id}`,
    kind: 'claim_without_fact',
    severity: 'warning',
    message:
      'The agent promised something that no tool had said. Read the call, put it right with the caller, and mend the agent’s prompt.',
    callId: call.id,
    appointmentId: undefined,
    createdAt: now,
  })
  if (isRaised) tx.publish({ kind: 'alert', data: { alert_id: id } })
}

const queueSummaries = async (
  tx: CompanyTx,
  ids: Ports['ids'],
  profile: CompanyProfile,
  call: StoredCall,
  now: Instant,
): Promise<void> => {
  if (!wantsSummary(profile, call)) return
  const isAnalysed = call.record.reports.some(({ event }) => event === 'call_analyzed')
  for (const [position] of summaryReaders(profile, call.branch).entries()) {
    await tx.jobs.enqueue({
      id: ids.next('job'),
      kind: 'call-summary',
      payload: { call: call.id, position },
      key: `call-summary:${call.id}:${position}`,
      runAt: isAnalysed ? now : after(now, analysisWithin),
      createdAt: now,
    })
  }
}

const nameOf = (state: CallState, profile: CompanyProfile): string | undefined => {
  const saidByCaller = (state.turns ?? []).flatMap(({ role, content }) => (role === 'user' ? [content] : []))
  return introducedName(saidByCaller, nameContextOf(profile, state))
}
