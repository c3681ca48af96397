import { err, ok, type Result } from 'neverthrow'
import { type Confirmed, isAhead, type Pending } from '../../domain/booking/appointment.ts'
import type { Slot } from '../../domain/booking/availability.ts'
import { overlaps } from '../../domain/booking/interval.ts'
import { endOf } from '../../domain/booking/service-time.ts'
import { callState } from '../../domain/calling/call.ts'
import type { JsonObject } from '../../domain/canonical-json.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { understandName } from '../../domain/speech/names.ts'
import { spokenMoment } from '../../domain/speech/say.ts'
import { isoWithOffset } from '../../domain/time.ts'
import { calendarKind } from '../booking/ask-calendar.ts'
import { book } from '../booking/book.ts'
import { addEmail, customerFor } from '../booking/customer-for.ts'
import { makeRoom, releaseOffer } from '../booking/hold-offer.ts'
import { lookAt, type Search } from '../booking/search.ts'
import { nameContextOf } from '../calling/name-context.ts'
import { alreadyBooked, isWantedBesides } from './already-booked.ts'
import {
  askAboutSeries,
  isIncomplete,
  planFields,
  planSeries,
  resolveRepeat,
  type SeriesPlan,
  seriesOf,
} from './book-series.ts'
import { type BookingTarget, resolveTarget } from './booking-target.ts'
import type { Resolved, SentBy, Tool, ToolAnswer, ToolContext } from './context.ts'
import { emailToAsk } from './needs-email.ts'
import { appointmentsOf } from './own-appointments.ts'
import { refuseMoment } from './refuse-moment.ts'
import { refusal, slotFields, staffFields } from './resolve.ts'
import { searchFor, wishFor } from './wish.ts'

/** Books, or says plainly that nothing was booked. There is no third way. */
export const bookAppointment: Tool = async (context) => {
  const target = await resolveTarget(context)
  if (target.isErr()) return (await bookedBefore(context)) ?? target.error
  const name = attendeeName(context, target.value)
  if (name.isErr()) return name.error

  const twin = await ownTwin(context, target.value, name.value)
  if (twin) {
    await addEmail(context, twin.customer)
    return bookedAnswer(context, target.value, twin, { call: context.call })
  }
  if (target.value.differs && !context.args.isTrue('confirmed')) return confirmationOf(context, target.value)

  const wish = resolveRepeat(context, target.value.branch)
  if (wish.isErr()) return wish.error
  const slot = await slotOf(context, target.value)
  if (slot.isErr()) return refuseMoment(context, target.value, target.value.at, slot.error, 'slot_taken')
  const elsewhere = await appointmentsOf(context, name.value)
  const meanwhile = elsewhere.find((one) => overlaps(one, slot.value))
  if (meanwhile && !(await isWantedBesides(context, meanwhile, slot.value.startsAt)))
    return alreadyBooked(context, meanwhile, slot.value.startsAt)
  const series = wish.value && (await planSeries(context, target.value, wish.value))
  if (series && isIncomplete(series) && !context.args.isTrue('confirmed')) {
    return confirmationOf(context, target.value, series)
  }

  const question = await emailToAsk(context, target.value.service, slot.value.staff)
  if (question !== undefined) return emailQuestion(context, target.value, question)

  const customer = await customerFor(context, name.value)
  const booking = {
    branch: target.value.branch,
    service: target.value.service,
    customer: customer?.id,
    attendeeName: name.value,
    notes: context.args.text('notes'),
    source: 'phone',
    callId: context.call.id,
    actor: { kind: 'voice-agent', name: 'Retell' },
    calendar: calendarKind(context.free),
    series: series?.id,
  } as const
  const { tx, ids, now } = context
  await makeRoom(tx, target.value.search, { call: context.call.id, attendee: name.value, slot: slot.value })
  if (target.value.declined) await releaseOffer(tx, target.value.declined)
  const booked = await book(tx, ids, { ...booking, slot: slot.value, offer: target.value.offer }, now)
  if (booked.isErr()) return refuseMoment(context, target.value, target.value.at, 'taken', 'slot_taken')
  for (const later of series?.slots ?? []) await book(tx, ids, { ...booking, slot: later, offer: undefined }, now)
  const call = {
    ...context.call,
    customer: context.call.customer ?? customer?.id,
    callerName: context.args.isTrue('for_someone_else') ? context.call.callerName : name.value,
  }
  return bookedAnswer(context, target.value, booked.value, { call, plan: series })
}

/** A booking that is confirmed without a word on which: the one that this call has made, if it made only one. */
const bookedBefore = async (context: ToolContext): Promise<ToolAnswer | undefined> => {
  if (Object.keys(context.args.given).some((name) => name !== 'confirmed')) return undefined
  const { tx, call, profile } = context
  const [one, ...others] = (await tx.appointments.ofCall(call.id)).filter(isAhead)
  const branch = profile.branches.find(({ id }) => id === one?.branch)
  const service = profile.services.find(({ id }) => id === one?.service)
  if (!one || others.length > 0 || !branch || !service) return undefined
  const wish = await wishFor(context, branch, service, undefined)
  return bookedAnswer(
    context,
    { ...wish, at: one.startsAt, offer: undefined, differs: false, declined: undefined },
    one,
    { call },
  )
}

/** Nothing is booked without a name, said now or with the offer; a recognised caller need not, unless it is for somebody else. */
const attendeeName = (context: ToolContext, { offer, declined }: BookingTarget): Resolved<string> => {
  const said = context.args.text('customer_name')
  const named = said ?? (offer ?? declined)?.attendee
  const notTheirs = nameContextOf(context.profile, callState(context.call.record))
  const understood = named === undefined ? undefined : understandName(named, notTheirs)
  if (understood?.isOk()) return ok(understood.value)
  const known = context.args.isTrue('for_someone_else') ? undefined : context.customer?.name
  if (said === undefined && known !== undefined && known !== '') return ok(known)
  return err(refusal('needs_name', context.words.needsName))
}

/** The same booking, made in this call before, perhaps without the answer ever arriving. */
const ownTwin = async (
  context: ToolContext,
  target: BookingTarget,
  name: string,
): Promise<Pending | Confirmed | undefined> => {
  const booked = await context.tx.appointments.ofCall(context.call.id)
  return booked.find(
    (one): one is Pending | Confirmed =>
      isAhead(one) && one.startsAt === target.at && one.service === target.service.id && one.attendeeName === name,
  )
}

/** The offered slot as long as it is kept or still free, else whoever is free then. */
const slotOf = async (
  context: ToolContext,
  target: BookingTarget,
): Promise<Result<Slot, 'taken' | 'closed' | 'off-grid' | 'past' | 'notice-too-short' | 'too-far'>> => {
  const { offer, service } = target
  const staff = offer && context.profile.staff.find(({ id }) => id === offer.staff)
  if (offer && context.now < offer.until && offer.startsAt > context.now) {
    return ok({ startsAt: offer.startsAt, endsAt: endOf(service, offer.startsAt), resource: offer.resource, staff })
  }
  // What is kept now and confirmed later is worth more to a caller than a no that nobody is sure of.
  const search: Search = { ...target.search, whenDown: 'trust-ourselves' }
  const answer = await lookAt(context.tx, search, target.at, context.now)
  return answer.kind === 'free' ? ok(answer.slot) : err(answer.kind)
}

const emailQuestion = (context: ToolContext, target: BookingTarget, message: string): ToolAnswer => ({
  status: 'needs_email',
  message,
  fields: { ...askedFields(context, target), offer_id: target.offer?.id ?? null },
  resolved: resolvedOf(target),
})

/** What a question before the booking is about. */
const askedFields = (context: ToolContext, target: BookingTarget): JsonObject => ({
  ...slotFields(context, target.branch, { startsAt: target.at, endsAt: endOf(target.service, target.at) }),
  ...target.fields,
  ...staffFields(target.staff),
})

const confirmationOf = (context: ToolContext, target: BookingTarget, series?: SeriesPlan): ToolAnswer => {
  const when = spokenMoment(context.language, target.at, target.branch.timeZone)
  return {
    status: 'needs_confirmation',
    message: series
      ? askAboutSeries(context, target, series)
      : context.words.needsConfirmation(when, target.service.name, target.staff?.name),
    fields: { ...askedFields(context, target), ...(series && planFields(context, target, series)) },
    resolved: resolvedOf(target),
  }
}

const resolvedOf = (target: BookingTarget) => ({
  starts_at: isoWithOffset(target.at, target.branch.timeZone),
  service: target.service.slug,
  offer_id: target.offer?.id ?? null,
})

/** What is known of a booking besides itself. */
interface Known {
  readonly call: ToolContext['call']
  readonly plan?: SeriesPlan | undefined
  readonly sentBy?: SentBy
}

/** The booking once the calendar had its chance to say no. */
const whatBecame = async (
  context: ToolContext,
  target: BookingTarget,
  id: AppointmentId,
  known: Omit<Known, 'call'>,
): Promise<ToolAnswer> => {
  const now = await context.tx.appointments.find(id)
  if (now && isAhead(now)) {
    const { afterwards: _seenThrough, ...answer } = await bookedAnswer(context, target, now, {
      ...known,
      call: context.call,
    })
    return answer
  }
  const search = await searchFor(context, target.branch, target.service, target.staff)
  return refuseMoment(context, { ...target, search }, target.at, 'taken', 'slot_taken')
}

const bookedAnswer = async (
  context: ToolContext,
  target: BookingTarget,
  appointment: Pending | Confirmed,
  { call, plan, sentBy = [] }: Known,
): Promise<ToolAnswer> => {
  const staff = context.profile.staff.find(({ id }) => id === appointment.staff)
  const isPending = appointment.status === 'pending'
  const { words } = context
  const say = isPending ? (appointment.sync === 'synced' ? words.awaitsAcceptance : words.pending) : words.booked
  const when = spokenMoment(context.language, appointment.startsAt, target.branch.timeZone)
  const series = await seriesOf(context, target, appointment, plan)
  return {
    status: isPending ? 'pending' : 'booked',
    message:
      series && !isPending
        ? series.message
        : [say(when, target.service.name, staff?.name), ...(sentBy.length > 0 ? [context.words.mailed] : [])].join(' '),
    fields: {
      appointment_id: appointment.id,
      ...slotFields(context, target.branch, appointment),
      ...target.fields,
      ...staffFields(staff),
      attendee_name: appointment.attendeeName,
      // Nothing is promised that was not sent.
      confirmation_sent_by: sentBy,
      ...series?.fields,
    },
    resolved: resolvedOf(target),
    effect: `${appointment.id}@${appointment.startsAt}`,
    call,
    afterwards: {
      appointment: appointment.id,
      answer: (later, sentBy) => whatBecame(later, target, appointment.id, { plan, sentBy }),
    },
  }
}
