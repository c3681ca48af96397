import { err, ok, type Result } from 'neverthrow'
import { type CallReport, callState } from '../../domain/calling/call.ts'
import { parseLineNumber } from '../../domain/calling/line-number.ts'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { BranchId, CallId } from '../../domain/ids.ts'
import { after, DAY, HOUR, type Instant, instant, MINUTE } from '../../domain/time.ts'
import type { JobHandler, JobOutcome } from '../jobs/job-handler.ts'
import type { Job } from '../ports/jobs.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { VoiceAccount, VoiceCall, VoiceFailure } from '../ports/voice-accounts.ts'
import { raiseIn } from '../raise-alert.ts'
import type { CompanyScope } from '../scope.ts'
import { type HearingDesk, hearCall, isOver } from './hear-call.ts'

type Needs = Pick<Ports, 'store' | 'directory' | 'ids' | 'clock' | 'voiceAccounts' | 'mailer'>

export const reconcileCallsKey = 'calls-reconcile'
const every = 15 * MINUTE
/** Clocks differ, webhooks are repeated for a while, and a call that has just begun is not missing. */
const overlap = 30 * MINUTE
const justBegun = 2 * MINUTE
/** Once a day everything of the last days is looked at again. */
const longAgo = 3 * DAY
/** Longer than any call lasts (`max_call_duration_ms` is at most two hours). */
const longestCall = 2 * HOUR + 15 * MINUTE
/** So long a call may ring. */
const longestRing = 15 * MINUTE

interface Known {
  readonly listedUntil: Instant | undefined
  readonly wholeAt: Instant | undefined
}

export interface CallsReconciled {
  /** Calls of which nobody had told us, or not everything. */
  readonly found: number
  /** Calls that had no end, and have one now. */
  readonly ended: number
  /** Those of them that nobody knows the end of. */
  readonly closed: number
}

/**
 * Asks Retell every quarter of an hour for calls whose webhooks never came, and ends the calls that have no end: with what
 * Retell says of them, or after the longest time a call can last. What comes later corrects it.
 */
export const reconcileCalls =
  (ports: Needs): JobHandler =>
  async (scope, job, now) => {
    const { listedUntil, wholeAt } = knownOf(job)
    const isWhole = wholeAt === undefined || now >= after(wholeAt, DAY)
    const from = isWhole || listedUntil === undefined ? after(now, -longAgo) : after(listedUntil, -overlap)
    const done = await reconcileCallsNow(ports)(scope, from)
    if (done.isErr()) return silent(done.error, now)
    await queueNext(ports, scope, { listedUntil: now, wholeAt: isWhole ? now : wholeAt })
    return { kind: 'done' }
  }

const knownOf = ({ payload: { listedUntil, wholeAt } }: Job): Known => ({
  listedUntil: typeof listedUntil === 'number' ? instant(listedUntil) : undefined,
  wholeAt: typeof wholeAt === 'number' ? instant(wholeAt) : undefined,
})

const queueNext = async (
  { store, ids, clock }: Needs,
  scope: CompanyScope,
  { listedUntil, wholeAt }: Known,
): Promise<void> => {
  const now = clock.now()
  await store.transact(scope, async (tx) => {
    await tx.jobs.withdraw(reconcileCallsKey)
    const payload = { listedUntil: listedUntil ?? null, wholeAt: wholeAt ?? null }
    const next = { id: ids.next('job'), kind: 'calls-reconcile', payload, key: reconcileCallsKey } as const
    await tx.jobs.enqueue({ ...next, runAt: after(now, every), createdAt: now })
    return ok()
  })
}

const silent = ({ kind }: VoiceFailure, now: Instant): JobOutcome => ({
  kind: 'postponed',
  until: after(now, kind === 'misconfigured' ? every : 5 * MINUTE),
  error: 'Retell has not answered.',
})

/** Looks at the calls that began since `from`. A company without an account has only its calls without an end closed. */
export const reconcileCallsNow =
  (ports: Needs) =>
  async (scope: CompanyScope, from: Instant): Promise<Result<CallsReconciled, VoiceFailure>> => {
    const profile = await ports.directory.profile(scope.company)
    if (!profile) return ok({ found: 0, ended: 0, closed: 0 })
    const account = await ports.voiceAccounts.of(profile)
    const now = ports.clock.now()
    const found = account ? await learnMissing(ports, scope, profile, account, from, now) : ok(0)
    if (found.isErr()) return err(found.error)
    const ended = await endOpen(ports, scope, profile, account, now)
    return ended.map((counts) => ({ found: found.value, ...counts }))
  }

/** Which branch a call of Retell's list belongs to. Undefined: it is not this company's. */
const lineOf = async (
  { directory }: Needs,
  scope: CompanyScope,
  { direction, fromNumber, toNumber, agentId }: VoiceCall,
): Promise<{ readonly branch: BranchId | undefined } | undefined> => {
  const number = parseLineNumber((direction === 'outbound' ? fromNumber : toNumber) ?? '')
  if (number) {
    const line = await directory.lineOf(number)
    return line?.company === scope.company ? { branch: line.branch } : undefined
  }
  const lines = agentId === undefined ? [] : await directory.linesOfAgent(agentId)
  if (lines.length === 0 || lines.some(({ company }) => company !== scope.company)) return undefined
  return { branch: lines.length === 1 ? lines[0]?.branch : undefined }
}

const learnMissing = async (
  ports: Needs,
  scope: CompanyScope,
  profile: CompanyProfile,
  account: VoiceAccount,
  from: Instant,
  now: Instant,
): Promise<Result<number, VoiceFailure>> => {
  let found = 0
  let cursor: string | undefined
  do {
    const page = await account.calls({ from, to: after(now, -justBegun), cursor })
    if (page.isErr()) return err(page.error)
    for (const listed of page.value.items) {
      const line = await lineOf(ports, scope, listed)
      if (!line || (await isKnown(ports, scope, listed))) continue
      const learnt = await learnCall(ports, scope, profile, account, listed.callId, line.branch)
      if (learnt.isErr()) return err(learnt.error)
      if (learnt.value) found += 1
    }
    cursor = page.value.next
  } while (cursor !== undefined)
  return ok(found)
}

const overAtRetell = new Set(['ended', 'error', 'not_connected'])

/** Known as well as Retell's list knows it: there, and over where Retell says so. */
const isKnown = ({ store }: Needs, scope: CompanyScope, { callId, status }: VoiceCall): Promise<boolean> =>
  store.read(scope, async (tx) => {
    const call = await tx.calls.find(callId)
    return call !== undefined && (!overAtRetell.has(status) || isOver(callState(call.record)))
  })

/** False: Retell does not know it, or says nothing that was not known. */
const learnCall = async (
  ports: Needs,
  scope: CompanyScope,
  profile: CompanyProfile,
  account: VoiceAccount,
  id: CallId,
  branch: BranchId | undefined,
): Promise<Result<boolean, VoiceFailure>> => {
  const asked = await account.call(id)
  if (asked.isErr()) return err(asked.error)
  if (!asked.value) return ok(false)
  const { report, call } = asked.value
  await hear(ports, scope, profile, { id, branch, report, at: call.endedAt ?? call.startedAt })
  return ok(true)
}

interface Told {
  readonly id: CallId
  readonly branch: BranchId | undefined
  readonly report: CallReport
  readonly at: Instant | undefined
}

const hear = async (
  { store, ids, clock, mailer }: Needs,
  scope: CompanyScope,
  profile: CompanyProfile,
  { id, branch, report, at }: Told,
  then?: (tx: CompanyTx, now: Instant) => Promise<void>,
): Promise<void> => {
  const now = clock.now()
  const desk: HearingDesk = { ids, branch, profile, canMail: mailer !== undefined }
  await store.transact(scope, async (tx) => {
    const event = { event: report.event, at, occurrence: report.event, report: () => report }
    const { state } = await hearCall(desk, tx, event, id, { at: now, delivery: undefined })
    if (isOver(state)) await then?.(tx, now)
    return ok()
  })
}

/** What is known of the end of a call that nobody told of. Whatever Retell says of it later is believed more. */
const unheardEnd = (id: CallId, isRinging: boolean): CallReport => {
  const fields = { callStatus: isRinging ? 'not_connected' : 'ended' }
  return { event: 'call_ended', fields, canonical: canonicalJson({ call_id: id, ...fields }) }
}

const endOpen = async (
  ports: Needs,
  scope: CompanyScope,
  profile: CompanyProfile,
  account: VoiceAccount | undefined,
  now: Instant,
): Promise<Result<Pick<CallsReconciled, 'ended' | 'closed'>, VoiceFailure>> => {
  const counts = { ended: 0, closed: 0 }
  for (const [status, longest] of [
    ['ongoing', longestCall],
    ['ringing', longestRing],
  ] as const) {
    const open = await ports.store.read(scope, (tx) =>
      tx.calls.list({ status, to: after(now, -longest), limit: 200, cursor: undefined }),
    )
    for (const { id, branch } of open.items) {
      const learnt = account ? await learnCall(ports, scope, profile, account, id, branch) : ok(false)
      if (learnt.isErr()) return err(learnt.error)
      const call = await ports.store.read(scope, (tx) => tx.calls.find(id))
      if (call && isOver(callState(call.record))) {
        counts.ended += 1
        continue
      }
      const told = { id, branch, report: unheardEnd(id, status === 'ringing'), at: undefined }
      const alert = { kind: 'call_without_end', about: id, call: id, message: withoutEnd } as const
      await hear(ports, scope, profile, told, async (tx, at) => {
        // What only rang may have been hung up before anybody answered.
        if (status === 'ongoing') await raiseIn(tx, ports.ids, alert, at)
      })
      counts.ended += 1
      counts.closed += 1
    }
  }
  return ok(counts)
}

const withoutEnd =
  'A call has no end: Retell told of none, and a call lasts two hours at most. It is closed, and corrected if its end is told later. Look whether the webhooks of its agent reach us.'
