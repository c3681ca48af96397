import type { Money } from '../money.ts'
import type { DayInterval } from '../opening-hours.ts'
import {
  dateParts,
  type Instant,
  type LocalDate,
  localMoment,
  type MinuteOfDay,
  type TimeZone,
  type Weekday,
  weekdayOf,
} from '../time.ts'
import type { Language } from './language.ts'

type Names = Readonly<Record<Language, readonly string[]>>

const weekdays: Names = {
  de: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}
const months: Names = {
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}

/** `Mittwoch`, `Wednesday`. */
export const weekdayName = (language: Language, weekday: Weekday): string => weekdays[language][weekday - 1] ?? ''

/** `Mittwoch, den 3. Dezember`, `Wednesday, December 3rd`; never the year. */
export const spokenDate = (language: Language, date: LocalDate): string => {
  const { month, day } = dateParts(date)
  const weekday = weekdayName(language, weekdayOf(date))
  const name = months[language][month - 1] ?? ''
  return language === 'de' ? `${weekday}, den ${day}. ${name}` : `${weekday}, ${name} ${englishOrdinal(day)}`
}

/** `10 Uhr 30`, `10:30 am`. */
export const spokenTime = (language: Language, minute: MinuteOfDay): string => {
  const hour = Math.floor(minute / 60)
  const rest = minute % 60
  if (language === 'de') return rest === 0 ? `${hour} Uhr` : `${hour} Uhr ${rest}`
  const clock = rest === 0 ? `${hour % 12 || 12}` : `${hour % 12 || 12}:${String(rest).padStart(2, '0')}`
  return `${clock} ${hour % 24 < 12 ? 'am' : 'pm'}`
}

/** `Mittwoch, den 3. Dezember um 10 Uhr 30`, `Wednesday, December 3rd at 10:30 am`: what the zone's clock shows then. */
export const spokenMoment = (language: Language, moment: Instant, zone: TimeZone): string => {
  const { date, minute } = localMoment(moment, zone)
  return `${spokenDate(language, date)} ${language === 'de' ? 'um' : 'at'} ${spokenTime(language, minute)}`
}

const joints = { de: { and: 'und', or: 'oder' }, en: { and: 'and', or: 'or' } } as const

/** `10 Uhr, 11 Uhr oder 12 Uhr`; nothing for an empty list. */
export const spokenList = (language: Language, items: readonly string[], joint: 'and' | 'or'): string => {
  const [last = '', ...before] = items.toReversed()
  return before.length === 0 ? last : `${before.toReversed().join(', ')} ${joints[language][joint]} ${last}`
}

const units = {
  de: { hour: ['Stunde', 'Stunden'], minute: ['Minute', 'Minuten'] },
  en: { hour: ['hour', 'hours'], minute: ['minute', 'minutes'] },
} as const

/** `55 Minuten`, `1 Stunde 30 Minuten`. */
export const spokenDuration = (language: Language, minutes: number): string => {
  const counted = (count: number, [one, many]: readonly [string, string]) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  const { hour, minute } = units[language]
  const parts = [...counted(Math.floor(minutes / 60), hour), ...counted(minutes % 60, minute)]
  return parts.length === 0 ? `0 ${minute[1]}` : parts.join(' ')
}

/** A currency's name in the singular and plural, and that of its hundredth. */
type CurrencyNames = Readonly<
  Record<Language, readonly [one: string, many: string, hundredth: readonly [string, string]]>
>

const currencies: { readonly [code: string]: CurrencyNames } = {
  EUR: { de: ['Euro', 'Euro', ['Cent', 'Cent']], en: ['euro', 'euros', ['cent', 'cents']] },
  CHF: { de: ['Franken', 'Franken', ['Rappen', 'Rappen']], en: ['franc', 'francs', ['centime', 'centimes']] },
  USD: { de: ['Dollar', 'Dollar', ['Cent', 'Cent']], en: ['dollar', 'dollars', ['cent', 'cents']] },
  GBP: { de: ['Pfund', 'Pfund', ['Penny', 'Pence']], en: ['pound', 'pounds', ['penny', 'pence']] },
}

/** `32 Euro`, `32 Euro 50`, `50 Cent`. A currency without a spoken name is said by its code; all count in hundredths. */
export const spokenMoney = (language: Language, { amount, currency }: Money): string => {
  const [one, many, hundredth] = currencies[currency]?.[language] ?? [currency, currency, undefined]
  const sign = amount < 0 ? 'minus ' : ''
  const major = Math.floor(Math.abs(amount) / 100)
  const minor = Math.abs(amount) % 100
  if (major === 0 && minor > 0 && hundredth) return `${sign}${minor} ${minor === 1 ? hundredth[0] : hundredth[1]}`
  const whole = `${sign}${major} ${major === 1 ? one : many}`
  return minor === 0 ? whole : `${whole} ${String(minor).padStart(2, '0')}`
}

/** The hours of one day: `9 bis 12 Uhr 30 und 14 bis 18 Uhr`, `9 am to 6 pm`, `geschlossen`. */
export const spokenHours = (language: Language, hours: readonly DayInterval[]): string => {
  if (hours.length === 0) return language === 'de' ? 'geschlossen' : 'closed'
  const spans = hours.map(({ opens, closes }) => {
    if (opens === 0 && closes === 1440) return language === 'de' ? 'rund um die Uhr' : 'around the clock'
    const from = spokenTime(language, opens)
    return language === 'de'
      ? `${opens % 60 === 0 ? opens / 60 : from} bis ${spokenTime('de', closes)}`
      : `${from} to ${spokenTime('en', closes)}`
  })
  return spokenList(language, spans, 'and')
}

const englishOrdinal = (day: number): string => {
  const teen = day >= 11 && day <= 13
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')
  return `${day}${ending}`
}
