import { DAY, HOUR, MINUTE } from '../time.ts'
import type { Language } from './language.ts'

const units = {
  de: { minute: ['eine Minute', 'Minuten'], hour: ['eine Stunde', 'Stunden'], day: ['einen Tag', 'Tage'] },
  en: { minute: ['one minute', 'minutes'], hour: ['one hour', 'hours'], day: ['one day', 'days'] },
} as const

const nearly = { de: { below: 'knapp', above: 'gut' }, en: { below: 'just under', above: 'just over' } } as const

/**
 * A time that is left, as people say it: `knapp 22 Stunden`, `just over 3 days`, `25 Minuten`. Never off by more than
 * half of the unit that is said.
 */
export const spokenRemaining = (language: Language, milliseconds: number): string => {
  const minutes = Math.max(1, Math.round(milliseconds / MINUTE))
  if (minutes < 60) return counted(units[language].minute, minutes)
  const unit = minutes < 48 * 60 ? 'hour' : 'day'
  const size = unit === 'hour' ? HOUR : DAY
  const count = Math.round(milliseconds / size)
  const said = counted(units[language][unit], count)
  const beyond = milliseconds - count * size
  if (Math.abs(beyond) < MINUTE) return said
  return `${nearly[language][beyond < 0 ? 'below' : 'above']} ${said}`
}

const counted = ([one, many]: readonly [string, string], count: number): string =>
  count === 1 ? one : `${count} ${many}`
