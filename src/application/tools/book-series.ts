import { err, ok } from 'neverthrow'
import type { Appointment } from '../../domain/booking/appointment.ts'
import type { Slot } from '../../domain/booking/availability.ts'
import { overlaps } from '../../domain/booking/interval.ts'
import { type SeriesWish, seriesDays } from '../../domain/booking/series.ts'
import type { Branch } from '../../domain/company.ts'
import type { SeriesId } from '../../domain/ids.ts'
import { spokenDate, spokenList, spokenMoment } from '../../domain/speech/say.ts'
import { understandWhen } from '../../domain/speech/understand-when.ts'
import { after, DAY, type Instant, instantAt, isoWithOffset, type LocalDate, localMoment } from '../../domain/time.ts'
import { lookAt } from '../booking/search.ts'
import type { Json, JsonObject } from '../ports/tool-calls.ts'
import type { BookingTarget } from './booking-target.ts'
import type { Resolved, ToolContext } from './context.ts'
import { type MissingDays, phrasesForSeries } from './phrases-series.ts'
import { refusal, slotFields } from './resolve.ts'

/** What was said about repeating; undefined when nothing was, or once is enough. */
export const resolveRepeat = (context: ToolContext, branch: Branch): Resolved<SeriesWish | undefined> => {
  const said = context.args.given.repeat
  if (said === undefined) return ok(undefined)
  const { every, count, until } = partsOf(said)
  const everyWeeks = weeksOf(every)
  const date = until === undefined ? undefined : dayOf(context, branch, until)
  if (everyWeeks !== undefined && count === 1) return ok(undefined)
  if (everyWeeks !== undefined && count !== undefined) return ok({ everyWeeks, end: { kind: 'count', count } })
  if (everyWeeks !== undefined && date !== undefined) return ok({ everyWeeks, end: { kind: 'until', date } })
  return err(refusal('needs_repeat', phrasesForSeries(context.language).howOften, { not_understood: said }))
}

interface RepeatParts {
  readonly every: string
  readonly count: number | undefined
  readonly until: string | undefined
}

/** `{every, count}`, `{every, until}`, the same as JSON text, or words such as "jede Woche, 5 mal". */
const partsOf = (said: Json): RepeatParts => {
  const read = typeof said === 'string' ? parsed(said) : said
  if (read !== null && typeof read === 'object' && !Array.isArray(read)) {
    const { every = 'week', count, until } = read as JsonObject
    return { every: String(every), count: whole(count), until: typeof until === 'string' ? until : undefined }
  }
  const text = String(read)
  return {
    every: text,
    count: whole(/(\d+)\s*(?:mal|x|times|termine|appointments)/i.exec(text)?.[1]),
    until: undefined,
  }
}

const whole = (value: Json | undefined): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 ? number : undefined
}

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

const weeksOf = (every: string): number | undefined => {
  if (/(zwei|2|two|other|zweite)[\s_-]*(woche|week)|fortnight|biweekly/i.test(every)) return 2
  return /woche|wöchentlich|week/i.test(every) ? 1 : undefined
}

const dayOf = ({ language, now }: ToolContext, { timeZone }: Branch, text: string): LocalDate | undefined => {
  const when = understandWhen(
    { date: text },
    { language, now, zone: timeZone, hoursOn: () => [], maxAdvanceDays: 1000 },
  )
  return when.kind === 'day' || when.kind === 'exact' || when.kind === 'window' ? when.date : undefined
}

/** What can be booked of a series besides its first appointment, and what cannot. */
export interface SeriesPlan {
  readonly id: SeriesId
  readonly slots: readonly Slot[]
  readonly misfits: readonly Instant[]
  /** More was wanted than the company books ahead. */
  readonly cut: boolean
}

/** Looks at each later day at the same time of the clock, for the same colleague if one was wished for. */
export const planSeries = async (
  context: ToolContext,
  target: BookingTarget,
  wish: SeriesWish,
): Promise<SeriesPlan> => {
  const zone = target.branch.timeZone
  const { date, minute } = localMoment(target.at, zone)
  const latest = localMoment(after(context.now, context.profile.policies.maxAdvanceDays * DAY), zone).date
  const { days, cut } = seriesDays(date, wish, latest)
  const slots: Slot[] = []
  const misfits: Instant[] = []
  for (const day of days.slice(1)) {
    const at = instantAt(day, minute, zone)
    const answer = await lookAt(context.tx, target.search, at, context.now)
    const { elsewhere = [] } = target.search
    if (answer.kind === 'free' && !elsewhere.some((one) => overlaps(one, answer.slot))) slots.push(answer.slot)
    else misfits.push(at)
  }
  return { id: context.ids.next('series'), slots, misfits, cut }
}

export const planFields = (context: ToolContext, { branch }: BookingTarget, plan: SeriesPlan): JsonObject => ({
  fitting: plan.slots.map((slot) => slotFields(context, branch, slot)),
  ...missingFields(branch, plan),
})

const missingFields = ({ timeZone }: Branch, { misfits, cut }: SeriesPlan): JsonObject => ({
  not_fitting: misfits.map((at) => isoWithOffset(at, timeZone)),
  shortened: cut,
})

const missingOf = (context: ToolContext, branch: Branch, plan: SeriesPlan | undefined): MissingDays => {
  const misfits = plan?.misfits ?? []
  const list = days(context, branch, misfits)
  return {
    misfits: misfits.length === 0 ? undefined : { list, isAll: misfits.length <= mostNamed },
    isCut: plan?.cut ?? false,
  }
}

/** Is it less than what was wanted? */
export const isIncomplete = ({ misfits, cut }: SeriesPlan): boolean => misfits.length > 0 || cut

/** Some days do not fit, or lie too far ahead: which, and whether the others are wanted all the same. */
export const askAboutSeries = (context: ToolContext, { branch, at }: BookingTarget, plan: SeriesPlan): string => {
  const { language } = context
  const first = spokenMoment(language, at, branch.timeZone)
  const fitting = plan.slots.length + 1
  const phrases = phrasesForSeries(language)
  if (plan.misfits.length > 0) {
    return phrases.someDoNotFit(first, fitting, days(context, branch, plan.misfits), plan.misfits.length <= mostNamed)
  }
  const last = plan.slots.at(-1)?.startsAt ?? at
  return phrases.onlyUntil(first, fitting, spokenDate(language, localMoment(last, branch.timeZone).date))
}

/** How the series that an appointment belongs to stands now, with what its plan had to leave out. */
export const seriesOf = async (
  context: ToolContext,
  { branch, service }: BookingTarget,
  { series, startsAt }: Appointment,
  plan: SeriesPlan | undefined,
): Promise<{ readonly message: string; readonly fields: JsonObject } | undefined> => {
  if (series === undefined) return undefined
  const all = (await context.tx.appointments.ofCall(context.call.id)).filter(
    (one) => one.series === series && one.status !== 'cancelled',
  )
  const noted = all.filter((one) => one.status === 'pending')
  const zone = branch.timeZone
  const last = (noted.at(-1) ?? all.at(-1))?.startsAt ?? startsAt
  const phrases = phrasesForSeries(context.language)
  return {
    message: (noted.length === 0 ? phrases.booked : phrases.othersNoted)(
      service.name,
      spokenMoment(context.language, startsAt, zone),
      noted.length === 0 ? all.length : noted.length,
      spokenDate(context.language, localMoment(last, zone).date),
      missingOf(context, branch, plan),
    ),
    fields: {
      series_id: series,
      ...(plan && missingFields(branch, plan)),
      appointments: all.map((one) => ({
        appointment_id: one.id,
        status: one.status,
        ...slotFields(context, branch, one),
      })),
    },
  }
}

const mostNamed = 3

/** At most three of them by name: nobody keeps more in mind. */
const days = ({ language }: ToolContext, { timeZone }: Branch, moments: readonly Instant[]): string =>
  spokenList(
    language,
    moments.slice(0, mostNamed).map((at) => spokenDate(language, localMoment(at, timeZone).date)),
    'and',
  )
