import { sayRehearsalFault } from '../../../application/agents/rehearsal-words.ts'
import type { RehearsalFault } from '../../../application/agents/rehearse.ts'

/** What the pages of rehearsals and their scripts say. */
export const de = {
  rehearsals: {
    title: 'Proben',
    lead: 'Ein Anruf nach Skript, auf einer Kopie des Kalenders. Niemand wird angerufen, nichts wird gebucht.',
    play: 'Jetzt spielen',
    playTitle: 'Eine Probe spielen',
    version: 'Version',
    versionText: (version: number) => `Version ${version}`,
    marks: { draft: 'Entwurf', live: 'für Anrufer', theirs: 'bei Retell' },
    plays: 'Gespielt wird:',
    usual: 'Üblicher Anruf',
    usualHelp: 'Die Firma hat noch keine eigenen Skripte. Bis dahin wird gespielt, was die meisten Anrufer wollen.',
    scripts: 'Skripte',
    history: 'Bisherige Proben',
    count: (count: number, more: boolean) =>
      more ? `die neuesten ${count}` : count === 1 ? '1 Probe' : `${count} Proben`,
    empty: 'Noch keine Probe',
    emptyHelp:
      'Spielen Sie eine Probe, bevor Sie eine Version veröffentlichen. Vor jeder Veröffentlichung läuft sie ohnehin.',
    older: 'Ältere zeigen',
    newest: 'Zum Anfang',
    passed: 'bestanden',
    failed: 'nicht bestanden',
    scriptCount: (count: number) => (count === 1 ? '1 Skript' : `${count} Skripte`),
    faultCount: (count: number) => (count === 1 ? '1 Fehler' : `${count} Fehler`),
    noFaults: 'kein Fehler',
    reportTitle: (version: number) => `Probe der Version ${version}`,
    back: 'Alle Proben',
    again: 'Noch einmal spielen',
    callAt: (time: string) => `Anruf am ${time}`,
    speakers: { agent: 'Agent', caller: 'Anrufer' },
    silent: 'nichts zu hören',
    asked: 'Mitgegeben',
    answered: 'Antwort',
    notAsked: 'nicht gefragt',
    noLines: 'In diesem Skript wird nichts gesagt und nichts gefragt.',
    effects: 'Was dabei herauskam',
    booked: 'gebucht',
    rescheduled: 'verschoben',
    cancelled: 'abgesagt',
    faults: 'Was am ganzen Anruf nicht stimmt',
    fault: (fault: RehearsalFault) => sayRehearsalFault(fault, 'de'),
    wrong: {
      version: 'Diese Version gibt es nicht.',
      unusable: (name: string) =>
        `Das Skript „${name}“ lässt sich nicht lesen. Öffnen Sie es unter Skripte und berichtigen Sie es.`,
    },
  },
  scripts: {
    title: 'Skripte',
    lead: 'Anrufe, die jede Version bestehen muss, bevor Anrufer sie erreichen. Sie gelten für alle Agenten der Firma.',
    count: (count: number) => (count === 1 ? '1 Skript' : `${count} Skripte`),
    add: 'Neues Skript',
    edit: 'Bearbeiten',
    look: 'Ansehen',
    remove: 'Entfernen',
    of: (name: string) => ` ${name}`,
    changed: (time: string) => `geändert ${time}`,
    empty: 'Noch kein Skript',
    emptyHelp: 'Bis dahin wird der übliche Anruf gespielt. Schreiben Sie auf, was Ihre Anrufer wollen.',
    emptyHelpViewer: 'Bis dahin wird der übliche Anruf gespielt.',
    back: 'Alle Skripte',
    agents: 'Zu den Agenten',
    newTitle: 'Neues Skript',
    newLead: 'Zeile für Zeile: was der Anrufer sagt, welche Funktion gefragt wird, und was herauskommen soll.',
    name: 'Name',
    source: 'Skript (YAML)',
    sourceHelp:
      'user: was der Anrufer sagt. tool: welche Funktion gefragt wird, mit args und expect. say: answer spricht ihre Antwort. agent: was der Agent sonst sagt. $offer_id und $alternative.time stehen für Angaben der letzten Antwort.',
    save: 'Speichern',
    removeHelp: 'Versionen müssen dieses Skript dann nicht mehr bestehen.',
    done: { saved: 'Das Skript ist gespeichert.', removed: 'Das Skript ist entfernt.' },
    wrong: {
      summary: 'Das Skript lässt sich nicht lesen. Es wurde nichts gespeichert.',
      name: 'Bitte geben Sie einen Namen mit höchstens 120 Zeichen an.',
      taken: 'Ein anderes Skript heißt schon so.',
    },
    problem: {
      line: (line: string) => `Zeile ${line}`,
      step: (step: number) => `Schritt ${step}`,
      whole: 'Das Skript',
      yaml: 'Das ist kein gültiges YAML. Achten Sie auf Einrückung, Doppelpunkte und Anführungszeichen.',
      unknownStep: 'Ein Schritt beginnt mit user, tool, say, agent oder pause_ms und hat sonst nur, was dazu gehört.',
      unknownKey: (keys: string) => `Das kennt ein Skript nicht: ${keys}.`,
      steps: 'Es fehlen die Schritte: eine Liste mit mindestens einem Eintrag.',
      other: 'Das passt hier nicht.',
    },
    example: (booking: boolean, service: string, branch: string) =>
      booking
        ? `# Wer anruft: eine Nummer, oder hidden für eine unterdrückte.
caller: hidden
branch: ${branch}
steps:
  - user: Guten Tag, ich hätte gern morgen einen Termin.
  - tool: check_availability
    args: { service: ${service}, date: morgen }
  - say: answer
  - user: Ja, den nehme ich. Max Muster ist mein Name.
  - tool: book_appointment
    args:
      service: ${service}
      date: $alternative.date
      time: $alternative.time
      customer_name: Max Muster
      confirmed: true
    expect: { status: booked, never_says: [leider] }
  - say: answer
expect: { booked: 1 }
`
        : `# Wer anruft: eine Nummer, oder hidden für eine unterdrückte.
caller: hidden
branch: ${branch}
steps:
  - user: Bitte richten Sie aus, dass ich angerufen habe.
  - tool: take_message
    args: { customer_name: Max Muster, message: Bitte rufen Sie mich zurück. }
    expect: { never_says: [gebucht] }
  - say: answer
`,
  },
}

export const en: typeof de = {
  rehearsals: {
    title: 'Rehearsals',
    lead: 'A scripted call on a copy of the calendar. Nobody is called, nothing is booked.',
    play: 'Play now',
    playTitle: 'Play a rehearsal',
    version: 'Version',
    versionText: (version) => `Version ${version}`,
    marks: { draft: 'draft', live: 'for callers', theirs: 'at Retell' },
    plays: 'This is played:',
    usual: 'Usual call',
    usualHelp: 'The company has no scripts of its own yet. Until then what most callers want is played.',
    scripts: 'Scripts',
    history: 'Rehearsals so far',
    count: (count, more) => (more ? `the newest ${count}` : count === 1 ? '1 rehearsal' : `${count} rehearsals`),
    empty: 'No rehearsal yet',
    emptyHelp: 'Play one before you publish a version. It is played before each publication anyway.',
    older: 'Show older ones',
    newest: 'Back to the first',
    passed: 'passed',
    failed: 'not passed',
    scriptCount: (count) => (count === 1 ? '1 script' : `${count} scripts`),
    faultCount: (count) => (count === 1 ? '1 fault' : `${count} faults`),
    noFaults: 'no fault',
    reportTitle: (version) => `Rehearsal of version ${version}`,
    back: 'All rehearsals',
    again: 'Play once more',
    callAt: (time) => `Call on ${time}`,
    speakers: { agent: 'Agent', caller: 'Caller' },
    silent: 'nothing to be heard',
    asked: 'Sent along',
    answered: 'Answer',
    notAsked: 'not asked',
    noLines: 'Nothing is said and nothing asked in this script.',
    effects: 'What came of it',
    booked: 'booked',
    rescheduled: 'moved',
    cancelled: 'cancelled',
    faults: 'What is wrong with the call as a whole',
    fault: (fault) => sayRehearsalFault(fault, 'en'),
    wrong: {
      version: 'There is no such version.',
      unusable: (name) => `The script “${name}” cannot be read. Open it under Scripts and correct it.`,
    },
  },
  scripts: {
    title: 'Scripts',
    lead: 'Calls that each version has to pass before callers reach it. They hold for all agents of the company.',
    count: (count) => (count === 1 ? '1 script' : `${count} scripts`),
    add: 'New script',
    edit: 'Edit',
    look: 'View',
    remove: 'Remove',
    of: (name) => ` ${name}`,
    changed: (time) => `changed ${time}`,
    empty: 'No script yet',
    emptyHelp: 'Until then the usual call is played. Write down what your callers want.',
    emptyHelpViewer: 'Until then the usual call is played.',
    back: 'All scripts',
    agents: 'To the agents',
    newTitle: 'New script',
    newLead: 'Line by line: what the caller says, which function is asked, and what is to come of it.',
    name: 'Name',
    source: 'Script (YAML)',
    sourceHelp:
      'user: what the caller says. tool: which function is asked, with args and expect. say: answer speaks its answer. agent: what else the agent says. $offer_id and $alternative.time stand for what the last answer had.',
    save: 'Save',
    removeHelp: 'Versions then need not pass this script any more.',
    done: { saved: 'The script is saved.', removed: 'The script is removed.' },
    wrong: {
      summary: 'The script cannot be read. Nothing was saved.',
      name: 'Please enter a name with at most 120 characters.',
      taken: 'Another script has this name.',
    },
    problem: {
      line: (line) => `Line ${line}`,
      step: (step) => `Step ${step}`,
      whole: 'The script',
      yaml: 'This is not valid YAML. Mind indentation, colons and quotation marks.',
      unknownStep: 'A step begins with user, tool, say, agent or pause_ms and has nothing but what belongs to that.',
      unknownKey: (keys) => `A script does not know this: ${keys}.`,
      steps: 'The steps are missing: a list with at least one entry.',
      other: 'This does not fit here.',
    },
    example: (booking, service, branch) =>
      booking
        ? `# Who calls: a number, or hidden for none.
caller: hidden
branch: ${branch}
steps:
  - user: Hello, I would like an appointment tomorrow.
  - tool: check_availability
    args: { service: ${service}, date: tomorrow }
  - say: answer
  - user: Yes, I will take that one. My name is Max Muster.
  - tool: book_appointment
    args:
      service: ${service}
      date: $alternative.date
      time: $alternative.time
      customer_name: Max Muster
      confirmed: true
    expect: { status: booked, never_says: [sorry] }
  - say: answer
expect: { booked: 1 }
`
        : `# Who calls: a number, or hidden for none.
caller: hidden
branch: ${branch}
steps:
  - user: Please say that I called.
  - tool: take_message
    args: { customer_name: Max Muster, message: Please ring me back. }
    expect: { never_says: [booked] }
  - say: answer
`,
  },
}
