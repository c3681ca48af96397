import { err, ok } from 'neverthrow'
import { type Appointment, isAhead } from '../../domain/booking/appointment.ts'
import { parseId } from '../../domain/ids.ts'
import { fold, matchByName } from '../../domain/likeness.ts'
import { understandName } from '../../domain/speech/names.ts'
import { fittingBest } from '../../domain/speech/same-name.ts'
import type { When } from '../../domain/speech/understand-when.ts'
import { type LocalDate, localMoment, type MinuteOfDay } from '../../domain/time.ts'
import { listOf, thingsOf } from './appointment-words.ts'
import type { ToolArguments } from './arguments.ts'
import type { Resolved, ToolAnswer, ToolContext } from './context.ts'
import { changePhrases } from './phrases-changes.ts'
import { refusal, understand } from './resolve.ts'

/** How a caller names an appointment that is there already. An id among it proves nothing. */
export interface Naming {
  readonly id: string | undefined
  readonly date: string | undefined
  readonly time: string | undefined
  readonly datetime: string | undefined
  readonly service: string | undefined
  readonly name: string | undefined
}

/** As the arguments of a tool name it that speaks of one appointment only. */
export const namingIn = (args: ToolArguments): Naming => ({
  id: args.text('appointment_id'),
  date: args.text('date'),
  time: args.text('time'),
  datetime: args.text('datetime'),
  service: args.text('service'),
  name: args.text('name'),
})

export const namesNothing = (naming: Naming): boolean => Object.values(naming).every((one) => one === undefined)

/**
 * What may be told to a caller and changed for them: the coming appointments of the customer whose visible number calls,
 * whoever attends them, and what this very call booked. Earliest first.
 */
export const ownAppointments = async (context: ToolContext): Promise<readonly Appointment[]> => {
  const { tx, customer, call, now } = context
  const query = { from: now, limit: 200, cursor: undefined }
  const theirs = customer ? (await tx.appointments.list({ ...query, customer: customer.id })).items : []
  const booked = (await tx.appointments.ofCall(call.id)).filter(({ id }) => !theirs.some((one) => one.id === id))
  return [...theirs, ...booked]
    .filter((one) => isAhead(one) && one.startsAt > now)
    .toSorted((one, other) => one.startsAt - other.startsAt)
}

/**
 * What somebody has already, of the caller's own appointments: nobody is in two places at once, in the waits of a
 * service neither. Without a name the caller is meant, unless it is for somebody else.
 */
export const appointmentsOf = async (context: ToolContext, attendee: string): Promise<readonly Appointment[]> => {
  const caller = context.args.isTrue('for_someone_else') ? '' : context.customer?.name || context.call.callerName || ''
  const name = fold(understood(context, attendee) || caller)
  return name === '' ? [] : (await ownAppointments(context)).filter((one) => fold(one.attendeeName) === name)
}

const isOwn = ({ customer, call }: ToolContext, appointment: Appointment): boolean =>
  appointment.callId === call.id || (customer !== undefined && appointment.customer === customer.id)

/** The one of the caller's own appointments that is meant; a question or a no otherwise. Somebody else's is not there. */
export const chooseOwn = async (context: ToolContext, naming: Naming): Promise<Resolved<Appointment>> => {
  const words = changePhrases[context.language]
  const id = naming.id === undefined ? undefined : parseId('appointment', naming.id)
  if (id?.isOk()) {
    const found = await context.tx.appointments.find(id.value)
    return found && isOwn(context, found) ? ok(found) : err(notTheirs(context))
  }
  const own = await ownAppointments(context)
  if (own.length === 0) return err(notTheirs(context))
  const meant = fitting(context, own, naming)
  const [only, ...others] = meant
  if (only && others.length === 0) return ok(only)
  const { list, isAll, data } = listOf(context, only ? meant : own)
  if (!only) return err(refusal('not_found', words.notThat(list, own.length), { appointments: data }))
  return err(refusal('multiple_found', words.which(meant.length, list, isAll), { appointments: data }))
}

/** Not there, or not theirs: nobody hears the difference, nor the number of whose it is. */
const notTheirs = (context: ToolContext): ToolAnswer => {
  const words = changePhrases[context.language]
  return context.caller.kind === 'hidden'
    ? verificationNeeded(context)
    : refusal('not_found', words.notFound, { callback_offered: true, needs_phone: false })
}

export const verificationNeeded = ({ caller, language }: ToolContext): ToolAnswer => {
  const isHidden = caller.kind === 'hidden'
  return refusal('verification_needed', changePhrases[language].verify(isHidden), {
    callback_offered: true,
    needs_phone: isHidden,
  })
}

/** Those that fit everything that was said. A name that fits nobody leaves the choice open, for the number is the proof. */
export const fitting = (context: ToolContext, own: readonly Appointment[], naming: Naming): readonly Appointment[] => {
  const then = own.filter((one) => fitsWhen(context, one, naming))
  const pool = then.filter((one) => fitsService(context, own, one, naming.service))
  if (naming.name === undefined) return pool
  const named = fittingBest(understood(context, naming.name), pool, ({ attendeeName }) => attendeeName)
  return named.length > 0 ? named : pool
}

/** Without what is said around a name; what is no name stays as it was said. */
const understood = ({ profile, language }: ToolContext, name: string): string =>
  understandName(name, { staffNames: profile.staff.map((one) => one.name), language }).unwrapOr(name)

const fitsService = (
  context: ToolContext,
  own: readonly Appointment[],
  { service }: Appointment,
  said: string | undefined,
): boolean => {
  if (said === undefined) return true
  const booked = context.profile.services.filter(({ id }) => own.some((one) => one.service === id))
  const match = matchByName(said, booked, ({ slug, name, keywords }) => [slug, name, ...keywords])
  const meant = match.kind === 'one' ? [match.item] : match.kind === 'several' ? match.items : []
  return meant.some(({ id }) => id === service)
}

/** What was not understood narrows nothing down; what is changed is confirmed anyway. */
const fitsWhen = (context: ToolContext, appointment: Appointment, { date, time, datetime }: Naming): boolean => {
  const { branch, zone } = thingsOf(context, appointment)
  if (!branch) return true
  const there = localMoment(appointment.startsAt, zone)
  const day = understand(context, branch, { ...given('date', date), ...given('datetime', datetime) })
  const isDay = daysOf(day)?.includes(there.date) ?? true
  const clock = time === undefined ? day : understand(context, branch, { date: there.date, time })
  return isDay && isMinute(clock, there.minute)
}

const given = <Name extends string>(name: Name, text: string | undefined): { readonly [N in Name]?: string } =>
  text === undefined ? {} : ({ [name]: text } as { readonly [N in Name]: string })

const daysOf = (when: When): readonly LocalDate[] | undefined => {
  if ('date' in when) return [when.date]
  if (when.kind !== 'ambiguous') return undefined
  const days = when.candidates.flatMap(({ date }) => date ?? [])
  return days.length === 0 ? undefined : days
}

const isMinute = (when: When, minute: MinuteOfDay): boolean => {
  switch (when.kind) {
    case 'exact':
      return when.minute === minute
    case 'window':
      return when.window.from <= minute && minute < when.window.to
    case 'past':
      return when.minute === undefined || when.minute === minute
    case 'ambiguous': {
      const minutes = when.candidates.flatMap((one) => one.minute ?? [])
      return minutes.length === 0 || minutes.includes(minute)
    }
    default:
      return true
  }
}
