/** Why a calendar of a vendor could not be asked or told, as its adapter says it, and the same in German. */
export const calendarFailuresInGerman: readonly (readonly [shape: RegExp, german: string])[] = [
  [/^The calendar does not answer\.$/, 'Der Kalender antwortet nicht.'],
  [/^Cal\.com: It did not answer in time\.$/, 'Cal.com hat nicht rechtzeitig geantwortet.'],
  [/^Cal\.com: It could not be reached \((.+)\)\.$/, 'Cal.com ist nicht zu erreichen ($1).'],
  [
    /^Cal\.com: It failed several times in a row and is left alone for a moment\.$/,
    'Cal.com hat mehrmals hintereinander versagt und wird einen Moment in Ruhe gelassen.',
  ],
  [
    /^Cal\.com: It has been asked as often as it allows; there is no turn left in time\.$/,
    'Cal.com wurde so oft gefragt, wie es zulässt; rechtzeitig ist keine Anfrage mehr frei.',
  ],
  [/^Cal\.com: Too many requests are under way already\.$/, 'Es sind schon zu viele Anfragen an Cal.com unterwegs.'],
  [
    /^Cal\.com: It answered with something that is not JSON\.$/,
    'Cal.com hat etwas geantwortet, das sich nicht lesen lässt.',
  ],
  [/^Cal\.com answered with nothing\.$/, 'Cal.com hat leer geantwortet.'],
  [
    /^Cal\.com answered in a shape that is not known here\. Look at (\S+) of the calendar\.$/,
    'Cal.com hat in einer Form geantwortet, die hier nicht bekannt ist. Prüfen Sie $1 des Kalenders.',
  ],
  [/^Cal\.com cannot answer now (\(.+\))\.$/, 'Cal.com kann gerade nicht antworten $1.'],
  [
    /^The base_url of the calendar may not be asked\. It has to be a public https address, or ALLOW_PRIVATE_ADDRESSES has to be true\.$/,
    'Die base_url des Kalenders darf nicht gefragt werden. Sie muss eine öffentliche https-Adresse sein, oder ALLOW_PRIVATE_ADDRESSES muss true sein.',
  ],
  [
    /^The base_url of the calendar leads elsewhere (\(.+\))\. Name the address it leads to\.$/,
    'Die base_url des Kalenders führt woandershin $1. Nennen Sie die Adresse, zu der sie führt.',
  ],
  [
    /^The base_url of the calendar is no address such as (\S+)\.$/,
    'Die base_url des Kalenders ist keine Adresse wie $1.',
  ],
  [
    /^The API key of the calendar holds characters that no key has\. Put it anew\.$/,
    'Der API-Schlüssel des Kalenders enthält Zeichen, die kein Schlüssel hat. Geben Sie ihn neu an.',
  ],
  [
    /^No API key of Cal\.com is kept under (\S+)\. Set it in the environment and apply the company file\.$/,
    'Unter $1 ist kein API-Schlüssel von Cal.com hinterlegt. Setzen Sie ihn in der Umgebung und wenden Sie die Firmendatei an.',
  ],
  [
    /^A page came instead of data (\(.+\))\. Look whether base_url is that of Cal\.com's API v2\.$/,
    'Statt Daten kam eine Seite $1. Prüfen Sie, ob base_url die der API v2 von Cal.com ist.',
  ],
  [
    /^Cal\.com does not accept the API key of the calendar for this (\(.+\))\. Put a valid one\.$/,
    'Cal.com nimmt den API-Schlüssel des Kalenders dafür nicht an $1. Geben Sie einen gültigen an.',
  ],
  [
    /^Cal\.com does not know the address (\(.+\))\. Look at base_url and api_versions of the calendar\.$/,
    'Cal.com kennt die Adresse nicht $1. Prüfen Sie base_url und api_versions des Kalenders.',
  ],
  [/^Cal\.com says no to this time (\(.+\))\.$/, 'Cal.com lehnt diese Zeit ab $1.'],
  [
    /^Cal\.com does not know the event type (\(.+\))\. Look at its number, and whose key it is\.$/,
    'Cal.com kennt den Ereignistyp nicht $1. Prüfen Sie seine Nummer, und wessen Schlüssel es ist.',
  ],
  [
    /^Cal\.com found a conflict that it does not explain (\(.+\))\.$/,
    'Cal.com nennt einen Konflikt, den es nicht erklärt $1.',
  ],
  [
    /^The event type cannot be booked (\(.+\))\. Look whether it has hosts with a schedule\.$/,
    'Der Ereignistyp lässt sich nicht buchen $1. Prüfen Sie, ob er Gastgeber mit einem Arbeitsplan hat.',
  ],
  [/^Cal\.com refused the request\. (\(.+\))$/, 'Cal.com hat die Anfrage abgelehnt. $1'],
]
