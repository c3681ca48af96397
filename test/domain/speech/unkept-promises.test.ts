import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SpokenFact, unkeptPromises } from '../../../src/domain/speech/unkept-promises.ts'

const fact = (kind: SpokenFact['kind'], at = 0): SpokenFact => ({ kind, at })
/** Of these hours of the day. */
const named = (kind: SpokenFact['kind'], ...hours: readonly number[]): SpokenFact => ({
  ...fact(kind),
  times: hours.map((hour) => hour * 60),
})
const said = (text: string, until: number | undefined = 60_000) => [{ text, until }]
const kindsOf = (text: string, facts: readonly SpokenFact[], until?: number) =>
  unkeptPromises(said(text, until), facts).map(({ kind }) => kind)

describe('a promise is kept', () => {
  it.each<[string, readonly SpokenFact[]]>([
    ['Ihr Termin ist gebucht.', [fact('booked')]],
    ['Ihr neuer Termin ist eingetragen.', [fact('moved')]],
    ['Ihr Termin ist am Montag eingetragen.', [fact('known')]],
    ['Ihr Termin ist verschoben.', [fact('moved')]],
    ['Ihr Termin ist verschoben.', [fact('cancelled'), fact('booked')]],
    ['Ihr Termin ist storniert.', [fact('cancelled')]],
    ['10 Uhr ist noch frei.', [fact('free')]],
    ['10 Uhr ist leider belegt.', [fact('searched')]],
    ['Sie erhalten eine Bestätigung per E-Mail.', [fact('mailed')]],
    ['Ich habe noch nichts gebucht.', []],
    ['Ich habe Sie um 10 Uhr eingetragen.', [named('booked', 10)]],
    ['Ich habe Sie um drei Uhr eingetragen.', [named('booked', 15)]],
    ['Ihr Termin ist um 11 Uhr gebucht.', [named('moved', 11)]],
    ['Ihr Termin um 9 Uhr ist gebucht.', [named('known', 9, 16)]],
    ['10 Uhr oder 11 Uhr wäre frei.', [named('free', 10), named('free', 11)]],
    ['Ihr Termin ist von 10 Uhr auf 11 Uhr verschoben.', [named('moved', 11)]],
    ['Ihr Termin um 10 Uhr ist verschoben.', [named('moved', 11)]],
    ['14 Uhr ist leider belegt.', [named('searched', 10)]],
    ['Wir rufen Sie zurück.', [fact('called-back')]],
    ['Wir rufen Sie zurück. Wie ist Ihre Nummer?', [fact('called-back', 90_000)]],
  ])('„%s“ by %j', (text, facts) => expect(kindsOf(text, facts)).toEqual([]))
})

describe('a promise is not kept', () => {
  it.each<[string, readonly SpokenFact[], string]>([
    ['Ihr Termin ist gebucht.', [], 'booked'],
    ['Ihr Termin ist gebucht.', [fact('free'), fact('searched')], 'booked'],
    ['Ich habe den Termin gebucht.', [fact('known')], 'booked'],
    ['Ihr Termin ist verschoben.', [fact('cancelled')], 'moved'],
    ['Ihr Termin ist storniert.', [fact('booked')], 'cancelled'],
    ['10 Uhr ist noch frei.', [fact('searched')], 'free'],
    ['10 Uhr ist leider belegt.', [], 'taken'],
    ['Sie erhalten eine Bestätigung per E-Mail.', [fact('booked')], 'mailed'],
    ['Sie erhalten eine Bestätigung per SMS.', [fact('mailed')], 'texted'],
    ['Ich habe Sie um 10 Uhr gebucht.', [named('booked', 11)], 'booked'],
    ['Ihr Termin um 9 Uhr ist gebucht.', [named('known', 10)], 'booked'],
    ['10 Uhr oder 12 Uhr wäre frei.', [named('free', 10), named('free', 11)], 'free'],
    ['Ihr Termin ist auf 10 Uhr verschoben.', [named('moved', 11)], 'moved'],
    ['Ich rufe Sie zurück.', [fact('booked'), fact('searched')], 'called-back'],
    ['Someone will call you back.', [], 'called-back'],
  ])('„%s“ by %j', (text, facts, kind) => expect(kindsOf(text, facts)).toEqual([kind]))

  it('by a fact that came twenty seconds later (I-55)', () => {
    expect(kindsOf('Ihr Termin ist gebucht.', [fact('booked', 26_000)], 6_000)).toEqual(['booked'])
    expect(kindsOf('Ihr Termin ist gebucht.', [fact('booked', 16_000)], 6_000)).toEqual([])
  })

  it('is told once for a sentence, with its turn and place', () => {
    const turns = [...said('Guten Tag!'), ...said('Moment. 10 Uhr ist frei und ich habe Sie eingetragen.')]
    expect(unkeptPromises(turns, [])).toMatchObject([{ turn: 1, kind: 'free', from: 8 }])
  })
})

describe('promises and facts', () => {
  const kinds = [
    'booked',
    'moved',
    'cancelled',
    'free',
    'mailed',
    'texted',
    'called-back',
    'known',
    'searched',
  ] as const
  const sentence = fc.constantFrom(
    'Ihr Termin ist gebucht.',
    'I have cancelled your appointment.',
    'Ihr Termin ist verschoben.',
    '10 Uhr ist noch frei.',
    '3 pm is already booked.',
    'Eine Bestätigung per SMS ist unterwegs.',
    "I've sent you a confirmation by email.",
    'Wir rufen Sie zurück.',
    'Auf Wiederhören!',
  )
  const turns = fc.array(fc.record({ text: sentence, until: fc.option(fc.nat(100_000), { nil: undefined }) }), {
    maxLength: 6,
  })
  const facts = fc.array(fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(100_000) }), { maxLength: 6 })

  it('give no alarm when every fact was there from the beginning', () =>
    fc.assert(
      fc.property(turns, (turns) => {
        const all = kinds.map((kind) => fact(kind))
        expect(unkeptPromises(turns, all)).toEqual([])
      }),
    ))

  it('give no more alarms for one more fact', () =>
    fc.assert(
      fc.property(turns, facts, fc.constantFrom(...kinds), (turns, facts, kind) => {
        const [before, after] = [unkeptPromises(turns, facts), unkeptPromises(turns, [...facts, fact(kind)])]
        expect(before).toEqual(expect.arrayContaining([...after]))
      }),
    ))

  it('give an alarm for each promise when there is no fact', () =>
    fc.assert(
      fc.property(turns, (turns) => {
        const promising = turns.filter(({ text }) => !text.startsWith('Auf'))
        expect(unkeptPromises(turns, [])).toHaveLength(promising.length)
      }),
    ))
})
