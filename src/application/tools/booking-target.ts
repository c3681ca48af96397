import { err, ok } from 'neverthrow'
import { isFor, type Offer } from '../../domain/booking/offer.ts'
import type { Branch, Service, Staff } from '../../domain/company.ts'
import { type Instant, instantAt } from '../../domain/time.ts'
import type { Resolved, ToolContext } from './context.ts'
import { askedLast } from './pending-change.ts'
import { refusePast } from './refuse-moment.ts'
import { refusal, resolveBranch, resolveService, resolveStaff, resolveWhen, saysWhen } from './resolve.ts'
import { offerSome } from './tell-times.ts'
import { toldOption } from './told-option.ts'
import { attendeeSaid, type Wish, wishFor } from './wish.ts'

/** What is to be booked, and when. */
export interface BookingTarget extends Wish {
  readonly at: Instant
  /** The offer of this call that fits what is to be booked. */
  readonly offer: Offer | undefined
  /** Is it something else than what this call was offered? */
  readonly differs: boolean
  /** What this call was offered instead, and does not want any more. */
  readonly declined: Offer | undefined
}

/** What was said, filled up from what this call was offered. An id of somebody else's offer is no offer. */
export const resolveTarget = async (context: ToolContext): Promise<Resolved<BookingTarget>> => {
  const open = await context.tx.offers.openOf(context.call.id)
  const named = context.args.text('offer_id')
  const offer = named === undefined ? await usualOffer(context, open) : open.find(({ id }) => id === named)
  const option = named === undefined || offer ? undefined : await toldOption(context, named)
  if (option) {
    const { at, branch, service, staff } = option
    return ok({
      ...(await wishFor(context, branch, service, staff)),
      at,
      offer: undefined,
      differs: false,
      declined: undefined,
    })
  }
  if (named !== undefined && !offer && context.args.text('service') === undefined && !saysWhen(context)) {
    return err(refusal('not_booked', context.words.needsDate, { reason: 'offer_unknown' }))
  }

  const branch = offer ? branchOf(context, offer) : resolveBranch(context)
  if (branch.isErr()) return err(branch.error)
  const service = serviceOf(context, branch.value, offer)
  if (service.isErr()) return err(service.error)
  const staff = staffOf(context, service.value, branch.value, offer)
  if (staff.isErr()) return err(staff.error)
  const wish = await wishFor(context, branch.value, service.value, staff.value)
  const at = await momentOf(context, wish, offer)
  if (at.isErr()) return err(at.error)

  const staffDiffers =
    context.args.text('staff') !== undefined && staff.value !== undefined && staff.value.id !== offer?.staff
  const differs =
    offer !== undefined && (service.value.id !== offer.service || at.value !== offer.startsAt || staffDiffers)
  return ok({
    ...wish,
    at: at.value,
    offer: differs ? undefined : offer,
    differs,
    declined: differs ? offer : undefined,
  })
}

/**
 * What was offered last to the person who is named, else to nobody in particular. A time kept for moving an appointment
 * is booked besides only when it is asked for.
 */
const usualOffer = async (context: ToolContext, open: readonly Offer[]): Promise<Offer | undefined> => {
  const move = saysWhen(context) ? undefined : await askedLast(context, 'reschedule_appointment')
  const name = attendeeSaid(context)
  const usual = open.filter((one) => one.startsAt !== move?.to && isFor(one, name))
  return usual.find(({ attendee }) => attendee === name) ?? usual[0]
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

/** What is missing of a moment is asked as by a check, with the same free times. */
const momentOf = async (context: ToolContext, wish: Wish, offer: Offer | undefined): Promise<Resolved<Instant>> => {
  if (offer && !saysWhen(context)) return ok(offer.startsAt)
  const when = resolveWhen(context, wish.branch)
  if (when.isErr()) return err(when.error)
  switch (when.value.kind) {
    case 'exact':
      return ok(instantAt(when.value.date, when.value.minute, wish.branch.timeZone))
    case 'past':
      return err(await refusePast(context, wish, when.value))
    case 'window':
      return err(await offerSome(context, wish, when.value.date, when.value.window))
    case 'day':
      return err(await offerSome(context, wish, when.value.date, undefined))
  }
}
