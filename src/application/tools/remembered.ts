import type { CallId } from '../../domain/ids.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { ToolCall } from '../ports/tool-calls.ts'
import { callbackStands } from '../reception/keep-callback.ts'
import type { ToolAnswer } from './context.ts'

const rememberedFor = 10 * MINUTE
const patience = 9

/** One request of a call: equal ones have equal fingerprints. */
export interface Repeatable {
  readonly call: CallId
  readonly fingerprint: string
}

/** The answer that an identical request got, as long as what it did still stands. */
export const storedAnswer = async (
  tx: CompanyTx,
  { call, fingerprint }: Repeatable,
  now: Instant,
): Promise<ToolAnswer | undefined> => {
  const before = await tx.toolCalls.lastEffect(call, fingerprint, after(now, -rememberedFor))
  if (!before?.effect || !(await stillStands(tx, before))) return undefined
  const { success: _success, status: _status, message, ...fields } = before.output
  return {
    status: before.status,
    message: String(message),
    fields,
    effect: before.effect,
    resolved: { ...before.resolved, repeated: true },
  }
}

/** An effect is the id of a callback, or that of an appointment and `cancelled`, or where it is since: its start, and whose time it takes. */
const stillStands = async (tx: CompanyTx, { effect }: ToolCall): Promise<boolean> => {
  const [id, state, resource] = (effect ?? '').split('@')
  if (id?.startsWith('cbk_')) return callbackStands(tx, id)
  const appointment = id?.startsWith('apt_') ? await tx.appointments.find(id as `apt_${string}`) : undefined
  if (state === 'cancelled') return appointment?.status === 'cancelled'
  const isThere = resource === undefined || appointment?.resource === resource
  return appointment?.status === 'confirmed' && String(appointment.startsAt) === state && isThere
}

/** The tenth time an agent asks the same thing in a call, it gets its last answer and a way out. */
export const loopingAnswer = async (
  tx: CompanyTx,
  { call, fingerprint }: Repeatable,
  message: string,
): Promise<ToolAnswer | undefined> => {
  if ((await tx.toolCalls.count(call, fingerprint)) < patience) return undefined
  const last = await tx.toolCalls.last(call, fingerprint)
  if (!last) return undefined
  const { success: _success, status: _status, message: _message, ...fields } = last.output
  return { status: last.status, message, fields, resolved: { from_memory: true } }
}
