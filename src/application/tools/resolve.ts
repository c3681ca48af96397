import { err, ok } from 'neverthrow'
import type { Slot } from '../../domain/booking/availability.ts'
import { chooseService, chooseStaff } from '../../domain/booking/catalogue.ts'
import type { Branch, Service, Staff } from '../../domain/company.ts'
import { matchByName } from '../../domain/likeness.ts'
import { hoursOn } from '../../domain/opening-hours.ts'
import { spokenDate, spokenList, spokenMoment, spokenTime } from '../../domain/speech/say.ts'
import { understandWhen, type When } from '../../domain/speech/understand-when.ts'
import { dateParts, daysBetween, type Instant, isoWithOffset, type LocalDate, localMoment } from '../../domain/time.ts'
import type { Json, JsonObject } from '../ports/tool-calls.ts'
import type { Resolved, ToolAnswer, ToolContext } from './context.ts'
import { infoPhrases } from './phrases-info.ts'
import { momentFields } from './written.ts'

/** The branch of the call, else the one that was named; a question when neither is known. */
export const resolveBranch = (context: ToolContext): Resolved<Branch> => {
  if (context.branch) return ok(context.branch)
  const { branches } = context.profile
  const said = context.args.text('branch')
  const match = said === undefined ? undefined : matchByName(said, branches, (one) => [one.slug, one.name])
  if (match?.kind === 'one') return ok(match.item)
  return err({
    status: 'needs_branch',
    message: context.words.needsBranch(
      spokenList(
        context.language,
        branches.map(({ name }) => name),
        'or',
      ),
    ),
    fields: { candidates: branches.map(named) },
  })
}

export const resolveService = (context: ToolContext, branch: Branch): Resolved<Service> => {
  const { words, profile } = context
  const choice = chooseService(context.args.text('service'), profile.services, branch, profile.branches)
  const list = (items: readonly { readonly name: string }[], how: 'or' | 'and') =>
    items.length === 0
      ? undefined
      : spokenList(
          context.language,
          items.map(({ name }) => name),
          how,
        )
  switch (choice.kind) {
    case 'one':
      return ok(choice.service)
    case 'several':
      return err({
        status: 'needs_service',
        message: words.whichService(list(choice.services, 'or') ?? ''),
        fields: { candidates: choice.services.map(named) },
      })
    case 'elsewhere':
      return err({
        status: 'not_offered_here',
        message: words.notOfferedHere(choice.service.name, list(choice.branches, 'or') ?? ''),
        fields: { ...serviceFields(choice.service), offered_at: choice.branches.map(named) },
      })
    case 'none':
      return err({
        status: 'needs_service',
        message: words.needsService(list(choice.services, 'and')),
        fields: { candidates: choice.services.map(named) },
      })
  }
}

/** Undefined: anyone will do. */
export const resolveStaff = (context: ToolContext, service: Service, branch: Branch): Resolved<Staff | undefined> => {
  const choice = chooseStaff(context.args.text('staff'), context.profile.staff, service, branch)
  if (choice.kind === 'anyone') return ok(undefined)
  if (choice.kind === 'one') return ok(choice.staff)
  const who =
    choice.who.length === 0
      ? undefined
      : spokenList(
          context.language,
          choice.who.map(({ name }) => name),
          'or',
        )
  return err({
    status: 'staff_cannot_provide_service',
    message: context.words.staffCannot(
      looksLikeAName(choice.name) ? choice.name : infoPhrases[context.language].thatPerson,
      service.name,
      who,
    ),
    fields: { ...serviceFields(service), requested_staff: choice.name, who_can: choice.who.map(named) },
  })
}

/** Only what looks like a name is said back; whatever else was sent is not for ears. */
const looksLikeAName = (text: string): boolean => /^\p{L}[\p{L}\p{M}.'’-]*( [\p{L}\p{M}.'’-]+){0,3}$/u.test(text)

export type UsableWhen = Extract<When, { readonly kind: 'exact' | 'window' | 'day' | 'past' }>

/** What day and time were said; a question when that is unclear. */
export const resolveWhen = (context: ToolContext, branch: Branch): Resolved<UsableWhen> =>
  usableWhen(context, understand(context, branch, said(context)))

/** What words about time mean where a branch is. */
export const understand = (
  { language, now, profile }: ToolContext,
  branch: Pick<Branch, 'timeZone' | 'hours'>,
  words: Parameters<typeof understandWhen>[0],
): When =>
  understandWhen(words, {
    language,
    now,
    zone: branch.timeZone,
    hoursOn: (date) => hoursOn(branch.hours, date),
    maxAdvanceDays: profile.policies.maxAdvanceDays,
  })

/** A question where a day and time were not understood or cannot be used. */
export const usableWhen = (context: ToolContext, when: When): Resolved<UsableWhen> => {
  const { language, words } = context
  switch (when.kind) {
    case 'exact':
    case 'window':
    case 'day':
      return ok(when)
    case 'past':
      return isOfAnotherYear(context, when.date) ? err(implausible(context, 'past_year', when.date)) : ok(when)
    case 'too-far':
      if (isVeryFar(context, when.date)) return err(implausible(context, 'very_far_ahead', when.date))
      return err({
        status: 'beyond_booking_window',
        message: words.beyondWindow(context.profile.policies.maxAdvanceDays),
        fields: { date_iso: when.date, alternatives: [] },
      })
    case 'needs-date':
      return err({ status: 'needs_date', message: words.needsDate, fields: {} })
    case 'not-understood':
      return err({
        status: when.part === 'date' ? 'needs_date' : 'ambiguous',
        message: words.notUnderstood,
        fields: { not_understood: when.text.slice(0, 100) },
      })
    case 'ambiguous': {
      const isClock = when.reason === 'clock-time' || when.reason === 'outside-hours'
      const options = when.candidates.flatMap(({ date, minute }) => {
        if (isClock) return minute === undefined ? [] : [spokenTime(language, minute)]
        return date === undefined ? [] : [spokenDate(language, date)]
      })
      const list = options.length === 0 ? undefined : spokenList(language, [...new Set(options)], 'or')
      const ask = when.reason === 'weekday-and-date-disagree' ? words.dateDisagrees : words.whichOne
      const question = when.reason === 'outside-hours' ? infoPhrases[language].notOpenThen : undefined
      return err({
        status: 'ambiguous',
        message: question ?? (list === undefined ? words.notUnderstood : ask(list)),
        fields: {
          reason: when.reason.replaceAll('-', '_'),
          candidates: when.candidates.map(({ date, minute }) => ({ date_iso: date ?? null, minute: minute ?? null })),
        },
      })
    }
  }
}

const isOfAnotherYear = ({ now, profile }: ToolContext, date: LocalDate): boolean =>
  dateParts(date).year < dateParts(localMoment(now, profile.company.timeZone).date).year

/** Farther than anybody plans: more likely misheard than meant. */
const isVeryFar = ({ now, profile }: ToolContext, date: LocalDate): boolean =>
  daysBetween(localMoment(now, profile.company.timeZone).date, date) > 731

/** A date that is hardly meant is asked about, never used. */
const implausible = (context: ToolContext, reason: string, date: LocalDate): ToolAnswer =>
  refusal('ambiguous', infoPhrases[context.language].whichDayThen, { reason, date_iso: date, candidates: [] })

export const said = ({ args }: ToolContext): { date?: string; time?: string; datetime?: string } => {
  const [date, time, datetime] = [args.text('date'), args.text('time'), args.text('datetime')]
  return {
    ...(date === undefined ? {} : { date }),
    ...(time === undefined ? {} : { time }),
    ...(datetime === undefined ? {} : { datetime }),
  }
}

/** Did this request say anything about when? */
export const saysWhen = ({ args }: ToolContext): boolean =>
  (['date', 'time', 'datetime'] as const).some((name) => args.text(name) !== undefined)

export const named = ({ name, slug }: { readonly name: string; readonly slug: string }): Json => ({ name, slug })

export const serviceFields = (service: Service): JsonObject => ({ service: service.name, service_slug: service.slug })

export const staffFields = (staff: Staff | undefined): JsonObject => ({
  staff: staff?.name ?? null,
  staff_slug: staff?.slug ?? null,
})

export const branchFields = (branch: Branch): JsonObject => ({ branch: branch.name, branch_slug: branch.slug })

/** Start and end of a slot; what is spoken and what machines read is one instant. */
export const slotFields = (
  context: Pick<ToolContext, 'language'>,
  branch: Branch,
  slot: { readonly startsAt: Instant; readonly endsAt: Instant },
): JsonObject => ({
  ...momentFields(context.language, slot.startsAt, branch.timeZone),
  ends_at: isoWithOffset(slot.endsAt, branch.timeZone),
})

/** Alternatives as data, three at most, and the first two of them as words. */
export const told = (
  context: ToolContext,
  branch: Branch,
  slots: readonly Slot[],
): { readonly spoken: string | undefined; readonly alternatives: Json } => {
  const zone = branch.timeZone
  const [first, second] = slots
  const sameDay = first && second && localMoment(first.startsAt, zone).date === localMoment(second.startsAt, zone).date
  const words = slots
    .slice(0, 2)
    .map((slot, index) =>
      index === 1 && sameDay
        ? spokenTime(context.language, localMoment(slot.startsAt, zone).minute)
        : spokenMoment(context.language, slot.startsAt, zone),
    )
  return {
    spoken: words.length === 0 ? undefined : spokenList(context.language, words, 'or'),
    alternatives: slots.map((slot, index) => ({
      option: index + 1,
      ...slotFields(context, branch, slot),
      ...staffFields(slot.staff),
    })),
  }
}

export const refusal = (status: string, message: string, fields: JsonObject = {}): ToolAnswer => ({
  status,
  message,
  fields,
})
