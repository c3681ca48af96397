import { type LintWords, said } from './lint-sayings.ts'

const literal = 'Nehmen Sie es heraus, denn was sich ändert, gehört in die Einstellungen.'
const known = (own: boolean): string => (own ? ', wie schon in den Einstellungen' : '')

export const german: LintWords = {
  sayings: {
    'tool-unknown': ({ tool }) => ({
      found: `Ein Schritt fragt die Funktion „${tool}“, die dieser Agent nicht hat.`,
      cure: 'Wählen Sie eine seiner Funktionen, oder fügen Sie diese hinzu.',
    }),
    'tool-not-ours': ({ tool }) => ({
      found: `Die Funktion „${tool}“ beantwortet hier niemand.`,
      cure: 'Berichtigen Sie den Namen, oder entfernen Sie die Funktion.',
    }),
    'tool-mentioned': ({ tool }) => ({
      found: `Der Prompt verlässt sich auf „${tool}“, das dieser Agent nicht hat.`,
      cure: 'Fügen Sie die Funktion hinzu, oder nehmen Sie sie aus dem Prompt.',
    }),
    'tool-mentioned-unknown': ({ tool }) => ({
      found: `Der Prompt nennt eine Funktion „${tool}“, die niemand kennt.`,
      cure: 'Berichtigen Sie den Namen im Prompt.',
    }),
    'tool-duplicate': ({ tool }) => ({
      found: `Zwei Funktionen heißen „${tool}“, und das Modell kann sie nicht unterscheiden.`,
      cure: 'Benennen Sie eine um, oder entfernen Sie sie.',
    }),
    'tool-malformed': ({ wrong }) => german.faults[wrong],
    'tool-url-insecure': ({ tool }) => ({
      found: `Die Funktion „${tool}“ wird unverschlüsselt gefragt.`,
      cure: 'Geben Sie ihr eine Adresse, die mit https beginnt.',
    }),
    'tool-url-path': ({ tool }) => ({
      found: `Die Funktion „${tool}“ fragt eine Adresse dieses Servers, an der keine Funktionen beantwortet werden.`,
      cure: 'Verwenden Sie die Adresse, die auf /functions/retell endet.',
    }),
    'tool-url-foreign': ({ tool, host }) => ({
      found: `Die Funktion „${tool}“ fragt ${host}, nicht diese Plattform.`,
      cure: 'Vergewissern Sie sich, dass das gewollt ist.',
    }),
    'tool-without-call': ({ tool }) => ({
      found: `Die Funktion „${tool}“ sagt nicht, aus welchem Anruf sie kommt, und bleibt deshalb ohne Antwort.`,
      cure: 'Senden Sie sie mit POST und nicht nur mit den Argumenten.',
    }),
    'tool-argument-missing': ({ tool, argument }) => ({
      found: `Der Funktion „${tool}“ fehlt der Parameter „${argument}“, ohne den sie nichts bewirkt.`,
      cure: 'Ergänzen Sie den Parameter, oder übernehmen Sie die Funktion neu.',
    }),
    'tool-deprecated': ({ tool }) => ({
      found: `Die Funktion „${tool}“ gehört zu Retells alten Funktionen für Cal.com, die nicht mehr arbeiten.`,
      cure: 'Verwenden Sie stattdessen check_availability und book_appointment.',
    }),
    'tool-without-booking': ({ tool }) => ({
      found: `Die Funktion „${tool}“ handelt von Terminen, und diese Firma vergibt keine.`,
      cure: 'Entfernen Sie die Funktion, oder schalten Sie Buchungen ein.',
    }),
    'no-booking-tool': said(
      'Die Firma vergibt Termine, und dieser Agent kann das nicht.',
      'Fügen Sie die Funktion book_appointment hinzu.',
    ),
    'no-tools': said(
      'Der Agent hat keine Funktionen, deshalb ist alles erfunden, was er sagt.',
      'Fügen Sie die Funktionen hinzu, die er braucht.',
    ),
    'no-tools-left': said(
      'Alle Funktionen, die Anrufende jetzt haben, wären fort.',
      'Übernehmen Sie die Funktionen aus der Version, die live ist.',
    ),
    'tool-removed': ({ tool }) => ({
      found: `Anrufende haben jetzt die Funktion „${tool}“ und würden sie verlieren.`,
      cure: 'Setzen Sie sie wieder ein, oder bestätigen Sie, dass sie wegfällt.',
    }),
    'tool-removal-confirmed': ({ tool }) => ({
      found: `Die Funktion „${tool}“ fällt weg, wie bestätigt.`,
      cure: 'Es ist nichts zu tun.',
    }),
    'tool-url-changed': ({ tool, host }) => ({
      found: `Die Funktion „${tool}“ fragt jetzt ${host} und nicht mehr dieselbe Stelle wie bisher.`,
      cure: 'Setzen Sie die Adresse der Version ein, die live ist.',
    }),
    'swap-unpinned': ({ tool }) => ({
      found: `„${tool}“ übergibt an die neueste Version eines Agenten, auch wenn sie ein Entwurf ist.`,
      cure: 'Wählen Sie die zuletzt veröffentlichte Version.',
    }),
    'mapping-empty': ({ tool }) => ({
      found: `„${tool}“ wird gefragt und erfährt nichts.`,
      cure: 'Übergeben Sie die Parameter, oder entfernen Sie die leere Zuordnung.',
    }),
    'mapping-missing': ({ tool, parameter }) => ({
      found: `„${tool}“ braucht „${parameter}“ und erfährt es nicht.`,
      cure: 'Wählen Sie die Variable, in der es steht.',
    }),
    'mapping-literal': ({ tool, parameter }) => ({
      found: `„${tool}“ erfährt in jedem Anruf dasselbe „${parameter}“.`,
      cure: 'Wählen Sie eine Variable statt des festen Textes.',
    }),
    'mapping-unknown-variable': ({ tool, parameter, variable }) => ({
      found: `„${tool}“ erfährt „${parameter}“ aus der Variablen „${variable}“, die niemand setzt.`,
      cure: 'Wählen Sie eine Variable, die ein Anruf hat.',
    }),
    'variable-unknown': ({ variable }) => ({
      found: `Niemand setzt die Variable „${variable}“.`,
      cure: 'Berichtigen Sie den Namen, oder geben Sie ihr einen Anfangswert.',
    }),
    'variable-unknown-spoken': ({ variable }) => ({
      found: `Anrufende würden „${variable}“ vorgelesen bekommen, denn niemand setzt diese Variable.`,
      cure: 'Berichtigen Sie den Namen, oder geben Sie ihr einen Anfangswert.',
    }),
    'variable-single-brace': ({ variable }) => ({
      found: `„{${variable}}“ wird so vorgelesen, wie es dasteht.`,
      cure: 'Schreiben Sie Variablen in doppelte geschweifte Klammern.',
    }),
    'literal-money': ({ text, own }) => ({
      found: `Im Text steht ein Betrag${known(own)}: „${text}“.`,
      cure: 'Lassen Sie ihn von get_service_info oder von der Funktion zum Absagen nennen.',
    }),
    'literal-date': ({ text }) => ({ found: `Im Text steht ein Datum: „${text}“.`, cure: literal }),
    'literal-phone': ({ text, own }) => ({
      found: `Im Text steht eine Telefonnummer${known(own)}: „${text}“.`,
      cure: 'Verwenden Sie die Variable transfer_number, oder lassen Sie sie weg.',
    }),
    'literal-email': ({ text, own }) => ({
      found: `Im Text steht eine E-Mail-Adresse${known(own)}: „${text}“.`,
      cure: 'Nehmen Sie sie heraus, und geben Sie sie nie statt der eigenen Adresse der Anrufenden an.',
    }),
    'literal-hours': ({ text }) => ({
      found: `Im Text stehen Öffnungszeiten: „${text}“.`,
      cure: 'Verwenden Sie die Variable opening_hours_today oder die Funktion get_opening_hours.',
    }),
    'literal-year': ({ text }) => ({ found: `Im Text steht eine Jahreszahl: „${text}“.`, cure: literal }),
    'literal-example': ({ text }) => ({
      found: `Das Modell könnte ein Beispiel für eine Tatsache halten: „${text}“.`,
      cure: 'Beschreiben Sie, was gemeint ist, ohne einen Wert, der echt aussieht.',
    }),
    'instruction-spoken': ({ text }) => ({
      found: `Anrufende würden eine Anweisung an den Agenten hören: „${text}“.`,
      cure: 'Schreiben Sie Anweisungen in einen Prompt und in feste Sätze nur, was gesagt wird.',
    }),
    'success-early': ({ text }) => ({
      found: `Der Agent sagt es, bevor es geschehen ist: „${text}“.`,
      cure: 'Lassen Sie es erst nach der Antwort der Funktion sagen.',
    }),
    'prompt-empty': said('Der Agent hat keinen Prompt.', 'Beschreiben Sie, wer er ist und was er tun soll.'),
    'prompt-too-long': ({ tokens }) => ({
      found: `Der Prompt hat etwa ${tokens} Token, Retell nimmt 32.768 an.`,
      cure: 'Kürzen Sie ihn, oder verteilen Sie ihn auf Zustände.',
    }),
    'begin-message-empty': said(
      'Der Agent soll zuerst sprechen und hat nichts zu sagen, deshalb warten beide Seiten.',
      'Geben Sie ihm einen ersten Satz, etwa die Variable greeting.',
    ),
    'flow-empty': said('Der Ablauf hat keine Schritte.', 'Fügen Sie einen ersten Schritt hinzu.'),
    'flow-start-missing': said(
      'Es ist nicht festgelegt, mit welchem Schritt der Ablauf beginnt.',
      'Wählen Sie den ersten Schritt.',
    ),
    'node-duplicate': ({ node }) => ({
      found: `Zwei Schritte haben die Kennung „${node}“.`,
      cure: 'Geben Sie einem von ihnen eine andere.',
    }),
    'edge-unknown-node': ({ node, to }) => ({
      found: `Von „${node}“ führt ein Weg zu „${to}“, das es nicht gibt.`,
      cure: 'Wählen Sie einen anderen Schritt, oder entfernen Sie den Weg.',
    }),
    'edge-open': ({ node }) => ({
      found: `Ein Weg von „${node}“ führt nirgendwohin.`,
      cure: 'Wählen Sie sein Ziel, oder entfernen Sie ihn.',
    }),
    'dead-end': ({ node }) => ({
      found: `Von „${node}“ führt kein Weg weiter, deshalb verstummt der Agent dort.`,
      cure: 'Verbinden Sie den Schritt mit einem nächsten oder mit dem Ende.',
    }),
    'dead-end-escapable': ({ node }) => ({
      found: `Von „${node}“ führt kein Weg weiter, außer wenn Anrufende von etwas anderem sprechen.`,
      cure: 'Verbinden Sie den Schritt mit einem nächsten oder mit dem Ende.',
    }),
    'node-unreachable': ({ node }) => ({
      found: `Zu „${node}“ führt kein Weg.`,
      cure: 'Verbinden Sie den Schritt, oder entfernen Sie ihn.',
    }),
    'tool-node-unreachable': ({ node }) => ({
      found: `Zu „${node}“ führt kein Weg, deshalb wird seine Funktion nie gefragt.`,
      cure: 'Verbinden Sie den Schritt, oder entfernen Sie ihn.',
    }),
    'silent-loop': ({ nodes }) => ({
      found: `Der Agent kann sich im Kreis drehen, ohne zuzuhören: ${nodes.join(', ')}.`,
      cure: 'Setzen Sie einen Schritt dazwischen, der die Anrufenden fragt.',
    }),
    'silent-loop-guarded': ({ nodes }) => ({
      found: `Der Agent versucht es, ohne zuzuhören, bis sich etwas ändert: ${nodes.join(', ')}.`,
      cure: 'Sorgen Sie dafür, dass das endet, oder lassen Sie dazwischen fragen.',
    }),
    'result-not-awaited': ({ node, tool }) => ({
      found: `„${node}“ wartet nicht auf die Antwort von „${tool}“, von der der nächste Schritt abhängt.`,
      cure: 'Schalten Sie das Warten auf das Ergebnis ein.',
    }),
    'silent-node': ({ node }) => ({
      found: `„${node}“ soll schweigen und wartet doch auf die Anrufenden.`,
      cure: 'Verwenden Sie eine Verzweigung, die entscheidet, ohne zu sprechen.',
    }),
    'prompt-edges': ({ node, edges }) => ({
      found: `In „${node}“ beurteilt das Modell ${edges} Wege in Worten.`,
      cure: 'Vergleichen Sie stattdessen Variablen, wo eine Funktion sie geliefert hat.',
    }),
    'no-way-out': said(
      'Der Ablauf endet nie, deshalb legt der Agent nicht auf.',
      'Verbinden Sie einen Schritt, der den Anruf beendet.',
    ),
    'state-unknown': ({ state }) => ({
      found: `Ein Weg führt zum Zustand „${state}“, den es nicht gibt.`,
      cure: 'Berichtigen Sie den Namen, oder fügen Sie den Zustand hinzu.',
    }),
    'state-unreachable': ({ state }) => ({
      found: `Zum Zustand „${state}“ führt kein Weg.`,
      cure: 'Verbinden Sie ihn, oder entfernen Sie ihn.',
    }),
    'state-duplicate': ({ state }) => ({
      found: `Zwei Zustände heißen „${state}“.`,
      cure: 'Benennen Sie einen um.',
    }),
    'start-state-missing': said(
      'Es ist nicht festgelegt, in welchem Zustand ein Anruf beginnt.',
      'Wählen Sie den ersten Zustand.',
    ),
    'engine-missing': said(
      'Der Prompt oder der Ablauf dieses Agenten fehlt.',
      'Holen Sie den Agenten noch einmal von Retell.',
    ),
    'webhook-missing': said(
      'Der Agent nennt keine Adresse für die Ereignisse seiner Anrufe.',
      'Tragen Sie die Adresse dieser Plattform ein.',
    ),
    'webhook-lost': said(
      'Die Adresse für die Ereignisse der Anrufe ist fort; die Version, die live ist, hat eine.',
      'Tragen Sie die Adresse dieser Plattform ein.',
    ),
    'webhook-foreign': ({ host }) => ({
      found: `Die Ereignisse der Anrufe gehen an ${host}, und hier kommt nichts davon an.`,
      cure: 'Tragen Sie die Adresse dieser Plattform ein.',
    }),
    'webhook-events': ({ missing }) => ({
      found: `Von jedem Anruf fehlen diese Ereignisse: ${missing.join(', ')}.`,
      cure: 'Ergänzen Sie sie, oder überlassen Sie Retell die Auswahl.',
    }),
    language: ({ spoken, company }) => ({
      found: `Der Agent spricht ${spoken}, mit den Anrufenden der Firma wird „${company}“ gesprochen.`,
      cure: 'Wählen Sie die Sprache der Firma.',
    }),
    'time-zone': ({ zone, company }) => ({
      found: `Retell nennt diesem Agenten die Zeit von ${zone}, die Firma liegt in ${company}.`,
      cure: 'Wählen Sie die Zeitzone der Firma.',
    }),
    'two-models': said(
      'Es sind zwei Modelle zugleich genannt, eines für Text und eines für Sprache.',
      'Behalten Sie eines davon.',
    ),
    'out-of-range': ({ field, least, most }) => ({
      found: `Retell lehnt diesen Wert von ${field} ab.`,
      cure:
        most >= Number.MAX_SAFE_INTEGER
          ? `Wählen Sie mindestens ${least}.`
          : `Wählen Sie einen von ${least} bis ${most}.`,
    }),
    'odd-value': ({ field }) => ({
      found: `Der Wert von ${field} ist ungewöhnlich und kann Anrufe stören oder beenden.`,
      cure: 'Vergewissern Sie sich, dass das gewollt ist.',
    }),
    'secret-missing': ({ secret }) => ({
      found: `Zu ${secret} ist nichts hinterlegt.`,
      cure: 'Geben Sie das Geheimnis neu ein.',
    }),
    'no-analysis': said(
      'Retell fasst die Anrufe dieses Agenten nicht zusammen.',
      'Ergänzen Sie die Zusammenfassung bei der Auswertung nach dem Anruf.',
    ),
  },
  faults: {
    'not-an-object': { found: 'Das ist überhaupt keine Funktion.', cure: 'Beginnen Sie mit einer Vorlage.' },
    name: {
      found: 'Der Name der Funktion ist nicht verwendbar.',
      cure: 'Verwenden Sie bis zu 64 Buchstaben, Ziffern, Binde- und Unterstriche.',
    },
    'type-missing': { found: 'Die Funktion sagt nicht, welcher Art sie ist.', cure: 'Wählen Sie ihre Art.' },
    'url-missing': { found: 'Die Funktion hat keine Adresse.', cure: 'Geben Sie die Adresse ein, die sie fragt.' },
    url: {
      found: 'Die Adresse der Funktion ist nicht verwendbar.',
      cure: 'Geben Sie eine vollständige Adresse ein, die mit https beginnt.',
    },
    method: { found: 'Diese Methode ist nicht bekannt.', cure: 'Wählen Sie GET, POST, PUT, PATCH oder DELETE.' },
    'not-text': { found: 'Hier muss Text stehen.', cure: 'Geben Sie Text ein.' },
    'not-texts': { found: 'Jeder dieser Werte muss Text sein.', cure: 'Setzen Sie die Werte in Anführungszeichen.' },
    'not-a-switch': { found: 'Hier muss Ja oder Nein stehen.', cure: 'Wählen Sie true oder false.' },
    timeout: { found: 'Diese Wartezeit ist nicht möglich.', cure: 'Wählen Sie 1.000 bis 600.000 Millisekunden.' },
    retries: { found: 'So viele Wiederholungen sind nicht möglich.', cure: 'Wählen Sie 0 bis 5.' },
    'message-type': { found: 'Diese Art von Ansage ist nicht bekannt.', cure: 'Wählen Sie prompt oder static_text.' },
    schema: {
      found: 'Die Parameter sind kein JSON-Schema eines Objekts.',
      cure: 'Beschreiben Sie sie mit type, properties und required.',
    },
    'schema-type': {
      found: 'Diesen Typ kennt JSON-Schema nicht.',
      cure: 'Wählen Sie string, number, integer, boolean, object oder array.',
    },
    'schema-properties': {
      found: 'Ein Parameter ist nicht durch ein Objekt beschrieben.',
      cure: 'Beschreiben Sie ihn mit einem Typ.',
    },
    'schema-required': {
      found: 'Was erforderlich ist, muss eine Liste von Namen sein.',
      cure: 'Schreiben Sie eine Liste.',
    },
    'schema-required-unknown': {
      found: 'Ein Parameter ist erforderlich, aber nicht beschrieben.',
      cure: 'Beschreiben Sie ihn, oder nehmen Sie ihn von der Liste.',
    },
    'schema-choices': {
      found: 'Die Auswahl muss eine Liste mit mindestens einem Wert sein.',
      cure: 'Nennen Sie die Werte.',
    },
    'field-missing': {
      found: 'Es fehlt etwas, ohne das diese Funktion nichts bewirkt.',
      cure: 'Füllen Sie die leeren Felder aus.',
    },
  },
}
