/** What is said of differences between our side and the calendar of a vendor. */
export const de = {
  differences: {
    title: 'Unterschiede',
    none: 'keine',
    noneHelp: 'Was hier steht, steht auch im Kalender, und umgekehrt.',
    more: 'Es gibt noch mehr. Entscheiden Sie zuerst über diese.',
    kinds: { untold: 'noch nicht gemeldet', disputed: 'strittig', unmatched: 'nur im Kalender' },
    help: {
      untold: 'Der Kalender weiß davon noch nicht. Es wird von selbst wieder versucht.',
      disputed: 'Der Kalender sagt etwas anderes. Das können nur Sie entscheiden.',
      unmatched: 'Diese Buchung gehört zu keinem Termin hier.',
    },
    here: (what: string, status: string) => `hier: ${what}, ${status}`,
    there: (when: string, status: string) => `im Kalender: ${when}, ${status}`,
    nothingThere: 'im Kalender: nichts',
    status: { accepted: 'bestätigt', pending: 'wartet auf Bestätigung', cancelled: 'abgesagt', rejected: 'abgelehnt' },
    decisions: {
      'look-again': 'Noch einmal nachsehen',
      'book-there': 'Im Kalender buchen',
      'cancel-here': 'Hier absagen',
      'keep-ours': 'So lassen, wie es hier steht',
      'take-over': 'Als Termin übernehmen',
      'cancel-there': 'Im Kalender absagen',
    },
    noneOfOurs: 'Gehört nicht hierher',
    takeOverAs: 'Übernehmen als',
    nobody: 'niemand bestimmtes',
    about: (name: string) => `: ${name}`,
  },
}

export const en: typeof de = {
  differences: {
    title: 'Differences',
    none: 'none',
    noneHelp: 'What stands here stands in the calendar as well, and the other way round.',
    more: 'There are more. Decide on these first.',
    kinds: { untold: 'not told yet', disputed: 'disputed', unmatched: 'only in the calendar' },
    help: {
      untold: 'The calendar has not heard of it yet. It is tried again by itself.',
      disputed: 'The calendar says something else. Only you can decide.',
      unmatched: 'This booking belongs to no appointment here.',
    },
    here: (what, status) => `here: ${what}, ${status}`,
    there: (when, status) => `in the calendar: ${when}, ${status}`,
    nothingThere: 'in the calendar: nothing',
    status: { accepted: 'confirmed', pending: 'waits for its host', cancelled: 'cancelled', rejected: 'rejected' },
    decisions: {
      'look-again': 'Look again',
      'book-there': 'Book it there',
      'cancel-here': 'Cancel it here',
      'keep-ours': 'Keep what stands here',
      'take-over': 'Take it over',
      'cancel-there': 'Cancel it there',
    },
    noneOfOurs: 'None of ours',
    takeOverAs: 'Take over as',
    nobody: 'nobody in particular',
    about: (name) => `: ${name}`,
  },
}
