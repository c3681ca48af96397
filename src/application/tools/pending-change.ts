import type { Appointment } from '../../domain/booking/appointment.ts'
import { canonicalJson, isObject, type JsonObject } from '../../domain/canonical-json.ts'
import type { ToolContext } from './context.ts'
import type { ToolName } from './registry.ts'

/**
 * A change that the caller is asked to agree to. It is kept where the question is: in the trace of the tool call,
 * sealed and durable. A yes counts only for exactly what was asked, so whatever changed meanwhile is asked anew.
 */
type PendingChange = JsonObject & { readonly appointment_id: string }

/** The appointment as it is when the question is asked; whatever happens to it makes the question void. */
export const asItIs = ({ id, startsAt, history }: Appointment): PendingChange => ({
  appointment_id: id,
  starts_at: startsAt,
  changes: history.length,
})

/** For the trace of the answer that asks. */
export const asking = (change: PendingChange): JsonObject => ({ pending: change })

/** Was this very change asked about in this call? */
export const wasAsked = async (
  { tx, call }: Pick<ToolContext, 'tx' | 'call'>,
  tool: ToolName,
  change: PendingChange,
): Promise<boolean> =>
  (await tx.toolCalls.list(call.id)).some(
    ({ name, status, resolved }) =>
      name === tool &&
      status === 'needs_confirmation' &&
      resolved.pending !== undefined &&
      canonicalJson(resolved.pending) === canonicalJson(change),
  )

/** What the newest answer of a tool in this call asked about; undefined when it asked nothing. */
export const askedLast = async (
  { tx, call }: Pick<ToolContext, 'tx' | 'call'>,
  tool: ToolName,
): Promise<JsonObject | undefined> => {
  const last = (await tx.toolCalls.list(call.id)).findLast(({ name }) => name === tool)
  const pending = last?.status === 'needs_confirmation' ? last.resolved.pending : undefined
  return isObject(pending) ? pending : undefined
}
