import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { introducedName } from '../../../src/domain/speech/said-names.ts'

const context = { staffNames: ['Nina Beispiel', 'Udo'], agentName: 'Clara', language: 'de' } as const
const nameIn = (...said: string[]) => introducedName(said, context)

describe('the name by which a caller introduces themselves', () => {
  it.each([
    ['Guten Tag, mein Name ist Erika Beispiel.', 'Erika Beispiel'],
    ['Mein Name ist Müller, ich hätte gern einen Termin.', 'Müller'],
    ['mein Name ist Erika Beispiel und ich möchte einen Termin', 'Erika Beispiel'],
    ['mein name ist erika beispiel', 'erika beispiel'],
    ['Hier ist Jonas Probe.', 'Jonas Probe'],
    ['Hallo, hier spricht Frau Dr. Erika Beispiel.', 'Dr. Erika Beispiel'],
    ['Guten Morgen, hier Muster, ich wollte etwas fragen.', 'Muster'],
    ['Müller am Apparat.', 'Müller'],
    ['Ja, guten Tag, Jonas Probe am Apparat, ich bräuchte einen Termin.', 'Jonas Probe'],
    ['Probe mein Name, guten Tag.', 'Probe'],
    ['Ich heiße Maria von der Heide.', 'Maria von der Heide'],
    ['Ich bin die Erika Beispiel.', 'Erika Beispiel'],
    ['Hi, my name is John Sample and I would like an appointment.', 'John Sample'],
    ["My name's Jane Sample.", 'Jane Sample'],
    ['This is Jane Sample.', 'Jane Sample'],
    ["Hello, I'm John Sample calling about Friday.", 'John Sample'],
    ['Jane Sample speaking.', 'Jane Sample'],
    ['Mein Name ist Jonas Probe, ich rufe für meine Frau Anna an.', 'Jonas Probe'],
  ])('in „%s“ is %s', (said, name) => expect(nameIn(said)).toBe(name))

  it.each([
    'Ich hätte gern einen Termin für meine Frau Anna Beispiel.',
    'Der Name meiner Frau ist Anna Beispiel.',
    'Ihr Name ist Anna Beispiel.',
    'Her name is Anna Sample.',
    'Mein Name ist Clara.',
    'Mein Name ist nicht so wichtig.',
    'Hier ist besetzt.',
    'Ich bin krank.',
    'ich wohne am telefon',
    'Das Haus hier.',
    'Ich bin sehr krank heute.',
    'hier ist es so laut',
    'this is not what i wanted',
    'Ich bin Kunde bei Ihnen.',
    "I'm sorry.",
    'This is great.',
    'This is Monday.',
    'Acht Uhr am Apparat.',
    'Mein Name ist Acht Uhr.',
    'Ich möchte zu Nina.',
    'Mein Name ist Nina.',
    'Hier ist Freitag besser.',
    '',
  ])('is not in „%s“', (said) => expect(nameIn(said)).toBeUndefined())

  it('is the last one said, for people correct themselves and what was heard', () =>
    expect(nameIn('Mein Name ist Erika Meier.', 'Nein, mein Name ist Erika Beier.')).toBe('Erika Beier'))

  it('is found in any text without an exception, and is a name that can be understood', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('mein Name ist', 'hier', 'am Apparat', 'Erika', 'von', 'und', '.', ',', 'Dr.', 'uhr'),
          {
            maxLength: 20,
          },
        ),
        fc.string({ unit: 'binary' }),
        (words, text) => {
          nameIn(text)
          expect(nameIn(words.join(' ')) ?? 'Erika').toMatch(/^\S.*$/u)
        },
      ),
    ))
})
