import type { HistoryEntry } from '../../domain/booking/appointment.ts'
import { type CallOutcome, outcomeOf } from '../../domain/calling/outcome.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { ToolCall } from '../ports/tool-calls.ts'

type Answered = Pick<ToolCall, 'name' | 'status' | 'effect'>

/** The outcome of a call once a tool was answered. Only a tool that names an effect can change more than `none`. */
export const outcomeAfter = async (tx: CompanyTx, call: StoredCall, answered: Answered): Promise<CallOutcome> => {
  if (answered.effect === undefined) return call.outcome === 'none' && informs(answered) ? 'information' : call.outcome
  const tools = [...(await tx.toolCalls.list(call.id)), answered]
  const effects = tools.flatMap(({ effect }) => effect ?? [])
  return outcomeOf(call.id, {
    histories: await historiesOf(tx, call, effects),
    callback: (await tx.callbacks.ofCall(call.id)).length > 0,
    informed: tools.some(informs),
  })
}

/** Of what the call booked, and of what was there before and changed in it. */
const historiesOf = async (
  tx: CompanyTx,
  call: StoredCall,
  effects: readonly string[],
): Promise<readonly (readonly HistoryEntry[])[]> => {
  const booked = await tx.appointments.ofCall(call.id)
  const known = new Set<string>(booked.map(({ id }) => id))
  const changed = new Set(effects.flatMap((effect) => effect.split('@')[0] ?? []).filter(isAppointment))
  const others = await Promise.all([...changed].filter((id) => !known.has(id)).map((id) => tx.appointments.find(id)))
  return [...booked, ...others].flatMap((appointment) => (appointment ? [appointment.history] : []))
}

const isAppointment = (id: string): id is AppointmentId => id.startsWith('apt_')

/** Asked by the agent for itself in every call, whatever the caller wants. */
const forTheAgent = new Set(['initialize_call', 'check_customer', 'parse_date'])

const informs = ({ name, status }: Answered): boolean =>
  !forTheAgent.has(name) &&
  !/^(?:needs_|unknown_)|^(?:ambiguous|failed|verification_needed|booking_not_offered)$/.test(status)
