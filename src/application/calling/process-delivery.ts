import { ok, type Result } from 'neverthrow'
import type { BranchId } from '../../domain/ids.ts'
import { grantCompany } from '../grant-scope.ts'
import type { ClaimedDelivery, Delivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { Parties, Webhook } from '../ports/voice-platform.ts'
import { unroutedKey } from './assign-unrouted.ts'
import { findOwner } from './find-owner.ts'
import { type HeardEvent, type HearingDesk, hearCall } from './hear-call.ts'

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
  const desk: HearingDesk = { ids: ports.ids, branch, profile, canMail: ports.mailer !== undefined }
  return (tx) =>
    webhook.kind === 'inbound' ? ring(desk, tx, webhook, delivery) : hear(desk, tx, webhook, webhook.callId, delivery)
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

const ring = async (desk: HearingDesk, tx: CompanyTx, inbound: Inbound, delivery: Delivery): Promise<string> => {
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
  desk: HearingDesk,
  tx: CompanyTx,
  event: HeardEvent,
  id: string,
  { id: delivery, receivedAt: at }: Delivery,
): Promise<string> => {
  const { isNew } = await hearCall(desk, tx, event, id, { at, delivery })
  return isNew ? 'Added to the call.' : 'Known already; the call keeps one entry of it.'
}
