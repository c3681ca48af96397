import type { Appointment } from '../../domain/booking/appointment.ts'
import { calendarEntry } from '../../domain/booking/calendar-entry.ts'
import { type AppointmentNews, changeNumber } from '../../domain/booking/news.ts'
import type { Branch, CompanyProfile, LanguageCode, Service, Staff } from '../../domain/company.ts'
import { nationalSpelling } from '../../domain/phone-number.ts'
import { spokenDate, spokenMoney, spokenTime } from '../../domain/speech/say.ts'
import { clockText, dateParts, type Instant, localMoment, type TimeZone } from '../../domain/time.ts'
import type { Customer } from '../ports/customers.ts'
import type { Mail } from '../ports/mailer.ts'
import { type LetterKind, letterWords } from './letter-words.ts'

/** All that a letter about an appointment speaks of. */
export interface LetterContext {
  readonly profile: CompanyProfile
  readonly appointment: Appointment
  readonly branch: Branch
  readonly service: Service
  readonly staff: Staff | undefined
  readonly customer: Customer | undefined
}

/** Undefined when the branch or the service is not there any more. */
export const contextOf = (
  profile: CompanyProfile,
  appointment: Appointment,
  customer: Customer | undefined,
): LetterContext | undefined => {
  const branch = profile.branches.find(({ id }) => id === appointment.branch)
  const service = profile.services.find(({ id }) => id === appointment.service)
  const staff = profile.staff.find(({ id }) => id === appointment.staff)
  return branch && service && { profile, appointment, branch, service, staff, customer }
}

/** `Mittwoch, den 3. Dezember 2026 um 10:30 Uhr`, `Wednesday, December 3rd, 2026 at 10:30 am`. */
export const writtenMoment = (language: LanguageCode, moment: Instant, zone: TimeZone): string => {
  const { date, minute } = localMoment(moment, zone)
  const { year } = dateParts(date)
  return language === 'de'
    ? `${spokenDate('de', date)} ${year} um ${clockText(minute)} Uhr`
    : `${spokenDate('en', date)}, ${year} at ${spokenTime('en', minute)}`
}

/** To the customer: what was agreed, how to change it, and an entry for their own calendar. */
export const letterToCustomer = (
  context: LetterContext,
  customer: Customer & { readonly email: string },
  kind: LetterKind,
  from: string,
): Mail => {
  const { profile, appointment, branch, service } = context
  const language = customer.language ?? profile.company.language
  const words = letterWords[language]
  const when = writtenMoment(language, appointment.startsAt, branch.timeZone)
  const isOver = kind === 'cancelled'
  const number = branch.phoneNumbers.find(({ active }) => active)?.number
  const callUs =
    number && words[isOver ? 'newOne' : 'callUs'](unbroken(nationalSpelling(number, profile.company.country)))
  const { title, opening } = words.toCustomer[kind]
  return {
    id: `${appointment.id}.${changeNumber(appointment)}.${kind === 'reminder' ? 'reminder' : 'customer'}`,
    to: customer.email,
    replyTo: branch.staffEmail[0] ?? profile.notifications.staffEmail[0],
    sender: branch.name,
    language,
    subject: `${title}: ${service.name}, ${when}`,
    content: [
      words.greeting(customer.name),
      opening(branch.name),
      details(context, language, kind),
      ...(callUs === undefined ? [] : [callUs]),
      words.farewell(branch.name),
    ],
    invitation:
      kind === 'reminder'
        ? undefined
        : {
            method: isOver ? 'CANCEL' : 'REQUEST',
            entry: calendarEntry(appointment, hostOf(from), {
              title: `${service.name}, ${branch.name}`,
              description: callUs ?? '',
              location: branch.name,
              organizer: { name: branch.name, email: from },
              attendee: { name: customer.name, email: customer.email },
            }),
          },
  }
}

/** To the team: what was booked, moved or cancelled, for whom, and how it came in. `position` tells the receivers apart. */
export const letterToStaff = (
  context: LetterContext,
  address: string,
  news: AppointmentNews,
  position: number,
): Mail => {
  const { profile, appointment, branch, service, customer } = context
  const language = profile.company.language
  const words = letterWords[language]
  const when = writtenMoment(language, appointment.startsAt, branch.timeZone)
  const number = customer?.phone && nationalSpelling(customer.phone, profile.company.country)
  const reason = news === 'confirmed' ? undefined : appointment.history.at(-1)?.reason
  return {
    id: `${appointment.id}.${changeNumber(appointment)}.staff-${position}`,
    to: address,
    replyTo: undefined,
    sender: profile.company.name,
    language,
    subject: `${words.toStaff[news]}: ${service.name}, ${when}`,
    content: [
      words.toStaff[news],
      [
        ...details(context, language, news),
        [words.labels.customer, [appointment.attendeeName, number].filter(Boolean).join(', ')],
        [words.labels.source, words.sources[appointment.source]],
        ...optional(words.labels.notes, appointment.notes),
        ...optional(words.labels.reason, reason),
      ],
    ],
    invitation: undefined,
  }
}

const unbroken = (number: string): string => number.replaceAll(' ', '\u00a0')

const hostOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

type Details = readonly (readonly [string, string])[]

const optional = (label: string, value: string | undefined): Details => (value ? [[label, value]] : [])

/** When and with whom it was before, as far as that is another time or another colleague. */
const placeBefore = ({ profile, appointment }: LetterContext, written: (moment: Instant) => string): string => {
  const { from, fromStaff } = appointment.history.at(-1) ?? {}
  const time = from === undefined || from === appointment.startsAt ? undefined : written(from)
  const colleague = fromStaff === appointment.staff ? undefined : profile.staff.find(({ id }) => id === fromStaff)?.name
  return [time, colleague].filter((one) => one !== undefined).join(', ')
}

const details = (context: LetterContext, language: LanguageCode, kind: LetterKind): Details => {
  const { profile, appointment, branch, service, staff, customer } = context
  const { labels } = letterWords[language]
  const written = (moment: Instant) => writtenMoment(language, moment, branch.timeZone)
  const price =
    service.price === undefined || kind === 'cancelled'
      ? undefined
      : spokenMoney(language, { amount: service.price, currency: profile.company.currency })
  return [
    [labels.when, written(appointment.startsAt)],
    ...optional(labels.before, kind === 'moved' ? placeBefore(context, written) : undefined),
    [labels.service, service.name],
    ...optional(labels.staff, staff?.name),
    ...optional(labels.price, price),
    [labels.branch, branch.name],
    ...optional(
      labels.attendee,
      customer && customer.name !== appointment.attendeeName ? appointment.attendeeName : undefined,
    ),
  ]
}
