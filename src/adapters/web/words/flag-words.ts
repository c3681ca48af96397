import type { FlagName } from '../../../application/access/known-flags.ts'
import type { Role } from '../../../domain/access/role.ts'

type Known = { readonly [Name in FlagName]: { readonly title: string; readonly help: string } }
type RoleNames = { readonly [R in Role]: string }

const knownInGerman: Known = {
  'automatic-rollouts': {
    title: 'Erprobungen, die von selbst weitergehen',
    help: 'Der Anteil der Anrufer wächst, solange es ihnen nicht schlechter ergeht. Was schon läuft, geht weiter.',
  },
  'outside-trials': {
    title: 'Anfragen an fremde Funktionen',
    help: 'Von der Seite der Funktionen aus werden sie von Hand wirklich abgeschickt.',
  },
}

const knownInEnglish: Known = {
  'automatic-rollouts': {
    title: 'Rollouts that go on by themselves',
    help: 'The share of callers grows as long as they fare no worse. What runs already goes on.',
  },
  'outside-trials': {
    title: 'Requests to functions of others',
    help: 'They are really sent, by hand, from the page of an agent’s functions.',
  },
}

const rolesInGerman: RoleNames = {
  platform_admin: 'Betrieb der Plattform',
  company_admin: 'Verwaltung der Firma',
  manager: 'Leitung',
  staff: 'Team',
  viewer: 'Nur ansehen',
}

const rolesInEnglish: RoleNames = {
  platform_admin: 'Platform administrators',
  company_admin: 'Company administrators',
  manager: 'Managers',
  staff: 'Staff',
  viewer: 'Viewers',
}

/** What the page says on features that are on for some and not yet for others. */
export const de = {
  flags: {
    title: 'Freischaltungen',
    lead: 'Was schon alle nutzen können, was erst einige und was noch niemand.',
    known: knownInGerman,
    roleNames: rolesInGerman,
    for: 'Für wen?',
    reach: { everybody: 'Für alle', some: 'Nur für die hier Genannten', nobody: 'Für niemanden' },
    state: { everybody: 'für alle', some: 'für einige', nobody: 'für niemanden' },
    someHelp: 'Wer hier auf irgendeine Art genannt ist, hat es.',
    roles: 'Rollen',
    companies: 'Firmen',
    percent: 'Anteil der Firmen in %',
    percentHelp: 'immer dieselben; ein größerer Anteil nimmt weitere hinzu',
    users: 'Benutzer und Programme',
    usersHelp: 'E-Mail-Adressen oder Kennungen, eine je Zeile',
    save: 'Speichern',
    never: 'Noch nie geändert',
    changed: (when: string) => `Geändert ${when}`,
    saved: (title: string) => `Gespeichert: ${title}.`,
    wrong: {
      summary: 'Bitte sehen Sie sich die markierten Felder an. Gespeichert ist noch nichts.',
      some: 'Bitte nennen Sie, für wen es gilt, oder wählen Sie „Für niemanden“.',
      percent: 'Bitte geben Sie eine ganze Zahl von 0 bis 100 an.',
      users: (names: string) => `Das kennt hier niemand: ${names}.`,
      changed: 'Jemand hat das inzwischen geändert. Bitte sehen Sie nach und entscheiden Sie noch einmal.',
    },
  },
}

export const en: typeof de = {
  flags: {
    title: 'Features',
    lead: 'What everybody can use already, what only some can, and what nobody can yet.',
    known: knownInEnglish,
    roleNames: rolesInEnglish,
    for: 'For whom?',
    reach: { everybody: 'For everybody', some: 'Only for those named here', nobody: 'For nobody' },
    state: { everybody: 'for everybody', some: 'for some', nobody: 'for nobody' },
    someHelp: 'Whoever is named here in any way has it.',
    roles: 'Roles',
    companies: 'Companies',
    percent: 'Share of companies in %',
    percentHelp: 'always the same ones; a greater share adds others',
    users: 'Users and programs',
    usersHelp: 'e-mail addresses or ids, one in each line',
    save: 'Save',
    never: 'Never changed',
    changed: (when) => `Changed ${when}`,
    saved: (title) => `Saved: ${title}.`,
    wrong: {
      summary: 'Please look at the marked fields. Nothing is saved yet.',
      some: 'Please say for whom it is, or choose “For nobody”.',
      percent: 'Please enter a whole number from 0 to 100.',
      users: (names) => `Nobody here knows: ${names}.`,
      changed: 'Somebody changed this meanwhile. Please have a look and decide once more.',
    },
  },
}
