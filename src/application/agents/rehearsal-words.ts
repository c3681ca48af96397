import type { LanguageCode } from '../../domain/company.ts'
import type { RehearsalFault } from './rehearse.ts'

type FaultKind = RehearsalFault['kind']
type FaultOf<Kind extends FaultKind> = Extract<RehearsalFault, { readonly kind: Kind }>
type FaultWords = { readonly [Kind in FaultKind]: (fault: FaultOf<Kind>) => string }

interface UnmetWords {
  readonly status: (wanted: string, found: string) => string
  readonly says: (text: string, found: string) => string
  readonly neverSays: (text: string) => string
  readonly count: (what: 'booked' | 'rescheduled' | 'cancelled', wanted: string, found: string) => string
  readonly other: (wanted: string, found: string) => string
}

/** The words in question, of the sentence that was noted about them. */
const claimed = (sentence: string): string => /“([\s\S]*)”/.exec(sentence)?.[1] ?? sentence

const isCounted = (text: string | undefined): text is 'booked' | 'rescheduled' | 'cancelled' =>
  text === 'booked' || text === 'rescheduled' || text === 'cancelled'

/** What was expected is told by how a script's expectation names it. */
const unmet =
  (say: UnmetWords) =>
  ({ wanted, found }: FaultOf<'unmet'>): string => {
    const [, status] = /^status (.+)$/s.exec(wanted) ?? []
    if (status !== undefined) return say.status(status.replaceAll(' | ', ', '), found)
    const [, never, says] = /^(never )?says "(.*)"$/s.exec(wanted) ?? []
    if (says !== undefined) return never === undefined ? say.says(says, found) : say.neverSays(says)
    const [, what, count = ''] = /^(\w+): (\d+)$/.exec(wanted) ?? []
    return isCounted(what) ? say.count(what, count, found) : say.other(wanted, found)
  }

const german: FaultWords = {
  'not-a-parameter': ({ name }) =>
    `Das Skript gibt „${name}“ mit, doch die Funktion hat keinen solchen Parameter. Der Agent könnte das nicht schicken.`,
  'required-missing': ({ name }) =>
    `Die Funktion braucht „${name}“, und das Skript gibt es nicht mit. Ergänzen Sie es im Skript, oder machen Sie den Parameter freiwillig.`,
  'not-allowed': ({ name, allowed }) => `Für „${name}“ nimmt die Funktion nur: ${allowed}.`,
  'tool-missing': ({ name }) =>
    `Diese Version hat keine Funktion „${name}“. Fügen Sie sie hinzu, oder ändern Sie das Skript.`,
  'tool-elsewhere': ({ name }) => `„${name}“ beantwortet jemand anders und wurde in der Probe nicht gefragt.`,
  failed: ({ status }) => `Die Funktion hat es nicht geschafft: ${status}.`,
  claim: ({ sentence }) => `Der Agent behauptet etwas, das keine Funktion gesagt hat: „${claimed(sentence)}“`,
  unmet: unmet({
    status: (wanted, found) => `Als Status war „${wanted}“ erwartet, gekommen ist „${found}“.`,
    says: (text, found) =>
      found === ''
        ? `Zu hören sein sollte „${text}“, gesagt wurde nichts.`
        : `Zu hören sein sollte „${text}“, gesagt wurde: „${found}“`,
    neverSays: (text) => `„${text}“ sollte nie zu hören sein und wurde gesagt.`,
    count: (what, wanted, found) => {
      const done = { booked: 'gebucht', rescheduled: 'verschoben', cancelled: 'abgesagt' }[what]
      return wanted === '1'
        ? `Am Ende sollte 1 Termin ${done} sein, gezählt wurden ${found}.`
        : `Am Ende sollten ${wanted} Termine ${done} sein, gezählt wurden ${found}.`
    },
    other: (wanted, found) => `Erwartet war ${wanted}, gekommen ist ${found}.`,
  }),
}

const english: FaultWords = {
  'not-a-parameter': ({ name }) =>
    `The script gives “${name}”, but the function has no such parameter. The agent could not send it.`,
  'required-missing': ({ name }) =>
    `The function needs “${name}”, and the script does not give it. Add it to the script, or make the parameter optional.`,
  'not-allowed': ({ name, allowed }) => `For “${name}” the function takes only: ${allowed}.`,
  'tool-missing': ({ name }) => `This version has no function “${name}”. Add it, or change the script.`,
  'tool-elsewhere': ({ name }) => `Somebody else answers “${name}”, so it was not asked in the rehearsal.`,
  failed: ({ status }) => `The function could not do it: ${status}.`,
  claim: ({ sentence }) => `The agent claims what no function had said: “${claimed(sentence)}”`,
  unmet: unmet({
    status: (wanted, found) => `The status was to be “${wanted}”, and it is “${found}”.`,
    says: (text, found) =>
      found === ''
        ? `“${text}” was to be heard, and nothing was said.`
        : `“${text}” was to be heard, and this was said: “${found}”`,
    neverSays: (text) => `“${text}” was never to be heard, and was said.`,
    count: (what, wanted, found) => {
      const done = { booked: 'booked', rescheduled: 'moved', cancelled: 'cancelled' }[what]
      return wanted === '1'
        ? `In the end 1 appointment was to be ${done}; ${found} were counted.`
        : `In the end ${wanted} appointments were to be ${done}; ${found} were counted.`
    },
    other: (wanted, found) => `This was expected: ${wanted}. This came: ${found}.`,
  }),
}

const words: { readonly [Language in LanguageCode]: FaultWords } = { de: german, en: english }

const say = <Kind extends FaultKind>(said: FaultWords, fault: FaultOf<Kind>): string => {
  const one: (fault: FaultOf<Kind>) => string = said[fault.kind as Kind]
  return one(fault)
}

/** What went wrong in a rehearsal, for people. */
export const sayRehearsalFault = (fault: RehearsalFault, language: LanguageCode): string => say(words[language], fault)
