import { type CallOutcome, outcomeOf } from '../../domain/calling/outcome.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { ToolCall } from '../ports/tool-calls.ts'
import { touchedBy } from './touched-appointments.ts'

type Answered = Pick<ToolCall, 'name' | 'status' | 'effect'>

/** The outcome of a call once a tool was answered. Only a tool that names an effect can change more than `none`. */
export const outcomeAfter = async (tx: CompanyTx, call: StoredCall, answered: Answered): Promise<CallOutcome> => {
  if (answered.effect === undefined) return call.outcome === 'none' && informs(answered) ? 'information' : call.outcome
  const tools = [...(await tx.toolCalls.list(call.id)), answered]
  const effects = tools.flatMap(({ effect }) => effect ?? [])
  const touched = await touchedBy(tx, call.id, effects)
  return outcomeOf(call.id, {
    histories: touched.map(({ history }) => history),
    callback: (await tx.callbacks.ofCall(call.id)).length > 0,
    informed: tools.some(informs),
  })
}

/** Asked by the agent for itself in every call, whatever the caller wants. */
const forTheAgent = new Set(['initialize_call', 'check_customer', 'parse_date'])

const informs = ({ name, status }: Answered): boolean =>
  !forTheAgent.has(name) &&
  !/^(?:needs_|unknown_)|^(?:ambiguous|failed|verification_needed|booking_not_offered)$/.test(status)
