import { type AddressRecord, blameless, isBlocked, refuse } from '../../domain/access/abuse.ts'
import type { CompanyId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import type { Delivery } from '../ports/inbox.ts'
import type { Ports } from '../ports/ports.ts'
import type { NotAuthentic } from './prove-sender.ts'

export type Refused =
  | Pick<NotAuthentic, 'kind' | 'reason'>
  | { readonly kind: 'address-blocked'; readonly until: Instant }

/** What is refused: why, with the cure, whose it claimed to be, and what may be said of it outside. */
export interface Refusal {
  readonly source: Delivery['source']
  readonly told: NotAuthentic['reason']
  readonly detail: string
  readonly isForged: boolean
  readonly claimed: CompanyId | undefined
}

/** A request of Retell that is not authentic. */
export const retellRefusal = ({ reason, claimed }: NotAuthentic): Refusal => ({
  source: 'retell',
  told: reason,
  detail: explained[reason],
  isForged: reason === 'forgery',
  claimed,
})

const explained: { readonly [Reason in NotAuthentic['reason']]: string } = {
  missing:
    'The X-Retell-Signature header is missing. Call this address from Retell only, or sign with the webhook key.',
  'wrong-shape': 'The X-Retell-Signature header is not of the form v=<milliseconds>,d=<64 hex digits>.',
  stale: 'The signature is more than five minutes off. Check the clock of this machine.',
  'wrong-key':
    'The signature matches no key of the account that owns this number. Check RETELL_WEBHOOK_KEYS or the company file.',
  forgery: 'The signature is of another account than the one that owns this number.',
  'too-large-to-try': 'Nobody owns the number, and the body is too large to try every key on it.',
}

/**
 * Where requests seem to come from when a proxy is between and is not trusted to say more: nobody's address, so nothing
 * counts against it, or one attacker would have everybody blocked.
 */
export const behindProxy = 'behind a proxy'

/** Remembers who was refused; bounded, for addresses cost an attacker nothing. */
const mostAddresses = 10_000

/** The one place where a request is refused: kept with its reason, counted against its address, reported. */
export const refusals = (ports: Pick<Ports, 'inbox' | 'alarm' | 'ids'>) => {
  const records = new Map<string, AddressRecord>()

  const remember = (address: string, record: AddressRecord) => {
    records.delete(address)
    records.set(address, record)
    const [oldest] = records.keys()
    if (records.size > mostAddresses && oldest !== undefined) records.delete(oldest)
  }

  return async (
    refusal: Refusal,
    from: { readonly address: string; readonly event: string; readonly callId: string | undefined },
    now: Instant,
  ): Promise<Refused> => {
    const before = records.get(from.address) ?? blameless
    if (isBlocked(before, now)) return { kind: 'address-blocked', until: before.blockedUntil ?? now }
    const isNobodys = from.address === behindProxy
    const record = isNobodys ? blameless : refuse(before, now)
    if (isNobodys) await nameProxy(ports, now)
    else remember(from.address, record)

    const { detail, isForged } = refusal
    await ports.alarm.security({
      id: ports.ids.next('securityEvent'),
      kind: isForged ? 'forgery' : 'bad_signature',
      severity: isForged ? 'critical' : 'warning',
      at: now,
      address: from.address,
      actor: undefined,
      company: refusal.claimed,
      detail,
    })
    await ports.inbox.store(refusedDelivery(ports.ids.next('delivery'), refusal, from, now))
    if (record.blockedUntil === undefined) return { kind: 'not-authentic', reason: refusal.told }

    await ports.alarm.security({
      id: ports.ids.next('securityEvent'),
      kind: 'address_blocked',
      severity: 'critical',
      at: now,
      address: from.address,
      actor: undefined,
      company: undefined,
      detail: `More than 20 refused requests in a minute. Blocked for ${Math.round((record.blockedUntil - now) / 60_000)} minutes.`,
    })
    return { kind: 'not-authentic', reason: refusal.told }
  }
}

export type Refuse = ReturnType<typeof refusals>

const nameProxy = ({ alarm, ids }: Pick<Ports, 'alarm' | 'ids'>, now: Instant): Promise<void> =>
  alarm.alert(undefined, {
    id: ids.next('alert'),
    key: 'forwarding_headers',
    kind: 'security',
    severity: 'warning',
    message:
      'Requests come through a proxy while TRUST_PROXY is off, so that nobody who is refused can be blocked. Set TRUST_PROXY=true if the proxy is yours.',
    callId: undefined,
    appointmentId: undefined,
    createdAt: now,
  })

const refusedDelivery = (
  id: Delivery['id'],
  { source, claimed, detail }: Refusal,
  from: { readonly address: string; readonly event: string; readonly callId: string | undefined },
  now: Instant,
) => ({
  id,
  source,
  event: from.event,
  callId: from.callId,
  company: claimed,
  account: undefined,
  receivedAt: now,
  address: from.address,
  outcome: 'refused' as const,
  stages: [
    { name: 'received' as const, at: now, ok: true, detail: 'The request arrived.' },
    { name: 'signature' as const, at: now, ok: false, detail },
  ],
  dedupeKey: undefined,
  body: undefined,
  dueAt: undefined,
})
