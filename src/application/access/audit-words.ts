import type { AuditEntry, AuditFacts, AuditKind } from '../../domain/access/audit-entry.ts'

/** What was done, in the fewest words. */
export const auditWords: { readonly [Kind in AuditKind]: string } = {
  'customers.listed': 'Customers listed',
  'customer.viewed': 'Customer opened',
  'customer.added': 'Customer added',
  'customer.changed': 'Customer changed',
  'customer.vip_changed': 'VIP mark changed',
  'call.viewed': 'Call opened',
  'recording.played': 'Recording played',
  'appointment.viewed': 'Appointment opened',
  'agent.viewed': 'Agent opened',
  'agent.created': 'Agent created',
  'agent.draft_changed': 'Draft changed',
  'agent.draft_discarded': 'Draft discarded',
  'agent.pulled': 'Taken over from Retell',
  'agent.merged': 'Both sides merged',
  'agent.restored': 'Earlier version restored',
  'agent.imported': 'Agent imported',
  'agent.exported': 'Agent exported',
  'agent.tool_tried': 'Request sent to a tool outside',
  'agent.publish_started': 'Publication started',
  'agent.publish_failed': 'Publication failed',
  'agent.publish_undone': 'Publication undone',
  'agent.published': 'Published',
  'agent.rolled_back': 'Rolled back',
  'agent.rollout_started': 'Rollout started',
  'agent.rollout_changed': 'Rollout changed',
  'agent.rollout_finished': 'Rollout finished',
  'agent.rollout_taken_back': 'Rollout taken back',
  'company.applied': 'Settings of the company changed',
  'company.exported': 'Company exported',
  'user.created': 'User created',
  'user.password_reset': 'Link for a new password given',
  'user.disabled': 'User disabled',
  'token.created': 'Token created',
  'flag.changed': 'Feature switched',
}

/** `agent empfang, version 3`; empty where there is nothing to say. */
export const factsText = (facts: AuditFacts): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`)
    .join(', ')

export const auditSentence = ({ kind, facts }: Pick<AuditEntry, 'kind' | 'facts'>): string => {
  const more = factsText(facts)
  return more === '' ? `${auditWords[kind]}.` : `${auditWords[kind]}: ${more}.`
}
