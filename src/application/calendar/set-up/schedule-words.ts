import type { ScheduleFinding } from '../../../domain/booking/schedule.ts'
import type { LanguageCode } from '../../../domain/company.ts'
import type { SaidFinding } from './finding-words.ts'

type Zone = Extract<ScheduleFinding, { readonly code: 'zone' }>
type Empty = Extract<ScheduleFinding, { readonly code: 'no-hours' }>

const placesOf = ({ branches }: Zone): string =>
  branches.map(({ name, timeZone }) => `${name} (${timeZone})`).join(', ')

const en = {
  none: {
    found: 'The calendar shows no schedule to this key, so its own event types are never free.',
    cure: 'Make one in Cal.com under availability, or use the API key of somebody who has one.',
  },
  'no-hours': ({ schedule, staff }: Empty) => ({
    found: `The schedule “${schedule}”${staff === undefined ? '' : ` of ${staff}`} has no working hours, so it is never free.`,
    cure: 'Enter the working hours in Cal.com under availability.',
  }),
  zone: (finding: Zone) => ({
    found: `The schedule “${finding.schedule}”${finding.staff === undefined ? '' : ` of ${finding.staff}`} is in ${finding.zone}, not in the time zone of ${placesOf(finding)}, so other times are free than are meant.`,
    cure: 'Give the schedule the time zone of the branch in Cal.com, or give its event types a schedule that has it.',
  }),
}

const de: typeof en = {
  none: {
    found: 'Der Kalender zeigt diesem Schlüssel keinen Arbeitsplan, deshalb sind seine eigenen Ereignistypen nie frei.',
    cure: 'Legen Sie in Cal.com unter Verfügbarkeit einen an, oder verwenden Sie den Schlüssel einer Person, die einen hat.',
  },
  'no-hours': ({ schedule, staff }) => ({
    found: `Der Arbeitsplan „${schedule}“${staff === undefined ? '' : ` von ${staff}`} hat keine Arbeitszeiten und ist deshalb nie frei.`,
    cure: 'Tragen Sie die Arbeitszeiten in Cal.com unter Verfügbarkeit ein.',
  }),
  zone: (finding) => ({
    found: `Der Arbeitsplan „${finding.schedule}“${finding.staff === undefined ? '' : ` von ${finding.staff}`} gilt in ${finding.zone}, nicht in der Zeitzone von ${placesOf(finding)}. Frei sind deshalb andere Zeiten als gemeint.`,
    cure: 'Geben Sie dem Arbeitsplan in Cal.com die Zeitzone der Filiale, oder den Ereignistypen einen Arbeitsplan, der sie hat.',
  }),
}

export const sayScheduleFinding = (finding: ScheduleFinding, language: LanguageCode): SaidFinding => {
  const said = language === 'de' ? de : en
  if (finding.code === 'none') return said.none
  return finding.code === 'zone' ? said.zone(finding) : said['no-hours'](finding)
}
