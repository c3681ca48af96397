import type { Json } from '../../domain/canonical-json.ts'

/** A non-empty text; numbers are read as text, for older senders are careless. */
export const textOf = (value: Json | undefined): string | undefined => {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

export const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

const deepest = 64

/** Is anything nested deeper than sensible? Looks without recursion, so that depth itself cannot hurt. */
export const isTooDeep = (value: unknown): boolean => {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue
    if (next.depth > deepest) return true
    for (const inner of Object.values(next.value)) open.push({ value: inner, depth: next.depth + 1 })
  }
  return false
}
