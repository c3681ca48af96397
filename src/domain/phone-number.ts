import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { err, ok, type Result } from 'neverthrow'
import type { Brand } from './brand.ts'

/** A number in E.164: `+` and at most fifteen digits. Equal numbers are equal text. */
export type PhoneNumber = Brand<string, 'PhoneNumber'>
/** ISO 3166 country whose national spellings are understood. */
export type Country = Brand<string, 'Country'>

export type UnusablePhoneNumber = {
  readonly kind: 'unusable-phone-number'
  readonly reason: 'empty' | 'not-a-number' | 'too-short' | 'too-long' | 'invalid-for-country'
}
export type UnknownCountry = { readonly kind: 'unknown-country'; readonly code: string }

export const parseCountry = (code: string): Result<Country, UnknownCountry> =>
  isSupportedCountry(code) ? ok(code as string as Country) : err({ kind: 'unknown-country', code })

/** Of no country: only international spellings are understood. */
export const noCountry = 'ZZ' as Country

/**
 * One E.164 for every spelling of a number: national, with `+` or `00`, with spaces, brackets, dots, full-width
 * digits or an extension (which is dropped). National spellings are read as of `country`.
 * The rules are libphonenumber's; a number it does not know to be valid is refused with the reason.
 */
export const parsePhoneNumber = (text: string, country: Country): Result<PhoneNumber, UnusablePhoneNumber> => {
  const trimmed = text.slice(0, 200).trim()
  if (trimmed === '') return unusable('empty')
  const international = trimmed.replace(/^(?:00|００)(?=[\s()./-]*[1-9１-９])/, '+')
  const parsed = parsePhoneNumberFromString(
    international,
    isSupportedCountry(country) ? { defaultCountry: country } : undefined,
  )
  if (!parsed) {
    const digits = trimmed.replace(/\D/g, '').length
    if (digits > 17) return unusable('too-long')
    return unusable(digits > 0 && digits < 3 ? 'too-short' : 'not-a-number')
  }
  if (!parsed.isPossible()) return unusable(parsed.nationalNumber.length > 10 ? 'too-long' : 'too-short')
  if (!parsed.isValid()) return unusable('invalid-for-country')
  return ok(parsed.number as string as PhoneNumber)
}

const unusable = (reason: UnusablePhoneNumber['reason']): Result<never, UnusablePhoneNumber> =>
  err({ kind: 'unusable-phone-number', reason })

/** As people of the country write it (`030 23125101`), numbers of other countries with `+`. */
export const nationalSpelling = (number: PhoneNumber, country: Country): string => {
  const parsed = parsePhoneNumberFromString(number)
  if (!parsed) return number
  return parsed.country === country ? parsed.formatNational() : parsed.formatInternational()
}

/** The country that an international spelling belongs to; undefined for a national one and for no number. */
export const countryOf = (text: string): Country | undefined => {
  const parsed = parsePhoneNumber(text, noCountry)
  return parsed.isOk()
    ? (parsePhoneNumberFromString(parsed.value)?.country as string as Country | undefined)
    : undefined
}

const hidden = new Set(['', 'anonymous', 'unknown', 'withheld', 'restricted', 'private', 'unavailable', '00000000'])

/** Who calls: a number, or nobody that can be named. Nothing else about a caller proves anything. */
export type CallerNumber = { readonly kind: 'visible'; readonly number: PhoneNumber } | { readonly kind: 'hidden' }

/** A caller id as it arrives. What is no usable number counts as hidden, for it proves no identity. */
export const parseCallerNumber = (text: string | undefined, country: Country): CallerNumber => {
  const trimmed = (text ?? '').trim()
  if (hidden.has(trimmed.toLowerCase()) || /^\+?0+$/.test(trimmed)) return { kind: 'hidden' }
  const parsed = parsePhoneNumber(trimmed, country)
  return parsed.isOk() ? { kind: 'visible', number: parsed.value } : { kind: 'hidden' }
}
