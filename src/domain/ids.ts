import { err, ok, type Result } from 'neverthrow'

const prefixes = {
  company: 'com',
  branch: 'brn',
  service: 'svc',
  staff: 'stf',
  agent: 'agt',
  phoneNumber: 'num',
  customer: 'cus',
  appointment: 'apt',
  offer: 'off',
  delivery: 'dlv',
  toolCall: 'tcl',
  ring: 'rng',
  unroutedCall: 'unr',
  user: 'usr',
  token: 'tok',
  session: 'ses',
  job: 'job',
  alert: 'alr',
  securityEvent: 'sev',
  callback: 'cbk',
  wish: 'wsh',
  blockedTime: 'blk',
  routingOverride: 'ovr',
  calendarFeed: 'fee',
  series: 'ser',
  entry: 'ent',
  decision: 'dec',
  publication: 'pub',
  rollout: 'rol',
  rehearsal: 'reh',
  script: 'scr',
  auditEntry: 'aud',
} as const

export type IdKind = keyof typeof prefixes
/** Ids tell people apart in a log: `apt_…` is an appointment. */
export type Id<Kind extends IdKind> = `${(typeof prefixes)[Kind]}_${string}`

export type CompanyId = Id<'company'>
export type BranchId = Id<'branch'>
export type ServiceId = Id<'service'>
export type StaffId = Id<'staff'>
export type AgentId = Id<'agent'>
export type CustomerId = Id<'customer'>
export type AppointmentId = Id<'appointment'>
export type OfferId = Id<'offer'>
export type DeliveryId = Id<'delivery'>
export type ToolCallId = Id<'toolCall'>
export type RingId = Id<'ring'>
export type UserId = Id<'user'>
export type TokenId = Id<'token'>
export type AlertId = Id<'alert'>
export type JobId = Id<'job'>
export type CallbackId = Id<'callback'>
export type WishId = Id<'wish'>
export type BlockedTimeId = Id<'blockedTime'>
export type RoutingOverrideId = Id<'routingOverride'>
export type CalendarFeedId = Id<'calendarFeed'>
export type SeriesId = Id<'series'>
export type DecisionId = Id<'decision'>
export type PublicationId = Id<'publication'>
export type RolloutId = Id<'rollout'>
export type RehearsalId = Id<'rehearsal'>
export type ScriptId = Id<'script'>

/** A call's name is Retell's: opaque, unique only within a company. */
export type CallId = string & { readonly __call?: never }

export type MalformedId = { readonly kind: 'malformed-id'; readonly expected: IdKind }

const shape = /^[a-z]{3}_[0-9a-z]{8,40}$/

/** Takes an id from outside. It says nothing about whether the thing exists. */
export const parseId = <Kind extends IdKind>(kind: Kind, text: string): Result<Id<Kind>, MalformedId> =>
  shape.test(text) && text.startsWith(`${prefixes[kind]}_`)
    ? ok(text as Id<Kind>)
    : err({ kind: 'malformed-id', expected: kind })

/** Makes an id out of a unique, url-safe, lower-case body. Only the `Ids` port mints. */
export const mintId = <Kind extends IdKind>(kind: Kind, body: string): Id<Kind> => `${prefixes[kind]}_${body}`
