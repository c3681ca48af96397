import { matchByName } from '../../domain/likeness.ts'
import { spokenDate, spokenMoment, weekdayName } from '../../domain/speech/say.ts'
import type { When } from '../../domain/speech/understand-when.ts'
import { clockText, instantAt, isoWithOffset, weekdayOf } from '../../domain/time.ts'
import type { JsonObject } from '../ports/tool-calls.ts'
import type { Tool, ToolContext } from './context.ts'
import { infoPhrases } from './phrases-info.ts'
import { said, type UsableWhen, understand, usableWhen } from './resolve.ts'
import { spokenWindow } from './spoken-window.ts'
import { writtenDate } from './written.ts'

/** Says back which day and time were meant, or asks. It looks nothing up and promises nothing. */
export const parseDate: Tool = async (context) => {
  const words = infoPhrases[context.language]
  const when = understand(context, placeOf(context), said(context))
  if (when.kind === 'needs-date') {
    return { status: 'needs_date', message: words.whichDay, fields: { ...timeOf(when), next_action: 'ask_caller' } }
  }
  const usable = usableWhen(context, when)
  if (usable.isErr()) return { ...usable.error, fields: { ...usable.error.fields, next_action: 'ask_caller' } }
  const fields = fieldsOf(context, usable.value)
  if (usable.value.kind === 'past') {
    return {
      status: 'ambiguous',
      message: words.pastDay,
      fields: { ...fields, reason: 'past', next_action: 'ask_caller' },
    }
  }
  const { booking } = context.profile.company
  return {
    status: 'ok',
    message: words.understood(String(fields.spoken), booking),
    fields: { ...fields, next_action: booking ? 'check_availability' : null },
  }
}

/** Where the words were said. Without a known branch no opening hours choose between two readings of a time. */
const placeOf = ({ branch, profile, args }: ToolContext) => {
  if (branch) return branch
  const match = matchByName(args.text('branch') ?? '', profile.branches, (one) => [one.slug, one.name])
  if (match.kind === 'one') return match.item
  return { timeZone: profile.company.timeZone, hours: { weekly: {}, special: {}, closed: [] } }
}

const timeOf = (when: Exclude<When, { kind: 'ambiguous' | 'not-understood' | 'too-far' }>): JsonObject => ({
  time: 'minute' in when && when.minute !== undefined ? clockText(when.minute) : null,
  window:
    'window' in when && when.window !== undefined
      ? { from: clockText(when.window.from), to: clockText(when.window.to) }
      : null,
})

const fieldsOf = (context: ToolContext, when: UsableWhen): JsonObject => {
  const { language } = context
  const { timeZone } = placeOf(context)
  const minute = 'minute' in when ? when.minute : undefined
  const at = minute === undefined ? undefined : instantAt(when.date, minute, timeZone)
  const day = when.kind === 'window' ? spokenWindow(language, when.date, when.window) : spokenDate(language, when.date)
  return {
    starts_at: at === undefined ? null : isoWithOffset(at, timeZone),
    date_iso: when.date,
    date: writtenDate('de', when.date),
    weekday: weekdayName(language, weekdayOf(when.date)),
    ...timeOf(when),
    spoken: at === undefined ? day : spokenMoment(language, at, timeZone),
  }
}
