import type { LanguageCode } from '../../domain/company.ts'
import type { Phrases } from './phrases.ts'
import { english } from './phrases-english.ts'
import { german } from './phrases-german.ts'

const phrases: { readonly [L in LanguageCode]: Phrases } = { de: german, en: english }

export const phrasesFor = (language: LanguageCode): Phrases => phrases[language]
export const greeting = (language: LanguageCode, branch: string): string => phrases[language].greeting(branch)
