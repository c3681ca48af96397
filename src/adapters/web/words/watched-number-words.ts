import type { NumberFault } from '../../../domain/agents/number-watch.ts'

type Bound = number | string | undefined
export interface SaidFault {
  readonly found: string
  readonly cure: string
}

/** What the page says about how Retell has the numbers of a company. */
export const de = {
  watched: {
    title: 'Nummern bei Retell',
    lead: 'Welcher Agent bei Retell an jeder Nummer antwortet, in welcher Version, und ob wir von den Anrufen erfahren.',
    tabs: { here: 'Wohin Anrufe gehen', there: 'Bei Retell' },
    tabsLabel: 'Ansichten der Nummern',
    count: (count: number) => (count === 1 ? '1 Nummer' : `${count} Nummern`),
    columns: { number: 'Nummer', agent: 'Agent bei Retell', hears: 'Fragt Retell uns?', faults: 'Was nicht stimmt' },
    bound: (version: Bound) =>
      version === undefined || version === 'latest'
        ? 'neueste Version, auch Entwürfe'
        : version === 'latest_published'
          ? 'neueste veröffentlichte Version'
          : `Retell ${version}`,
    noAgent: 'niemand',
    outbound: (agent: string) => `ruft an als ${agent}`,
    hears: 'ja',
    hearsNot: 'nein',
    notThere: 'nicht im Konto',
    neverSeen: 'noch nie gefragt',
    seenAt: (time: string) => `gefragt ${time}`,
    fits: 'in Ordnung',
    look: 'Jetzt nachsehen',
    register: 'Webhooks einrichten',
    registerHelp:
      'Sind die Webhooks eingerichtet, fragt Retell uns bei jedem klingelnden Anruf, wer antwortet. Sonst ändert das Einrichten nichts an den Nummern.',
    looked: 'Retell wurde gerade gefragt.',
    registered: 'Alle Nummern fragen uns jetzt. Es wurde bei Retell nachgelesen.',
    someFailed: 'Nicht jede Nummer ließ sich einrichten.',
    outcomes: { set: 'eingerichtet', 'was-set': 'war schon eingerichtet', failed: 'nicht gelungen' },
    results: 'Ergebnis',
    empty: 'Noch keine Nummer',
    emptyHelp: 'Nennen Sie die Nummern unter ihrer Filiale in der Firmendatei und wenden Sie sie an:',
    fault: (fault: NumberFault): SaidFault => {
      switch (fault.kind) {
        case 'number_without_agent':
          return fault.isThere
            ? {
                found: 'Niemand nimmt Anrufe auf dieser Nummer an.',
                cure: 'Veröffentlichen Sie einen Agenten für diese Nummer.',
              }
            : {
                found: 'Das Retell-Konto hat diese Nummer nicht.',
                cure: 'Nehmen Sie sie bei Retell auf, oder streichen Sie sie aus der Firmendatei.',
              }
        case 'number_wrong_agent':
          return {
            found: 'Hier antwortet ein anderer Agent, als die Filiale nennt.',
            cure: 'Veröffentlichen Sie den richtigen für diese Nummer, oder nennen Sie den anderen in der Firmendatei.',
          }
        case 'number_old_version':
          return {
            found:
              fault.live === undefined
                ? 'Anrufer erreichen, was zuletzt angelegt wurde, auch wenn es niemand veröffentlicht hat.'
                : `Anrufer erreichen eine andere Version als die gültige (Retell ${fault.live}).`,
            cure: 'Veröffentlichen Sie den Agenten noch einmal für diese Nummer.',
          }
        case 'number_without_webhook':
          return fault.what === 'inbound'
            ? {
                found: 'Retell fragt uns nicht, wenn es auf dieser Nummer klingelt.',
                cure: 'Richten Sie die Webhooks mit der Schaltfläche oben ein.',
              }
            : {
                found: 'Retell meldet uns die Anrufe dieses Agenten nicht.',
                cure: 'Veröffentlichen Sie ihn noch einmal; die Adresse wird dabei eingetragen.',
              }
      }
    },
  },
}

export const en: typeof de = {
  watched: {
    title: 'Numbers at Retell',
    lead: 'Which agent answers each number at Retell, in which version, and whether we hear of the calls.',
    tabs: { here: 'Where calls go', there: 'At Retell' },
    tabsLabel: 'Views of the numbers',
    count: (count) => (count === 1 ? '1 number' : `${count} numbers`),
    columns: { number: 'Number', agent: 'Agent at Retell', hears: 'Does Retell ask us?', faults: 'What is wrong' },
    bound: (version) =>
      version === undefined || version === 'latest'
        ? 'newest version, drafts included'
        : version === 'latest_published'
          ? 'newest published version'
          : `Retell ${version}`,
    noAgent: 'nobody',
    outbound: (agent) => `calls as ${agent}`,
    hears: 'yes',
    hearsNot: 'no',
    notThere: 'not in the account',
    neverSeen: 'never asked yet',
    seenAt: (time) => `asked ${time}`,
    fits: 'in order',
    look: 'Look now',
    register: 'Register webhooks',
    registerHelp:
      'Once the webhooks are registered, Retell asks us about each ringing call who answers. Nothing else of the numbers is changed by that.',
    looked: 'Retell has just been asked.',
    registered: 'All numbers ask us now. That was read back at Retell.',
    someFailed: 'Not every number could be registered.',
    outcomes: { set: 'registered', 'was-set': 'was registered already', failed: 'not done' },
    results: 'Result',
    empty: 'No number yet',
    emptyHelp: 'Name the numbers under their branch in the company file and apply it:',
    fault: (fault) => {
      switch (fault.kind) {
        case 'number_without_agent':
          return fault.isThere
            ? { found: 'Nobody answers calls on this number.', cure: 'Publish an agent to this number.' }
            : {
                found: 'The Retell account does not have this number.',
                cure: 'Import it at Retell, or take it out of the company file.',
              }
        case 'number_wrong_agent':
          return {
            found: 'Another agent answers here than the branch names.',
            cure: 'Publish the right one to this number, or name the other one in the company file.',
          }
        case 'number_old_version':
          return {
            found:
              fault.live === undefined
                ? 'Callers reach whatever was made last, even if nobody published it.'
                : `Callers reach another version than the live one (Retell ${fault.live}).`,
            cure: 'Publish the agent to this number once more.',
          }
        case 'number_without_webhook':
          return fault.what === 'inbound'
            ? {
                found: 'Retell does not ask us when this number rings.',
                cure: 'Register the webhooks with the button above.',
              }
            : {
                found: 'Retell does not tell us of the calls of this agent.',
                cure: 'Publish it once more; its address is registered with that.',
              }
      }
    },
  },
}
