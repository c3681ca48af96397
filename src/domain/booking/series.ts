import { addDays, daysBetween, type LocalDate } from '../time.ts'

/** How often the same is wanted again: every so many weeks, so many times in all or up to a day. */
export interface SeriesWish {
  readonly everyWeeks: number
  /** How many appointments in all, or the last day that may be one. */
  readonly end:
    | { readonly kind: 'count'; readonly count: number }
    | { readonly kind: 'until'; readonly date: LocalDate }
}

/** Nobody means more than a year of weeks, and a tool's answer has to fit into a sentence. */
const most = 52

/**
 * The days of a series, the first one included, in order: the same weekday every time, none after `latest`.
 * `cut`: more were wanted than may be booked.
 */
export const seriesDays = (
  first: LocalDate,
  { everyWeeks, end }: SeriesWish,
  latest: LocalDate,
): { readonly days: readonly LocalDate[]; readonly cut: boolean } => {
  const step = 7 * Math.max(1, everyWeeks)
  const wanted =
    end.kind === 'count' ? Math.max(1, end.count) : Math.max(0, Math.floor(daysBetween(first, end.date) / step)) + 1
  const possible = Math.max(0, Math.floor(daysBetween(first, latest) / step)) + 1
  const count = Math.min(wanted, possible, most)
  return { days: Array.from({ length: count }, (_, index) => addDays(first, index * step)), cut: count < wanted }
}
