import { err, ok } from 'neverthrow'
import { type Appointment, isAhead } from '../../domain/booking/appointment.ts'
import { openingOn, type Slot } from '../../domain/booking/availability.ts'
import { overlaps } from '../../domain/booking/interval.ts'
import { isFor } from '../../domain/booking/offer.ts'
import type { Owner } from '../../domain/booking/resource.ts'
import { endOf } from '../../domain/booking/service-time.ts'
import type { Branch, Service, Staff } from '../../domain/company.ts'
import { spokenDate, spokenMoment } from '../../domain/speech/say.ts'
import type { DayWindow } from '../../domain/speech/understand-when.ts'
import { type Instant, instantAt, isoWithOffset, type LocalDate, localMoment } from '../../domain/time.ts'
import { blockersAt } from '../booking/blockers.ts'
import { holdOffer, rememberTold } from '../booking/hold-offer.ts'
import { alternatives, isWithin, lookAt, type Search } from '../booking/search.ts'
import type { JsonObject } from '../ports/tool-calls.ts'
import { alreadyBooked } from './already-booked.ts'
import type { Resolved, Tool, ToolAnswer, ToolContext } from './context.ts'
import { appointmentsOf } from './own-appointments.ts'
import { infoPhrases } from './phrases-info.ts'
import {
  branchFields,
  resolveBranch,
  resolveService,
  resolveStaff,
  resolveWhen,
  serviceFields,
  slotFields,
  staffFields,
  told,
  type UsableWhen,
} from './resolve.ts'
import { spokenWindow } from './spoken-window.ts'

/** Says whether a time is free and, if so, keeps it for this call. */
export const checkAvailability: Tool = async (context) => {
  const wish = await resolveWish(context)
  if (wish.isErr()) return wish.error
  const { branch } = wish.value
  const when = resolveWhen(context, branch)
  if (when.isErr()) return { ...when.error, fields: { ...wish.value.fields, ...when.error.fields } }
  switch (when.value.kind) {
    case 'exact':
      return checkMoment(context, wish.value, instantAt(when.value.date, when.value.minute, branch.timeZone))
    case 'past':
      return refusePast(context, wish.value, when.value)
    case 'window':
      return offerSome(context, wish.value, when.value.date, when.value.window)
    case 'day':
      return offerSome(context, wish.value, when.value.date, undefined)
  }
}

/** A no to what is over, with what is free from now on. */
export const refusePast = async (
  context: ToolContext,
  { search, branch, fields }: Wish,
  { date, minute }: Extract<UsableWhen, { readonly kind: 'past' }>,
): Promise<ToolAnswer> => {
  const at = minute === undefined ? undefined : instantAt(date, minute, branch.timeZone)
  const slots = await tell(context, search, { at: context.now, refused: at, window: undefined })
  const { spoken, alternatives: data } = told(context, branch, slots)
  return { status: 'past_time', message: context.words.pastTime(spoken), fields: { ...fields, alternatives: data } }
}

/** What is wished for, apart from when. */
export interface Wish {
  readonly search: Search
  readonly branch: Branch
  readonly service: Service
  readonly staff: Staff | undefined
  readonly fields: JsonObject
}

export const resolveWish = async (context: ToolContext): Promise<Resolved<Wish>> => {
  const branch = resolveBranch(context)
  if (branch.isErr()) return err(branch.error)
  const service = resolveService(context, branch.value)
  if (service.isErr()) return err(service.error)
  const staff = resolveStaff(context, service.value, branch.value)
  if (staff.isErr()) return err(staff.error)
  return ok(await wishFor(context, branch.value, service.value, staff.value))
}

export const wishFor = async (
  context: ToolContext,
  branch: Branch,
  service: Service,
  staff: Staff | undefined,
): Promise<Wish> => ({
  search: await searchFor(context, branch, service, staff),
  branch,
  service,
  staff,
  fields: { ...branchFields(branch), ...serviceFields(service) },
})

/** Whom it is for, if somebody was named. */
export const attendeeSaid = ({ args }: Pick<ToolContext, 'args'>): string =>
  args.text('for_name') ?? args.text('customer_name') ?? ''

/** What this call holds itself for the same person is in nobody's way. */
export const searchFor = async (
  context: ToolContext,
  branch: Branch,
  service: Service,
  staff: Staff | undefined,
  attendee = attendeeSaid(context),
): Promise<Search> => {
  const mine = (await context.tx.offers.openOf(context.call.id)).filter((one) => isFor(one, attendee))
  return {
    profile: context.profile,
    branch,
    service,
    staff,
    own: new Set(mine.map(({ id }): Owner => id)),
    elsewhere: await appointmentsOf(context, attendee),
    call: context.call.id,
    free: context.free,
    whenDown: 'stop',
  }
}

const checkMoment = async (context: ToolContext, wish: Wish, at: Instant): Promise<ToolAnswer> => {
  const { tx, ids, words, now, language } = context
  const own = await ownBookingAt(context, wish, at)
  if (own) return own
  const answer = await lookAt(tx, wish.search, at, now)
  const meanwhile = answer.kind === 'free' ? elsewhereThen(wish, at) : undefined
  if (meanwhile) return alreadyBooked(context, meanwhile, at)
  if (answer.kind === 'free') {
    const hold = { call: context.call.id, attendee: attendeeSaid(context), slot: answer.slot }
    const offer = await holdOffer(tx, ids, wish.search, hold, now)
    if (offer.isOk()) {
      const spoken = spokenMoment(language, at, wish.branch.timeZone)
      return {
        status: 'available',
        message: words.available(spoken, wish.service.name, wish.staff?.name),
        fields: {
          offer_id: offer.value.id,
          ...slotFields(context, wish.branch, answer.slot),
          ...wish.fields,
          ...staffFields(answer.slot.staff),
          held_until: isoWithOffset(offer.value.until, wish.branch.timeZone),
        },
        resolved: { starts_at: isoWithOffset(at, wish.branch.timeZone), service: wish.service.slug },
      }
    }
  }
  return refuseMoment(context, wish, at, answer.kind === 'free' ? 'taken' : answer.kind)
}

/** A no to a moment, always with what is free instead. */
export const refuseMoment = async (
  context: ToolContext,
  wish: Wish,
  at: Instant,
  why: 'taken' | 'closed' | 'off-grid' | 'past' | 'notice-too-short' | 'too-far',
  takenStatus: 'unavailable' | 'slot_taken' = 'unavailable',
): Promise<ToolAnswer> => {
  const { words, language, profile } = context
  const resolved = {
    starts_at: isoWithOffset(at, wish.branch.timeZone),
    service: wish.service.slug,
    ...(why === 'taken' ? { blocked_by: await blockersAt(context.tx, wish.search, at, context.now) } : {}),
  }
  if (why === 'too-far') {
    return {
      status: 'beyond_booking_window',
      message: words.beyondWindow(profile.policies.maxAdvanceDays),
      fields: { ...wish.fields, alternatives: [] },
      resolved,
    }
  }
  const slots = await tell(context, wish.search, { at, refused: at, window: undefined })
  if (slots.length === 0) return { ...nothingFree(context, wish), resolved }
  const { spoken, alternatives: data } = told(context, wish.branch, slots)
  const fields = {
    ...wish.fields,
    requested: slotFields(context, wish.branch, { startsAt: at, endsAt: at }).starts_at ?? null,
    alternatives: data,
  }
  const moment = spokenMoment(language, at, wish.branch.timeZone)
  const answers: { readonly [Why in typeof why]: readonly [string, string] } = {
    taken: [
      takenStatus,
      takenStatus === 'slot_taken' ? words.slotTaken(spoken) : words.unavailable(moment, spoken, wish.staff?.name),
    ],
    'off-grid': ['unavailable', words.unavailable(moment, spoken, wish.staff?.name)],
    closed: ['closed', words.closed(moment, spoken)],
    past: ['past_time', words.pastTime(spoken)],
    'notice-too-short': ['notice_too_short', words.noticeTooShort(spoken)],
  }
  const [status, message] = answers[why]
  return { status, message, fields, resolved }
}

export const nothingFree = ({ words, caller }: ToolContext, wish: Wish): ToolAnswer => ({
  status: 'no_availability',
  message: words.noAvailability(caller.kind === 'visible'),
  fields: { ...wish.fields, alternatives: [] },
})

/** Only a part of a day or a day was said: some free times of it. */
export const offerSome = async (
  context: ToolContext,
  wish: Wish,
  date: LocalDate,
  window: DayWindow | undefined,
): Promise<ToolAnswer> => {
  const { words, language } = context
  const from = instantAt(date, window?.from ?? 0, wish.branch.timeZone)
  const slots = await tell(context, wish.search, { at: from, refused: undefined, window })
  if (slots.length === 0) return nothingFree(context, wish)
  const { spoken = '', alternatives: data } = told(context, wish.branch, slots)
  const answer = {
    fields: { ...wish.fields, alternatives: data },
    resolved: { date_iso: date, service: wish.service.slug },
  }
  const day = spokenDate(language, date)
  if (openingOn(wish.branch, date).length === 0) {
    return { status: 'closed', message: words.closed(day, spoken), ...answer }
  }
  const miss = missedBy(context, slots, { branch: wish.branch, date, window })
  const message = miss === undefined ? undefined : infoPhrases[language].notThen(miss, spoken)
  return window === undefined
    ? {
        status: message === undefined ? 'needs_time' : 'unavailable',
        message: message ?? words.needsTime(day, spoken),
        ...answer,
      }
    : { status: 'alternatives', message: message ?? words.options(spoken, slots.length > 1), ...answer }
}

/** The day or part of the day that was wished for and has nothing free, spoken; undefined when the wish is met. */
export const missedBy = (
  { language }: ToolContext,
  slots: readonly Slot[],
  {
    branch,
    date,
    window,
  }: { readonly branch: Branch; readonly date: LocalDate | undefined; readonly window: DayWindow | undefined },
): string | undefined => {
  const [first] = slots
  if (!first || date === undefined) return undefined
  if (localMoment(first.startsAt, branch.timeZone).date !== date) return spokenDate(language, date)
  if (window === undefined || isWithin(first.startsAt, window, branch)) return undefined
  return spokenWindow(language, date, window)
}

/** Free times near a wished one, which others are not told for a while. */
export const tell = async (
  context: ToolContext,
  search: Search,
  wanted: Parameters<typeof alternatives>[2],
): Promise<readonly Slot[]> => {
  const slots = await alternatives(context.tx, search, wanted, context.now)
  await rememberTold(context.tx, context.call.id, slots, context.now)
  return slots
}

/** What whoever comes has then already, with whomever: nobody is in two places at once. */
const elsewhereThen = ({ search, service }: Wish, at: Instant): Appointment | undefined =>
  search.elsewhere?.find((one) => overlaps(one, { startsAt: at, endsAt: endOf(service, at) }))

/** What this very call has booked so already, unless another person is named. */
const ownBookingAt = async (context: ToolContext, { service }: Wish, at: Instant): Promise<ToolAnswer | undefined> => {
  const name = context.args.text('for_name')
  const same = (await context.tx.appointments.ofCall(context.call.id)).find(
    (one) =>
      isAhead(one) &&
      one.startsAt === at &&
      one.service === service.id &&
      (name === undefined || one.attendeeName.includes(name)),
  )
  return same && alreadyBooked(context, same)
}
