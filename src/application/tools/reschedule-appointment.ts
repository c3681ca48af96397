import { err, ok } from 'neverthrow'
import { type Appointment, isAt } from '../../domain/booking/appointment.ts'
import type { Slot } from '../../domain/booking/availability.ts'
import { overlaps } from '../../domain/booking/interval.ts'
import { mayMove } from '../../domain/booking/policy.ts'
import { staffTimeOf } from '../../domain/booking/service-time.ts'
import type { Staff } from '../../domain/company.ts'
import { after, isoWithOffset } from '../../domain/time.ts'
import { lockAppointment } from '../booking/cancel-in.ts'
import { holdOffer, releaseOffer } from '../booking/hold-offer.ts'
import { lookAtMove, moveIn } from '../booking/move-in.ts'
import type { JsonObject } from '../ports/tool-calls.ts'
import { appointmentFields, feeOf, placeFields, spokenOf, thingsOf } from './appointment-words.ts'
import type { Resolved, Tool, ToolAnswer, ToolContext } from './context.ts'
import { deniedChange, notChangeable } from './denied-change.ts'
import { type Goal, resolveGoal } from './move-goal.ts'
import { hostOnceMoved, namedHost } from './named-host.ts'
import { chooseOwn, type Naming, namesNothing } from './own-appointments.ts'
import { asItIs, askedLast, asking, wasAsked } from './pending-change.ts'
import { changePhrases } from './phrases-changes.ts'
import { refuseMove } from './refuse-move.ts'
import { staffFields } from './resolve.ts'

const tool = 'reschedule_appointment'

/**
 * Moves an appointment of the caller, after they said yes to exactly that time with exactly that colleague. Whether the
 * time is free is looked up before the policies are asked.
 */
export const rescheduleAppointment: Tool = async (context) => {
  const isConfirmed = context.args.isTrue('confirmed')
  const asked = isConfirmed ? await askedLast(context, tool) : undefined
  const chosen = await chosenFor(context, asked)
  if (chosen.isErr()) return chosen.error
  const appointment = chosen.value
  if (isConfirmed && appointment.status === 'pending' && wasMovedIn(context, appointment)) {
    return awaitsHost(context, appointment)
  }
  if (appointment.status !== 'confirmed') return notChangeable(context, appointment)

  const goal = await resolveGoal(context, appointment, asked?.appointment_id === appointment.id ? asked : undefined)
  if (goal.isErr()) return goal.error
  const { wish, at } = goal.value
  const answer = await lookAtMove(context.tx, wish.search, appointment, at, context.now)
  if (answer.kind !== 'free') return refuseMove(context, appointment, goal.value, answer.kind)
  if (at === appointment.startsAt && answer.slot.resource === appointment.resource)
    return thereAlready(context, appointment)
  const meanwhile = wish.search.elsewhere?.find((one) => overlaps(one, answer.slot))
  if (meanwhile) return atTheSameTime(context, appointment, goal.value, meanwhile)

  const policy = mayMove(context.profile.policies, appointment, { call: context.call.id }, context.now)
  if (policy.kind === 'denied') return deniedChange(context, appointment, 'move', policy)
  const change = {
    ...asItIs(appointment),
    to: at,
    staff: answer.slot.staff?.slug ?? null,
    fee: policy.fee,
  }
  return isConfirmed && (await wasAsked(context, tool, change))
    ? moveNow(context, appointment, goal.value, answer.slot)
    : askFirst(context, appointment, goal.value, answer.slot, change)
}

/** Nobody is in two places at once. */
const atTheSameTime = async (
  context: ToolContext,
  appointment: Appointment,
  goal: Goal,
  other: Appointment,
): Promise<ToolAnswer> => {
  const refused = await refuseMove(context, appointment, goal, 'taken')
  return {
    ...refused,
    message: changePhrases[context.language].atTheSameTime(spokenOf(context, other)),
    fields: { ...refused.fields, reason_code: 'already_booked', other_staff: [] },
  }
}

/** With a yes it is locked, so that what is decided is decided about how it is now. A bare yes is about what was asked last. */
const chosenFor = async (context: ToolContext, asked: JsonObject | undefined): Promise<Resolved<Appointment>> => {
  const { args, tx } = context
  const naming: Naming = {
    id: args.text('appointment_id'),
    date: args.text('old_date'),
    time: args.text('old_time'),
    datetime: undefined,
    service: args.text('service'),
    name: args.text('name'),
  }
  const id = namesNothing(naming) && typeof asked?.appointment_id === 'string' ? asked.appointment_id : naming.id
  const chosen = await chooseOwn(context, { ...naming, id })
  if (chosen.isErr() || !args.isTrue('confirmed')) return chosen
  const present = await lockAppointment(tx, chosen.value.id)
  return present ? ok(present) : err(notChangeable(context, chosen.value))
}

const askFirst = async (
  context: ToolContext,
  appointment: Appointment,
  goal: Goal,
  slot: Slot,
  change: Parameters<typeof asking>[0] & { readonly fee: number },
): Promise<ToolAnswer> => {
  const { tx, ids, call, now, language } = context
  const { search, service, branch } = goal.wish
  const keeps = slot.resource === appointment.resource ? staffTimeOf(service, appointment.startsAt) : []
  const hold = { call: call.id, attendee: appointment.attendeeName, slot, keeps }
  await letGoOwn(context, appointment)
  const offer = await holdOffer(tx, ids, search, hold, now)
  if (offer.isErr()) return refuseMove(context, appointment, goal, 'taken')
  const to = placedAt(appointment, slot)
  const host = await hostOnceMoved(context, appointment, slot.staff)
  const { date, time } = placeFields(context, to)
  return {
    status: 'needs_confirmation',
    message: changePhrases[language].confirmMove(spokenWith(context, to, host), spokenOf(context, appointment).when),
    fields: {
      ...changeFields(context, appointment, to, host),
      ...feeOf(context, change.fee).fields,
      offer_id: offer.value.id,
      held_until: isoWithOffset(offer.value.until, branch.timeZone),
      confirmation: {
        appointment_id: appointment.id,
        new_date: date ?? null,
        new_time: time ?? null,
        ...(slot.staff === undefined ? {} : { staff: slot.staff.slug }),
        confirmed: true,
      },
    },
    resolved: asking(change),
  }
}

/** What this call held for the same person, for nobody in particular, or as the new time. */
const letGoOwn = async ({ tx, call, args }: ToolContext, { attendeeName }: Appointment): Promise<void> => {
  for (const offer of await tx.offers.openOf(call.id)) {
    const isTheirs = offer.attendee === '' || offer.attendee === attendeeName || offer.id === args.text('offer_id')
    if (isTheirs) await releaseOffer(tx, offer)
  }
}

const moveNow = async (context: ToolContext, appointment: Appointment, goal: Goal, slot: Slot): Promise<ToolAnswer> => {
  const { tx, call, args, now } = context
  await letGoOwn(context, appointment)
  const by = {
    actor: { kind: 'voice-agent', name: 'Retell' },
    reason: args.text('reason')?.slice(0, 500),
    callId: call.id,
    withinPolicy: true,
    fee: 0,
  } as const
  const moved = await moveIn(tx, appointment, { service: goal.wish.service, slot }, by, now)
  if (moved.isErr()) {
    return moved.error.kind === 'time-taken'
      ? refuseMove(context, appointment, goal, 'taken')
      : notChangeable(context, appointment)
  }
  const answer = (later: ToolContext) => whatBecame(later, appointment, goal, slot)
  return {
    ...(await whatBecame(context, appointment, goal, slot)),
    afterwards: { appointment: appointment.id, answer },
  }
}

/** Where it is now. The calendar of a vendor may not have answered yet, and may have said no. */
const whatBecame = async (context: ToolContext, before: Appointment, goal: Goal, slot: Slot): Promise<ToolAnswer> => {
  const now = await context.tx.appointments.find(before.id)
  if (now?.status === 'pending' && wasMovedIn(context, now)) return awaitsHost(context, now)
  if (now?.status !== 'confirmed') return notChangeable(context, now ?? before)
  if (isAt(now, { ...slot, staff: slot.staff?.id }, before)) return movedAnswer(context, now)
  // It went somewhere that nobody asked for, so neither time can be told.
  if (now.sync === 'review') return notChangeable(context, now)
  if (now.moving !== undefined) return noted(context, now, placedAt(now, slot))
  const search = { ...goal.wish.search, free: context.free }
  return refuseMove(context, now, { ...goal, wish: { ...goal.wish, search } }, 'taken')
}

/** Not moved yet: nothing changed that an answer could stand for. */
const noted = async (context: ToolContext, from: Appointment, to: Appointment): Promise<ToolAnswer> => {
  const host = await hostOnceMoved(context, from, thingsOf(context, to).staff)
  return {
    status: 'pending',
    message: changePhrases[context.language].moveNoted(spokenWith(context, to, host), spokenOf(context, from).when),
    fields: { ...changeFields(context, from, to, host), appointment: appointmentFields(context, from) },
    resolved: { appointment_id: from.id },
  }
}

/** Nobody is named whom the calendar may replace by another. */
const spokenWith = (context: ToolContext, appointment: Appointment, host: Staff | undefined) => ({
  ...spokenOf(context, appointment),
  staff: host?.name,
})

const placedAt = (appointment: Appointment, { startsAt, endsAt, staff }: Slot): Appointment => ({
  ...appointment,
  startsAt,
  endsAt,
  staff: staff?.id,
})

/** What this call moved there before is answered as moved, whatever words it is asked in. */
const thereAlready = async (context: ToolContext, appointment: Appointment): Promise<ToolAnswer> => {
  if (context.args.isTrue('confirmed') && wasMovedIn(context, appointment)) {
    return movedAnswer(context, appointment)
  }
  return {
    status: 'needs_new_time',
    message: changePhrases[context.language].thenAlready(spokenOf(context, appointment)),
    fields: { appointment_id: appointment.id, appointment: appointmentFields(context, appointment), alternatives: [] },
    resolved: { appointment_id: appointment.id },
  }
}

const wasMovedIn = ({ call }: ToolContext, { history }: Appointment): boolean => {
  const last = history.at(-1)
  return last?.action === 'moved' && last.callId === call.id
}

/** Where it was before it was last moved. */
const placeBefore = (appointment: Appointment): Appointment => {
  const last = appointment.history.at(-1)
  const startsAt = last?.from ?? appointment.startsAt
  const endsAt = after(startsAt, appointment.endsAt - appointment.startsAt)
  return { ...appointment, startsAt, endsAt, staff: last?.fromStaff }
}

/** Moved there, where it does not stand until somebody accepts it. */
const awaitsHost = async (context: ToolContext, appointment: Appointment): Promise<ToolAnswer> => {
  const before = placeBefore(appointment)
  const host = await namedHost(context, appointment)
  return {
    status: 'pending',
    message: changePhrases[context.language].moveAwaits(
      spokenWith(context, appointment, host),
      spokenOf(context, before).when,
    ),
    fields: changeFields(context, before, appointment, host),
    resolved: { appointment_id: appointment.id },
  }
}

const movedAnswer = async (context: ToolContext, appointment: Appointment): Promise<ToolAnswer> => {
  const host = await namedHost(context, appointment)
  const last = appointment.history.at(-1)
  const before = placeBefore(appointment)
  const message = changePhrases[context.language].moved(
    spokenWith(context, appointment, host),
    spokenOf(context, before).when,
  )
  return {
    status: 'rescheduled',
    message,
    fields: {
      ...changeFields(context, before, appointment, host),
      ...placeFields(context, appointment),
      ...feeOf(context, last?.fee ?? 0).fields,
    },
    resolved: { appointment_id: appointment.id },
    effect: `${appointment.id}@${appointment.startsAt}@${appointment.resource}`,
  }
}

/** Old and new place, each complete in itself. `host`: with whom the new one surely is. */
const changeFields = (
  context: ToolContext,
  from: Appointment,
  to: Appointment,
  host: Staff | undefined,
): JsonObject => ({
  appointment_id: to.id,
  appointment: appointmentFields(context, to),
  old: { ...placeFields(context, from), ...staffFields(thingsOf(context, from).staff) },
  new: { ...placeFields(context, to), ...staffFields(host) },
})
