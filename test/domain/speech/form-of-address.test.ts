import { describe, expect, it } from 'vitest'
import { formOfAddress } from '../../../src/domain/speech/form-of-address.ts'

describe('the form of address', () => {
  it.each([
    ['Max Muster', 'Max Muster'],
    [' Erika  von  Beispiel ', 'Erika von Beispiel'],
    ['Frau Beispiel', 'Frau Beispiel'],
    ['Max', undefined],
    ['Hans-Peter', undefined],
    ['', undefined],
  ])('of %j is %j', (name, expected) => {
    expect(formOfAddress(name)).toBe(expected)
  })
})
