import type { CallState } from '../../domain/calling/call.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import { introducedName } from '../../domain/speech/said-names.ts'
import type { Instant } from '../../domain/time.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import { findingsOf } from './check-promises.ts'
import { nameContextOf } from './name-context.ts'

interface Desk extends Pick<Ports, 'ids'> {
  readonly profile: CompanyProfile | undefined
}

/** A call that is over, with what its transcript tells: a name nobody told a tool, and promises that nothing bears. */
export const conclude = async (
  { ids, profile }: Desk,
  tx: CompanyTx,
  call: StoredCall,
  state: CallState,
  now: Instant,
): Promise<StoredCall> => {
  const findings = await findingsOf(tx, call, state)
  if (findings.some(({ kind }) => kind === 'claim-without-fact')) {
    await tx.alerts.raise({
      id: ids.next('alert'),
      key: `claim_without_fact:${call.id}`,
      kind: 'claim_without_fact',
      severity: 'warning',
      message:
        'The agent promised something that no tool had said. Read the call, put it right with the caller, and mend the agent’s prompt.',
      callId: call.id,
      appointmentId: undefined,
      createdAt: now,
    })
  }
  return { ...call, findings, callerName: call.callerName ?? (profile && nameOf(state, profile)) }
}

const nameOf = (state: CallState, profile: CompanyProfile): string | undefined => {
  const saidByCaller = (state.turns ?? []).flatMap(({ role, content }) => (role === 'user' ? [content] : []))
  return introducedName(saidByCaller, nameContextOf(profile, state))
}
