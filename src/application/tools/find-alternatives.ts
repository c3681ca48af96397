import { err, ok } from 'neverthrow'
import { isAhead } from '../../domain/booking/appointment.ts'
import type { Branch } from '../../domain/company.ts'
import type { DayWindow } from '../../domain/speech/understand-when.ts'
import {
  addDays,
  after,
  type Instant,
  instant,
  instantAt,
  isoWithOffset,
  type LocalDate,
  localMoment,
  parseInstant,
} from '../../domain/time.ts'
import { isWithin } from '../booking/search.ts'
import { alreadyBooked } from './already-booked.ts'
import type { Resolved, Tool, ToolAnswer, ToolContext } from './context.ts'
import { infoPhrases } from './phrases-info.ts'
import { refusePast } from './refuse-moment.ts'
import { said, saysWhen, told, understand, usableWhen } from './resolve.ts'
import { missedBy, nothingFree, tell } from './tell-times.ts'
import { resolveWish, type Wish } from './wish.ts'

/** The next free times: near a day and time, in a part of the day, after something, or simply the next ones. */
export const findAlternatives: Tool = async (context) => {
  const wish = await resolveWish(context)
  if (wish.isErr()) return wish.error
  const booked = await bookedBefore(context, wish.value)
  if (booked) return booked
  const near = await resolveNear(context, wish.value)
  if (near.isErr()) return { ...near.error, fields: { ...wish.value.fields, ...near.error.fields } }
  const earliest = resolveAfter(context, wish.value.branch)
  if (earliest.isErr()) return { ...earliest.error, fields: { ...wish.value.fields, ...earliest.error.fields } }

  const { search, branch, service, fields } = wish.value
  const { at, date, window, saysTime } = near.value
  const declined = await declinedBy(context, wish.value)
  const slots = await tell(context, search, {
    at: instant(Math.max(at, earliest.value ?? at)),
    refused: undefined,
    // Without a time, later days begin with their first free one.
    window: window ?? (saysTime ? undefined : wholeDay),
    fits: (slot) =>
      slot.startsAt >= (earliest.value ?? 0) &&
      !declined.has(slot.startsAt) &&
      // Without a day, a part of the day is meant of any day.
      (date !== undefined || window === undefined || isWithin(slot.startsAt, window, branch)),
  })
  if (slots.length === 0) return nothingFree(context, wish.value)
  const { spoken = '', alternatives } = told(context, branch, slots)
  const miss = missedBy(context, slots, { branch, date, window })
  return {
    status: 'alternatives',
    message:
      miss === undefined
        ? context.words.options(spoken, slots.length > 1)
        : infoPhrases[context.language].notThen(miss, spoken),
    fields: { ...fields, alternatives, as_wished: miss === undefined },
    resolved: { from: isoWithOffset(at, branch.timeZone), service: service.slug },
  }
}

interface Near {
  readonly at: Instant
  /** The day that was said. */
  readonly date: LocalDate | undefined
  readonly window: DayWindow | undefined
  readonly saysTime: boolean
}

const wholeDay: DayWindow = { from: 0, to: 1440 }

const resolveNear = async (context: ToolContext, wish: Wish): Promise<Resolved<Near>> => {
  const { branch } = wish
  const { timeZone } = branch
  if (!saysWhen(context)) return ok({ at: context.now, date: undefined, window: undefined, saysTime: false })
  const when = understand(context, branch, said(context))
  if (when.kind === 'needs-date') {
    const at = when.minute === undefined ? context.now : nextAt(context.now, when.minute, branch)
    return ok({ at, date: undefined, window: when.window, saysTime: when.minute !== undefined })
  }
  const usable = usableWhen(context, when)
  if (usable.isErr()) return err(usable.error)
  const { date } = usable.value
  switch (usable.value.kind) {
    case 'past':
      return err(await refusePast(context, wish, usable.value))
    case 'exact':
      return ok({ at: instantAt(date, usable.value.minute, timeZone), date, window: undefined, saysTime: true })
    case 'window':
      return ok({
        at: instantAt(date, usable.value.window.from, timeZone),
        date,
        window: usable.value.window,
        saysTime: true,
      })
    case 'day':
      return ok({ at: instantAt(date, 0, timeZone), date, window: undefined, saysTime: false })
  }
}

/** Today while that time is still ahead, else tomorrow. */
const nextAt = (now: Instant, minute: number, { timeZone }: Branch): Instant => {
  const { date } = localMoment(now, timeZone)
  const today = instantAt(date, minute, timeZone)
  return today > now ? today : instantAt(addDays(date, 1), minute, timeZone)
}

/** The first moment that is late enough: just after a time, or the beginning of a day or of a part of it. */
const resolveAfter = (context: ToolContext, branch: Branch): Resolved<Instant | undefined> => {
  const text = context.args.text('after')
  if (text === undefined) return ok(undefined)
  const when = understand(context, branch, { datetime: text })
  if (when.kind === 'past') return ok(context.now)
  if (when.kind === 'needs-date') {
    const minute = when.minute ?? when.window?.from
    return ok(minute === undefined ? undefined : after(nextAt(context.now, minute, branch), 1))
  }
  return usableWhen(context, when).map((usable) => {
    const minute = usable.kind === 'exact' ? usable.minute : usable.kind === 'window' ? usable.window.from : undefined
    const at = instantAt(usable.date, minute ?? 0, branch.timeZone)
    return usable.kind === 'exact' ? after(at, 1) : at
  })
}

/** What this call holds and does not want, and what it was told is taken: none of it is offered again. */
const declinedBy = async ({ tx, call }: ToolContext, { service }: Wish): Promise<ReadonlySet<Instant>> => {
  const held = (await tx.offers.openOf(call.id)).filter((offer) => offer.service === service.id)
  const refused = (await tx.toolCalls.list(call.id)).filter(
    ({ status, resolved }) => /^(unavailable|slot_taken)$/.test(status) && resolved.service === service.slug,
  )
  return new Set([
    ...held.map(({ startsAt }) => startsAt),
    ...refused.flatMap(({ resolved }) => {
      const at = parseInstant(String(resolved.starts_at ?? ''))
      return at.isOk() ? [at.value] : []
    }),
  ])
}

/** What this call has booked already is not looked for once more, unless it is for somebody else. */
const bookedBefore = async (context: ToolContext, wish: Wish): Promise<ToolAnswer | undefined> => {
  const name = context.args.text('for_name')
  const booked = (await context.tx.appointments.ofCall(context.call.id)).find(
    (one) => isAhead(one) && one.service === wish.service.id && (name === undefined || one.attendeeName.includes(name)),
  )
  return booked && alreadyBooked(context, booked)
}
