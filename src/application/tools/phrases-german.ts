import type { Phrases } from './phrases.ts'

const withStaff = (staff: string | undefined): string => (staff === undefined ? '' : ` bei ${staff}`)
const instead = (options: string | undefined, otherwise: string): string =>
  options === undefined ? otherwise : `Ich hätte ${options} für Sie.`

/** Nobody is promised a call without a number to ring. */
const callBack = (reachable: boolean): string =>
  reachable ? 'Sollen wir Sie zurückrufen?' : 'Unter welcher Nummer dürfen wir Sie zurückrufen?'

export const german: Phrases = {
  greeting: (branch) => `${branch}, guten Tag. Was kann ich für Sie tun?`,
  ready: (day, time) => `Heute haben wir ${day}, es ist ${time}.`,
  found: (name) => `Guten Tag, ${name}. Was kann ich für Sie tun?`,
  newCustomer: 'Guten Tag. Was kann ich für Sie tun?',
  anonymous: 'Guten Tag. Was kann ich für Sie tun?',
  available: (when, service, staff) =>
    `Ja, ${when} ist für ${service}${withStaff(staff)} noch frei. Soll ich den Termin für Sie buchen?`,
  unavailable: (when, options, staff) =>
    `${capital(when)} ist${withStaff(staff)} leider nicht frei. ${instead(options, 'Möchten Sie an einem anderen Tag kommen?')}`,
  closed: (when, options) =>
    `${capital(when)} haben wir leider nicht geöffnet. ${instead(options, 'Wann würde es Ihnen sonst passen?')}`,
  pastTime: (options) =>
    `Dieser Zeitpunkt ist leider schon vorbei. ${instead(options, 'Wann würde es Ihnen sonst passen?')}`,
  noticeTooShort: (options) =>
    `Das ist leider zu kurzfristig. ${instead(options, 'Wann würde es Ihnen sonst passen?')}`,
  beyondWindow: (days) =>
    `So weit im Voraus kann ich leider noch nichts buchen, nur für die nächsten ${days} Tage. Welcher frühere Tag würde Ihnen passen?`,
  options: (options, several) =>
    `Ich hätte ${options} für Sie. ${several ? 'Was passt Ihnen am besten?' : 'Passt Ihnen das?'}`,
  needsTime: (day, options) =>
    `Zu welcher Uhrzeit möchten Sie ${day} kommen?${options === undefined ? '' : ` Ich könnte Ihnen zum Beispiel ${options} anbieten.`}`,
  noAvailability: (reachable) => `In den nächsten zwei Wochen ist dafür leider nichts frei. ${callBack(reachable)}`,
  needsService: (services) =>
    `Welche Leistung wünschen Sie?${services === undefined ? '' : ` Wir bieten zum Beispiel ${services} an.`}`,
  whichService: (services) => `Meinen Sie ${services}?`,
  notOfferedHere: (service, branches) =>
    `${service} bieten wir hier leider nicht an, aber in ${branches}. Möchten Sie dort einen Termin oder hier etwas anderes?`,
  needsDate: 'Für welchen Tag möchten Sie den Termin?',
  dateDisagrees: (options) => `Wochentag und Datum passen nicht zusammen. Meinen Sie ${options}?`,
  whichOne: (options) => `Meinen Sie ${options}?`,
  notUnderstood: 'Das habe ich leider nicht verstanden. Welchen Tag und welche Uhrzeit meinen Sie?',
  staffCannot: (staff, service, who) =>
    `${staff} kann ${service} hier leider nicht übernehmen.${who === undefined ? ' Darf es jemand anderes sein?' : ` Möglich wäre es bei ${who}.`}`,
  alreadyBooked: (when, service, attendee) =>
    `${attendee === undefined ? 'Sie haben' : `${attendee} hat`} ${when} bereits einen Termin für ${service}. Möchten Sie ihn verschieben oder einen weiteren vereinbaren?`,
  booked: (when, service, staff) => `Ihr Termin für ${service}${withStaff(staff)} ist gebucht: ${when}.`,
  slotTaken: (options) =>
    `Dieser Termin ist leider nicht mehr frei. ${instead(options, 'Wann würde es Ihnen sonst passen?')}`,
  needsName: 'Auf welchen Namen darf ich den Termin eintragen?',
  needsEmail: 'Für diesen Termin brauche ich noch Ihre E-Mail-Adresse. Wie lautet sie?',
  whichEmail: 'Ihre E-Mail-Adresse habe ich leider nicht verstanden. Würden Sie sie bitte noch einmal langsam sagen?',
  needsConfirmation: (when, service, staff) =>
    `Ich würde dann ${service}${withStaff(staff)} eintragen, ${when}. Ist das richtig so?`,
  bookingNotOffered: 'Termine vergeben wir am Telefon leider nicht. Ich nehme aber gern eine Nachricht für Sie auf.',
  needsBranch: (branches) => `Für welche Filiale möchten Sie den Termin: ${branches}?`,
  unknownCall: 'Dabei kann ich Ihnen im Moment leider nicht weiterhelfen. Es wurde nichts gebucht.',
  unknownTool: 'Das kann ich im Moment leider nicht für Sie erledigen. Es wurde nichts gebucht oder geändert.',
  calendarUnreachable: (reachable) =>
    `An unseren Kalender komme ich gerade leider nicht heran, deshalb kann ich Ihnen nichts fest zusagen. ${callBack(reachable)}`,
  pending: (when, service, staff) =>
    `Ich habe ${service}${withStaff(staff)} für ${when} vorgemerkt, unser Kalender hat den Termin aber noch nicht bestätigt. Wir bestätigen ihn Ihnen, sobald er fest eingetragen ist.`,
  awaitsAcceptance: (when, service, staff) =>
    `Ich habe ${service}${withStaff(staff)} für ${when} vorgemerkt, der Termin muss aber noch angenommen werden. Wir bestätigen ihn Ihnen, sobald er feststeht.`,
  mailed: 'Die Bestätigung haben wir Ihnen per E-Mail geschickt.',
  technical:
    'Das kann ich Ihnen gerade leider nicht sicher sagen, und ich möchte Ihnen nichts Falsches sagen. Darf ich noch einmal nachsehen?',
  movingOn: 'Das habe ich gerade schon für Sie nachgesehen. Sagen Sie mir bitte, wie ich Ihnen sonst helfen kann.',
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
