import fc from 'fast-check'
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' }
import { getCountries, getExampleNumber } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import {
  nationalSpelling,
  type PhoneNumber,
  parseCallerNumber,
  parseCountry,
  parsePhoneNumber,
} from '../../src/domain/phone-number.ts'

const countryOf = (code: string) => parseCountry(code)._unsafeUnwrap()
const germany = countryOf('DE')
const read = (text: string, country = germany): string => parsePhoneNumber(text, country).unwrapOr('' as PhoneNumber)
const refusal = (text: string) => parsePhoneNumber(text, germany)._unsafeUnwrapErr().reason

const known = getCountries().flatMap((code) => {
  const example = getExampleNumber(code, examples)
  return example ? [{ code, example }] : []
})

describe('a phone number', () => {
  it('is understood in every region of the world, national and international', () => {
    expect(known.length).toBeGreaterThan(240)
    for (const { code, example } of known) {
      const country = countryOf(code)
      expect(read(example.number, country), code).toBe(example.number)
      expect(read(example.formatInternational(), country), code).toBe(example.number)
      expect(read(example.formatNational(), country), code).toBe(example.number)
      expect(read(example.formatInternational(), germany), `${code} read in Germany`).toBe(example.number)
    }
  })

  it('is the same after a second reading, of whatever country that is done', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.constantFrom(...known), ({ example, code }, other) => {
        const once = read(example.formatNational(), countryOf(code))
        expect(read(once, countryOf(code))).toBe(once)
        expect(read(once, countryOf(other.code))).toBe(once)
      }),
    )
  })

  it('is E.164 or refused, whatever was typed', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789+ -()/.'), maxLength: 30 }),
    )
    fc.assert(
      fc.property(typed, fc.constantFrom(...known), (text, { code }) => {
        const parsed = parsePhoneNumber(text, countryOf(code))
        if (parsed.isErr()) return
        expect(parsed.value).toMatch(/^\+[1-9]\d{1,14}$/)
        expect(read(parsed.value)).toBe(parsed.value)
      }),
      { numRuns: 500 },
    )
  })

  it('is one number in every German spelling', () => {
    const spellings = [
      '030 23125101',
      '03023125101',
      '030/23125101',
      '030-231 251 01',
      '(030) 23125101',
      '030.23125101',
      '+49 30 23125101',
      '+493023125101',
      '+49 (0)30 23125101',
      '+49 (0) 30 / 231 251-01',
      '0049 30 23125101',
      '0049-30-23125101',
      '00493023125101',
      '  030 23125101  ',
      '０３０ ２３１２５１０１',
      '030 23125101 ext. 12',
      'tel:+49-30-23125101',
    ]
    for (const spelling of spellings) expect(read(spelling), spelling).toBe('+493023125101')
    for (const spelling of ['0171 3920001', '0171/3920001', '+49171 3920001', '0049 (171) 3920001']) {
      expect(read(spelling), spelling).toBe('+491713920001')
    }
  })

  it('is read as of the country it was written in', () => {
    expect(read('044 668 18 00', countryOf('CH'))).toBe('+41446681800')
    expect(read('01 4021776', countryOf('AT'))).toBe('+4314021776')
    expect(read('011 49 30 23125101', countryOf('US'))).toBe('+493023125101')
  })

  it('is refused with the reason when it is none', () => {
    expect(refusal('')).toBe('empty')
    expect(refusal('   ')).toBe('empty')
    expect(refusal('keine Ahnung')).toBe('not-a-number')
    expect(refusal('12')).toBe('too-short')
    expect(refusal('030')).toBe('too-short')
    expect(refusal('030 23125101 23125101 23125101')).toBe('too-long')
    expect(refusal('+1 200 555 0100')).toBe('invalid-for-country')
  })

  it('is shown as people of the country write it, and read back from that', () => {
    expect(nationalSpelling('+493023125101' as PhoneNumber, germany)).toBe('030 23125101')
    expect(nationalSpelling('+493023125101' as PhoneNumber, countryOf('AT'))).toBe('+49 30 23125101')
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.constantFrom(...known), ({ example }, { code }) => {
        const number = example.number as string as PhoneNumber
        expect(read(nationalSpelling(number, countryOf(code)), countryOf(code))).toBe(number)
      }),
    )
  })

  it('asks for a country that exists', () => {
    expect(parseCountry('XX').isErr()).toBe(true)
    expect(parseCountry('de').isErr()).toBe(true)
    expect(parseCountry('').isErr()).toBe(true)
  })
})

describe('a caller’s number', () => {
  const caller = (text: string | undefined) => parseCallerNumber(text, germany)

  it('is hidden under every word that says so, and when it proves nothing', () => {
    const words = ['anonymous', 'Anonymous', 'UNKNOWN', 'withheld', 'restricted', 'private', 'unavailable']
    for (const text of [undefined, '', '  ', '00000000', '0', '+0000', '12', 'sip:agent@voice.example', ...words]) {
      expect(caller(text), String(text)).toEqual({ kind: 'hidden' })
    }
  })

  it('is visible when it is a number', () => {
    expect(caller('+491713920001')).toEqual({ kind: 'visible', number: '+491713920001' })
    expect(caller('0171 3920001')).toEqual({ kind: 'visible', number: '+491713920001' })
  })
})
