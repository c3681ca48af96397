import { err, ok, type Result } from 'neverthrow'
import { type Confirmed, isAhead, type Pending } from '../../domain/booking/appointment.ts'
import type { Slot } from '../../domain/booking/availability.ts'
import type { Offer } from '../../domain/booking/offer.ts'
import { endOf } from '../../domain/booking/service-time.ts'
import type { Branch, Service, Staff } from '../../domain/company.ts'
import type { AppointmentId } from '../../domain/ids.ts'
import { understandName } from '../../domain/speech/names.ts'
import { spokenMoment } from '../../domain/speech/say.ts'
import { type Instant, instantAt, isoWithOffset } from '../../domain/time.ts'
import { calendarKind } from '../booking/ask-calendar.ts'
import { book } from '../booking/book.ts'
import { customerFor } from '../booking/customer-for.ts'
import { lookAt, type Search } from '../booking/search.ts'
import { refuseMoment, searchFor, type Wish } from './check-availability.ts'
import type { Resolved, Tool, ToolAnswer, ToolContext } from './context.ts'
import {
  branchFields,
  refusal,
  resolveBranch,
  resolveService,
  resolveStaff,
  resolveWhen,
  saysWhen,
  serviceFields,
  slotFields,
  staffFields,
} from './resolve.ts'

/** Books, or says plainly that nothing was booked. There is no third way. */
export const bookAppointment: Tool = async (context) => {
  const target = await resolveTarget(context)
  if (target.isErr()) return target.error
  const name = attendeeName(context)
  if (name.isErr()) return name.error

  const twin = await ownTwin(context, target.value, name.value)
  if (twin) return bookedAnswer(context, target.value, twin, context.call)

  if (target.value.differs && !context.args.isTrue('confirmed')) return confirmationOf(context, target.value)

  const slot = await slotOf(context, target.value)
  if (slot.isErr()) return refuseMoment(context, target.value, target.value.at, slot.error, 'slot_taken')

  const customer = await customerFor(context, name.value)
  const booked = await book(
    context.tx,
    context.ids,
    {
      branch: target.value.branch,
      service: target.value.service,
      slot: slot.value,
      offer: target.value.offer,
      customer: customer?.id,
      attendeeName: name.value,
      notes: context.args.text('notes'),
      source: 'phone',
      callId: context.call.id,
      actor: { kind: 'voice-agent', name: 'Retell' },
      calendar: calendarKind(context.free),
    },
    context.now,
  )
  if (booked.isErr()) return refuseMoment(context, target.value, target.value.at, 'taken', 'slot_taken')
  return bookedAnswer(context, target.value, booked.value, {
    ...context.call,
    customer: context.call.customer ?? customer?.id,
    callerName: context.args.isTrue('for_someone_else') ? context.call.callerName : name.value,
  })
}

interface Target extends Wish {
  readonly at: Instant
  /** The offer of this call that fits what is to be booked. */
  readonly offer: Offer | undefined
  /** Is it something else than what this call was offered? */
  readonly differs: boolean
}

/** What was said, filled up from what this call was offered. An id of somebody else's offer is no offer. */
const resolveTarget = async (context: ToolContext): Promise<Resolved<Target>> => {
  const open = await context.tx.offers.openOf(context.call.id)
  const named = context.args.text('offer_id')
  const offer = named === undefined ? open[0] : open.find(({ id }) => id === named)
  if (named !== undefined && !offer && context.args.text('service') === undefined && !saysWhen(context)) {
    return err(refusal('not_booked', context.words.needsDate, { reason: 'offer_unknown' }))
  }

  const branch = offer ? branchOf(context, offer) : resolveBranch(context)
  if (branch.isErr()) return err(branch.error)
  const service = serviceOf(context, branch.value, offer)
  if (service.isErr()) return err(service.error)
  const staff = staffOf(context, service.value, branch.value, offer)
  if (staff.isErr()) return err(staff.error)
  const at = momentOf(context, branch.value, offer)
  if (at.isErr()) return err(at.error)

  const staffDiffers =
    context.args.text('staff') !== undefined && staff.value !== undefined && staff.value.id !== offer?.staff
  const differs =
    offer !== undefined && (service.value.id !== offer.service || at.value !== offer.startsAt || staffDiffers)
  return ok({
    search: await searchFor(context, branch.value, service.value, staff.value),
    branch: branch.value,
    service: service.value,
    staff: staff.value,
    fields: { ...branchFields(branch.value), ...serviceFields(service.value) },
    at: at.value,
    offer: differs ? undefined : offer,
    differs,
  })
}

const branchOf = (context: ToolContext, offer: Offer): Resolved<Branch> => {
  const branch = context.profile.branches.find(({ id }) => id === offer.branch)
  return branch ? ok(branch) : resolveBranch(context)
}

const serviceOf = (context: ToolContext, branch: Branch, offer: Offer | undefined): Resolved<Service> => {
  const offered = offer && context.profile.services.find(({ id }) => id === offer.service)
  return offered && context.args.text('service') === undefined ? ok(offered) : resolveService(context, branch)
}

const staffOf = (
  context: ToolContext,
  service: Service,
  branch: Branch,
  offer: Offer | undefined,
): Resolved<Staff | undefined> => {
  const offered = offer && context.profile.staff.find(({ id }) => id === offer.staff)
  const said = context.args.text('staff') !== undefined
  return offered && !said && service.id === offer?.service ? ok(offered) : resolveStaff(context, service, branch)
}

const momentOf = (context: ToolContext, branch: Branch, offer: Offer | undefined): Resolved<Instant> => {
  if (offer && !saysWhen(context)) return ok(offer.startsAt)
  const when = resolveWhen(context, branch)
  if (when.isErr()) return err(when.error)
  switch (when.value.kind) {
    case 'exact':
      return ok(instantAt(when.value.date, when.value.minute, branch.timeZone))
    case 'past':
      return err(refusal('past_time', context.words.pastTime(undefined), { alternatives: [] }))
    case 'day':
    case 'window':
      return err(
        refusal('needs_time', context.words.needsTime('', undefined).replace(/ {2,}/g, ' '), {
          date_iso: when.value.date,
        }),
      )
  }
}

/** Nothing is booked without a name; a recognised caller need not say it again, unless it is for somebody else. */
const attendeeName = (context: ToolContext): Resolved<string> => {
  const said = context.args.text('customer_name')
  const staffNames = context.profile.staff.map(({ name }) => name)
  const understood = said === undefined ? undefined : understandName(said, { staffNames, language: context.language })
  if (understood?.isOk()) return ok(understood.value)
  const known = context.args.isTrue('for_someone_else') ? undefined : context.customer?.name
  if (said === undefined && known !== undefined && known !== '') return ok(known)
  return err(refusal('needs_name', context.words.needsName))
}

/** The same booking, made in this call before, perhaps without the answer ever arriving. */
const ownTwin = async (
  context: ToolContext,
  target: Target,
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
  target: Target,
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

const confirmationOf = (context: ToolContext, target: Target): ToolAnswer => {
  const when = spokenMoment(context.language, target.at, target.branch.timeZone)
  const slot = { startsAt: target.at, endsAt: endOf(target.service, target.at) }
  return {
    status: 'needs_confirmation',
    message: context.words.needsConfirmation(when, target.service.name, target.staff?.name),
    fields: { ...slotFields(context, target.branch, slot), ...target.fields, ...staffFields(target.staff) },
    resolved: resolvedOf(target),
  }
}

const resolvedOf = (target: Target) => ({
  starts_at: isoWithOffset(target.at, target.branch.timeZone),
  service: target.service.slug,
  offer_id: target.offer?.id ?? null,
})

/** The booking once the calendar had its chance to say no. */
const whatBecame = async (context: ToolContext, target: Target, id: AppointmentId): Promise<ToolAnswer> => {
  const now = await context.tx.appointments.find(id)
  if (now && isAhead(now)) {
    const { afterwards: _seenThrough, ...answer } = bookedAnswer(context, target, now, context.call)
    return answer
  }
  const search = await searchFor(context, target.branch, target.service, target.staff)
  return refuseMoment(context, { ...target, search }, target.at, 'taken', 'slot_taken')
}

const bookedAnswer = (
  context: ToolContext,
  target: Target,
  appointment: Pending | Confirmed,
  call: ToolContext['call'],
): ToolAnswer => {
  const staff = context.profile.staff.find(({ id }) => id === appointment.staff)
  const isPending = appointment.status === 'pending'
  const say = isPending ? context.words.pending : context.words.booked
  return {
    status: isPending ? 'pending' : 'booked',
    message: say(
      spokenMoment(context.language, appointment.startsAt, target.branch.timeZone),
      target.service.name,
      staff?.name,
    ),
    fields: {
      appointment_id: appointment.id,
      ...slotFields(context, target.branch, appointment),
      ...target.fields,
      ...staffFields(staff),
      attendee_name: appointment.attendeeName,
      // Nothing is promised that was not sent.
      confirmation_sent_by: [],
    },
    resolved: resolvedOf(target),
    effect: `${appointment.id}@${appointment.startsAt}`,
    call,
    afterwards: { appointment: appointment.id, answer: (later) => whatBecame(later, target, appointment.id) },
  }
}
