import { err, ok } from 'neverthrow'
import type { Branch } from '../../domain/company.ts'
import { type DayInterval, hoursOn, isOpenAt, nextOpening } from '../../domain/opening-hours.ts'
import { spokenDate, spokenHours, weekdayName } from '../../domain/speech/say.ts'
import { addDays, clockText, instantAt, type LocalDate, localMoment, weekdayOf } from '../../domain/time.ts'
import type { JsonObject } from '../ports/tool-calls.ts'
import type { Resolved, Tool, ToolContext } from './context.ts'
import { infoPhrases } from './phrases-info.ts'
import { branchFields, refusal, resolveBranch, said, saysWhen, understand, usableWhen } from './resolve.ts'
import { momentFields, writtenDate } from './written.ts'

/** The hours of a day, of today when none was said; of a closed day also why, and when it opens again. */
export const getOpeningHours: Tool = async (context) => {
  const branch = resolveBranch(context)
  if (branch.isErr()) return branch.error
  const date = resolveDay(context, branch.value)
  if (date.isErr()) return date.error
  const { language, now } = context
  const { hours, timeZone } = branch.value
  const today = localMoment(now, timeZone).date
  const open = hoursOn(hours, date.value)
  const from = date.value === today ? now : instantAt(date.value, 0, timeZone)
  const next = nextOpening(hours, from, timeZone)
  const nextFields = next === undefined ? undefined : momentFields(language, next, timeZone)
  return {
    status: 'ok',
    message: sentence(context, date.value, today, open, nextFields && String(nextFields.spoken)),
    fields: {
      ...branchFields(branch.value),
      ...dayFields(context, branch.value, date.value),
      is_open_now: isOpenAt(hours, now, timeZone),
      next_opening: nextFields ?? null,
      following_days: [1, 2, 3, 4, 5, 6].map((ahead) => dayFields(context, branch.value, addDays(date.value, ahead))),
    },
  }
}

/** Days gone by or far ahead have opening hours too; only what was not understood is a question. */
const resolveDay = (context: ToolContext, branch: Branch): Resolved<LocalDate> => {
  if (!saysWhen(context)) return ok(localMoment(context.now, branch.timeZone).date)
  const when = understand(context, branch, said(context))
  if (when.kind === 'too-far') return ok(when.date)
  if (when.kind === 'needs-date') return err(refusal('needs_date', infoPhrases[context.language].whichDay))
  return usableWhen(context, when).map(({ date }) => date)
}

const dayFields = ({ language }: ToolContext, branch: Branch, date: LocalDate): JsonObject => {
  const open = hoursOn(branch.hours, date)
  return {
    date_iso: date,
    date: writtenDate('de', date),
    weekday: weekdayName(language, weekdayOf(date)),
    opening_hours: spokenHours(language, open),
    open: open.map(({ opens, closes }) => ({ from: clockText(opens), to: clockText(closes) })),
  }
}

const sentence = (
  { language }: ToolContext,
  date: LocalDate,
  today: LocalDate,
  open: readonly DayInterval[],
  next: string | undefined,
): string => {
  const words = infoPhrases[language]
  const spoken = spokenDate(language, date)
  const day = date === today ? words.today(spoken) : spoken
  if (open.length === 0) return words.shut(day, undefined, next)
  const isAllDay = open.some(({ opens, closes }) => opens === 0 && closes === 1440)
  return isAllDay ? words.openAllDay(day) : words.open(day, spokenHours(language, open))
}
