import { ok, type Result } from 'neverthrow'
import { callState, learn } from '../../domain/calling/call.ts'
import { canonicalJson, type JsonObject } from '../../domain/canonical-json.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CallId } from '../../domain/ids.ts'
import { parseCallerNumber } from '../../domain/phone-number.ts'
import { after, type Instant, MINUTE } from '../../domain/time.ts'
import type { ProvenToolRequest } from '../calling/accept-webhook.ts'
import { outcomeAfter } from '../calling/outcome-after.ts'
import type { Sender } from '../calling/prove-sender.ts'
import { grantCompany } from '../grant-scope.ts'
import type { AlertKind } from '../ports/alarm.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { ToolCall } from '../ports/tool-calls.ts'
import { readArguments, type ToolArguments } from './arguments.ts'
import { bookAppointment } from './book-appointment.ts'
import { checkAvailability } from './check-availability.ts'
import type { Tool, ToolAnswer, ToolContext } from './context.ts'
import { checkCustomer, initializeCall } from './initialize-call.ts'
import { phrasesFor } from './phrases-for.ts'
import { findTool, type ToolDefinition, type ToolName } from './registry.ts'

const handlers: { readonly [Name in ToolName]: Tool } = {
  initialize_call: initializeCall,
  check_customer: checkCustomer,
  check_availability: checkAvailability,
  book_appointment: bookAppointment,
}

/** The answer as the agent gets it: flat, always with a sentence. */
export type ToolReply = JsonObject & { readonly success: boolean; readonly status: string; readonly message: string }

type Needs = Pick<Ports, 'clock' | 'ids' | 'store' | 'directory' | 'credentials' | 'alarm'>
type Known = Extract<Sender, { readonly kind: 'company' }>

const rememberedFor = 10 * MINUTE
const patience = 9

/**
 * Answers a tool request of a call. Everything it does and its trace are one transaction, in which the call is ours:
 * a repeat that arrives meanwhile waits and then gets the stored answer.
 */
export const answerTool =
  (ports: Needs) =>
  async ({ sender, parties, request }: ProvenToolRequest): Promise<ToolReply> => {
    const startedAt = ports.clock.now()
    const profile = sender.kind === 'company' ? await ports.directory.profile(sender.company) : undefined
    const tool = findTool(request.nameAsSent)
    if (sender.kind !== 'company' || !profile || parties.callId === undefined) {
      const words = phrasesFor(profile?.company.language ?? 'de')
      return tool
        ? { success: true, status: 'unknown_call', message: words.unknownCall }
        : { success: false, status: 'unknown_tool', message: words.unknownTool }
    }
    const callId: CallId = parties.callId
    const args = tool ? readArguments(tool, request.args) : undefined
    const fingerprint = ports.credentials.digest(
      canonicalJson({ tool: tool?.name ?? request.nameAsSent ?? '', args: args?.given ?? request.args }),
    )
    const scope = grantCompany(sender.company, { kind: 'voice-agent', name: 'Retell' })

    const done = await ports.store.transact(scope, async (tx): Promise<Result<ToolReply, never>> => {
      const opened = await tx.calls.open(callId, sender.branch, startedAt)
      const heard = hear(opened, sender, request, startedAt)
      const answer = await decide(ports, tx, { profile, call: heard, tool, args, fingerprint, now: startedAt })
      const reply: ToolReply = {
        success: answer.status !== 'unknown_tool',
        status: answer.status,
        message: answer.message,
        ...answer.fields,
      }
      const left = answer.call ?? heard
      const answered = { name: tool?.name ?? '', status: answer.status, effect: answer.effect }
      await tx.calls.save({ ...left, outcome: await outcomeAfter(tx, left, answered) })
      await tx.toolCalls.add({
        id: ports.ids.next('toolCall'),
        call: callId,
        at: startedAt,
        name: tool?.name ?? (request.nameAsSent ?? '').slice(0, 100),
        nameAsSent: (request.nameAsSent ?? '').slice(0, 100),
        fingerprint,
        input: request.args,
        resolved: answer.resolved ?? {},
        output: reply,
        status: answer.status,
        ms: Math.max(0, ports.clock.now() - startedAt),
        effect: answer.effect,
        vendorCalls: [],
      })
      tx.publish({
        kind: 'call.updated',
        data: { call_id: callId, status: callState(heard.record).status, tool: tool?.name ?? '' },
      })
      return ok(reply)
    })
    return done.isOk()
      ? done.value
      : { success: false, status: 'failed', message: phrasesFor(profile.company.language).technical }
  }

/**
 * What is said when no answer could be given. It claims neither that something was done nor that nothing was, for a
 * database may break off after it committed; asked again, a booking that was made is answered as made.
 */
export const apologise =
  ({ directory }: Pick<Ports, 'directory'>) =>
  async ({ sender }: Pick<ProvenToolRequest, 'sender'>): Promise<ToolReply> => {
    const profile =
      sender.kind === 'company' ? await directory.profile(sender.company).catch(() => undefined) : undefined
    const { technical } = phrasesFor(profile?.company.language ?? 'de')
    return { success: false, status: 'technical_problem', message: technical }
  }

/** The request carries the call as it is now, so a tool needs no event before it. Ids among the arguments prove nothing. */
const hear = (call: StoredCall, sender: Known, request: ProvenToolRequest['request'], now: Instant): StoredCall => {
  const claimed = request.args.call_id
  const differs = typeof claimed === 'string' && claimed !== '' && claimed !== call.id
  const noted = call.findings.some(({ kind }) => kind === 'id-mismatch')
  return {
    ...call,
    branch: call.branch ?? sender.branch,
    record: request.report ? learn(call.record, request.report) : call.record,
    findings:
      differs && !noted
        ? [
            ...call.findings,
            {
              kind: 'id-mismatch',
              at: now,
              detail: 'The arguments named another call; the id of the call itself was used.',
            },
          ]
        : call.findings,
  }
}

interface Asked {
  readonly profile: CompanyProfile
  readonly call: StoredCall
  readonly tool: (ToolDefinition & { readonly name: ToolName }) | undefined
  readonly args: ToolArguments | undefined
  readonly fingerprint: string
  readonly now: Instant
}

const decide = async (ports: Needs, tx: CompanyTx, asked: Asked): Promise<ToolAnswer> => {
  const { profile, call, tool, args, now } = asked
  const words = phrasesFor(profile.company.language)
  const state = callState(call.record)
  if (!tool || !args) {
    await alert(
      ports,
      tx,
      asked,
      'unknown_tool',
      'The agent called a tool that does not exist here. Compare the tools of the agent with the list in the documentation.',
    )
    return { status: 'unknown_tool', message: words.unknownTool, fields: {} }
  }
  if (tool.needsBooking && !profile.company.booking) {
    await alert(
      ports,
      tx,
      asked,
      'tool_without_booking',
      'The agent called a booking tool of a company that takes no bookings. Remove the tool from the agent or allow booking.',
    )
    return { status: 'booking_not_offered', message: words.bookingNotOffered, fields: {} }
  }
  const stored = tool.changes ? await storedAnswer(tx, asked) : undefined
  if (stored) return stored
  const looping = tool.changes ? undefined : await loopingAnswer(ports, tx, asked)
  if (looping) return looping

  const theirs = state.direction === 'outbound' ? state.toNumber : state.fromNumber
  const caller = parseCallerNumber(theirs, profile.company.country)
  const customer = caller.kind === 'visible' ? await tx.customers.byPhone(caller.number) : undefined
  const context: ToolContext = {
    tx,
    ids: ports.ids,
    now,
    profile,
    branch: profile.branches.find(({ id }) => id === call.branch),
    call: { ...call, customer: call.customer ?? customer?.id },
    caller,
    customer,
    language: profile.company.language,
    words,
    args,
  }
  const answer = await handlers[tool.name](context)
  return { ...answer, call: answer.call ?? context.call }
}

/** The answer that an identical request got, as long as what it did still stands. */
const storedAnswer = async (tx: CompanyTx, { call, fingerprint, now }: Asked): Promise<ToolAnswer | undefined> => {
  const before = await tx.toolCalls.lastEffect(call.id, fingerprint, after(now, -rememberedFor))
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

const stillStands = async (tx: CompanyTx, { effect }: ToolCall): Promise<boolean> => {
  const [id, startsAt] = (effect ?? '').split('@')
  const appointment = id?.startsWith('apt_') ? await tx.appointments.find(id as `apt_${string}`) : undefined
  return appointment?.status === 'confirmed' && String(appointment.startsAt) === startsAt
}

/** An agent that asks the same thing again and again gets its last answer and a way out. */
const loopingAnswer = async (ports: Needs, tx: CompanyTx, asked: Asked): Promise<ToolAnswer | undefined> => {
  const { call, fingerprint, profile } = asked
  if ((await tx.toolCalls.count(call.id, fingerprint)) < patience) return undefined
  const last = await tx.toolCalls.last(call.id, fingerprint)
  if (!last) return undefined
  await alert(
    ports,
    tx,
    asked,
    'looping_agent',
    'The agent asked the same thing ten times in one call. Look at its prompt and its flow.',
  )
  const { success: _success, status: _status, message: _message, ...fields } = last.output
  return {
    status: last.status,
    message: phrasesFor(profile.company.language).movingOn,
    fields,
    resolved: { from_memory: true },
  }
}

const alert = (ports: Needs, tx: CompanyTx, { call, now }: Asked, kind: AlertKind, message: string): Promise<void> =>
  tx.alerts.raise({
    id: ports.ids.next('alert'),
    key: `${kind}:${call.id}`,
    kind,
    severity: 'warning',
    message,
    callId: call.id,
    appointmentId: undefined,
    createdAt: now,
  })
