import type { Appointment } from '../../domain/booking/appointment.ts'
import { isObject } from '../../domain/canonical-json.ts'
import { spokenList, spokenMoment, spokenTime } from '../../domain/speech/say.ts'
import { type Instant, localMoment, parseInstant, type TimeZone } from '../../domain/time.ts'
import { freeAt } from '../booking/move-in.ts'
import type { Answer } from '../booking/search.ts'
import type { Json } from '../ports/tool-calls.ts'
import { appointmentFields } from './appointment-words.ts'
import type { ToolAnswer, ToolContext } from './context.ts'
import type { Goal } from './move-goal.ts'
import { changePhrases } from './phrases-changes.ts'
import { refuseMoment } from './refuse-moment.ts'
import { named } from './resolve.ts'

/**
 * The appointment cannot go there: other times with the same colleague, and who else would have time then. Nobody is
 * put in a colleague's place without being asked for.
 */
export const refuseMove = async (
  context: ToolContext,
  appointment: Appointment,
  { wish, at }: Goal,
  why: Exclude<Answer['kind'], 'free'>,
): Promise<ToolAnswer> => {
  const answer = await refuseMoment(context, wish, at, why)
  const others = why === 'taken' ? await othersFreeAt(context, { wish, at }) : []
  const { timeZone } = wish.branch
  const options = optionsIn(answer.fields.alternatives, (one, before) =>
    isSameDay(one, before ?? at, timeZone)
      ? spokenTime(context.language, localMoment(one, timeZone).minute)
      : spokenMoment(context.language, one, timeZone),
  )
  const busy = changePhrases[context.language].colleagueBusy
  return {
    ...answer,
    status: 'unavailable',
    message:
      wish.staff && others.length > 0
        ? busy(
            wish.staff.name,
            spokenMoment(context.language, at, timeZone),
            spokenList(
              context.language,
              others.map(({ name }) => name),
              'or',
            ),
            options.length === 0 ? undefined : spokenList(context.language, options, 'or'),
          )
        : answer.message,
    fields: {
      ...answer.fields,
      reason_code: why.replaceAll('-', '_'),
      appointment_id: appointment.id,
      appointment: appointmentFields(context, appointment),
      other_staff: others.map(named),
    },
  }
}

/** Only our own book knows who else is free; a vendor's calendar is asked when somebody is named. */
const othersFreeAt = async ({ tx, free, now }: ToolContext, { wish, at }: Goal) => {
  if (wish.staff === undefined || free !== undefined) return []
  const slots = await freeAt(tx, { ...wish.search, staff: undefined }, at, now)
  return slots.flatMap(({ staff }) => staff ?? [])
}

/** The first two of them, each said after the one `before` it. */
const optionsIn = (
  alternatives: Json | undefined,
  say: (one: Instant, before: Instant | undefined) => string,
): readonly string[] => {
  const moments = Array.isArray(alternatives)
    ? alternatives.slice(0, 2).flatMap((one: Json) => {
        const at = parseInstant(isObject(one) ? String(one.starts_at) : '')
        return at.isOk() ? [at.value] : []
      })
    : []
  return moments.map((one, index) => say(one, moments[index - 1]))
}

/** A day that was just said is not said again. */
const isSameDay = (one: Instant, other: Instant, zone: TimeZone): boolean =>
  localMoment(one, zone).date === localMoment(other, zone).date
