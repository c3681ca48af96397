import { noCountry, type PhoneNumber, parsePhoneNumber } from '../phone-number.ts'

/** A number that is written in E.164 already. Whether it is valid shows when somebody owns it, for only valid ones are owned. */
export const writtenInE164 = (text: string | undefined): PhoneNumber | undefined =>
  text !== undefined && /^\+[1-9]\d{6,14}$/.test(text) ? (text as PhoneNumber) : undefined

/**
 * A number of ours as a telephone platform writes it. Only international spellings name a line: a national one could
 * belong to any country, and no default guesses which.
 */
export const parseLineNumber = (text: string | undefined): PhoneNumber | undefined => {
  const trimmed = (text ?? '').trim()
  const international = /^(\+|00)/.test(trimmed) ? trimmed : /^[1-9]\d{7,14}$/.test(trimmed) ? `+${trimmed}` : undefined
  if (international === undefined) return undefined
  const parsed = parsePhoneNumber(international, noCountry)
  return parsed.isOk() ? parsed.value : undefined
}
