/** What the page of the colleagues says. */
export const de = {
  staff: {
    title: 'Team',
    lead: 'Wer arbeitet hier, und wer hat die eigenen Termine im eigenen Kalender.',
    count: (count: number) => (count === 1 ? '1 Person' : `${count} Personen`),
    columns: { who: 'Name', feed: 'Kalender-Abo' },
    feedSince: (when: string) => `seit ${when}`,
    noFeed: 'keines',
    make: 'Abo anlegen',
    renew: 'Neue Adresse',
    revoke: 'Beenden',
    of: (name: string) => ` für ${name}`,
    made: (name: string) => `Das Kalender-Abo für ${name} ist angelegt.`,
    copy: 'Diese Adresse wird nur jetzt gezeigt. Tragen Sie sie in die Kalender-App ein; wer sie kennt, sieht die Termine. Eine frühere Adresse gilt nicht mehr.',
    address: 'Adresse',
    revoked: 'Das Kalender-Abo ist beendet. Seine Adresse gilt nicht mehr.',
    empty: 'Noch niemand',
    emptyHelp: 'Nennen Sie die Mitarbeitenden in der Firmendatei und wenden Sie sie an:',
  },
}

export const en: typeof de = {
  staff: {
    title: 'Team',
    lead: 'Who works here, and who has their own appointments in their own calendar.',
    count: (count) => (count === 1 ? '1 person' : `${count} people`),
    columns: { who: 'Name', feed: 'Calendar feed' },
    feedSince: (when) => `since ${when}`,
    noFeed: 'none',
    make: 'Make a feed',
    renew: 'New address',
    revoke: 'Revoke',
    of: (name) => ` for ${name}`,
    made: (name) => `The calendar feed for ${name} is made.`,
    copy: 'This address is shown only now. Enter it in the calendar app; whoever knows it sees the appointments. An earlier address is worth nothing any more.',
    address: 'Address',
    revoked: 'The calendar feed is revoked. Its address is worth nothing any more.',
    empty: 'Nobody yet',
    emptyHelp: 'Name the colleagues in the company file and apply it:',
  },
}
