import type { LanguageCode } from '../../domain/company.ts'
import { type Country, nationalSpelling, parseCallerNumber } from '../../domain/phone-number.ts'
import {
  addDays,
  type Instant,
  instantAt,
  type LocalDate,
  localMoment,
  MINUTE,
  SECOND,
  type TimeZone,
} from '../../domain/time.ts'

/** How people of a language read figures and times of a zone. */
export interface Reading {
  readonly language: LanguageCode
  readonly zone: TimeZone
}

const locales: { readonly [Code in LanguageCode]: string } = { de: 'de-DE', en: 'en-GB' }

const formats = new Map<string, Intl.DateTimeFormat>()
const dateFormat = (language: LanguageCode, zone: string, options: Intl.DateTimeFormatOptions) => {
  const key = `${language} ${zone} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locales[language], { timeZone: zone, ...options })
  formats.set(key, made)
  return made
}

const hourMinute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** `14:32` */
export const clockTime = (at: Instant, { language, zone }: Reading): string =>
  dateFormat(language, zone, hourMinute).format(at)

/** `14:26:02` */
export const clockSeconds = (at: Instant, { language, zone }: Reading): string =>
  dateFormat(language, zone, { ...hourMinute, second: '2-digit' }).format(at)

const shortDays = {
  de: (weekday: string, day: string, month: string) => `${weekday.replace('.', '')} ${day}.${month}.`,
  en: (weekday: string, day: string, month: string) => `${weekday} ${day} ${month}`,
}

/** `Fr 5.12.` or `Fri 5 Dec` */
export const shortDay = (at: Instant, { language, zone }: Reading): string => {
  const month = language === 'de' ? 'numeric' : 'short'
  const parts = dateFormat(language, zone, { weekday: 'short', day: 'numeric', month }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  return shortDays[language](part('weekday'), part('day'), part('month'))
}

/** `Fr 5.12. 10:30` */
export const dayAndTime = (at: Instant, reading: Reading): string =>
  `${shortDay(at, reading)} ${clockTime(at, reading)}`

/** `Mittwoch, 3. Dezember`, with the year where it is not this one. */
export const longDay = (date: LocalDate, language: LanguageCode, today: LocalDate): string => {
  const sameYear = date.slice(0, 4) === today.slice(0, 4)
  return dateFormat(language, 'UTC', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(instantAt(date, 0, 'UTC' as TimeZone))
}

const relative: { readonly [Code in LanguageCode]: { readonly now: string; readonly before: (n: number) => string } } =
  {
    de: { now: 'gerade eben', before: (minutes) => `vor ${minutes} Min.` },
    en: { now: 'just now', before: (minutes) => `${minutes} min ago` },
  }

/** `gerade eben`, `vor 12 Min.`; undefined once it is half an hour ago, for then the clock says more. */
export const recently = (at: Instant, now: Instant, language: LanguageCode): string | undefined => {
  const minutes = Math.floor((now - at) / MINUTE)
  if (minutes >= 30 || now < at - MINUTE) return undefined
  return minutes < 1 ? relative[language].now : relative[language].before(minutes)
}

/** `14:32` today, `Mo 1.12. 14:32` on other days. */
export const moment = (at: Instant, now: Instant, reading: Reading): string =>
  localMoment(at, reading.zone).date === localMoment(now, reading.zone).date
    ? clockTime(at, reading)
    : dayAndTime(at, reading)

const nearDays: { readonly [Code in LanguageCode]: readonly [string, string, string] } = {
  de: ['Gestern', 'Heute', 'Morgen'],
  en: ['Yesterday', 'Today', 'Tomorrow'],
}

/** `Heute, Mittwoch, 3. Dezember` */
export const dayTitle = (date: LocalDate, today: LocalDate, language: LanguageCode): string => {
  const near = [addDays(today, -1), today, addDays(today, 1)].indexOf(date)
  const long = longDay(date, language, today)
  return near === -1 ? long : `${nearDays[language][near]}, ${long}`
}

/** `1:58`, `1:02:03` */
export const duration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / SECOND))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** `38 ms`, `3,1 s` */
export const milliseconds = (ms: number, language: LanguageCode): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${number(ms / 1000, language, 1)} s`

export const number = (value: number, language: LanguageCode, decimals = 0): string =>
  new Intl.NumberFormat(locales[language], { maximumFractionDigits: decimals }).format(value)

/** `66 %` of a share between 0 and 1. */
export const percent = (share: number, language: LanguageCode): string =>
  new Intl.NumberFormat(locales[language], { style: 'percent', maximumFractionDigits: 0 }).format(share)

/** `+12 %`; undefined when there was nothing to compare with. */
export const change = (now: number, before: number, language: LanguageCode): string | undefined =>
  before === 0
    ? undefined
    : new Intl.NumberFormat(locales[language], {
        style: 'percent',
        maximumFractionDigits: 0,
        signDisplay: 'exceptZero',
      }).format(now / before - 1)

/** `0,26 $` of millionths of the major unit. */
export const money = (micros: number, currency: string, language: LanguageCode): string =>
  new Intl.NumberFormat(locales[language], { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
    micros / 1_000_000,
  )

/** A number as people of the country write it; undefined where the caller hid it. */
export const phone = (sent: string | undefined, country: Country): string | undefined => {
  const caller = parseCallerNumber(sent, country)
  return caller.kind === 'visible' ? nationalSpelling(caller.number, country) : undefined
}
