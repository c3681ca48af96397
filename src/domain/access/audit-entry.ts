import { canonicalJson } from '../canonical-json.ts'
import type { AgentId, Id } from '../ids.ts'
import type { Instant } from '../time.ts'

/** Everything that is written down when a person, a program, a command or a job does it. */
export const auditKinds = [
  'customers.listed',
  'customer.viewed',
  'customer.added',
  'customer.changed',
  'customer.vip_changed',
  'call.viewed',
  'recording.played',
  'appointment.viewed',
  'agent.viewed',
  'agent.created',
  'agent.draft_changed',
  'agent.draft_discarded',
  'agent.pulled',
  'agent.merged',
  'agent.restored',
  'agent.imported',
  'agent.exported',
  'agent.tool_tried',
  'agent.publish_started',
  'agent.publish_failed',
  'agent.publish_undone',
  'agent.published',
  'agent.rolled_back',
  'agent.rollout_started',
  'agent.rollout_changed',
  'agent.rollout_finished',
  'agent.rollout_taken_back',
  'company.applied',
  'company.exported',
  'user.created',
  'user.password_reset',
  'user.disabled',
  'token.created',
  'flag.changed',
] as const
export type AuditKind = (typeof auditKinds)[number]

export const isAuditKind = (text: string): text is AuditKind => auditKinds.some((kind) => kind === text)

/** What went to somebody outside, what callers reach because of it, and who comes in. */
const weighty: ReadonlySet<AuditKind> = new Set<AuditKind>([
  'agent.exported',
  'company.exported',
  'agent.tool_tried',
  'agent.published',
  'agent.rolled_back',
  'agent.rollout_taken_back',
  'company.applied',
  'user.created',
  'user.password_reset',
  'token.created',
  'flag.changed',
])

export const severityOf = (kind: AuditKind): 'info' | 'warning' => (weighty.has(kind) ? 'warning' : 'info')

export interface AuditActor {
  readonly kind: string
  /** Of the user or token; undefined for jobs, commands and the library. */
  readonly id: string | undefined
  readonly name: string
}

/** What was looked at or changed. */
export type AuditSubject =
  | { readonly kind: 'agent'; readonly id: AgentId }
  | { readonly kind: 'customer' | 'call' | 'appointment' | 'company' | 'user' | 'token' | 'flag'; readonly id: string }

/** Plain facts about it, without personal data. */
export interface AuditFacts {
  readonly [name: string]: string | number | boolean
}

export interface NewAuditEntry {
  readonly id: Id<'auditEntry'>
  readonly at: Instant
  readonly kind: AuditKind
  readonly actor: AuditActor
  readonly address: string | undefined
  /** Undefined: a list. */
  readonly subject: AuditSubject | undefined
  readonly facts: AuditFacts
}

/** A link of a chain: its hash covers its content and the hash before it. */
export interface AuditEntry extends NewAuditEntry {
  /** 1, 2, …, without gaps. */
  readonly seq: number
  readonly hash: string
}

/** The end of a chain, to which the next entry is joined. */
export type AuditHead = Pick<AuditEntry, 'seq' | 'hash'>

/** Where every chain begins. */
export const noEntries: AuditHead = { seq: 0, hash: '' }

/** A digest that nobody can make without its key, or that anybody can make: the chain is as strong as it. */
export type Digest = (text: string) => string

export const joined = ({ seq, hash }: AuditHead, entry: NewAuditEntry, digest: Digest): AuditEntry => {
  const numbered = { ...entry, seq: seq + 1 }
  return { ...numbered, hash: digest(linkText(hash, numbered)) }
}

/** Why a chain is not what was written: an entry is missing before this one, or this one was changed. */
export interface BrokenLink {
  readonly seq: number
  readonly reason: 'missing' | 'changed'
}

/** The first link that does not hold, and otherwise the new end of the chain. Entries in the order of the chain. */
export const follow = (
  head: AuditHead,
  entries: readonly AuditEntry[],
  digest: Digest,
): { readonly head: AuditHead } | { readonly broken: BrokenLink } => {
  let last = head
  for (const entry of entries) {
    if (entry.seq !== last.seq + 1) return { broken: { seq: last.seq + 1, reason: 'missing' } }
    if (entry.hash !== digest(linkText(last.hash, entry))) return { broken: { seq: entry.seq, reason: 'changed' } }
    last = { seq: entry.seq, hash: entry.hash }
  }
  return { head: last }
}

const linkText = (
  before: string,
  { seq, id, at, kind, actor, address, subject, facts }: Omit<AuditEntry, 'hash'>,
): string =>
  canonicalJson({
    ...{ before, seq, id, at, kind, facts },
    actor: { kind: actor.kind, id: actor.id ?? null, name: actor.name },
    address: address ?? null,
    subject: subject ? { kind: subject.kind, id: subject.id } : null,
  })
