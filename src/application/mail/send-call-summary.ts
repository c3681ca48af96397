import { ok, type Result } from 'neverthrow'
import { callState } from '../../domain/calling/call.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CallId } from '../../domain/ids.ts'
import { after, DAY } from '../../domain/time.ts'
import { touchedBy } from '../calling/touched-appointments.ts'
import type { JobHandler } from '../jobs/job-handler.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyScope } from '../scope.ts'
import { type SummaryFacts, summaryMail, summaryReaders, wantsSummary } from './call-summary.ts'
import type { PostOffice } from './post-office.ts'

type Needs = Pick<Ports, 'store' | 'directory'>

/** Where the page of a call is; undefined: nobody knows the address of this service. */
export type CallLink = (company: CompanyProfile, call: CallId) => string | undefined

/** Tells a reader of the branch what came of a call, once, however often its end is told. */
export const sendCallSummary =
  ({ store, directory }: Needs, post: PostOffice, linkOf: CallLink): JobHandler =>
  async (scope, job, now) => {
    const { payload, createdAt } = job
    const call = String(payload.call)
    const position = Number(payload.position)
    const profile = await directory.profile(scope.company)
    const facts = profile && (await look(store, scope, profile, call, position))
    const address = facts && summaryReaders(facts.profile, facts.call.branch)[position]
    if (!facts || address === undefined || !wantsSummary(facts.profile, facts.call)) return { kind: 'done' }
    const mail = summaryMail(facts, address, position, linkOf(facts.profile, call))
    const outcome = await post(scope, mail, job, after(createdAt, DAY))
    if (outcome.kind === 'done') {
      const entry = { event: 'call_summary', at: now, receivedAt: now, delivery: undefined }
      await store.transact(scope, async (tx): Promise<Result<void, never>> => {
        await tx.calls.addEvent(call, { key: sentKey(position), ...entry })
        tx.publish({ kind: 'call.updated', data: { call_id: call, event: entry.event } })
        return ok()
      })
    }
    return outcome
  }

const sentKey = (position: number): string => `call_summary:${position}`

/** The call as it is now; undefined: it is gone, or this reader was told. */
const look = (
  store: Ports['store'],
  scope: CompanyScope,
  profile: CompanyProfile,
  id: CallId,
  position: number,
): Promise<SummaryFacts | undefined> =>
  store.read(scope, async (tx) => {
    const call = await tx.calls.find(id)
    const isTold = (await tx.calls.events(id)).some(({ key }) => key === sentKey(position))
    if (!call || isTold) return undefined
    const effects = (await tx.toolCalls.list(id)).flatMap(({ effect }) => effect ?? [])
    return {
      profile,
      call,
      state: callState(call.record),
      appointments: await touchedBy(tx, id, effects),
      callbacks: await tx.callbacks.ofCall(id),
      customer: call.customer && (await tx.customers.find(call.customer)),
    }
  })
