/** What a person has to change in Cal.com, sentence by sentence. */
const cures = [
  ['The event type is a template of a team.', 'Der Ereignistyp ist eine Vorlage eines Teams.'],
  ['Name the one of a member instead.', 'Nennen Sie stattdessen den eines Mitglieds.'],
  [
    'The event type asks for an e-mail address, which callers mostly have none of.',
    'Der Ereignistyp verlangt eine E-Mail-Adresse, die Anrufer meist nicht haben.',
  ],
  [
    'Make e-mail optional and phone required there.',
    'Machen Sie dort die E-Mail freiwillig und das Telefon zur Pflicht.',
  ],
  ['Cal.com did not take the phone number.', 'Cal.com hat die Telefonnummer nicht angenommen.'],
  ['Look at the phone question of the event type.', 'Prüfen Sie die Telefonfrage des Ereignistyps.'],
  ['The event type has another length.', 'Der Ereignistyp hat eine andere Dauer.'],
  ['Give it the length of the service.', 'Geben Sie ihm die Dauer der Leistung.'],
  [
    'The event type asks for a place that is not known on the phone.',
    'Der Ereignistyp verlangt einen Ort, der am Telefon nicht bekannt ist.',
  ],
  ['Choose another place for it.', 'Wählen Sie einen anderen Ort für ihn.'],
  ['The event type may be booked by signed-in people only.', 'Den Ereignistyp dürfen nur angemeldete Personen buchen.'],
  ['The event type asks for a verified e-mail address.', 'Der Ereignistyp verlangt eine bestätigte E-Mail-Adresse.'],
  ['Turn that off for it.', 'Schalten Sie das für ihn ab.'],
  [
    'The event type limits how many bookings one person may have.',
    'Der Ereignistyp begrenzt, wie viele Buchungen eine Person haben darf.',
  ],
  [
    'Take that limit off, or settle it with the caller.',
    'Heben Sie die Grenze auf, oder klären Sie es mit dem Anrufer.',
  ],
  ['Make it optional.', 'Machen Sie sie freiwillig.'],
] as const

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
  ...cures.map(
    ([english, german]) => [new RegExp(`^${english.replaceAll('.', '\\.')}(?: (\\(.+\\)))?$`), `${german} $1`] as const,
  ),
  [
    /^The event type has the question "([\w-]+)", which nobody answers on the phone\.$/,
    'Der Ereignistyp hat die Frage „$1“, die am Telefon niemand beantwortet.',
  ],
  [/^Cal\.com refused the request\. (\(.+\))$/, 'Cal.com hat die Anfrage abgelehnt. $1'],
]
