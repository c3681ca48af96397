import { spokenMoment } from '../../domain/speech/say.ts'
import { type Instant, instantAt, isoWithOffset } from '../../domain/time.ts'
import { blockersAt } from '../booking/blockers.ts'
import type { ToolAnswer, ToolContext } from './context.ts'
import { slotFields, told, type UsableWhen } from './resolve.ts'
import { nothingFree, tell } from './tell-times.ts'
import type { Wish } from './wish.ts'

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
