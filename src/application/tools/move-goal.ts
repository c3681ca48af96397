import { err, ok } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import { keptColleague } from '../../domain/booking/kept-colleague.ts'
import type { Offer } from '../../domain/booking/offer.ts'
import { ownersOf } from '../../domain/booking/resource.ts'
import type { Staff } from '../../domain/company.ts'
import { type Instant, instant, instantAt, type LocalDate, localMoment } from '../../domain/time.ts'
import type { JsonObject } from '../ports/tool-calls.ts'
import { appointmentFields, spokenOf, thingsOf } from './appointment-words.ts'
import type { Resolved, ToolAnswer, ToolContext } from './context.ts'
import { notChangeable } from './denied-change.ts'
import { changePhrases } from './phrases-changes.ts'
import { refusePast } from './refuse-moment.ts'
import { branchFields, refusal, resolveStaff, serviceFields, told, understand, usableWhen } from './resolve.ts'
import { tell } from './tell-times.ts'
import { searchFor, type Wish } from './wish.ts'

/** Where an appointment is to go. Its service and branch stay, and its colleague unless another one was named. */
export interface Goal {
  readonly wish: Wish
  readonly at: Instant
}

/** What was said, filled up from an offer of this call or from what was asked last; a question otherwise. */
export const resolveGoal = async (
  context: ToolContext,
  appointment: Appointment,
  asked: JsonObject | undefined,
): Promise<Resolved<Goal>> => {
  const { branch, service } = thingsOf(context, appointment)
  if (!branch || !service) return err(notChangeable(context, appointment))
  const offer = await offerFor(context, appointment)
  const staff = staffFor(context, appointment, offer, asked)
  if (staff.isErr()) return err(staff.error)
  const search = await searchFor(context, branch, service, staff.value, appointment.attendeeName)
  const wish: Wish = {
    search: {
      ...search,
      own: new Set([...search.own, ...ownersOf(appointment.id)]),
      elsewhere: search.elsewhere?.filter(({ id }) => id !== appointment.id) ?? [],
      moving: appointment.provider.uid,
    },
    branch,
    service,
    staff: staff.value,
    fields: { ...branchFields(branch), ...serviceFields(service) },
  }
  const at = await momentFor(context, appointment, wish, offer, asked)
  return at.map((moment) => ({ wish, at: moment }))
}

/** An offer of this call for the same service in the same branch. Any other names nothing. */
const offerFor = async ({ tx, args, call }: ToolContext, appointment: Appointment): Promise<Offer | undefined> => {
  const named = args.text('offer_id')
  if (named === undefined) return undefined
  const open = await tx.offers.openOf(call.id)
  return open.find(
    (one) => one.id === named && one.service === appointment.service && one.branch === appointment.branch,
  )
}

const staffFor = (
  context: ToolContext,
  appointment: Appointment,
  offer: Offer | undefined,
  asked: JsonObject | undefined,
): Resolved<Staff | undefined> => {
  const { branch, service, staff } = thingsOf(context, appointment)
  if (branch && service && context.args.text('staff') !== undefined) return resolveStaff(context, service, branch)
  const { profile } = context
  if (offer) return ok(profile.staff.find(({ id }) => id === offer.staff))
  if (asked) return ok(profile.staff.find(({ slug }) => slug === asked.staff))
  return ok(service && keptColleague(appointment, service, staff))
}

const momentFor = async (
  context: ToolContext,
  appointment: Appointment,
  wish: Wish,
  offer: Offer | undefined,
  asked: JsonObject | undefined,
): Promise<Resolved<Instant>> => {
  const { args } = context
  const [date, time, datetime] = [args.text('new_date'), args.text('new_time'), args.text('new_datetime')]
  const there = localMoment(appointment.startsAt, wish.branch.timeZone)
  if (date === undefined && time === undefined && datetime === undefined) {
    if (offer) return ok(offer.startsAt)
    if (typeof asked?.to === 'number') return ok(instant(asked.to))
    return err(await askWhen(context, appointment, wish, { date: there.date, window: undefined }))
  }
  const words = {
    ...(datetime === undefined ? {} : { datetime }),
    // A time alone is meant of the same day.
    ...(date === undefined && datetime === undefined ? { date: there.date } : date === undefined ? {} : { date }),
    ...(time === undefined ? {} : { time }),
  }
  const when = usableWhen(context, understand(context, wish.branch, words))
  if (when.isErr()) {
    const { status, message, fields } = when.error
    return err(refusal('needs_new_time', message, { ...ofWhich(context, appointment), ...fields, reason_code: status }))
  }
  switch (when.value.kind) {
    case 'exact':
      return ok(instantAt(when.value.date, when.value.minute, wish.branch.timeZone))
    case 'past':
      return when.value.minute === undefined
        ? err(await refuseDay(context, appointment, wish, when.value))
        : ok(instantAt(when.value.date, when.value.minute, wish.branch.timeZone))
    case 'day':
      return err(await askWhen(context, appointment, wish, { date: when.value.date, window: undefined }))
    case 'window':
      return err(await askWhen(context, appointment, wish, when.value))
  }
}

/** A day that is over, without an hour: nothing is said of one that nobody named. */
const refuseDay = async (
  context: ToolContext,
  appointment: Appointment,
  wish: Wish,
  past: Parameters<typeof refusePast>[2],
): Promise<ToolAnswer> => {
  const answer = await refusePast(context, wish, past)
  return {
    ...answer,
    status: 'unavailable',
    fields: { ...answer.fields, reason_code: 'past', ...ofWhich(context, appointment), other_staff: [] },
  }
}

/** Asks for the new time with some that are free, near the hour that the appointment has now. */
const askWhen = async (
  context: ToolContext,
  appointment: Appointment,
  wish: Wish,
  { date, window }: { readonly date: LocalDate; readonly window: Parameters<typeof tell>[2]['window'] },
): Promise<ToolAnswer> => {
  const { minute } = localMoment(appointment.startsAt, wish.branch.timeZone)
  const at = instantAt(date, window?.from ?? minute, wish.branch.timeZone)
  const slots = await tell(context, wish.search, { at, refused: appointment.startsAt, window })
  const { spoken, alternatives } = told(context, wish.branch, slots)
  return refusal(
    'needs_new_time',
    changePhrases[context.language].needsNewTime(spokenOf(context, appointment), spoken),
    {
      ...ofWhich(context, appointment),
      alternatives,
    },
  )
}

const ofWhich = (context: ToolContext, appointment: Appointment): JsonObject => ({
  appointment_id: appointment.id,
  appointment: appointmentFields(context, appointment),
})
