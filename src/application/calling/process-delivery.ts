import { ok, type Result } from 'neverthrow'
import { type CallState, callState, learn } from '../../domain/calling/call.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { BranchId } from '../../domain/ids.ts'
import { instant, MINUTE } from '../../domain/time.ts'
import { releaseOffer } from '../booking/hold-offer.ts'
import { grantCompany } from '../grant-scope.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { ClaimedDelivery, Delivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { Parties, Webhook } from '../ports/voice-platform.ts'
import { unroutedKey } from './assign-unrouted.ts'
import { conclude } from './conclude-call.ts'
import { findOwner } from './find-owner.ts'

type CallEvent = Extract<Webhook, { readonly kind: 'call-event' }>
type Inbound = Extract<Webhook, { readonly kind: 'inbound' }>

type Needs = Pick<Ports, 'store' | 'directory' | 'voice' | 'ids' | 'unrouted' | 'alarm' | 'mailer'>

/**
 * Turns kept deliveries of one company, or of nobody, into what is known of their calls: in their order, all of them in
 * one transaction. Doing it twice changes nothing, for a killed worker's work is done again. Answers with a sentence for
 * the trace of each; a rejection means that nothing was learnt: try again, or later.
 */
export const processDeliveries =
  (ports: Needs) =>
  async (claimed: readonly ClaimedDelivery[]): Promise<readonly string[]> => {
    const works: Work[] = []
    for (const one of claimed) works.push(await understand(ports, one))
    const company = claimed[0]?.delivery.company
    const doAll = async (tx: CompanyTx | undefined) => {
      const details: string[] = []
      for (const work of works) details.push(typeof work === 'string' ? work : tx ? await work(tx) : '')
      return details
    }
    if (company === undefined || works.every((work) => typeof work === 'string')) return doAll(undefined)
    const scope = grantCompany(company, { kind: 'job', name: 'intake' })
    const done = await ports.store.transact(
      scope,
      async (tx): Promise<Result<readonly string[], never>> => ok(await doAll(tx)),
    )
    return done.isOk() ? done.value : []
  }

/** What is left to do within the company; or the sentence, when that is nothing. */
type Work = string | ((tx: CompanyTx) => Promise<string>)

const understand = async (ports: Needs, { delivery, body }: ClaimedDelivery): Promise<Work> => {
  const isTool = delivery.event === 'function_call'
  const { content, parties } = isTool ? ports.voice.readToolRequest(body, undefined) : ports.voice.readWebhook(body)
  if (delivery.company === undefined) return keepUnrouted(ports, delivery, parties)
  if (content.isErr()) return 'Nothing in it could be read.'
  const webhook = content.value
  if (!('kind' in webhook)) return 'A tool request; it was answered at once.'
  if (webhook.kind !== 'call-event' && webhook.kind !== 'inbound') return 'Nothing in it concerns a call.'
  const owner = await findOwner(ports)(parties, delivery.receivedAt)
  const branch =
    owner.kind === 'company' && owner.company === delivery.company
      ? owner.branch
      : await assignedBranch(ports, delivery)
  const profile = await ports.directory.profile(delivery.company)
  const desk: Desk = { ids: ports.ids, branch, profile, canMail: ports.mailer !== undefined }
  return (tx) =>
    webhook.kind === 'inbound' ? ring(desk, tx, webhook, delivery) : hear(desk, tx, webhook, webhook.callId, delivery)
}

/** Whose call it is, found before the transaction begins. */
interface Desk extends Pick<Ports, 'ids'> {
  readonly branch: BranchId | undefined
  readonly profile: CompanyProfile | undefined
  readonly canMail: boolean
}

/** The branch to which a person gave a call whose number nobody owns. */
const assignedBranch = async (
  { unrouted }: Needs,
  { callId, account, company }: Delivery,
): Promise<BranchId | undefined> => {
  if (callId === undefined) return undefined
  // What came after it was given to its company is kept under the company, and no account.
  const line = (await unrouted.assignedTo(account, callId)) ?? (await unrouted.assignedTo(company, callId))
  return line?.company === company ? line?.branch : undefined
}

const keepUnrouted = async (ports: Needs, delivery: Delivery, parties: Parties): Promise<string> => {
  const call = await ports.unrouted.note({
    id: ports.ids.next('unroutedCall'),
    callId: delivery.callId,
    account: delivery.account,
    fromNumber: parties.theirNumber,
    toNumber: parties.ourNumber,
    agentId: parties.agentId,
    receivedAt: delivery.receivedAt,
    event: delivery.event,
  })
  if (call.assignedTo) {
    // It was given to a company while this delivery was on its way here. Whoever looks at it next does so for that company.
    await ports.unrouted.assign(call.id, call.assignedTo, delivery.receivedAt)
    throw Object.assign(new Error('The call was given to a company meanwhile'), { name: 'AssignedMeanwhile' })
  }
  await ports.alarm.alert(delivery.account, {
    id: ports.ids.next('alert'),
    key: unroutedKey(call),
    kind: 'unrouted_call',
    severity: 'warning',
    message:
      'A call reached a number or agent that nobody owns. Add it to a company file; the call waits in the unrouted inbox.',
    callId: delivery.callId,
    appointmentId: undefined,
    createdAt: delivery.receivedAt,
  })
  return 'Kept in the unrouted inbox.'
}

const ring = async (desk: Desk, tx: CompanyTx, inbound: Inbound, delivery: Delivery): Promise<string> => {
  const { branch, ids } = desk
  if (inbound.callId !== undefined) {
    const event = { event: 'call_inbound', at: inbound.at, report: inbound.report, occurrence: 'call_inbound' } as const
    return hear(desk, tx, event, inbound.callId, delivery)
  }
  if (branch === undefined) return 'The branch is not known; nothing is shown.'
  await tx.rings.add({
    id: ids.next('ring'),
    branch,
    fromNumber: inbound.fromNumber,
    toNumber: inbound.toNumber,
    at: delivery.receivedAt,
  })
  tx.publish({ kind: 'ring.updated', data: { branch } })
  return 'Shown as ringing until its call begins.'
}

const hear = async (
  desk: Desk,
  tx: CompanyTx,
  event: Pick<CallEvent, 'event' | 'at' | 'report' | 'occurrence'>,
  id: string,
  delivery: Delivery,
): Promise<string> => {
  const { branch } = desk
  const before = await tx.calls.open(id, branch, delivery.receivedAt)
  const record = learn(before.record, event.report())
  const state = callState(record)
  const call: StoredCall = {
    ...before,
    record,
    branch: before.branch ?? branch,
    firstHeardAt: instant(Math.min(before.firstHeardAt, delivery.receivedAt)),
  }
  await tx.calls.save(isOver(state) ? await conclude(desk, tx, call, state, delivery.receivedAt) : call)
  const isNew = await tx.calls.addEvent(id, {
    key: event.occurrence,
    event: event.event,
    at: event.at ?? delivery.receivedAt,
    receivedAt: delivery.receivedAt,
    delivery: delivery.id,
  })
  await joinRing(tx, call, state)
  if (isOver(state)) await letGo(tx, id)
  tx.publish({ kind: 'call.updated', data: { call_id: id, status: state.status, event: event.event } })
  return isNew ? 'Added to the call.' : 'Known already; the call keeps one entry of it.'
}

const isOver = (state: CallState): boolean => state.status === 'ended' || state.status === 'failed'

/** A dead call keeps nobody from booking. */
const letGo = async (tx: CompanyTx, call: string): Promise<void> => {
  for (const offer of await tx.offers.openOf(call)) await releaseOffer(tx, offer)
  await tx.suggestions.replace(call, [])
}

/** A ring belongs to the one call of the same two numbers that starts within a minute; if two could be meant, to none. */
const joinRing = async (tx: CompanyTx, call: StoredCall, state: CallState): Promise<void> => {
  if (state.toNumber === undefined || state.status === 'ringing') return
  // The start is told by Retell's clock, the ring and the first word of the call are heard by ours.
  const started = state.startedAt ?? call.firstHeardAt
  const [from, to] = [Math.min(started, call.firstHeardAt) - MINUTE, Math.max(started, call.firstHeardAt)]
  const rings = await tx.rings.between(state.fromNumber, state.toNumber, instant(from), instant(to))
  const [only] = rings
  if (only && rings.length === 1) await tx.rings.join(only.id, call.id)
}
