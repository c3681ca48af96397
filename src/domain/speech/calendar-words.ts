import type { Weekday } from '../time.ts'
import { wordMap, wordSet } from './fold.ts'

/** Weekdays in both languages, also as "every Friday" is said ("freitags", "Fridays"). */
export const weekdayWords: ReadonlyMap<string, Weekday> = wordMap<Weekday>([
  [1, 'montag montags monday mondays mon'],
  [2, 'dienstag dienstags tuesday tuesdays tue tues'],
  [3, 'mittwoch mittwochs wednesday wednesdays wed weds'],
  [4, 'donnerstag donnerstags thursday thursdays thu thur thurs'],
  [5, 'freitag freitags friday fridays fri'],
  [6, 'samstag samstags sonnabend sonnabends saturday saturdays sat'],
  [7, 'sonntag sonntags sunday sundays sun'],
])

/** Two letters that are also ordinary words ("so gegen zehn", "do you have"): a weekday only where one can stand. */
export const shortWeekdays: ReadonlyMap<string, Weekday> = wordMap<Weekday>([
  [1, 'mo'],
  [2, 'di'],
  [3, 'mi'],
  [4, 'do'],
  [5, 'fr'],
  [6, 'sa'],
  [7, 'so'],
])

export const germanWeekday =
  /^(?:mon|diens|donners|frei|sams|sonn)tags?$|^mittwochs?$|^sonnabends?$|^(?:mo|di|mi|do|fr|sa|so)$/

export const monthWords: ReadonlyMap<string, number> = wordMap([
  [1, 'januar january jan jänner'],
  [2, 'februar february feb feber'],
  [3, 'märz march mar mär mrz'],
  [4, 'april apr'],
  [5, 'mai may'],
  [6, 'juni june jun juno'],
  [7, 'juli july jul julei'],
  [8, 'august aug'],
  [9, 'september sept sep'],
  [10, 'oktober october okt oct'],
  [11, 'november nov'],
  [12, 'dezember december dez dec'],
])

/** Days counted from today. `morgen` is here; where it means the morning is for the grammar to see. */
export const relativeDays: ReadonlyMap<string, number> = wordMap([
  [-2, 'vorgestern'],
  [-1, 'gestern yesterday'],
  [0, 'heute heut heutige heutigen today'],
  [1, 'morgen morgige morgigen tomorrow tmrw'],
  [2, 'übermorgen'],
])

/** Days that have a name and the same date every year: month and day. */
export const feastDays: ReadonlyMap<string, readonly [number, number]> = wordMap<readonly [number, number]>([
  [[1, 1], 'neujahr'],
  [[12, 24], 'heiligabend'],
  [[12, 31], 'silvester'],
])

export type Modifier = 'this' | 'next' | 'after-next' | 'last'
export const modifiers: ReadonlyMap<string, Modifier> = wordMap<Modifier>([
  ['this', 'dieser diese diesen diesem dieses this'],
  [
    'next',
    'nächster nächste nächsten nächstem nächstes kommender kommende kommenden kommendem kommendes next coming upcoming',
  ],
  ['after-next', 'übernächster übernächste übernächsten übernächstem übernächstes'],
  ['last', 'letzter letzte letzten letztem letztes vergangener vergangene vergangenen voriger vorige vorigen last'],
])

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'fortnight' | 'month' | 'year'
export const unitWords: ReadonlyMap<string, Unit> = wordMap<Unit>([
  ['minute', 'minute minuten minutes min'],
  ['hour', 'stunde stunden hour hours'],
  ['day', 'tag tage tagen day days'],
  ['week', 'woche wochen week weeks'],
  ['fortnight', 'fortnight fortnights'],
  ['month', 'monat monate monaten monats month months'],
  ['year', 'jahr jahre jahren jahres year years'],
])

/** Words of a date that name no day: these become a question. */
export const vagueWords = wordSet(`
  wochenende weekend werktags wochentags weekdays monatsende monatsanfang monatsmitte wochenanfang wochenmitte jahresende nächstmöglich nächstmögliche nächstmöglicher nächstmöglichen frühestmöglich schnellstmöglich
  baldmöglichst schnell bald demnächst asap soon`)

/** A stretch of a week, a month or a year, before it: "Anfang nächster Woche", "end of the month". */
export const stretchWords = wordSet('anfang mitte ende beginning start mid middle end early late unter')

/** What follows "next" or "first" where no date is meant: "der nächste freie Termin". */
export const notADayAfter = wordSet(`
  termin termine freie freier freien freies mögliche möglicher möglichen tag tage day one available appointment slot
  opening gelegenheit opportunity mal time woche week wochen`)
