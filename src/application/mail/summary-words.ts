import type { CallOutcome } from '../../domain/calling/outcome.ts'
import type { LanguageCode } from '../../domain/company.ts'

/** What a call's summary says around the facts. */
interface SummaryWords {
  readonly subject: (who: string, outcome: string) => string
  readonly outcome: { readonly [Outcome in CallOutcome]: string }
  readonly hidden: string
  readonly caller: string
  readonly number: string
  readonly branch: string
  readonly when: string
  readonly duration: string
  readonly booked: string
  readonly moved: (from: string) => string
  readonly cancelled: string
  readonly callback: string
  readonly message: string
  readonly dueBy: (when: string) => string
  readonly unkept: string
  readonly withStaff: (name: string) => string
  readonly forWhom: (name: string) => string
  readonly open: (link: string) => string
}

export const summaryWords: { readonly [Code in LanguageCode]: SummaryWords } = {
  de: {
    subject: (who, outcome) => `Anruf von ${who}: ${outcome}`,
    outcome: {
      booked: 'Termin gebucht',
      rescheduled: 'Termin verschoben',
      cancelled: 'Termin abgesagt',
      callback: 'Rückruf gewünscht',
      information: 'Auskunft',
      none: 'ohne Ergebnis',
    },
    hidden: 'unterdrückte Nummer',
    caller: 'Anrufer',
    number: 'Nummer',
    branch: 'Filiale',
    when: 'Wann',
    duration: 'Dauer',
    booked: 'Gebucht',
    moved: (from) => `Verschoben (vorher ${from})`,
    cancelled: 'Abgesagt',
    callback: 'Rückruf',
    message: 'Nachricht',
    dueBy: (when) => `bis ${when}`,
    unkept: 'Vom Agenten ohne Beleg gesagt',
    withStaff: (name) => `bei ${name}`,
    forWhom: (name) => `für ${name}`,
    open: (link) => `Der ganze Anruf: ${link}`,
  },
  en: {
    subject: (who, outcome) => `Call from ${who}: ${outcome}`,
    outcome: {
      booked: 'appointment booked',
      rescheduled: 'appointment moved',
      cancelled: 'appointment cancelled',
      callback: 'callback wanted',
      information: 'information given',
      none: 'no outcome',
    },
    hidden: 'hidden number',
    caller: 'Caller',
    number: 'Number',
    branch: 'Branch',
    when: 'When',
    duration: 'Duration',
    booked: 'Booked',
    moved: (from) => `Moved (before: ${from})`,
    cancelled: 'Cancelled',
    callback: 'Callback',
    message: 'Message',
    dueBy: (when) => `by ${when}`,
    unkept: 'Said by the agent without a fact',
    withStaff: (name) => `with ${name}`,
    forWhom: (name) => `for ${name}`,
    open: (link) => `The whole call: ${link}`,
  },
}
