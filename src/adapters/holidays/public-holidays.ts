import Calendar, { type HolidaysTypes } from 'date-holidays'
import type { PublicHolidays } from '../../application/ports/holidays.ts'
import type { Holiday, Holidays } from '../../domain/opening-hours.ts'
import { addDays, HOUR, type LocalDate } from '../../domain/time.ts'

type Year = ReadonlyMap<LocalDate, Holiday>

const split = (region: string) => region.split('-', 2) as [country: string, part?: string]

const regionsOf = (country: string): readonly string[] => {
  const calendar = new Calendar()
  if (!Object.hasOwn(calendar.getCountries(), country)) return []
  return [country, ...Object.keys(calendar.getStates(country) ?? {}).map((part) => `${country}-${part}`)]
}

/** `Weihnachten (Ersatztag)` is said without what stands in brackets, `1. Weihnachtstag` as a word. */
const spoken = (name: string): string =>
  name.replace(/ \(.*\)$/, '').replace(/^([12])\. /, (_, which) => (which === '1' ? 'Erster ' : 'Zweiter '))

/** How many whole days a holiday lasts. Clocks may be moved on one, and some begin on the evening before. */
const daysOf = ({ start, end }: HolidaysTypes.Holiday): number =>
  Math.max(1, Math.floor((end.getTime() - start.getTime() + HOUR) / (24 * HOUR)))

const beginsWithItsDay = ({ date }: HolidaysTypes.Holiday): boolean => date.slice(11, 16) === '00:00'

/** The days of all holidays that begin in a year; the last of them may lie in the next one. */
const daysFrom = (calendar: Calendar, year: number): readonly (readonly [LocalDate, Holiday])[] => {
  const english = new Map(calendar.getHolidays(year, 'en').map((one) => [one.rule + one.date, one.name]))
  return calendar
    .getHolidays(year, 'de')
    .filter(beginsWithItsDay)
    .flatMap((one) => {
      const name = { de: spoken(one.name), en: spoken(english.get(one.rule + one.date) ?? one.name) }
      return Array.from({ length: daysOf(one) }, (_, day) => {
        return [addDays(one.date.slice(0, 10) as LocalDate, day), { name }] as const
      })
    })
}

const holidaysOf = (region: string): Holidays => {
  const [country, part] = split(region)
  const calendar = part === undefined ? new Calendar(country, publicOnly) : new Calendar(country, part, publicOnly)
  const years = new Map<string, Year>()
  const yearOf = (text: string): Year => {
    const known = years.get(text)
    if (known) return known
    const year = Number(text)
    // Of two holidays on one day the first gives its name.
    const found = new Map([...daysFrom(calendar, year - 1), ...daysFrom(calendar, year)].toReversed())
    years.set(text, found)
    return found
  }
  return (date) => yearOf(date.slice(0, 4)).get(date)
}

const publicOnly = { types: ['public'] } satisfies HolidaysTypes.Options

/** The days off of every country and its parts, as the library `date-holidays` knows them. */
export const publicHolidays = (): PublicHolidays => {
  const known = new Map<string, Holidays | undefined>()
  return {
    of: (region) => {
      if (!known.has(region)) {
        const exists = regionsOf(split(region)[0]).includes(region)
        known.set(region, exists ? holidaysOf(region) : undefined)
      }
      return known.get(region)
    },
    regionsOf,
  }
}
