import { agentSayingsInGerman } from './agent-sayings-in-german.ts'
import { calendarFailuresInGerman } from './calendar-failures-in-german.ts'

/** What the application says about deliveries, calls and alerts, sentence by sentence. What is not here stays English. */
const sentences: ReadonlyMap<string, string> = new Map([
  [
    'A number has no agent at Retell, so nobody answers its callers. Publish an agent to it on the page of the agent.',
    'Eine Nummer hat bei Retell keinen Agenten, sodass niemand ihre Anrufer begrüßt. Veröffentlichen Sie auf der Seite des Agenten eine Version für sie.',
  ],
  [
    'A number of the company is not in its Retell account. Import it at Retell, or take it out of the company file.',
    'Eine Nummer der Firma fehlt im Retell-Konto. Importieren Sie sie bei Retell, oder nehmen Sie sie aus der Firmendatei.',
  ],
  [
    'A number is bound to another agent than its branch names. Publish the right agent to it, or name the other one in the company file.',
    'Eine Nummer ist mit einem anderen Agenten verbunden, als ihre Filiale nennt. Veröffentlichen Sie den richtigen für sie, oder nennen Sie den anderen in der Firmendatei.',
  ],
  [
    'A number reaches another version of its agent than the live one. Publish to it again on the page of the agent.',
    'Eine Nummer erreicht eine andere Version ihres Agenten als die, die gilt. Veröffentlichen Sie auf der Seite des Agenten noch einmal für sie.',
  ],
  [
    'Retell does not ask us about calls that ring at a number. Register its webhook on the page of the numbers, or with: frontdesk agents register',
    'Retell fragt bei Anrufen auf einer Nummer nicht nach. Tragen Sie den Webhook auf der Seite der Nummern ein oder mit: frontdesk agents register',
  ],
  [
    'Retell does not tell us of the calls of an agent. Publish it once more; its webhook is registered with that.',
    'Retell meldet die Anrufe eines Agenten nicht. Veröffentlichen Sie ihn noch einmal; dabei wird sein Webhook eingetragen.',
  ],
  [
    'A call has no end: Retell told of none, and a call lasts two hours at most. It is closed, and corrected if its end is told later. Look whether the webhooks of its agent reach us.',
    'Ein Anruf hat kein Ende: Retell hat keines gemeldet, und ein Anruf dauert höchstens zwei Stunden. Er gilt als beendet und wird berichtigt, wenn das Ende noch gemeldet wird. Prüfen Sie, ob die Webhooks seines Agenten ankommen.',
  ],
  [
    'A promised callback is overdue and nobody has rung back. Call now, or take it over in the list of callbacks.',
    'Ein versprochener Rückruf ist überfällig. Rufen Sie jetzt zurück oder übernehmen Sie ihn in der Liste der Rückrufe.',
  ],
  [
    'The calendar answered a new booking with an old one. Nothing was promised; look whether the time in the calendar is taken by somebody else.',
    'Der Kalender hat eine neue Buchung mit einer alten beantwortet. Es wurde nichts zugesagt; sehen Sie nach, ob die Zeit im Kalender anderweitig belegt ist.',
  ],
  [
    'The calendar has an appointment at another time than was asked for. Settle it on the page of the calendar connection, or with: frontdesk calendar differences',
    'Im Kalender steht ein Termin zu einer anderen Zeit als gewünscht. Klären Sie es auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  ['The calendar does not accept what we tell it.', 'Der Kalender nimmt nicht an, was ihm gesagt wird.'],
  [
    'The calendar does not show its event types. Look at its key and its base URL on the page of the calendar connection.',
    'Der Kalender zeigt seine Ereignistypen nicht. Prüfen Sie seinen Schlüssel und seine Adresse auf der Seite der Kalenderverbindung.',
  ],
  [
    'An appointment has not reached the calendar yet. It is tried again; if this stays, look whether the calendar can be reached.',
    'Ein Termin ist noch nicht im Kalender angekommen. Es wird weiter versucht; wenn es so bleibt, prüfen Sie, ob der Kalender erreichbar ist.',
  ],
  [
    'The calendar failed several times in a row and is asked only now and then until it answers. If this stays, look whether its address can be reached.',
    'Der Kalender ist mehrmals nacheinander ausgefallen und wird nur noch ab und zu gefragt, bis er antwortet. Wenn es so bleibt, prüfen Sie, ob seine Adresse erreichbar ist.',
  ],
  [
    'Retell failed several times in a row and is asked only now and then until it answers. Calls are answered as before; agents can be read here and not published.',
    'Retell ist mehrmals nacheinander ausgefallen und wird nur noch ab und zu gefragt, bis es antwortet. Anrufe werden weiter beantwortet; Agenten können hier gelesen, aber nicht veröffentlicht werden.',
  ],
  [
    'The calendar did not take an appointment that a customer was told is noted. Ring them up and agree on another time.',
    'Der Kalender hat einen Termin nicht angenommen, der einem Kunden als vorgemerkt genannt wurde. Rufen Sie an und vereinbaren Sie eine andere Zeit.',
  ],
  [
    'Requests come through a proxy while TRUST_PROXY is off, so that nobody who is refused can be blocked. Set TRUST_PROXY=true if the proxy is yours.',
    'Anfragen kommen durch einen Proxy, während TRUST_PROXY aus ist; so kann niemand gesperrt werden, der abgewiesen wird. Setzen Sie TRUST_PROXY=true, wenn der Proxy Ihrer ist.',
  ],
  [
    'The agents could not be read from Retell and stay as they were last known. Look at the page of the agents for why, and read them again.',
    'Die Agenten konnten nicht von Retell gelesen werden und bleiben, wie sie zuletzt bekannt waren. Sehen Sie auf der Seite der Agenten nach dem Grund und lesen Sie sie neu.',
  ],
  ['It proves the sender.', 'Sie beweist den Absender.'],
  ['Durably.', 'Dauerhaft.'],
  ['The request arrived.', 'Die Anfrage ist angekommen.'],
  ['Company and branch known.', 'Firma und Filiale sind bekannt.'],
  ['Company known, branch not.', 'Die Firma ist bekannt, die Filiale nicht.'],
  [
    'Nobody owns this number or agent. It waits in the unrouted inbox; add the number to a company file.',
    'Diese Nummer oder dieser Agent gehört niemandem. Der Anruf wartet unter „Ohne Zuordnung“; tragen Sie die Nummer in eine Firmendatei ein.',
  ],
  ['Added to the call.', 'Zum Anruf hinzugefügt.'],
  ['Known already; the call keeps one entry of it.', 'Schon bekannt; der Anruf führt es einmal.'],
  ['Kept in the unrouted inbox.', 'Unter „Ohne Zuordnung“ aufbewahrt.'],
  ['Shown as ringing until its call begins.', 'Wird als klingelnd gezeigt, bis der Anruf beginnt.'],
  ['The branch is not known; nothing is shown.', 'Die Filiale ist nicht bekannt; es wird nichts gezeigt.'],
  [
    'It cannot be opened. Put the key that it was sealed under back, and replay it.',
    'Es lässt sich nicht öffnen. Nehmen Sie den Schlüssel, mit dem es versiegelt ist, wieder auf, und verarbeiten Sie es neu.',
  ],
  ['A tool request; it was answered at once.', 'Eine Werkzeuganfrage; sie wurde sofort beantwortet.'],
  ['Nothing in it concerns a call.', 'Nichts darin betrifft einen Anruf.'],
  ['Nothing in it could be read.', 'Nichts darin war lesbar.'],
  [
    'The X-Retell-Signature header is missing. Call this address from Retell only, or sign with the webhook key.',
    'Der Kopf X-Retell-Signature fehlt. Nur Retell darf diese Adresse rufen, oder wer mit dem Webhook-Schlüssel unterschreibt.',
  ],
  [
    'The X-Retell-Signature header is not of the form v=<milliseconds>,d=<64 hex digits>.',
    'Der Kopf X-Retell-Signature hat nicht die Form v=<Millisekunden>,d=<64 Hexziffern>.',
  ],
  [
    'The signature is more than five minutes off. Check the clock of this machine.',
    'Die Unterschrift liegt mehr als fünf Minuten daneben. Prüfen Sie die Uhr dieses Rechners.',
  ],
  [
    'The signature matches no key of the account that owns this number. Check RETELL_WEBHOOK_KEYS or the company file.',
    'Die Unterschrift passt zu keinem Schlüssel des Kontos, dem diese Nummer gehört. Prüfen Sie RETELL_WEBHOOK_KEYS oder die Firmendatei.',
  ],
  [
    'The signature is of another account than the one that owns this number.',
    'Die Unterschrift stammt von einem anderen Konto als dem, dem diese Nummer gehört.',
  ],
  [
    'Nobody owns the number, and the body is too large to try every key on it.',
    'Die Nummer gehört niemandem, und der Inhalt ist zu groß, um jeden Schlüssel daran zu versuchen.',
  ],
  [
    'A call reached a number or agent that nobody owns. Add it to a company file; the call waits in the unrouted inbox.',
    'Ein Anruf ging an eine Nummer oder einen Agenten, die niemandem gehören. Tragen Sie sie in eine Firmendatei ein; der Anruf wartet unter „Ohne Zuordnung“.',
  ],
  [
    'The agent called a tool that does not exist here. Compare the tools of the agent with the list in the documentation.',
    'Der Agent rief ein Werkzeug, das es hier nicht gibt. Vergleichen Sie seine Werkzeuge mit der Liste in der Dokumentation.',
  ],
  [
    'The agent called a booking tool of a company that takes no bookings. Remove the tool from the agent or allow booking.',
    'Der Agent rief ein Buchungswerkzeug, doch die Firma nimmt keine Buchungen an. Nehmen Sie das Werkzeug aus dem Agenten oder erlauben Sie Buchungen.',
  ],
  [
    'The agent asked the same thing ten times in one call. Look at its prompt and its flow.',
    'Der Agent fragte in einem Anruf zehnmal dasselbe. Sehen Sie sich seine Anweisungen und seinen Ablauf an.',
  ],
  [
    'The agent promised something that no tool had said. Read the call, put it right with the caller, and mend the agent’s prompt.',
    'Der Agent sagte etwas zu, das kein Werkzeug gesagt hatte. Lesen Sie den Anruf, klären Sie es mit dem Anrufer und verbessern Sie die Anweisungen des Agenten.',
  ],
  [
    'The mail server takes no mails. They wait and are tried again. Check SMTP_URL, MAIL_FROM and the server.',
    'Der Mailserver nimmt keine Mails an. Sie warten und werden wieder versucht. Prüfen Sie SMTP_URL, MAIL_FROM und den Server.',
  ],
  [
    'The mail server has put off a mail for more than an hour. It waits and is tried again; the log of the server says why.',
    'Der Mailserver stellt eine Mail seit mehr als einer Stunde zurück. Sie wartet und wird wieder versucht; das Protokoll des Servers nennt den Grund.',
  ],
  [
    'The arguments named another call; the id of the call itself was used.',
    'Die Angaben nannten einen anderen Anruf; es galt die Kennung des Anrufs selbst.',
  ],
  [
    'The calendar has an appointment at a time at which the same colleague has another one. Settle it on the page of the calendar connection, or with: frontdesk calendar differences',
    'Im Kalender steht ein Termin zu einer Zeit, zu der dieselbe Person schon einen anderen hat. Klären Sie es auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    'Some parts of an appointment were changed in the calendar and others were not. Settle it on the page of the calendar connection, or with: frontdesk calendar differences',
    'Im Kalender wurden einige Teile eines Termins geändert und andere nicht. Klären Sie es auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    'An appointment that is cancelled here still stands in the calendar. Settle it on the page of the calendar connection, or with: frontdesk calendar differences',
    'Ein Termin, der hier abgesagt ist, steht noch im Kalender. Klären Sie es auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    'The calendar moved an appointment onto the booking of another one. Settle it on the page of the calendar connection, or with: frontdesk calendar differences',
    'Der Kalender hat einen Termin auf die Buchung eines anderen gelegt. Klären Sie es auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    'The calendar does not know an appointment that stands here. Settle it on the page of the calendar connection, or with: frontdesk calendar differences',
    'Der Kalender kennt einen Termin nicht, der hier steht. Klären Sie es auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    'Something was booked in the calendar whose event type is gone there. Take it over on the page of the calendar connection, or with: frontdesk calendar differences',
    'Im Kalender wurde etwas gebucht, dessen Ereignistyp es dort nicht mehr gibt. Übernehmen Sie die Buchung auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    'A booking in the calendar carries the name of an appointment that has another booking there. Take it over on the page of the calendar connection, or with: frontdesk calendar differences',
    'Eine Buchung im Kalender trägt die Kennung eines Termins, der dort schon eine andere Buchung hat. Übernehmen Sie die Buchung auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    'The calendar does not show its bookings, so what is changed there is not seen here. Check its key and base URL on the page of the calendar connection.',
    'Der Kalender zeigt seine Buchungen nicht; was dort geändert wird, ist hier nicht zu sehen. Prüfen Sie seinen Schlüssel und seine Adresse auf der Seite der Kalenderanbindung.',
  ],
  [
    'The calendar has not shown its bookings for more than an hour. It is asked again and again; if this stays, look whether its address can be reached.',
    'Der Kalender zeigt seine Buchungen seit mehr als einer Stunde nicht. Er wird immer wieder gefragt; wenn es so bleibt, prüfen Sie, ob seine Adresse erreichbar ist.',
  ],
  [
    'It is of another company with the same account, so nothing of it is kept.',
    'Sie betrifft eine andere Firma mit demselben Konto; davon wird nichts behalten.',
  ],
  ['It says what was known already.', 'Sie sagt, was schon bekannt war.'],
  ['What it says is so here as well now.', 'Was sie sagt, gilt jetzt auch hier.'],
  [
    'The calendar is asked for the booking before anything is believed.',
    'Der Kalender wird nach der Buchung gefragt, bevor etwas geglaubt wird.',
  ],
  [
    'It is no appointment of ours; the page of the calendar connection shows it.',
    'Sie ist keiner unserer Termine; die Seite der Kalenderanbindung zeigt sie.',
  ],
  ['Nothing in it concerns an appointment.', 'Nichts darin betrifft einen Termin.'],
  ['The address names the company.', 'Die Adresse nennt die Firma.'],
  [
    'The X-Cal-Signature-256 header is missing. Only Cal.com calls this address, with the secret of the webhook.',
    'Der Kopf X-Cal-Signature-256 fehlt. Nur Cal.com ruft diese Adresse, mit dem Geheimnis des Webhooks.',
  ],
  [
    'The webhook in Cal.com has no secret. Give it the webhook_secret of the company file, or register it again on the page of the calendar connection.',
    'Der Webhook in Cal.com hat kein Geheimnis. Geben Sie ihm das webhook_secret der Firmendatei, oder richten Sie ihn auf der Seite der Kalenderanbindung neu ein.',
  ],
  [
    'The signature was not made with the webhook_secret of this company. Put the same secret into Cal.com and the company file.',
    'Die Unterschrift stammt nicht vom webhook_secret dieser Firma. Hinterlegen Sie in Cal.com und in der Firmendatei dasselbe Geheimnis.',
  ],
  [
    'This company has no webhook_secret that can be opened, so nothing can be proven. Name one under calendar: in the company file.',
    'Diese Firma hat kein webhook_secret, das sich öffnen lässt; so lässt sich nichts beweisen. Nennen Sie eines unter calendar: in der Firmendatei.',
  ],
  [
    'There is no company of this name with a calendar at Cal.com. Compare the address of the webhook with that on the page of the calendar connection.',
    'Es gibt keine Firma dieses Namens mit einem Kalender bei Cal.com. Vergleichen Sie die Adresse des Webhooks mit der auf der Seite der Kalenderanbindung.',
  ],
])

type Pattern = readonly [sentence: RegExp, german: string]

/** Why a candidate was taken back. */
const takenBackFor: readonly (readonly [why: string, german: string])[] = [
  ['its first calls failed', 'gleich ihre ersten Anrufe misslangen'],
  ['its callers book less', 'ihre Anrufer seltener buchen'],
  ['more of its calls fail', 'mehr ihrer Anrufe misslingen'],
  ['more of its callers are displeased', 'mehr ihrer Anrufer unzufrieden sind'],
  ['more of its callers hang up at once', 'mehr ihrer Anrufer sofort auflegen'],
  ['it repeats itself more', 'sie sich öfter wiederholt'],
  ['its tools fail more', 'ihre Werkzeuge öfter versagen'],
]

/** Sentences that hold a figure or a name. */
const patterns: readonly Pattern[] = [
  ...calendarFailuresInGerman,
  ...agentSayingsInGerman,
  ...takenBackFor.map(
    ([why, german]): Pattern => [
      new RegExp(`^The version (\\d+) of the agent (.+) is taken back, because ${why}\\. Compare .+$`, 's'),
      `Die Version $1 des Agenten $2 ist zurückgenommen, weil ${german}. Vergleichen Sie die Anrufe beider Versionen, verbessern Sie sie, und beginnen Sie eine neue Einführung.`,
    ],
  ),
  [/^(\d+) bytes\.$/, '$1 Byte.'],
  [
    /^Callers cannot book the service (.+) in the calendar\. The page of the calendar connection says why and what to do\.$/s,
    'Die Leistung $1 lässt sich im Kalender nicht buchen. Die Seite der Kalenderverbindung sagt, warum und was zu tun ist.',
  ],
  [
    /^The calendar does not know the event type (\d+) of the service (.+): it is of another account, or was deleted\. Choose another one on the page of the calendar connection\.$/s,
    'Der Kalender kennt den Ereignistyp $1 der Leistung $2 nicht: Er gehört zu einem anderen Konto oder wurde gelöscht. Wählen Sie auf der Seite der Kalenderverbindung einen anderen.',
  ],
  [/^The agent said “(.+)”, and no tool had said so\.$/s, 'Der Agent sagte „$1“, und kein Werkzeug hatte das gesagt.'],
  [/^It failed \((.+)\) and is tried again in (\d+) s\.$/, 'Es misslang ($1) und wird in $2 s wieder versucht.'],
  [
    /^It failed four times \((.+)\)\. Mend the cause and replay it\.$/,
    'Es misslang viermal ($1). Beheben Sie die Ursache und spielen Sie es erneut ab.',
  ],
  [
    /^A (\S+) could not be processed and is given up\. Look at the delivery, mend the cause, replay it\.$/,
    'Ein $1 konnte nicht verarbeitet werden und ist aufgegeben. Sehen Sie die Zustellung an, beheben Sie die Ursache, spielen Sie sie erneut ab.',
  ],
  [
    /^A job of the kind (\S+) is given up \((\S+)\)\. Look at its error, do by hand what it was to do, and mend the cause\.$/,
    'Eine Aufgabe der Art $1 ist aufgegeben ($2). Sehen Sie ihren Fehler an, tun Sie von Hand, was sie tun sollte, und beheben Sie die Ursache.',
  ],
  [
    /^A job of the kind (\S+) cannot be opened and is set aside \((\S+)\)\. Put the key that it was sealed under back into ENCRYPTION_KEYS, or the row back from a backup, and do by hand what it was to do\.$/,
    'Eine Aufgabe der Art $1 lässt sich nicht öffnen und ist beiseitegelegt ($2). Nehmen Sie den Schlüssel, mit dem sie versiegelt ist, wieder in ENCRYPTION_KEYS auf, oder holen Sie die Zeile aus einer Sicherung, und tun Sie von Hand, was sie tun sollte.',
  ],
  [
    /^A (\S+) cannot be opened and is given up \((\S+)\)\. Put the key that it was sealed under back into ENCRYPTION_KEYS, or the row back from a backup, and replay it\.$/,
    '$1 lässt sich nicht öffnen und ist aufgegeben ($2). Nehmen Sie den Schlüssel, mit dem es versiegelt ist, wieder in ENCRYPTION_KEYS auf, oder holen Sie die Zeile aus einer Sicherung, und verarbeiten Sie es neu.',
  ],
  [
    /^What arrived with (\S+) is kept but cannot be opened, and is set aside\. Put the key that it was sealed under back into ENCRYPTION_KEYS, or the row back from a backup, and start frontdesk again\.$/,
    'Was mit $1 ankam, ist aufbewahrt, lässt sich aber nicht öffnen und ist beiseitegelegt. Nehmen Sie den Schlüssel, mit dem es versiegelt ist, wieder in ENCRYPTION_KEYS auf, oder holen Sie die Zeile aus einer Sicherung, und starten Sie frontdesk neu.',
  ],
  [
    /^What arrived as (\S+) is kept but cannot be put into the inbox, and is set aside\. Mend the database and start frontdesk again\.$/,
    'Was als $1 ankam, ist aufbewahrt, lässt sich aber nicht in den Eingang legen und ist beiseitegelegt. Bringen Sie die Datenbank in Ordnung, und starten Sie frontdesk neu.',
  ],
  [
    /^Retell sent an event that nobody documents: (.+)\. It is kept; look whether it matters\.$/,
    'Retell sandte ein Ereignis, das niemand beschreibt: $1. Es ist aufbewahrt; sehen Sie nach, ob es wichtig ist.',
  ],
  [
    /^Something was booked in the calendar for the event type (\S+), which no service names\. Name it as calcom_event_type_id of a service\. Take it over on .+$/,
    'Im Kalender wurde etwas für den Ereignistyp $1 gebucht, den keine Leistung nennt. Nennen Sie ihn als calcom_event_type_id einer Leistung. Übernehmen Sie die Buchung auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    /^Something was booked in the calendar for the event type (\S+), which several services name\. Give each service one of its own\. Take it over on .+$/,
    'Im Kalender wurde etwas für den Ereignistyp $1 gebucht, den mehrere Leistungen nennen. Geben Sie jeder Leistung einen eigenen. Übernehmen Sie die Buchung auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    /^Something was booked in the calendar for the event type (\S+), which is only a part of a service\. Let nobody book it by itself there\. Take it over on .+$/,
    'Im Kalender wurde etwas für den Ereignistyp $1 gebucht, der nur ein Teil einer Leistung ist. Lassen Sie ihn dort niemanden einzeln buchen. Übernehmen Sie die Buchung auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    /^Something was booked in the calendar for the event type (\S+), and it does not follow in which branch\. Name one branch under branches of its service, or its host's calcom_user_id\. Take it over on .+$/,
    'Im Kalender wurde etwas für den Ereignistyp $1 gebucht, und die Filiale geht daraus nicht hervor. Nennen Sie bei der Leistung unter branches eine Filiale oder bei der Person calcom_user_id. Übernehmen Sie die Buchung auf der Seite der Kalenderanbindung oder mit: frontdesk calendar differences',
  ],
  [
    /^Cal\.com sent an event that nobody documents: (.+)\. It is kept; look whether it matters\.$/,
    'Cal.com sandte ein Ereignis, das niemand beschreibt: $1. Es ist aufbewahrt; sehen Sie nach, ob es wichtig ist.',
  ],
]

const known = (sentence: string): string | undefined => {
  const whole = sentences.get(sentence)
  if (whole !== undefined) return whole
  const pattern = patterns.find(([shape]) => shape.test(sentence))
  return pattern && sentence.replace(pattern[0], pattern[1])
}

/** As a whole, or sentence by sentence where each of them is known. */
export const saidInGerman = (said: string): string => inGerman(said.split(/(?<=[.!?]) (?=[A-Z])/))?.join(' ') ?? said

/** As many sentences at a time as are known together. Undefined where one is not known. */
const inGerman = (sentences: readonly string[]): readonly string[] | undefined => {
  for (let count = sentences.length; count > 0; count -= 1) {
    const german = known(sentences.slice(0, count).join(' '))
    const rest = german === undefined ? undefined : inGerman(sentences.slice(count))
    if (german !== undefined && rest) return [german, ...rest]
  }
  return sentences.length === 0 ? [] : undefined
}
