import type { DayView } from '../../../application/reading/day.ts'
import type { Interval } from '../../../domain/booking/interval.ts'
import { localMoment, type MinuteOfDay } from '../../../domain/time.ts'
import { CALENDAR_STEP_MINUTES } from '../assets.ts'

/** Whole hours shown, from before the first to after the last of what is there. */
export interface Span {
  readonly from: MinuteOfDay
  readonly to: MinuteOfDay
}

/** Minutes of this day that an interval covers; what lies on other days is cut off. */
export const minutesOf = ({ startsAt, endsAt }: Interval, view: DayView): Span => {
  const start = localMoment(startsAt, view.branch.timeZone)
  const end = localMoment(endsAt, view.branch.timeZone)
  return {
    from: start.date < view.date ? 0 : start.minute,
    to: end.date > view.date ? 1440 : end.minute,
  }
}

export const spanOf = (view: DayView): Span => {
  const all = [
    ...view.opening.map(({ opens, closes }) => ({ from: opens, to: closes })),
    ...view.columns.flatMap(({ appointments, offers }) =>
      [...appointments, ...offers].map((one) => minutesOf(one, view)),
    ),
  ]
  if (all.length === 0) return { from: 9 * 60, to: 18 * 60 }
  return {
    from: Math.floor(Math.min(...all.map(({ from }) => from)) / 60) * 60,
    to: Math.ceil(Math.max(...all.map(({ to }) => to)) / 60) * 60,
  }
}

/** What of a piece is shown; undefined: nothing. */
export const shownOf = (piece: Span, span: Span): Span | undefined => {
  const shown = { from: Math.max(piece.from, span.from), to: Math.min(piece.to, span.to) }
  return shown.from < shown.to ? shown : undefined
}

/** The classes that put something at its time; see the generated style sheet. */
export const placed = (piece: Span, span: Span): string => {
  const at = Math.floor((piece.from - span.from) / CALENDAR_STEP_MINUTES) + 1
  const end = Math.ceil((piece.to - span.from) / CALENDAR_STEP_MINUTES) + 1
  return `at-${at} for-${Math.max(1, end - at)}`
}

export const rowsOf = (span: Span): number => (span.to - span.from) / CALENDAR_STEP_MINUTES

/** When nobody works in a column, as grounds behind its appointments: the branch is closed, or the colleague away. */
export const idlePieces = (view: DayView, working: readonly Interval[], span: Span): readonly Span[] => {
  const open = view.opening.map(({ opens, closes }): Span => ({ from: opens, to: closes }))
  const pieces: Span[] = []
  let from = span.from
  for (const hours of working.map((one) => minutesOf(one, view))) {
    for (const { from: opens, to: closes } of open.flatMap((one) => shownOf(hours, one) ?? [])) {
      if (opens > from) pieces.push({ from, to: opens })
      from = Math.max(from, closes)
    }
  }
  return from < span.to ? [...pieces, { from, to: span.to }] : pieces
}
