import { openingOn, type Slot } from '../../domain/booking/availability.ts'
import type { Branch } from '../../domain/company.ts'
import { spokenDate } from '../../domain/speech/say.ts'
import type { DayWindow } from '../../domain/speech/understand-when.ts'
import { instantAt, type LocalDate, localMoment } from '../../domain/time.ts'
import { rememberTold } from '../booking/hold-offer.ts'
import { alternatives, isWithin, type Search } from '../booking/search.ts'
import type { ToolAnswer, ToolContext } from './context.ts'
import { infoPhrases } from './phrases-info.ts'
import { told } from './resolve.ts'
import { spokenWindow } from './spoken-window.ts'
import type { Wish } from './wish.ts'

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

/** Nothing at all, for two weeks: a call back is offered instead. */
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
