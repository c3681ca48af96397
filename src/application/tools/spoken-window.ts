import type { LanguageCode } from '../../domain/company.ts'
import { spokenDate, spokenTime } from '../../domain/speech/say.ts'
import type { DayWindow } from '../../domain/speech/understand-when.ts'
import type { LocalDate } from '../../domain/time.ts'
import { infoPhrases } from './phrases-info.ts'

/** `Dienstag, den 24. November zwischen 9 Uhr und 12 Uhr`. */
export const spokenWindow = (language: LanguageCode, date: LocalDate, { from, to }: DayWindow): string =>
  infoPhrases[language].partOfDay(
    spokenDate(language, date),
    from === 0 ? undefined : spokenTime(language, from),
    to === 1440 ? undefined : spokenTime(language, to),
  )
