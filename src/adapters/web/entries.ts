import type { Result } from 'neverthrow'
import type { Alternative, Failure, InvalidInput } from '../../application/failure.ts'
import type { Slot } from '../../domain/booking/availability.ts'
import { canDo, isOfferedAt } from '../../domain/booking/catalogue.ts'
import type { Branch, CompanyProfile } from '../../domain/company.ts'
import {
  type Instant,
  instantAt,
  type LocalDate,
  localMoment,
  parseInstant,
  parseLocalDate,
  parseMinuteOfDay,
  type TimeZone,
} from '../../domain/time.ts'
import { emailText, personNotes, personText } from '../http/api/schemas.ts'
import { textOf } from './door-routes.ts'
import type { BookingChoice, BookingEntry, BookingMistakes } from './pages/booking-form.tsx'
import type { FreeDay } from './pages/times.tsx'
import type { Words } from './words/words.ts'

/** A day as asked for, never one that is over. */
export const dayOf = (fields: unknown, branch: Branch, now: Instant): LocalDate => {
  const today = localMoment(now, branch.timeZone).date
  const asked = parseLocalDate(textOf(fields, 'to') || textOf(fields, 'date')).unwrapOr(today)
  return asked < today ? today : asked
}

/** A moment from one of the buttons; undefined when none was pressed. */
export const momentOf = (fields: unknown): Instant | undefined => {
  const at = parseInstant(textOf(fields, 'instead') || textOf(fields, 'at'))
  return at.isOk() ? at.value : undefined
}

/** What a field for the day and one for the time of day say together; undefined when they say nothing. */
export const wallMoment = (date: string, time: string, zone: TimeZone): Instant | undefined => {
  const [day, minute] = [parseLocalDate(date), parseMinuteOfDay(time)]
  return day.isOk() && minute.isOk() ? instantAt(day.value, minute.value, zone) : undefined
}

/** What is chosen so far, completed with the first of everything; undefined when there is no branch. */
export const wishOf = (
  fields: unknown,
  { branches, services, staff }: CompanyProfile,
  now: Instant,
): (Omit<BookingChoice, 'free'> & { readonly date: LocalDate }) | undefined => {
  const branch = branches.find(({ slug }) => slug === textOf(fields, 'branch')) ?? branches[0]
  if (!branch) return undefined
  const offered = services.filter((one) => isOfferedAt(one, branch))
  const service = offered.find(({ slug }) => slug === textOf(fields, 'service')) ?? offered[0]
  const able = service ? staff.filter((one) => canDo(one, service, branch)) : []
  return {
    branch,
    services: offered,
    service,
    able,
    staff: able.find(({ slug }) => slug === textOf(fields, 'staff')),
    at: momentOf(fields),
    date: dayOf(fields, branch, now),
  }
}

export const freeDayOf = (
  found: Result<{ readonly slots: readonly Slot[] }, Pick<Failure, 'kind'>> | undefined,
  { branch, date }: { readonly branch: Branch; readonly date: LocalDate },
): FreeDay => {
  const slots = found === undefined ? [] : found.isOk() ? found.value.slots : nothing(found.error)
  return { date, zone: branch.timeZone, slots }
}

const nothing = ({ kind }: Pick<Failure, 'kind'>): 'unreachable' | readonly [] =>
  kind === 'calendar-unreachable' ? 'unreachable' : []

export const entryOf = (fields: unknown): BookingEntry => ({
  name: textOf(fields, 'name').trim(),
  phone: textOf(fields, 'phone').trim(),
  email: textOf(fields, 'email').trim(),
  notes: notesOf(fields, 'notes'),
})

export const notesOf = (fields: unknown, name: string): string => textOf(fields, name).replace(/\r\n/g, '\n').trim()

export const emptyEntry: BookingEntry = entryOf({})

/** What can be seen without asking anybody. */
export const mistakesOf = (entry: BookingEntry, at: Instant | undefined, { wrong }: Words): BookingMistakes => ({
  ...(personText(200).safeParse(entry.name).success ? {} : { name: wrong.name }),
  ...(entry.email === '' || emailText.safeParse(entry.email).success ? {} : { email: wrong.email }),
  ...(personNotes(2000).safeParse(entry.notes).success ? {} : { notes: wrong.notes }),
  ...(at === undefined ? { at: wrong.at } : {}),
})

/** Nothing, or the reason in words for people. */
export const reasonMistake = (reason: string, { wrong }: Words): { readonly reason?: string } =>
  personNotes(500).safeParse(reason).success ? {} : { reason: wrong.reason }

export interface Refusal {
  readonly status: number
  readonly wrong: BookingMistakes & { readonly reason?: string }
  readonly alternatives: readonly Alternative[] | undefined
}

type Refused = Extract<
  Failure,
  { kind: 'invalid-input' | 'slot-taken' | 'time-not-bookable' | 'calendar-unreachable' | 'already-over' }
>

/** A no of the application, beside the field that it is about. */
export const refusalOf = (failure: Refused, { wrong }: Words): Refusal => {
  switch (failure.kind) {
    case 'slot-taken':
      return { status: 409, wrong: { at: wrong.taken }, alternatives: failure.alternatives }
    case 'time-not-bookable':
      return { status: 422, wrong: { at: wrong[failure.reason] }, alternatives: failure.alternatives }
    case 'calendar-unreachable':
      return { status: 503, wrong: { all: wrong.unreachable }, alternatives: undefined }
    case 'already-over':
      return { status: 409, wrong: { all: wrong.over }, alternatives: undefined }
    case 'invalid-input':
      return { status: 422, wrong: fieldsOf(failure, wrong), alternatives: undefined }
  }
}

/** By the pointer of each mistake; one without a field here is told above all. */
export const fieldsOf = <Field extends string>(
  { errors }: InvalidInput,
  words: { readonly [F in Field]: string } & { readonly summary: string },
): { readonly [F in Field | 'all']?: string } => {
  const known = (name: string): name is Field => Object.hasOwn(words, name)
  const told: { [F in Field | 'all']?: string } = {}
  for (const { pointer } of errors) {
    const name = pointer.slice(1)
    Object.assign(told, known(name) ? { [name]: words[name] } : { all: words.summary })
  }
  return told
}
