import { isDeeper, type Json } from '../../domain/canonical-json.ts'

/** A non-empty text; numbers are read as text, for older senders are careless. */
export const textOf = (value: Json | undefined): string | undefined => {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

export const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

const deepest = 64

/** Is anything nested deeper than sensible? */
export const isTooDeep = (value: Json): boolean => isDeeper(value, deepest)
