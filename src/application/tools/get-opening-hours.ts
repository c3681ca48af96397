import { err, ok } from 'neverthrow'
import type { Branch, LanguageCode } from '../../domain/company.ts'
import { type Closure, hoursOn, isOpenAt, nextOpening, whyClosed } from '../../domain/opening-hours.ts'
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
  const from = date.value === today ? now : instantAt(date.value, 0, timeZone)
  const next = nextOpening(hours, from, timeZone)
  const nextFields = next === undefined ? undefined : momentFields(language, next, timeZone)
  return {
    status: 'ok',
    message: sentence(context, branch.value, date.value, nextFields && String(nextFields.spoken)),
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
  if (when.kind === 'too-far' || when.kind === 'past') return ok(when.date)
  if (when.kind === 'needs-date') return err(refusal('needs_date', infoPhrases[context.language].whichDay))
  return usableWhen(context, when).map(({ date }) => date)
}

const dayFields = ({ language }: ToolContext, branch: Branch, date: LocalDate): JsonObject => {
  const open = hoursOn(branch.hours, date)
  const closure = whyClosed(branch.hours, date)
  return {
    date_iso: date,
    date: writtenDate('de', date),
    weekday: weekdayName(language, weekdayOf(date)),
    opening_hours: spokenHours(language, open),
    closed_because: closure?.kind ?? null,
    holiday: closure?.kind === 'holiday' ? closure.holiday.name[language] : null,
    open: open.map(({ opens, closes }) => ({ from: clockText(opens), to: clockText(closes) })),
  }
}

const sentence = (
  { language, now }: ToolContext,
  { hours, timeZone }: Branch,
  date: LocalDate,
  next: string | undefined,
): string => {
  const words = infoPhrases[language]
  const spoken = spokenDate(language, date)
  const day = date === localMoment(now, timeZone).date ? words.today(spoken) : spoken
  const closure = whyClosed(hours, date)
  if (closure) return words.shut(day, reasonOf(language, closure), next)
  const open = hoursOn(hours, date)
  const isAllDay = open.some(({ opens, closes }) => opens === 0 && closes === 1440)
  return isAllDay ? words.openAllDay(day) : words.open(day, spokenHours(language, open))
}

const reasonOf = (language: LanguageCode, closure: Closure): string | boolean =>
  closure.kind === 'holiday' ? closure.holiday.name[language] : closure.kind === 'closed'
