import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { understandName } from '../../../src/domain/speech/names.ts'

const context = {
  staffNames: ['Nina Beispiel', 'Udo'],
  thingNames: ['Herrenhaarschnitt', 'Salon Sonne'],
  agentName: 'Clara',
  language: 'de',
} as const
const nameIn = (text: string) =>
  understandName(text, context).match(
    (name) => name,
    ({ reason }) => `not a name: ${reason}`,
  )

describe('a name', () => {
  it.each([
    ['Erika Beispiel', 'Erika Beispiel'],
    ['Mein Name ist Erika Beispiel', 'Erika Beispiel'],
    ['ich heiße Jonas Probe.', 'Jonas Probe'],
    ['Guten Tag, hier ist die Erika Beispiel', 'Erika Beispiel'],
    ['ja hallo, Muster mein Name', 'Muster'],
    ['Jonas Probe am Apparat', 'Jonas Probe'],
    ['auf den Namen Probe bitte', 'Probe'],
    ['My name is John Sample', 'John Sample'],
    ["I'm Jane Sample", 'Jane Sample'],
    ['Frau Dr. Erika Beispiel', 'Dr. Erika Beispiel'],
    ['Herr Probe', 'Probe'],
    ['Mrs. Sample', 'Sample'],
    ['  Erika \t\n  Beispiel\u0000 ', 'Erika Beispiel'],
    ['Zoë O’Neill-Żółć', 'Zoë O’Neill-Żółć'],
    ["Seán D'Arcy", "Seán D'Arcy"],
    ['Николай Иванов', 'Николай Иванов'],
    ['李小龙', '李小龙'],
    ['Nina Probe', 'Nina Probe'],
    ['Max Freitag', 'Max Freitag'],
    ['Frau Freitag', 'Freitag'],
    ['August', 'August'],
    ['Can Yilmaz', 'Can Yilmaz'],
    ['Will Smith', 'Will Smith'],
    ['Maria von der Heide', 'Maria von der Heide'],
    ['von Berg', 'von Berg'],
    ['der Max', 'Max'],
    ['nein, Müller', 'Müller'],
    ['Müller mit zwei l', 'Müller'],
    ['Müller, mit Ü', 'Müller'],
    ['Meier, M-E-I-E-R', 'Meier'],
    ['M E I E R', 'Meier'],
    ['Max null', 'Max'],
    ['Herr und Frau Müller', 'Müller'],
    ['Weiß', 'Weiß'],
    ['Frau Gut', 'Gut'],
    ['the name is Smith', 'Smith'],
    ['Nina Müller', 'Nina Müller'],
    ['Clara Schumann', 'Clara Schumann'],
  ])('in „%s“ is %s', (text, name) => expect(nameIn(text)).toBe(name))

  it.each([
    ['', 'missing'],
    ['   ', 'missing'],
    ['...', 'missing'],
    ['Unbekannt', 'placeholder'],
    ['unknown', 'placeholder'],
    ['anonymous', 'placeholder'],
    ['null', 'placeholder'],
    ['Kunde', 'placeholder'],
    ['n/a', 'placeholder'],
    ['k. A.', 'placeholder'],
    ['no name', 'placeholder'],
    ['Testkunde', 'placeholder'],
    ['Neuer Kunde', 'placeholder'],
    ['Anonymer Anrufer', 'placeholder'],
    ['Name des Kunden', 'placeholder'],
    ['Max Mustermann', 'placeholder'],
    ['John Doe', 'placeholder'],
    ['xxx', 'placeholder'],
    ['null null', 'placeholder'],
    ['siehe oben', 'fragment'],
    ['Schönen guten Tag', 'fragment'],
    ['Vielen Dank', 'fragment'],
    ['M wie Martha', 'fragment'],
    ['Nina oder Udo', 'fragment'],
    ['bei Kunigunde', 'fragment'],
    ['mit Anna', 'fragment'],
    ['für meine Frau Anna', 'fragment'],
    ['Herrenhaarschnitt', 'service'],
    ['salon sonne', 'service'],
    ['zum Udo', 'staff'],
    ['die Clara', 'agent'],
    ['{{customer_name}}', 'placeholder'],
    ['<name>', 'placeholder'],
    ['mir nicht', 'fragment'],
    ['guten Tag', 'fragment'],
    ['nein', 'fragment'],
    ['Ja, bitte', 'fragment'],
    ['ich weiß nicht', 'fragment'],
    ['ich möchte einen Termin', 'fragment'],
    ['meine Frau', 'fragment'],
    ['Haare schneiden', 'fragment'],
    ['no thanks', 'fragment'],
    ['x', 'fragment'],
    ['Acht Uhr', 'time'],
    ['halb drei', 'time'],
    ['um zehn', 'time'],
    ['Freitag', 'time'],
    ['morgen früh', 'time'],
    ['dritter Dezember', 'time'],
    ['0171 3920011', 'characters'],
    ['Max 2', 'characters'],
    ['max@muster.example', 'characters'],
    ['Nina', 'staff'],
    ['nina', 'staff'],
    ['bei Nina', 'staff'],
    ['zu Frau Nina Beispiel', 'staff'],
    ['Nina Beispiel', 'staff'],
    ['Udo', 'staff'],
    ['Clara', 'agent'],
    ['Erika '.repeat(50), 'too-long'],
    [`Erika ${'x'.repeat(120)}`, 'too-long'],
  ])('is not in „%s“: %s', (text, reason) => expect(nameIn(text)).toBe(`not a name: ${reason}`))
})

describe('every name', () => {
  const part = fc.constantFrom(
    'Erika',
    'Jonas',
    'Müller',
    'O’Neill',
    'von',
    'Öztürk',
    'Weiß',
    'Dr.',
    'Anna-Lena',
    'Sommer',
  )
  const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))
  const before = fc.constantFrom(
    '',
    'Mein Name ist ',
    'Guten Tag, hier ist ',
    'Ja hallo, ich heiße ',
    'my name is ',
    'Frau ',
  )
  const after = fc.constantFrom('', '.', ' am Apparat', ', bitte', ' mein Name.')

  it('is the same with and without what people say around it', () =>
    fc.assert(
      fc.property(name, before, after, (name, before, after) => {
        const plain = nameIn(name)
        if (!plain.startsWith('not a name')) expect(nameIn(`${before}${name}${after}`)).toBe(plain)
      }),
    ))

  it('is understood as itself when it is said again', () =>
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'grapheme' })), (name) => {
        const once = nameIn(`Mein Name ist ${name}`)
        if (!once.startsWith('not a name')) expect(nameIn(once)).toBe(once)
      }),
    ))

  it('is nobody’s who works here, whoever that is', () =>
    fc.assert(
      fc.property(name, before, (name, before) => {
        const own = { staffNames: [name], language: 'de' } as const
        expect(understandName(before + name, own).isErr()).toBe(true)
      }),
    ))
})
