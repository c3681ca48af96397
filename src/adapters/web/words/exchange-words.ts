/** How much of an imported agent is still to be done by people. */
export interface ImportLeft {
  readonly secrets: number
  readonly leftover: number
  readonly numbers: number
  readonly accountIds: number
}

const sentences = (...all: readonly (string | false)[]): string => all.filter((one) => one !== false).join(' ')

/** What the pages say on agents as files. */
export const de = {
  exchange: {
    title: 'Agent aus einer Datei',
    lead: 'Er wird ein neuer Entwurf. Retell erfährt davon, wenn Sie ihn veröffentlichen.',
    document: 'Inhalt der Datei (JSON)',
    documentHint: 'von hier, von Retell oder aus einem älteren System',
    name: 'Name',
    nameHint: 'sonst der aus der Datei',
    take: 'Agent importieren',
    fromFile: 'Aus einer Datei',
    file: 'Datei',
    asFile: 'Herunterladen',
    asFileHelp: 'Ohne Geheimnisse; sie sind darin nur benannt.',
    imported: ({ secrets, leftover, numbers, accountIds }: ImportLeft) =>
      sentences(
        'Der Agent ist als Entwurf importiert.',
        secrets > 0 && `Geheimnisse, die noch fehlen: ${secrets}; die Prüfung beim Veröffentlichen nennt sie.`,
        leftover > 0 && `Angaben, die nicht verstanden und nicht übernommen wurden: ${leftover}.`,
        numbers > 0 && `Nummern, die nicht zur Firma gehören und weggelassen wurden: ${numbers}.`,
        accountIds > 0 && `Kennungen eines Retell-Kontos, die Sie prüfen sollten: ${accountIds}.`,
      ),
    wrong: { empty: 'Bitte fügen Sie den Inhalt der Datei ein.' },
  },
}

export const en: typeof de = {
  exchange: {
    title: 'Agent from a file',
    lead: 'It becomes a new draft. Retell hears of it when you publish it.',
    document: 'Content of the file (JSON)',
    documentHint: 'from here, from Retell or from an older system',
    name: 'Name',
    nameHint: 'otherwise the one in the file',
    take: 'Import the agent',
    fromFile: 'From a file',
    file: 'File',
    asFile: 'Download',
    asFileHelp: 'Without secrets; they are only named in it.',
    imported: ({ secrets, leftover, numbers, accountIds }) =>
      sentences(
        'The agent is imported as a draft.',
        secrets > 0 && `Secrets that are still missing: ${secrets}; the check before publishing names them.`,
        leftover > 0 && `Values that were not understood and not taken over: ${leftover}.`,
        numbers > 0 && `Numbers that are not the company’s and were left out: ${numbers}.`,
        accountIds > 0 && `Ids of a Retell account that you should check: ${accountIds}.`,
      ),
    wrong: { empty: 'Please paste the content of the file.' },
  },
}
