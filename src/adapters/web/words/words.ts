import type { LanguageCode } from '../../../domain/company.ts'
import { de, type Words } from './de.ts'
import { en } from './en.ts'

export type { Words } from './de.ts'

export const catalogues: { readonly [Code in LanguageCode]: Words } = { de, en }

/** The first of a browser's languages that the dashboard speaks. */
export const acceptedLanguage = (header: string | undefined): LanguageCode | undefined => {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find((one) => one !== undefined)
      return { code: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
  const code = wanted.map((one) => one.code).find((one) => one === 'de' || one === 'en')
  return code as LanguageCode | undefined
}
