import { after, type Instant, MINUTE, SECOND } from '../../domain/time.ts'
import { hearCalendar } from '../calendar/hear-calendar.ts'
import type { ClaimedDelivery, Delivery, DeliveryOutcome, KeptDelivery, SettledDelivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import { processDeliveries } from './process-delivery.ts'

type Needs = Parameters<typeof processDeliveries>[0] &
  Parameters<typeof hearCalendar>[0] &
  Pick<Ports, 'inbox' | 'clock'>

const delays = [10 * SECOND, 30 * SECOND, 60 * SECOND] as const
const lease = 2 * MINUTE

export interface InboxWork {
  readonly processed: number
  readonly postponed: number
  readonly dead: number
}

const groupsAtOnce = 8
/** What shares a transaction. More would save little, and keep others from writing for longer. */
const largestGroup = 10

/**
 * Works off what is due at `clock.now()`, up to `limit` deliveries: several calls at once, the deliveries of one call in
 * the order in which they came. Failures come back after 10, 30 and 60 s, then the delivery is dead.
 */
export const workInbox =
  (ports: Needs) =>
  async (limit: number): Promise<InboxWork> => {
    const now = ports.clock.now()
    const kept = await ports.inbox.claim(now, limit, after(now, lease))
    const claimed = kept.filter(isReadable)
    const unreadable = kept.filter((one) => !isReadable(one))
    if (unreadable.length > 0) await setAside(ports, unreadable, now)
    const work = { processed: 0, postponed: 0, dead: unreadable.length }
    const workOff = async (groups: readonly Group[]): Promise<void> => {
      const waiting = [...groups]
      const take = async (): Promise<void> => {
        for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
          for (const end of await finish(ports, await attempt(ports, group))) work[end] += 1
        }
      }
      await Promise.all(Array.from({ length: groupsAtOnce }, take))
    }
    // A ring has to be there before its call looks for it.
    await workOff(grouped(claimed.filter(isRinging)))
    await workOff(grouped(claimed.filter((one) => !isRinging(one))))
    return work
  }

type Group = readonly ClaimedDelivery[]

const isReadable = (one: KeptDelivery): one is ClaimedDelivery => one.body !== undefined

/** What cannot be opened now cannot be opened in a minute; it waits for a person, and keeps nobody. */
const setAside = async (ports: Needs, unreadable: readonly KeptDelivery[], now: Instant): Promise<void> => {
  const detail = 'It cannot be opened. Put the key that it was sealed under back, and replay it.'
  await ports.inbox.settle(unreadable.map(({ delivery }) => settledAs(delivery, 'dead', undefined, detail, now)))
  for (const { delivery } of unreadable) await mourn(ports, delivery, 'key_fault', now)
}

const isRinging = ({ delivery }: ClaimedDelivery): boolean => delivery.event === 'call_inbound'

/** Whole calls of one company, or of nobody; calls in the order of their ids, in which everybody locks them. */
const grouped = (claimed: readonly ClaimedDelivery[]): readonly Group[] => {
  const groups: ClaimedDelivery[][] = []
  for (const calls of listsBy(claimed, ({ delivery }) => `${delivery.source}:${delivery.company ?? ''}`)) {
    let group: ClaimedDelivery[] = []
    const byCall = listsBy(calls, callOf).toSorted(([one], [other]) => (callOf(one) < callOf(other) ? -1 : 1))
    for (const call of byCall) {
      if (group.length === 0 || group.length + call.length > largestGroup) {
        group = []
        groups.push(group)
      }
      group.push(...call)
    }
  }
  return groups
}

const callOf = ({ delivery }: ClaimedDelivery): string => delivery.callId ?? delivery.id

const listsBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): (readonly [Item, ...Item[]])[] => {
  const lists = new Map<string, [Item, ...Item[]]>()
  for (const item of items) {
    const known = lists.get(keyOf(item))
    if (known) known.push(item)
    else lists.set(keyOf(item), [item])
  }
  return [...lists.values()]
}

type Attempt = { readonly claimed: ClaimedDelivery } & ({ readonly detail: string } | { readonly fault: string })

/** All together; when that fails each alone, so that it fails by itself. */
const attempt = async (ports: Needs, group: Group): Promise<readonly Attempt[]> => {
  try {
    const isCalendar = group[0]?.delivery.source === 'calcom'
    const details = await (isCalendar ? hearCalendar(ports) : processDeliveries(ports))(group)
    return group.map((claimed, position) => ({ claimed, detail: details[position] ?? '' }))
  } catch (reason) {
    const [only, ...others] = group
    if (only && others.length === 0) return [{ claimed: only, fault: nameOf(reason) }]
    const attempts: Attempt[] = []
    for (const one of group) attempts.push(...(await attempt(ports, [one])))
    return attempts
  }
}

const nameOf = (reason: unknown): string => (reason instanceof Error ? reason.name : 'unknown')

const finish = async (ports: Needs, attempts: readonly Attempt[]): Promise<readonly (keyof InboxWork)[]> => {
  const now = ports.clock.now()
  const results = attempts.map((one) => resultOf(one, now))
  await ports.inbox.settle(results)
  for (const [position, { claimed }] of attempts.entries()) {
    if (results[position]?.outcome === 'dead') await mourn(ports, claimed.delivery, 'dead_letter', now)
  }
  return results.map(({ outcome }) => (outcome === 'dead' ? 'dead' : outcome === 'failed' ? 'postponed' : 'processed'))
}

const resultOf = (one: Attempt, now: Instant): SettledDelivery => {
  const { delivery } = one.claimed
  const settled = (outcome: DeliveryOutcome, dueAt: Instant | undefined, detail: string) =>
    settledAs(delivery, outcome, dueAt, detail, now)
  if ('detail' in one) {
    return settled(delivery.outcome === 'failed' ? 'accepted' : delivery.outcome, undefined, one.detail)
  }
  const delay = delays[delivery.attempt]
  return delay === undefined
    ? settled('dead', undefined, `It failed four times (${one.fault}). Mend the cause and replay it.`)
    : settled('failed', after(now, delay), `It failed (${one.fault}) and is tried again in ${delay / SECOND} s.`)
}

const settledAs = (
  { id, stages, attempt }: Delivery,
  outcome: DeliveryOutcome,
  dueAt: Instant | undefined,
  detail: string,
  now: Instant,
): SettledDelivery => {
  const name = outcome === 'dead' ? 'dead' : 'processed'
  const ok = outcome !== 'dead' && outcome !== 'failed'
  return { id, outcome, stages: [...stages, { name, at: now, ok, detail }], dueAt, attempt: attempt + 1 }
}

const mourn = (
  ports: Needs,
  { id, event, company, account, callId }: Delivery,
  kind: 'dead_letter' | 'key_fault',
  now: Instant,
): Promise<unknown> =>
  ports.alarm.alert(company ?? account, {
    id: ports.ids.next('alert'),
    key: `${kind}:${id}`,
    kind,
    severity: 'critical',
    message:
      kind === 'key_fault'
        ? `A ${event} cannot be opened and is given up (${id}). Put the key that it was sealed under back into ENCRYPTION_KEYS, or the row back from a backup, and replay it.`
        : `A ${event} could not be processed and is given up. Look at the delivery, mend the cause, replay it.`,
    callId,
    appointmentId: undefined,
    createdAt: now,
  })
