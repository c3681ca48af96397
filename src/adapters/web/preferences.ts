import type { FastifyRequest } from 'fastify'
import type { LanguageCode } from '../../domain/company.ts'
import type { Theme } from './frame.ts'
import { acceptedLanguage } from './words/words.ts'

export const themeCookie = 'frontdesk_theme'
export const languageCookie = 'frontdesk_language'

const isLanguage = (text: unknown): text is LanguageCode => text === 'de' || text === 'en'
const isTheme = (text: unknown): text is Theme => text === 'auto' || text === 'light' || text === 'dark'

/** What the person chose, else what the browser asks for, else what the company speaks. */
export const languageFor = (request: FastifyRequest, company: LanguageCode | undefined): LanguageCode => {
  const chosen = request.cookies[languageCookie]
  if (isLanguage(chosen)) return chosen
  return acceptedLanguage(request.headers['accept-language']) ?? company ?? 'en'
}

export const themeFor = (request: FastifyRequest): Theme => {
  const chosen = request.cookies[themeCookie]
  return isTheme(chosen) ? chosen : 'auto'
}

/** The cookies that a form of choices sets. */
export const chosen = (form: { readonly theme?: unknown; readonly language?: unknown }) => [
  ...(isTheme(form.theme) ? [{ name: themeCookie, value: form.theme }] : []),
  ...(isLanguage(form.language) ? [{ name: languageCookie, value: form.language }] : []),
]
