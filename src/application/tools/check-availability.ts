import { type Appointment, isAhead } from '../../domain/booking/appointment.ts'
import { overlaps } from '../../domain/booking/interval.ts'
import { endOf } from '../../domain/booking/service-time.ts'
import { spokenMoment } from '../../domain/speech/say.ts'
import { type Instant, instantAt, isoWithOffset } from '../../domain/time.ts'
import { holdOffer } from '../booking/hold-offer.ts'
import { lookAt } from '../booking/search.ts'
import { alreadyBooked } from './already-booked.ts'
import type { Tool, ToolAnswer, ToolContext } from './context.ts'
import { refuseMoment, refusePast } from './refuse-moment.ts'
import { resolveWhen, slotFields, staffFields } from './resolve.ts'
import { offerSome } from './tell-times.ts'
import { attendeeSaid, resolveWish, type Wish } from './wish.ts'

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
