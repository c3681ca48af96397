import type { LanguageCode } from '../../domain/company.ts'

interface SeriesPhrases {
  readonly howOften: string
  /** `isAll`: the misfits are named one and all. */
  readonly someDoNotFit: (first: string, fitting: number, misfits: string, isAll: boolean) => string
  /** Everything up to the end of the booking window is free; more was wanted. */
  readonly onlyUntil: (first: string, fitting: number, last: string) => string
  /** `missing`: what was wanted and is not among them. */
  readonly booked: (service: string, first: string, count: number, last: string, missing: MissingDays) => string
  /** The first one stands, and so many others, up to `last`, have yet to be confirmed by the calendar of the company. */
  readonly othersNoted: (service: string, first: string, noted: number, last: string, missing: MissingDays) => string
}

/** Days that did not fit, as far as they are named, and whether more was wanted than is booked ahead. */
export interface MissingDays {
  readonly misfits: { readonly list: string; readonly isAll: boolean } | undefined
  readonly isCut: boolean
}

const deMissing = ({ misfits, isCut }: MissingDays): string => {
  const without = misfits && `${misfits.isAll ? 'ohne' : 'unter anderem ohne'} ${misfits.list}`
  const until = isCut ? 'weiter im Voraus buchen wir noch nicht' : undefined
  return [without, until].flatMap((part) => (part === undefined ? [] : `, ${part}`)).join('')
}
const enMissing = ({ misfits, isCut }: MissingDays): string => {
  const without = misfits && `without ${misfits.list}${misfits.isAll ? '' : ' among others'}`
  const until = isCut ? 'and we do not book further ahead yet' : undefined
  return [without, until].flatMap((part) => (part === undefined ? [] : `, ${part}`)).join('')
}

const phrases: { readonly [L in LanguageCode]: SeriesPhrases } = {
  de: {
    howOften: 'Wie oft möchten Sie kommen: jede Woche, und wie viele Termine insgesamt?',
    someDoNotFit: (first, fitting, misfits, isAll) =>
      `Ab ${first} könnte ich Ihnen ${fitting === 1 ? 'nur diesen einen Termin' : `${fitting} Termine`} eintragen, ${isAll ? 'am' : 'unter anderem am'} ${misfits} geht es leider nicht. Soll ich die freien Termine buchen?`,
    onlyUntil: (first, fitting, last) =>
      `So weit im Voraus buchen wir noch nicht; ab ${first} wären es ${fitting} Termine, der letzte am ${last}. Soll ich diese buchen?`,
    booked: (service, first, count, last, missing) => {
      const which =
        count === 1
          ? [`Ihr Termin für ${service} ist gebucht`, `Er ist ${first}`]
          : [`Ihre ${count} Termine für ${service} sind gebucht`, `Der erste ist ${first}, der letzte ${last}`]
      return `${which.join('. ')}${deMissing(missing)}.`
    },
    othersNoted: (service, first, noted, last, missing) => {
      const others =
        noted === 1 ? `ein weiterer am ${last} ist vorgemerkt` : `${noted} weitere bis ${last} sind vorgemerkt`
      const confirm =
        noted === 1 ? 'ihn Ihnen, sobald er fest eingetragen ist' : 'sie Ihnen, sobald sie fest eingetragen sind'
      return `Ihr Termin für ${service} ist gebucht: ${first}; ${others}${deMissing(missing)}. Wir bestätigen ${confirm}.`
    },
  },
  en: {
    howOften: 'How often would you like to come: every week, and how many appointments in all?',
    someDoNotFit: (first, fitting, misfits, isAll) =>
      `From ${first} I could put you down for ${fitting === 1 ? 'only that one appointment' : `${fitting} appointments`}, but ${misfits}${isAll ? '' : ' among others'} will not work. Shall I book the ones that are free?`,
    onlyUntil: (first, fitting, last) =>
      `We do not book that far ahead yet; from ${first} it would be ${fitting} appointments, the last on ${last}. Shall I book those?`,
    booked: (service, first, count, last, missing) => {
      const which =
        count === 1
          ? [`Your appointment for ${service} is booked`, `It is ${first}`]
          : [`Your ${count} appointments for ${service} are booked`, `The first is ${first}, the last ${last}`]
      return `${which.join('. ')}${enMissing(missing)}.`
    },
    othersNoted: (service, first, noted, last, missing) => {
      const others = noted === 1 ? `one more on ${last} is noted` : `${noted} more until ${last} are noted`
      const confirm = noted === 1 ? 'it as soon as it is firmly entered' : 'them as soon as they are firmly entered'
      return `Your appointment for ${service} is booked: ${first}; ${others}${enMissing(missing)}. We will confirm ${confirm}.`
    },
  },
}

export const phrasesForSeries = (language: LanguageCode): SeriesPhrases => phrases[language]
