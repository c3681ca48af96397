import { after, type Instant, MINUTE, SECOND } from '../../domain/time.ts'
import type { ClaimedDelivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import { processDelivery } from './process-delivery.ts'

type Needs = Parameters<typeof processDelivery>[0] & Pick<Ports, 'inbox' | 'clock'>

const delays = [10 * SECOND, 30 * SECOND, 60 * SECOND] as const
const lease = 2 * MINUTE

export interface InboxWork {
  readonly processed: number
  readonly postponed: number
  readonly dead: number
}

const callsAtOnce = 8

/**
 * Works off what is due at `clock.now()`, up to `limit` deliveries: several calls at once, the deliveries of one call in
 * the order in which they came. Failures come back after 10, 30 and 60 s, then the delivery is dead.
 */
export const workInbox =
  (ports: Needs) =>
  async (limit: number): Promise<InboxWork> => {
    const now = ports.clock.now()
    const claimed = await ports.inbox.claim(now, limit, after(now, lease))
    const work = { processed: 0, postponed: 0, dead: 0 }
    // A ring has to be there before its call looks for it.
    for (const one of claimed.filter(isRinging)) work[await attempt(ports, one)] += 1
    const waiting = byCall(claimed.filter((one) => !isRinging(one)))
    const takeCalls = async (): Promise<void> => {
      for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
        for (const one of call) work[await attempt(ports, one)] += 1
      }
    }
    await Promise.all(Array.from({ length: callsAtOnce }, takeCalls))
    return work
  }

const isRinging = ({ delivery }: ClaimedDelivery): boolean => delivery.event === 'call_inbound'

const byCall = (claimed: readonly ClaimedDelivery[]): ClaimedDelivery[][] => {
  const calls = new Map<string, ClaimedDelivery[]>()
  for (const one of claimed) {
    const call = one.delivery.callId ?? one.delivery.id
    const known = calls.get(call)
    if (known) known.push(one)
    else calls.set(call, [one])
  }
  return [...calls.values()]
}

const attempt = async (ports: Needs, claimed: ClaimedDelivery): Promise<keyof InboxWork> => {
  const { delivery } = claimed
  try {
    const detail = await processDelivery(ports)(claimed)
    await ports.inbox.settle(delivery.id, {
      outcome: delivery.outcome === 'failed' ? 'accepted' : delivery.outcome,
      stages: [...delivery.stages, { name: 'processed', at: ports.clock.now(), ok: true, detail }],
      dueAt: undefined,
      attempt: delivery.attempt + 1,
    })
    return 'processed'
  } catch (reason) {
    return postpone(ports, claimed, ports.clock.now(), nameOf(reason))
  }
}

const nameOf = (reason: unknown): string => (reason instanceof Error ? reason.name : 'unknown')

const postpone = async (
  ports: Needs,
  { delivery }: ClaimedDelivery,
  now: Instant,
  fault: string,
): Promise<'postponed' | 'dead'> => {
  const delay = delays[delivery.attempt]
  const detail =
    delay === undefined
      ? `It failed four times (${fault}). Mend the cause and replay it.`
      : `It failed (${fault}) and is tried again in ${delay / SECOND} s.`
  await ports.inbox.settle(delivery.id, {
    outcome: delay === undefined ? 'dead' : 'failed',
    stages: [...delivery.stages, { name: delay === undefined ? 'dead' : 'processed', at: now, ok: false, detail }],
    dueAt: delay === undefined ? undefined : after(now, delay),
    attempt: delivery.attempt + 1,
  })
  if (delay !== undefined) return 'postponed'
  await ports.alarm.alert(delivery.company ?? delivery.account, {
    id: ports.ids.next('alert'),
    key: `dead_letter:${delivery.id}`,
    kind: 'dead_letter',
    severity: 'critical',
    message: `A ${delivery.event} could not be processed and is given up. Look at the delivery, mend the cause, replay it.`,
    callId: delivery.callId,
    appointmentId: undefined,
    createdAt: now,
  })
  return 'dead'
}
