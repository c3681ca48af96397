import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filledArguments, unmet } from '../../../src/domain/agents/script.ts'

const answer = {
  status: 'available',
  message: 'Am Samstag um 10 Uhr ist frei.',
  offer_id: 'off_1',
  alternatives: [{ date: '21.11.2026' }],
}
const nothing = { status: [], says: [], neverSays: [], fields: {} }

describe('arguments of a script', () => {
  it('stand for fields of the last answer and of its first alternative', () => {
    const args = { offer_id: '$offer_id', date: '$alternative.date', name: 'Max', none: '$nothing' }
    expect(filledArguments(args, answer)).toEqual({ offer_id: 'off_1', date: '21.11.2026', name: 'Max', none: '' })
  })

  it('leaves what stands for nothing as it is', () => {
    const plain = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.boolean(), fc.constant('text')))
    fc.assert(
      fc.property(plain, (args) => {
        expect(filledArguments(args, answer)).toEqual(args)
      }),
    )
  })
})

describe('an expectation', () => {
  it.each([
    [{ ...nothing, status: ['unavailable', 'closed'] }, 'status unavailable | closed'],
    [{ ...nothing, says: ['gebucht'] }, 'says "gebucht"'],
    [{ ...nothing, neverSays: ['IST FREI'] }, 'never says "IST FREI"'],
    [{ ...nothing, fields: { offer_id: 'off_2' } }, 'offer_id "off_2"'],
  ])('names what %j finds otherwise', (expectation, wanted) => {
    expect(unmet(expectation, answer).map((one) => one.wanted)).toEqual([wanted])
  })

  it('is met by what it names', () => {
    const met = { status: ['available'], says: ['10 uhr'], neverSays: ['gebucht'], fields: { offer_id: 'off_1' } }
    expect(unmet(met, answer)).toEqual([])
    expect(unmet(undefined, answer)).toEqual([])
  })
})
