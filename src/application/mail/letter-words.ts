import type { AppointmentSource } from '../../domain/booking/appointment.ts'
import type { AppointmentNews } from '../../domain/booking/news.ts'
import type { LanguageCode } from '../../domain/company.ts'

export type LetterKind = AppointmentNews | 'reminder'

/** What letters about appointments say, in one language. */
export interface LetterPhrases {
  readonly greeting: (name: string) => string
  readonly farewell: (branch: string) => string
  readonly callUs: (number: string) => string
  readonly newOne: (number: string) => string
  readonly toCustomer: {
    readonly [Kind in LetterKind]: { readonly title: string; readonly opening: (branch: string) => string }
  }
  readonly toStaff: { readonly [News in AppointmentNews]: string }
  readonly labels: {
    readonly [Label in
      | 'when'
      | 'before'
      | 'service'
      | 'staff'
      | 'price'
      | 'branch'
      | 'attendee'
      | 'customer'
      | 'source'
      | 'notes'
      | 'reason']: string
  }
  readonly sources: { readonly [Source in AppointmentSource]: string }
}

export const letterWords: { readonly [Language in LanguageCode]: LetterPhrases } = {
  de: {
    greeting: (name) => `Guten Tag ${name},`,
    farewell: (branch) => `Freundliche Grüße\n${branch}`,
    callUs: (number) => `Möchten Sie den Termin verlegen oder absagen, rufen Sie uns bitte an: ${number}.`,
    newOne: (number) => `Für einen neuen Termin rufen Sie uns gern an: ${number}.`,
    toCustomer: {
      confirmed: { title: 'Ihr Termin', opening: (branch) => `Ihr Termin bei ${branch} ist bestätigt.` },
      moved: { title: 'Ihr Termin ist verlegt', opening: (branch) => `Ihr Termin bei ${branch} ist verlegt.` },
      cancelled: { title: 'Ihr Termin ist abgesagt', opening: (branch) => `Ihr Termin bei ${branch} ist abgesagt.` },
      reminder: {
        title: 'Erinnerung an Ihren Termin',
        opening: (branch) => `Wir erinnern Sie an Ihren Termin bei ${branch}.`,
      },
    },
    toStaff: { confirmed: 'Neuer Termin', moved: 'Termin verlegt', cancelled: 'Termin abgesagt' },
    labels: {
      when: 'Wann',
      before: 'Bisher',
      service: 'Leistung',
      staff: 'Bei',
      price: 'Preis',
      branch: 'Wo',
      attendee: 'Für',
      customer: 'Kunde',
      source: 'Gebucht über',
      notes: 'Notiz',
      reason: 'Grund',
    },
    sources: { phone: 'Telefon', dashboard: 'Oberfläche', calendar: 'Kalender', api: 'Schnittstelle' },
  },
  en: {
    greeting: (name) => `Dear ${name},`,
    farewell: (branch) => `Kind regards\n${branch}`,
    callUs: (number) => `To move or cancel the appointment, please call us: ${number}.`,
    newOne: (number) => `For a new appointment, please call us: ${number}.`,
    toCustomer: {
      confirmed: { title: 'Your appointment', opening: (branch) => `Your appointment at ${branch} is confirmed.` },
      moved: { title: 'Your appointment was moved', opening: (branch) => `Your appointment at ${branch} was moved.` },
      cancelled: {
        title: 'Your appointment is cancelled',
        opening: (branch) => `Your appointment at ${branch} is cancelled.`,
      },
      reminder: {
        title: 'A reminder of your appointment',
        opening: (branch) => `This is a reminder of your appointment at ${branch}.`,
      },
    },
    toStaff: { confirmed: 'New appointment', moved: 'Appointment moved', cancelled: 'Appointment cancelled' },
    labels: {
      when: 'When',
      before: 'Before',
      service: 'Service',
      staff: 'With',
      price: 'Price',
      branch: 'Where',
      attendee: 'For',
      customer: 'Customer',
      source: 'Booked by',
      notes: 'Note',
      reason: 'Reason',
    },
    sources: { phone: 'telephone', dashboard: 'dashboard', calendar: 'calendar', api: 'programming interface' },
  },
}
