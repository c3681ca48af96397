import { ok, type Result } from 'neverthrow'
import { callState, learn } from '../../domain/calling/call.ts'
import { canonicalJson, type JsonObject } from '../../domain/canonical-json.ts'
import type { CompanyProfile } from '../../domain/company.ts'
import type { CallId, ToolCallId } from '../../domain/ids.ts'
import type { Instant } from '../../domain/time.ts'
import { type FreeInCalendar, isCalendarDown, nothingIsFree, withCalendar } from '../booking/ask-calendar.ts'
import type { SeeThrough } from '../booking/see-through.ts'
import type { ProvenToolRequest } from '../calling/accept-webhook.ts'
import { callerOf } from '../calling/caller-of.ts'
import { outcomeAfter } from '../calling/outcome-after.ts'
import type { Sender } from '../calling/prove-sender.ts'
import { grantCompany } from '../grant-scope.ts'
import type { ConfirmNow } from '../mail/confirm-now.ts'
import type { AlertKind } from '../ports/alarm.ts'
import type { StoredCall } from '../ports/calls.ts'
import type { Ports } from '../ports/ports.ts'
import type { CompanyTx } from '../ports/store.ts'
import type { VendorCall } from '../ports/tool-calls.ts'
import { recordWish } from '../reception/record-wish.ts'
import type { CompanyScope } from '../scope.ts'
import { changesNow, readArguments, type ToolArguments } from './arguments.ts'
import type { ToolAnswer, ToolContext } from './context.ts'
import { toolHandlers } from './handlers.ts'
import { phrasesFor } from './phrases-for.ts'
import { findTool, type ToolDefinition, type ToolName } from './registry.ts'
import { loopingAnswer, storedAnswer } from './remembered.ts'

/** The answer as the agent gets it: flat, always with a sentence. */
export type ToolReply = JsonObject & { readonly success: boolean; readonly status: string; readonly message: string }

type Needs = Pick<
  Ports,
  'clock' | 'ids' | 'store' | 'directory' | 'credentials' | 'alarm' | 'calendars' | 'realTime'
> & {
  readonly seeThrough: SeeThrough
  readonly confirmNow: ConfirmNow
  /** Real milliseconds in which a caller gets an answer, whatever a calendar does. */
  readonly toolDeadlineMs: number
}
type Known = Extract<Sender, { readonly kind: 'company' }>

/**
 * Answers a tool request of a call. Everything it does and its trace are one transaction, in which the call is ours:
 * a repeat that arrives meanwhile waits and then gets the stored answer. The calendar of a vendor is asked before that
 * transaction and told after it; what it then says is the answer, as long as it says so in time.
 */
export const answerTool =
  (ports: Needs) =>
  async ({ sender, parties, request }: ProvenToolRequest): Promise<ToolReply> => {
    const deadline = ports.realTime.deadlineIn(ports.toolDeadlineMs)
    const startedAt = ports.clock.now()
    const profile = sender.kind === 'company' ? await ports.directory.profile(sender.company) : undefined
    const tool = findTool(request.nameAsSent)
    if (sender.kind !== 'company' || !profile || parties.callId === undefined) {
      const words = phrasesFor(profile?.company.language ?? 'de')
      return tool
        ? { success: true, status: 'unknown_call', message: words.unknownCall }
        : { success: false, status: 'unknown_tool', message: words.unknownTool }
    }
    const args = tool ? readArguments(tool, request.args) : undefined
    const fingerprint = ports.credentials.digest(
      canonicalJson({ tool: tool?.name ?? request.nameAsSent ?? '', args: args?.given ?? request.args }),
    )
    const scope = grantCompany(sender.company, { kind: 'voice-agent', name: 'Retell' })
    const asking = {
      ports,
      scope,
      profile,
      sender,
      request,
      callId: parties.callId,
      tool,
      args,
      fingerprint,
      startedAt,
    }

    const first = await withCalendar(ports)(profile, deadline, (free, asked) => inCall(asking, free, asked)).catch(
      (fault: unknown) => {
        if (!isCalendarDown(fault)) throw fault
        return inCall(asking, 'down', fault.asked)
      },
    )
    if (!first) return { success: false, status: 'failed', message: phrasesFor(profile.company.language).technical }
    const { afterwards } = first.answer
    if (!afterwards) return first.reply
    const news = await ports.seeThrough(scope, profile, afterwards.appointment, deadline)
    const sentBy = await ports.confirmNow(scope, afterwards.appointment, deadline)
    if (!news && sentBy.length === 0) return first.reply
    const say = (context: ToolContext) => afterwards.answer(context, sentBy)
    const again = (free: FreeInCalendar | undefined, asked: readonly VendorCall[]) =>
      answeredAgain(asking, first, say, free, [...(news?.vendorCalls ?? []), ...asked])
    return withCalendar(ports)(profile, deadline, again).catch((fault: unknown) => {
      if (!isCalendarDown(fault)) throw fault
      return again(nothingIsFree, fault.asked)
    })
  }

interface Asking {
  readonly ports: Needs
  readonly scope: CompanyScope
  readonly profile: CompanyProfile
  readonly sender: Known
  readonly request: ProvenToolRequest['request']
  readonly callId: CallId
  readonly tool: (ToolDefinition & { readonly name: ToolName }) | undefined
  readonly args: ToolArguments | undefined
  readonly fingerprint: string
  readonly startedAt: Instant
}

interface Answered {
  readonly id: ToolCallId
  readonly answer: ToolAnswer
  readonly reply: ToolReply
  readonly vendorCalls: readonly VendorCall[]
}

const inCall = async (
  asking: Asking,
  free: FreeInCalendar | undefined | 'down',
  vendorCalls: readonly VendorCall[],
): Promise<Answered | undefined> => {
  const { ports, sender, request, callId, tool, fingerprint, startedAt } = asking
  const done = await ports.store.transact(asking.scope, async (tx): Promise<Result<Answered, never>> => {
    const opened = await tx.calls.open(callId, sender.branch, startedAt)
    const heard = hear(opened, sender, request, startedAt)
    const asked: Asked = { ...asking, call: heard, now: startedAt, free: free === 'down' ? undefined : free }
    const answer = await decide(ports, tx, asked, free === 'down')
    const reply = replyOf(answer)
    await leaveCall(tx, tool?.name, answer, heard)
    await rememberWish(tx, asking, answer, startedAt)
    const id = ports.ids.next('toolCall')
    await tx.toolCalls.add({
      id,
      call: callId,
      at: startedAt,
      name: tool?.name ?? (request.nameAsSent ?? '').slice(0, 100),
      nameAsSent: (request.nameAsSent ?? '').slice(0, 100),
      fingerprint,
      input: request.args,
      ...traceOf(asking, answer, reply, vendorCalls),
    })
    tx.publish({
      kind: 'call.updated',
      data: { call_id: callId, status: callState(heard.record).status, tool: tool?.name ?? '' },
    })
    return ok({ id, answer, reply, vendorCalls })
  })
  return done.isOk() ? done.value : undefined
}

/** The answer once calendar and mail had their chance, in place of the one that was kept before. */
const answeredAgain = async (
  asking: Asking,
  first: Answered,
  then: (context: ToolContext) => Promise<ToolAnswer>,
  free: FreeInCalendar | undefined,
  vendorCalls: readonly VendorCall[],
): Promise<ToolReply> => {
  const { ports, callId, sender, args, tool } = asking
  const done = await ports.store.transact(asking.scope, async (tx): Promise<Result<ToolReply, never>> => {
    const now = ports.clock.now()
    const call = await tx.calls.open(callId, sender.branch, now)
    if (!args) return ok(first.reply)
    const context = await contextOf(ports, tx, { ...asking, call, now, args, free })
    const answer = await then(context)
    const reply = replyOf(answer)
    // What the first answer said was done may not stand any more.
    await leaveCall(tx, tool?.name, { ...answer, effect: answer.effect ?? first.answer.effect }, context.call)
    await rememberWish(tx, asking, answer, now)
    const all = [...first.vendorCalls, ...vendorCalls]
    await tx.toolCalls.revise(first.id, traceOf(asking, answer, reply, all))
    tx.publish({ kind: 'call.updated', data: { call_id: callId, status: callState(call.record).status } })
    return ok(reply)
  })
  return done.isOk() ? done.value : first.reply
}

const replyOf = (answer: ToolAnswer): ToolReply => ({
  success: answer.status !== 'unknown_tool',
  status: answer.status,
  message: answer.message,
  ...answer.fields,
})

const traceOf = (
  { ports, startedAt }: Asking,
  answer: ToolAnswer,
  reply: ToolReply,
  vendorCalls: readonly VendorCall[],
) => ({
  resolved: answer.resolved ?? {},
  output: reply,
  status: answer.status,
  ms: Math.max(0, ports.clock.now() - startedAt),
  effect: answer.effect,
  vendorCalls,
})

const rememberWish = (
  tx: CompanyTx,
  { ports, profile, callId, sender, args }: Asking,
  answer: ToolAnswer,
  now: Instant,
) =>
  recordWish(
    tx,
    {
      ids: ports.ids,
      profile,
      call: { id: callId, branch: answer.call?.branch ?? sender.branch },
      given: args?.given ?? {},
      now,
    },
    answer,
  )

/** What came of the call follows from facts, so it is worked out at the one place where the call is stored. */
const leaveCall = async (
  tx: CompanyTx,
  tool: string | undefined,
  answer: Pick<ToolAnswer, 'status' | 'call'> & { readonly effect?: string | undefined },
  heard: StoredCall,
): Promise<void> => {
  const left = answer.call ?? heard
  const answered = { name: tool ?? '', status: answer.status, effect: answer.effect }
  await tx.calls.save({ ...left, outcome: await outcomeAfter(tx, left, answered) })
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

type Asked = Pick<Asking, 'profile' | 'tool' | 'args' | 'fingerprint'> & {
  readonly call: StoredCall
  readonly now: Instant
  readonly free: FreeInCalendar | undefined
}

const decide = async (ports: Needs, tx: CompanyTx, asked: Asked, calendarIsDown: boolean): Promise<ToolAnswer> => {
  const { profile, tool, args } = asked
  const words = phrasesFor(profile.company.language)
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
  const changes = changesNow(tool, args)
  const repeatable = { call: asked.call.id, fingerprint: asked.fingerprint }
  const stored = changes ? await storedAnswer(tx, repeatable, asked.now) : undefined
  if (stored) return stored
  const looping = changes ? undefined : await loopingAnswer(tx, repeatable, words.movingOn)
  if (looping) {
    await alert(
      ports,
      tx,
      asked,
      'looping_agent',
      'The agent asked the same thing ten times in one call. Look at its prompt and its flow.',
    )
    return looping
  }
  const context = await contextOf(ports, tx, { ...asked, args })
  if (calendarIsDown) {
    const reachable = context.caller.kind === 'visible'
    return { status: 'calendar_unreachable', message: words.calendarUnreachable(reachable), fields: {} }
  }
  const answer = await toolHandlers[tool.name](context)
  return { ...answer, call: answer.call ?? context.call }
}

const contextOf = async (
  { ids }: Pick<Needs, 'ids'>,
  tx: CompanyTx,
  {
    profile,
    call,
    args,
    now,
    free,
  }: Pick<Asked, 'profile' | 'call' | 'now' | 'free'> & { readonly args: ToolArguments },
): Promise<ToolContext> => {
  const caller = callerOf(call, profile.company.country)
  const customer = caller.kind === 'visible' ? await tx.customers.byPhone(caller.number) : undefined
  return {
    tx,
    ids,
    now,
    profile,
    branch: profile.branches.find(({ id }) => id === call.branch),
    call: { ...call, customer: call.customer ?? customer?.id },
    caller,
    customer,
    language: profile.company.language,
    words: phrasesFor(profile.company.language),
    args,
    free,
  }
}

const alert = async (
  { ids }: Pick<Needs, 'ids'>,
  tx: CompanyTx,
  { call, now }: Asked,
  kind: AlertKind,
  message: string,
): Promise<void> => {
  const id = ids.next('alert')
  const isRaised = await tx.alerts.raise({
    id,
    key: `${kind}:${call.id}`,
    kind,
    severity: 'warning',
    message,
    callId: call.id,
    appointmentId: undefined,
    createdAt: now,
  })
  if (isRaised) tx.publish({ kind: 'alert', data: { alert_id: id } })
}
