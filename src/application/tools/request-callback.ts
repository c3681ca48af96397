import { chooseService } from '../../domain/booking/catalogue.ts'
import type { Branch } from '../../domain/company.ts'
import type { ServiceId } from '../../domain/ids.ts'
import { type PhoneNumber, parsePhoneNumber } from '../../domain/phone-number.ts'
import { type Callback, isStanding, morePressing, prioritised } from '../../domain/reception/callback.ts'
import { understandPriority } from '../../domain/reception/priority-words.ts'
import { understandName } from '../../domain/speech/names.ts'
import { spokenMoment } from '../../domain/speech/say.ts'
import { spokenDigits } from '../../domain/speech/spoken-digits.ts'
import { type Instant, instant, isoWithOffset, MINUTE } from '../../domain/time.ts'
import { keepCallback, promiseCallback, whereOf } from '../reception/keep-callback.ts'
import type { Tool, ToolAnswer, ToolContext } from './context.ts'
import { callbackPhrases } from './phrases-callback.ts'
import { branchFields, refusal, resolveBranch } from './resolve.ts'
import { momentFields } from './written.ts'

/** Promises to ring the caller up, by a moment that is said. Without a number nothing is promised. */
export const requestCallback: Tool = async (context) => {
  const number = numberOf(context)
  if (!number.phone) return askNumber(context, number)
  const asked = { ...askedOf(context), priority: understandPriority(context.args.text('priority')) }
  const before = await promisedBefore(context, number.phone)
  const callback = before
    ? await revised(context, before, asked)
    : await promiseCallback(
        context.tx,
        context.ids,
        context.profile,
        { ...asked, kind: 'callback', message: undefined, phoneNumber: number.phone, callId: context.call.id },
        context.now,
      )
  return answerOf(context, callback, number.source)
}

/** Notes what the caller wants passed on. It promises no call, and so needs no number. */
export const takeMessage: Tool = async (context) => {
  const words = callbackPhrases[context.language]
  const message = context.args.text('message')
  if (message === undefined) return refusal('needs_message', words.needsMessage)
  const number = numberOf(context)
  if (!number.phone && number.isMisheard) return askNumber(context, number)
  const { customerName, branch } = askedOf(context)
  const callback = await promiseCallback(
    context.tx,
    context.ids,
    context.profile,
    {
      ...{ kind: 'message', priority: 'normal', customerName, phoneNumber: number.phone, reason: undefined, message },
      ...{ preferredTimeWindow: undefined, branch, service: undefined, callId: context.call.id },
    },
    context.now,
  )
  return {
    status: 'message_taken',
    message: words.taken(number.phone !== undefined),
    fields: { callback_id: callback.id, ...whereFields(context, callback) },
    effect: effectOf(callback),
    call: named(context, customerName),
  }
}

type Heard =
  | { readonly phone: PhoneNumber; readonly source: 'said' | 'visible'; readonly isMisheard: false }
  /** Misheard: something was said that should have been a number. */
  | { readonly phone: undefined; readonly isMisheard: boolean }

/** A number that was not understood is asked for again; nobody is rung elsewhere than they asked for. */
const askNumber = ({ language, caller }: ToolContext, { isMisheard }: Heard): ToolAnswer => {
  const words = callbackPhrases[language]
  const isVisible = caller.kind === 'visible'
  return refusal('needs_phone', isMisheard ? words.phoneUnusable(isVisible) : words.needsPhone, {
    not_understood: isMisheard,
  })
}

/**
 * The number that was said; the visible one when none was said, or words such as "this one". What was said proves
 * nothing; it is only where to ring.
 */
const numberOf = ({ args, caller, profile }: ToolContext): Heard => {
  const text = args.text('phone_number')
  const said = text === undefined || nobody.test(text) ? undefined : text
  const spellings = said === undefined ? [] : [said, spokenDigits(said)]
  for (const spelling of spellings) {
    const parsed = parsePhoneNumber(spelling, profile.company.country)
    if (parsed.isOk()) return { phone: parsed.value, source: 'said', isMisheard: false }
  }
  const isMisheard = said !== undefined && /\d/.test(spokenDigits(said))
  if (caller.kind === 'visible' && !isMisheard) return { phone: caller.number, source: 'visible', isMisheard }
  return { phone: undefined, isMisheard }
}

/** What platforms and language models write where a number is hidden. */
const nobody = /anonym|unknown|unbekannt|withheld|restricted|private|hidden|unterdr|verborgen|^\D*0{4,}\D*$/i

/** Who asks for what, as far as it was understood. */
const askedOf = (context: ToolContext) => {
  const branch = context.branch ?? resolveBranch(context).unwrapOr(onlyOf(context.profile.branches))
  return {
    customerName: nameOf(context),
    reason: context.args.text('reason'),
    preferredTimeWindow: context.args.text('preferred_time_window'),
    branch: branch?.id,
    service: branch && serviceOf(context, branch),
  }
}

const onlyOf = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined)

const nameOf = ({ args, profile, language, customer }: ToolContext): string | undefined => {
  const staffNames = profile.staff.map(({ name }) => name)
  const said = args.text('customer_name')
  const understood = said === undefined ? undefined : understandName(said, { staffNames, language })
  return understood?.isOk() ? understood.value : customer?.name || undefined
}

const serviceOf = ({ args, profile }: ToolContext, branch: Branch): ServiceId | undefined => {
  const choice = chooseService(args.text('service'), profile.services, branch, profile.branches)
  return choice.kind === 'one' || choice.kind === 'elsewhere' ? choice.service.id : undefined
}

/** Said in other words, it is the same call back. */
const promisedBefore = async ({ tx, call }: ToolContext, phone: PhoneNumber): Promise<Callback | undefined> => {
  const promised = await tx.callbacks.ofCall(call.id)
  return promised.find((one) => one.kind === 'callback' && one.phoneNumber === phone && isStanding(one))
}

const revised = async (
  { tx, ids, profile, now }: ToolContext,
  before: Callback,
  asked: ReturnType<typeof askedOf> & Pick<Callback, 'priority'>,
): Promise<Callback> => {
  const priority = morePressing(before.priority, asked.priority)
  const reasons = [before.reason, asked.reason].filter((reason) => reason !== undefined)
  const callback: Callback = {
    ...prioritised(before, priority, whereOf(profile, before.branch), now),
    customerName: asked.customerName ?? before.customerName,
    reason: reasons.length === 0 ? undefined : [...new Set(reasons)].join('\n'),
    preferredTimeWindow: asked.preferredTimeWindow ?? before.preferredTimeWindow,
    service: asked.service ?? before.service,
  }
  await keepCallback(tx, ids, callback, now)
  return callback
}

const answerOf = (context: ToolContext, callback: Callback, source: 'said' | 'visible'): ToolAnswer => {
  const { language, profile } = context
  const zone = (whereOf(profile, callback.branch) ?? profile.company).timeZone
  const byWhen = nextQuarter(callback.dueBy)
  const { starts_at: _dueBy, ...due } = momentFields(language, byWhen, zone)
  return {
    status: 'callback_created',
    message: callbackPhrases[language].created(
      spokenMoment(language, byWhen, zone),
      source,
      callback.preferredTimeWindow !== undefined,
    ),
    fields: {
      callback_id: callback.id,
      due_by: isoWithOffset(callback.dueBy, zone),
      ...due,
      priority: callback.priority,
      ...whereFields(context, callback),
    },
    resolved: {
      priority: callback.priority,
      number: source,
      service: profile.services.find(({ id }) => id === callback.service)?.slug ?? null,
    },
    effect: effectOf(callback),
    call: named(context, callback.customerName),
  }
}

const whereFields = ({ profile }: ToolContext, callback: Callback) => {
  const branch = whereOf(profile, callback.branch)
  return branch ? branchFields(branch) : {}
}

const effectOf = ({ id }: Callback): string => `${id}@open`

/** A name that was said is kept with the call, for it may be the only thing known of the caller. */
const named = ({ call }: ToolContext, name: string | undefined): ToolContext['call'] => ({
  ...call,
  callerName: call.callerName ?? name,
})

/** Nobody says 13:03; what is said is never earlier than what is kept. */
const nextQuarter = (moment: Instant): Instant => instant(Math.ceil(moment / (15 * MINUTE)) * 15 * MINUTE)
