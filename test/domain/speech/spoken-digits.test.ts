import { describe, expect, it } from 'vitest'
import { spokenDigits } from '../../../src/domain/speech/spoken-digits.ts'

describe('digits that were said', () => {
  it.each([
    ['null eins sieben eins drei neun zwei', '0171392'],
    ['Null-eins-sieben-zwo, dreiundzwanzig', '017223'],
    ['plus vier neun eins sieben eins', '+49171'],
    ['oh one seven one', '0171'],
    ['0171 / 392 00 01', '01713920001'],
    ['meine Nummer ist die 030', '030'],
    ['gar keine', ''],
    ['null eins sieben eins, einundsiebzig', ''],
    ['zero one seven one forty five', ''],
    ['null eins double five', ''],
  ])('%s', (said, digits) => {
    expect(spokenDigits(said)).toBe(digits)
  })
})
