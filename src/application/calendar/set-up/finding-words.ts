import type { MappingFinding } from '../../../domain/booking/event-type-fit.ts'
import type { LanguageCode } from '../../../domain/company.ts'

/** A finding for people: what was found, and what to do about it. */
export interface SaidFinding {
  readonly found: string
  readonly cure: string
}

type Of<Code extends MappingFinding['code']> = Extract<MappingFinding, { readonly code: Code }>
type Sayings = { readonly [Code in MappingFinding['code']]: (finding: Of<Code>) => SaidFinding }

const en: Sayings = {
  unmapped: () => ({ found: 'No event type is chosen, so callers cannot book it.', cure: 'Choose one.' }),
  unknown: ({ eventType }) => ({
    found: `The calendar does not know the event type ${eventType}. It is of another account, or was deleted.`,
    cure: 'Choose one that this account has, or connect the account that it belongs to.',
  }),
  'managed-parent': () => ({
    found: 'This event type is a template of a team, which nobody can book.',
    cure: 'Choose the event type of a member instead.',
  }),
  length: ({ wanted, offered }) => ({
    found: `The appointment takes ${wanted} minutes, the event type ${offered.join(' or ')}.`,
    cure: 'Give both the same length, or add this length to those of the event type.',
  }),
  questions: ({ questions }) => ({
    found: `The event type has required questions that nobody answers on the phone: ${questions.join(', ')}.`,
    cure: 'Make these questions optional in Cal.com.',
  }),
  place: () => ({
    found:
      'The event type asks callers for an address. On the phone nobody types one, so bookings may lack it or fail.',
    cure: 'Put another place first in Cal.com, such as your own address or the caller’s phone number.',
  }),
  recurring: () => ({
    found: 'The event type books a series each time.',
    cure: 'Switch the repetition off in Cal.com; a series is booked here one appointment after the other.',
  }),
  seats: ({ seats }) => ({
    found: `The event type has ${seats} seats, so that calling one off would call off all.`,
    cure: 'Choose an event type without seats.',
  }),
  'verified-email': () => ({
    found: 'The event type asks for an e-mail address that was verified by a code.',
    cure: 'Switch the verification off in Cal.com.',
  }),
  'no-hosts': () => ({
    found: 'The event type belongs to a team and has no hosts, so it is never free.',
    cure: 'Add hosts in Cal.com.',
  }),
  'email-required': () => ({
    found: 'The event type demands an e-mail address. Callers who give only their phone number cannot book it.',
    cure: 'In Cal.com, under the booking questions, make phone required and e-mail optional.',
  }),
  notice: ({ minutes, policy }) => ({
    found: `The event type can be booked ${minutes} minutes ahead at the earliest, here ${policy} are enough.`,
    cure: 'Shorten the minimum notice in Cal.com, or raise min_notice_minutes here.',
  }),
  'not-hosts': ({ staff }) => ({
    found: `Wishes for ${staff.join(', ')} cannot be granted: they are no hosts and have no event type of their own.`,
    cure: 'Make them hosts and name their calcom_user_id, or give them an event type of their own.',
  }),
  login: () => ({
    found: 'The event type is for signed-in people only.',
    cure: 'Switch that off in Cal.com, or use the API key of one of its hosts.',
  }),
  shared: ({ services }) => ({
    found: `Also used for ${services.join(', ')}. A booking made in Cal.com does not tell which of them it is for.`,
    cure: 'Give each service an event type of its own.',
  }),
  confirmation: () => ({
    found: 'A host has to confirm each booking. Callers hear that it is noted and will be confirmed.',
    cure: 'Switch the confirmation off in Cal.com if callers are to hear a yes at once.',
  }),
  hidden: () => ({
    found: 'The event type is hidden on your booking page. Callers can book it all the same.',
    cure: 'Nothing has to be done.',
  }),
}

const de: Sayings = {
  unmapped: () => ({
    found: 'Es ist kein Ereignistyp gewählt, deshalb kann niemand diese Leistung buchen.',
    cure: 'Wählen Sie einen aus.',
  }),
  unknown: ({ eventType }) => ({
    found: `Der Kalender kennt den Ereignistyp ${eventType} nicht. Er gehört zu einem anderen Konto oder wurde gelöscht.`,
    cure: 'Wählen Sie einen aus diesem Konto, oder verbinden Sie das Konto, zu dem er gehört.',
  }),
  'managed-parent': () => ({
    found: 'Dieser Ereignistyp ist die Vorlage eines Teams und lässt sich nicht buchen.',
    cure: 'Wählen Sie den Ereignistyp eines Mitglieds.',
  }),
  length: ({ wanted, offered }) => ({
    found: `Der Termin dauert ${wanted} Minuten, der Ereignistyp ${offered.join(' oder ')}.`,
    cure: 'Geben Sie beiden dieselbe Dauer, oder ergänzen Sie diese Dauer beim Ereignistyp.',
  }),
  questions: ({ questions }) => ({
    found: `Der Ereignistyp hat Pflichtfragen, die am Telefon niemand beantwortet: ${questions.join(', ')}.`,
    cure: 'Machen Sie diese Fragen in Cal.com freiwillig.',
  }),
  place: () => ({
    found:
      'Der Ereignistyp fragt Anrufende nach einer Adresse. Am Telefon tippt sie niemand ein, Buchungen fehlt sie oder sie scheitern.',
    cure: 'Setzen Sie in Cal.com einen anderen Ort an die erste Stelle, etwa Ihre Adresse oder die Telefonnummer der Anrufenden.',
  }),
  recurring: () => ({
    found: 'Der Ereignistyp bucht jedes Mal eine ganze Serie.',
    cure: 'Schalten Sie die Wiederholung in Cal.com ab; eine Serie wird hier Termin für Termin gebucht.',
  }),
  seats: ({ seats }) => ({
    found: `Der Ereignistyp hat ${seats} Plätze, und eine Absage würde alle absagen.`,
    cure: 'Wählen Sie einen Ereignistyp ohne Plätze.',
  }),
  'verified-email': () => ({
    found: 'Der Ereignistyp verlangt eine E-Mail-Adresse, die mit einem Code bestätigt ist.',
    cure: 'Schalten Sie diese Bestätigung in Cal.com ab.',
  }),
  'no-hosts': () => ({
    found: 'Der Ereignistyp gehört einem Team und hat niemanden, der ihn ausführt. Er ist deshalb nie frei.',
    cure: 'Fügen Sie in Cal.com Gastgeber hinzu.',
  }),
  'email-required': () => ({
    found: 'Der Ereignistyp verlangt eine E-Mail-Adresse. Wer nur seine Telefonnummer nennt, kann ihn nicht buchen.',
    cure: 'Machen Sie in Cal.com unter den Buchungsfragen die Telefonnummer zur Pflicht und die E-Mail freiwillig.',
  }),
  notice: ({ minutes, policy }) => ({
    found: `Der Ereignistyp ist frühestens ${minutes} Minuten im Voraus buchbar, hier genügen ${policy}.`,
    cure: 'Verkürzen Sie die Vorlaufzeit in Cal.com, oder erhöhen Sie hier min_notice_minutes.',
  }),
  'not-hosts': ({ staff }) => ({
    found: `Wünsche nach ${staff.join(', ')} lassen sich nicht erfüllen: weder Gastgeber noch ein eigener Ereignistyp.`,
    cure: 'Machen Sie sie zu Gastgebern und nennen Sie ihre calcom_user_id, oder geben Sie ihnen einen eigenen Ereignistyp.',
  }),
  login: () => ({
    found: 'Der Ereignistyp ist nur für angemeldete Personen.',
    cure: 'Schalten Sie das in Cal.com ab, oder verwenden Sie den Schlüssel eines Gastgebers.',
  }),
  shared: ({ services }) => ({
    found: `Gilt auch für ${services.join(', ')}. Einer Buchung in Cal.com ist nicht anzusehen, für welche Leistung sie ist.`,
    cure: 'Geben Sie jeder Leistung einen eigenen Ereignistyp.',
  }),
  confirmation: () => ({
    found:
      'Jede Buchung muss ein Gastgeber bestätigen. Anrufende hören, dass der Termin notiert ist und noch bestätigt wird.',
    cure: 'Schalten Sie die Bestätigung in Cal.com ab, wenn Anrufende gleich eine Zusage hören sollen.',
  }),
  hidden: () => ({
    found: 'Der Ereignistyp ist auf Ihrer Buchungsseite ausgeblendet. Anrufende können ihn trotzdem buchen.',
    cure: 'Es ist nichts zu tun.',
  }),
}

const sayings: { readonly [Code in LanguageCode]: Sayings } = { de, en }

const say = <Code extends MappingFinding['code']>(said: Sayings, finding: Of<Code>): SaidFinding => {
  const one: (finding: Of<Code>) => SaidFinding = said[finding.code as Code]
  return one(finding)
}

export const sayFinding = (finding: MappingFinding, language: LanguageCode): SaidFinding =>
  say(sayings[language], finding)
